"""The DER codec: one function a type and direction, one statement a field."""

from . import ir
from .cfile import call, comment, function, indent, source
from .emit_types import alternatives
from .names import constant, ctype, desc, member, snake

STRING_TAGS = {"OCTET STRING": "SPNEGO_DER_OCTET_STRING",
               "GeneralString": "SPNEGO_DER_GENERAL_STRING",
               "UTF8String": "INSPECT_DER_UTF8_STRING",
               "GeneralizedTime": "INSPECT_DER_GENERALIZED_TIME"}


def emit(module):
    """The texts of token_codec.h and token_codec.c."""
    exported, body = [], []
    for found in ir.dependencies_first(module):
        emitter = {ir.Struct: struct_codec, ir.ListOf: list_codec,
                   ir.Choice: choice_codec}.get(type(found))
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


def is_exported(module, found):
    return isinstance(found, (ir.ListOf, ir.Choice)) and not module.decode_only


def read_name(module, found):
    stem = f"read_{snake(found.name)}"
    return f"{module.prefix}_{stem}" if is_exported(module, found) else stem


def write_name(module, found):
    stem = f"write_{snake(found.name)}"
    return f"{module.prefix}_{stem}" if is_exported(module, found) else stem


def signature(module, found, direction):
    """Return type, name and parameters, on two lines."""
    value = f"struct {ctype(module, found.name)}"
    static = "" if is_exported(module, found) else "static "
    if direction == "read":
        args = ["struct spnego_reader *r", f"{value} *out"]
        return [f"{static}void", *call(read_name(module, found), args, after="")]
    args = ["struct spnego_writer *w", f"const {value} *in"]
    return [f"{static}void", *call(write_name(module, found), args, after="")]


def prototypes(module, found):
    if not is_exported(module, found):
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


def is_leaf(module, name):
    """Is it one primitive element, for which der.h has a function?"""
    return ir.kind_of(module, name) in ("OCTETS", "TEXT", "INT", "OID", "ENUM", "FLAGS")


def is_integer(module, name):
    """Is it an INTEGER?  With names for its values it is an open enumeration."""
    found = module.find(name)
    return ir.kind_of(module, name) == "INT" or (isinstance(found, ir.Enum) and not found.closed)


def string_tag(module, name):
    return STRING_TAGS[ir.builtin_of(module, name)]


def application(found):
    """The tag around a type that has one of its own."""
    return f"INSPECT_DER_APPLICATION({found.application})"


def leaf_read(module, field, target, tag, place):
    """The call that reads a field with one primitive element in it."""
    kind, found = ir.kind_of(module, field.type), module.find(field.type)
    if kind == "OID":
        return "spnego_der_may_oid", ["r", target, tag, place]
    if is_integer(module, field.type):
        return "inspect_may_integer", ["r", target, tag, place]
    if kind == "ENUM":
        return "spnego_der_may_enumerated", ["r", "&number", tag, str(last_of(found)), place]
    if kind == "FLAGS" and found.whole:
        return "inspect_may_bits", ["r", target, tag, place]
    if kind == "FLAGS":
        named = sum(1 << v.number for v in found.values)
        return "spnego_der_may_flags", ["r", target, tag, f"{named:#04x}", place]
    if field.encoding.implicit:
        return "inspect_may_implicit", ["r", target, tag, place]
    return "spnego_der_may_string", ["r", target, tag, string_tag(module, field.type), place]


def leaf_write(module, field, tag, value):
    kind, found = ir.kind_of(module, field.type), module.find(field.type)
    if kind == "OID":
        return call("spnego_der_put_oid_field", ["w", tag, value])
    if kind == "ENUM":
        return call("spnego_der_put_enumerated_field",
                    ["w", tag, f"(uint32_t){value}", str(last_of(found))])
    if kind == "FLAGS":
        return call("spnego_der_put_flags_field", ["w", tag, value])
    return call("spnego_der_put_string_field", ["w", tag, string_tag(module, field.type), value])


def last_of(found):
    return max(v.number for v in found.values)


def struct_codec(module, found):
    return [
        *above(found, "SEQUENCE"),
        *function(signature(module, found, "read"), struct_reads(module, found)),
        *function(signature(module, found, "write"), struct_writes(module, found)),
    ]


def is_enumerated(module, name):
    return ir.kind_of(module, name) == "ENUM" and not is_integer(module, name)


def struct_reads(module, found):
    enter = "spnego_der_enter_or_bare" if found.bare else "spnego_der_enter"
    lines = [f"if (!{enter}(r, SPNEGO_DER_SEQUENCE))", "    return;"]
    if found.application is not None:
        lines = [f"if (!spnego_der_enter(r, {application(found)}) ||",
                 f"    !{enter}(r, SPNEGO_DER_SEQUENCE))", "    return;"]
    for field in found.fields:
        lines += field_read(module, found, field)
    lines.append("spnego_der_extensions(r); /* ... */" if found.extensible
                 else "spnego_der_no_extensions(r);")
    numbers = any(is_enumerated(module, f.type) for f in found.fields)
    inner = any(not is_leaf(module, f.type) for f in found.fields)
    first = ["struct spnego_reader field;"] if inner else []
    first += ["uint32_t number;"] if numbers else []
    return [*first, "", *lines] if first else lines


