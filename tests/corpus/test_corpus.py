"""Every expectation of the shared corpus' manifest holds, or stands on the list.

disagreements.tsv names each blob about which the manifest and spnego-check
disagree, with the reason.  A disagreement that is not on the list fails, and
so does one on the list that does not occur any more.
"""

import csv
import json
import unittest
from pathlib import Path

from tests.cli import support
from tests.corpus import expectations

CORPUS = support.ROOT.parent / "shared" / "corpus"
LIST = Path(__file__).resolve().parent / "disagreements.tsv"


def table(path):
    csv.field_size_limit(1 << 24)
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))


def manifest():
    rows = table(CORPUS / "MANIFEST.tsv")
    for row in rows:
        row["fields"] = json.loads(row["fields"] or "{}")
    return rows


def reports(paths, profile):
    """Our report on each blob, all of them from one run of the tool."""
    said = support.run("--from", "raw", "--format", "ndjson", "--profile", profile, "--", *paths,
                       cwd=CORPUS, tool=support.sanitized())
    if said.err or said.status not in (0, 1):
        raise AssertionError(f"exit status {said.status}: {said.err}")
    return {report["input"]: report for report in said.objects()}


@unittest.skipUnless(CORPUS.is_dir(), "there is no ../shared/corpus")
class TheCorpus(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.rows = manifest()
        paths = [row["path"] for row in cls.rows]
        cls.interop = reports(paths, "interop")
        cls.strict = reports(paths, "strict")

    def test_every_blob_has_a_report(self):
        self.assertGreater(len(self.rows), 500)
        for row in self.rows:
            with self.subTest(row["path"]):
                self.assertEqual(self.interop[row["path"]]["octets"], int(row["size"]))

    def test_disagreements_are_those_on_the_list(self):
        found = {(row["path"], what) for row in self.rows
                 for what in expectations.differences(row, self.interop[row["path"]],
                                                      self.strict[row["path"]])}
        listed = {(row["path"], row["what"]) for row in table(LIST)}
        self.assertEqual(sorted(found - listed), [], "disagreements that are not on the list")
        self.assertEqual(sorted(listed - found), [], "on the list, but we agree")

    def test_each_disagreement_has_a_reason(self):
        for row in table(LIST):
            with self.subTest(row["path"]):
                self.assertTrue(row["reason"])

    def test_the_verdict_is_that_of_the_findings(self):
        words = {"error": "invalid", "warning": "warning", "note": "valid"}
        for report in (*self.interop.values(), *self.strict.values()):
            found = {words[finding["severity"]] for finding in report["findings"]}
            worst = next((word for word in ("invalid", "warning") if word in found), "valid")
            with self.subTest(report["input"]):
                self.assertEqual(report["verdict"], worst)

    def test_findings_lie_inside_the_blob(self):
        for report in (*self.interop.values(), *self.strict.values()):
            for finding in report["findings"]:
                with self.subTest(report["input"], code=finding["code"]):
                    self.assertLessEqual(finding["offset"] + finding["length"], report["octets"])

    def test_every_token_of_the_conversations_is_in_the_manifest(self):
        known = {row["path"] for row in self.rows}
        used = {row["path"] for row in table(CORPUS / "CONVERSATIONS.tsv")}
        self.assertEqual(sorted(used - known), [])


if __name__ == "__main__":
    unittest.main()
