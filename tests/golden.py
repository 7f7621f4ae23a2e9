"""python3 tests/golden.py compare DIR | bless DIR

Compares what was generated into DIR with the reviewed copy, or makes it the
reviewed copy: of docs/findings/, which people browse, in that very folder, of
everything else in tests/golden/.
"""

import difflib
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = "tests/golden"
BROWSED = "docs/findings"
MOST_LINES = 60


def files(folder):
    """The files below a folder, by name; the stamp of make is none of them."""
    return {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*"))
            if path.is_file() and path.name != ".stamp"}


def home(name):
    """Where in the project the reviewed copy of a generated file is."""
    return name if name.startswith(BROWSED + "/") else f"{GOLDEN}/{name}"


def reviewed(root):
    """The reviewed files, by their place in the project."""
    return {f"{folder}/{name}": path for folder in (BROWSED, GOLDEN)
            for name, path in files(root / folder).items()}


def lines(path):
    return path.read_text("ascii").splitlines(keepends=True) if path else []


def differences(kept, made):
    """A unified diff from the reviewed files to those that were made."""
    found = []
    for name in sorted({*kept, *made}):
        before, after = kept.get(name), made.get(name)
        if before and after and before.read_bytes() == after.read_bytes():
            continue
        if not (before and after):
            found.append(f"{name}: {'not made any more' if before else 'not reviewed yet'}\n")
        found += difflib.unified_diff(lines(before), lines(after), name, f"generated {name}")
    return found


def compare(made, root=ROOT):
    found = differences(reviewed(root), {home(name): path for name, path in files(made).items()})
    if not found:
        return 0
    sys.stdout.writelines(found[:MOST_LINES])
    if len(found) > MOST_LINES:
        print(f"... and {len(found) - MOST_LINES} lines more")
    print("The generated text is not the reviewed one.  If the change is meant, run `make bless`\n"
          f"and commit {GOLDEN}/ and {BROWSED}/ together with what changed them.")
    return 1


def bless(made, root=ROOT):
    new = {home(name): path for name, path in files(made).items()}
    for name, path in reviewed(root).items():
        if name not in new:
            path.unlink()
            print(f"removed {name}")
    for name, path in new.items():
        target = root / name
        if target.is_file() and target.read_bytes() == path.read_bytes():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        print(f"wrote {name}")
    return 0


def main(args):
    actions = {"compare": compare, "bless": bless}
    if len(args) != 2 or args[0] not in actions:
        print(__doc__.splitlines()[0], file=sys.stderr)
        return 2
    made = Path(args[1])
    if not files(made):
        print(f"{made} has no files: run `make gen`", file=sys.stderr)
        return 2
    return actions[args[0]](made)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
