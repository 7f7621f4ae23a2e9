"""Putting C text together: comments, files, indentation."""

import textwrap

WIDTH = 92


def comment(text, indent=""):
    """A C comment, wrapped."""
    lines = textwrap.wrap(text.replace("*/", "* /"), WIDTH - len(indent) - 6) or [""]
    if len(lines) == 1:
        return [f"{indent}/* {lines[0]} */"]
    return [f"{indent}/* {lines[0]}", *(f"{indent} * {line}" for line in lines[1:-1]),
            f"{indent} * {lines[-1]} */"]


def indent(lines, by="    "):
    return [by + line if line else line for line in lines]


def call(name, args, after=";"):
    """A call as one statement, wrapped under its parenthesis if there is room."""
    line = f"{name}({', '.join(args)}){after}"
    if len(line) <= WIDTH - 8:
        return [line]
    room = len(name) + 2 + max(map(len, args)) + len(after) <= WIDTH - 8
    pad = " " * (len(name) + 1 if room else 4)
    lines, current = ([], f"{name}(") if room else ([f"{name}("], pad)
    for number, arg in enumerate(args):
        piece = arg + (f"){after}" if number == len(args) - 1 else ",")
        if len(current) + len(piece) + 1 > WIDTH - 8:
            lines.append(current.rstrip())
            current = pad
        current += piece + " "
    return [*lines, current.rstrip()]


def function(head, body):
    """`head`: return type, name and parameters."""
    return [*head, "{", *indent(body), "}", ""]


def header(guard, about, includes, body):
    """A header file, which C++ can include too."""
    lines = [*comment(about), f"#ifndef {guard}", f"#define {guard}", ""]
    lines += [f"#include {name}" for name in includes]
    lines += ["", "#ifdef __cplusplus", 'extern "C" {', "#endif", "", *body,
              "#ifdef __cplusplus", "}", "#endif", "#endif"]
    return "\n".join(lines) + "\n"


def source(about, includes, body):
    lines = [*comment(about), *(f"#include {name}" for name in includes), "", *body]
    while lines[-1] == "":
        lines.pop()
    return "\n".join(lines) + "\n"
