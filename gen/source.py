"""A source text, places in it, and the refusal that points at one."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Loc:
    """A place in a source: line and column count from 1."""

    file: str
    line: int
    column: int

    def __str__(self):
        return f"{self.file}:{self.line}:{self.column}"


class Refusal(Exception):
    """The generator will not go on: what is wrong, and where."""

    def __init__(self, loc, message):
        super().__init__(message)
        self.loc = loc
        self.message = message


class Source:
    """A text with a name that does not depend on the machine."""

    def __init__(self, file, text):
        self.file = file
        self.text = text
        self.lines = text.split("\n")

    def loc_at(self, offset):
        line = self.text.count("\n", 0, offset) + 1
        return Loc(self.file, line, offset - self.text.rfind("\n", 0, offset))

    def show(self, refusal):
        """The refusal as a person reads it, with the line and a caret."""
        loc = refusal.loc
        line = self.lines[loc.line - 1].expandtabs(1) if loc.line <= len(self.lines) else ""
        caret = " " * (loc.column - 1) + "^"
        return f"{loc}: error: {refusal.message}\n    {line}\n    {caret}"


def read(root, file):
    """Reads root/file; a missing or unreadable file is a Refusal."""
    try:
        with open(root / file, encoding="ascii") as stream:
            return Source(file, stream.read())
    except OSError as error:
        raise Refusal(Loc(file, 1, 1), f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raw = error.object[: error.start]
        loc = Loc(file, raw.count(b"\n") + 1, error.start - raw.rfind(b"\n"))
        raise Refusal(loc, "an octet that is not ASCII") from None
