"""What must hold in the IR before anything is written.

The front ends know notation; this knows meaning.  Sizes and offsets that the
schema writes out are computed again here.
"""

from dataclasses import replace

from . import ir
from .names import snake
from .source import Refusal

MAX_NAME = 23  # octets in struct spnego_desc
MAX_SOURCE = 31
MAX_VALUE_NAME = 47  # in the tables of modules that are only read


def check(module, findings):
    """Returns the module with sizes filled in, or raises a Refusal."""
    unique(module.types + ((module.header,) if module.header else ()), "type")
    unique(module.constants, "name")
    module = replace(module, types=tuple(fill_sizes(module, t) for t in module.types))
    if module.header:
        module = replace(module, header=fill_sizes(module, module.header))
    for found in module.types + ((module.header,) if module.header else ()):
        check_type(module, found, findings)
    check_messages(module)
    return module


# Words that C99 or C++11 keep for themselves, and what the tables use.
RESERVED = frozenset("""alignas alignof and asm auto bitand bitor bool break case catch char class
    compl const constexpr continue decltype default delete do double else enum explicit export
    extern false float for friend goto if inline int long mutable namespace new noexcept not
    nullptr operator or private protected public register reinterpret restrict return self short
    signed sizeof static struct switch template this throw true try typedef typeid typename union
    unsigned using virtual void volatile while xor""".split())


def check_field_names(found):
    """Names become members of C structs: no keywords, none twice."""
    members = {}
    for field in found.fields:
        if field.type == ir.PAD:
            continue
        name = snake(field.name)
        if name in RESERVED or field.name in RESERVED:
            raise Refusal(field.loc, f"{field.name} is a word that C, C++ or the tables keep for "
                                     "themselves")
        for member in [name, *([f"has_{name}"] if field.optional else [])]:
            if member in members:
                raise Refusal(field.loc, f"{field.name} and {members[member]} would both be "
                                         f"{member} in C")
            members[member] = field.name


def check_cycles(module, found, above=()):
    """A structure cannot be inside itself: C has no room for it."""
    for field in getattr(found, "fields", ()):
        inner = module.find(field.type)
        if inner is found or (inner and inner.name in above):
            raise Refusal(field.loc, f"{inner.name} would be inside itself")
        if isinstance(inner, ir.Struct):
            check_cycles(module, inner, (*above, found.name))


def unique(items, what):
    seen = {}
    for item in items:
        name = snake(item.name)  # two names that are one in C are one
        if name in seen:
            raise Refusal(item.loc, f"a second {what} {item.name}: the first is in line "
                                    f"{seen[name].loc.line}")
        seen[name] = item


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
    if not module.decode_only:
        short(found.loc, found.cite, MAX_SOURCE)
    if isinstance(found, (ir.Enum, ir.Flags)):
        check_values(found, MAX_VALUE_NAME if module.decode_only else MAX_NAME)
    if isinstance(found, ir.ListOf) and not may_list(module, found.element):
        raise Refusal(found.loc, f"SEQUENCE OF {found.element} is outside the subset of ASN.1 "
                                 "that is compiled here (asn1/README.md)")
    if isinstance(found, ir.Tagged) and not isinstance(module.find(found.target), ir.Struct):
        raise Refusal(found.loc, f"{found.target} is no SEQUENCE: what [APPLICATION "
                                 f"{found.application}] stands around must be one")
    if isinstance(found, ir.Choice):
        check_choice(module, found)
    if isinstance(found, (ir.Struct, ir.Choice)):
        if not found.fields:
            raise Refusal(found.loc, f"{found.name} has no fields")
        unique([f for f in found.fields if f.type != ir.PAD], "field")
        check_field_names(found)
        check_cycles(module, found)
        for field in found.fields:
            short(field.loc, field.name, MAX_NAME)
            short(field.loc, f"{field.type}({field.element})" if field.element else "", MAX_NAME)
        if found.fields and isinstance(found.fields[0].encoding, ir.Tlv):
            check_tags(found)
        else:
            check_offsets(found.fields, first_offset(module, found), found.size, found)
            check_rules(module, found, found.fields, findings)
            for layout in getattr(found, "layouts", ()):
                check_rules(module, found, layout.fields, findings)
                known_code(layout.loc, layout.code, findings)


def may_list(module, element):
    """Is there code for a SEQUENCE OF these?"""
    if not module.decode_only:
        return ir.kind_of(module, element) == "OID"
    closed = isinstance(module.find(element), ir.Enum) and module.find(element).closed
    return ir.kind_of(module, element) in ("OCTETS", "TEXT", "INT", "ENUM", "STRUCT") and not closed


def known_code(loc, code, findings):
    if code not in findings:
        raise Refusal(loc, f"{code} is not in runtime/findings.toml")


def check_choice(module, found):
    """Alternatives are structures; what extends a CHOICE shares its tags."""
    base = module.find(found.extends) if found.extends else found
    if not isinstance(base, ir.Choice):
        raise Refusal(found.loc, f"{found.name} extends {found.extends}, which is no CHOICE here")
    for field in found.fields:
        if not isinstance(module.find(field.type), ir.Struct):
            raise Refusal(field.loc, f"{field.name} is no SEQUENCE: an alternative must be one")
        if field.encoding.number not in [f.encoding.number for f in base.fields]:
            raise Refusal(field.loc, f"{base.name} has no alternative with the tag "
                                     f"[{field.encoding.number}]")


