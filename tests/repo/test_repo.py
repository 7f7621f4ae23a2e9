"""What the repository promises about itself: arrows, sizes, a README that is true."""

import os
import pathlib
import re
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / os.environ.get("BUILD", "build")
CODE = [p for folder in ("runtime", "src", "tests", "examples", "gen")
        for p in sorted((ROOT / folder).rglob("*")) if p.suffix in (".c", ".h", ".py")
        and "golden" not in p.parts]

# Which private headers of runtime/ a file may include; public ones are spnego/*.
MAY_INCLUDE = {
    "reader.h": set(), "writer.h": set(), "text.h": set(), "memory.h": set(),
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
    "finding.h": {"text.h"}, "finding.c": {"finding.h", "finding_texts.h", "reflect.h"},
    "memory.c": {"memory.h", "reader.h", "writer.h"},
    "mech_status.h": set(),
    "context.h": {"mech_status.h", "memory.h", "reader.h"},
    "context.c": {"context.h", "finding.h"}, "verdict.c": {"context.h", "finding.h"},
    "trace.c": {"context.h", "finding.h"},
    "step.c": {"context.h"}, "initiator.c": {"context.h"}, "acceptor.c": {"context.h"},
    "mech_list.c": {"context.h"}, "mech_run.c": {"context.h", "text.h"}, "mic.c": {"context.h"},
    "hint.c": {"context.h"}, "fragment.c": {"context.h"},
    "blob.h": set(), "blob.c": {"blob.h"},
    "archive.h": {"context.h"}, "archive.c": {"archive.h", "blob.h"},
    "export.c": {"archive.h", "blob.h"}, "import.c": {"archive.h", "blob.h"},
    "negoex_session.h": {"mech_status.h", "memory.h", "reader.h"},
    "negoex_mech.c": {"negoex_session.h"}, "negoex_turn.c": {"negoex_session.h"},
    "negoex_flight.c": {"negoex_session.h"},
    "negoex_initiator.c": {"negoex_session.h"}, "negoex_acceptor.c": {"negoex_session.h"},
    "negoex_candidate.c": {"negoex_session.h", "text.h"}, "negoex_verify.c": {"negoex_session.h"},
    "negoex_say.c": {"negoex_session.h"}, "negoex_archive.c": {"negoex_session.h", "blob.h"},
    "negoex_verdict.c": {"negoex_session.h", "finding.h"}, "negoex_trace.c": {"finding.h"},
}

