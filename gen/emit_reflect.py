"""Tables for everything that only looks: what each type and field is called, what
its values are called, which object identifiers and GUIDs are known.  They hold
no pointers, so a linker has nothing to relocate."""

import textwrap

from . import ir
from .cfile import comment, source
from .names import camel, desc

MARK = "Generated from the schemas: edit those."


def emit(modules, mechanisms, schemes):
    """The texts of reflect.h and reflect.c."""
    tables = value_tables(modules)
    declared, defined = [], []
    for module in modules:
        for found in described(module):
            fields = [f for f in found.fields if f.type != ir.PAD]
            names = ", ".join(["self", *[camel(f.name) for f in fields]])
            table = desc(module, found.name)
            declared += [f"extern const struct {table}_desc {{",
                         *textwrap.wrap(f"struct spnego_desc {names};", 84, initial_indent=" " * 4,
                                        subsequent_indent=" " * 8),
                         f"}} {table} SPNEGO_HIDDEN;"]
            defined += [f"const struct {table}_desc {table} = {{",
                        "    " + row(found.name, found.name, found.cite, "STRUCT") + ","]
            for field in fields:
                type_name = f"{field.type}({field.element})" if field.element else field.type
                number = tables.get((module.name, field.type), 0)
                line = row(camel(field.name), type_name, found.cite, field_kind(module, field),
                           element_kind(module, field), number)
                defined.append(f"    {line},")
            defined += ["};", ""]
    head = [*comment(f"reflect.h: names.  {MARK}"), "#ifndef SPNEGO_REFLECT_H",
            "#define SPNEGO_REFLECT_H", "", '#include "reader.h"', "", *declared, "",
            *structs(), "#endif"]
    body = [*defined, *values(modules, tables), *known("spnego_known_mechs", mechanisms),
            *known("spnego_known_schemes", schemes)]
    return ("\n".join(head) + "\n",
            source(f"reflect.c: names.  {MARK}", ['"reflect.h"'], body))


def described(module):
    return [t for t in (*module.types, *([module.header] if module.header else []))
            if isinstance(t, ir.Struct)]


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


def value_tables(modules):
    """Numbers, from 1, of the types whose values have names."""
    named = [(m.name, t.name) for m in modules for t in m.types
             if isinstance(t, (ir.Enum, ir.Flags))]
    return {key: number for number, key in enumerate(named, 1)}


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
