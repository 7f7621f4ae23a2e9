"""Standard streams that are full, closed or cut."""

import os
import signal
import subprocess
import unittest

from tests.cli import support, tokens

SENTENCE = "spnego-check: standard output: it cannot be written\n"
FULL = "/dev/full"


def run_with(redirection, *args):
    """Runs the tool through the shell's `redirection` of its streams."""
    script = f'exec "$0" "$@" {redirection}'
    done = subprocess.run(["sh", "-c", script, str(support.TOOL), *args], check=False,
                          input=tokens.COMPLETED_HEX.encode(), capture_output=True,
                          timeout=support.HANG, env=support.environment())
    return support.Said(done.returncode, support.text(done.stdout), support.text(done.stderr))


class Output(unittest.TestCase):
    @unittest.skipUnless(os.path.exists(FULL), "there is no /dev/full")
    def test_full_disk(self):
        for form in ("text", "json", "ndjson"):
            with self.subTest(form):
                said = run_with(">/dev/full", "--from", "hex", "--format", form)
                self.assertEqual(said, (2, "", SENTENCE))

    def test_closed(self):
        said = run_with(">&-", "--from", "hex")
        self.assertEqual(said, (2, "", SENTENCE))

    def test_closed_with_files(self):
        folder = support.scratch(self)
        (folder / "file").write_text(tokens.COMPLETED_HEX, "ascii")
        said = run_with(">&-", "--from", "hex", str(folder / "file"))
        self.assertEqual(said, (2, "", SENTENCE))
        self.assertEqual((folder / "file").read_text("ascii"), tokens.COMPLETED_HEX)

    def test_closed_and_quiet(self):
        self.assertEqual(run_with(">&-", "-q"), (0, "", ""))

    @unittest.skipUnless(os.path.exists(FULL), "there is no /dev/full")
    def test_help_and_version_on_a_full_disk(self):
        for option in ("--help", "--version"):
            with self.subTest(option):
                self.assertEqual(run_with(">/dev/full", option), (2, "", SENTENCE))

    def test_reader_that_goes_away(self):
        with subprocess.Popen([support.TOOL, "--from", "hex"],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE) as process:
            process.stdout.close()
            process.stdin.write(tokens.COMPLETED_HEX.encode())
            process.stdin.close()
            self.assertEqual(process.stderr.read(), b"")
        self.assertEqual(process.returncode, -signal.SIGPIPE)


class Input(unittest.TestCase):
    def test_closed(self):
        said = run_with("<&-")
        self.assertEqual(said, (2, "", "spnego-check: standard input: Bad file descriptor\n"))

    def test_closed_error_stream(self):
        said = run_with("2>&-")
        self.assertEqual(said.status, 0)
        self.assertTrue(said.out.startswith("standard input: NegTokenResp"))


if __name__ == "__main__":
    unittest.main()
