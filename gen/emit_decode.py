"""The decoder of a module that is only read: spnego-check's, no part of the library.

What stands between a structure's braces is read as in the library's codec (emit_der);
here are lists of any element, tags around a type, and the entries."""

from . import ir
from .cfile import comment, function, source
from .emit_der import above, application, read_name, signature, string_tag, struct_reads
from .emit_types import decode_signature, element_type, next_signature, roots
from .names import desc


def emit(module):
    """The text of inspect/NAME_codec.c."""
    entries, body = roots(module), []
    for found in ir.dependencies_first(module):
        emitter = {ir.Struct: struct_codec, ir.ListOf: list_codec}.get(type(found))
        body += emitter(module, found) if emitter else []
        body += entry(module, found) if found in entries else []
    about = (f"inspect/{module.stem}_codec.c: what reads {module.name}.  Generated from "
             f"{module.file}: edit that.  Each function has the type's definition beside it.")
    return source(about, ['"inspect/inspect_der.h"', '"inspect/names.h"',
                          f"<inspect/{module.stem}.h>", "<string.h>"], body)


def struct_codec(module, found):
    tag = f"[APPLICATION {found.application}] " if found.application is not None else ""
    return [*above(found, f"{tag}SEQUENCE"),
            *function(signature(module, found, "read"), struct_reads(module, found))]


def list_codec(module, found):
    """A list is gone through twice: to check it, and by whoever steps through it."""
    item, is_struct = element_type(module, found.element), is_struct_list(module, found)
    read = ["struct spnego_reader element;"] if is_struct else []
    read += [f"{item} item;", "size_t start = r->off;"]
    read += ["", "if (!spnego_der_enter(r, SPNEGO_DER_SEQUENCE))", "    return;"]
    if is_struct:
        read += ["while (spnego_der_more(r, &out->count) && inspect_element(r, &element)) {",
                 "    memset(&item, 0, sizeof(item));",
                 f"    {read_name(module, module.find(found.element))}(&element, &item);", "}"]
    else:
        read += ["while (spnego_der_more(r, &out->count))", f"    {read_item(module, found)}"]
    read += ["spnego_der_not_empty(r, out->count);"] if found.at_least else []
    read += ["out->der = spnego_reader_slice(r, start, r->end);"]
    return [*above(found, f"SEQUENCE OF {found.element}"),
            *function(signature(module, found, "read"), read),
            *function(["bool", *next_signature(module, found)], list_step(module, found))]


def is_struct_list(module, found):
    return ir.kind_of(module, found.element) == "STRUCT"


def read_item(module, found, reader="r", out="&item"):
    """Reads one element that is primitive."""
    if element_type(module, found.element) == "int64_t":
        return f"inspect_integer({reader}, {out});"
    return f"inspect_string({reader}, {out}, {string_tag(module, found.element)});"


def list_step(module, found):
    """The elements were read before, so that reading them again cannot fail."""
    if is_struct_list(module, found):
        read = [f"{read_name(module, module.find(found.element))}(&element, item);"]
    else:
        read = [read_item(module, found, "&element", "item")]
    return ["struct spnego_decoding decoding;", "struct spnego_reader element;", "",
            "if (!inspect_next(&element, &decoding, pos, list->der))", "    return false;",
            "memset(item, 0, sizeof(*item));", *read, "return true;"]


def entry(module, found):
    """The function that reads one whole message."""
    lines = ["struct spnego_decoding decoding;", "struct spnego_reader r;", "",
             "memset(out, 0, sizeof(*out));",
             f"inspect_start(&r, &decoding, in, opts, &{desc(module, found.name)}.self);"]
    if isinstance(found, ir.Tagged):
        lines += [f"if (spnego_der_enter(&r, {application(found)}))",
                  f"    {read_name(module, module.find(found.target))}(&r, out);"]
        heading = comment(f"{found.name} ::= [APPLICATION {found.application}] {found.target}.  "
                          f"{found.loc.file}:{found.loc.line}.  {found.cite}.")
    else:
        lines += [f"{read_name(module, found)}(&r, out);"]
        heading = []
    lines += ["return decoding.status;"]
    return [*heading, *function(["enum spnego_status", *decode_signature(module, found)], lines)]
