"""The report for programs: its keys, its names, and that it always parses."""

import struct
import unittest

from tests.cli import support, tokens

KEYS = ["input", "octets", "kind", "framed", "verdict", "token", "findings"]
FINDING_KEYS = ["code", "severity", "offset", "length", "path", "message", "source"]

OFFER = {
    "input": "standard input", "octets": 83, "kind": "NegTokenInit", "framed": True,
    "verdict": "warning",
    "token": {
        "thisMech": {"oid": "1.3.6.1.5.5.2", "name": "SPNEGO"},
        "mechTypes": [{"oid": "1.2.840.48018.1.2.2", "name": "MS-KRB5"},
                      {"oid": "1.3.6.1.4.1.311.2.2.10", "name": "NTLMSSP"}],
        "reqFlags": ["mutualFlag", "replayFlag"],
        "mechToken": {"offset": 51, "length": 32, "kind": "NTLMSSP NEGOTIATE",
                      "NEGOTIATE_MESSAGE": {"MessageType": "NEGOTIATE", "NegotiateFlags": [
                          "UNICODE", "OEM", "REQUEST_TARGET", "SIGN", "LM_KEY", "NTLM",
                          "ALWAYS_SIGN", "EXTENDED_SESSIONSECURITY", "VERSION", "128",
                          "KEY_EXCH", "56"]}},
    },
    "findings": [
        {"code": "SPN2006", "severity": "note", "offset": 20, "length": 9,
         "path": "NegTokenInit.mechTypes[0]",
         "message": "MS-KRB5 is offered: an acceptor that takes it must answer with this number",
         "source": "[MS-SPNG] 3.2.5"},
        {"code": "SPN2007", "severity": "warning", "offset": 41, "length": 6,
         "path": "NegTokenInit.reqFlags",
         "message": "reqFlags is present; senders leave it out",
         "source": "RFC 4178 4.2.1"},
        {"code": "SPN2012", "severity": "warning", "offset": 51, "length": 32,
         "path": "NegTokenInit.mechToken",
         "message": "mechToken is not of the first mechanism in the list",
         "source": "RFC 4178 4.2.1"},
    ],
}
ANSWER = {
    "input": "standard input", "octets": 39, "kind": "NegTokenResp", "framed": False,
    "verdict": "warning",
    "token": {
        "negState": "accept-incomplete",
        "supportedMech": {"oid": "1.3.6.1.4.1.311.2.2.10", "name": "NTLMSSP"},
        "responseToken": {"offset": 27, "length": 12, "kind": "NTLMSSP CHALLENGE",
                          "CHALLENGE_MESSAGE": {"MessageType": "CHALLENGE"}},
    },
    "findings": [
        {"code": "SPN6008", "severity": "warning", "offset": 27, "length": 12,
         "path": "NegTokenResp.responseToken",
         "message": "an NTLM message of 12 octets, its fixed part has 32",
         "source": "[MS-NLMP] 2.2.1"},
    ],
}
NEGOEX = [{
    "signature": "NEGOEXTS", "type": "INITIATOR_NEGO", "sequenceNum": 0, "headerLength": 96,
    "messageLength": 112, "conversationId": "13121110-1514-1716-1819-1A1B1C1D1E1F",
    "random": tokens.RANDOM.hex(), "protocolVersion": 0,
    "authSchemes": [{"guid": "0D53335C-F9EA-4D0D-B2EC-4AE3786EC308", "name": "PKU2U"}],
    "extensions": [],
}]
EXAMPLES = (tokens.OFFER, tokens.HINTS, tokens.ANSWER, tokens.NEGOEX_OFFER, tokens.NAKED,
            tokens.KERBEROS_AP_REQ, tokens.NTLM_NEGOTIATE, tokens.COMPLETED[:-1], b"\0",
            tokens.exchange(0))


def report(octets, *args):
    return support.run("--from", "raw", "--format", "json", *args, stdin=octets).object()


