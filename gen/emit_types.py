"""Public headers: the C structs that tokens are decoded to."""

from . import ir
from .cfile import call, comment, header, indent
from .names import camel, constant, ctype, snake, upper

SLICE = "struct spnego_slice"


def emit(module, constants=None):
    """The text of spnego/token.h or spnego/negoex.h.

    `constants` has the known object identifiers, if they are of another module.
    """
    known = constants or module
    body = known_names(known) if known.constants else []
    if module.header:
        body += guid_type(module)
    for found in ir.dependencies_first(module):
        body += emit_type(module, found)
    if module.header:
        body += message_type(module)
    if module.decode_only:
        body += decoders(module)
        about = f"inspect/{module.stem}.h: {module.name}.  Generated from {module.file}: edit that."
        return header(f"INSPECT_{module.stem.upper()}_H", about, ['"spnego/base.h"'], body)
    name = "negoex" if module.header else "token"
    about = (f"spnego/{name}.h: {module.name}.  Generated from {module.file}: edit that.  "
             "The functions are in spnego/codec.h.")
    return header(f"SPNEGO_{name.upper()}_H", about, ['"spnego/base.h"'], body)


def decoders(module):
    """The functions of a module that is only read: one a type that is no part of another."""
    lines = comment("Each reads one message, which must fill `in`.  Slices in `*out` point into "
                    "`in`.  Returns SPNEGO_OK, SPNEGO_E_MALFORMED or SPNEGO_E_LIMIT; `*out` is "
                    "good only if SPNEGO_OK.")
    for found in roots(module):
        lines += [*comment(f"{found.name}.  {found.cite}."), "SPNEGO_MUST_USE enum spnego_status",
                  *decode_signature(module, found, ";")]
    return [*lines, ""]


def roots(module):
    """The structures that no other type of the module has inside."""
    inside = {name for t in module.types for name in
              (getattr(t, "element", ""), getattr(t, "target", ""),
               *(f.type for f in getattr(t, "fields", ())))}
    return [t for t in module.types
            if isinstance(t, (ir.Struct, ir.Tagged)) and t.name not in inside]


def decode_signature(module, found, after=""):
    struct = found.target if isinstance(found, ir.Tagged) else found.name
    return call(f"{ctype(module, found.name)}_decode",
                [f"struct {ctype(module, struct)} *out", f"{SLICE} in",
                 "const struct spnego_decode_opts *opts"], after)


def known_names(module):
    """An enum of the known object identifiers or GUIDs."""
    what = "scheme" if module.header else "mech"
    prefix = f"{module.prefix.upper()}_{what.upper()}"
    about = "AUTH_SCHEMEs" if module.header else "mechanisms"
    lines = comment(f"The {about} that have a name.  spnego/names.h.")
    lines += [f"enum {module.prefix}_{what} {{", f"    {prefix}_UNKNOWN = 0,"]
    for number, known in enumerate(module.constants, 1):
        comma = "," if number < len(module.constants) else ""
        lines.append(f"    {prefix}_{upper(known.name)} = {number}{comma} /* {known.text} */")
    return [*lines, "};", ""]


def guid_type(module):
    return [
        *comment("A negoex_guid is a GUID in wire order: its first three parts are "
                 "little-endian.  Source: [MS-DTYP] 2.3.4."),
        f"struct {module.prefix}_guid {{", "    uint8_t octets[16];", "};", "",
        *vector_type(module, "guid"),
    ]


def about_type(module, found, more=""):
    name = ctype(module, found.name)
    doc = f"  {found.doc}" if found.doc else ""
    return comment(f"{name}: {found.name}.{doc}{more}  Source: {found.cite}.")


def emit_type(module, found):
    if isinstance(found, ir.Enum):
        return enum_type(module, found)
    if isinstance(found, ir.Flags):
        return flags_type(module, found)
    if isinstance(found, ir.ListOf):
        return list_type(module, found)
    if isinstance(found, ir.Choice):
        return choice_type(module, found)
    if isinstance(found, ir.Struct):
        vectors = vector_type(module, found.name) if is_element(module, found) else []
        return struct_type(module, found) + vectors
    return []


def is_element(module, found):
    return any(field.element == found.name for other in module.types
               for field in getattr(other, "fields", ()))


