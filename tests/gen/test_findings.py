"""The registry's prose on its way: read, as C, as Markdown, as a manual page."""

import subprocess
import unittest

from gen import __main__ as program
from gen import emit_explain, emit_findings, emit_man, emit_pages, findings_front
from gen.source import Source, read

from .support import ROOT, generated, need_program

ENTRY = '''
[SPN8001]
name = "http-scheme"
severity = "error"
tolerance = "LONG_LENGTH"
rules = ["W01", "W02"]
title = "A | that is no column"
text = "got {got:x}"
why = """
First a\\\\b
and   *more*.

Second.
"""
bad = """
HTTP/1.1 401
  WWW-Authenticate: "Basic"
"""
good = "WWW-Authenticate: Negotiate"
repair = "Say `Negotiate`."
source = "RFC 4559 4"
'''


def entry(text=ENTRY):
    return findings_front.read_findings(Source("findings.toml", text))


class Read(unittest.TestCase):
    def test_paragraphs_are_lines(self):
        found = entry()["SPN8001"]
        self.assertEqual(found.why, "First a\\b and *more*.\nSecond.")
        self.assertEqual(found.bad, 'HTTP/1.1 401\n  WWW-Authenticate: "Basic"')
        self.assertEqual((found.seen, found.rules), ("", ("W01", "W02")))

    def test_examples(self):
        """Octets and turns are told apart from free lines, which only carriers have."""
        for text in ("30 05", "30 05  # five", "30 # x", "I NegTokenInit", "A #2 CHALLENGE"):
            findings_front.check_example("SPN1001", "bad", text, None)
        for text in ("3005", "30  05", "30 5", "INIT", "I  x", "HTTP/1.1 401", "30 05\n\n30 05"):
            with self.assertRaises(findings_front.Refusal, msg=text):
                findings_front.check_example("SPN7017", "bad", text, None)
            findings_front.check_example("SPN8001", "bad", text, None)

    def test_place_is_that_of_the_table(self):
        """Not that of a code in the prose before it."""
        text = ENTRY.replace("First", "SPN8002") + \
            ENTRY.replace("SPN8001", "SPN8002").replace('"http-scheme"', '"other"')
        self.assertEqual([found.loc.line for found in entry(text).values()],
                         [2, 2 + ENTRY.count("\n")])


class Emitted(unittest.TestCase):
    def test_c(self):
        text = emit_explain.emit(entry())
        self.assertIn('.why = "First a\\\\b and *more*.\\n"\n               "Second.",\n', text)
        self.assertIn('"  WWW-Authenticate: \\"Basic\\"",\n', text)
        self.assertIn('.tolerance = "SPNEGO_TOLERATE_LONG_LENGTH",\n', text)
        self.assertIn('.rules = "W01 W02",\n', text)
        self.assertNotIn(".seen", text)

    def test_literals_keep_every_blank(self):
        text = "30 81 05  # " + "long and " * 20 + "mechList-free"
        pieces = emit_findings.literals(text, 40)
        self.assertGreater(len(pieces), 4)
        self.assertEqual("".join(piece[1:-1] for piece in pieces), text)
        self.assertLessEqual(max(len(piece[1:-1].rstrip()) for piece in pieces), 40)

    def test_page(self):
        text = emit_pages.emit(entry())["docs/findings/SPN8001.md"]
        self.assertIn("# SPN8001: A \\| that is no column\n", text)
        self.assertIn("| Severity | error; a warning with `SPNEGO_TOLERATE_LONG_LENGTH` |\n", text)
        self.assertIn("\nFirst a\\\\b and \\*more\\*.\n\nSecond.\n", text)
        self.assertIn('    HTTP/1.1 401\n      WWW-Authenticate: "Basic"\n', text)
        self.assertNotIn("## Seen", text)

    def test_index_has_every_finding_once(self):
        findings = findings_front.read_findings(read(ROOT, program.FINDINGS))
        pages = emit_pages.emit(findings)
        self.assertEqual(len(pages), len(findings) + 1)
        for code in findings:
            self.assertEqual(pages["docs/findings/README.md"].count(f"[{code}]({code}.md)"), 1)

    def test_manual(self):
        manual = Source("x.in", ".SH FINDINGS\n@FINDINGS@\n.SH SEE ALSO\n")
        text = emit_man.emit(manual, entry())
        self.assertIn(".SS 8xxx: carriers: HTTP, SMB, DCE/RPC\n.TP\n"
                      ".BR SPN8001 \\ (http\\-scheme)\n"
                      "A | that is no column\n(error, or warning where tolerated).\n"
                      ".SH SEE ALSO\n", text)
        self.assertEqual(emit_man.roff(".a-b\\c"), r"\&.a\-b\ec")

    def test_manual_is_good_roff(self):
        need_program("groff")
        run = subprocess.run(["groff", "-man", "-Tutf8", "-ww", "-rCHECKSTYLE=2",
                              generated() / "spnego-check.1"], capture_output=True, text=True,
                             check=False)
        self.assertEqual((run.returncode, run.stderr), (0, ""))
        self.assertIn("SPN1007", run.stdout)


if __name__ == "__main__":
    unittest.main()
