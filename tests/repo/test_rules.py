"""The registry of findings, docs/rules.md and the tests: each says what the others say."""

import functools
import pathlib
import re
import tomllib
import unittest
from dataclasses import dataclass

ROOT = pathlib.Path(__file__).resolve().parents[2]
COUNTS = {"F": 21, "S": 32, "M": 13, "N": 38, "C": 45, "X": 20, "K": 7, "W": 7}
ROW = re.compile(r"^\| ([FSMNCXKW]\d\d) \| (.+) \| (.+) \| (.+) \| (.+) \|$", re.M)
CODE = re.compile(r"SPN\d{4}")
OCTETS = re.compile(r"[0-9a-f]{2}( [0-9a-f]{2})*")


@dataclass(frozen=True)
class Vector:
    name: str  # der/one-mech.hex
    expect: frozenset
    near: frozenset
    octets: str  # of a .hex file, with a blank between two


@functools.lru_cache(maxsize=None)
def registry():
    return tomllib.loads((ROOT / "runtime/findings.toml").read_text("ascii"))


@functools.lru_cache(maxsize=None)
def vectors():
    folder = ROOT / "tests/vectors"
    return [read_vector(path, path.relative_to(folder).as_posix())
            for path in sorted(folder.rglob("*")) if path.suffix in (".hex", ".conv")]


def read_vector(path, name):
    head, _, body = path.read_text().partition("\n\n")
    said = {key: frozenset(CODE.findall(" ".join(re.findall(rf"^{key}:(.*)$", head, re.M))))
            for key in ("expect", "notes", "near")}
    return Vector(name, said["expect"] | said["notes"], said["near"],
                  octets_of(body) if path.suffix == ".hex" else "")


def octets_of(body):
    """The octets behind a vector's header, with its repeats, ( 06 01 2a ) * 65."""
    digits = re.sub(r"#.*", "", body)
    digits = re.sub(r"\(([^)]*)\) *\* *(\d+)", lambda found: found[1] * int(found[2]), digits)
    return bytes.fromhex(digits).hex(" ")


def rows():
    """(rule, codes, what the column of tests names)"""
    for rule, _, _, codes, tests in ROW.findall((ROOT / "docs/rules.md").read_text()):
        yield rule, codes, tests.split()


def test_file(name):
    """Where a name in the column of tests stands: a file and what is looked for in it."""
    file, _, function = name.partition("::")
    for folder in ("tests/vectors", "tests/cli", "tests/unit"):
        if (ROOT / folder / file).is_file():
            return ROOT / folder / file, function
    return None, function


def named_codes(name):
    """The codes that a test raises; the body of a function, the scenes of a C file."""
    path, function = test_file(name)
    if path is None:
        return set()
    text = path.read_text()
    if path.suffix == ".c":
        return {f"SPN{number}" for number in re.findall(r"^    \{(\d{4}),", text, re.M)}
    if path.suffix == ".py":
        body = re.search(rf"^( *)def {function}\(.*?(?=^\1\S|^\S|\Z)", text, re.M | re.S)
        found = re.findall(r"\b[1-8]\d{3}\b", body.group()) if function and body else []
        return {f"SPN{number}" for number in found}
    return {code for vector in vectors() if vector.name == name for code in vector.expect}


class Rules(unittest.TestCase):
    def test_every_rule_has_its_row(self):
        expected = [f"{letter}{n:02}" for letter, count in COUNTS.items()
                    for n in range(1, count + 1)]
        self.assertEqual([rule for rule, *_ in rows()], expected)
        self.assertEqual(len(expected), 183)

    def test_codes_are_those_of_the_registry(self):
        by_rule = {}
        for code, entry in registry().items():
            for rule in entry["rules"]:
                by_rule.setdefault(rule, []).append(code)
        table = {rule: CODE.findall(codes) for rule, codes, _ in rows() if CODE.search(codes)}
        self.assertEqual(table, by_rule)

    def test_a_rule_without_a_code_says_why(self):
        silent = {rule: codes for rule, codes, _ in rows() if not CODE.search(codes)}
        self.assertEqual(sorted(silent), ["C45", "F01"])
        for codes in silent.values():
            self.assertRegex(codes, r"^none: \w+ \w+ \w+")

    def test_tests_are_there(self):
        """Each test that a row names exists and is about a code of the row."""
        wrong = [f"{rule}: {name}" for rule, codes, names in rows() if CODE.search(codes)
                 for name in names if not named_codes(name) & set(CODE.findall(codes))]
        self.assertFalse(wrong, "\n".join(["", *wrong]))

    def test_every_code_of_a_rule_is_tested(self):
        """By a vector that expects it and one that nearly does, or by what its row names."""
        expected = set().union(*(vector.expect for vector in vectors()))
        near = set().union(*(vector.near for vector in vectors()))
        missing = set()
        for _, codes, names in rows():
            named = set().union(*(named_codes(name) for name in names if test_file(name)[0]
                                  and test_file(name)[0].suffix in (".c", ".py")))
            for code in set(CODE.findall(codes)) - named:
                missing |= {f"{code}: no vector expects it"} if code not in expected else set()
                missing |= {f"{code}: no vector is near"} if code not in near else set()
        self.assertFalse(missing, "\n".join(["", *sorted(missing)]))


class Examples(unittest.TestCase):
    """The octets in `bad` and `good` of the registry are true."""

    @staticmethod
    def octets(text):
        """The lines of an example that are octets; None if it is told in words."""
        lines = [line.partition("#")[0].strip() for line in text.strip("\n").split("\n")]
        return lines if all(OCTETS.fullmatch(line) for line in lines) else None

    def examples(self, key):
        return {code: lines for code, entry in registry().items()
                if (lines := self.octets(entry[key])) is not None}

    def test_bad(self):
        """A vector that expects the code has each of these lines, in this order."""
        examples = self.examples("bad")
        self.assertGreater(len(examples), 80)
        wrong = [code for code, lines in examples.items()
                 if not any(code in vector.expect and in_order(lines, vector.octets)
                            for vector in vectors())]
        self.assertEqual(wrong, [])

    def test_good(self):
        """It differs from `bad`, if only in what a comment says of the surroundings."""
        same = [code for code, entry in registry().items() if entry["good"] == entry["bad"]]
        self.assertEqual(same, [])

    def test_bad_and_good_are_told_alike(self):
        """Both in octets or both in words, so that they can be compared."""
        self.assertEqual(self.examples("bad").keys(), self.examples("good").keys())


def in_order(lines, octets):
    at = 0
    for line in lines:
        at = octets.find(line, at)
        if at < 0:
            return False
        at += len(line)
    return True


if __name__ == "__main__":
    unittest.main()