class Names(unittest.TestCase):
    maxDiff = None

    def test_init(self):
        self.assertEqual(report(tokens.OFFER), OFFER)

    def test_resp(self):
        self.assertEqual(report(tokens.ANSWER), ANSWER)

    def test_negoex_stands_at_the_octets_that_hold_it(self):
        self.assertEqual(report(tokens.NEGOEX_OFFER)["token"]["mechToken"],
                         {"offset": 37, "length": 112, "kind": "NegoEx", "negoex": NEGOEX})

    def test_negoex_alone(self):
        octets = tokens.nego(0, 1, 0, tokens.PKU2U_SCHEME)
        self.assertEqual(report(octets)["token"], {"negoex": NEGOEX})

    def test_numbers_without_a_sign(self):
        """Jansson's largest integer is 2^63 - 1; what is more is a string, and no -1."""
        for number, value in ((2**63 - 1, 2**63 - 1), (2**63, "9223372036854775808"),
                              (2**64 - 1, "18446744073709551615")):
            octets = bytearray(tokens.nego(0, 1, 0, tokens.PKU2U_SCHEME))
            octets[72:80] = number.to_bytes(8, "little")
            (message,) = report(bytes(octets))["token"]["negoex"]
            self.assertEqual(message["protocolVersion"], value)
            said = support.run("--from", "raw", stdin=bytes(octets)).out
            self.assertIn(f" protocolVersion: {number}\n", said)

    def test_cut_messages_are_reported(self):
        """A GUID or a number that is not all there is null."""
        octets = tokens.nego(0, 1, 0, tokens.PKU2U_SCHEME)
        for end in range(len(octets)):
            report(octets[:end])

    def test_hints(self):
        octets = tokens.init(tokens.mech_types(tokens.NTLMSSP), tokens.tlv(
            0xA3, tokens.tlv(0x30, tokens.tlv(0xA0, tokens.tlv(0x1B, b"me\xe9\0\033")),
                             tokens.octets(1, b"\1\2\3\4"))))
        self.assertEqual(report(octets)["token"]["negHints"], {
            "hintName": "me\xe9\0\033",
            "hintAddress": {"offset": len(octets) - 4, "length": 4, "kind": "unknown"}})

    def test_unknown_mechanism_has_no_name(self):
        octets = tokens.init(tokens.mech_types(b"\x06\x01\x2a"))
        self.assertEqual(report(octets)["token"]["mechTypes"], [{"oid": "1.2", "name": None}])

    def test_flags_without_a_name(self):
        octets = tokens.init(tokens.mech_types(tokens.NTLMSSP),
                             tokens.tlv(0xA1, bytes.fromhex("0303068140")))
        self.assertEqual(report(octets)["token"]["reqFlags"], ["delegFlag", "bit7", "bit9"])

    def test_unknown_fields_have_a_name_a_program_can_use(self):
        octets = tokens.init(tokens.mech_types(tokens.NTLMSSP), b"\xa5\2\5\0", b"\xa6\2\5\0")
        for name in report(octets)["token"]:
            self.assertRegex(name, r"\A[A-Za-z][A-Za-z0-9]*\Z")


class Keys(unittest.TestCase):
    def test_of_every_report(self):
        for octets in EXAMPLES:
            for layout in ("json", "ndjson"):
                with self.subTest(octets=octets.hex(), format=layout):
                    value = report(octets, "--format", layout)
                    self.assertEqual(list(value), KEYS)
                    for finding in value["findings"]:
                        self.assertEqual(list(finding), FINDING_KEYS)

    def test_of_what_could_not_be_read(self):
        said = support.run("--format", "json", "nowhere")
        self.assertEqual(said.object(), {
            "input": "nowhere", "octets": 0, "kind": "unknown", "framed": False,
            "verdict": "invalid", "token": None, "findings": [],
            "error": "No such file or directory"})
        self.assertEqual((said.status, said.err),
                         (2, "spnego-check: nowhere: No such file or directory\n"))


class Lines(unittest.TestCase):
    def test_ndjson_is_one_line_each(self):
        folder = support.scratch(self)
        for name, text in (("a", tokens.COMPLETED_HEX), ("b", "?"), ("c", tokens.CUT_HEX)):
            (folder / name).write_text(text, "ascii")
        said = support.run("--format", "ndjson", "a", "b", "c", cwd=folder)
        self.assertEqual(said.status, 2)
        self.assertEqual(len(said.out.splitlines()), 3)
        self.assertEqual([(value["input"], value["verdict"]) for value in said.objects()],
                         [("a", "valid"), ("b", "invalid"), ("c", "invalid")])

    def test_json_and_ndjson_say_the_same(self):
        for octets in EXAMPLES:
            self.assertEqual(report(octets), report(octets, "--format", "ndjson"))


class Origins(unittest.TestCase):
    def test_line(self):
        said = support.run("--lines", "--from", "hex", "--format", "ndjson",
                           stdin=f"\n{tokens.COMPLETED_HEX}\n{tokens.COMPLETED_HEX}x\n")
        good, bad = said.objects()
        self.assertEqual(list(good), ["input", "line", *KEYS[1:]])
        self.assertEqual((good["input"], good["line"]), ("standard input:2", 2))
        self.assertEqual(list(bad), ["input", "line", *KEYS[1:], "error"])
        self.assertEqual((bad["input"], bad["line"]), ("standard input:3", 3))

    def test_id_comes_first(self):
        ids = (b"17", b"a b", b"", b'"\\', "\u00fc".encode(), b"\xff\033")
        text = b"".join(name + b"\t" + tokens.COMPLETED_HEX.encode() + b"\n" for name in ids)
        said = support.run("--lines", "--id-column", "1", "--format", "ndjson", stdin=text)
        self.assertEqual([value["id"] for value in said.objects()],
                         ["17", "a b", "", '"\\', "\u00fc", "\xff\033"])
        for value in said.objects():
            self.assertEqual(list(value), ["id", "input", "line", *KEYS[1:]])


