"""--explain and --list-findings, and the manual page beside --help."""

import json
import re
import subprocess
import tomllib
import unittest

from .support import BUILD, ROOT, run

REGISTRY = tomllib.loads((ROOT / "runtime/findings.toml").read_text("ascii"))


def words(text):
    return " ".join(text.split())


class Explain(unittest.TestCase):
    def page(self, word):
        said = run("--explain", word)
        self.assertEqual((said.status, said.err), (0, ""), word)
        return said.out

    def test_every_page_says_everything(self):
        for code, entry in REGISTRY.items():
            page = self.page(code)
            with self.subTest(code):
                self.assertTrue(page.startswith(f"{code}: {entry['title']}\n\n"))
                for key in ("name", "severity", "text", "why", "bad", "good", "repair", "source"):
                    self.assertIn(words(entry[key]), words(page), key)
                for rule in entry["rules"]:
                    self.assertIn(rule, page)
                if "tolerance" in entry:
                    self.assertIn(f"SPNEGO_TOLERATE_{entry['tolerance']}", page)
                self.assertEqual("\nSeen:\n" in page, "seen" in entry)
                self.assertLessEqual(max(map(len, page.split("\n"))), 80)
                self.assertNotRegex(page, r" \n|\n\n\n")

    def test_severity_in_both_profiles(self):
        self.assertIn("Severity  error in the strict profile, warning in the interop profile\n",
                      self.page("SPN1007"))
        self.assertIn("Severity  error\n", self.page("SPN1001"))

    def test_ways_to_name_a_finding(self):
        for word in ("1007", "spn1007", "Spn1007", "long-length"):
            self.assertEqual(self.page(word), self.page("SPN1007"))

    def test_unknown(self):
        for word in ("SPN9", "SPN9999", "", "SPN", "10071", "SPN-1007", "+1007", "Long-Length",
                     "1007 ", "SPNSPN1007"):
            self.assertEqual(run("--explain", word),
                             (3, "", f"spnego-check: --explain {word}: no such finding; "
                                     "--list-findings prints all\n"))

    def test_example_lines_stay_lines(self):
        page = self.page("SPN1007")
        self.assertIn("\nBad:\n  " + REGISTRY["SPN1007"]["bad"].strip("\n").split("\n")[0], page)


class List(unittest.TestCase):
    def test_text(self):
        said = run("--list-findings")
        self.assertEqual((said.status, said.err), (0, ""))
        lines = said.out.splitlines()
        self.assertEqual(len(lines), len(REGISTRY))
        column = lines[0].index(REGISTRY["SPN1001"]["title"])
        for line, (code, entry) in zip(lines, REGISTRY.items()):
            severity = entry["severity"] + ("/warning" if "tolerance" in entry else "")
            self.assertEqual(line[:column].split(), [code, severity, entry["name"]])
            self.assertEqual(line[column:], entry["title"])

    def test_json(self):
        for options in (("--list-findings", "--format", "json"),
                        ("--format", "json", "--list-findings")):
            said = run(*options)
            self.assertEqual((said.status, said.err), (0, ""))
            found = json.loads(said.out)
            self.assertEqual([entry["code"] for entry in found], list(REGISTRY))
        for entry in found:
            expected = {"code": entry["code"], **REGISTRY[entry["code"]]}
            expected["severity"] = {
                "strict": expected["severity"],
                "interop": "warning" if "tolerance" in expected else expected["severity"]}
            if "tolerance" in expected:
                expected["tolerance"] = f"SPNEGO_TOLERATE_{expected['tolerance']}"
            self.assertEqual(list(entry), ["code", "name", "severity"] + [
                key for key in ("tolerance", "rules", "title", "text", "why", "bad", "good",
                                "repair", "seen", "source") if key in expected])
            for key, value in expected.items():
                same = words if key in ("why", "bad", "good", "repair", "seen") else lambda x: x
                self.assertEqual(same(entry[key]), same(value), f"{entry['code']} {key}")


class Manual(unittest.TestCase):
    def test_has_the_options_of_help(self):
        manual = (BUILD / "gen/spnego-check.1").read_text("ascii").replace("\\-", "-")
        options = manual[manual.index(".SH OPTIONS"):manual.index(".SH EXIT STATUS")]
        written = set(re.findall(r"^\.TP\n\.B[IR]? .*?(--[a-z-]+)", options, re.M))
        printed = set(re.findall(r"--[a-z-]+", run("--help").out))
        self.assertEqual(written, printed)

    def test_is_installed(self):
        plan = subprocess.run(["make", "-n", "-C", ROOT, f"BUILD={BUILD}", "PREFIX=/p",
                               "DESTDIR=/d", "install"], capture_output=True, text=True,
                              check=True).stdout
        self.assertIn(f"install -m 644 {BUILD}/gen/spnego-check.1 /d/p/share/man/man1/\n", plan)


if __name__ == "__main__":
    unittest.main()
