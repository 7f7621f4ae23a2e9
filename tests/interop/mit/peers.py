"""Compiles the two peers and the plug-in, and lets two peers talk to each other."""

import os
import re
import select
import shlex
import subprocess
import time
from pathlib import Path

from tests.interop.mit.shape import shape

ROOT = Path(__file__).resolve().parents[3]
BUILD = Path(os.environ.get("BUILD", ROOT / "build"))
HERE = Path(__file__).parent
FLAGS = ["-std=c99", "-D_POSIX_C_SOURCE=200809L", "-Wall", "-Wextra", "-Wpedantic",
         "-Wconversion", "-Wshadow", "-Werror", "-g"]
MECHS = {"a": "2.25.1414534758", "b": "2.25.1175737388"}
TIMEOUT = 20  # seconds for a conversation

# What MIT's side can be told, by the names that our_peer.c has for it.
VARIABLES = {"hops": "TOY_HOPS", "integrity": "TOY_INTEGRITY", "mic-key": "TOY_MIC_KEY",
             "wants-mic": "TOY_WANTS_MIC", "fails": "TOY_FAILS", "says-why": "TOY_SAYS_WHY",
             "absent": "TOY_ABSENT"}

OUR_END = re.compile(r"= (.+) ([ab?-]) mic:(yes|no)/(yes|no) (.*)")


def build(folder):
    """Compiles everything that runs into `folder`."""
    gssapi = subprocess.run(["pkg-config", "--cflags", "--libs", "mit-krb5-gssapi"], text=True,
                            capture_output=True, check=False)
    if gssapi.returncode != 0:
        raise RuntimeError("MIT krb5 is missing: install libkrb5-dev and pkg-config")
    gssapi, compiler = shlex.split(gssapi.stdout), shlex.split(os.environ.get("CC", "cc"))
    ours = [f"-I{ROOT / 'runtime/include'}", f"-I{BUILD / 'gen/include'}",
            f"-I{ROOT / 'examples'}", HERE / "our_peer.c", ROOT / "examples/toy_mech.c",
            BUILD / "libspnego.a"]
    for name, inputs in {
        "plugin.so": ["-shared", "-fPIC", "-Wl,-Bsymbolic", HERE / "plugin.c", *gssapi],
        "mit_peer": [HERE / "mit_peer.c", *gssapi],
        "our_peer": ours,
    }.items():
        subprocess.run([*compiler, *FLAGS, *inputs, "-o", Path(folder) / name], check=True)


class Peer:
    """One side: a process that takes and gives lines."""

    def __init__(self, folder, kind, role, options):
        self.kind, self.end, self.heard = kind, "", b""
        letters, *settings = options.split()
        # Nothing that a user has configured or may do: no realm, no tickets, no keys.
        environment = {"KRB5_CONFIG": "/dev/null", "KRB5CCNAME": f"FILE:{folder}/none",
                       "KRB5_KTNAME": f"FILE:{folder}/none", "HOME": str(folder)}
        command = [folder / "our_peer", role, letters, *settings]
        if kind == "MIT":
            command = [folder / "mit_peer", role]
            environment["GSS_MECH_CONFIG"] = self.mech_config(folder, letters)
            for setting in settings:
                name, value = setting.split("=")
                environment[VARIABLES[name]] = value
        self.process = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    @staticmethod
    def mech_config(folder, letters):
        path = folder / f"mech-{letters}.conf"
        path.write_text("".join(f"toy_{letter} {MECHS[letter]} {folder}/plugin.so\n"
                                for letter in letters))
        return str(path)

    def say(self, line):
        try:
            self.process.stdin.write(line.encode() + b"\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass  # It has ended; what it said last is still to be heard.

    def hear(self, deadline):
        """The next line, or nothing at the end."""
        while b"\n" not in self.heard:
            wait = max(0, deadline - time.monotonic())
            if not select.select([self.process.stdout], [], [], wait)[0]:
                raise TimeoutError(f"{self.kind} said nothing for too long")
            more = os.read(self.process.stdout.fileno(), 65536)
            if not more:
                return ""
            self.heard += more
        line, self.heard = self.heard.split(b"\n", 1)
        return line.decode()

    def finish(self, deadline):
        """Its last line, after it has been told that nothing more will come."""
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        while line := self.hear(deadline):
            self.end = line
        errors = self.process.stderr.read().decode(errors="replace").strip()
        status = self.process.wait(max(0, deadline - time.monotonic()))
        if status != 0 or errors or not self.end.startswith("= "):
            self.end = f"died with {status}: {errors or self.end}"

    def close(self):
        self.process.kill()
        self.process.wait()
        for pipe in self.process.stdin, self.process.stdout, self.process.stderr:
            try:
                pipe.close()
            except BrokenPipeError:
                pass

    def result(self):
        """Its end without the reason: "0 a", "10000 -", "ok b mic:yes/yes"."""
        match = OUR_END.fullmatch(self.end)
        if not match:
            return self.end.removeprefix("= ")
        status, mech, sent, verified, _ = match.groups()
        return f"{status} {mech} mic:{sent}/{verified}"


class Conversation:
    """What two peers said: `tokens` as (I or A, octets), `shape`, and their ends."""

    def __init__(self, folder, kinds, options, hint):
        self.tokens, self.notes = [], []
        self.peers = []
        try:
            for kind, role, side in zip(kinds, ("initiator", "acceptor"), options):
                self.peers.append(Peer(Path(folder), kind, role, side))
            self.talk(time.monotonic() + TIMEOUT, hint)
        except (TimeoutError, subprocess.TimeoutExpired) as error:
            self.notes.append(str(error))
        finally:
            for peer in self.peers:
                peer.close()

    def talk(self, deadline, hint):
        token, turn = "-", 0
        if hint:
            token = self.exchange("A", token, deadline)
            # MIT's initiator cannot take what comes before its own first token.
            token = token if self.peers[0].kind == "ours" else "-"
        while token:
            token = self.exchange("IA"[turn], token, deadline)
            turn = 1 - turn
        for peer in self.peers:
            peer.finish(deadline)

    def exchange(self, letter, token, deadline):
        """Gives a token to one side; returns what it answers, or nothing."""
        peer = self.peers["IA".index(letter)]
        peer.say(token)
        line = peer.hear(deadline)
        if line.startswith("= ") or not line:
            peer.end = line
            self.notes.append("not taken")
            return ""
        if line == "-":
            return ""
        self.tokens.append((letter, bytes.fromhex(line)))
        return line

    @property
    def shape(self):
        return " | ".join([f"{who} {shape(token)}" for who, token in self.tokens] + self.notes)

    @property
    def results(self):
        return tuple(peer.result() for peer in self.peers)

    def transcript(self):
        lines = [f"{who} {token.hex()}  {shape(token)}" for who, token in self.tokens]
        ends = [f"{peer.kind} {role}: {peer.end}"
                for peer, role in zip(self.peers, ("initiator", "acceptor"))]
        return "\n".join(lines + self.notes + ends)
