"""One lexer for both notations: they differ only in how a comment begins."""

import re
from dataclasses import dataclass

from .source import Loc, Refusal

TOKEN = re.compile(
    r"""
    (?P<guid>[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12})
  | (?P<number>0x[0-9a-f]+|\d+)
  | (?P<negative>-\d+)
  | (?P<word>[A-Za-z][A-Za-z0-9_]*(-[A-Za-z0-9_]+)*)
  | (?P<string>"[^"\n]*")
  | (?P<mark>::=|==|!=|\.\.\.|\.\.|[][{}()@:=,|*])
""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Token:
    kind: str  # guid, number, negative, word, string, mark, cite, end
    text: str
    loc: Loc


@dataclass(frozen=True)
class Comment:
    text: str
    loc: Loc
    alone: bool  # nothing else stands on its line


class Lexer:
    """Splits a source into tokens, and its comments apart from them."""

    def __init__(self, source, comment, cites=False):
        self.source = source
        self.tokens = []
        self.comments = []
        for number, line in enumerate(source.lines, 1):
            self._line(number, line, comment, cites)
        last = Loc(source.file, len(source.lines), len(source.lines[-1]) + 1)
        self.tokens.append(Token("end", "the end of the file", last))

    def comment_above(self, loc):
        """The comment that ends on the line above."""
        lines = {c.loc.line: c.text for c in self.comments if c.alone}
        line, words = loc.line - 1, []
        while line in lines:
            words.insert(0, lines[line])
            line -= 1
        return " ".join(words)

    def comment_beside(self, loc):
        """The comment behind what stands on the same line."""
        found = (c.text for c in self.comments if c.loc.line == loc.line and not c.alone)
        return next(found, "")

    def _line(self, number, line, comment, cites):
        column = 0
        while column < len(line):
            rest = line[column:]
            loc = Loc(self.source.file, number, column + 1)
            if rest[0] in " \t":
                column += 1
            elif rest.startswith(comment):
                text = rest[len(comment) :].strip()
                self.comments.append(Comment(text, loc, not line[:column].strip()))
                return
            elif cites and rest[0] == "[":
                column += self._cite(rest, loc)
            else:
                column += self._token(rest, loc)

    def _cite(self, rest, loc):
        end = rest.find("]")
        if end < 0:
            raise Refusal(loc, 'a citation that does not end: "]" is missing')
        self.tokens.append(Token("cite", rest[1:end].strip(), loc))
        return end + 1

    def _token(self, rest, loc):
        match = TOKEN.match(rest)
        if not match:
            raise Refusal(loc, f'"{rest[0]}" is not part of the notation')
        self.tokens.append(Token(match.lastgroup, match.group(), loc))
        return match.end()


class Cursor:
    """Walks over tokens and refuses what was not expected."""

    def __init__(self, tokens, refuse=None):
        self.tokens = tokens
        self.index = 0
        self.refuse_at = refuse or (lambda token, message: Refusal(token.loc, message))

    @property
    def next(self):
        return self.tokens[self.index]

    def refuse(self, message, token=None):
        raise self.refuse_at(token or self.next, message)

    def take(self):
        token = self.next
        self.index += token.kind != "end"
        return token

    def at(self, *texts):
        """Do these texts stand next?"""
        ahead = self.tokens[self.index : self.index + len(texts)]
        return [token.text for token in ahead] == list(texts)

    def may(self, *texts):
        """Takes these texts if they stand next."""
        found = self.at(*texts)
        if found:
            self.index += len(texts)
        return found

    def need(self, text):
        if not self.at(text):
            self.refuse(f'expected "{text}", found "{self.next.text}"')
        return self.take()

    def need_kind(self, kind, what):
        if self.next.kind != kind:
            self.refuse(f'expected {what}, found "{self.next.text}"')
        return self.take()

    def need_number(self, what="a number"):
        return int(self.need_kind("number", what).text, 0)
