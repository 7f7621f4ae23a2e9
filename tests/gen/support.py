"""What the tests of the generator share: roots, runs and compilers."""

import atexit
import contextlib
import functools
import io
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from gen import __main__ as program

ROOT = Path(__file__).resolve().parent.parent.parent
HERE = Path(__file__).resolve().parent
SOURCES = (program.SPNEGO, program.MECHANISMS, program.NEGOEX, program.FINDINGS,
           program.MANUAL, *program.INSPECTED)


def scratch(test):
    """A folder that goes away with the test, or with the test class."""
    folder = tempfile.TemporaryDirectory()
    add = test.addClassCleanup if isinstance(test, type) else test.addCleanup
    add(folder.cleanup)
    return Path(folder.name)


def copy_root(folder):
    """Copies what the generator reads to `folder`, which can then be edited."""
    for file in SOURCES:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / file, folder / file)
    return folder


def edit(folder, file, *changes):
    """Replaces each (old, new) in a copy; `old` must stand there exactly once."""
    text = (folder / file).read_text("ascii")
    for old, new in changes:
        if text.count(old) != 1:
            raise AssertionError(f"{file} has {text.count(old)} times: {old}")
        text = text.replace(old, new)
    (folder / file).write_text(text, "ascii")


def run_here(*args):
    """Runs the generator in this process: its exit status and what it said."""
    said = io.StringIO()
    with contextlib.redirect_stderr(said):
        status = program.main([str(arg) for arg in args])
    return status, said.getvalue()


def run_apart(*args, env=None):
    """Runs the generator as a program of its own."""
    return subprocess.run([sys.executable, "-m", "gen", *map(str, args)], cwd=ROOT, text=True,
                          capture_output=True, check=False, env={**os.environ, **(env or {})})


@functools.lru_cache(maxsize=None)
def generated():
    """The folder with what is generated from this tree's schemas."""
    folder = tempfile.TemporaryDirectory()
    atexit.register(folder.cleanup)
    status, said = run_here("--out", folder.name)
    if status != 0:
        raise AssertionError(said)
    return Path(folder.name)


def texts(folder):
    """The files below a folder, by name."""
    return {path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*")) if path.is_file()}


def fake_asn1c(folder, script):
    """A PATH on which asn1c is a shell script."""
    path = folder / "asn1c"
    path.write_text("#!/bin/sh\n" + script, "ascii")
    path.chmod(0o755)
    return f"{folder}:{os.environ['PATH']}"


# Compilers.

def make_flags(*names):
    """Compiler flags as the Makefile has them."""
    targets = [f"print-{name}" for name in names]
    run = subprocess.run(["make", "-s", "-C", ROOT, *targets], capture_output=True, text=True,
                         check=True)
    return run.stdout.split()


def include_flags(out):
    return [f"-I{ROOT}/runtime/include", f"-I{out}/include", f"-I{ROOT}/runtime", f"-I{ROOT}/src",
            f"-I{out}"]


def compile_c(out, *args, compiler=None, check=True):
    """Compiles with the project's warnings; a warning is a failure."""
    command = [*(compiler or os.environ.get("CC", "cc")).split(), *make_flags("STD", "WARN"),
               *include_flags(out), *map(str, args)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if check and run.returncode != 0:
        raise AssertionError(run.stderr[:2000])
    return run


def need_program(name):
    """Skips, visibly, where a program is missing."""
    if shutil.which(name) is None:
        raise unittest.SkipTest(f"{name} is not on PATH")
    return name
