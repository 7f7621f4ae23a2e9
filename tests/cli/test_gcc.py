"""The report for editors and build systems: a compiler's lines, and where they point."""

import base64
import os
import re
import shutil
import unittest

from tests.cli import support, tokens
from tests.cli.pcap import Capture
from tests.cli.pdus import base64_of, http_request, http_response

# What GCC prints, and its readers look for; `file` may hold blanks and colons.
LINE = re.compile(r"(?P<file>.+?):(?P<line>\d+):(?P<column>\d+): "
                  r"(?P<severity>note|warning|error): (?P<message>.+) "
                  r"\[(?P<code>SPN\d{4}|unreadable)\]")

# One zero octet too many is a warning about octet 9.
PADDED = tokens.COMPLETED + b"\0"
PADDED_BASE64 = base64.b64encode(PADDED).decode()
SENTENCE = "warning: 1 zero octets after the end of the token, as DCE/RPC pads [SPN1005]"
XXD = "00000000: a107 3005 a003 0a01                      ..0.....\n00000008: 0000       ..\n"
HEXDUMP = "00000000  a1 07 30 05 a0 03 0a 01  00 00                    |..0.......|\n0000000a\n"
PLACES = {  # what is read: line and column of octet 9
    PADDED.hex(): "1:19",
    "# a comment\n0xa1, 0x07, 0x30, 0x05,\n0xa0, 0x03, 0x0a, 0x01,\n0x00, 0x00\n": "4:9",
    r"\xa1\x07\x30\x05\xa0\x03\x0a\x01\x00\x00": "1:39",
    "a1 07 30 05\r\na0 03 0a 01\r\n00 00\r\n": "3:4",
    XXD: "2:13",
    HEXDUMP: "1:39",
    PADDED_BASE64: "1:13",
    "oQcw\nBaAD\n\n CgEA\nAA==\n": "5:1",
    f"Host: there\r\nAuthorization: Negotiate {PADDED_BASE64}\r\n\r\n": "2:38",
    f"words\n-----BEGIN X-----\n{PADDED_BASE64}\n-----END X-----\n": "3:13",
}


def lines(said):
    """The parts of each line; a line that is none fails."""
    found = [LINE.fullmatch(line) for line in said.out.splitlines()]
    assert None not in found, said.out
    return [match.groupdict() for match in found]


def report(*args, **more):
    return support.run("--format", "gcc", *args, **more)