def check_values(found, longest):
    unique(found.values, "value")
    numbers = {}
    for value in found.values:
        short(value.loc, value.name, longest)
        if value.number in numbers:
            raise Refusal(value.loc, f"{value.name} has the number {value.number} of "
                                     f"{numbers[value.number]}")
        numbers[value.number] = value.name
        if isinstance(found, ir.Flags) and value.number > 31:
            raise Refusal(value.loc, f"bit {value.number}: at most 32 bits have names")
        if isinstance(found, ir.Enum) and value.number >= 256 ** found.width // 2 ** is_der(found):
            raise Refusal(value.loc, f"{value.number} does not fit into {found.width} octets")
    if isinstance(found, ir.Enum) and found.closed:
        first = 0 if is_der(found) else found.values[0].number
        if list(numbers) != list(range(first, first + len(numbers))):
            raise Refusal(found.loc, f"the numbers of {found.name}, which is closed, do not count "
                                     f"up from {first}")


def is_der(found):
    """ENUMERATED has one octet, and that is signed; no width of the schema is one."""
    return found.width == 1


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


def check_rules(module, found, fields, findings):
    for field in fields:
        rule = field.rule
        check_value(module, found, field)
        if rule:
            known_code(field.loc, rule.code, findings)
        known = module.find(field.type)
        closed = isinstance(known, ir.Enum) and known.closed
        if rule and rule.want is None and not closed:
            raise Refusal(field.loc, f'"else" alone is for a closed enumeration, not {field.type}')
        if closed and not rule:
            raise Refusal(field.loc, f'{field.type} is closed: expected "else malformed SPNnnnn"')
        if field.holds:
            check_holds(module, found, field)
        if field.type == "vector" and field.element != "guid":
            element = module.find(field.element)
            if not isinstance(element, ir.Struct) or isinstance(element, ir.Message):
                raise Refusal(field.loc, f"{field.element} is no structure of this schema")


def check_value(module, found, field):
    """What a field must be or is written as fits its type."""
    want = field.writes
    if isinstance(want, str) and want in ("header-size", "message-size"):
        if found is not module.header:
            raise Refusal(field.loc, f"{want} stands in the header of all messages only")
    elif isinstance(want, str):
        if field.type != "octets" or "\\" in want or "?" in want:
            raise Refusal(field.loc, f'"{want}" is no value of {field.type}')
        if len(want) != field.count:
            raise Refusal(field.loc, f'"{want}" has {len(want)} octets, not {field.count}')
    elif want is not None and (ir.kind_of(module, field.type) not in ("INT", "ENUM")
                               or want >= 256 ** field.encoding.size):
        raise Refusal(field.loc, f"{want} is no value of {field.type}")


def check_holds(module, found, field):
    other = next((f for f in found.fields if f.name == field.holds.field), None)
    values = module.find(other.type) if other else None
    if not isinstance(values, ir.Enum):
        raise Refusal(field.loc, f"{field.holds.field} is no enumeration in {found.name}")
    if field.holds.value not in [v.name for v in values.values]:
        raise Refusal(field.loc, f"{field.holds.value} is no value of {values.name}")
    held = module.find(field.holds.type)
    if not isinstance(held, ir.Struct) or isinstance(held, ir.Message):
        raise Refusal(field.loc, f"{field.holds.type} is no structure of this schema")


def check_messages(module):
    """Each message type has one message; each layout fits one message."""
    taken = {}
    for message in module.messages:
        if not module.header:
            raise Refusal(message.loc, "a message without a header: the schema has none")
    types = check_header(module) if module.header else {}
    for message in module.messages:
        for kind in message.kinds:
            if kind not in types:
                raise Refusal(message.loc, f"{kind} is no message type")
            if kind in taken:
                raise Refusal(message.loc, f"{kind} is the type of {taken[kind]} already")
            taken[kind] = message.name
        check_unpadded(message)
        for layout in message.layouts:
            check_layout(message, layout)
    for name in types:
        if name not in taken:
            raise Refusal(types[name].loc, f"no message is for {name}")


def check_header(module):
    """The fields that the codec of all messages needs.  Returns the message types."""
    fields = {f.name: f for f in module.header.fields}
    for name, writes in (("message-type", None), ("header-length", "header-size"),
                         ("message-length", "message-size")):
        if name not in fields or (writes and fields[name].writes != writes):
            raise Refusal(module.header.loc, f"{module.header.name} has no {name}"
                          + (f" that writes {writes}" if writes else ""))
    types = module.find(fields["message-type"].type)
    if not isinstance(types, ir.Enum):
        raise Refusal(fields["message-type"].loc, "message-type is no enumeration")
    return {v.name: v for v in types.values}


def check_unpadded(message):
    last = message.fields[-1]
    if message.unpadded not in (message.size,
                                last.encoding.offset if last.type == ir.PAD else message.size):
        raise Refusal(message.loc, f"{message.name} has no padding from @{message.unpadded} to "
                                   f"@{message.size}")


def check_layout(message, layout):
    if layout is not message.layouts[0]:
        raise Refusal(layout.loc, f"{message.name} has a layout already: "
                                  f"{message.layouts[0].name}")
    if layout.test.size > 8:
        raise Refusal(layout.loc, f"a layout is told by at most 8 octets, not {layout.test.size}")
    start = layout.fields[0].encoding.offset
    fields = {f.name: f for f in message.fields if f.type != ir.PAD}
    for name, field in fields.items():
        if field.encoding.offset >= start and name not in [f.name for f in layout.fields]:
            raise Refusal(layout.loc, f"{layout.name} leaves out {name}")
    for field in layout.fields:
        like = fields.get(field.name)
        if field.type != ir.PAD and (like is None or like.type != field.type
                                     or like.element != field.element):
            raise Refusal(field.loc, f"{message.name} has no such field {field.name}")
    check_offsets(layout.fields, layout.fields[0].encoding.offset, message.size, layout)
