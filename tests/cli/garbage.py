"""Lines that are no tokens, as many as are wanted: does --lines name and count every one of
them, in the memory that it had after the first few?

    python3 -m tests.cli.garbage TOOL MEBIBYTES
"""

import base64
import json
import random
import subprocess
import sys
import threading
from pathlib import Path
from typing import NamedTuple

from tests.cli import support, tokens

MEBIBYTE = 1 << 20
LONG = 1 << 20  # the longest line that is read


class Found(NamedTuple):
    status: int
    lines: int         # that were fed
    objects: int       # that were printed, in the order of the lines
    unreadable: int
    invalid: int
    stats: dict        # the tool's own count
    first_peak: int    # octets of memory after 1/16 of the lines; 0 if the system does not say
    peak: int          # after all of them


def line(chance):
    """A line of garbage without its end; one in many is long, one in many a damaged token."""
    kind = chance.randrange(8)
    noise = chance.randbytes(chance.randrange(1, 1000))
    if kind < 3:
        return noise.replace(b"\n", b"n")
    if kind == 3:
        return noise.hex().encode()
    if kind == 4:
        token = bytearray(chance.choice((tokens.OFFER, tokens.HINTS, tokens.NEGOEX_OFFER)))
        token[chance.randrange(len(token))] ^= 1 << chance.randrange(8)
        return base64.b64encode(token)
    if kind == 5 and chance.randrange(500) == 0:
        return noise[:1].hex().encode() * (LONG // 2 + chance.randrange(100))
    return base64.b64encode(noise)


def blocks(octets):
    """At least so many octets of lines that are not blank, in blocks with their count."""
    number = 0
    while octets > 0:
        chance = random.Random(number)
        lines = [line(chance) for _ in range(1000)]
        lines = [b"." if not made.strip() else made for made in lines]
        if number == 0:  # all memory that there ever will be
            lines[:2] = [b"a1" * (LONG // 2), b"a" * 3 * LONG]
        block = b"\n".join(lines) + b"\n"
        yield block, len(lines)
        octets -= len(block)
        number += 1


def peak(process):
    """The most memory that the process has had, in octets; 0 where nobody knows."""
    status = Path(f"/proc/{process.pid}/status")
    for row in status.read_text("ascii").splitlines() if status.exists() else ():
        if row.startswith("VmHWM:"):
            return int(row.split()[1]) * 1024
    return 0


class Reader(threading.Thread):
    """Counts the objects, and keeps the place of the first that is out of order."""

    def __init__(self, stream):
        super().__init__()
        self.stream, self.objects, self.unreadable, self.invalid = stream, 0, 0, 0
        self.stats, self.problem = {}, None

    def run(self):
        for text in self.stream:
            found = json.loads(text)
            if "stats" in found:
                self.stats = found["stats"]
                continue
            self.objects += 1
            self.unreadable += "error" in found
            self.invalid += found["verdict"] == "invalid" and "error" not in found
            if found["line"] != self.objects and self.problem is None:
                self.problem = f"object {self.objects} is of line {found['line']}"


def feed(tool, octets):
    command = [str(tool), "--lines", "--format", "ndjson", "--stats"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL) as process:
        reader, lines, fed, first = Reader(process.stdout), 0, 0, 0
        reader.start()
        for block, count in blocks(octets):
            process.stdin.write(block)
            lines, fed = lines + count, fed + len(block)
            if first == 0 and fed >= octets / 16:
                first = peak(process)
        process.stdin.flush()
        last = peak(process)
        process.stdin.close()
        reader.join()
        status = process.wait(support.HANG)
    if reader.problem is not None:
        raise AssertionError(reader.problem)
    return Found(status, lines, reader.objects, reader.unreadable, reader.invalid, reader.stats,
                 first, last)


def check(found):
    """Says what is wrong with it, or returns None."""
    if found.status != 2:
        return f"exit status {found.status}, expected 2"
    if found.objects != found.lines:
        return f"{found.objects} objects for {found.lines} lines"
    if found.stats["inputs"] != found.lines or found.stats["unreadable"] != found.unreadable:
        return f"its own count is {found.stats}"
    if found.peak > found.first_peak + MEBIBYTE:
        return f"memory went from {found.first_peak} to {found.peak} octets"
    return None


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    found = feed(sys.argv[1], int(sys.argv[2]) * MEBIBYTE)
    print(f"{found.lines} lines: {found.unreadable} unreadable, {found.invalid} invalid tokens, "
          f"{found.lines - found.unreadable - found.invalid} others; "
          f"memory {found.peak / MEBIBYTE:.1f} MiB, after a sixteenth of the lines "
          f"{found.first_peak / MEBIBYTE:.1f} MiB")
    problem = check(found)
    if problem is not None:
        sys.exit(f"FAILED: {problem}")


if __name__ == "__main__":
    main()
