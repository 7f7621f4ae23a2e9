"""What the tests of captures share: they are made here (pcap.py, pdus.py), tshark reads them,
and capture_dump.c prints what src/capture/capture_group.h makes of that.
"""

import atexit
import functools
import json
import os
import shlex
import shutil
import struct
import subprocess
import tempfile
import unittest
from pathlib import Path

from tests.cli import support, tokens
from tests.cli.pdus import base64_of

FLAGS = ["-std=c99", "-D_POSIX_C_SOURCE=200809L", "-Wall", "-Wextra", "-Wpedantic",
         "-Wconversion", "-Wshadow", "-Werror", "-g", "-fsanitize=address,undefined",
         "-fno-sanitize-recover=all"]
SOURCES = ["tests/cli/capture_dump.c", "src/capture/*.c", "src/token/token_class.c",
           "src/input/input*.c"]
NO_TOKEN = "no message of SMB, HTTP, LDAP or DCE/RPC in it has a token\n"

HINT = tokens.init(tokens.mech_types(tokens.NTLMSSP), tokens.hints(b"not_defined"))
INIT = tokens.init(tokens.mech_types(tokens.NTLMSSP), tokens.octets(2, tokens.NTLM_NEGOTIATE))
GO_ON = bytes.fromhex("a1073005a0030a0101")
LAST = tokens.resp(tokens.octets(2, b"NTLMSSP\0\3\0\0\0"))
DONE = tokens.COMPLETED
NTLM = tokens.NTLM_NEGOTIATE

# The middle of a sound negotiation of NTLM, between INIT and DONE.  [MS-NLMP] 2.2.1.2, 2.2.1.3
INCOMPLETE = tokens.tlv(0xA0, b"\x0a\x01\x01")
CHALLENGE = tokens.resp(INCOMPLETE, tokens.tlv(0xA1, tokens.NTLMSSP), tokens.octets(
    2, b"NTLMSSP\0" + struct.pack("<IHHIIQQHHIQ", 2, 0, 0, 56, 0x201, 1, 0, 0, 0, 56, 0)))
AUTHENTICATE = tokens.resp(INCOMPLETE, tokens.octets(2, b"NTLMSSP\0" + struct.pack(
    "<IHHIHHIHHIHHIHHIHHII", 3, 24, 24, 64, 24, 24, 88, *(0, 0, 64) * 4, 0x201) + bytes(48)))


@functools.cache
def folder():
    """Where capture_dump is, once it is compiled."""
    made = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, made)
    sources = [path for name in SOURCES for path in sorted(support.ROOT.glob(name))]
    subprocess.run([*shlex.split(os.environ.get("CC", "cc")), *FLAGS,
                    f"-I{support.ROOT / 'runtime/include'}",
                    f"-I{support.BUILD / 'gen/include'}", *(f"-I{path}" for path in support.ROOT.glob("src/*/")), *sources,
                    support.BUILD / "libspnego.a", "-ljansson", "-o", made / "capture_dump"],
                   check=True)
    return made


@unittest.skipUnless(shutil.which("tshark"), "there is no tshark")
class Case(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder, cls.dump = folder(), folder() / "capture_dump"

    def run_on(self, *arguments, **environment):
        """Status and what was said, with these changes of the environment."""
        done = subprocess.run([self.dump, *arguments], capture_output=True, check=False,
                              timeout=support.HANG, env=support.environment(**environment))
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def read(self, octets, *options, decode_as=()):
        """Status, conversations and what was said of the capture with these octets."""
        file = self.folder / "capture"
        file.write_bytes(octets)
        status, out, said = self.run_on(*options, file, *decode_as)
        return status, [json.loads(line) for line in out.splitlines()], said

    def found(self, capture, **more):
        """The conversations of a capture in which nothing is wrong."""
        status, found, said = self.read(capture.pcap(), **more)
        self.assertEqual((status, said), (0, ""))
        return found

    def turns(self, capture, **more):
        """The only conversation: (side, octets, codes) of each turn."""
        (conversation,) = self.found(capture, **more)
        return shown(conversation)


def shown(conversation):
    return [(side, None if octets is None else bytes.fromhex(octets), [code for code, _ in codes])
            for _, side, octets, codes in conversation["turns"]]


def frames(conversation):
    return [frame for frame, *_ in conversation["turns"]]


def plain(*turns):
    """Turns without remarks, the initiator's and the acceptor's in turn."""
    return [("IA"[number % 2], octets, []) for number, octets in enumerate(turns)]


def negotiate(token):
    return f"Authorization: Negotiate {base64_of(token)}"


def challenge(token):
    return f"WWW-Authenticate: Negotiate {base64_of(token)}"
