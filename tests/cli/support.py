"""What the tests of spnego-check share: where it is, how to run it, what it said.

The environment variable BUILD names the build folder; without it, build/.
"""

import json
import os
import pty
import re
import select
import subprocess
import tempfile
import unittest
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent
BUILD = ROOT / os.environ.get("BUILD", "build")
TOOL = BUILD / "spnego-check"
SANITIZED = BUILD / "san" / "spnego-check"
HANG = 120  # seconds; only so that a hang is reported as one


class Said(NamedTuple):
    status: int  # -N if the signal N ended it
    out: str
    err: str

    def objects(self):
        """The JSON objects in what it printed, in any layout."""
        decoder, found, at = json.JSONDecoder(), [], 0
        while at < len(self.out):
            value, at = decoder.raw_decode(self.out, at)
            found.append(value)
            at = re.compile(r"\s*").match(self.out, at).end()
        return found

    def object(self):
        (value,) = self.objects()
        return value


def sanitized():
    """The tool with sanitizers, if it was built; else the plain one."""
    return SANITIZED if SANITIZED.exists() else TOOL


def environment(**changes):
    """This environment in a plain locale, without what changes the colours."""
    kept = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    return {**kept, "LC_ALL": "C", **changes}


def run(*args, stdin=b"", cwd=None, tool=None, env=None, guard=HANG):
    """Runs the tool with `stdin` (octets or text) and returns what it said."""
    octets = stdin.encode("ascii") if isinstance(stdin, str) else stdin
    try:
        done = subprocess.run([str(tool or TOOL), *args], input=octets, capture_output=True,
                              cwd=cwd, check=False, timeout=guard, env=env or environment())
    except subprocess.TimeoutExpired:
        raise AssertionError(f"it is not done after {guard} seconds") from None
    return Said(done.returncode, text(done.stdout), text(done.stderr))


def text(octets):
    """What was printed; octets that are no UTF-8 stay visible as surrogates."""
    return octets.decode("utf-8", "surrogateescape")


def scratch(test):
    """A folder that goes away with the test, or with the test class."""
    folder = tempfile.TemporaryDirectory()
    add = test.addClassCleanup if isinstance(test, type) else test.addCleanup
    add(folder.cleanup)
    return Path(folder.name)


def read_terminal(leader, process):
    """All that `process` prints to a pseudo-terminal, until it has closed it."""
    said = b""
    while True:
        ready, _, _ = select.select([leader], [], [], HANG)
        if not ready:
            process.kill()
            raise AssertionError("the tool hangs on a terminal")
        try:
            part = os.read(leader, 65536)
        except OSError:  # EIO: the other side is closed
            return said
        if not part:
            return said
        said += part


def open_terminal():
    """A pseudo-terminal; a container without them skips the test, visibly."""
    try:
        return pty.openpty()
    except OSError as error:
        raise unittest.SkipTest(f"no pseudo-terminal: {error}") from None


def run_on_terminal(*args, stdin=b"", env=None):
    """Runs the tool with its standard output on a pseudo-terminal."""
    leader, follower = open_terminal()
    with subprocess.Popen([str(TOOL), *args], stdin=subprocess.PIPE, stdout=follower,
                          stderr=subprocess.PIPE, env=env or environment()) as process:
        os.close(follower)
        process.stdin.write(stdin)
        process.stdin.close()
        out = read_terminal(leader, process)
        err = process.stderr.read()
    os.close(leader)
    return Said(process.returncode, text(out).replace("\r\n", "\n"), text(err))


def type_at_terminal(*args, keys=b"", ends=3, guard=HANG):
    """Runs the tool with `keys`, then `ends` times ^D, typed at a pseudo-terminal."""
    leader, follower = open_terminal()
    with subprocess.Popen([str(TOOL), *args], stdin=follower, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, env=environment()) as process:
        os.close(follower)
        os.write(leader, keys + b"\x04" * ends)
        try:
            out, err = process.communicate(timeout=guard)
        except subprocess.TimeoutExpired:
            process.kill()
            raise AssertionError(f"it waits for more after {ends} times ^D") from None
        finally:
            os.close(leader)
    return Said(process.returncode, text(out), text(err))
