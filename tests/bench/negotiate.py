"""Measure whole negotiations and print the tables: python3 -m tests.bench.negotiate DIRECTORY

DIRECTORY holds the programs that bench.mk builds; negotiate.tsv is left there.
Counted and timed as in run.py: each negotiation is of both sides in one process,
ours and MIT's in the same program, so that they take turns.
"""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from tests.bench.run import count_allocations, count_instructions, distinct, per_operation, run
from tests.interop.mit.negoex import comparable

OURS, MIT = "ours", "MIT"
TOYS = {"a": "2.25.1414534758", "b": "2.25.1175737388"}
WIDTH = 26

WHAT = """\
Octets, and allocations (mem), as counted in spnego_alloc: the context is the
first allocation of SPNEGO, NegoEx that of its conversation, the peak what was in
use at once with them.  What the mechanism takes for itself is not in it.
"""

HOW = """\
Per negotiation, both sides in one process: processor nanoseconds, instructions,
allocations.  Last columns: ours, MIT's being 1.
Counted: from the making of both contexts to their deletion, the toy mechanism,
asking what was chosen, MIT's mechglue, which "no SPNEGO" goes through too.
Not counted, made once before: the plug-in, MIT's credentials and target name.
Both send the same octets, without a trace; in NegoEx but for random ones, what
depends on them, and the padding of a NEGO.  In a reselection the acceptor has B only
(MIT: gss_set_neg_mechs).
"""

CHECKSUMS = """\
Of the instructions above: those in the checksums of all VERIFYs, made and checked by
the same functions of libk5crypto, and the rest.  Last column: ours, MIT's being 1."""


class Figures(NamedTuple):
    ns: float
    instructions: float
    checksums: float  # instructions, of the others
    allocations: float


def set_environment(directory: Path) -> None:
    """What MIT needs and no more: the plug-in asks the environment often."""
    plugin = (directory / "plugin.so").resolve()
    config = directory / "mech.conf"
    config.write_text("".join(f"toy_{letter} {oid} {plugin}\n" for letter, oid in TOYS.items()))
    path = os.environ["PATH"]
    os.environ.clear()
    os.environ.update(PATH=path, GSS_MECH_CONFIG=str(config.resolve()), KRB5_CONFIG="/dev/null")


def table(program: Path, command: str) -> list[list[str]]:
    return [line.split("\t") for line in run([str(program), command]).stdout.splitlines()]


def said(program: Path) -> dict[str, list[bytes]]:
    """The tokens of each flow, in which both libraries must agree."""
    tokens = {}
    for flow, party, *digits in table(program, "tokens"):
        tokens[flow, party] = [bytes.fromhex(token) for token in digits]
    for flow, party in tokens:
        if [*map(comparable, tokens[flow, party])] != [*map(comparable, tokens[flow, OURS])]:
            sys.exit(f"negotiate: the tokens differ, {flow}")
    return {flow: tokens[flow, OURS] for flow, _ in tokens}


def count_checksums(command: list[str]) -> int:
    return count_instructions(command, "--toggle-collect=krb5_c_*_checksum*")


def measure(program: Path) -> dict[tuple[str, str], Figures]:
    times = {(flow, party): float(ns) for flow, party, ns in table(program, "time")}

    def finish(cell: tuple[str, str]) -> Figures:
        flow, party = cell
        repeat = [str(program), "repeat", party, flow]
        counts = (count_instructions, count_checksums, count_allocations)
        return Figures(times[cell], *(per_operation(count, repeat) for count in counts))

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(times, pool.map(finish, times)))


def write_figures(path: Path, figures: dict[tuple[str, str], Figures]) -> None:
    lines = ["\t".join(("flow", "party") + Figures._fields)]
    for cell, found in figures.items():
        lines.append("\t".join(cell + tuple(f"{x:.1f}" for x in found)))
    path.write_text("\n".join(lines) + "\n")


def print_state(sent: dict[str, list[bytes]], state: list[list[str]]) -> None:
    side = f" | {'context':>7}{'NegoEx':>7}{'peak':>6}{'mem':>4}"
    print(f"\n{'':{WIDTH}} | {'on the wire':<14} | {'our initiator':<24} | our acceptor")
    print(f"{'flow':<{WIDTH}} | {'tokens':>6}{'octets':>8}" + side * 2)
    for flow, *sides in state:
        line = f"{flow:<{WIDTH}} | {len(sent[flow]):>6}{len(b''.join(sent[flow])):>8}"
        for context, negoex, peak, allocations in (sides[:4], sides[4:]):
            line += f" | {context:>7}{negoex:>7}{peak:>6}{allocations:>4}"
        print(line)
    print("\n" + WHAT)


def print_cost(figures: dict[tuple[str, str], Figures]) -> None:
    party = f" |{'ns':>8}{'instr':>8}{'mem':>5}"
    print(f"{'':{WIDTH}} | {OURS:<20} | {MIT + ' krb5':<20} | ours : MIT")
    print(f"{'flow':<{WIDTH}}" + party * 2 + f" |{'ns':>6}{'instr':>7}")
    for flow in distinct(flow for flow, _ in figures):
        ours, mit = figures[flow, OURS], figures[flow, MIT]
        line = f"{flow:<{WIDTH}}"
        for ns, instructions, _, allocations in (ours, mit):
            line += f" |{ns:8.0f}{instructions:8.0f}{allocations:5.0f}"
        print(line + f" |{ours.ns / mit.ns:6.2f}{ours.instructions / mit.instructions:7.2f}")
    print("\n" + HOW)


def print_checksums(figures: dict[tuple[str, str], Figures]) -> None:
    party = f" |{'checksums':>11}{'rest':>9}"
    print(f"{'':{WIDTH}} | {OURS:<19} | {MIT + ' krb5':<19} | ours : MIT")
    print(f"{'flow':<{WIDTH}}" + party * 2 + f" |{'rest':>6}")
    for flow in distinct(flow for flow, party in figures if figures[flow, party].checksums > 0):
        ours, mit = figures[flow, OURS], figures[flow, MIT]
        line, rests = f"{flow:<{WIDTH}}", []
        for _, instructions, checksums, _ in (ours, mit):
            rests.append(instructions - checksums)
            line += f" |{checksums:11.0f}{rests[-1]:9.0f}"
        print(line + f" |{rests[0] / rests[1]:6.2f}")
    print("\n" + CHECKSUMS)


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    directory = Path(sys.argv[1])
    program = directory / "negotiate"
    set_environment(directory)
    sent = said(program)
    figures = measure(program)
    write_figures(directory / "negotiate.tsv", figures)
    print_state(sent, table(program, "state"))
    print_cost(figures)
    print_checksums(figures)


if __name__ == "__main__":
    main()
