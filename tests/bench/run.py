"""Measure the codecs and print the table: python3 -m tests.bench.run DIRECTORY

DIRECTORY holds the programs that bench.mk builds; figures.tsv is left there.
Times are taken first and alone.  Instructions (callgrind) and allocations (a
preloaded counter) do not depend on the machine's load and are counted in
parallel: each is the difference between two runs of N and 2N operations, so
that start-up cancels out.
"""

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

OPERATIONS = 100
OURS = "ours"

# Valgrind counts every octet that "rep movsb" copies as an instruction.  With
# this glibc copies by vectors at any length, as it does for short ones.
NO_REP_MOVSB = "glibc.cpu.x86_rep_movsb_threshold=0x40000000"


class Cell(NamedTuple):
    token: str
    op: str
    codec: str


class Figures(NamedTuple):
    ns: float
    instructions: float
    allocations: float


def run(command: list[str], **env: str) -> subprocess.CompletedProcess:
    done = subprocess.run(command, capture_output=True, text=True,
                          env={**os.environ, **env})
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: failed\n{done.stderr}")
    return done


def count_instructions(command: list[str], *options: str) -> int:
    valgrind = ["valgrind", "--tool=callgrind",
                "--callgrind-out-file=/dev/null", *options]
    done = run(valgrind + command, GLIBC_TUNABLES=NO_REP_MOVSB)
    return int(re.search(r"Collected : (\d+)", done.stderr)[1])


def count_allocations(command: list[str]) -> int:
    counter = Path(command[0]).with_name("alloc_counter.so").resolve()
    done = run(command, LD_PRELOAD=str(counter))
    return int(re.search(r"allocations: (\d+)", done.stderr)[1])


def per_operation(count, command: list[str]) -> float:
    """The command's last argument, which is missing here, is how often."""
    twice = count([*command, str(2 * OPERATIONS)])
    once = count([*command, str(OPERATIONS)])
    return (twice - once) / OPERATIONS


def measure_times(bench: Path) -> dict[Cell, float]:
    times = {}
    for line in run([str(bench), "time"]).stdout.splitlines():
        *cell, ns = line.split("\t")
        times[Cell(*cell)] = float(ns)
    return times


def measure(bench: Path) -> dict[Cell, Figures]:
    run([str(bench), "check"])
    times = measure_times(bench)

    def finish(cell: Cell) -> Figures:
        repeat = [str(bench), "repeat", cell.codec, cell.op, cell.token]
        return Figures(times[cell],
                       per_operation(count_instructions, repeat),
                       per_operation(count_allocations, repeat))

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(times, pool.map(finish, times)))


def write_figures(path: Path, figures: dict[Cell, Figures]) -> None:
    lines = ["\t".join(Cell._fields + Figures._fields)]
    for cell, found in figures.items():
        lines.append("\t".join(cell + tuple(f"{x:.1f}" for x in found)))
    path.write_text("\n".join(lines) + "\n")


def distinct(values) -> list:
    return list(dict.fromkeys(values))


def row_of(figures: dict[Cell, Figures], token: str, op: str,
           codecs: list[str]) -> str:
    found = {codec: figures[Cell(token, op, codec)] for codec in codecs}
    row = f"{token:<12}{op:<7}"
    for ns, instructions, allocations in found.values():
        row += f" |{ns:8.0f}{instructions:8.0f}{allocations:5.0f}"
    best = min(found[codec].instructions for codec in codecs if codec != OURS)
    return row + f" |{found[OURS].instructions / best:7.2f}"


def print_table(figures: dict[Cell, Figures]) -> None:
    codecs = distinct(cell.codec for cell in figures)
    print(f"{'':19}" + "".join(f" | {codec:<20}" for codec in codecs)
          + " | ours :")
    print(f"{'token':<12}{'op':<7}" + f" |{'ns':>8}{'instr':>8}{'mem':>5}"
          * len(codecs) + " |   best")
    for token, op in distinct((cell.token, cell.op) for cell in figures):
        print(row_of(figures, token, op, codecs))
    print("\nPer operation: processor nanoseconds, instructions, allocations."
          "\nLast column: our instructions, those of the best rival being 1.")


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    directory = Path(sys.argv[1])
    figures = measure(directory / "bench")
    write_figures(directory / "figures.tsv", figures)
    print_table(figures)


if __name__ == "__main__":
    main()
