"""Keys on the command line, the guide about them, and the vectors' maker."""

import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from tests.cli import support

VECTORS = support.ROOT / "tests/vectors/keys"
KEY = "000102030405060708090a0b0c0d0e0f"


def body(name):
    """A vector's conversation, without what is expected of it."""
    return (VECTORS / f"{name}.conv").read_text().partition("\n\n")[2]


class Options(unittest.TestCase):
    def refused(self, *options):
        said = support.run("--conversation", *options, stdin=body("verify-fits"))
        self.assertEqual((said.status, said.out), (3, ""))
        return said.err

    def test_a_bad_key(self):
        self.assertEqual(
            self.refused("--key", KEY[2:], "--enctype", "19"),
            "spnego-check: --key: length 15; expected the 16 octets of a key of encryption "
            "type 19, aes128-cts-hmac-sha256-128\n")

    def test_a_bad_session_key(self):
        self.assertEqual(self.refused("--ntlm-session-key", KEY[1:] + "x"),
                         "spnego-check: --ntlm-session-key: no hexadecimal digit at place 32\n")

    def test_a_key_is_not_repeated(self):
        self.assertNotIn(KEY, self.refused("--key", KEY + "zz", "--enctype", "19"))

    def test_no_keytab(self):
        self.assertEqual(self.refused("--keytab", "/no/such"),
                         "spnego-check: --keytab /no/such: Key table file '/no/such' not found\n")

    def test_status(self):
        for name, status in ("verify-fits", 0), ("verify-wrong", 1):
            said = support.run("--conversation", "--quiet", "--key", KEY, "--enctype", "19",
                               stdin=body(name))
            self.assertEqual((said.status, said.out, said.err), (status, "", ""))


class Guide(unittest.TestCase):
    def test_its_commands_are_true(self):
        text = (support.ROOT / "docs/guide/keys.md").read_text()
        blocks = re.findall(r"```console\n\$ (.+)\n((?:.*\n)*?)```", text)
        self.assertEqual(len(blocks), 1)
        for command, printed in blocks:
            command = command.replace("build/spnego-check", str(support.TOOL))
            done = subprocess.run(command, shell=True, cwd=support.ROOT, check=False,
                                  capture_output=True, text=True)
            self.assertEqual(done.stdout, printed)


class Vectors(unittest.TestCase):
    def test_they_are_what_their_maker_writes(self):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([sys.executable, "-B", VECTORS / "make.py", folder], check=True)
            made = {path.name: path.read_text() for path in Path(folder).iterdir()}
        kept = {path.name: path.read_text() for path in VECTORS.glob("*.conv")}
        self.assertEqual(kept, made)


if __name__ == "__main__":
    unittest.main()
