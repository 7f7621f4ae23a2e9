"""An SMB2 server that sets up sessions by our acceptor and refuses everything else."""

import contextlib
import socket
import subprocess
import threading

from tests.interop.samba import smb2

PATIENCE = 20  # seconds for the next request


class Acceptor:
    """acceptor.c, running; `state` is its last line about itself."""

    def __init__(self, program, environment):
        self.state = "waits"
        self.process = subprocess.Popen([program], env=environment, text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def take(self, token):
        """What it answers.  At its end, and when it is killed, that is nothing."""
        try:
            self.process.stdin.write((token.hex() or "-") + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass
        answer = self.process.stdout.readline().strip().strip("-")
        self.state = self.process.stdout.readline().strip() or "died"
        return bytes.fromhex(answer)

    def close(self):
        self.process.kill()
        self.process.communicate()


class Session:
    """One connection: what is answered to each request."""

    def __init__(self, acceptor):
        self.acceptor, self.key = acceptor, None

    def answer(self, request):
        """The response to one request."""
        answers = {smb2.NEGOTIATE: self.negotiate, smb2.SESSION_SETUP: self.session_setup,
                   smb2.LOGOFF: self.logoff}
        status, body = answers.get(request.command, self.refuse)(request)
        session_id = 0 if request.command == smb2.NEGOTIATE else 0x5E5510
        return smb2.Message(request.command, body, request.message_id, session_id, status,
                            smb2.RESPONSE)

    def negotiate(self, _):
        return smb2.SUCCESS, smb2.negotiate_response(self.acceptor.take(b""))

    def session_setup(self, request):
        token = self.acceptor.take(smb2.security_buffer(request.octets(), 12))
        state, *said = self.acceptor.state.split(" ")
        if state == "complete":
            self.key = bytes.fromhex(said[0])
        status = {"waits": smb2.MORE_PROCESSING_REQUIRED, "complete": smb2.SUCCESS}
        return status.get(state, smb2.LOGON_FAILURE), smb2.session_setup_response(token)

    def logoff(self, _):
        return smb2.SUCCESS, b"\4\0\0\0"  # 2.2.8

    def refuse(self, _):
        return smb2.ACCESS_DENIED, b"\x09\0\0\0\0\0\0\0\0"  # 2.2.2


class Server:
    """One connection's worth of server, from `with` on.

    `lie` takes each response, a smb2.Message, and the key that signs it or None; it gives
    the octets of each message that is sent instead."""

    def __init__(self, program, environment, lie=None):
        self.acceptor = Acceptor(program, environment)
        self.lie = lie or (lambda message, key: [message.octets(key)])
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self.serve)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        """Whatever it waits for ends: the next connection, request or token."""
        self.acceptor.close()
        self.listener.shutdown(socket.SHUT_RDWR)
        self.thread.join()
        self.listener.close()

    def serve(self):
        session = Session(self.acceptor)
        with contextlib.suppress(OSError):  # The client may hang up when it likes.
            connection, _ = self.listener.accept()
            with connection:
                connection.settimeout(PATIENCE)
                while octets := smb2.receive(connection):
                    response = session.answer(smb2.Message.read(octets))
                    for message in self.lie(response, session.key):
                        smb2.send(connection, message)
