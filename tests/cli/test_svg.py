"""--svg: the picture, and the file that it is written to, whatever kind of file it is."""

import os
import re
import subprocess
import unittest
from pathlib import Path
from xml.etree import ElementTree

from tests.cli import support
from tests.cli.capture_case import INIT
from tests.cli.test_conversation import BROKEN, SOUND, run


class File(unittest.TestCase):
    def setUp(self):
        self.folder = support.scratch(self)

    def draw(self, name, *args):
        return support.run("--conversation", "-q", "--svg", name, *args, stdin=SOUND,
                           cwd=self.folder)

    def assertDrawn(self, octets):
        self.assertTrue(octets.startswith(b"<svg "), octets[:40])
        self.assertTrue(octets.endswith(b"</svg>\n"), octets[-40:])

    def names(self):
        return sorted(os.listdir(self.folder))

    def test_new_one_is_readable_as_the_mask_says(self):
        old = os.umask(0o027)
        self.addCleanup(os.umask, old)
        self.assertEqual(self.draw("it.svg"), (0, "", ""))
        self.assertDrawn((self.folder / "it.svg").read_bytes())
        self.assertEqual((self.folder / "it.svg").stat().st_mode & 0o777, 0o640)
        self.assertEqual(self.names(), ["it.svg"])

    def test_old_one_keeps_who_may_read_it(self):
        (self.folder / "it.svg").write_text("older")
        (self.folder / "it.svg").chmod(0o604)
        self.assertEqual(self.draw("it.svg"), (0, "", ""))
        self.assertDrawn((self.folder / "it.svg").read_bytes())
        self.assertEqual((self.folder / "it.svg").stat().st_mode & 0o777, 0o604)

    def test_neighbours_stay(self):
        for name in ("it.svg.new", "it.svg.tmp", "it.svg~"):
            (self.folder / name).write_text(name)
        self.assertEqual(self.draw("it.svg"), (0, "", ""))
        self.assertEqual(self.names(), ["it.svg", "it.svg.new", "it.svg.tmp", "it.svg~"])
        self.assertEqual((self.folder / "it.svg.new").read_text(), "it.svg.new")

    def test_link_stays_and_its_file_is_replaced(self):
        (self.folder / "far").mkdir()
        (self.folder / "far" / "it.svg").write_text("older")
        (self.folder / "link").symlink_to("far/it.svg")
        self.assertEqual(self.draw("link"), (0, "", ""))
        self.assertTrue((self.folder / "link").is_symlink())
        self.assertDrawn((self.folder / "far" / "it.svg").read_bytes())
        self.assertEqual((self.names(), os.listdir(self.folder / "far")),
                         (["far", "link"], ["it.svg"]))

    def test_link_to_nothing_makes_its_file(self):
        (self.folder / "link").symlink_to("it.svg")
        self.assertEqual(self.draw("link"), (0, "", ""))
        self.assertTrue((self.folder / "link").is_symlink())
        self.assertDrawn((self.folder / "it.svg").read_bytes())

    def test_pipe_is_written_to_and_stays(self):
        os.mkfifo(self.folder / "pipe")
        with subprocess.Popen(["cat", "pipe"], cwd=self.folder, stdout=subprocess.PIPE) as reader:
            said = self.draw("pipe")
            octets = reader.communicate(timeout=support.HANG)[0]
        self.assertEqual(said, (0, "", ""))
        self.assertDrawn(octets)
        self.assertTrue((self.folder / "pipe").is_fifo())
        self.assertEqual(self.names(), ["pipe"])

    def test_folder_is_refused(self):
        (self.folder / "it").mkdir()
        for name in ("it", "it/", "."):
            self.assertEqual(self.draw(name),
                             (2, "", f"spnego-check: {name}: Is a directory\n"))
        self.assertEqual((self.names(), os.listdir(self.folder / "it")), (["it"], []))

    @unittest.skipIf(os.geteuid() == 0, "root may write everywhere")
    def test_what_may_not_be_written_is_kept(self):
        (self.folder / "it.svg").write_text("older")
        (self.folder / "it.svg").chmod(0o444)
        said = self.draw("it.svg")
        self.assertEqual(said, (2, "", "spnego-check: it.svg: Permission denied\n"))
        self.assertEqual((self.folder / "it.svg").read_text(), "older")
        self.assertEqual(self.names(), ["it.svg"])

    def test_failure_is_no_input(self):
        """A picture that is missing is neither counted nor reported as a token would be."""
        for form in ("json", "ndjson", "gcc", "sarif", "text"):
            args = ("--conversation", "--format", form, "--stats")
            good = support.run(*args, stdin=SOUND, cwd=self.folder)
            said = support.run(*args, "--svg", "no/it.svg", stdin=SOUND, cwd=self.folder)
            self.assertEqual((said.status, said.out), (2, good.out), form)
            self.assertIn("spnego-check: no/it.svg: No such file or directory\n", said.err)


