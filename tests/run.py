"""Runs all tests and counts them.  `make check` calls it; the last line is
"N passed, N failed, N skipped".  tests/README.md says what each suite is for.
"""

import os
import re
import subprocess
import sys

BUILD = os.environ.get("BUILD", "build")
UNITTEST = [sys.executable, "-m", "unittest", "discover", "-v", "-t", ".", "-s"]

SUITES = [
    ("unit", [f"{BUILD}/san/unit-tests"]),
    ("adapters", [f"{BUILD}/san/adapter-tests"]),
    ("gen", [*UNITTEST, "tests/gen"]),
    ("cli", [*UNITTEST, "tests/cli"]),
    ("corpus", [*UNITTEST, "tests/corpus"]),
    ("interop", [*UNITTEST, "tests/interop"]),
    ("repo", [*UNITTEST, "tests/repo"]),
    ("threads", ["make", "--no-print-directory", f"BUILD={BUILD}", "check-threads", "abandon"]),
    ("edits", ["make", "--no-print-directory", f"BUILD={BUILD}", "check-edits"]),
    ("oracle", ["make", "--no-print-directory", f"BUILD={BUILD}", "check-oracle-short"]),
]

CHECK = re.compile(r"^\d+%: Checks: (\d+), Failures: (\d+), Errors: (\d+)", re.M)
RAN = re.compile(r"^Ran (\d+) tests? in", re.M)
COUNT = {word: re.compile(rf"\b{word}=(\d+)") for word in ("failures", "errors", "skipped")}


def count(output, status):
    """(passed, failed, skipped) of one suite, from what it printed."""
    checks = [tuple(map(int, counts)) for counts in CHECK.findall(output)]
    if checks:
        total, failures, errors = map(sum, zip(*checks))
        failed, skipped = failures + errors, len(re.findall(r"^skipped: ", output, re.M))
        return total - failed - skipped, max(failed, int(status != 0)), skipped
    ran = RAN.search(output)
    if ran:
        last = output[ran.end():]
        found = {word: sum(map(int, number.findall(last))) for word, number in COUNT.items()}
        failed = found["failures"] + found["errors"]
        passed = int(ran.group(1)) - failed - found["skipped"]
        return max(passed, 0), max(failed, int(status != 0)), found["skipped"]
    return int(status == 0), int(status != 0), 0


def run(name, command):
    print(f"== {name}", flush=True)
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          errors="replace", check=False)
    passed, failed, skipped = count(done.stdout, done.returncode)
    reasons = [line for line in done.stdout.splitlines() if "skipped" in line]
    print("\n".join(reasons) if failed == 0 else done.stdout)
    print(f"   {passed} passed, {failed} failed, {skipped} skipped", flush=True)
    return passed, failed, skipped


def main():
    wanted = sys.argv[1:] or [name for name, _ in SUITES]
    unknown = set(wanted) - {name for name, _ in SUITES}
    if unknown:
        sys.exit(f"no suite {sorted(unknown)[0]}: there are {', '.join(name for name, _ in SUITES)}")
    totals = [run(name, command) for name, command in SUITES if name in wanted]
    passed, failed, skipped = (sum(column) for column in zip(*totals))
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
