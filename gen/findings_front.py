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
        if not re.fullmatch(r"SPN\d{4}", code):
            raise Refusal(loc, f'"{code}" is no code: expected SPN and four digits')
        found[code] = check_entry(code, entry, loc)
    unique_names(found)
    return found


def line_of(source, code):
    return next(n for n, line in enumerate(source.lines, 1) if line.startswith(f"[{code}]"))


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
    return Finding(code, entry["name"], entry["severity"], entry["text"], entry["source"],
                   tuple(entry["rules"]), entry.get("tolerance", ""), loc)


def unique_names(found):
    names = {}
    for finding in found.values():
        if finding.name in names:
            raise Refusal(finding.loc, f"{finding.code} has the name of {names[finding.name]}: "
                                       f"{finding.name}")
        names[finding.name] = finding.code
