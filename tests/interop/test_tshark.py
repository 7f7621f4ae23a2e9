"""Another program's eyes: tshark dissects every token that the library encodes.

emit_tokens.c encodes; the tokens travel in a capture file as the headers of an
HTTP exchange (RFC 4559); tshark must find nothing wrong with them, and the
same object identifiers, states and message types that went in.
"""

import base64
import os
import shlex
import shutil
import struct
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("BUILD", ROOT / "build"))

SPNEGO, KRB5, MS_KRB5 = "1.3.6.1.5.5.2", "1.2.840.113554.1.2.2", "1.2.840.48018.1.2.2"
NTLM, NEGOEX = "1.3.6.1.4.1.311.2.2.10", "1.3.6.1.4.1.311.2.2.30"
SANON_SCHEME = "dee384ff-1086-4e86-be78-b94170bfd376"
PKU2U_SCHEME = "0d53335c-f9ea-4d0d-b2ec-4ae3786ec308"

# Connection, then one row a token: mechTypes or supportedMech, negState, the
# types of NegoEx messages.
EXPECTED = [
    ("ntlm", [NTLM], "", []),
    ("ntlm", [NTLM], "1", []),
    ("ntlm", [], "0", []),
    ("krb5", [MS_KRB5, KRB5, NTLM], "", []),
    ("krb5", [KRB5], "3", []),
    ("krb5", [], "", []),
    ("reject", [MS_KRB5, KRB5, NTLM], "", []),
    ("reject", [], "2", []),
    ("hints", [MS_KRB5, KRB5, NTLM, NEGOEX], "", []),
    ("negoex", [NEGOEX], "", [0, 2, 5]),
    ("negoex", [NEGOEX], "1", [1, 3, 4, 6]),
    ("negoex", [], "1", [7]),
]


def build_emitter(folder):
    """Compiles emit_tokens.c against the library and returns its path."""
    program = Path(folder) / "emit_tokens"
    subprocess.run(
        shlex.split(os.environ.get("CC", "cc"))
        + ["-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror"]
        + [f"-I{ROOT / 'runtime' / 'include'}", f"-I{BUILD / 'gen' / 'include'}"]
        + [str(ROOT / "tests" / "interop" / "emit_tokens.c")]
        + [str(BUILD / "libspnego.a"), "-o", str(program)],
        check=True,
    )
    return program


def http(sender, token):
    text = base64.b64encode(token).decode()
    if sender == "client":
        return f"GET / HTTP/1.1\r\nHost: h\r\nAuthorization: Negotiate {text}\r\n\r\n".encode()
    return (
        f"HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Negotiate {text}\r\n"
        "Content-Length: 0\r\n\r\n"
    ).encode()


def packet(sender, connection, sent, payload):
    """One TCP segment in an IPv4 packet; `sent` counts octets of both sides."""
    from_client = sender == "client"
    client, server = (0x0A000001, 40000 + connection), (0x0A000002, 80)
    source, target = (client, server) if from_client else (server, client)
    number, other = sent[sender], sent["server" if from_client else "client"]
    tcp = struct.pack(
        ">HHIIBBHHH", source[1], target[1], 1 + number, 1 + other, 0x50, 0x18, 65535, 0, 0
    )
    sent[sender] += len(payload)
    size = 20 + len(tcp) + len(payload)
    header = struct.pack(
        ">BBHHHBBHII", 0x45, 0, size, 0, 0x4000, 64, 6, 0, source[0], target[0]
    )
    return header + tcp + payload


def capture(tokens):
    """A capture file of raw IP packets (link type 101), one a token."""
    out = [struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 101)]
    connections, sent = [], {}
    for at, (name, sender, token) in enumerate(tokens):
        if name not in connections:
            connections.append(name)
            sent[name] = {"client": 0, "server": 0}
        data = packet(sender, connections.index(name), sent[name], http(sender, token))
        out += [struct.pack("<IIII", at, 0, len(data), len(data)), data]
    return b"".join(out)


