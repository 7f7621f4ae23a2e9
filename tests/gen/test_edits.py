"""Editing a schema: a field is added to a copy, and the codec has it.

edits/*.c are compiled with the runtime and with what is generated from the
copy; they set the new field, encode, look at the octets, decode and compare.
"""

import subprocess
import unittest

from gen import __main__ as program

from .support import HERE, ROOT, compile_c, copy_root, edit, run_apart, run_here, scratch

NEW_TOKEN_FIELDS = (
    ("""-- What Windows puts where""",
     """-- How far it is.  RFC 4178 4.2.2
Phase ::= ENUMERATED {
    early (0),
    late  (1)
}

-- What Windows puts where"""),
    ("""    mechListMIC    [3] OCTET STRING OPTIONAL,
    ...
}

-- What the initiator""",
     """    mechListMIC    [3] OCTET STRING OPTIONAL,
    ...,
    channelHash    [5] OCTET STRING OPTIONAL    -- of the channel outside
}

-- What the initiator"""),
    ("supportedMechs [4] MechTypeList OPTIONAL ",
     "supportedMechs [4] MechTypeList OPTIONAL,"),
    ("""[MS-SPNG] 3.1.5.4
}""",
     """[MS-SPNG] 3.1.5.4
    phase          [5] Phase OPTIONAL
}"""),
)
NEW_MESSAGE_FIELD = (
    ("AP_REQUEST header 64", "AP_REQUEST header 68"),
    ("""    @56 exchange         : bytes = offset u32, length u32
""",
     """    @56 epoch            : u32                   # how often keys were changed
    @60 exchange         : bytes = offset u32, length u32
"""),
)


class Added(unittest.TestCase):
    """One copy with all the new fields, compiled once."""

    @classmethod
    def setUpClass(cls):
        cls.root = copy_root(scratch(cls))
        cls.out = cls.root / "out"
        edit(cls.root, program.SPNEGO, *NEW_TOKEN_FIELDS)
        edit(cls.root, program.NEGOEX, *NEW_MESSAGE_FIELD)
        run = run_apart("--root", cls.root, "--out", cls.out)
        if run.returncode != 0:
            raise AssertionError(run.stderr)
        sources = [*sorted((ROOT / "runtime").glob("*.c")), *sorted(cls.out.glob("*.c"))]
        cls.objects = []
        for source in sources:
            cls.objects.append(cls.root / f"{source.parent.name}-{source.stem}.o")
            compile_c(cls.out, "-c", source, "-o", cls.objects[-1])

    def run_c(self, name):
        target = self.root / name
        compile_c(self.out, HERE / "edits" / f"{name}.c", *self.objects, "-o", target)
        run = subprocess.run([target], capture_output=True, text=True, check=False)
        self.assertEqual((run.returncode, run.stdout), (0, ""))

    def test_octet_string_behind_the_extension_marker(self):
        self.run_c("channel_hash")

    def test_enumerated_of_a_new_type(self):
        self.run_c("phase")

    def test_number_in_a_message(self):
        self.run_c("epoch")

    def test_documentation_has_them(self):
        token = (self.out / "docs/spnego.md").read_text()
        negoex = (self.out / "docs/negoex.md").read_text()
        self.assertIn("| [5] | `channelHash` | OCTET STRING | optional | of the channel outside |",
                      token)
        self.assertIn("| [5] | `phase` | Phase | optional |", token)
        self.assertIn("| 56 | 4 | `epoch` | u32 | how often keys were changed |", negoex)
        self.assertIn("| 60 | 8 | `exchange` |", negoex)

    def test_headers_have_the_comment(self):
        header = (self.out / "include/spnego/token.h").read_text()
        self.assertIn("struct spnego_slice channel_hash; /* of the channel outside */\n", header)


class Forgotten(unittest.TestCase):
    """The same edits, half done."""

    def refusal(self, *changes):
        root = copy_root(scratch(self))
        edit(root, program.NEGOEX, *changes)
        status, said = run_here("--root", root, "--out", root / "out")
        self.assertEqual(status, 1)
        self.assertFalse((root / "out").exists())
        return said.split(": error: ", 1)[1].splitlines()[:2]

    def test_a_later_offset(self):
        line = "    @56 exchange         : bytes = offset u32, length u32"
        said = self.refusal((line, f"    @56 epoch            : u32\n{line}"))
        self.assertEqual(said, ["exchange stands at @56, but the field before it ends at @60",
                                f"    {line}"])

    def test_the_size_of_the_header(self):
        said = self.refusal(NEW_MESSAGE_FIELD[1])
        self.assertEqual(said[0], "EXCHANGE_MESSAGE says 64 octets, but its fields end at @68")

    def test_a_structure_inside_another(self):
        """A CHECKSUM that grows moves what stands behind it in VERIFY_MESSAGE."""
        said = self.refusal(
            ("struct CHECKSUM size 20", "struct CHECKSUM size 24"),
            ("    @12 checksum-value", "    @12 flags : u32\n    @16 checksum-value"))
        self.assertEqual(said[0], "padding stands at @76, but the field before it ends at @80")

    def test_the_common_header(self):
        """A header that grows moves the fields of every message."""
        said = self.refusal(
            ("header MESSAGE_HEADER size 40", "header MESSAGE_HEADER size 44"),
            ("    @24 conversation-id : guid",
             "    @24 conversation-id : guid\n    @40 more : u32"))
        self.assertEqual(said[0], "random stands at @40, but the field before it ends at @44")


if __name__ == "__main__":
    unittest.main()
