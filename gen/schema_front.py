"""The NegoEx notation to IR.  negoex-schema/README.md has the grammar; every
production of it is one method here."""

import uuid
from dataclasses import replace

from . import ir
from .lexer import Cursor, Lexer
from .source import Refusal

WIDTHS = {"u16": 2, "u32": 4, "u64": 8}
OFFSET_WIDTH = 4


def read_module(source):
    return Parser(source).module()


class Parser:
    def __init__(self, source):
        self.source = source
        self.lexer = Lexer(source, "#", cites=True)
        self.cursor = Cursor(self.lexer.tokens)
        self.types, self.constants, self.layouts = [], [], []
        self.header = None

    # Productions.

    def module(self):
        self.cursor.need("protocol")
        name = self.cursor.need_kind("word", "the protocol's name").text
        while self.cursor.next.kind != "end":
            self.item()
        for layout in self.layouts:
            if not any(isinstance(t, ir.Message) and t.name == layout.message for t in self.types):
                raise Refusal(layout.loc, f"{layout.message} is no message of this schema")
        types = [replace(t, layouts=tuple(x for x in self.layouts if x.message == t.name))
                 if isinstance(t, ir.Message) else t for t in self.types]
        return ir.Module(name, self.source.file, name.lower(), tuple(types),
                         tuple(self.constants), self.header)

    def item(self):
        cursor = self.cursor
        token = cursor.take()
        items = {
            "guid": self.guid,
            "closed": lambda loc: self.enum(loc, True),
            "open": lambda loc: self.enum(loc, False),
            "struct": self.struct,
            "header": self.message_header,
            "message": self.message,
            "layout": self.layout,
        }
        if token.text not in items:
            cursor.refuse(f'expected one of {", ".join(items)}, found "{token.text}"', token)
        items[token.text](token.loc)

    def name(self, what):
        return self.cursor.need_kind("word", what)

    def cite(self, name):
        if self.cursor.next.kind != "cite":
            self.cursor.refuse(f'{name} has no citation: expected its section in brackets, as in '
                               f'"[MS-NEGOEX 2.2.6.3]", found "{self.cursor.next.text}"')
        document, _, section = self.cursor.take().text.partition(" ")
        if document.startswith("MS-"):
            document = f"[{document}]"
        return f"{document} {section}".strip()

    def guid(self, loc):
        name = self.name("a name").text
        self.cursor.need("=")
        text = self.cursor.need_kind("guid", "a GUID").text
        cite = self.cite(name)
        self.constants.append(ir.Constant(name=name, title=name, loc=loc, doc="", cite=cite,
                                          octets=uuid.UUID(text).bytes_le, text=text))

    def enum(self, loc, closed):
        cursor = self.cursor
        cursor.need("enum")
        name = self.name("a name")
        cursor.need(":")
        width = self.width()
        cite = self.cite(name.text)
        cursor.need("{")
        values = []
        if cursor.at("}"):
            cursor.refuse(f"{name.text} has no values")
        while not cursor.may("}"):
            value = self.name("a value's name")
            cursor.need("=")
            values.append(ir.Value(value.text, cursor.need_number(), value.loc))
        self.types.append(ir.Enum(name=name.text, loc=name.loc, doc=self.lexer.comment_above(loc),
                                  cite=cite, values=tuple(values), closed=closed, width=width))

    def width(self):
        token = self.name("u16, u32 or u64")
        if token.text not in WIDTHS:
            self.cursor.refuse(f'expected u16, u32 or u64, found "{token.text}"', token)
        return WIDTHS[token.text]

    def struct(self, loc):
        name, size, cite = self.sized("size")
        self.types.append(ir.Struct(name=name.text, loc=name.loc, doc=self.lexer.comment_above(loc),
                                    cite=cite, fields=self.fields(), size=size))

    def message_header(self, loc):
        name, size, cite = self.sized("size")
        if self.header:
            self.cursor.refuse(f"a second header: {self.header.name} is the header", name)
        self.header = ir.Struct(name=name.text, loc=name.loc, doc=self.lexer.comment_above(loc),
                                cite=cite, fields=self.fields(), size=size)

    def sized(self, word):
        name = self.name("a name")
        self.cursor.need(word)
        size = self.cursor.need_number("a size in octets")
        return name, size, self.cite(name.text)

    def message(self, loc):
        cursor = self.cursor
        name = self.name("a name")
        cursor.need("for")
        kinds = [self.name("a message type").text]
        while cursor.may(","):
            kinds.append(self.name("a message type").text)
        cursor.need("header")
        size = cursor.need_number("a size in octets")
        unpadded = cursor.need_number("a size in octets") if cursor.may("or") else size
        cite = self.cite(name.text)
        self.types.append(ir.Message(name=name.text, loc=name.loc,
                                     doc=self.lexer.comment_above(loc), cite=cite,
                                     fields=self.fields(), size=size, kinds=tuple(kinds), unpadded=unpadded))

    def layout(self, loc):
        cursor = self.cursor
        name = self.name("a name")
        cursor.need("of")
        message = self.name("a message").text
        for text in ("when", "octets", "("):
            cursor.need(text)
        offset = cursor.need_number("an offset")
        cursor.need(",")
        count = cursor.need_number("a number of octets")
        for text in (")", "!="):
            cursor.need(text)
        if cursor.need_number() != 0:
            cursor.refuse("a layout is told by octets that are not 0")
        cursor.need("else")
        code = self.name("a finding").text
        cite = self.cite(name.text)
        self.layouts.append(ir.Layout(name=name.text, loc=name.loc, cite=cite, message=message,
                                      doc=self.lexer.comment_above(loc), test=ir.At(offset, count),
                                      code=code, fields=self.fields()))

    def fields(self):
        self.cursor.need("{")
        fields = []
        if self.cursor.at("}"):
            self.cursor.refuse("expected a field")
        while not self.cursor.may("}"):
            fields.append(self.field())
        return tuple(fields)

    def field(self):
        cursor = self.cursor
        loc = cursor.need("@").loc
        offset = cursor.need_number("an offset")
        if cursor.may("pad"):
            size = cursor.need_number("a number of octets")
            return ir.Field(name="padding", type=ir.PAD, loc=loc, text=f"@{offset} pad {size}",
                            encoding=ir.At(offset, size), count=size)
        name = self.name("a field").text
        cursor.need(":")
        field = ir.Field(name=name, type="", loc=loc, text=self.line(loc),
                         encoding=ir.At(offset, 0), doc=self.lexer.comment_beside(loc))
        return self.field_rule(self.field_type(field))

    def line(self, loc):
        """The schema's own line, without its comment: it goes into the C."""
        text = self.source.lines[loc.line - 1].partition("#")[0]
        return " ".join(text.split())

    def field_type(self, field):
        cursor, offset = self.cursor, field.encoding.offset
        token = self.name("a type")
        if token.text in WIDTHS:
            return replace(field, type=token.text, encoding=ir.At(offset, WIDTHS[token.text]))
        if token.text == "guid":
            return replace(field, type="guid", encoding=ir.At(offset, 16), count=16)
        if token.text == "octets":
            cursor.need("(")
            count = cursor.need_number("a number of octets")
            cursor.need(")")
            return replace(field, type="octets", encoding=ir.At(offset, count), count=count)
        if token.text == "bytes":
            return self.bytes_type(replace(field, type="bytes",
                                           encoding=ir.At(offset, OFFSET_WIDTH + 4)))
        if token.text == "vector":
            cursor.need("(")
            element = self.name("an element's type").text
            for text in (")", "=", "offset", "u32", ",", "count", "u16"):
                cursor.need(text)
            return replace(field, type="vector", element=element,
                           encoding=ir.At(offset, OFFSET_WIDTH + 2))
        return replace(field, type=token.text)

    def bytes_type(self, field):
        cursor = self.cursor
        for text in ("=", "offset", "u32", ",", "length", "u32"):
            cursor.need(text)
        if not cursor.may("holds"):
            return field
        held = self.name("a structure").text
        cursor.need("when")
        other = self.name("a field").text
        cursor.need("==")
        return replace(field, holds=ir.Holds(held, other, self.name("a value").text))

    def field_rule(self, field):
        cursor = self.cursor
        if cursor.may("writes"):
            token = cursor.take()
            if token.text in ("header-size", "message-size"):
                return replace(field, writes=token.text)
            if token.kind != "number":
                cursor.refuse("expected a number, header-size or message-size, "
                              f'found "{token.text}"', token)
            return replace(field, writes=int(token.text, 0))
        want = None
        if cursor.may("=="):
            token = cursor.take()
            if token.kind not in ("number", "string"):
                cursor.refuse(f'expected a number or a string, found "{token.text}"', token)
            want = int(token.text, 0) if token.kind == "number" else token.text.strip('"')
        if not cursor.may("else"):
            if want is not None:
                cursor.refuse('a rule needs what happens else: expected "else malformed SPNnnnn"')
            return field
        status = self.name("malformed or unsupported")
        if status.text not in ("malformed", "unsupported"):
            cursor.refuse(f'expected malformed or unsupported, found "{status.text}"', status)
        code = self.name("a finding, as in SPN3014").text
        return replace(field, rule=ir.Rule(want, status.text, code), writes=want)