@unittest.skipUnless(shutil.which("tshark"), "tshark is not installed")
class Dissection(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        lines = subprocess.run(
            [build_emitter(cls.folder.name)], check=True, capture_output=True, text=True
        ).stdout.splitlines()
        cls.tokens = [
            (name, sender, bytes.fromhex(digits))
            for name, sender, digits in (line.split() for line in lines)
        ]
        cls.file = Path(cls.folder.name) / "tokens.pcap"
        cls.file.write_bytes(capture(cls.tokens))

    def tshark(self, *arguments, file=None):
        # A configuration of the user could change what is dissected.
        environment = dict(os.environ, HOME=self.folder.name, XDG_CONFIG_HOME=self.folder.name)
        done = subprocess.run(
            ["tshark", "-n", "-r", file or self.file, *arguments],
            check=True,
            capture_output=True,
            text=True,
            env=environment,
        )
        return done.stdout

    def fields(self, *names):
        """A row a packet: for each field the list of its values."""
        arguments = ["-T", "fields", "-E", "separator=/t", "-E", "aggregator=,"]
        for name in names:
            arguments += ["-e", name]
        rows = self.tshark(*arguments)[:-1].split("\n")
        return [[column.split(",") if column else [] for column in row.split("\t")] for row in rows]

    def test_all_tokens_are_there(self):
        self.assertEqual([name for name, _, _ in self.tokens], [row[0] for row in EXPECTED])
        self.assertEqual(self.tshark("-Y", "spnego").count("\n"), len(EXPECTED))

    def test_nothing_is_malformed(self):
        text = self.tshark("-V")
        for mark in "Malformed", "Dissector bug", "BER Error", "Severity level: Error":
            self.assertNotIn(mark, text)
        bad = '_ws.malformed || _ws.unreassembled || _ws.expert.severity == "Error"'
        self.assertEqual(self.tshark("-Y", bad), "")

    def test_a_broken_token_would_be_seen(self):
        name, sender, token = self.tokens[0]
        broken = Path(self.folder.name) / "broken.pcap"
        broken.write_bytes(capture([(name, sender, token[:19] + b"\x7f" + token[20:])]))
        self.assertRegex(self.tshark("-V", file=broken), "Malformed|BER Error")

    def test_mechanisms_and_states(self):
        rows = self.fields("spnego.MechType", "spnego.supportedMech", "spnego.negResult")
        seen = [(offered + chosen, "".join(state)) for offered, chosen, state in rows]
        self.assertEqual(seen, [(mechs, state) for _, mechs, state, _ in EXPECTED])

    def test_frames(self):
        framed = [SPNEGO in oids for (oids,) in self.fields("gss-api.OID")]
        self.assertEqual(framed, [token[0] == 0x60 for _, _, token in self.tokens])

    def test_negoex_messages(self):
        rows = self.fields("negoex.message.type", "negoex.message.seq_num")
        self.assertEqual(
            [[int(kind, 0) for kind in kinds] for kinds, _ in rows],
            [kinds for _, _, _, kinds in EXPECTED],
        )
        numbers = [int(number, 0) for _, numbers in rows for number in numbers]
        self.assertEqual(numbers, list(range(8)))

    def test_inner_tokens(self):
        kinds = self.fields("ntlmssp.messagetype")
        self.assertEqual([int(kind, 0) for (row,) in kinds for kind in row], [1, 2])
        exchanges = [part for (row,) in self.fields("negoex.exchange") for part in row]
        self.assertEqual(len(exchanges), 4)
        for exchange in exchanges:
            self.assertTrue(exchange.startswith("602c060a2b06010401a94a1a016e"), exchange)
            self.assertEqual(len(exchange), 2 * 46)

    def test_negoex_values(self):
        names = "auth_scheme", "message.conv_id", "checksum_type", "checksum", "message.len"
        schemes, conversations, types, checksums, lengths = (
            [value for row in column for value in row]
            for column in zip(*self.fields(*("negoex." + name for name in names)))
        )
        self.assertEqual(set(schemes), {SANON_SCHEME, PKU2U_SCHEME})
        self.assertEqual(set(conversations), {"786b5e51-9285-ac9f-b9c6-d3e0edfa0714"})
        self.assertEqual([int(kind, 0) for kind in types], [15])
        self.assertEqual(checksums, ["8f1162d394a536e758c90a7b"])
        self.assertEqual([int(size) for size in lengths], [128, 110, 110, 128, 110, 110, 92, 92])


if __name__ == "__main__":
    unittest.main()
