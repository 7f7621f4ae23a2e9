"""From files and standard input to octets, and what is said when that fails."""

import base64
import os
import unittest

from tests.cli import support, tokens

HEX, BASE64 = tokens.COMPLETED_HEX, tokens.COMPLETED_BASE64
PEM = f"-----BEGIN TOKEN-----\n{BASE64}\n-----END TOKEN-----\n"
XXD = "00000000: a107 3005 a003 0a01 00                   ..0......\n"
HEXDUMP = ("00000000  a1 07 30 05 a0 03 0a 01  00                       |..0......|\n"
           "00000009\n")
GOOD = {  # what is read: the form that auto takes it for
    HEX: "hex", f"0x{HEX}\n": "hex", "a1 07,30 05\na0:03 0A 01 00": "hex", XXD: "hex",
    HEXDUMP: "hex", BASE64: "base64", "oQcw\nBaAD\nCgEA\n": "base64", PEM: "pem",
    f"Authorization: Negotiate {BASE64}\r\n": "http",
    f"HTTP/1.1 200 OK\nWWW-Authenticate: Negotiate {BASE64}\n\n": "http",
    f"www-authenticate: Basic realm=\"a, b\", Negotiate {BASE64}": "http",
}
BAD = {  # (--from, what is read): what is said
    ("auto", " \n"): "there are no octets in it",
    ("auto", HEX[:-1]): "the text looks most like hex, but line 1, column 17: an odd number of "
                        "hexadecimal digits (17) ends here, expected pairs; as base64, line 1, "
                        "column 17: 17 base64 symbols end here, one too many or too few",
    ("auto", "oQcwBa!DCgEA"): "the text looks most like base64, but line 1, column 7: '!' is not "
                              "a base64 symbol; as hex, line 1, column 1: 'o' is not a "
                              "hexadecimal digit",
    ("auto", "abcd"): "the text reads as hex and as base64, and neither begins a known token; "
                      "say which with --from",
    ("auto", "WWW-Authenticate: Negotiate\n"): "line 1, column 28: no token follows the scheme, "
                                               "expected base64",
    ("auto", PEM[:-6]): "line 3, column 10: the label differs from the one on the BEGIN line",
    ("hex", HEX[:-1]): "line 1, column 17: an odd number of hexadecimal digits (17) ends here, "
                       "expected pairs",
    ("hex", "a1 07\n3x"): "line 2, column 2: 'x' is not a hexadecimal digit",
    ("hex", "\033[2J"): "line 1, column 1: the octet 0x1b is not a hexadecimal digit",
    ("base64", "oQcwBaADCgEA="): "line 1, column 12: 1 '=' follow, expected 0",
    ("base64", "oQ=c"): "line 1, column 4: 'c' follows the padding, expected the end",
    ("http", "Authorization: Bearer abc"): "line 1, column 1: no line has a header with a token, "
                                           "such as \"Authorization: Negotiate YII...\"",
    ("pem", "-----BEGIN X-----\n"): "line 1, column 1: no \"-----END \" line follows this line",
}


class Forms(unittest.TestCase):
    def assertRead(self, said):
        self.assertEqual(said.status, 0, said.err)
        self.assertIn("NegTokenResp, 9 octets: valid", said.out)

    def test_auto_says_what_it_took_the_input_for(self):
        for text, form in GOOD.items():
            with self.subTest(text):
                said = support.run(stdin=text)
                self.assertRead(said)
                self.assertEqual(said.err, f"spnego-check: standard input: read as {form}\n")

    def test_auto_takes_octets_as_they_are(self):
        said = support.run(stdin=tokens.COMPLETED)
        self.assertRead(said)
        self.assertEqual(said.err, "spnego-check: standard input: read as raw\n")

    def test_auto_takes_utf16(self):
        said = support.run(stdin=HEX.encode("utf-16"))
        self.assertRead(said)
        self.assertEqual(said.err, "spnego-check: standard input: read as hex\n")

    def test_auto_takes_base64url(self):
        octets = tokens.init(tokens.mech_types(tokens.NTLMSSP),
                             tokens.octets(2, b"NTLMSSP\0\xfb\xff\xfe" * 3))
        text = base64.urlsafe_b64encode(octets).rstrip(b"=")
        self.assertRegex(text.decode(), "[-_]")
        self.assertIn(f"{len(octets)} octets", support.run(stdin=text).out)

    def test_named_form_says_nothing(self):
        for text, form in GOOD.items():
            with self.subTest(text):
                said = support.run("--from", form, stdin=text)
                self.assertRead(said)
                self.assertEqual(said.err, "")

    def test_raw_is_never_interpreted(self):
        said = support.run("--from", "raw", stdin=HEX)
        self.assertEqual(said.status, 1)
        self.assertIn("octet 0x61 begins no token that is known [SPN1025]", said.out)

    def test_messages(self):
        for (form, text), sentence in BAD.items():
            with self.subTest(text, form=form):
                said = support.run("--from", form, stdin=text)
                self.assertEqual(said, (2, "", f"spnego-check: standard input: {sentence}\n"))


