"""The command line: options, exit statuses and the sentences about mistakes."""

import subprocess
import unittest

from tests.cli import support, tokens

LISTS = "spnego-check: --help lists the options\n"
HELP = """\
usage: spnego-check [options] [file ...]

Says what a SPNEGO, NegoEx or GSS-API token is, whether it is sound, and if not
what is wrong, where, and by which section.  Without a file, or with "-", it
reads standard input.

What to read
      --from FORM        auto, hex, base64, http, pem or raw (default: auto)
      --lines            every line is a token of its own
      --id-column N      column N of a line, between tabs, is passed through; the
                         token is in the last column
      --start-line N     begin with line N
      --conversation     the tokens of one negotiation, in order: files, or lines
                         "I <token>" and "A <token>"
      --capture FILE     the negotiations in a pcap or pcapng file, by tshark
      --decode-as HOW    a protocol on a port of its own: tcp.port==8445,nbss

Keys, for the checksums of a conversation
      --key HEX          for NegoEx and Kerberos; I:HEX, A:HEX: of one side only
      --enctype N        its encryption type, a number of RFC 3961
      --ntlm-session-key HEX
      --keytab FILE      of the Kerberos acceptor

What to say
      --format FORMAT    text, json, ndjson, gcc or sarif (default: text)
      --svg FILE         the ladder of a conversation as a picture
      --profile NAME     strict, or interop: deviations that peers are known for
                         are warnings (default: interop)
      --severity LEVEL   nothing below note, warning or error (default: note)
      --include CODES    only these: SPN2007, hint-name, or SPN50 for all of them
      --exclude CODES    not these
      --fail-on LEVEL    note, warning, error or never (default: error)
      --stats            count kinds, mechanisms and findings at the end
      --progress         say on a terminal how far a long capture is
  -q, --quiet            nothing but what could not be read
      --color WHEN       auto, always or never (default: auto, and never when
                         NO_COLOR is set)

What it knows
      --explain CODE     what a finding means, why it matters, how to repair it
      --list-findings    all of them
  -h, --help             print this
      --version          print the version

Exit status: 0 nothing at the --fail-on level, 1 at least one finding at that
level, 2 an input that could not be read or turned into octets, 3 usage.
"""
VALUES = {
    ("--from", "bas64"): "--from bas64: expected auto, hex, base64, http, pem or raw",
    ("--from=",): "--from : expected auto, hex, base64, http, pem or raw",
    ("--format", "xml"): "--format xml: expected text, json, ndjson, gcc or sarif",
    ("--profile", "lax"): "--profile lax: expected strict or interop",
    ("--color", "yes"): "--color yes: expected auto, always or never",
    ("--lines", "--from", "pem"): "--from pem: expected a form that fits in one line, because "
                                  "of --lines",
    ("--from", "pem", "--lines"): "--from pem: expected a form that fits in one line, because "
                                  "of --lines",
    ("--conversation", "--from", "pem"): "--from pem: expected a form that fits in one line, "
                                         "because of --conversation",
    ("--lines", "--id-column", "0"): "--id-column 0: expected a number from 1 on",
    ("--lines", "--id-column", "x"): "--id-column x: expected a number from 1 on",
    ("--lines", "--start-line", "-1"): "--start-line -1: expected a number from 1 on",
    ("--lines", "--start-line", "2147483648"): "--start-line 2147483648: expected a number from "
                                               "1 on",
    ("--id-column", "1"): "--id-column: expected together with --lines",
    ("--start-line", "1"): "--start-line: expected together with --lines",
    ("--svg", "x"): "--svg: expected together with --conversation",
    ("--key", "00"): "--key: expected together with --conversation or --capture",
    ("--keytab", "x", "--lines"): "--keytab: expected together with --conversation or --capture",
    ("--ntlm-session-key", "00"): "--ntlm-session-key: expected together with --conversation or "
                                  "--capture",
    ("--conversation", "--key", "00"): "--key: expected together with --enctype",
    ("--capture", "x", "--from", "hex"): "--from hex: expected no form of text, because of "
                                         "--capture",
    ("--capture", ""): "--capture \"\": expected a value that is not empty",
    ("--conversation", "--svg", ""): "--svg \"\": expected a value that is not empty",
    ("--conversation", "--keytab", ""): "--keytab \"\": expected a value that is not empty",
    ("--conversation", "--svg", "-"): "--svg -: expected a file, as the report is on standard "
                                      "output",
    ("",): "\"\": expected the name of a file",
    ("--conversation", "I:x", "A:"): "\"A:\": expected the name of a file",
    ("--decode-as", "x"): "--decode-as: expected together with --capture",
    ("--severity", "never"): "--severity never: expected note, warning or error",
    ("--fail-on", "info"): "--fail-on info: expected note, warning, error or never",
    ("--conversation", "--enctype", "18"): "--enctype: expected together with --key",
    ("--progress",): "--progress: expected together with --capture",
    ("--lines", "--conversation"): "--lines and --conversation: expected one of them",
    ("--capture", "x", "--lines"): "--capture and --lines: expected one of them",
    ("--capture", "x", "--capture", "y"): "--capture y: expected one capture at a time",
    ("--capture", "x", "y"): "--capture x: expected no further file",
    ("--conversation", *["--key", "00"] * 9): "--key 00: expected at most 8 keys",
}
MISTAKES = {
    ("--bogus",): "unrecognized option '--bogus'",
    ("--format",): "option '--format' requires an argument",
    ("--quiet=1",): "option '--quiet' doesn't allow an argument",
    ("-x",): "invalid option -- 'x'",
    ("--f", "hex"): "option '--f' is ambiguous; possibilities: '--from' '--format' "
                      "'--fail-on'",
}


