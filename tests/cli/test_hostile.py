"""A hostile blob gets a verdict: no crash, and no report much larger than itself."""

import collections
import json
import random
import re
import unittest

from tests.cli import support, tokens

KIB_64 = 65536
PER_OCTET, AT_ONCE = 64, 4096  # a report has at most so many octets


def negoex(*messages):
    return tokens.init(tokens.mech_types(tokens.NEGOEX), tokens.octets(2, b"".join(messages)))


def overlapping(count):
    """NEGO messages whose two vectors both are all of the payload."""
    entry = b"\1\0\0\x80" + b"\x60\0\0\0" + b"\x84\3\0\0"  # a critical extension of 900 octets
    payload = (entry * 86)[:1024]
    return [tokens.nego(number, 64, 64, payload) for number in range(count)]


def unknown_fields(first, count):
    """Fields [n] that nobody knows, with rising numbers in the long form of a tag."""
    def tag(number):
        digits = [number & 0x7F]
        while number >= 0x80:
            number >>= 7
            digits.insert(0, 0x80 | number & 0x7F)
        return b"\xbf" + bytes(digits)
    return [tag(number) + b"\2\5\0" for number in range(first, first + count)]


NTLMSSP = tokens.mech_types(tokens.NTLMSSP)
BLOBS = {
    "empty object identifiers alone": b"\6\0" * (KIB_64 // 2),
    "empty object identifiers": tokens.init(tokens.mech_types(b"\6\0" * (KIB_64 // 2))),
    "short object identifiers": tokens.init(tokens.mech_types(
        *(bytes([6, 1, number % 128]) for number in range(KIB_64 // 3)))),
    "as many mechanisms as are read": tokens.init(tokens.mech_types(
        *(bytes([6, 1, number]) for number in range(64)))),
    "one mechanism, many times": tokens.init(tokens.mech_types(b"\6\1\x2a" * 64)),
    "empty fields": tokens.init(NTLMSSP, b"\xa5\0" * 20000),
    "one unknown field, many times": tokens.init(NTLMSSP, b"\xa5\2\5\0" * 20000),
    "unknown fields in order": tokens.init(
        NTLMSSP, *(bytes([0xA5 + number, 2, 5, 0]) for number in range(26))),
    "unknown fields with long tags": tokens.init(NTLMSSP, *unknown_fields(31, 20000)),
    "unknown fields of NegTokenResp": tokens.resp(b"\xa6\0" * 20000),
    "NegoEx vectors that overlap": negoex(*overlapping(58)),
    "empty NegoEx messages": negoex(*(tokens.nego(number, 0, 0, b"") for number in range(600))),
    "NegoEx exchanges": b"".join(tokens.exchange(number) for number in range(1000)),
    "NegoEx metadata out of order": negoex(
        *(tokens.exchange(7 * number, 2 + number % 4) for number in range(1000))),
    "NegoEx alerts": negoex(*(tokens.alert(number) for number in range(800))),
    "NegoEx signatures": b"NEGOEXTS" * (KIB_64 // 8),
    "indefinite lengths, universal": b"\x30\x80" * (KIB_64 // 2),
    "indefinite lengths": b"\xa0\x80" * (KIB_64 // 2),
    "indefinite lengths in a frame": tokens.frame(b"\xa0\x80" * (KIB_64 // 2)),
    "nested sequences": tokens.init(tokens.nested(0x30, KIB_64)),
    "nested fields": tokens.frame(tokens.nested(0xA0, KIB_64)),
    "nested frames": tokens.frame(tokens.frame(tokens.frame(tokens.COMPLETED))),
    "hint of escapes": tokens.init(NTLMSSP, tokens.hints(b"\033[2J" * (KIB_64 // 4))),
    "all ones": b"\xff" * KIB_64,
    "all zero": bytes(KIB_64),
    "a long object identifier": tokens.init(tokens.mech_types(
        tokens.tlv(6, b"\x2a" + b"\xff" * 30000 + b"\1"))),
    "an object identifier of many arcs": tokens.init(tokens.mech_types(
        tokens.tlv(6, b"\x2a" + b"\x7f" * 30000))),
}
EXAMPLES = (tokens.OFFER, tokens.HINTS, tokens.ANSWER, tokens.NEGOEX_OFFER, tokens.NAKED,
            tokens.KERBEROS_AP_REQ, tokens.NTLM_NEGOTIATE, tokens.nego(0, 1, 1, bytes(64)),
            negoex(*overlapping(2)), negoex(tokens.exchange(0), tokens.alert(1)))


def allowed(size):
    return PER_OCTET * size + AT_ONCE


def mutated(chance):
    """An example in which some octets changed, came or went."""
    octets = bytearray(chance.choice(EXAMPLES))
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(octets))
        octets[at:at + chance.randint(0, 2)] = chance.randbytes(chance.randint(0, 2)) or b"\xff"
    return bytes(octets)


class Blobs(unittest.TestCase):
    def assertSmall(self, octets, said):
        self.assertIn(said.status, (0, 1), said.err)
        self.assertEqual(said.err, "")
        self.assertLessEqual(len(said.out.encode()), allowed(len(octets)))

    def test_reports_stay_small(self):
        for name, octets in BLOBS.items():
            for form in ("text", "ndjson"):
                with self.subTest(name, format=form):
                    said = support.run("--from", "raw", "--format", form, stdin=octets,
                                       tool=support.sanitized())
                    self.assertSmall(octets, said)

    def test_many_messages_are_cut_off(self):
        """Analysis stops at the limit of messages: the rest is one finding."""
        octets = b"".join(tokens.exchange(number) for number in range(16384))  # 1 MiB
        said = support.run("--from", "raw", stdin=octets, guard=30)
        self.assertSmall(octets, said)
        self.assertIn("[SPN1027]", said.out)

    def test_json_takes_linear_time(self):
        octets = b"".join(tokens.exchange(number) for number in range(16384))
        said = support.run("--from", "raw", "--format", "ndjson", stdin=octets, guard=30)
        self.assertSmall(octets, said)


class Random(unittest.TestCase):
    COUNT = 300

    def setUp(self):
        self.chance = random.Random(4178)
        self.folder = support.scratch(self)

    def judge(self, blobs, *args):
        """Runs the tool on many files at once, in both formats."""
        for number, octets in enumerate(blobs):
            (self.folder / f"{number:03}").write_bytes(octets)
        names = [f"{number:03}" for number in range(len(blobs))]
        shown = []  # the codes of all findings; the same in both formats
        for form in ("text", "ndjson"):
            said = support.run(*args, "--format", form, *names, cwd=self.folder,
                               tool=support.sanitized())
            self.assertIn(said.status, (0, 1, 2), said.err)
            self.assertNotIn("Sanitizer", said.err)
            shown.append(re.findall(r" \[(SPN\d+)\]$|\"code\":\"(SPN\d+)\"", said.out, re.M))
        self.assertEqual(*(collections.Counter(map("".join, codes)) for codes in shown))
        lines = said.out.splitlines()
        self.assertEqual([json.loads(line)["input"] for line in lines], names)
        for octets, line in zip(blobs, lines):
            with self.subTest(octets.hex()):
                self.assertLessEqual(len(line.encode()), allowed(len(octets)))

    def test_octets(self):
        self.judge([self.chance.randbytes(self.chance.randrange(200))
                    for _ in range(self.COUNT)], "--from", "raw")

    def test_examples_that_were_changed(self):
        self.judge([mutated(self.chance) for _ in range(self.COUNT)], "--from", "raw")

    def test_texts(self):
        signs = " \t\n0123456789abcdefABCDEF+/=-_:;,*#xYIIq{}\"\\<>"
        self.judge(["".join(self.chance.choices(signs, k=self.chance.randrange(120))).encode()
                    for _ in range(self.COUNT)])

    def test_lines(self):
        signs = "0123456789abcdef \n"
        text = "".join(self.chance.choices(signs, k=20000)).encode()
        said = support.run("--lines", "--format", "ndjson", stdin=text,
                           tool=support.sanitized())
        self.assertIn(said.status, (0, 1, 2))
        self.assertEqual(len(said.objects()), len([line for line in text.split(b"\n")
                                                   if line.strip()]))


if __name__ == "__main__":
    unittest.main()
