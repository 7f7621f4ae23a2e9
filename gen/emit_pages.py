"""Documentation of findings, as Markdown: docs/findings/, a page each and an index."""

import re

from .emit_findings import grouped

FOLDER = "docs/findings"
SOURCE = "Generated from `runtime/findings.toml`; edit that and run `make bless`."


def emit(findings):
    """The texts by file name."""
    pages = {f"{FOLDER}/{found.code}.md": page(found) for found in findings.values()}
    return {f"{FOLDER}/README.md": index(findings), **pages}


def index(findings):
    lines = ["# Findings", "", "Everything that `spnego-check` and the library ever remark.  "
             "`spnego-check --explain CODE` prints one of these pages.", "",
             "An error breaks a MUST, a warning a SHOULD, a note is worth knowing.  "
             '"error / warning": an error, and a warning where it is tolerated.', ""]
    for about, members in grouped(findings):
        lines += [f"## {members[0].code[3]}xxx: {about}", "", "| Code | Severity | Name | Title |",
                  "|---|---|---|---|",
                  *(f"| [{found.code}]({found.code}.md) | {found.severity}"
                    f"{' / warning' if found.tolerance else ''} | `{found.name}` | "
                    f"{plain(found.title)} |" for found in members), ""]
    return "\n".join([*lines, SOURCE]) + "\n"


def page(found):
    severity = found.severity
    if found.tolerance:
        severity += f"; a warning with `SPNEGO_TOLERATE_{found.tolerance}`"
    lines = [f"# {found.code}: {plain(found.title)}", "", "| | |", "|---|---|",
             f"| Name | `{found.name}` |", f"| Severity | {severity} |",
             f"| Message | {plain(found.text)} |", f"| Source | {plain(found.source)} |"]
    if found.rules:
        lines += [f"| [Rules](../rules.md) | {' '.join(found.rules)} |"]
    examples = [("Bad", found.bad), ("Good", found.good)]
    texts = [("Repair", found.repair), ("Seen", found.seen)]
    lines += ["", *paragraphs(found.why)]
    for title, text in examples:
        lines += [f"## {title}", "", *(f"    {line}".rstrip() for line in text.split("\n")), ""]
    for title, text in texts:
        lines += [f"## {title}", "", *paragraphs(text)] if text else []
    return "\n".join([*lines, "---", "", f"{SOURCE}  [All findings](README.md)."]) + "\n"


def paragraphs(text):
    return [line for paragraph in text.split("\n") for line in (plain(paragraph), "")]


def plain(text):
    """Text in which Markdown finds nothing to format."""
    return re.sub(r"([\\`*<|])", r"\\\1", text)
