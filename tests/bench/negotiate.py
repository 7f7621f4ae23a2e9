"""Measure whole negotiations and print the tables: negotiate.py DIRECTORY

DIRECTORY holds the programs that bench.mk builds; negotiate.tsv is left there.
Counted and timed as in run.py: each negotiation is of both sides in one process,
ours and MIT's in the same program, so that they take turns.
"""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from run import Figures, count_allocations, count_instructions, distinct, per_operation, run

OURS, MIT = "ours", "MIT"
TOYS = {"a": "2.25.1414534758", "b": "2.25.1175737388"}

WHAT = """\
Octets, and allocations (mem), as counted in spnego_alloc: the context is the
first allocation, the peak what was in use at once with it.  What the mechanism
takes for itself is not in it.
"""

HOW = """\
Per negotiation, both sides in one process: processor nanoseconds, instructions,
allocations.  Last columns: ours, MIT's being 1.
Counted: from the making of both contexts to their deletion, the toy mechanism,
asking what was chosen, MIT's mechglue, which "no SPNEGO" goes through too.
Not counted, made once before: the plug-in, MIT's credentials and target name.
Both send the same octets, without a trace.  In the reselection the acceptor has
B only (MIT: gss_set_neg_mechs)."""


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


def measure(program: Path) -> dict[tuple[str, str], Figures]:
    times = {(flow, party): float(ns) for flow, party, ns in table(program, "time")}

    def finish(cell: tuple[str, str]) -> Figures:
        flow, party = cell
        repeat = [str(program), "repeat", party, flow]
        return Figures(times[cell],
                       per_operation(count_instructions, repeat),
                       per_operation(count_allocations, repeat))

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(times, pool.map(finish, times)))


def write_figures(path: Path, figures: dict[tuple[str, str], Figures]) -> None:
    lines = ["\t".join(("flow", "party") + Figures._fields)]
    for cell, found in figures.items():
        lines.append("\t".join(cell + tuple(f"{x:.1f}" for x in found)))
    path.write_text("\n".join(lines) + "\n")


def print_state(wire: list[list[str]], state: list[list[str]]) -> None:
    side = f" | {'context':>7}{'peak':>7}{'mem':>5}"
    print(f"\n{'':19} | {'on the wire':<14} | {'our initiator':<19} | our acceptor")
    print(f"{'flow':<19} | {'tokens':>6}{'octets':>8}" + side * 2)
    sent = {flow: (tokens, octets) for flow, tokens, octets in wire}
    for flow in distinct(row[0] for row in state):
        tokens, octets = sent[flow]
        line = f"{flow:<19} | {tokens:>6}{octets:>8}"
        for _, _, context, peak, allocations in (row for row in state if row[0] == flow):
            line += f" | {context:>7}{peak:>7}{allocations:>5}"
        print(line)
    print("\n" + WHAT)


def print_cost(figures: dict[tuple[str, str], Figures]) -> None:
    party = f" |{'ns':>8}{'instr':>8}{'mem':>5}"
    print(f"{'':19} | {OURS:<20} | {MIT + ' krb5':<20} | ours : MIT")
    print(f"{'flow':<19}" + party * 2 + f" |{'ns':>6}{'instr':>7}")
    for flow in distinct(flow for flow, _ in figures):
        ours, mit = figures[flow, OURS], figures[flow, MIT]
        line = f"{flow:<19}"
        for ns, instructions, allocations in (ours, mit):
            line += f" |{ns:8.0f}{instructions:8.0f}{allocations:5.0f}"
        print(line + f" |{ours.ns / mit.ns:6.2f}{ours.instructions / mit.instructions:7.2f}")
    print("\n" + HOW)


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    directory = Path(sys.argv[1])
    program = directory / "negotiate"
    set_environment(directory)
    wire = table(program, "check")
    figures = measure(program)
    write_figures(directory / "negotiate.tsv", figures)
    print_state(wire, table(program, "state"))
    print_cost(figures)


if __name__ == "__main__":
    main()