class Files(unittest.TestCase):
    def setUp(self):
        self.folder = support.scratch(self)
        self.write("good", HEX)
        self.write("empty", "")
        self.write("cut", tokens.CUT_HEX)
        (self.folder / "folder").mkdir()

    def write(self, name, text):
        (self.folder / name).write_text(text, "ascii")

    def run_here(self, *args, **more):
        return support.run(*args, cwd=self.folder, **more)

    def test_others_are_still_processed(self):
        said = self.run_here("nowhere", "good", "folder", "empty", "cut", "good/x", "good")
        self.assertEqual(said.status, 2)
        self.assertEqual([line.partition(",")[0] for line in said.out.splitlines()
                          if "octets:" in line],
                         ["good: NegTokenResp", "cut: NegTokenResp", "good: NegTokenResp"])
        self.assertEqual(said.err, (
            "spnego-check: nowhere: No such file or directory\n"
            "spnego-check: good: read as hex\n"
            "spnego-check: folder: it is a directory; expected a file with a token\n"
            "spnego-check: empty: it is empty; expected a token\n"
            "spnego-check: cut: read as hex\n"
            "spnego-check: good/x: Not a directory\n"
            "spnego-check: good: read as hex\n"))

    def test_standard_input_by_its_name(self):
        for args in ((), ("-",), ("--", "-")):
            with self.subTest(args):
                said = self.run_here(*args, stdin=HEX)
                self.assertEqual(said.status, 0)
                self.assertIn("standard input: NegTokenResp", said.out)

    def test_standard_input_among_files(self):
        said = self.run_here("good", "-", "good", stdin=tokens.CUT_HEX)
        self.assertEqual([line.partition(":")[0] for line in said.out.splitlines()
                          if "octets:" in line], ["good", "standard input", "good"])
        self.assertEqual(said.status, 1)

    def test_empty_standard_input(self):
        self.assertEqual(self.run_here(), (
            2, "", "spnego-check: standard input: it is empty; expected a token\n"))

    def test_file_whose_name_begins_with_a_dash(self):
        self.write("-x", HEX)
        self.assertIn("-x: NegTokenResp", self.run_here("--", "-x").out)

    @unittest.skipIf(os.geteuid() == 0, "root can read every file")
    def test_file_that_may_not_be_read(self):
        (self.folder / "good").chmod(0)
        self.assertEqual(self.run_here("good"),
                         (2, "", "spnego-check: good: Permission denied\n"))

    def test_huge_file(self):
        with (self.folder / "huge").open("wb") as stream:
            stream.truncate((64 << 20) + 1)
        self.assertEqual(self.run_here("huge"), (
            2, "", "spnego-check: huge: it is larger than 64 MiB, the most that is read\n"))

    def test_names_cannot_move_the_cursor(self):
        for name in (b"a\033[2Jb\rc\nd\x7f", b"\x9b2J\xff", b"\xc2\x9b2J"):
            with self.subTest(name):
                (self.folder / support.text(name)).write_text(HEX, "ascii")
                for args in ((name,), (name + b"!",), ("--lines", name)):
                    said = self.run_here(*args)
                    self.assertNotRegex(said.out + said.err, "[^\n\x20-\x7e\u00a1-\uffff]")
                    self.assertNotRegex(said.out + said.err, "[\udc80-\udcff]")
                    self.assertEqual(said.err.count("\n"), 1)


