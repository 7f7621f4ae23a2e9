"""Compiles the two peers and the plug-in, and lets two peers talk to each other."""

import os
import re
import select
import shlex
import subprocess
import time
from pathlib import Path

from tests.interop.mit.shape import shapes

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
             "failing": "TOY_FAILING", "absent": "TOY_ABSENT", "negoex": "TOY_NEGOEX",
             "metadata": "TOY_METADATA", "got": "TOY_GOT_METADATA", "keys": "TOY_KEYS",
             "query-fails": "TOY_QUERY_FAILS", "exchange-fails": "TOY_EXCHANGE_FAILS",
             "no-ap-request": "NEGOEX_NO_OPTIMISTIC_TOKEN",
             "needs-bindings": "TOY_BINDINGS", "bindings": "PEER_BINDINGS"}

OUR_END = re.compile(r"= (.+) ([ab?-]) ((?:verify:\S+ )?mic:\S+) (.*)")


def packages(*names):
    """What the compiler must be told to use them."""
    asked = subprocess.run(["pkg-config", "--cflags", "--libs", *names], text=True,
                           capture_output=True, check=False)
    if asked.returncode != 0:
        raise RuntimeError("MIT krb5 is missing: install libkrb5-dev and pkg-config")
    return shlex.split(asked.stdout)


def build(folder):
    """Compiles everything that runs into `folder`."""
    gssapi, krb5 = packages("mit-krb5-gssapi"), packages("krb5-gssapi", "krb5")
    compiler = shlex.split(os.environ.get("CC", "cc"))
    ours = [f"-I{ROOT / 'runtime/include'}", f"-I{BUILD / 'gen/include'}",
            f"-I{ROOT / 'examples'}", *HERE.glob("our_*.c"), ROOT / "examples/toy_mech.c",
            BUILD / "libspnego-gss.a", BUILD / "libspnego.a", *krb5]
    for name, inputs in {
        "plugin.so": ["-shared", "-fPIC", "-Wl,-Bsymbolic", *HERE.glob("plugin*.c"), *gssapi],
        "mit_peer": [HERE / "mit_peer.c", *gssapi],
        "our_peer": ours,
    }.items():
        subprocess.run([*compiler, *FLAGS, *inputs, "-o", Path(folder) / name], check=True)


class Peer:
    """One side: a process that takes and gives lines.

    It is MIT, or ours with its toys, or ours with MIT's toys by the adapter."""

    def __init__(self, folder, kind, role, options):
        self.kind, self.end, self.heard = kind, "", b""
        letters, *settings = options.split()
        # Nothing that a user has configured or may do: no realm, no tickets, no keys.
        environment = {"KRB5_CONFIG": "/dev/null", "KRB5CCNAME": f"FILE:{folder}/none",
                       "KRB5_KTNAME": f"FILE:{folder}/none", "HOME": str(folder)}
        if kind != "ours":
            environment["GSS_MECH_CONFIG"] = self.mech_config(folder, letters)
            for setting in settings:
                name, value = setting.split("=")
                if kind == "MIT" or name in VARIABLES:
                    environment[VARIABLES[name]] = value
        command = [folder / "mit_peer", role]
        if kind != "MIT":
            command = [folder / "our_peer", role, letters, f"gss={int(kind == 'adapter')}",
                       *(setting for setting in settings if "bindings" not in setting)]
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
        """Its end without the reason: "0 a", "10000 -", "ok b verify:yes/yes mic:no/no"."""
        match = OUR_END.fullmatch(self.end)
        if not match:
            return self.end.removeprefix("= ")
        status, mech, checks, _ = match.groups()
        return f"{status} {mech} {checks}"


class Conversation:
    """What two peers said: `tokens` as (I or A, octets), `shape`, and their ends.

    `change` is given each token and says what the other side is given."""

    peer = Peer

    def __init__(self, folder, kinds, options, hint=False, change=None):
        self.tokens, self.notes, self.change = [], [], change
        self.peers = []
        try:
            for kind, role, side in zip(kinds, ("initiator", "acceptor"), options):
                self.peers.append(self.peer(Path(folder), kind, role, side))
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
            token = "-" if self.peers[0].kind == "MIT" else token
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
        return self.change(self.tokens[-1][1]).hex() if self.change else line

    @property
    def shape(self):
        return " | ".join(shapes(self.tokens) + self.notes)

    @property
    def results(self):
        return tuple(peer.result() for peer in self.peers)

    def transcript(self):
        lines = [f"{token.hex()}  {text}"
                 for (_, token), text in zip(self.tokens, shapes(self.tokens))]
        ends = [f"{peer.kind} {role}: {peer.end}"
                for peer, role in zip(self.peers, ("initiator", "acceptor"))]
        return "\n".join(lines + self.notes + ends)
