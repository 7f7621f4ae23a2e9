"""What a batch was made of: the same counts in every format, behind the reports."""

import unittest

from tests.cli import support, tokens

TABLE = """\
inputs
         6  in all
         2  valid
         2  with warnings
         1  invalid
         1  unreadable
kinds
         1  NegTokenInit
         1  NegTokenInit2
         2  NegTokenResp
         1  NTLMSSP
mechanisms
         1  MS-KRB5
         4  NTLMSSP
findings
         1  SPN1001 {SPN1001}
         1  SPN1005 {SPN1005}
         1  SPN2006 {SPN2006}
         1  SPN2007 {SPN2007}
         1  SPN2012 {SPN2012}
"""
COUNTS = {
    "inputs": 6, "valid": 2, "warning": 2, "invalid": 1, "unreadable": 1, "conversations": 0,
    "kinds": {"NegTokenInit": 1, "NegTokenInit2": 1, "NegTokenResp": 2, "NTLMSSP": 1},
    "mechs": {"MS-KRB5": 1, "NTLMSSP": 4},
    "findings": {"SPN1001": 1, "SPN1005": 1, "SPN2006": 1, "SPN2007": 1, "SPN2012": 1},
}
CHOICE = tokens.resp(tokens.tlv(0xA0, b"\x0a\x01\x01"), tokens.tlv(0xA1, tokens.NTLMSSP))
FILES = {"a": tokens.OFFER, "b": tokens.HINTS, "c": CHOICE + b"\0",
         "d": tokens.NTLM_NEGOTIATE, "e": tokens.COMPLETED[:-1], "f": b""}


def table():
    titles = {entry["code"]: entry["title"] for entry in
              support.run("--list-findings", "--format", "json").object()}
    return TABLE.format(**titles)


class Counts(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = support.scratch(self)
        for name, octets in FILES.items():
            (self.folder / name).write_bytes(octets)

    def run_all(self, *args):
        return support.run("--from", "raw", "--stats", *args, *FILES, cwd=self.folder)

    def test_text_is_followed_by_a_table(self):
        plain = support.run("--from", "raw", *FILES, cwd=self.folder)
        self.assertEqual(self.run_all(), (2, plain.out + table(), plain.err))

    def test_quiet(self):
        self.assertEqual(self.run_all("-q").out, table())

    def test_json(self):
        for form in ("json", "ndjson"):
            said = self.run_all("--format", form)
            self.assertEqual(len(said.objects()), len(FILES) + 1)
            self.assertEqual(said.objects()[-1], {"stats": COUNTS})
            self.assertEqual(self.run_all("-q", "--format", form).object(), {"stats": COUNTS})

    def test_ndjson_is_one_line(self):
        self.assertEqual(len(self.run_all("-q", "--format", "ndjson").out.splitlines()), 1)

    def test_elsewhere_the_table_is_no_part_of_the_report(self):
        for form in ("gcc", "sarif"):
            plain = support.run("--from", "raw", "--format", form, *FILES, cwd=self.folder)
            said = self.run_all("--format", form)
            self.assertEqual(said, (2, plain.out, plain.err + table()))

    def test_what_was_filtered_away_is_not_counted(self):
        said = self.run_all("-q", "--format", "json", "--severity", "error")
        counts = said.object()["stats"]
        self.assertEqual((counts["valid"], counts["warning"], counts["invalid"]), (4, 0, 1))
        self.assertEqual(counts["findings"], {"SPN1001": 1})

    def test_mechanisms_without_a_name(self):
        said = support.run("--from", "raw", "-q", "--stats", "--format", "json", stdin=tokens.init(
            tokens.mech_types(b"\x06\x01\x2a", tokens.NTLMSSP, b"\x06\x01\x2b")))
        self.assertEqual(said.object()["stats"]["mechs"], {"unknown": 2, "NTLMSSP": 1})

    def test_lines(self):
        text = f"{tokens.COMPLETED_HEX}\n" * 1000 + f"{tokens.CUT_HEX}\n"
        counts = support.run("--lines", "--from", "hex", "-q", "--stats", "--format", "json",
                             stdin=text).object()["stats"]
        self.assertEqual((counts["inputs"], counts["valid"], counts["invalid"]),
                         (1001, 1000, 1))

    def test_turns_of_a_conversation(self):
        text = f"I {tokens.OFFER.hex()}\nA {CHOICE.hex()}\n"
        counts = support.run("--conversation", "-q", "--stats", "--format", "json",
                             stdin=text).object()["stats"]
        self.assertEqual((counts["conversations"], counts["inputs"]), (1, 2))
        self.assertEqual(counts["kinds"], {"NegTokenInit": 1, "NegTokenResp": 1})

    def test_nothing_could_be_read(self):
        said = support.run("--stats", "nowhere")
        self.assertEqual((said.status, said.out), (
            2, "inputs\n         1  in all\n         1  unreadable\nkinds\nmechanisms\nfindings\n"))


if __name__ == "__main__":
    unittest.main()
