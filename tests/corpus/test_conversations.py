"""Every recorded conversation is judged as its source says that it went.

conversations.tsv has the outcome of each, the findings about the conversation (50xx and
52xx, errors and warnings) as turn:code, and why that is right.
"""

import csv
import re
import unittest
from pathlib import Path

from tests.cli import support

SHARED = support.ROOT.parent / "shared"
CORPUS = SHARED / "corpus"
VECTORS = SHARED / "spec" / "vectors"
LIST = Path(__file__).resolve().parent / "conversations.tsv"


def table(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def recorded():
    """The text of each conversation, as the tool reads it."""
    texts = {}
    for row in table(CORPUS / "CONVERSATIONS.tsv"):
        octets = (CORPUS / row["path"]).read_bytes()
        texts.setdefault(row["conv_id"], []).append(f"{row['direction']} {octets.hex()}\n")
    found = {name: "".join(lines) for name, lines in texts.items()}
    for path in sorted(VECTORS.rglob("*.conv")):
        found[path.relative_to(VECTORS).as_posix()] = path.read_text("utf-8")
    return found


def judge(text):
    said = support.run("--conversation", "--from", "hex", "--format", "ndjson", "-", stdin=text,
                       tool=support.sanitized())
    if said.err or said.status not in (0, 1):
        raise AssertionError(f"exit status {said.status}: {said.err}")
    return said.object()


def grave(report):
    """The errors and warnings about the conversation."""
    found = []
    for turn in report["turns"]:
        for finding in turn["findings"]:
            code = finding["code"]
            if finding["severity"] != "note" and re.match(r"SPN5[02]", code):
                found.append(f"{turn['turn']}:{code}")
    return " ".join(found)


@unittest.skipUnless(CORPUS.is_dir() and VECTORS.is_dir(), "there is no ../shared")
class TheRecordedConversations(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.texts = recorded()
        cls.reports = {name: judge(text) for name, text in cls.texts.items()}

    def test_each_went_as_the_list_says(self):
        rows = {row["conversation"]: row for row in table(LIST)}
        self.assertEqual(set(rows), set(self.reports))
        for name, row in rows.items():
            with self.subTest(name, reason=row["reason"]):
                report = self.reports[name]
                self.assertEqual(report["outcome"], row["outcome"])
                self.assertEqual(grave(report), row["findings"])

    def test_the_outcome_is_that_of_mit_krb5(self):
        """The last status of each side's GSS call is noted in the file."""
        seen = 0
        for path in sorted(VECTORS.glob("mit/*.conv")):
            note = re.search(r"initiator ([0-9a-fx,]+) acceptor ([0-9a-fx,]+)",
                             path.read_text("utf-8"))
            worked = all(calls.split(",")[-1] == "0" for calls in note.groups())
            with self.subTest(path.name):
                seen += 1
                report = self.reports[f"mit/{path.name}"]
                self.assertEqual(report["outcome"], "complete" if worked else "rejected")
                self.assertEqual([turn["findings"] for turn in report["turns"]
                                  if turn["verdict"] == "invalid"], [])
        self.assertGreater(seen, 15)

    def test_sides_can_be_guessed(self):
        for name, text in self.texts.items():
            known = self.reports[name]
            if "SPN5202" in grave(known):
                continue  # a token is missing, and nobody says whose
            with self.subTest(name):
                report = judge(re.sub(r"^[IA] ", "? ", text, flags=re.MULTILINE))
                self.assertEqual(report["summary"], known["summary"])
                self.assertEqual([turn["side"] for turn in report["turns"]],
                                 [turn["side"] for turn in known["turns"]])


class ThePicture(unittest.TestCase):
    def test_it_is_xml_whatever_the_names_are(self):
        """Names, labels and identifiers come from outside."""
        import xml.etree.ElementTree as tree

        folder = support.scratch(type(self))
        for name in ("plain.conv", "<&>\"'.conv", "a\x01b\x7f.conv", "gr\u00fcn.conv"):
            path = folder / name
            path.write_text("I 60 1c 06 06 2b 06 01 05 05 02 a0 12 30 10 a0 0e 30 0c 06 0a"
                            " 2b 06 01 04 01 82 37 02 02 0a\nA a1 07 30 05 a0 03 0a 01 02\n",
                            "ascii")
            picture = folder / "picture.svg"
            with self.subTest(name):
                said = support.run("--conversation", "--svg", str(picture), str(path))
                self.assertEqual(said.status, 0, said.err)
                root = tree.parse(picture).getroot()
                self.assertEqual(root.tag, "{http://www.w3.org/2000/svg}svg")
                words = "".join(root.itertext())
                self.assertIn("rejected by the acceptor in its first reply", words)
                self.assertNotIn("script", picture.read_text("utf-8"))

    def test_the_ladder_fits_a_terminal(self):
        for path in sorted((support.ROOT / "tests/vectors/conversation").glob("*.conv")):
            header, _, body = path.read_text("ascii").partition("\n\n")
            said = support.run("--conversation", "-", stdin=body)
            ladder = said.out.partition("  initiator  ")[2].rpartition("\n\n")[0]
            with self.subTest(path.name):
                self.assertTrue(ladder.isascii())
                self.assertLessEqual(max(map(len, ladder.splitlines())), 80)


if __name__ == "__main__":
    unittest.main()