def field_read(module, found, field):
    name = snake(field.name)
    tag = f"SPNEGO_DER_CONTEXT({field.encoding.number})"
    if field.encoding.implicit:
        tag = f"INSPECT_DER_IMPLICIT({field.encoding.number})"
    place = f"&{desc(module, found.name)}.{member(field.name)}"
    lines = comment(field.text + (f"  -- {field.doc}" if field.observed else ""))
    if is_leaf(module, field.type):
        return lines + leaf_field_read(module, field, tag, place)
    read = [*call(read_name(module, module.find(field.type)), ["&field", f"&out->{name}"]),
            "spnego_der_close(&field);"]
    if not field.optional:
        return [*lines, *call("if (spnego_der_need", ["r", "&field", tag, place], ") {"),
                *indent(read), "}"]
    if field.observed:
        opened = call(f"out->has_{name} = spnego_der_may_hold",
                      ["r", "&field", tag, "SPNEGO_DER_SEQUENCE", place])
    else:
        opened = call(f"out->has_{name} = spnego_der_may", ["r", "&field", tag, place])
    return [*lines, *opened, f"if (out->has_{name}) {{", *indent(read), "}"]


def leaf_field_read(module, field, tag, place):
    name = snake(field.name)
    function_name, args = leaf_read(module, field, f"&out->{name}", tag, place)
    if not field.optional:
        lines = call("if (spnego_der_expect", ["r", tag, place], ")")
        lines += indent(call(function_name, args))
    else:
        lines = call(f"out->has_{name} = {function_name}", args)
    if is_enumerated(module, field.type):
        lines = ["number = 0;", *lines,
                 f"out->{name} = (enum {ctype(module, field.type)})number;"]
    return lines


def struct_writes(module, found):
    lines = []
    for field in reversed(found.fields):
        name, tag = snake(field.name), f"SPNEGO_DER_CONTEXT({field.encoding.number})"
        if is_leaf(module, field.type):
            put = leaf_write(module, field, tag, f"in->{name}")
        else:
            put = ["field = w->len;",
                   *call(write_name(module, module.find(field.type)), ["w", f"&in->{name}"]),
                   f"spnego_der_put_header(w, {tag}, field);"]
        lines += comment(field.text)
        if not field.optional:
            lines += put
        elif len(put) == 1:
            lines += [f"if (in->has_{name})", *indent(put)]
        else:
            lines += [f"if (in->has_{name}) {{", *indent(put), "}"]
    inner = any(not is_leaf(module, f.type) for f in found.fields)
    first = "size_t seq = w->len, field;" if inner else "size_t seq = w->len;"
    return [first, "", *lines, "spnego_der_put_header(w, SPNEGO_DER_SEQUENCE, seq);"]


def list_codec(module, found):
    name = ctype(module, found.name)
    nonempty = found.at_least > 0
    read = ["struct spnego_slice item;", "size_t start = r->off;", "",
            "if (!spnego_der_enter(r, SPNEGO_DER_SEQUENCE))", "    return;",
            "while (spnego_der_more(r, &out->count))",
            "    spnego_der_oid(r, &item);"]
    read += ["spnego_der_not_empty(r, out->count);"] if nonempty else []
    read += ["out->der = spnego_reader_slice(r, start, r->end);"]
    write = ["size_t list = w->len, i;", ""]
    write += ["if (in->count == 0)", "    w->broken = true;"] if nonempty else []
    write += ["if (in->items == NULL && in->der.len == 0)", "    w->broken = true;",
              "if (in->items == NULL) {", "    spnego_writer_put(w, in->der.ptr, in->der.len);",
              "    return;", "}", "for (i = in->count; i-- > 0;)",
              "    spnego_der_put_oid(w, in->items[i]);",
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
             f"    spnego_der_no_alternative(r, SPNEGO_DER_CONTEXT({last}));",
             "    break;", "}"]
    write = ["size_t field = w->len;", "", "switch (in->kind) {"]
    for field in fields:
        write += [f"case {constant(module, found.name, field.name)}: /* {field.text} */",
                  *indent(call(write_name(module, module.find(field.type)),
                               ["w", f"&in->u.{snake(field.name)}"])),
                  f"    spnego_der_put_header(w, SPNEGO_DER_CONTEXT({field.encoding.number}), "
                  "field);",
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
            *indent([*call(read_name(module, module.find(field.type)),
                           ["&field", f"&out->u.{snake(field.name)}"]),
                     "spnego_der_close(&field);"]), "}"]