class Picture(unittest.TestCase):
    ELEMENTS = {"svg", "title", "desc", "style", "rect", "text", "line", "polygon"}

    def setUp(self):
        self.folder = support.scratch(self)

    def draw(self, *args, stdin=b""):
        """The elements of the picture, with their names as XML has them."""
        run("-q", "--svg", "it.svg", *args, stdin=stdin, cwd=self.folder)
        root = ElementTree.fromstring((self.folder / "it.svg").read_bytes())
        return [(each.tag.removeprefix("{http://www.w3.org/2000/svg}"), each.attrib, each.text)
                for each in root.iter()]

    def test_has_what_the_ladder_has(self):
        (self.folder / "it.svg").write_text("older" * 9999)
        for text in (SOUND, BROKEN, f"{INIT.hex()}\n"):
            _, ladder = run(stdin=text).out.split("  initiator  ", 1)
            drawn = " ".join(words for tag, _, words in self.draw(stdin=text) if tag == "text")
            self.assertEqual(*(sorted(re.findall(r"[\w,:?]+", words))
                               for words in (drawn, "initiator " + ladder)))

    def test_is_a_picture_and_no_more(self):
        name = b"]]><script>a<!--&'\"\033]0;x\n\xff\xc3\xbc\xe2\x98\x83\xf0\x9f\x98\x80" \
               b"\xed\xa0\x80.conv"
        Path(os.fsdecode(bytes(self.folder) + b"/" + name)).write_text(BROKEN, "ascii")
        drawn = self.draw(name)
        for tag, attributes, words in drawn:
            self.assertIn(tag, self.ELEMENTS)
            self.assertNotRegex(" ".join(attributes), r"\bon|href")
            self.assertNotRegex(words or "", r"url\(|@import")
        self.assertEqual([words for tag, _, words in drawn if tag == "title"],
                         ["]]><script>a<!--&'\"?]0;x??\u00fc\u2603\U0001f600???.conv"])

    def assertKept(self, said, name, sentence):
        self.assertEqual(said, (2, "", f"spnego-check: {name}: {sentence}\n"))
        self.assertEqual((self.folder / "it.svg").read_text(), "older")
        self.assertEqual(os.listdir(self.folder), ["it.svg"])

    def test_whole_or_not_at_all(self):
        (self.folder / "it.svg").write_text("older")
        for name, sentence in (("no/it.svg", "No such file or directory"),
                               ("it.svg/it.svg", "Not a directory")):
            said = run("-q", "--svg", name, stdin=SOUND, cwd=self.folder)
            self.assertKept(said, name, sentence)
        said = run("-q", "--svg", "it.svg", "nowhere", cwd=self.folder)
        self.assertKept(said, "nowhere", "No such file or directory")

    def test_no_room(self):
        """No file may be longer than 512 octets, as on a disk that is full."""
        (self.folder / "it.svg").write_text("older")
        done = subprocess.run(
            ["sh", "-c", "ulimit -f 1; trap '' XFSZ; exec \"$0\" \"$@\"", str(support.TOOL),
             "--conversation", "-q", "--svg", "it.svg"], input=SOUND.encode(), check=False,
            capture_output=True, cwd=self.folder, timeout=support.HANG,
            env=support.environment())
        self.assertKept((done.returncode, support.text(done.stdout), support.text(done.stderr)),
                        "it.svg", "File too large")

    @unittest.skipIf(os.geteuid() == 0, "root may write everywhere")
    def test_folder_that_may_not_be_written(self):
        (self.folder / "it.svg").write_text("older")
        self.folder.chmod(0o555)
        self.addCleanup(self.folder.chmod, 0o755)
        said = run("-q", "--svg", "it.svg", stdin=SOUND, cwd=self.folder)
        self.assertKept(said, "it.svg", "Permission denied")


if __name__ == "__main__":
    unittest.main()
