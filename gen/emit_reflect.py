"""Tables for everything that only looks: what each type and field is called, what
its values are called, which object identifiers and GUIDs are known.  They hold
no pointers, so a linker has nothing to relocate."""

import textwrap

from . import ir
from .cfile import comment, source
from .names import camel, desc, member

MARK = "Generated from the schemas: edit those."
INSPECTED = 128  # the first table of modules that are only read: those below are the library's


def emit(modules, mechanisms, schemes):
    """The texts of reflect.h and reflect.c."""
    tables = value_tables(modules)
    declared, defined = describe(modules, tables)
    head = [*comment(f"reflect.h: names.  {MARK}"), "#ifndef SPNEGO_REFLECT_H",
            "#define SPNEGO_REFLECT_H", "", '#include "reader.h"', "", *declared, "",
            *structs(), "#endif"]
    body = [*defined, *values(modules, tables), *known("spnego_known_mechs", mechanisms),
            *known("spnego_known_schemes", schemes)]
    return ("\n".join(head) + "\n",
            source(f"reflect.c: names.  {MARK}", ['"reflect.h"'], body))


def emit_inspected(modules):
    """The texts of inspect/names.h and inspect/names.c: the same for modules that are
    only read.  Nothing shows the sections that define them, so the tables have none."""
    tables = value_tables(modules, INSPECTED)
    declared, defined = describe(modules, tables)
    head = [*comment(f"inspect/names.h: names.  {MARK}"), "#ifndef INSPECT_NAMES_H",
            "#define INSPECT_NAMES_H", "", '#include "reader.h"', "",
            *declared, "", "#endif"]
    values_head = [
        *comment(f"inspect/value_names.h: names of values.  {MARK}"),
        "#ifndef INSPECT_VALUE_NAMES_H", "#define INSPECT_VALUE_NAMES_H", "",
        "#include <stddef.h>", "#include <stdint.h>", "",
        *comment("The name of one value; `table` is what spnego_desc.names has: from "
                 "INSPECT_TABLES_FROM on it is one of these."),
        f"#define INSPECT_TABLES_FROM {INSPECTED}", "struct inspect_value_name {",
        "    int32_t value;", "    uint8_t table;", "    char name[48];", "};",
        "extern const struct inspect_value_name inspect_value_names[];",
        "extern const size_t inspect_value_names_count;", "", "#endif"]
    lines = ["const struct inspect_value_name inspect_value_names[] = {"]
    for module in modules:
        for found in module.types:
            if (module.name, found.name) in tables:
                lines += comment(found.name, "    ")
                number = tables[(module.name, found.name)]
                lines += [f'    {{{v.number}, {number}, "{v.name}"}},' for v in found.values]
    body = [*defined, *lines, "};", *count("inspect_value_names")]
    return ("\n".join(head) + "\n", "\n".join(values_head) + "\n",
            source(f"inspect/names.c: names.  {MARK}",
                   ['"inspect/names.h"', '"inspect/value_names.h"'], body))


def describe(modules, tables):
    """The declarations and definitions of all descriptions."""
    declared, defined = [], []
    for module in modules:
        for found in described(module):
            fields = [f for f in getattr(found, "fields", ()) if f.type != ir.PAD]
            names = ", ".join(["self", *[member(shown(f)) for f in fields]])
            table, cite = desc(module, found.name), "" if module.decode_only else found.cite
            declared += [f"extern const struct {table}_desc {{",
                         *textwrap.wrap(f"struct spnego_desc {names};", 84, initial_indent=" " * 4,
                                        subsequent_indent=" " * 8),
                         f"}} {table} SPNEGO_HIDDEN;"]
            defined += [f"const struct {table}_desc {table} = {{",
                        "    " + row(found.name, found.name, cite, "STRUCT") + ","]
            for field in fields:
                type_name = f"{field.type}({field.element})" if field.element else field.type
                if module.decode_only and field_kind(module, field) == "OCTETS":
                    type_name = "octets"  # a value: nobody's token that has a name
                number = tables.get((module.name, names_of(module, field)), 0)
                line = row(shown(field), type_name, cite, field_kind(module, field),
                           element_kind(module, field), number)
                defined.append(f"    {line},")
            defined += ["};", ""]
    return declared, defined


def shown(field):
    """ASN.1 spells names as people read them; the schema of fixed layouts has dashes."""
    return field.name if isinstance(field.encoding, ir.Tlv) else camel(field.name)


def names_of(module, field):
    """The type that has the names of a field's values: a list's are those of its elements."""
    found = module.find(field.type)
    return found.element if isinstance(found, ir.ListOf) else field.type


def described(module):
    return [t for t in (*module.types, *([module.header] if module.header else []))
            if isinstance(t, (ir.Struct, ir.Tagged))]


def row(name, type_name, cite, kind, element="UNKNOWN", number=0):
    return (f'{{"{name}", "{type_name}", "{cite}",\n'
            f"     SPNEGO_KIND_{kind}, SPNEGO_KIND_{element}, {number}}}")


def field_kind(module, field):
    """Octets that the schema spells out are text."""
    spelled = field.rule and isinstance(field.rule.want, str)
    return "TEXT" if spelled else ir.kind_of(module, field.type)


def element_kind(module, field):
    """What a list holds."""
    found = module.find(field.type)
    element = field.element or (found.element if isinstance(found, ir.ListOf) else "")
    return ir.kind_of(module, element) if element else "UNKNOWN"


def value_tables(modules, first=1):
    """Numbers, from `first`, of the types whose values have names."""
    named = [(m.name, t.name) for m in modules for t in m.types
             if isinstance(t, (ir.Enum, ir.Flags))]
    return {key: number for number, key in enumerate(named, first)}


def structs():
    return [
        "/* The name of one value; `table` is what spnego_desc.names has. */",
        "struct spnego_value_name {", "    uint32_t value;", "    uint8_t table;",
        "    char name[27];", "};",
        "extern const struct spnego_value_name spnego_value_names[] SPNEGO_HIDDEN;",
        "extern const size_t spnego_value_names_count SPNEGO_HIDDEN;", "",
        "/* A known object identifier or GUID, in the order of its enum, from 1. */",
        "struct spnego_known {", "    uint8_t len;", "    uint8_t octets[16];", "    char name[31];",
        "};",
        "extern const struct spnego_known spnego_known_mechs[] SPNEGO_HIDDEN;",
        "extern const size_t spnego_known_mechs_count SPNEGO_HIDDEN;",
        "extern const struct spnego_known spnego_known_schemes[] SPNEGO_HIDDEN;",
        "extern const size_t spnego_known_schemes_count SPNEGO_HIDDEN;", "",
    ]


def values(modules, tables):
    lines = ["const struct spnego_value_name spnego_value_names[] = {"]
    for module in modules:
        for found in module.types:
            if (module.name, found.name) in tables:
                lines += comment(found.name, "    ")
                number = tables[(module.name, found.name)]
                lines += [f'    {{{v.number:#x}, {number}, "{v.name}"}},' for v in found.values]
    return [*lines, "};", *count("spnego_value_names")]


def known(name, constants):
    lines = [f"const struct spnego_known {name}[] = {{"]
    for constant in constants:
        octets = ",".join(f"{octet:#04x}" for octet in constant.octets)
        lines += comment(f"{constant.text}  {constant.cite}", "    ")
        lines += [f"    {{{len(constant.octets)}, {{{octets}}},", f'     "{constant.title}"}},']
    return [*lines, "};", *count(name)]


def count(name):
    return [f"const size_t {name}_count =", f"    sizeof({name}) / sizeof({name}[0]);", ""]