def run_by_name(*args):
    """Runs the tool as the shell does that found it by its name."""
    done = subprocess.run(["spnego-check", *args], executable=support.TOOL, input=b"",
                          capture_output=True, check=False, timeout=support.HANG,
                          env=support.environment())
    return support.Said(done.returncode, support.text(done.stdout), support.text(done.stderr))


class Usage(unittest.TestCase):
    maxDiff = None

    def test_help(self):
        for args in (("--help",), ("-h",), ("-qh",), ("--help", "--bogus"), ("nowhere", "-h")):
            with self.subTest(args):
                self.assertEqual(support.run(*args), (0, HELP, ""))

    def test_version_is_that_of_the_file(self):
        version = (support.ROOT / "VERSION").read_text("ascii").strip()
        self.assertEqual(support.run("--version"), (0, f"spnego-check {version}\n", ""))

    def test_wrong_values(self):
        for args, sentence in VALUES.items():
            with self.subTest(args):
                self.assertEqual(support.run(*args), (
                    3, "", f"spnego-check: {sentence}; --help lists the options\n"))

    def test_wrong_options(self):
        for args, sentence in MISTAKES.items():
            with self.subTest(args):
                self.assertEqual(run_by_name(*args),
                                 (3, "", f"spnego-check: {sentence}\n{LISTS}"))

    def test_raw_does_not_fit_in_lines(self):
        said = support.run("--lines", "--from", "raw", stdin=tokens.COMPLETED)
        self.assertEqual(said, (3, "", "spnego-check: --from raw: expected a form that fits in "
                                       "one line, because of --lines; --help lists the "
                                       "options\n"))

    def test_nothing_is_read_after_a_mistake(self):
        self.assertEqual(support.run("--color", "no", stdin=tokens.COMPLETED_HEX).out, "")

    def test_options_may_follow_files(self):
        said = support.run("-", "--format", "json", stdin=tokens.COMPLETED_HEX)
        self.assertEqual(said.object()["verdict"], "valid")

    def test_last_one_counts(self):
        said = support.run("--format", "json", "--format", "text", "--from", "raw", "--from",
                           "hex", stdin=tokens.COMPLETED_HEX)
        self.assertTrue(said.out.startswith("standard input: NegTokenResp, 9 octets: valid\n"))


class Statuses(unittest.TestCase):
    def setUp(self):
        self.folder = support.scratch(self)
        for name, text in (("good", tokens.COMPLETED_HEX), ("cut", tokens.CUT_HEX), ("odd", "a"),
                           ("naked", tokens.NAKED.hex())):
            (self.folder / name).write_text(text, "ascii")

    def status(self, *args):
        return support.run(*args, cwd=self.folder).status

    def test_each(self):
        self.assertEqual(self.status("good"), 0)
        self.assertEqual(self.status("naked"), 0)
        self.assertEqual(self.status("cut"), 1)
        self.assertEqual(self.status("odd"), 2)
        self.assertEqual(self.status("--bogus"), 3)

    def test_the_worst_one_counts(self):
        self.assertEqual(self.status("good", "cut", "good"), 1)
        self.assertEqual(self.status("cut", "odd", "good"), 2)
        self.assertEqual(self.status("odd", "cut"), 2)
        self.assertEqual(self.status("odd", "cut", "--bogus"), 3)

    def test_the_same_for_every_format(self):
        for args in (("--format", "json"), ("--format", "ndjson"), ("--format", "gcc"),
                     ("--format", "sarif"), ("--quiet",)):
            for name, status in (("good", 0), ("cut", 1), ("odd", 2)):
                with self.subTest(args, name=name):
                    self.assertEqual(self.status(*args, name), status)

    def test_profile(self):
        for profile, status, severity in (("interop", 0, "warning"), ("strict", 1, "error")):
            said = support.run("--profile", profile, "--format", "json", "naked",
                               cwd=self.folder)
            with self.subTest(profile):
                self.assertEqual(said.status, status)
                self.assertIn(("SPN1022", severity),
                              [(finding["code"], finding["severity"])
                               for finding in said.object()["findings"]])

    def test_interop_is_the_default(self):
        self.assertEqual(support.run("naked", cwd=self.folder),
                         support.run("--profile", "interop", "naked", cwd=self.folder))

    def test_quiet_says_only_what_could_not_be_read(self):
        for option in ("-q", "--quiet"):
            for form in ("text", "json", "ndjson", "gcc", "sarif"):
                said = support.run(option, "--format", form, "good", "cut", "nowhere",
                                   cwd=self.folder)
                self.assertEqual(said, (
                    2, "", "spnego-check: nowhere: No such file or directory\n"))


class Findings(unittest.TestCase):
    def test_list_has_two_formats(self):
        for name in ("ndjson", "gcc", "sarif"):
            with self.subTest(name):
                self.assertEqual(support.run("--list-findings", "--format", name), (
                    3, "", f"spnego-check: --format {name}: expected text or json, because of "
                    "--list-findings; --help lists the options\n"))


if __name__ == "__main__":
    unittest.main()
