"""Which findings are said, and which of them make the run fail."""

import unittest

from tests.cli import support, tokens

# OFFER has a note, SPN2006, and the warnings SPN2007 and SPN2012.
ALL = ["SPN2006", "SPN2007", "SPN2012"]
LISTS = "; --list-findings prints all\n"
HELP = "; --help lists the options\n"


def codes(*args, stdin=tokens.OFFER):
    said = support.run("--from", "raw", "--format", "json", *args, stdin=stdin).object()
    return [finding["code"] for finding in said["findings"]]


class Severity(unittest.TestCase):
    def test_levels(self):
        self.assertEqual(codes(), ALL)
        self.assertEqual(codes("--severity", "note"), ALL)
        self.assertEqual(codes("--severity", "warning"), ALL[1:])
        self.assertEqual(codes("--severity", "error"), [])

    def test_verdict_is_of_what_is_left(self):
        for level, verdict in (("warning", "warning"), ("error", "valid")):
            said = support.run("--from", "raw", "--severity", level, stdin=tokens.OFFER)
            self.assertIn(f", 83 octets: {verdict}", said.out.splitlines()[0])

    def test_wrong_level(self):
        for level in ("errors", "never", ""):
            self.assertEqual(support.run("--severity", level, stdin=""), (
                3, "", f"spnego-check: --severity {level}: expected note, warning or error{HELP}"))


class Codes(unittest.TestCase):
    def test_include(self):
        self.assertEqual(codes("--include", "SPN2007"), ["SPN2007"])
        self.assertEqual(codes("--include", "spn2007,SPN2012"), ["SPN2007", "SPN2012"])
        self.assertEqual(codes("--include", "SPN2007", "--include", "SPN2006"), ALL[:2])
        self.assertEqual(codes("--include", "SPN5"), [])

    def test_exclude(self):
        self.assertEqual(codes("--exclude", "SPN2007"), ["SPN2006", "SPN2012"])
        self.assertEqual(codes("--exclude", "SPN200"), ["SPN2012"])
        self.assertEqual(codes("--exclude", "SPN2"), [])

    def test_by_name(self):
        names = {entry["code"]: entry["name"] for entry in
                 support.run("--list-findings", "--format", "json").object()}
        for code in ALL:
            self.assertEqual(codes("--include", names[code]), [code])
            self.assertEqual(codes("--exclude", names[code]),
                             [other for other in ALL if other != code])

    def test_exclude_wins(self):
        self.assertEqual(codes("--include", "SPN20", "--exclude", "SPN2007"),
                         ["SPN2006", "SPN2012"])
        self.assertEqual(codes("--exclude", "SPN2007", "--include", "SPN2007"), [])

    def test_with_severity(self):
        self.assertEqual(codes("--include", "SPN2006,SPN2007", "--severity", "warning"),
                         ["SPN2007"])

    def test_no_such_finding(self):
        mistakes = {"SPN9999": "SPN9999", "SPN2007,hint": "hint", "": "", "SPN": "SPN",
                    "SPN2007,": "", "SPN20071": "SPN20071", "2007": "2007",
                    "SPN2007, SPN2012": " SPN2012", "SPN2007,*": "*"}
        for option in ("--include", "--exclude"):
            for value, word in mistakes.items():
                with self.subTest(option, value=value):
                    self.assertEqual(support.run(option, value, stdin=""), (
                        3, "", f'spnego-check: {option} {value}: "{word}" is no finding{LISTS}'))

    def test_in_every_format(self):
        for form in ("text", "json", "ndjson", "gcc", "sarif"):
            said = support.run("--from", "raw", "--format", form, "--exclude", "SPN2007",
                               stdin=tokens.OFFER)
            report = said.out.partition('"results"')[2] if form == "sarif" else said.out
            self.assertIn("SPN2012", report)
            self.assertNotIn("SPN2007", report)

    def test_text_has_no_trace(self):
        said = support.run("--from", "raw", "--exclude", "SPN2", stdin=tokens.OFFER)
        self.assertNotRegex(said.out, r"warning|note|SPN\d")


class FailOn(unittest.TestCase):
    def status(self, octets, *args):
        return support.run("--from", "raw", "-q", *args, stdin=octets).status

    def test_levels(self):
        noted = tokens.init(tokens.mech_types(tokens.NTLMSSP))  # SPN2013 is a note
        for octets, statuses in ((tokens.COMPLETED, (0, 0, 0, 0)), (noted, (1, 0, 0, 0)),
                                 (tokens.OFFER, (1, 1, 0, 0)),
                                 (tokens.COMPLETED[:-1], (1, 1, 1, 0))):
            for level, status in zip(("note", "warning", "error", "never"), statuses):
                with self.subTest(octets.hex(), level=level):
                    self.assertEqual(self.status(octets, "--fail-on", level), status)
                    for form in ("json", "gcc", "sarif"):
                        self.assertEqual(support.run("--from", "raw", "--format", form,
                                                     "--fail-on", level, stdin=octets).status,
                                         status)

    def test_error_is_the_default(self):
        self.assertEqual(self.status(tokens.OFFER), 0)
        self.assertEqual(self.status(tokens.COMPLETED[:-1]), 1)

    def test_what_was_filtered_away_does_not_fail(self):
        self.assertEqual(self.status(tokens.COMPLETED[:-1], "--exclude", "SPN1001"), 0)
        self.assertEqual(self.status(tokens.OFFER, "--fail-on", "note", "--severity", "error"), 0)

    def test_never_is_not_for_what_could_not_be_read(self):
        self.assertEqual(support.run("--fail-on", "never", "nowhere").status, 2)

    def test_wrong_level(self):
        self.assertEqual(support.run("--fail-on", "fatal", stdin=""), (
            3, "", "spnego-check: --fail-on fatal: expected note, warning, error or never" + HELP))


if __name__ == "__main__":
    unittest.main()