def enum_type(module, found):
    more = "" if found.closed else "  An open set: values without a name are kept."
    lines = [*about_type(module, found, more), f"enum {ctype(module, found.name)} {{"]
    for number, value in enumerate(found.values, 1):
        comma = "," if number < len(found.values) else ""
        text = f"0x{value.number:08x}u" if value.number > 0x7FFFFFFF else value.number
        lines.append(f"    {constant(module, found.name, value.name)} = {text}{comma}")
    if found.values and max(v.number for v in found.values) > 0x7FFFFFFF:
        return open_constants(module, found)
    return [*lines, "};", ""]


def open_constants(module, found):
    """An enum of C99 holds ints; these do not fit one."""
    lines = about_type(module, found, "  An open set: values without a name are kept.")
    for value in found.values:
        lines.append(f"#define {constant(module, found.name, value.name)} {value.number:#x}u")
    return [*lines, ""]


def flags_type(module, found):
    lines = about_type(module, found)
    for value in found.values:
        name = constant(module, found.name, value.name)
        lines.append(f"#define {name} {1 << value.number:#04x}u /* bit {value.number} */")
    return [*lines, ""]


def list_type(module, found):
    name = ctype(module, found.name)
    if module.decode_only:
        return read_list_type(module, found)
    return [
        *about_type(module, found),
        "/* `der` is the whole list as it stood on the wire, tag and length included: the octets",
        " * that a mechListMIC covers (RFC 4178 5).  To encode a list that was not decoded, set",
        " * `items` and `count`; with `items` NULL the octets in `der` are written as they are. */",
        f"struct {name} {{",
        f"    {SLICE} der;",
        f"    const {SLICE} *items;",
        "    size_t count;",
        "};",
        "",
        f"/* {name}_next steps through `list`.  Start with `*pos` 0.",
        " *",
        " * Borrows: `*item` (contents octets, no tag) points into `list`.",
        " * Returns: false behind the last one; a list that was decoded cannot fail. */",
        *call(f"SPNEGO_API bool {name}_next",
              [f"{SLICE} *item", "size_t *pos", f"const struct {name} *list"]),
        "",
    ]


def read_list_type(module, found):
    name = ctype(module, found.name)
    return [
        *about_type(module, found, "  `der` is the whole list, with tag and length."),
        f"struct {name} {{", f"    {SLICE} der;", "    size_t count;", "};", "",
        *comment(f"{name}_next steps through `list`.  Start with `*pos` 0.  Returns false behind "
                 "the last one; a list that was decoded cannot fail."),
        *next_signature(module, found, ";"), "",
    ]


def next_signature(module, found, after=""):
    name = ctype(module, found.name)
    return call(f"bool {name}_next" if after else f"{name}_next",
                [f"{element_type(module, found.element)} *item", "size_t *pos",
                 f"const struct {name} *list"], after)


def element_type(module, element):
    """The C type of what a list holds."""
    kind = ir.kind_of(module, element)
    if kind == "STRUCT":
        return f"struct {ctype(module, element)}"
    return SLICE if kind in ("OCTETS", "TEXT") else "int64_t"


def choice_type(module, found):
    if found.extends:
        return []
    name = ctype(module, found.name)
    fields = alternatives(module, found)
    lines = about_type(module, found)
    lines.append(f"enum {name}_kind {{")
    for number, field in enumerate(fields, 1):
        comma = "," if number < len(fields) else ""
        lines.append(f"    {constant(module, found.name, field.name)}{comma}")
    lines += ["};", f"struct {name} {{", f"    enum {name}_kind kind;", "    union {"]
    lines += [f"        struct {ctype(module, f.type)} {snake(f.name)};" for f in fields]
    return [*lines, "    } u;", "};", ""]


def alternatives(module, found):
    """A CHOICE's own alternatives and those of CHOICEs that extend it."""
    extra = [f for other in module.types if isinstance(other, ir.Choice)
             and other.extends == found.name for f in other.fields]
    return [*found.fields, *extra]


def is_constant(field):
    """Does the schema prescribe the one value, so that a struct need not hold it?"""
    return field.type == ir.PAD or (field.rule and field.rule.want is not None)


