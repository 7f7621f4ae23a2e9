"""Each refusal of the generator: its whole text, and that nothing is written.

refused/NAME.asn1, .schema, .toml and .in stand in for asn1/spnego.asn1, for
negoex-schema/negoex.schema, for runtime/findings.toml and for the manual page,
NAME.kerberos for asn1/kerberos.asn1, which is only read and may hold more;
NAME.normal is what a strange asn1c prints.  NAME.expected is what the generator says.  BLESS=1 in
the environment writes the expectations anew: read the difference.
"""

import ast
import contextlib
import functools
import os
import shutil
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from gen import __main__ as program
from gen.source import Refusal

from .support import HERE, ROOT, copy_root, fake_asn1c, run_apart, run_here, scratch

PLACES = {".asn1": program.SPNEGO, ".schema": program.NEGOEX, ".toml": program.FINDINGS,
          ".in": program.MANUAL, ".kerberos": "asn1/kerberos.asn1"}
STRANGE = 'case "$1" in -h) echo "ASN.1 Compiler, v0.9.28";; *) cat {file};; esac\n'
CASES = [path for path in sorted((HERE / "refused").iterdir()) if path.suffix != ".expected"]


@contextlib.contextmanager
def recording(lines):
    """Adds to `lines` the stack of every refusal that is made meanwhile."""
    init = Refusal.__init__

    def record(refusal, *args):
        init(refusal, *args)
        frame = sys._getframe(1)
        while frame:
            path = Path(frame.f_code.co_filename)
            if path.parent == ROOT / "gen":
                lines.add((path.name, frame.f_lineno))
            frame = frame.f_back

    with mock.patch.object(Refusal, "__init__", record):
        yield


def run_case(case):
    """Generates with `case` in its place: status, text, and was anything written?"""
    with tempfile.TemporaryDirectory() as name:
        root = copy_root(Path(name))
        path = os.environ["PATH"]
        if case.suffix == ".normal":
            path = fake_asn1c(root, STRANGE.format(file=case))
        else:
            shutil.copyfile(case, root / PLACES[case.suffix])
        with mock.patch.dict(os.environ, PATH=path):
            return (*run_here("--root", root, "--out", root / "out"), (root / "out").exists())


@functools.lru_cache(maxsize=None)
def run_all():
    """Every case's outcome, and the lines of gen/ that refused."""
    lines = set()
    with recording(lines):
        return {case: run_case(case) for case in CASES}, lines


class Refusals(unittest.TestCase):
    maxDiff = None

    def test_each_says_what_is_expected(self):
        for case, (status, said, written) in run_all()[0].items():
            with self.subTest(case.name):
                expected = case.with_suffix(".expected")
                if os.environ.get("BLESS"):
                    expected.write_text(said, "ascii")
                self.assertEqual(said, expected.read_text("ascii"))
                self.assertEqual(status, 1)
                self.assertFalse(written, "something was written")

    def test_expectations_have_a_case(self):
        expected = {path.stem for path in (HERE / "refused").glob("*.expected")}
        self.assertEqual(expected, {case.stem for case in CASES})

    def test_the_program_fails(self):
        root = copy_root(scratch(self))
        shutil.copyfile(HERE / "refused/schema-offset.schema", root / program.NEGOEX)
        run = run_apart("--root", root, "--out", root / "out")
        self.assertEqual(run.returncode, 1)
        self.assertEqual(run.stderr, (HERE / "refused/schema-offset.expected").read_text())
        self.assertEqual(run.stdout, "")

    def test_an_output_that_was_good_stays(self):
        root = copy_root(scratch(self))
        (root / "out").mkdir()
        (root / "out/token.h").write_text("good")
        shutil.copyfile(HERE / "refused/asn1-set.asn1", root / program.SPNEGO)
        self.assertEqual(run_here("--root", root, "--out", root / "out")[0], 1)
        self.assertEqual([path.name for path in (root / "out").iterdir()], ["token.h"])


class Surroundings(unittest.TestCase):
    """What a refused/ file cannot show: files and programs that are not there."""

    def refusal(self, root, path=os.environ["PATH"]):
        with mock.patch.dict(os.environ, PATH=path):
            status, said = run_here("--root", root, "--out", root / "out")
        self.assertEqual(status, 1)
        self.assertFalse((root / "out").exists())
        return said.splitlines()[0]

    def test_missing_source(self):
        root = copy_root(scratch(self))
        (root / program.MECHANISMS).unlink()
        self.assertEqual(self.refusal(root), "asn1/mechanisms.asn1:1:1: error: cannot be read: "
                                             "No such file or directory")

    def test_missing_asn1c(self):
        root = copy_root(scratch(self))
        self.assertEqual(self.refusal(root, ""),
                         "asn1/spnego.asn1:1:1: error: asn1c is not on PATH: install Debian's "
                         "package asn1c (0.9.28)")

    def test_unknown_asn1c(self):
        for banner, name in (("ASN.1 Compiler, v0.9.21", "0.9.21"), ("hello", "another program")):
            root = copy_root(scratch(self))
            self.assertEqual(self.refusal(root, fake_asn1c(root, f"echo '{banner}'\n")),
                             f"asn1/spnego.asn1:1:1: error: asn1c on PATH is {name}; its normal "
                             "form is known of 0.9.28 and 0.9.29")

    def test_every_place_that_refuses_is_reached(self):
        lines = set(run_all()[1])
        with recording(lines):
            for test in (self.test_missing_source, self.test_missing_asn1c,
                         self.test_unknown_asn1c):
                test()
        missed = [site for site in sorted(sites())
                  if not any((site[0], line) in lines for line in range(site[1], site[2] + 1))]
        self.assertEqual(missed, [], "no case in tests/gen/refused reaches these")


def sites():
    """Where gen/ refuses: file, first and last line of each call."""
    found = set()
    for path in sorted((ROOT / "gen").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(
                    node.func, "attr", getattr(node.func, "id", "")) in ("Refusal", "refuse"):
                found.add((path.name, node.lineno, node.end_lineno))
    return found


if __name__ == "__main__":
    unittest.main()
