"""ASN.1 to IR.

asn1c parses, resolves and checks a module, and prints it in a normal form in
which every tag is spelled out (`asn1c -E -F`).  That text is read here; no
second resolver of tags is written.  What the normal form loses, places and
comments, is looked up in the source by identifier.
"""

import re
import shutil
import subprocess

from . import ir
from .lexer import Cursor, Lexer
from .source import Loc, Refusal, Source

KNOWN_ASN1C = ("0.9.28", "0.9.29")
CITE = re.compile(
    r"(RFC \d+|\[MS-[A-Z0-9]+\]|draft-[a-z0-9-]+|GFD\.\d+|MIT krb5|Heimdal|X\.\d+) \S+( \S+)?$"
)
OBSERVED = "observed only"
CAPITALS = "Shown in capitals."
OUTSIDE = "is outside the subset of ASN.1 that is compiled here (asn1/README.md)"
ABOVE_30 = f"numbers above 30 take another form, which {OUTSIDE}"


# What the codecs of the library read and write, and what only spnego-check reads.
BUILTINS = (("OBJECT", "IDENTIFIER"), ("OCTET", "STRING"), ("GeneralString",))
READ_ONLY_BUILTINS = (("INTEGER",), ("UTF8String",), ("GeneralizedTime",))


def read_module(source, path, decode_only=""):
    """Returns the Module of an ASN.1 source that stands at `path`.  `decode_only` is
    the prefix of C names of a module that is only read, which may hold more."""
    normal = Source(source.file, run_asn1c(source, path))
    return Reader(source, normal, decode_only).module()


def run_asn1c(source, path):
    start = Loc(source.file, 1, 1)
    program = shutil.which("asn1c")
    if program is None:
        raise Refusal(start, "asn1c is not on PATH: install Debian's package asn1c (0.9.28)")
    banner = subprocess.run([program, "-h"], capture_output=True, text=True, check=False)
    version = re.search(r"ASN\.1 Compiler, v([\w.]+)", banner.stdout + banner.stderr)
    if version is None or not version.group(1).startswith(KNOWN_ASN1C):
        found = version.group(1) if version else "another program"
        raise Refusal(start, f"asn1c on PATH is {found}; its normal form is known of "
                             f"{' and '.join(KNOWN_ASN1C)}")
    run = subprocess.run([program, "-E", "-F", str(path)], capture_output=True, text=True,
                         check=False)
    if run.returncode != 0:
        raise refuse_for_asn1c(source, run.stderr)
    return run.stdout


def refuse_for_asn1c(source, complaint):
    """asn1c's own complaint, at the line that it names."""
    lines = [text for text in complaint.split("\n") if not text.startswith("WARNING")]
    complaint = "\n".join(lines)
    line = re.search(r"line (\d+)", complaint)
    number = min(int(line.group(1)), len(source.lines)) if line else 1
    near = re.search(r'"([\w-]+)', complaint)
    column = source.lines[number - 1].find(near.group(1)) + 1 if near else 0
    more = [text for text in lines[1:2] if text[:1].islower()]  # a sentence on two lines
    words = " ".join(" ".join(lines[:1] + more).split()) or "no reason given"
    words = re.sub(r"\s*(at|in|from) \S*\.asn1\S*", "", words)
    return Refusal(Loc(source.file, number, max(column, 1)), f"asn1c refuses this: {words}")