def struct_type(module, found):
    name = ctype(module, found.name)
    lines = about_type(module, found)
    layouts = getattr(found, "layouts", ())
    if layouts:
        names = ["aligned", *[layout.name for layout in layouts]]
        lines = [f"enum {name}_layout {{",
                 *(f"    {upper(module.prefix)}_LAYOUT_{upper(n)}{',' * (n != names[-1])}"
                   for n in names), "};", "", *lines]
    lines.append(f"struct {name} {{")
    if layouts:
        lines.append(f"    enum {name}_layout layout; /* as read; aligned is written */")
    for field in found.fields:
        lines += indent(above_if_long(member(module, field)))
    return [*lines, "};", ""]


def above_if_long(lines):
    """A comment stands beside its member, or above it where there is no room."""
    moved = []
    for line in lines:
        code, mark, doc = line.partition(" /* ")
        moved += [*comment(doc.removesuffix(" */")), code] if mark and len(line) > 84 else [line]
    return moved


def member(module, field):
    """The lines that declare one field, with its schema comment."""
    if is_constant(field):
        return []
    name, doc = snake(field.name), f" /* {field.doc} */" if field.doc else ""
    kind = ir.kind_of(module, field.type)
    lines = [f"bool has_{name};"] if field.optional else []
    if field.type == "octets":
        return [f"uint8_t {name}[{field.count}];{doc}"]
    if field.type == "guid":
        return [f"struct {module.prefix}_guid {name};{doc}"]
    if field.type == "vector":
        return [f"struct {module.prefix}_{snake(field.element)}_vector {name};{doc}"]
    if kind in ("OID", "OCTETS", "TEXT"):
        lines.append(f"{SLICE} {name};{doc}")
    elif kind == "INT" and module.decode_only:
        lines.append(f"int64_t {name};{doc}")
    elif kind == "INT":
        lines.append(f"uint{8 * field.encoding.size}_t {name};{doc}")
    elif kind == "FLAGS":
        lines.append(f"uint32_t {name}; /* {module.prefix.upper()}_{upper(field.type)}_* */")
    elif kind == "ENUM":
        lines.append(enum_member(module, field, name))
    else:
        lines.append(f"struct {ctype(module, field.type)} {name};{doc}")
    if field.holds:
        held = snake(field.holds.type)
        lines += [f"bool has_{held}; /* {camel(field.name)} holds one */",
                  f"struct {ctype(module, field.holds.type)} {held};"]
    return lines


def enum_member(module, field, name):
    found = module.find(field.type)
    if found.closed:
        return f"enum {ctype(module, found.name)} {name};"
    if module.decode_only:
        return f"int64_t {name}; /* {module.prefix.upper()}_{upper(found.name)}_* */"
    return f"uint{8 * found.width}_t {name}; /* {module.prefix.upper()}_{upper(found.name)}_* */"


def vector_type(module, element):
    name = f"{module.prefix}_{snake(element)}_vector"
    item = f"struct {module.prefix}_{snake(element)}"
    return [
        *comment(f"{name}: `count` elements, checked, `offset` octets from the start of `message`.  "
                 "To encode a vector that was not decoded, set `items` and `count`."),
        f"struct {name} {{",
        f"    const {item} *items;",
        f"    {SLICE} message;",
        "    uint32_t offset;",
        "    uint32_t count;",
        "};",
        "",
        f"/* {name}_at copies element `i`.",
        " *",
        " * Borrows: slices in `*out` point where those of the vector do.",
        " * Returns: false behind the last one; a vector that was decoded cannot fail. */",
        *call(f"SPNEGO_API bool {name}_at",
              [f"{item} *out", f"const struct {name} *vector", "size_t i"]),
        "",
    ]


def message_type(module):
    """The header and the union of all messages."""
    name = f"{module.prefix}_message"
    lines = [
        *struct_type(module, module.header),
        f"/* {name}: one message.  `raw` is all its octets: what a transcript keeps.  The member",
        " * of `u` goes with `header.message_type`. */",
        f"struct {name} {{",
        f"    struct {ctype(module, module.header.name)} header;",
        f"    {SLICE} raw;",
        "    union {",
    ]
    for message in module.messages:
        lines.append(f"        struct {ctype(module, message.name)} {snake(message.name)};")
    return [*lines, "    } u;", "};", ""]