# And which folders of src/ a folder may include, beside itself.
SRC_MAY_INCLUDE = {
    "input": set(), "token": {"mech"}, "mech": {"token"},
    "conversation": {"token", "input"}, "keys": {"conversation", "token", "src"},
    "capture": {"token", "input"}, "report": {"conversation", "token", "mech", "src"},
    "src": {"input", "token", "conversation", "keys", "capture", "report"},
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

    def test_src(self):
        """Public headers, and those of its own folders as the table has it."""
        home = {p.name: p.parent.name for p in (ROOT / "src").rglob("*.h")}
        for path in sorted((ROOT / "src").rglob("*.[ch]")):
            with self.subTest(path.name):
                folder = path.parent.name
                quoted = set(re.findall(r'^#include "([^"]+)"', path.read_text(), re.M))
                self.assertLessEqual(quoted, home.keys())
                self.assertLessEqual({home[name] for name in quoted} - {folder},
                                     SRC_MAY_INCLUDE[folder])

    def test_adapters_see_public_headers_only(self):
        for path in sorted((ROOT / "runtime/adapters").glob("*.[ch]")):
            with self.subTest(path.name):
                own = {p.name for p in (ROOT / "runtime/adapters").glob("*.h")}
                quoted = re.findall(r'^#include "([^"]+)"', path.read_text(), re.M)
                self.assertLessEqual({i for i in quoted if not i.startswith("spnego/")}, own)

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


class Readme(unittest.TestCase):
    def test_output_is_true(self):
        """Every command of the README that starts with $ prints what stands below it."""
        text = (ROOT / "README.md").read_text()
        blocks = re.findall(r"(?m)^    .*\n(?:\n?    .*\n)*", text)
        commands = [b for b in blocks if b.startswith("    $ ")]
        self.assertGreaterEqual(len(commands), 3)
        for block in commands:
            lines = [line[4:] for line in block.rstrip().splitlines()]
            with self.subTest(lines[0]):
                run = subprocess.run(lines[0][2:], shell=True, cwd=ROOT, text=True, check=False,
                                     stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
                self.assertEqual(run.stdout.rstrip().splitlines(), lines[1:])

    def test_links_lead_somewhere(self):
        for page in [*ROOT.glob("*.md"), *ROOT.glob("*/README.md"), *ROOT.glob("docs/*.md"),
                     *ROOT.glob("docs/*/README.md"), *ROOT.glob("docs/guide/*.md")]:
            for link in re.findall(r"\]\(([^)#]+)\)", page.read_text()):
                with self.subTest(f"{page.name}: {link}"):
                    self.assertTrue((page.parent / link).exists())


class Examples(unittest.TestCase):
    """`make examples` has built them."""

    def run_example(self, *command, **options):
        return subprocess.run([BUILD / "examples" / command[0], *command[1:]],
                              capture_output=True, check=False, **options)

    def test_decode(self):
        token = bytes.fromhex("60 1c 06 06 2b 06 01 05 05 02 a0 12 30 10 a0 0e 30 0c"
                              "06 0a 2b 06 01 04 01 82 37 02 02 0a")
        run = self.run_example("decode", input=token)
        self.assertEqual(run.stdout.decode().splitlines(),
                         ["offered: 1.3.6.1.4.1.311.2.2.10", "optimistic token: 0 octets"])
        bad = self.run_example("decode", input=token[:-1])
        self.assertEqual(bad.returncode, 1)
        self.assertIn(b"SPN1001", bad.stderr)

    def test_initiator_and_acceptor(self):
        """The two of the README negotiate with each other through two pipes."""
        down, up = os.pipe(), os.pipe()
        sides = [subprocess.Popen([BUILD / "examples" / name], stdin=read, stdout=write,
                                  stderr=subprocess.PIPE)
                 for name, read, write in (("initiator", up[0], down[1]),
                                           ("acceptor", down[0], up[1]))]
        for end in (*down, *up):
            os.close(end)
        for side, name in zip(sides, ("initiator", "acceptor")):
            said = side.communicate(timeout=20)[1].decode().strip()
            self.assertEqual((side.returncode, said), (0, f"{name}: ok"))

    def test_a_side_that_is_left_alone_says_so(self):
        run = self.run_example("acceptor", input=b"\0\x09" + bytes.fromhex("a1073005a0030a0102"))
        self.assertEqual(run.returncode, 1)
        self.assertEqual(run.stderr.decode().strip(), "acceptor: malformed a negotiation begins "
                         "with the initiator's NegTokenInit; this is another token")

    def test_loopback(self):
        run = self.run_example("loopback", "AB", "B", "2", text=True)
        self.assertEqual(run.returncode, 0)
        self.assertEqual(run.stdout.splitlines()[-1],
                         "  acceptor complete, with 2.25.1175737388")
        run = self.run_example("loopback", "A", "B", "2", text=True)
        self.assertEqual(run.returncode, 1)
        self.assertIn("none of the offered mechanisms is available here: 2.25.1414534758",
                      run.stdout)

    def test_readme_has_the_programs(self):
        """The README shows examples/initiator.c and acceptor.c whole, in 40 lines."""
        readme = (ROOT / "README.md").read_text()
        for name in "initiator.c", "acceptor.c":
            text = (ROOT / "examples" / name).read_text()
            self.assertLess(len(text.splitlines()), 40)
            self.assertIn(f"```c\n{text}```", readme)


if __name__ == "__main__":
    unittest.main()