class Places(unittest.TestCase):
    def assertPlace(self, octets, place, *args):
        said = report(*args, stdin=octets)
        self.assertEqual(said.out, f"standard input:{place}: {SENTENCE}\n")

    def test_in_every_form(self):
        for text, place in PLACES.items():
            with self.subTest(text):
                self.assertPlace(text.encode(), place)

    def test_columns_are_characters(self):
        text = f"WWW-Authenticate: Basic realm=\"\u00e4\u00f6\", Negotiate {PADDED_BASE64}"
        self.assertPlace(text.encode(), f"1:{text.index('AA==') + 1}", "--from", "http")

    def test_behind_byte_order_marks(self):
        for text, place in PLACES.items():
            for encoding in ("utf-8-sig", "utf-16"):
                with self.subTest(text, encoding=encoding):
                    self.assertPlace(text.encode(encoding), place)
            with self.subTest(text, encoding="big-endian"):
                self.assertPlace(b"\xfe\xff" + text.encode("utf-16-be"), place)

    def test_of_octets_is_their_offset(self):
        self.assertPlace(PADDED, "1:10", "--from", "raw")
        self.assertPlace(PADDED, "1:10")

    def test_of_each_octet(self):
        """Cut tokens end with a finding about their last element, wherever that begins."""
        for end in range(2, len(tokens.OFFER)):
            octets = tokens.OFFER[:end]
            wanted = [finding["offset"] for finding in support.run(
                "--from", "raw", "--format", "json", stdin=octets).object()["findings"]]
            for text, column in ((octets.hex(), lambda off: 2 * off + 1),
                                 (octets.hex(" "), lambda off: 3 * off + 1),
                                 (base64.b64encode(octets).decode(),
                                  lambda off: off // 3 * 4 + off % 3 + 1)):
                form = "hex" if text.startswith("60") else "base64"
                said = report("--from", form, stdin=text)
                self.assertEqual([int(line["column"]) for line in lines(said)],
                                 [column(off) for off in wanted], text)

    def test_behind_the_end(self):
        """A finding without octets stands behind the last one."""
        said = report("--from", "hex", stdin="60 08 06 06 2b 06 01 05\n05 02")
        self.assertRegex(said.out, r"\Astandard input:2:6: error: .* \[SPN1003\]\n\Z")

    def test_repeated_lines_of_a_dump_point_to_the_star(self):
        text = "0000 04 81 00 00 00 00 00 00\n0008 00 00 00 00 00 00 00 00\n*\n0080\n"
        said = report("--from", "hex", stdin=text)
        for line in lines(said):
            self.assertLessEqual(int(line["line"]), 4)


class Lines(unittest.TestCase):
    def test_each_has_its_own(self):
        text = f"{PADDED.hex()}\n\n{tokens.COMPLETED_HEX}\n  {PADDED.hex()}\n"
        said = report("--lines", "--from", "hex", stdin=text)
        self.assertEqual(said.out, f"standard input:1:19: {SENTENCE}\n"
                                   f"standard input:4:21: {SENTENCE}\n")

    def test_columns_before_the_token_count(self):
        said = report("--lines", "--id-column", "1", stdin=f"\u00e4b\t{PADDED_BASE64}\n".encode())
        self.assertEqual(said.out, f"standard input:1:16: {SENTENCE}\n")


class Unreadable(unittest.TestCase):
    def assertLine(self, line, *args, **more):
        said = report(*args, **more)
        self.assertEqual((said.out, said.status), (line + "\n", 2))

    def test_has_its_place(self):
        self.assertLine("standard input:2:2: error: 'x' is not a hexadecimal digit [unreadable]",
                        "--from", "hex", stdin="a1 07\n3x")

    def test_nested_place(self):
        self.assertLine(
            "standard input:2:3: error: the text looks most like base64, but line 2, column 3: "
            "'!' is not a base64 symbol; as hex, line 1, column 1: 'o' is not a hexadecimal "
            "digit [unreadable]", stdin="oQcw\nBa!DCgEA")

    def test_no_place(self):
        self.assertLine("nowhere:1:1: error: No such file or directory [unreadable]", "nowhere")
        self.assertLine("standard input:1:1: error: there are no octets in it [unreadable]",
                        stdin=" ")
        self.assertLine("standard input:1:1: error: no line has a token [unreadable]",
                        "--lines", stdin="\n")

    def test_line_of_many(self):
        self.assertLine("standard input:2:2: error: 'x' is not a hexadecimal digit [unreadable]",
                        "--lines", "--from", "hex", stdin=f"{tokens.COMPLETED_HEX}\n3x\n")


class Form(unittest.TestCase):
    def test_all_severities(self):
        found = lines(report("--from", "raw", stdin=tokens.OFFER))
        self.assertEqual([(line["severity"], line["code"]) for line in found],
                         [("note", "SPN2006"), ("warning", "SPN2007"), ("warning", "SPN2012")])
        self.assertEqual(lines(report(stdin=tokens.CUT_HEX))[0]["severity"], "error")

    def test_sound_input_has_no_line(self):
        said = report("--from", "hex", stdin=tokens.COMPLETED_HEX)
        self.assertEqual(said, (0, "", ""))

    def test_names(self):
        folder = support.scratch(self)
        names = {b"a b": "a b", b"100%s": "100%s", b'"quoted\'': '"quoted\'', b"a:1:2": "a:1:2",
                 b"\xff\xfe": r"\xff\xfe", b"two\nlines\033[2J": r"two\x0alines\x1b[2J",
                 "\u00fc".encode(): "\u00fc"}
        for name, shown in names.items():
            with open(os.path.join(os.fsencode(folder), name), "wb") as file:
                file.write(PADDED)
            with self.subTest(name):
                said = report("--from", "raw", name, cwd=folder)
                self.assertEqual(said.out, f"{shown}:1:10: {SENTENCE}\n")

    def test_never_coloured(self):
        for args in ((), ("--color", "always")):
            said = support.run_on_terminal("--format", "gcc", *args, stdin=PADDED_BASE64.encode())
            self.assertEqual(said.out, f"standard input:1:13: {SENTENCE}\n")


class Conversations(unittest.TestCase):
    def test_line_of_the_turn(self):
        text = f"I {tokens.OFFER.hex()}\n# the answer\nA {PADDED.hex()}\n"
        found = lines(report("--conversation", stdin=text))
        self.assertEqual({line["line"] for line in found if line["code"] == "SPN1005"}, {"3"})
        self.assertEqual({line["line"] for line in found if line["code"] == "SPN2007"}, {"1"})


@unittest.skipUnless(shutil.which("tshark"), "there is no tshark")
class Captures(unittest.TestCase):
    def test_frame_of_the_turn(self):
        folder = support.scratch(self)
        capture = Capture()
        client = capture.connect(80)
        client.send(http_request(f"Authorization: Negotiate {base64_of(tokens.OFFER)}"))
        client.answer(http_response(200, f"WWW-Authenticate: Negotiate {PADDED_BASE64}"))
        (folder / "web.pcap").write_bytes(capture.pcap())
        said = report("--capture", "web.pcap", cwd=folder)
        frames = re.findall(r"(?m)^web\.pcap:1:1: warning: frame (\d+): .*SPN2007|"
                            r"^web\.pcap:1:1: warning: frame (\d+): .*SPN1005", said.out)
        values = support.run("--capture", "web.pcap", "--format", "json", cwd=folder).object()
        first, second = (str(turn["frame"]) for turn in values["turns"])
        self.assertCountEqual(frames, [(first, ""), ("", second)])
        run = support.run("--capture", "web.pcap", "--format", "sarif", cwd=folder).object()
        for result in run["runs"][0]["results"]:
            place = result["locations"][0]["physicalLocation"]
            self.assertEqual(place, {"artifactLocation": {"uri": "web.pcap"}})
            self.assertIn(str(result["properties"]["frame"]), (first, second))


if __name__ == "__main__":
    unittest.main()
