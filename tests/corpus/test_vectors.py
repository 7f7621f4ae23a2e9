"""No token of the shared golden vectors is invalid, and each is of a known kind.

Exceptions, by name: *-prefix.hex break off where their source does; the keys of
SAnon and the MechTypeList alone are no tokens.
"""

import unittest

from tests.cli import support

VECTORS = support.ROOT.parent / "shared" / "spec" / "vectors"
NO_TOKENS = {
    "spec/rfc4178-appD-mechtypelist.hex",
    *(f"sanon/{name}.hex" for name in ("acceptor-negoex-key", "acceptor-public",
                                       "acceptor-secret", "base-key", "initiator-negoex-key",
                                       "initiator-public", "initiator-secret")),
}


def conversation(path):
    """The lines of a conversation: each token in hex, in its place."""
    lines = []
    for line in path.read_text("utf-8").splitlines():
        direction, _, octets = line.partition(" ")
        lines.append(octets if direction in ("I", "A") and octets != "-" else "")
    return lines


def reports(*args, cwd):
    said = support.run("--format", "ndjson", *args, cwd=cwd, tool=support.sanitized())
    if said.status not in (0, 1):
        raise AssertionError(f"exit status {said.status}: {said.err}")
    return {report["input"]: report for report in said.objects()}


@unittest.skipUnless(VECTORS.is_dir(), "there is no ../shared/spec/vectors")
class TheGoldenVectors(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        names = sorted(path.relative_to(VECTORS).as_posix() for path in VECTORS.rglob("*.hex"))
        cls.blobs = reports(*names, cwd=VECTORS)
        folder = support.scratch(cls)
        cls.tokens = 0
        for path in sorted(VECTORS.rglob("*.conv")):
            lines = conversation(path)
            cls.tokens += len([line for line in lines if line])
            name = path.relative_to(VECTORS).as_posix().replace("/", "-")
            (folder / name).write_text("".join(f"{line}\n" for line in lines), "ascii")
        names = sorted(path.name for path in folder.iterdir())
        cls.lines = reports("--lines", "--from", "hex", *names, cwd=folder)

    def assertSound(self, report):
        self.assertNotEqual(report["kind"], "unknown")
        self.assertIn(report["verdict"], ("valid", "warning"), report["findings"])

    def test_manifest_lists_every_file(self):
        rows = (VECTORS / "manifest.tsv").read_text("utf-8").splitlines()[1:]
        sizes = {path: int(octets) for path, octets, *_ in (row.split("\t") for row in rows)
                 if path.endswith(".hex")}
        self.assertEqual({name: report["octets"] for name, report in self.blobs.items()}, sizes)

    def test_single_tokens_are_sound(self):
        for name, report in self.blobs.items():
            if name in NO_TOKENS or name.endswith("-prefix.hex"):
                continue
            with self.subTest(name):
                self.assertSound(report)

    def test_prefixes_are_cut_off(self):
        prefixes = {name for name in self.blobs if name.endswith("-prefix.hex")}
        self.assertTrue(prefixes)
        for name in sorted(prefixes):
            with self.subTest(name):
                self.assertEqual(self.blobs[name]["verdict"], "invalid")
                codes = [finding["code"] for finding in self.blobs[name]["findings"]]
                self.assertIn("SPN1001", codes)

    def test_what_is_no_token_is_unknown(self):
        for name in sorted(NO_TOKENS):
            with self.subTest(name):
                self.assertEqual(self.blobs[name]["kind"], "unknown")
                self.assertEqual(self.blobs[name]["verdict"], "invalid")

    def test_tokens_of_conversations_are_sound(self):
        self.assertEqual(len(self.lines), self.tokens)
        for name, report in self.lines.items():
            with self.subTest(name):
                self.assertSound(report)


if __name__ == "__main__":
    unittest.main()
