"""The registry of findings as C: an enum for code, a table for people."""

import re

from .cfile import comment, header, source
from .names import finding

MARK = "Generated from runtime/findings.toml: edit that."
GROUPS = {  # by the first digit of a code
    "1": "framing and DER",
    "2": "SPNEGO tokens",
    "3": "the layout of NegoEx messages",
    "4": "the meaning of NegoEx messages",
    "5": "a negotiation or a recorded conversation",
    "6": "mechanism tokens",
    "7": "what keys show",
    "8": "carriers: HTTP, SMB, DCE/RPC",
}


def emit_header(findings):
    """The text of spnego/findings.h."""
    groups = ", ".join(f"{digit}xxx {about}" for digit, about in GROUPS.items())
    body = [*comment(f"A spnego_finding_code is permanent: {groups}."),
            "enum spnego_finding_code {"]
    last = list(findings)[-1]
    for entry in findings.values():
        comma = "" if entry.code == last else ","
        body.append(f"    {finding(entry.code, entry.name)} = {entry.number}{comma}")
    body += [
        "};", "",
        "/* spnego_finding_format writes what `finding` says, with its numbers filled in.",
        " *",
        " * Units:   `cap` and the result are octets, the terminator not counted.",
        " * Returns: the length that the whole text needs, like snprintf. */",
        "SPNEGO_API size_t spnego_finding_format(char *out, size_t cap,",
        "                                        const struct spnego_finding *finding);", "",
        "/* What {mech}, {list}, {message} and {scheme} in a text stand for; all zero where nothing",
        " * is known. */",
        "struct spnego_subject {",
        "    struct spnego_slice mech; /* contents octets of an object identifier */",
        "    struct spnego_mech_type_list list;",
        "    const struct negoex_message *message;",
        "    const struct negoex_guid *scheme;",
        "};", "",
        "/* spnego_finding_format_about is spnego_finding_format with the subject of a",
        " * conversation filled in as well. */",
        "SPNEGO_API size_t spnego_finding_format_about(char *out, size_t cap,",
        "                                              const struct spnego_finding *finding,",
        "                                              const struct spnego_subject *subject);",
        "",
        "/* spnego_finding_source returns the section that a code goes back to, or NULL if the",
        " * code is not known. */",
        "SPNEGO_API const char *spnego_finding_source(unsigned code);", "",
        "/* spnego_finding_severity returns how much a code weighs under the tolerances in",
        " * `tolerate` (SPNEGO_TOLERATE_*). */",
        "SPNEGO_API enum spnego_severity spnego_finding_severity(unsigned code, unsigned tolerate);",
        "",
        "/* spnego_finding_code_at returns the codes in ascending order: number `i`, or 0 behind",
        " * the last. */",
        "SPNEGO_API unsigned spnego_finding_code_at(size_t i);", "",
    ]
    return header("SPNEGO_FINDINGS_H", f"spnego/findings.h: what decoders remark.  {MARK}",
                  ['"spnego/base.h"', '"spnego/negoex.h"', '"spnego/token.h"'], body)


def emit_tables(findings):
    """The texts of finding_texts.h and finding_texts.c."""
    name = "spnego_finding_texts"
    head = [*comment(f"finding_texts.h: what findings say.  {MARK}"),
            "#ifndef SPNEGO_FINDING_TEXTS_H", "#define SPNEGO_FINDING_TEXTS_H", "",
            '#include "reader.h"', "",
            "/* `tolerance` is the SPNEGO_TOLERATE_* bit that makes a warning of it, or 0. */",
            "struct spnego_finding_text {", "    uint32_t tolerance;", "    uint16_t code;",
            "    uint8_t severity;", "    char source[40];", "    char text[120];", "};",
            f"extern const struct spnego_finding_text {name}[] SPNEGO_HIDDEN;",
            f"extern const size_t {name}_count SPNEGO_HIDDEN;", "", "#endif"]
    body = [f"const struct spnego_finding_text {name}[] = {{"]
    for entry in findings.values():
        bit = f"SPNEGO_TOLERATE_{entry.tolerance}" if entry.tolerance else "0"
        body += [f"    {{{bit}, {entry.number}, SPNEGO_{entry.severity.upper()},",
                 f"     {quote(entry.source)},",
                 *("     " + piece for piece in literals(entry.text))]
        body[-1] += "},"
    body += ["};", "", f"const size_t {name}_count =",
             f"    sizeof({name}) / sizeof({name}[0]);"]
    return ("\n".join(head) + "\n", source(f"finding_texts.c: what findings say.  {MARK}",
                                           ['"finding_texts.h"'], body))


def grouped(findings):
    """(what a group is about, its findings), in the order of the codes."""
    for digit, about in GROUPS.items():
        members = [found for found in findings.values() if found.code[3] == digit]
        if members:
            yield about, members


def literals(text, width=84):
    """A string as literals that stand below each other; the blanks between stay."""
    lines = [""]
    for word in re.findall(r"\s*\S+\s*|\s+", text):
        if lines[-1] and len(lines[-1]) + len(word.rstrip()) > width:
            lines.append("")
        lines[-1] += word
    return [quote(line) for line in lines]


def quote(text):
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
