"""runtime/findings.toml: the registry of everything that is ever remarked."""

import re
import tomllib
from dataclasses import dataclass
from typing import Tuple

from .source import Loc, Refusal

SEVERITIES = ("note", "warning", "error")
KEYS = {"name": str, "severity": str, "text": str, "source": str, "rules": list}
MAX_TEXT = 119  # octets in struct spnego_finding_text
MAX_SOURCE = 39


@dataclass(frozen=True)
class Finding:
    code: str
    name: str
    severity: str
    text: str
    source: str
    rules: Tuple[str, ...]
    tolerance: str
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
    found = {}
    for code, entry in entries.items():
        loc = Loc(source.file, line_of(source, code), 1)
        if not isinstance(entry, dict):
            raise Refusal(loc, f"{code} stands outside of a table")
        if not re.fullmatch(r"SPN\d{4}", code):
            raise Refusal(loc, f'"{code}" is no code: expected SPN and four digits')
        if found and code < list(found)[-1]:
            raise Refusal(loc, f"{code} stands behind {list(found)[-1]}: codes are in order")
        found[code] = check_entry(code, entry, loc)
    unique_names(found)
    return found


def line_of(source, code):
    start = re.compile(rf'\[*\s*"?{re.escape(code)}"?\s*[]=]')
    return next((n for n, line in enumerate(source.lines, 1) if start.match(line)), 1)


def refuse_for_toml(source, complaint):
    place = re.search(r"line (\d+), column (\d+)", complaint)
    line, column = (int(place.group(1)), int(place.group(2))) if place else (len(source.lines), 1)
    words = re.sub(r" \(at .*\)", "", complaint)
    return Refusal(Loc(source.file, line, column), f"no TOML: {words}")


def check_entry(code, entry, loc):
    for key, kind in KEYS.items():
        if not isinstance(entry.get(key), kind):
            raise Refusal(loc, f"{code} has no {key}")
    extra = set(entry) - set(KEYS) - {"tolerance"}
    if extra:
        raise Refusal(loc, f"{code} has a key that is not known: {sorted(extra)[0]}")
    if entry["severity"] not in SEVERITIES:
        raise Refusal(loc, f'{code}: severity "{entry["severity"]}" is none of '
                           f'{", ".join(SEVERITIES)}')
    for key, limit in (("text", MAX_TEXT), ("source", MAX_SOURCE)):
        if len(entry[key]) > limit:
            raise Refusal(loc, f"{code}: {key} is longer than {limit} octets")
        if not (entry[key].isascii() and entry[key].isprintable()):
            raise Refusal(loc, f"{code}: {key} has a character that cannot be printed as ASCII")
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", entry["name"]):
        raise Refusal(loc, f'{code}: "{entry["name"]}" is no name: expected small letters, '
                           "digits and dashes")
    if not all(isinstance(rule, str) for rule in entry["rules"]):
        raise Refusal(loc, f"{code}: rules is no list of strings")
    if not re.fullmatch(r"[A-Z_]*", str(entry.get("tolerance", ""))):
        raise Refusal(loc, f"{code}: tolerance is no name of an SPNEGO_TOLERATE_* bit")
    return Finding(code, entry["name"], entry["severity"], entry["text"], entry["source"],
                   tuple(entry["rules"]), entry.get("tolerance", ""), loc)


def unique_names(found):
    names = {}
    for finding in found.values():
        if finding.name in names:
            raise Refusal(finding.loc, f"{finding.code} has the name of {names[finding.name]}: "
                                       f"{finding.name}")
        names[finding.name] = finding.code
