"""What every generated file is like, whatever the schemas say."""

import re
import subprocess
import tempfile
import unittest
from pathlib import Path

from .support import ROOT, compile_c, generated, include_flags, make_flags, need_program, texts

WIDTH = 100


def c_files():
    return {name: text.decode("ascii") for name, text in texts(generated()).items()
            if name.endswith((".c", ".h"))}


class Text(unittest.TestCase):
    def each_line(self, wrong, what):
        found = [f"{name}:{number}: {line}" for name, text in c_files().items()
                 for number, line in enumerate(text.split("\n"), 1) if wrong(line)]
        self.assertFalse(found, "\n".join([what, *found]))

    def test_lines_are_short(self):
        self.each_line(lambda line: len(line) > WIDTH, f"more than {WIDTH} columns")

    def test_no_blanks_at_ends(self):
        self.each_line(lambda line: line != line.rstrip() or "\t" in line, "blanks or a tab")

    def test_nothing_is_left_to_do(self):
        self.each_line(re.compile(r"TODO|FIXME|XXX").search, "unfinished")

    def test_ascii_and_one_newline_at_the_end(self):
        for name, text in texts(generated()).items():
            self.assertTrue(text.isascii(), name)
            self.assertTrue(text.endswith(b"\n") and not text.endswith(b"\n\n"), name)
            self.assertNotIn(b"\r", text, name)

    def test_no_place_of_this_machine(self):
        for name, text in texts(generated()).items():
            for path in (ROOT, generated(), Path.home()):
                if path != Path("/"):
                    self.assertNotIn(str(path).encode(), text, name)
            self.assertIsNone(re.search(rb'[" ]/(home|root|tmp|usr|var)\b', text), name)

    def test_each_names_its_source(self):
        for name, text in c_files().items():
            words = text[:400].replace("\n *", "").replace("\n", " ")
            self.assertRegex(words, r"Generated from [^:]+: edit th", name)


class Compiled(unittest.TestCase):
    def test_gcc(self):
        self.compile_each(need_program("gcc"))

    def test_clang(self):
        self.compile_each(need_program("clang"))

    def compile_each(self, compiler):
        sources = [generated() / name for name in c_files() if name.endswith(".c")]
        compile_c(generated(), "-fsyntax-only", *sources, compiler=compiler)

    def test_headers_alone_in_c(self):
        for name in c_files():
            if name.endswith(".h"):
                compile_c(generated(), "-fsyntax-only", "-x", "c", "-include", generated() / name,
                          "/dev/null")

    def test_public_headers_alone_in_cpp(self):
        compiler = need_program("g++")
        names = [name for name in c_files() if name.startswith("include/")]
        self.assertEqual(len(names), 7)
        for name in names:
            run = subprocess.run(
                [compiler, "-std=c++11", "-fsyntax-only", "-Wall", "-Wextra", "-Wpedantic",
                 "-Werror", *include_flags(generated()), "-x", "c++", "-include",
                 str(generated() / name), "/dev/null"], capture_output=True, text=True, check=False)
            self.assertEqual((run.returncode, run.stderr), (0, ""), name)

    def test_objects_are_read_only(self):
        """No data and no bss: nothing that a thread could change or a loader move.  What only
        spnego-check links is a table of pointers."""
        need_program("size")
        with tempfile.TemporaryDirectory() as folder:
            for name in c_files():
                if not name.endswith(".c") or name == "explanations.c":
                    continue
                target = Path(folder) / f"{Path(name).name}.o"
                compile_c(generated(), *make_flags("LIBFLAGS"), "-O2", "-c", generated() / name,
                          "-o", target)
                row = subprocess.run(["size", str(target)], capture_output=True, text=True,
                                     check=True).stdout.splitlines()[1].split()
                self.assertEqual(row[1:3], ["0", "0"], f"{name}: data and bss")


if __name__ == "__main__":
    unittest.main()
