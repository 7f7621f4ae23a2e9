"""What the registry says about findings, as a table in C for spnego-check."""

from .cfile import comment, source
from .emit_findings import MARK, literals

TEXTS = ("title", "text", "why", "bad", "good", "repair", "seen")


def emit(findings):
    """The text of explanations.c; src/explain.h declares what is in it."""
    name = "explanations"
    body = [f"const struct explanation {name}[] = {{"]
    for entry in findings.values():
        body += ["    {", f"        .code = {entry.number},", *member("name", entry.name)]
        for key in TEXTS:
            body += member(key, getattr(entry, key))
        body += [*member("tolerance", entry.tolerance and f"SPNEGO_TOLERATE_{entry.tolerance}"),
                 f'        .rules = "{" ".join(entry.rules)}",', "    },"]
    body += ["};", "",
             f"const size_t {name}_count = sizeof({name}) / sizeof({name}[0]);"]
    return source(f"explanations.c: what spnego-check --explain says.  {MARK}",
                  ['"explain.h"'], body)


def member(key, text):
    """`.key = "text"`, the lines of the text below each other; nothing where there is none."""
    if not text:
        return []
    pieces = [piece for line in text.splitlines(keepends=True) for piece in literals(line, 72)]
    head = f"        .{key} = "
    lines = [head + pieces[0], *(" " * len(head) + piece for piece in pieces[1:])]
    return [*lines[:-1], lines[-1] + ","]
