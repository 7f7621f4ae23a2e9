"""The one intermediate form.  Both front ends make it; all back ends read it.

Back ends for types, reflection and documentation never look at an encoding
annotation; only emit_der (Tlv) and emit_fixed (At) do.
"""

from dataclasses import dataclass
from typing import Optional, Tuple, Union

from .source import Loc


@dataclass(frozen=True)
class Tlv:
    """[number], EXPLICIT or IMPLICIT."""

    number: int
    implicit: bool = False


@dataclass(frozen=True)
class At:
    """At a fixed offset, in octets, and how many octets it takes there."""

    offset: int
    size: int


@dataclass(frozen=True)
class Rule:
    """A fixed-layout value that the schema prescribes.

    `want` is a number, a string of octets, or None for a closed enumeration;
    a reader that finds something else fails with `status` and `code`.
    """

    want: Union[int, str, None]
    status: str
    code: str


@dataclass(frozen=True)
class Holds:
    """The octets of a field are a structure when another field has a value."""

    type: str
    field: str
    value: str


@dataclass(frozen=True)
class Field:
    name: str
    type: str  # a type's name, or one of BUILTINS
    loc: Loc
    text: str  # the field as it stands in the schema: the comment in the C
    encoding: Union[Tlv, At]
    optional: bool = False
    observed: bool = False  # not in a standard: only taken if it has the right shape
    doc: str = ""
    count: int = 0  # octets(count)
    element: str = ""  # vector(element)
    rule: Optional[Rule] = None
    writes: Union[int, str, None] = None  # what an encoder puts there
    holds: Optional[Holds] = None


@dataclass(frozen=True)
class Value:
    name: str
    number: int
    loc: Loc


@dataclass(frozen=True)
class Type:
    name: str
    loc: Loc
    doc: str
    cite: str


@dataclass(frozen=True)
class Alias(Type):
    target: str


@dataclass(frozen=True)
class Enum(Type):
    values: Tuple[Value, ...]
    closed: bool = True  # not so: an INTEGER, or a number of the schema, with names
    width: int = 1  # octets


@dataclass(frozen=True)
class Flags(Type):
    values: Tuple[Value, ...]  # number: the bit, counted from the first
    whole: bool = False  # zeros at the end stay: SIZE (32..MAX)


@dataclass(frozen=True)
class ListOf(Type):
    element: str
    at_least: int


@dataclass(frozen=True)
class Struct(Type):
    fields: Tuple[Field, ...]
    extensible: bool = False
    size: int = 0  # octets of the fixed part; 0: it has none
    bare: bool = False  # observed without the SEQUENCE around its fields
    application: Optional[int] = None  # [APPLICATION n] around the SEQUENCE


@dataclass(frozen=True)
class Tagged(Type):
    """[APPLICATION n] around a structure that has a name of its own."""

    application: int
    target: str


@dataclass(frozen=True)
class Choice(Type):
    fields: Tuple[Field, ...]
    extends: str = ""  # its alternatives belong to that CHOICE in C


@dataclass(frozen=True)
class Layout:
    """Another arrangement of some of a message's fields, which is only read."""

    name: str
    loc: Loc
    cite: str
    doc: str
    message: str
    test: At  # these octets are not zero
    code: str
    fields: Tuple[Field, ...]


@dataclass(frozen=True)
class Message(Struct):
    kinds: Tuple[str, ...] = ()
    unpadded: int = 0  # the size without the padding at the end of the header
    layouts: Tuple[Layout, ...] = ()


@dataclass(frozen=True)
class Constant:
    """A known object identifier or GUID."""

    name: str
    title: str
    loc: Loc
    doc: str
    cite: str
    octets: bytes
    text: str


@dataclass(frozen=True)
class Module:
    name: str
    file: str
    prefix: str  # of C names
    types: Tuple[Type, ...]
    constants: Tuple[Constant, ...]
    header: Optional[Struct] = None  # what every message begins with
    decode_only: bool = False  # read by spnego-check; no part of the library

    def find(self, name):
        return next((t for t in self.types if t.name == name), None)

    @property
    def stem(self):
        """The name of the source, without folder and extension."""
        return self.file.rpartition("/")[2].partition(".")[0]

    @property
    def messages(self):
        return [t for t in self.types if isinstance(t, Message)]


PAD = "pad"
# What a builtin is, as enum spnego_kind has it.
BUILTINS = {
    "OBJECT IDENTIFIER": "OID",
    "OCTET STRING": "OCTETS",
    "GeneralString": "TEXT",
    "UTF8String": "TEXT",
    "GeneralizedTime": "TEXT",
    "INTEGER": "INT",
    "u16": "INT",
    "u32": "INT",
    "u64": "INT",
    "octets": "OCTETS",
    "bytes": "OCTETS",
    "vector": "LIST",
    "guid": "GUID",
    PAD: "OCTETS",
}


def kind_of(module, name):
    """Which enum spnego_kind a type's values have."""
    if name in BUILTINS:
        return BUILTINS[name]
    found = module.find(name) or module.header
    if isinstance(found, Alias):
        return BUILTINS[found.target]
    kinds = {Enum: "ENUM", Flags: "FLAGS", ListOf: "LIST"}
    return kinds.get(type(found), "STRUCT")


def builtin_of(module, name):
    """The builtin that a name of an alias stands for, or the name itself."""
    found = module.find(name)
    return found.target if isinstance(found, Alias) else name


def dependencies_first(module):
    """Types in the order that C wants: each before those that have it inside."""
    done, order = set(), []

    def visit(found):
        if found is None or found.name in done:
            return
        done.add(found.name)
        for field in getattr(found, "fields", ()):
            visit(module.find(field.type))
            visit(module.find(field.element))
            if field.holds:
                visit(module.find(field.holds.type))
        if isinstance(found, ListOf):
            visit(module.find(found.element))
        if isinstance(found, Tagged):
            visit(module.find(found.target))
        for other in module.types:
            if getattr(other, "extends", "") == found.name:
                visit(other)
        order.append(found)

    for found in module.types:
        visit(found)
    return order