class Reader:
    """Reads the normal form; looks places and comments up in the source."""

    def __init__(self, source, normal, decode_only):
        self.source = source
        self.decode_only = decode_only
        self.original = Lexer(source, "--")
        self.inside = None  # the assignment that is being read
        self.cursor = Cursor(Lexer(normal, "--").tokens, self.refuse_at)

    # Places and comments.

    def start_of(self, name):
        """The index of the token in the source where `name` is assigned."""
        tokens = self.original.tokens
        for index, token in enumerate(tokens[:-1]):
            if token.text != name or token.loc.column != 1:
                continue
            if "::=" in [after.text for after in tokens[index + 1 : index + 4]]:
                return index
        return 0

    def place(self, text):
        """Where `text` stands in the assignment that is being read."""
        start = self.start_of(self.inside) if self.inside else 0
        for token in self.original.tokens[start:]:
            if token.text == text:
                return token.loc
        return self.original.tokens[start].loc

    def refuse_at(self, token, message):
        return Refusal(self.place(token.text), message)

    def cited(self, loc, name):
        """The comment above an assignment, and the citation that ends it."""
        comment = self.original.comment_above(loc)
        cite = CITE.search(comment)
        if cite is None:
            raise Refusal(loc, f"{name} has no citation: the comment above it must end with the "
                               'section that defines it, as in "RFC 4178 4.2.1"')
        return comment[: cite.start()].strip(), cite.group()

    # The grammar of the normal form.

    def module(self):
        cursor = self.cursor
        name = cursor.need_kind("word", "the module's name").text
        explicit = False
        while not cursor.may("BEGIN"):
            explicit = cursor.at("EXPLICIT", "TAGS") or explicit
            if cursor.next.kind == "end":
                cursor.refuse('expected "BEGIN"')
            cursor.take()
        types, constants = [], []
        while not cursor.may("END"):
            self.inside = cursor.need_kind("word", "an assignment").text
            if cursor.may("::="):
                types.append(self.type_assignment(self.inside))
            else:
                constants.append(self.value_assignment(self.inside))
        if cursor.next.kind != "end":
            cursor.refuse(f"a second module {OUTSIDE}")
        if types and not explicit:
            raise Refusal(self.original.tokens[0].loc,
                          f"IMPLICIT or AUTOMATIC TAGS {OUTSIDE}")
        return ir.Module(name, self.source.file, self.decode_only or "spnego", tuple(types),
                         tuple(constants), decode_only=bool(self.decode_only))

    def type_assignment(self, name):
        loc = self.original.tokens[self.start_of(name)].loc
        doc, cite = self.cited(loc, name)
        common = dict(name=name, loc=loc, doc=doc.replace(CAPITALS, "").strip(), cite=cite)
        cursor = self.cursor
        application = self.application()
        if cursor.may("SEQUENCE", "{"):
            fields, extensible = self.components()
            return ir.Struct(fields=fields, extensible=extensible, application=application,
                             bare="Observed without its SEQUENCE." in doc, **common)
        if application is not None:
            return ir.Tagged(application=application, target=self.type_name(), **common)
        if cursor.may("SEQUENCE"):
            return ir.ListOf(at_least=self.at_least(), element=self.element(), **common)
        if cursor.may("CHOICE", "{"):
            fields, _ = self.components()
            extends = re.search(r"Extends (\w+)\.", doc)
            return ir.Choice(fields=fields, extends=extends.group(1) if extends else "",
                             **common)
        if cursor.may("ENUMERATED", "{"):
            return ir.Enum(values=self.values(), **common)
        if cursor.may("BIT", "STRING", "{"):
            values = self.values()
            return ir.Flags(values=values, whole=self.size_constraint(), **common)
        if self.decode_only and cursor.may("INTEGER", "{"):
            return ir.Enum(values=self.values(doc), closed=False, width=4, **common)
        return ir.Alias(target=self.builtin(), **common)

    def application(self):
        """[APPLICATION n] EXPLICIT in front of a type of a module that is only read."""
        cursor = self.cursor
        if not self.decode_only or not cursor.may("[", "APPLICATION"):
            return None
        number = cursor.need_number()
        for text in ("]", "EXPLICIT"):
            cursor.need(text)
        if number > 30:
            raise Refusal(self.place("APPLICATION"), f"tag [APPLICATION {number}]: {ABOVE_30}")
        return number

    def builtin(self):
        cursor = self.cursor
        for words in (*BUILTINS, *(READ_ONLY_BUILTINS if self.decode_only else ())):
            if cursor.may(*words):
                if words == ("INTEGER",):
                    self.value_constraint()
                return " ".join(words)
        cursor.refuse(f'"{cursor.next.text}" {OUTSIDE}')
        return None

    def type_name(self):
        """A builtin, or the name of a type of this module."""
        token = self.cursor.next
        if token.text in ("ENUMERATED", "SEQUENCE", "CHOICE", "BIT"):
            self.cursor.refuse(f"an inline {token.text} {OUTSIDE}: give it a name")
        if token.kind == "word" and self.start_of(token.text) != 0:
            return self.cursor.take().text
        return self.builtin()

    def at_least(self):
        cursor = self.cursor
        if not cursor.may("("):
            return 0
        for text in ("SIZE", "("):
            cursor.need(text)
        least = cursor.need_number()
        if not cursor.may("..", "MAX", ")", ")") or least > 1:
            cursor.refuse(f"a SIZE other than (0..MAX) or (1..MAX) {OUTSIDE}")
        return least

    def element(self):
        self.cursor.need("OF")
        return self.type_name()

    def size_constraint(self):
        """SIZE of a BIT STRING binds the abstract value only: RFC 4178 4.2.1.  With no
        upper end it is a Kerberos flag word, 32 bits at least: RFC 4120 5.2.8."""
        whole = False
        if self.cursor.may("("):
            for text in ("SIZE", "("):
                self.cursor.need(text)
            self.cursor.need_number()
            whole = bool(self.decode_only) and self.cursor.may("..", "MAX")
            for text in (")", ")"):
                self.cursor.need(text)
        return whole

    def value_constraint(self):
        """The range of an INTEGER: what is read may be outside of it, and is shown."""
        if self.cursor.may("("):
            self.signed_number()
            if self.cursor.may(".."):
                self.signed_number()
            self.cursor.need(")")

    def signed_number(self):
        """A number, which may be negative in a module that is only read."""
        cursor = self.cursor
        if self.decode_only and cursor.next.kind == "negative":
            return int(cursor.take().text)
        return cursor.need_number()

    def values(self, doc=""):
        values, cursor = [], self.cursor
        while not cursor.may("}"):
            if cursor.at("..."):
                cursor.refuse(f"an extensible enumeration {OUTSIDE}")
            name = cursor.need_kind("word", "a name")
            cursor.need("(")
            shown = name.text.upper().replace("-", "_") if CAPITALS in doc else name.text
            values.append(ir.Value(shown, self.signed_number(), self.place(name.text)))
            cursor.need(")")
            cursor.may(",")
        return tuple(values)

    def components(self):
        """The fields of a SEQUENCE or CHOICE, and whether it has "..."."""
        fields, extensible, cursor = [], False, self.cursor
        while not cursor.may("}"):
            if cursor.may("..."):
                extensible = True
            else:
                fields.append(self.component())
            cursor.may(",")
        return tuple(fields), extensible

    def component(self):
        cursor = self.cursor
        name = cursor.need_kind("word", "a field").text
        loc = self.place(name)
        if not cursor.may("["):
            raise Refusal(loc, f"a field without a context tag {OUTSIDE}")
        if cursor.next.kind != "number":
            raise Refusal(loc, f"a tag of class {cursor.next.text} {OUTSIDE}")
        number = cursor.need_number()
        cursor.need("]")
        implicit = bool(self.decode_only) and cursor.may("IMPLICIT")
        if not implicit and not cursor.may("EXPLICIT"):
            raise Refusal(loc, f"an IMPLICIT tag {OUTSIDE}")
        if number > 30:
            raise Refusal(loc, f"tag [{number}]: {ABOVE_30}")
        type_name = self.type_name()
        if implicit and type_name != "OCTET STRING":
            raise Refusal(loc, f"an IMPLICIT tag of {type_name} {OUTSIDE}")
        optional = cursor.may("OPTIONAL")
        if cursor.at("DEFAULT"):
            cursor.refuse(f"DEFAULT {OUTSIDE}")
        doc = self.original.comment_beside(loc)
        if doc.startswith(OBSERVED) and not optional:
            raise Refusal(loc, f"{name} is observed only, but not OPTIONAL")
        text = f"{name} [{number}] {type_name}" + (" OPTIONAL" if optional else "")
        return ir.Field(name=name, type=type_name, loc=loc, text=text, doc=doc,
                        encoding=ir.Tlv(number, implicit), optional=optional,
                        observed=doc.startswith(OBSERVED))

    def value_assignment(self, name):
        loc = self.original.tokens[self.start_of(name)].loc
        doc, cite = self.cited(loc, name)
        cursor = self.cursor
        if not cursor.may("OBJECT", "IDENTIFIER", "::=", "{"):
            cursor.refuse(f"a value that is no OBJECT IDENTIFIER {OUTSIDE}")
        arcs = []
        while not cursor.may("}"):
            arcs.append(cursor.need_number("an arc as a number"))
        title, _, rest = doc.partition(":")
        if len(arcs) < 2 or arcs[0] > 2 or (arcs[0] < 2 and arcs[1] > 39):
            raise Refusal(loc, f"{name} is no object identifier: X.690 8.19.4")
        return ir.Constant(name=name, title=title, loc=loc, doc=rest.strip(), cite=cite,
                           octets=encode_oid(arcs), text=".".join(map(str, arcs)))


def encode_oid(arcs):
    """Contents octets: X.690 8.19."""
    octets = b""
    for arc in [40 * arcs[0] + arcs[1], *arcs[2:]]:
        digits = [arc & 0x7F]
        while arc := arc >> 7:
            digits.insert(0, 0x80 | (arc & 0x7F))
        octets += bytes(digits)
    return octets
