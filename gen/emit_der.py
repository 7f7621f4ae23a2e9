"""The DER codec: one function a type and direction, one statement a field."""

from . import ir
from .cfile import call, comment, function, indent, source
from .emit_types import alternatives
from .names import constant, ctype, desc, snake

STRING_TAGS = {"OCTETS": "SPNEGO_DER_OCTET_STRING", "TEXT": "SPNEGO_DER_GENERAL_STRING"}


def emit(module):
    """The texts of token_codec.h and token_codec.c."""
    exported, body = [], []
    for found in ir.dependencies_first(module):
        emitter = {ir.Struct: struct_codec, ir.ListOf: list_codec, ir.Choice: choice_codec,
                   ir.Enum: enum_codec}.get(type(found))
        if emitter and not getattr(found, "extends", ""):
            body += emitter(module, found)
            exported += prototypes(module, found)
    about = f"{{}}: the DER codec of {module.name}.  Generated from {module.file}: edit that."
    head = [*comment(about.format("token_codec.h")), "#ifndef SPNEGO_TOKEN_CODEC_H",
            "#define SPNEGO_TOKEN_CODEC_H", "", '#include "der.h"', '#include "spnego/token.h"',
            "", *exported, "#endif"]
    text = source(about.format("token_codec.c") + "  Each function has the type's definition "
                  "beside it.  A writer goes from the last field to the first: a length is known "
                  "when its contents stand.",
                  ['"token_codec.h"', '"reflect.h"'], body)
    return "\n".join(head) + "\n", text


def is_exported(found):
    return isinstance(found, (ir.ListOf, ir.Choice))


def read_name(module, found):
    stem = f"read_{snake(found.name)}"
    return f"{module.prefix}_{stem}" if is_exported(found) else stem


def write_name(module, found):
    stem = f"write_{snake(found.name)}"
    return f"{module.prefix}_{stem}" if is_exported(found) else stem


def signature(module, found, direction):
    """Return type, name and parameters, on two lines."""
    kind = "enum" if isinstance(found, ir.Enum) else "struct"
    value = f"{kind} {ctype(module, found.name)}"
    static = "" if is_exported(found) else "static "
    if direction == "read":
        args = ["struct spnego_reader *r", f"{value} *out"]
        return [f"{static}void", *call(read_name(module, found), args, after="")]
    value = value if kind == "enum" else f"const {value} *"
    args = ["struct spnego_writer *w", f"{value}in" if value.endswith("*") else f"{value} in"]
    return [f"{static}void", *call(write_name(module, found), args, after="")]


def prototypes(module, found):
    if not is_exported(found):
        return []
    lines = []
    for direction in ("read", "write"):
        first, *rest = signature(module, found, direction)
        lines += [f"{first} {rest[0]}", *("     " + line for line in rest[1:])]
        lines[-1] += ";"
    if isinstance(found, ir.Choice):
        for field in alternatives(module, found)[len(found.fields):]:
            lines += ["", *comment(f"Is the alternative that stands next {field.name}?  It has "
                                   "no tag of its own.  token.c."),
                      f"bool {holds_name(module, field)}(const struct spnego_reader *r);"]
    return [*lines, ""]


def above(found, what):
    doc = f"{found.name} ::= {what}.  {found.loc.file}:{found.loc.line}.  {found.cite}."
    return comment(doc)


def value_type(module, name):
    """The alias behind a name, or None for a type with functions of its own."""
    found = module.find(name)
    if isinstance(found, ir.Alias):
        return found.target
    return name if name in ir.BUILTINS else None


def read_value(module, name, reader, target):
    """The statement that reads one value."""
    builtin = value_type(module, name)
    kind = ir.kind_of(module, name)
    if kind == "OID":
        return call("spnego_der_oid", [f"&{reader}", f"&{target}"])
    if builtin:
        return call("spnego_der_string", [f"&{reader}", f"&{target}", STRING_TAGS[kind]])
    if kind == "FLAGS":
        named = sum(1 << v.number for v in module.find(name).values)
        return call("spnego_der_flags", [f"&{reader}", f"&{target}", f"{named:#04x}"])
    return call(read_name(module, module.find(name)), [f"&{reader}", f"&{target}"])