class Conversations(unittest.TestCase):
    TURN = ["turn", "side", "guessed", "label"]

    def test_members(self):
        text = f"I {tokens.OFFER.hex()}\nA {tokens.COMPLETED_HEX}\n"
        value = support.run("--conversation", "--format", "json", stdin=text).object()
        self.assertEqual(list(value), ["conversation", "verdict", "outcome", "summary", "mech",
                                       "turns"])
        self.assertIn(value["verdict"], ("valid", "warning", "invalid"))
        self.assertIn(value["outcome"], ("unfinished", "complete", "rejected", "broken"))
        for number, (turn, octets) in enumerate(zip(value["turns"],
                                                    (tokens.OFFER, tokens.COMPLETED)), 1):
            self.assertEqual(list(turn), self.TURN + KEYS[1:])
            self.assertEqual((turn["turn"], turn["label"]), (number, f"line {number}"))
            self.assertEqual(turn["token"], report(octets)["token"])
        self.assertEqual([turn["side"] for turn in value["turns"]], ["initiator", "acceptor"])

    def test_ndjson_is_one_line(self):
        said = support.run("--conversation", "--format", "ndjson",
                           stdin=f"I {tokens.OFFER.hex()}\nA {tokens.COMPLETED_HEX}\n")
        self.assertEqual(len(said.out.splitlines()), 1)


class Hostile(unittest.TestCase):
    """What a token or a file's name holds can neither break JSON nor a terminal."""

    def assertHarmless(self, said):
        self.assertNotRegex(said.out, "[^\n\x20-\x7f\xa0-\U0010ffff]")

    def test_any_octet_in_a_hint(self):
        name = bytes(range(256))
        said = support.run("--from", "raw", "--format", "json", stdin=tokens.init(
            tokens.mech_types(tokens.NTLMSSP), tokens.hints(name)))
        self.assertEqual(said.object()["token"]["negHints"]["hintName"], name.decode("latin-1"))
        self.assertHarmless(said)

    def test_any_octet_in_a_name(self):
        folder = support.scratch(self)
        names = {b"a\033[2J\n\"\\": "a\033[2J\n\"\\", b"\xc2\x9b2J": "\x9b2J",
                 "\u00fc".encode(): "\u00fc", b"\xff\xfe": "\xff\xfe"}
        for name, shown in names.items():
            (folder / support.text(name)).write_text(tokens.COMPLETED_HEX, "ascii")
            with self.subTest(name):
                said = support.run("--format", "json", name, cwd=folder)
                self.assertEqual(said.object()["input"], shown)
                self.assertHarmless(said)


class AvPairs(unittest.TestCase):
    """What is there twice in an NTLM CHALLENGE is told twice."""

    def info(self, *pairs):
        octets = b"".join(struct.pack("<HH", number, len(value)) + value
                          for number, value in (*pairs, (0, b"")))
        head = b"NTLMSSP\0" + struct.pack("<IHHIIQQHHI", 2, 0, 0, 48, 0x00800201, 0, 0,
                                          len(octets), len(octets), 48)
        said = support.run("--from", "raw", "--format", "json", stdin=head + octets)
        text = support.run("--from", "raw", stdin=head + octets).out
        return said.object()["token"]["TargetInfo"], text

    def test_name_twice(self):
        info, text = self.info((2, b"A\0"), (2, b"B\0"), (1, b"C\0"))
        self.assertEqual(info["MsvAvNbDomainName"], ["A", "B"])
        self.assertEqual(info["MsvAvNbComputerName"], "C")
        for value in "ABC":
            self.assertIn(f'"{value}"', text)

    def test_unknown_numbers(self):
        info, text = self.info((99, b"one"), (99, b"two"))
        self.assertEqual(info["AvPair"], ["6f6e65", "74776f"])
        self.assertLess(text.index("6f6e65"), text.index("74776f"))

    def test_nothing_hides_behind_a_zero(self):
        info, text = self.info((2, b"a\0\0\0b\0"))
        self.assertEqual(info["MsvAvNbDomainName"], "a\0b")
        self.assertIn(r'"a\x00b"', text)

    def test_nothing_turns_the_line(self):
        _, text = self.info((2, "a\u202eb\u2028c".encode("utf-16-le")))
        self.assertIn(r'"a\xe2\x80\xaeb\xe2\x80\xa8c"', text)


if __name__ == "__main__":
    unittest.main()
