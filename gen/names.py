"""Schema names to C names: one rule, no exceptions."""

import re

WORDS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z0-9]+|[A-Z0-9]+")


def words(name):
    return [word.lower() for part in re.split(r"[-_]", name) for word in WORDS.findall(part)]


def snake(name):
    """mechListMIC, mech-list-mic -> mech_list_mic."""
    return "_".join(words(name))


def upper(name):
    return snake(name).upper()


def camel(name):
    """auth-schemes -> authSchemes; a name without a dash is spelled already."""
    if "-" not in name or name.upper() == name:
        return name
    first, *rest = words(name)
    return first + "".join(word.capitalize() for word in rest)


def ctype(module, name):
    """The tag of the C struct or enum of a type."""
    return f"{module.prefix}_{snake(name)}"


def constant(module, type_name, value):
    return f"{module.prefix.upper()}_{upper(type_name)}_{upper(value)}"


def desc(module, type_name):
    """The table that describes a type: the schema's own spelling."""
    return f"{module.prefix}_{type_name.replace('-', '_')}"


def member(name):
    """The member of a table that is about a field: the name as it is spelled, as C can have it."""
    return name.replace("-", "_")


def finding(code, name):
    return f"{code}_{upper(name)}"
