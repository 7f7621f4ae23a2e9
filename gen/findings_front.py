"""runtime/findings.toml: the registry of everything that is ever remarked."""

import re
import tomllib
from dataclasses import dataclass
from typing import Tuple

from .source import Loc, Refusal

SEVERITIES = ("note", "warning", "error")
KEYS = {"name": str, "severity": str, "text": str, "source": str, "rules": list, "title": str,
        "why": str, "bad": str, "good": str, "repair": str}
MAY = {"tolerance": str, "seen": str}
LIMITS = {"text": 119, "source": 39, "title": 72}  # the first two: struct spnego_finding_text
PROSE = ("why", "bad", "good", "repair", "seen")
OCTETS = re.compile(r"[0-9a-f]{2}( [0-9a-f]{2})* *(#.*)?")  # a line of `bad` or `good`
TURN = re.compile(r"[IA] \S.*")  # the same, of a conversation
CARRIERS = "SPN8"  # their examples are lines of some other protocol


@dataclass(frozen=True)
class Finding:
    code: str
    name: str
    severity: str
    text: str
    source: str
    rules: Tuple[str, ...]
    tolerance: str
    title: str
    why: str  # paragraphs, each a line
    bad: str  # lines
    good: str
    repair: str
    seen: str  # "" where no product is known
    loc: Loc

    @property
    def number(self):
        return int(self.code[3:])


def read_findings(source):
    """Returns the findings by code, in the order of the file."""
    try:
        entries = tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as error:
        raise refuse_for_toml(source, str(error)) from None
    found, lines = {}, line_numbers(source)
    for code, entry in entries.items():
        loc = Loc(source.file, lines.get(code, 1), 1)
        if not isinstance(entry, dict):
            raise Refusal(loc, f"{code} stands outside of a table")
        if not re.fullmatch(r"SPN\d{4}", code):
            raise Refusal(loc, f'"{code}" is no code: expected SPN and four digits')
        if found and code < list(found)[-1]:
            raise Refusal(loc, f"{code} stands behind {list(found)[-1]}: codes are in order")
        found[code] = check_entry(code, entry, loc)
    unique_names(found)
    return found


def line_numbers(source):
    """Where each key or table begins."""
    start = re.compile(r'\[*\s*"?([^\s"=\]]+)"?\s*[]=]')
    found = {}
    for number, line in enumerate(source.lines, 1):
        if begun := start.match(line):
            found.setdefault(begun.group(1), number)
    return found


def refuse_for_toml(source, complaint):
    place = re.search(r"line (\d+), column (\d+)", complaint)
    line, column = (int(place.group(1)), int(place.group(2))) if place else (len(source.lines), 1)
    words = re.sub(r" \(at .*\)", "", complaint)
    return Refusal(Loc(source.file, line, column), f"no TOML: {words}")


def check_entry(code, entry, loc):
    check_keys(code, entry, loc)
    if entry["severity"] not in SEVERITIES:
        raise Refusal(loc, f'{code}: severity "{entry["severity"]}" is none of '
                           f'{", ".join(SEVERITIES)}')
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", entry["name"]):
        raise Refusal(loc, f'{code}: "{entry["name"]}" is no name: expected small letters, '
                           "digits and dashes")
    if not all(isinstance(rule, str) for rule in entry["rules"]):
        raise Refusal(loc, f"{code}: rules is no list of strings")
    if not re.fullmatch(r"[A-Z_]*", entry.get("tolerance", "")):
        raise Refusal(loc, f"{code}: tolerance is no name of an SPNEGO_TOLERATE_* bit")
    for key in (*LIMITS, *PROSE):
        check_text(code, key, entry.get(key), loc)
    for key in ("bad", "good"):
        check_example(code, key, entry[key], loc)
    return Finding(code, entry["name"], entry["severity"], entry["text"], entry["source"],
                   tuple(entry["rules"]), entry.get("tolerance", ""), entry["title"],
                   paragraphs(entry["why"]), lines_of(entry["bad"]), lines_of(entry["good"]),
                   paragraphs(entry["repair"]), paragraphs(entry.get("seen", "")), loc)


def check_keys(code, entry, loc):
    for key, kind in KEYS.items():
        if not isinstance(entry.get(key), kind):
            raise Refusal(loc, f"{code} has no {key}")
    extra = set(entry) - set(KEYS) - set(MAY)
    if extra:
        raise Refusal(loc, f"{code} has a key that is not known: {sorted(extra)[0]}")
    for key, kind in MAY.items():
        if not isinstance(entry.get(key, kind()), kind):
            raise Refusal(loc, f"{code}: {key} is no string")


def check_text(code, key, text, loc):
    if text is None:
        return
    if not text.strip():
        raise Refusal(loc, f"{code}: {key} is empty")
    if len(text) > LIMITS.get(key, len(text)):
        raise Refusal(loc, f"{code}: {key} is longer than {LIMITS[key]} octets")
    printed = text if key in LIMITS else text.replace("\n", "")
    if not (printed.isascii() and printed.isprintable()):
        raise Refusal(loc, f"{code}: {key} has a character that cannot be printed as ASCII")


def check_example(code, key, text, loc):
    for line in lines_of(text).split("\n"):
        if not (OCTETS.fullmatch(line) or TURN.fullmatch(line) or code.startswith(CARRIERS)):
            raise Refusal(loc, f'{code}: {key}: "{line}" is neither octets in hex nor what I or '
                               "A says")


def paragraphs(text):
    """Each paragraph as a line: a blank line parts them, other line breaks mean nothing."""
    return "\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", text.strip()))


def lines_of(text):
    return "\n".join(line.rstrip() for line in text.strip("\n").split("\n"))


def unique_names(found):
    names = {}
    for finding in found.values():
        if finding.name in names:
            raise Refusal(finding.loc, f"{finding.code} has the name of {names[finding.name]}: "
                                       f"{finding.name}")
        names[finding.name] = finding.code
