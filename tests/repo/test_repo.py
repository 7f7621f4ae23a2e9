"""What the repository promises about itself: arrows, sizes, a README that is true."""

import os
import pathlib
import re
import subprocess
import sys
import tomllib
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / os.environ.get("BUILD", "build")
CODE = [p for folder in ("runtime", "src", "tests", "examples", "gen")
        for p in sorted((ROOT / folder).rglob("*")) if p.suffix in (".c", ".h", ".py")
        and "golden" not in p.parts]

# Which private headers of runtime/ a file may include; public ones are spnego/*.
MAY_INCLUDE = {
    "reader.h": set(), "writer.h": set(), "text.h": set(),
    "der.h": {"reader.h", "writer.h"},
    "fixed.h": {"reader.h", "writer.h"},
    "frame.h": {"reader.h", "writer.h"},
    "reader.c": {"reader.h"}, "writer.c": {"writer.h"}, "text.c": {"text.h"},
    "der.c": {"der.h"}, "der_value.c": {"der.h"}, "der_end.c": {"der.h"}, "der_put.c": {"der.h"},
    "fixed.c": {"fixed.h"}, "fixed_put.c": {"fixed.h"},
    "frame.c": {"frame.h", "der.h"},
    "token.c": {"der.h", "frame.h", "token_codec.h"},
    "negoex.c": {"negoex_codec.h"},
    "names.c": {"reflect.h", "text.h"},
    "finding.c": {"finding_texts.h", "reflect.h", "text.h"},
}


def includes(path):
    return set(re.findall(r'^#include ["<]([^">]+)[">]', path.read_text(), re.M))


class Arrows(unittest.TestCase):
    def test_runtime(self):
        for path in sorted((ROOT / "runtime").glob("*.[ch]")):
            with self.subTest(path.name):
                private = {i for i in includes(path) if i.endswith(".h") and "/" not in i
                           and (ROOT / "runtime" / i).exists() or i in (
                               "reflect.h", "token_codec.h", "negoex_codec.h", "finding_texts.h")}
                self.assertLessEqual(private, MAY_INCLUDE[path.name])

    def test_src_sees_public_headers_only(self):
        for path in sorted((ROOT / "src").glob("*.[ch]")):
            with self.subTest(path.name):
                own = {p.name for p in (ROOT / "src").glob("*.h")}
                quoted = set(re.findall(r'^#include "([^"]+)"', path.read_text(), re.M))
                self.assertLessEqual(quoted, own)

    def test_no_emitter_imports_a_front_end(self):
        for path in sorted((ROOT / "gen").glob("emit_*.py")):
            with self.subTest(path.name):
                self.assertNotRegex(path.read_text(), r"import .*_front")
        for path in sorted((ROOT / "gen").glob("*_front.py")):
            with self.subTest(path.name):
                self.assertNotRegex(path.read_text(), r"from \.(names|cfile) import")


class Size(unittest.TestCase):
    def test_files_are_short(self):
        long = [f"{p.relative_to(ROOT)}: {n}" for p in CODE
                if (n := len(p.read_text().splitlines())) > 425]
        self.assertEqual(long, [])

    def test_codecs_are_small(self):
        """At most 16 KiB of text, no writable data."""
        run = subprocess.run(["make", "-s", "-C", ROOT, f"BUILD={BUILD}", "size"],
                             capture_output=True, text=True, check=True)
        text, data, bss = map(int, run.stdout.splitlines()[-1].split()[:3])
        self.assertLessEqual(text, 16 * 1024)
        self.assertEqual((data, bss), (0, 0))


class Golden(unittest.TestCase):
    def test_generated_text_is_the_reviewed_one(self):
        run = subprocess.run([sys.executable, "tests/golden.py", "compare", str(BUILD / "gen")],
                             cwd=ROOT, capture_output=True, text=True, check=False)
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)


class Rules(unittest.TestCase):
    def test_table_and_registry_agree(self):
        """docs/rules.md has each rule with the codes that the registry gives it."""
        registry = {}
        for code, entry in tomllib.loads((ROOT / "runtime/findings.toml").read_text()).items():
            for rule in entry["rules"]:
                registry.setdefault(rule, set()).add(code)
        table = {}
        for row in re.findall(r"^\| ([FSN]\d\d) \|.*\| (.*) \|$",
                              (ROOT / "docs/rules.md").read_text(), re.M):
            table[row[0]] = set(re.findall(r"SPN\d{4}", row[1]))
        self.assertEqual(len(table), 21 + 32 + 38)
        self.assertEqual({rule: codes for rule, codes in table.items() if codes}, registry)


class Readme(unittest.TestCase):
    def test_output_is_true(self):
        """Every command of the README that starts with $ prints what stands below it."""
        text = (ROOT / "README.md").read_text()
        blocks = re.findall(r"(?m)(?:^    .*\n)+", text)
        commands = [b for b in blocks if b.startswith("    $ ")]
        self.assertGreaterEqual(len(commands), 3)
        for block in commands:
            lines = [line[4:] for line in block.rstrip().splitlines()]
            with self.subTest(lines[0]):
                run = subprocess.run(lines[0][2:], shell=True, cwd=ROOT, text=True, check=False,
                                     stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
                self.assertEqual(run.stdout.rstrip().splitlines(), lines[1:])

    def test_links_lead_somewhere(self):
        for page in [*ROOT.glob("*.md"), *ROOT.glob("*/README.md")]:
            for link in re.findall(r"\]\(([^)#]+)\)", page.read_text()):
                with self.subTest(f"{page.name}: {link}"):
                    self.assertTrue((page.parent / link).exists())


class Examples(unittest.TestCase):
    def test_decode(self):
        program = BUILD / "examples-decode"
        subprocess.run([*os.environ.get("CC", "cc").split(), "-std=c99", "-Wall", "-Wextra",
                        "-Werror", f"-I{ROOT}/runtime/include", f"-I{BUILD}/gen/include", "-o",
                        program, ROOT / "examples/decode.c", BUILD / "libspnego.a"], check=True)
        token = bytes.fromhex("60 1c 06 06 2b 06 01 05 05 02 a0 12 30 10 a0 0e 30 0c"
                              "06 0a 2b 06 01 04 01 82 37 02 02 0a")
        run = subprocess.run([program], input=token, capture_output=True, check=False)
        self.assertEqual(run.stdout.decode().splitlines(),
                         ["offered: 1.3.6.1.4.1.311.2.2.10", "optimistic token: 0 octets"])
        bad = subprocess.run([program], input=token[:-1], capture_output=True, check=False)
        self.assertEqual(bad.returncode, 1)
        self.assertIn(b"SPN1001", bad.stderr)


if __name__ == "__main__":
    unittest.main()
