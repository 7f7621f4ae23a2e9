"""Compiles the two peers of this folder, and lets two of them talk to each other.

They are those of ../mit with real mechanisms; what they say is in side.h.
"""

import os
import shlex
import subprocess
from pathlib import Path

from tests.interop.mit import peers as mit

HERE = Path(__file__).parent

# What a side can be told that is in its environment.
ENVIRONMENT = {"no-ticket": {"KRB5CCNAME": "FILE:{folder}/none"},
               "no-keytab": {"KRB5_KTNAME": "FILE:{folder}/none"},
               "wrong-keytab": {"KRB5_KTNAME": "FILE:{folder}/wrong.keytab"},
               "wrong-password": {"NTLM_USER_FILE": "{folder}/ntlm.wrong"}}

# What only our side can be told.
OURS = {"interop", "require-mic"}


def ntlm_plugin():
    """gss-ntlmssp for the mechglue, or nothing if it is not installed."""
    return next(Path("/usr/lib").glob("*/gssntlmssp/gssntlmssp.so"), None)


def build(folder):
    """Compiles everything that runs into `folder`, and writes what it reads there."""
    compiler = shlex.split(os.environ.get("CC", "cc"))
    krb5 = mit.packages("krb5-gssapi", "krb5")
    ours = [f"-I{mit.ROOT / 'runtime/include'}", f"-I{mit.BUILD / 'gen/include'}",
            f"-I{mit.ROOT / 'examples'}", mit.ROOT / "examples/toy_mech.c",
            HERE / "our_gss_peer.c", HERE / "side.c",
            mit.BUILD / "libspnego-gss.a", mit.BUILD / "libspnego.a", *krb5]
    for name, inputs in {
        "plugin.so": ["-shared", "-fPIC", "-Wl,-Bsymbolic", *mit.HERE.glob("plugin*.c"), *krb5],
        "mit_gss_peer": [HERE / "mit_gss_peer.c", HERE / "side.c", *krb5],
        "our_gss_peer": ours,
    }.items():
        subprocess.run([*compiler, *mit.FLAGS, *inputs, "-o", Path(folder) / name], check=True)
    for name, password in ("ntlm", "throwaway"), ("ntlm.wrong", "another"):
        Path(folder, name).write_text(f"REALM:user:{password}\n")


class Peer(mit.Peer):
    """One side; `options` are its mechanisms, what side.h has, and what ENVIRONMENT has."""

    def __init__(self, folder, kind, role, options):
        self.kind, self.end, self.heard, self.state = kind, "", b"", "waits"
        letters, *settings = options.split()
        environment = {
            "KRB5_CONFIG": f"{folder}/krb5.conf", "KRB5CCNAME": f"FILE:{folder}/tickets",
            "KRB5_KTNAME": f"FILE:{folder}/keytab", "HOME": str(folder),
            "KRB5RCACHENAME": f"file2:{folder}/replays",
            "GSS_MECH_CONFIG": self.mech_config(folder, letters),
            "NTLM_USER_FILE": f"{folder}/ntlm", "NETBIOS_COMPUTER_NAME": "SERVER",
            "NETBIOS_DOMAIN_NAME": "REALM", "TOY_HOPS": "1", "TOY_INTEGRITY": "1"}
        if kind == "MIT":
            settings = [setting for setting in settings if setting not in OURS]
        for name in ENVIRONMENT.keys() & settings:
            settings.remove(name)
            for variable, value in ENVIRONMENT[name].items():
                environment[variable] = value.format(folder=folder)
        command = [folder / ("our_gss_peer" if kind == "ours" else "mit_gss_peer"), role, letters]
        self.process = subprocess.Popen(
            [*command, "service=test@localhost", *settings], env=environment,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    @staticmethod
    def mech_config(folder, letters):
        """Kerberos is always there; what else is loaded is what the letters say."""
        path, lines = folder / f"mech-{letters}.conf", []
        for letter in letters:
            if letter in mit.MECHS:
                lines.append(f"toy_{letter} {mit.MECHS[letter]} {folder}/plugin.so\n")
            elif letter == "n":
                lines.append(f"ntlm 1.3.6.1.4.1.311.2.2.10 {ntlm_plugin()}\n")
        path.write_text("".join(lines))
        return str(path)

    def proof(self, deadline):
        """What it has signed and sealed; nothing if it has agreed on a toy."""
        lines = [self.hear(deadline)]
        if lines[0].startswith("= "):
            self.end = lines.pop()
        else:
            lines.append(self.hear(deadline))
        return lines

    def result(self):
        """Its end without the reason: "0 k user@REALM>test/localhost@REALM mutual proved"."""
        return self.end.removeprefix("= ").split(" | ")[0]

    @property
    def reason(self):
        return self.end.partition(" | ")[2]


class Conversation(mit.Conversation):
    """As there; in the end both sides use the context that they have agreed on."""

    peer = Peer

    def talk(self, deadline, hint):
        token, turn = "-", 0
        while token:
            token = self.exchange("IA"[turn], token, deadline)
            turn = 1 - turn
        if all(peer.state == "complete" for peer in self.peers):
            self.prove(deadline)
        for peer in self.peers:
            peer.finish(deadline)

    def exchange(self, letter, token, deadline):
        peer = self.peers["IA".index(letter)]
        if peer.state != "waits":
            self.notes.append("not taken")
            return ""
        answer = super().exchange(letter, token, deadline)
        peer.state = peer.hear(deadline)
        return answer

    def prove(self, deadline):
        """Gives each side the MIC and the sealed message of the other."""
        proofs = [peer.proof(deadline) for peer in self.peers]
        for peer, lines in zip(self.peers, reversed(proofs)):
            for line in lines:
                peer.say(line)