def write_value(module, name, value):
    builtin = value_type(module, name)
    kind = ir.kind_of(module, name)
    if kind == "OID":
        return call("spnego_der_put_oid", ["w", value])
    if builtin:
        return call("spnego_der_put_string", ["w", STRING_TAGS[kind], value])
    if kind == "FLAGS":
        return call("spnego_der_put_flags", ["w", value])
    found = module.find(name)
    return call(write_name(module, found), ["w", value if kind == "ENUM" else f"&{value}"])


def enum_codec(module, found):
    last = max(v.number for v in found.values)
    return [
        *above(found, "ENUMERATED"),
        *function(signature(module, found, "read"), [
            "uint32_t number = 0;", "",
            f"spnego_der_enumerated(r, &number, {last});",
            f"*out = (enum {ctype(module, found.name)})number;"]),
        *function(signature(module, found, "write"), [
            f"spnego_der_put_enumerated(w, (uint32_t)in, {last});"]),
    ]


def struct_codec(module, found):
    return [
        *above(found, "SEQUENCE"),
        *function(signature(module, found, "read"), struct_reads(module, found)),
        *function(signature(module, found, "write"), struct_writes(module, found)),
    ]


def struct_reads(module, found):
    need = ("spnego_der_need_or_bare(r, &seq)" if found.bare
            else "spnego_der_need(r, &seq, SPNEGO_DER_SEQUENCE, NULL)")
    lines = ["struct spnego_reader seq, field;", "", f"if (!{need})", "    return;"]
    for field in found.fields:
        lines += field_read(module, found, field)
    if found.extensible:
        return [*lines, 'spnego_der_extensions(&seq); /* ... */']
    return [*lines, "spnego_der_no_extensions(&seq);"]


def field_read(module, found, field):
    name = snake(field.name)
    tag = f"SPNEGO_DER_CONTEXT({field.encoding.number})"
    place = f"&{desc(module, found.name)}.{field.name}"
    read = [*read_value(module, field.type, "field", f"out->{name}"),
            "spnego_der_close(&field);"]
    lines = comment(field.text + (f"  -- {field.doc}" if field.observed else ""))
    if not field.optional:
        return [*lines, *call("if (spnego_der_need", ["&seq", "&field", tag, place], ") {"),
                *indent(read), "}"]
    if field.observed:
        opened = call(f"out->has_{name} = spnego_der_may_hold",
                      ["&seq", "&field", tag, inner_tag(module, field.type), place])
    else:
        opened = call(f"out->has_{name} = spnego_der_may", ["&seq", "&field", tag, place])
    return [*lines, *opened, f"if (out->has_{name}) {{", *indent(read), "}"]


def inner_tag(module, name):
    kind = ir.kind_of(module, name)
    return {"OID": "SPNEGO_DER_OID", "ENUM": "SPNEGO_DER_ENUMERATED",
            "FLAGS": "SPNEGO_DER_BIT_STRING"}.get(kind) or STRING_TAGS.get(
                kind, "SPNEGO_DER_SEQUENCE")


def struct_writes(module, found):
    lines = ["size_t seq = w->len, field;", ""]
    for field in reversed(found.fields):
        name = snake(field.name)
        put = ["field = w->len;", *write_value(module, field.type, f"in->{name}"),
               f"spnego_der_put_header(w, SPNEGO_DER_CONTEXT({field.encoding.number}), field);"]
        lines += comment(field.text)
        lines += [f"if (in->has_{name}) {{", *indent(put), "}"] if field.optional else put
    return [*lines, "spnego_der_put_header(w, SPNEGO_DER_SEQUENCE, seq);"]


