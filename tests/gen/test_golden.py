"""tests/golden.py: comparing with the reviewed text, and reviewing it."""

import contextlib
import io
import unittest

from tests import golden

from .support import scratch, texts


class Golden(unittest.TestCase):
    def setUp(self):
        self.made, self.kept = scratch(self), scratch(self)
        (self.made / "docs/findings").mkdir(parents=True)
        (self.made / "docs/findings/SPN1001.md").write_text("page\n")
        (self.made / "docs/a.md").write_text("one\ntwo\n")
        (self.made / "b.c").write_text("".join(f"{n}\n" for n in range(200)))
        (self.made / ".stamp").touch()
        self.call(golden.bless)

    def call(self, action):
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            status = action(self.made, self.kept)
        return status, said.getvalue()

    def test_blessed_is_equal(self):
        self.assertEqual(self.call(golden.compare), (0, ""))
        self.assertEqual(sorted(texts(self.kept)),
                         ["docs/findings/SPN1001.md", "tests/golden/b.c",
                          "tests/golden/docs/a.md"])
        self.assertEqual(self.call(golden.bless), (0, ""))

    def test_difference(self):
        (self.made / "docs/a.md").write_text("one\n2\n")
        status, said = self.call(golden.compare)
        self.assertEqual(status, 1)
        self.assertIn("--- tests/golden/docs/a.md\n+++ generated tests/golden/docs/a.md\n", said)
        self.assertIn("-two\n+2\n", said)
        self.assertIn("make bless", said)

    def test_missing_and_extra(self):
        (self.made / "docs/a.md").rename(self.made / "c.md")
        status, said = self.call(golden.compare)
        self.assertEqual(status, 1)
        self.assertIn("tests/golden/docs/a.md: not made any more\n", said)
        self.assertIn("tests/golden/c.md: not reviewed yet\n", said)
        self.call(golden.bless)
        self.assertEqual(sorted(texts(self.kept)),
                         ["docs/findings/SPN1001.md", "tests/golden/b.c", "tests/golden/c.md"])

    def test_browsed_pages(self):
        """docs/findings is compared and swept like the rest; what is beside it is not."""
        (self.kept / "docs/rules.md").write_text("by hand\n")
        (self.made / "docs/findings/SPN1001.md").rename(self.made / "docs/findings/SPN1002.md")
        said = self.call(golden.compare)[1]
        self.assertIn("docs/findings/SPN1001.md: not made any more\n", said)
        self.assertIn("docs/findings/SPN1002.md: not reviewed yet\n", said)
        self.assertEqual(self.call(golden.bless)[1], "removed docs/findings/SPN1001.md\n"
                                                     "wrote docs/findings/SPN1002.md\n")
        self.assertTrue((self.kept / "docs/rules.md").exists())

    def test_long_difference_is_cut(self):
        (self.made / "b.c").write_text("")
        status, said = self.call(golden.compare)
        self.assertEqual(status, 1)
        self.assertIn("... and 143 lines more\n", said)
        self.assertLessEqual(said.count("\n"), golden.MOST_LINES + 3)


if __name__ == "__main__":
    unittest.main()
