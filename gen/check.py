"""What must hold in the IR before anything is written.

The front ends know notation; this knows meaning.  Sizes and offsets that the
schema writes out are computed again here.
"""

from dataclasses import replace

from . import ir
from .source import Refusal

MAX_NAME = 23  # octets in struct spnego_desc
MAX_SOURCE = 31


def check(module, findings):
    """Returns the module with sizes filled in, or raises a Refusal."""
    unique(module.types, "type")
    unique(module.constants, "name")
    module = replace(module, types=tuple(fill_sizes(module, t) for t in module.types))
    if module.header:
        module = replace(module, header=fill_sizes(module, module.header))
    for found in module.types + ((module.header,) if module.header else ()):
        check_type(module, found, findings)
    check_messages(module)
    return module


def unique(items, what):
    seen = {}
    for item in items:
        if item.name in seen:
            raise Refusal(item.loc, f"a second {what} {item.name}: the first is in line "
                                    f"{seen[item.name].loc.line}")
        seen[item.name] = item


def short(loc, text, limit):
    if len(text) > limit:
        raise Refusal(loc, f'"{text}" is longer than the {limit} octets that a description has')


def fill_sizes(module, found):
    """Fields whose type is an enumeration or a structure get its size."""
    if not isinstance(found, ir.Struct) or not found.size:
        return found
    fields = tuple(sized(module, field) for field in found.fields)
    if not isinstance(found, ir.Message):
        return replace(found, fields=fields)
    layouts = tuple(replace(x, fields=tuple(sized(module, f) for f in x.fields))
                    for x in found.layouts)
    return replace(found, fields=fields, layouts=layouts)


def sized(module, field):
    if field.type in ir.BUILTINS:
        return field
    found = module.find(field.type)
    if isinstance(found, ir.Enum):
        return replace(field, encoding=ir.At(field.encoding.offset, found.width))
    if isinstance(found, ir.Struct) and found.size and not isinstance(found, ir.Message):
        return replace(field, encoding=ir.At(field.encoding.offset, found.size))
    raise Refusal(field.loc, f"{field.type} is no type that a field can have here")


def check_type(module, found, findings):
    short(found.loc, found.name, MAX_NAME)
    short(found.loc, found.cite, MAX_SOURCE)
    if isinstance(found, (ir.Enum, ir.Flags)):
        check_values(found)
    if isinstance(found, ir.ListOf) and ir.kind_of(module, found.element) not in ("OID", "OCTETS",
                                                                                  "TEXT"):
        raise Refusal(found.loc, f"SEQUENCE OF {found.element} is outside the subset of ASN.1 "
                                 "that is compiled here (asn1/README.md)")
    if isinstance(found, (ir.Struct, ir.Choice)):
        unique([f for f in found.fields if f.type != ir.PAD], "field")
        for field in found.fields:
            short(field.loc, field.name, MAX_NAME)
        if found.fields and isinstance(found.fields[0].encoding, ir.Tlv):
            check_tags(found)
        else:
            check_offsets(found.fields, first_offset(module, found), found.size, found)
            check_rules(module, found, findings)


def check_values(found):
    unique(found.values, "value")
    numbers = {}
    for value in found.values:
        short(value.loc, value.name, MAX_NAME)
        if value.number in numbers:
            raise Refusal(value.loc, f"{value.name} has the number {value.number} of "
                                     f"{numbers[value.number]}")
        numbers[value.number] = value.name
        if isinstance(found, ir.Flags) and value.number > 31:
            raise Refusal(value.loc, f"bit {value.number}: at most 32 bits have names")
    if isinstance(found, ir.Enum) and found.closed and sorted(numbers) != list(
            range(min(numbers, default=0), min(numbers, default=0) + len(numbers))):
        raise Refusal(found.loc, f"the numbers of {found.name}, which is closed, have a gap")


def check_tags(found):
    """DER: tags differ, and a SEQUENCE's fields come in ascending order here."""
    last = None
    for field in found.fields:
        number = field.encoding.number
        if last and number == last.encoding.number:
            raise Refusal(field.loc, f"{field.name} has the tag [{number}] of {last.name}")
        if last and number < last.encoding.number:
            raise Refusal(field.loc, f"{field.name} [{number}] stands behind {last.name} "
                                     f"[{last.encoding.number}]: fields are in ascending order")
        last = field


def first_offset(module, found):
    return module.header.size if isinstance(found, ir.Message) and module.header else 0


def check_offsets(fields, start, size, found):
    at = start
    for field in fields:
        if field.encoding.offset != at:
            raise Refusal(field.loc, f"{field.name} stands at @{field.encoding.offset}, but the "
                                     f"field before it ends at @{at}")
        at += field.encoding.size
    if at != size:
        raise Refusal(found.loc, f"{found.name} says {size} octets, but its fields end at @{at}")


def check_rules(module, found, findings):
    for field in found.fields:
        rule = field.rule
        if rule and rule.code not in findings:
            raise Refusal(field.loc, f"{rule.code} is not in runtime/findings.toml")
        if rule and isinstance(rule.want, str) and len(rule.want) != field.count:
            raise Refusal(field.loc, f'"{rule.want}" has {len(rule.want)} octets, not '
                                     f"{field.count}")
        known = module.find(field.type)
        closed = isinstance(known, ir.Enum) and known.closed
        if closed and not rule:
            raise Refusal(field.loc, f'{field.type} is closed: expected "else malformed SPNnnnn"')
        if field.holds:
            check_holds(module, found, field)
        if field.type == "vector" and field.element != "guid":
            element = module.find(field.element)
            if not isinstance(element, ir.Struct) or isinstance(element, ir.Message):
                raise Refusal(field.loc, f"{field.element} is no structure of this schema")


def check_holds(module, found, field):
    other = next((f for f in found.fields if f.name == field.holds.field), None)
    values = module.find(other.type) if other else None
    if not isinstance(values, ir.Enum):
        raise Refusal(field.loc, f"{field.holds.field} is no enumeration in {found.name}")
    if field.holds.value not in [v.name for v in values.values]:
        raise Refusal(field.loc, f"{field.holds.value} is no value of {values.name}")
    if not isinstance(module.find(field.holds.type), ir.Struct):
        raise Refusal(field.loc, f"{field.holds.type} is no structure of this schema")


def check_messages(module):
    """Each message type has one message; each layout fits one message."""
    taken = {}
    types = {v.name for t in module.types if isinstance(t, ir.Enum) for v in t.values}
    for message in module.messages:
        if not module.header:
            raise Refusal(message.loc, "a message without a header: the schema has none")
        for kind in message.kinds:
            if kind not in types:
                raise Refusal(message.loc, f"{kind} is no message type")
            if kind in taken:
                raise Refusal(message.loc, f"{kind} is the type of {taken[kind]} already")
            taken[kind] = message.name
        check_unpadded(message)
        for layout in message.layouts:
            check_layout(message, layout)


def check_unpadded(message):
    last = message.fields[-1]
    if message.unpadded not in (message.size,
                                last.encoding.offset if last.type == ir.PAD else message.size):
        raise Refusal(message.loc, f"{message.name} has no padding from @{message.unpadded} to "
                                   f"@{message.size}")


def check_layout(message, layout):
    fields = {f.name: f for f in message.fields if f.type != ir.PAD}
    for field in layout.fields:
        like = fields.get(field.name)
        if field.type != ir.PAD and (like is None or like.type != field.type
                                     or like.element != field.element):
            raise Refusal(field.loc, f"{message.name} has no such field {field.name}")
    check_offsets(layout.fields, layout.fields[0].encoding.offset, message.size, layout)