def list_codec(module, found):
    name = ctype(module, found.name)
    nonempty = found.at_least > 0
    read = ["struct spnego_slice item;", "struct spnego_reader list;", "size_t start = r->off;",
            "", "if (!spnego_der_need(r, &list, SPNEGO_DER_SEQUENCE, NULL))", "    return;",
            "while (spnego_der_more(&list, &out->count))",
            *indent(read_value(module, found.element, "list", "item"))]
    read += ["spnego_der_not_empty(&list, out->count);"] if nonempty else []
    read += ["out->der = spnego_reader_slice(r, start, r->off);"]
    write = ["size_t list = w->len, i;", ""]
    write += ["if (in->count == 0)", "    w->broken = true;"] if nonempty else []
    write += ["if (in->items == NULL) {", "    spnego_writer_put(w, in->der.ptr, in->der.len);",
              "    return;", "}", "for (i = in->count; i-- > 0;)",
              *indent(write_value(module, found.element, "in->items[i]")),
              "spnego_der_put_header(w, SPNEGO_DER_SEQUENCE, list);"]
    step = ["if (list->items == NULL)", "    return spnego_der_list_next(item, pos, list->der);",
            "if (*pos >= list->count)", "    return false;", "*item = list->items[(*pos)++];",
            "return true;"]
    head = ["bool", *call(f"{name}_next", ["struct spnego_slice *item", "size_t *pos",
                                           f"const struct {name} *list"], after="")]
    return [*above(found, f"SEQUENCE OF {found.element}"),
            *function(signature(module, found, "read"), read),
            *function(signature(module, found, "write"), write), *function(head, step)]


def holds_name(module, field):
    return f"{module.prefix}_holds_{snake(field.name)}"


def choice_codec(module, found):
    fields = alternatives(module, found)
    own, extra = fields[: len(found.fields)], fields[len(found.fields):]
    read = ["struct spnego_reader field;", "", "switch (spnego_der_next_tag(r)) {"]
    for field in own:
        variants = [x for x in extra if x.encoding.number == field.encoding.number]
        read += choice_case(module, found, field, variants)
    last = max(f.encoding.number for f in own)
    read += ["default:",
             f"    spnego_der_need(r, &field, SPNEGO_DER_CONTEXT({last}), NULL);",
             "    break;", "}"]
    write = ["size_t field = w->len;", "", "switch (in->kind) {"]
    for field in fields:
        write += [f"case {constant(module, found.name, field.name)}: /* {field.text} */",
                  *indent(write_value(module, field.type, f"in->u.{snake(field.name)}")),
                  f"    spnego_der_put_header(w, SPNEGO_DER_CONTEXT({field.encoding.number}), field);",
                  "    break;"]
    write += ["default:", "    w->broken = true;", "    break;", "}"]
    return [*above(found, "CHOICE"), *function(signature(module, found, "read"), read),
            *function(signature(module, found, "write"), write)]


def choice_case(module, found, field, variants):
    """One tag of a CHOICE; more than one type may stand behind it."""
    lines = [f"case SPNEGO_DER_CONTEXT({field.encoding.number}):"]
    for variant in variants:
        lines += [f"    if ({holds_name(module, variant)}(r)) {{",
                  *indent(choice_read(module, found, variant), " " * 8),
                  "        break;", "    }"]
    return [*lines, *indent(choice_read(module, found, field)), "    break;"]


def choice_read(module, found, field):
    tag = f"SPNEGO_DER_CONTEXT({field.encoding.number})"
    return [*comment(field.text),
            f"out->kind = {constant(module, found.name, field.name)};",
            *call("if (spnego_der_need", ["r", "&field", tag,
                                          f"&{desc(module, field.type)}.self"], ") {"),
            *indent([*read_value(module, field.type, "field", f"out->u.{snake(field.name)}"),
                     "spnego_der_close(&field);"]), "}"]
