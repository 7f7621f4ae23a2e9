"""The manual page: docs/spnego-check.1.in with all findings in the place of @FINDINGS@."""

from .emit_findings import grouped
from .source import Loc, Refusal

PLACE = "@FINDINGS@"


def emit(manual, findings):
    """The text of spnego-check.1."""
    if manual.lines.count(PLACE) != 1:
        raise Refusal(Loc(manual.file, len(manual.lines), 1),
                      f"expected one line {PLACE}, where the findings go")
    at = manual.lines.index(PLACE)
    made = [r'.\" Generated from docs/spnego-check.1.in and runtime/findings.toml: edit those.']
    return "\n".join([*made, *manual.lines[:at], *section(findings), *manual.lines[at + 1:]])


def section(findings):
    lines = []
    for about, members in grouped(findings):
        lines.append(f".SS {members[0].code[3]}xxx: {roff(about)}")
        for found in members:
            lines += [".TP", f".BR {found.code} \\ ({roff(found.name)})",
                      roff(found.title), f"({severity(found)})."]
    return lines


def severity(found):
    return f"{found.severity}, or warning where tolerated" if found.tolerance else found.severity


def roff(text):
    """Text in which roff finds nothing to obey."""
    text = text.replace("\\", r"\e").replace("-", r"\-")
    return r"\&" + text if text.startswith((".", "'")) else text
