"""A server of the system, on a free port of this machine and only as long as a test needs it."""

import os
import signal
import socket
import subprocess
import time

PATIENCE = 20  # seconds for a server to listen, and for a program to end


def free_port():
    """A port on which nobody listens, neither for TCP nor for UDP."""
    while True:
        with socket.socket() as tcp, socket.socket(type=socket.SOCK_DGRAM) as udp:
            tcp.bind(("127.0.0.1", 0))
            try:
                udp.bind(tcp.getsockname())
            except OSError:
                continue
            return tcp.getsockname()[1]


class Daemon:
    """What is started has a name, a `command` and an `environment`; `configure` writes what
    it reads and is given the port, `log` returns what it has written."""

    process = None

    def __exit__(self, *_):
        self.stop()

    def start(self):
        """Starts it; somebody else may have taken the port in the meantime."""
        deadline = time.monotonic() + PATIENCE
        self.launch()
        while not self.listens():
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self.name} does not listen: {self.log()}")
            if self.process.poll() is not None:
                self.launch()
            time.sleep(0.05)

    def launch(self):
        self.port = free_port()
        self.configure(self.port)
        # It ends with us, also when we are killed.
        self.process = subprocess.Popen(["setpriv", "--pdeathsig", "TERM", *self.command],
                                        env=self.environment, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                        start_new_session=True)

    def listens(self):
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        except OSError:
            return False
        return self.process.poll() is None

    def stop(self):
        """Ends it and all that it has started, which are in a session of their own."""
        if self.process:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            self.process.wait()
