"""The documentation of the notations: examples are read, grammars compared."""

import ast
import re
import unittest

from gen import asn1_front, check, findings_front, ir, lexer, schema_front
from gen import __main__ as program
from gen.source import Source, read

from .support import ROOT, copy_root, run_here, scratch, texts

SCHEMA_README = (ROOT / "negoex-schema/README.md").read_text("ascii")
ASN1_README = (ROOT / "asn1/README.md").read_text("ascii")
LEXICAL = {"code", "cite", "name", "number", "string", "guid"}  # productions of the lexer


def block(language):
    return re.search(rf"^```{language}\n(.*?)^```$", SCHEMA_README, re.S | re.M).group(1)


def productions():
    """The grammar: each production's name and its terminals."""
    found = re.findall(r"^(\w+) *= (.*?) ;$", block("ebnf"), re.S | re.M)
    return {name: set(re.findall(r'"([^"\s]+)"', text)) for name, text in found}


def parser_words():
    """The words that the parser's calls of need and may name, its items and widths."""
    words = set(schema_front.WIDTHS)
    for node in ast.walk(ast.parse((ROOT / "gen/schema_front.py").read_text())):
        called = getattr(getattr(node, "func", None), "attr", "")
        inside = (node.args if called in ("need", "may", "sized")
                  else node.keys if isinstance(node, ast.Dict)
                  else [node.iter] if isinstance(node, ast.For)
                  else node.comparators if isinstance(node, ast.Compare) else [])
        words |= {c.value for x in inside for c in ast.walk(x)
                  if isinstance(c, ast.Constant) and isinstance(c.value, str)}
    return words - {"cite", "end", "number", "string"}  # kinds of tokens


class Example(unittest.TestCase):
    def setUp(self):
        source = Source("README.md", block("schema"))
        self.findings = findings_front.read_findings(read(ROOT, program.FINDINGS))
        self.module = check.check(schema_front.read_module(source), self.findings)

    def test_shows_every_construct(self):
        fields = [f for t in (*self.module.types, self.module.header)
                  for f in getattr(t, "fields", ())]
        kinds = {ir.kind_of(self.module, f.type) for f in fields}
        self.assertEqual(kinds, {"INT", "ENUM", "STRUCT", "OCTETS", "GUID", "LIST"})
        self.assertTrue(any(f.holds for f in fields))
        self.assertEqual({f.writes for f in fields if isinstance(f.writes, str)},
                         {"header-size", "message-size", "DEMO"})
        hello, bye = self.module.messages
        self.assertEqual([layout.name for layout in hello.layouts], ["packed"])
        self.assertEqual((bye.size, bye.unpadded), (28, 24))
        self.assertEqual(self.module.find("WHY").doc, "Why it ends.")
        self.assertEqual(self.module.constants[0].cite, "draft-example-00 5")

    def test_is_generated_from(self):
        root = copy_root(scratch(self))
        (root / program.NEGOEX).write_text(block("schema"))
        self.assertEqual(run_here("--root", root, "--out", root / "out"), (0, ""))
        self.assertIn("docs/negoex.md", texts(root / "out"))


class Grammar(unittest.TestCase):
    def test_has_about_25_productions(self):
        self.assertLessEqual(len(productions()), 27)

    def test_words_are_those_of_the_parser(self):
        words = set().union(*(terminals for name, terminals in productions().items()
                              if name not in LEXICAL)) - {"0"}
        self.assertEqual(words, parser_words())

    def test_productions_are_used(self):
        grammar = re.sub(r'"[^"]*"|\'[^\']*\'', "", block("ebnf"))
        for name in set(productions()) - {"schema"}:
            self.assertGreater(len(re.findall(rf"\b{name}\b", grammar)), 1, name)

    def test_words_are_tokens(self):
        for word in set().union(*(productions()[name] for name in set(productions()) - LEXICAL)):
            tokens = lexer.Lexer(Source("x", word), "#").tokens
            self.assertEqual([token.text for token in tokens[:-1]], [word])


class Asn1(unittest.TestCase):
    def test_table_has_every_type(self):
        """The types of spnego.asn1, in its order, with the citation it has."""
        rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \|", ASN1_README, re.M)
        path = ROOT / program.SPNEGO
        module = asn1_front.read_module(read(ROOT, program.SPNEGO), path)
        self.assertEqual([name for name, _ in rows], [found.name for found in module.types])
        for (name, source), found in zip(rows, module.types):
            self.assertTrue(source.startswith(found.cite), name)

    def test_phrases_are_those_of_the_front_end(self):
        front = (ROOT / "gen/asn1_front.py").read_text()
        for phrase in ("observed only", "Observed without its SEQUENCE."):
            self.assertIn(phrase, ASN1_README)
            self.assertIn(phrase, front)
        self.assertIn("Extends NegotiationToken.", ASN1_README)


if __name__ == "__main__":
    unittest.main()