class Lines(unittest.TestCase):
    TEXT = f"{HEX}\n\n  \r\n?\n{tokens.CUT_HEX}\r\n{BASE64}"

    def setUp(self):
        self.folder = support.scratch(self)
        (self.folder / "file").write_text(self.TEXT, "ascii", newline="")

    def run_here(self, *args):
        return support.run("--lines", *args, "file", cwd=self.folder)

    def test_each_has_its_place(self):
        said = self.run_here()
        self.assertEqual([line for line in said.out.splitlines() if "octets:" in line],
                         ["file:1: NegTokenResp, 9 octets: valid",
                          "file:5: NegTokenResp, 8 octets: invalid, 1 error",
                          "file:6: NegTokenResp, 9 octets: valid"])
        self.assertEqual(said.status, 2)

    def test_places_in_json(self):
        inputs = [value["input"] for value in self.run_here("--format", "ndjson").objects()]
        self.assertEqual(inputs, ["file:1", "file:4", "file:5", "file:6"])

    def test_form_is_said_when_it_changes(self):
        said = [line for line in self.run_here().err.splitlines() if "read as" in line]
        self.assertEqual(said, ["spnego-check: file:1: read as hex",
                                "spnego-check: file:6: read as base64"])

    def test_form_is_said_for_each_file(self):
        (self.folder / "file").write_text(HEX, "ascii")
        said = support.run("--lines", "file", "file", cwd=self.folder)
        self.assertEqual(said.err, 2 * "spnego-check: file:1: read as hex\n")

    def test_error_counts_the_lines_of_the_file_only(self):
        (error,) = [line for line in self.run_here().err.splitlines() if "read as" not in line]
        self.assertIn("file:4: ", error)
        self.assertNotIn("line 1", error)

    def test_standard_input(self):
        said = support.run("--lines", stdin=self.TEXT)
        self.assertIn("standard input:5: NegTokenResp", said.out)

    def test_http_header_in_each_line(self):
        header = f"Authorization: Negotiate {BASE64}\r\n"
        said = support.run("--lines", "--from", "http", stdin=header * 3)
        self.assertEqual((said.status, said.out.count("valid\n"), said.err), (0, 3, ""))

    def test_nothing_but_blank_lines_is_no_token(self):
        said = support.run("--lines", stdin="\n \n\r\n")
        self.assertEqual((said.status, said.out), (2, ""))
        self.assertRegex(said.err, r"\Aspnego-check: standard input: .*\n\Z")


class Terminals(unittest.TestCase):
    REFUSED = ("spnego-check: standard input: raw octets cannot be typed at a terminal; "
               "expected hex or base64\n")

    def test_typed_hex(self):
        said = support.type_at_terminal(keys=HEX.encode() + b"\n")
        self.assertEqual(said.status, 0)
        self.assertIn("NegTokenResp, 9 octets: valid", said.out)

    def test_one_end_of_file_is_enough(self):
        said = support.type_at_terminal(keys=HEX.encode() + b"\n", ends=1, guard=10)
        self.assertEqual(said.status, 0)

    def test_binary_with_zero_octets(self):
        said = support.type_at_terminal(keys=b"\xa1\x07\x30\x05\xa0\x00\x0b\x01\n")
        self.assertEqual(said, (2, "", self.REFUSED))

    def test_binary_without_zero_octets(self):
        said = support.type_at_terminal(keys=b"\xa1\x07\x30\x05\xa0\x07\x0b\x01\n")
        self.assertEqual(said, (2, "", self.REFUSED))

    def test_from_raw(self):
        said = support.type_at_terminal("--from", "raw", keys=b"abc\n")
        self.assertEqual(said, (2, "", self.REFUSED))


if __name__ == "__main__":
    unittest.main()
