"""Measure --lines and print the table: python3 -m tests.bench.lines SPNEGO_CHECK DIRECTORY

The log is log_tokens.py's, a million tokens.  What takes longer gets the first of the same
tokens: spnego-check with a report; tshark in a capture whose packets are the tokens and
nothing else; `openssl asn1parse` in one file with all of them, and in a process for each.
Processor time is that of the children, start-up included, the best of three; what they print
is thrown away.
"""

import base64
import itertools
import os
import resource
import struct
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from tests.bench import log_tokens

COUNT, FOR_OTHERS, PROCESSES, TRIES = 1_000_000, 50_000, 300, 3
USER_0 = 147  # LINKTYPE_USER0: the dissector is said on the command line
TSHARK = ["tshark", "-r", "{}", "-T", "fields", "-e", "spnego.negResult", "-o",
          'uat:user_dlts:"User 0 (DLT=147)","gssapi","0","","0",""']


class Row(NamedTuple):
    name: str
    tokens: int
    seconds: float


def children_seconds():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def once(commands):
    before = children_seconds()
    for command in commands:
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                              check=False)
        if done.returncode not in (0, 1):  # 1: spnego-check has found errors
            sys.exit(f"{' '.join(map(str, command))}: failed\n{done.stderr.decode()}")
    return children_seconds() - before


def processor_seconds(commands):
    """Of all the commands, one after the other."""
    return min(once(commands) for _ in range(TRIES))


def write_capture(path, tokens):
    with path.open("wb") as out:
        out.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, USER_0))
        for number, token in enumerate(tokens):
            out.write(struct.pack("<IIII", number, 0, len(token), len(token)) + token)


def write_log(path):
    """The file stays: making it takes longer than judging it."""
    if path.exists():
        return
    half_made = path.with_suffix(".part")
    with half_made.open("wb") as out:
        for token in log_tokens.tokens(COUNT):
            out.write(base64.b64encode(token) + b"\n")
    os.replace(half_made, path)


def first_tokens(log, count):
    with log.open("rb") as lines:
        return [base64.b64decode(line) for line in itertools.islice(lines, count)]


def ours(tool, log, directory):
    short = directory / "log-short.txt"
    with log.open("rb") as lines:
        short.write_bytes(b"".join(itertools.islice(lines, FOR_OTHERS)))
    for file, count, options in ((log, COUNT, ["--quiet"]), (log, COUNT, ["--quiet", "--stats"]),
                                 (short, FOR_OTHERS, ["--format", "ndjson"])):
        name = " ".join(["spnego-check --lines", *options])
        yield Row(name, count, processor_seconds([[tool, "--lines", *options, str(file)]]))


def tshark(tokens, directory):
    capture = directory / "log.pcap"
    write_capture(capture, tokens)
    command = [part.format(capture) if part == "{}" else part for part in TSHARK]
    return Row("tshark -T fields", len(tokens), processor_seconds([command]))


def openssl(tokens, directory):
    """Without the damaged ones, at which it stops."""
    sound = [token for number, token in enumerate(tokens)
             if log_tokens.maker(number) is not log_tokens.damaged]
    together, alone = directory / "log.der", directory / "token.der"
    together.write_bytes(b"".join(sound))
    alone.write_bytes(sound[0])
    command = ["openssl", "asn1parse", "-inform", "DER", "-in"]
    yield Row("openssl asn1parse, one process for all", len(sound),
              processor_seconds([[*command, str(together)]]))
    yield Row("openssl asn1parse, a process each", PROCESSES,
              processor_seconds([[*command, str(alone)]] * PROCESSES))


def print_table(rows):
    best = rows[0].seconds / rows[0].tokens
    print(f"{'':40}|  tokens | processor s | us/token | tokens/s | the first being 1")
    for row in rows:
        each = row.seconds / row.tokens
        print(f"{row.name:<40}|{row.tokens:8} |{row.seconds:12.2f} |{each * 1e6:9.2f} |"
              f"{1 / each:9.0f} |{each / best:18.1f}")


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    tool, directory = sys.argv[1], Path(sys.argv[2])
    directory.mkdir(parents=True, exist_ok=True)
    log = directory / "log.txt"
    write_log(log)
    tokens = first_tokens(log, FOR_OTHERS)
    print_table([*ours(tool, log, directory), tshark(tokens, directory),
                 *openssl(tokens, directory)])


if __name__ == "__main__":
    main()
