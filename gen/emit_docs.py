"""Documentation of layouts, as Markdown."""

from . import ir
from .names import camel, snake

TITLES = {"kerberos": "Kerberos", "iakerb": "IAKERB", "pku2u": "PKU2U"}


def emit_module(module):
    """Every type: its fields, where they stand, what they mean, where that is written."""
    about = TITLES.get(module.stem, "SPNEGO")
    title = "NegoEx, octet by octet" if module.header else f"{about}, field by field"
    lines = [f"# {title}", "", f"Generated from `{module.file}`; edit that and run `make gen`.", ""]
    for found in (*([module.header] if module.header else []), *module.types):
        lines += [f"## {found.name}", ""]
        lines += [found.doc, ""] if found.doc else []
        lines += [f"Source: {found.cite}.  C: `{module.prefix}_{snake(found.name)}`.", ""]
        if isinstance(found, (ir.Enum, ir.Flags)):
            lines += values_table(found)
        elif isinstance(found, ir.Tagged):
            lines += [f"[APPLICATION {found.application}] {found.target}.", ""]
        elif isinstance(found, (ir.Struct, ir.Choice)):
            lines += fields_of(found)
        elif isinstance(found, ir.ListOf):
            least = "one or more" if found.at_least else "any number of"
            lines += [f"A SEQUENCE OF {least} {found.element}.", ""]
        else:
            lines += [f"An {found.target}.", ""]
        for layout in getattr(found, "layouts", ()):
            lines += [f"### {found.name}, {layout.name}", "", layout.doc, "",
                      f"Source: {layout.cite}.", "", *fixed_table(layout.fields)]
    lines += constants_table(module)
    return "\n".join(lines).rstrip("\n") + "\n"


def values_table(found):
    what = "Value" if isinstance(found, ir.Enum) else "Bit"
    rows = [f"| {value.number} | `{value.name}` |" for value in found.values]
    return [f"| {what} | Name |", "|---|---|", *rows, ""]


def fields_of(found):
    if found.fields and isinstance(found.fields[0].encoding, ir.At):
        size = f"{found.size} octets before the payload" if isinstance(found, ir.Message) else \
            f"{found.size} octets"
        if isinstance(found, ir.Message) and found.unpadded != found.size:
            size += f"; {found.unpadded} from writers that leave the padding out"
        kinds = f"Types: {', '.join(found.kinds)}.  " if isinstance(found, ir.Message) else ""
        return [f"{kinds}{size[0].upper()}{size[1:]}.", "", *fixed_table(found.fields)]
    tag = getattr(found, "application", None)
    around = [f"[APPLICATION {tag}] stands around it.", ""] if tag is not None else []
    rows = [f"| [{f.encoding.number}] | `{f.name}` | {f.type} | "
            f"{'optional' if f.optional else 'mandatory'} | {f.doc} |" for f in found.fields]
    more = ["Further fields may follow (`...`).", ""] if getattr(found, "extensible", False) else []
    return [*around, "| Tag | Field | Type | Presence | Meaning |", "|---|---|---|---|---|", *rows,
            "", *more]


def fixed_table(fields):
    rows = []
    for field in fields:
        name = "" if field.type == ir.PAD else f"`{camel(field.name)}`"
        kind = "padding, zero" if field.type == ir.PAD else field.text.partition(":")[2].strip()
        rows.append(f"| {field.encoding.offset} | {field.encoding.size} | {name} | {kind} "
                    f"| {field.doc} |")
    return ["| Offset | Size | Field | Type | Meaning |", "|---|---|---|---|---|", *rows, ""]


def constants_table(module):
    if not module.constants:
        return []
    rows = [f"| {c.title} | `{c.text}` | {c.doc} | {c.cite} |" for c in module.constants]
    return ["## Known values", "", "| Name | Value | Meaning | Source |", "|---|---|---|---|",
            *rows, ""]
