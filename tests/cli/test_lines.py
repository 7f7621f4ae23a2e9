"""--lines: every line a token, in order, in memory that stays the same."""

import base64
import json
import re
import shlex
import shutil
import subprocess
import unittest
from pathlib import Path

from tests.cli import garbage, support, tokens

BASE64 = tokens.COMPLETED_BASE64
LIMIT = 1 << 20
ALL = [tokens.COMPLETED, tokens.OFFER, tokens.HINTS, tokens.ANSWER, tokens.NEGOEX_OFFER,
       tokens.NAKED, tokens.KERBEROS_AP_REQ, tokens.COMPLETED[:-1]]
REPEATED = re.compile(r"\(([^()]*)\) *\* *(\d+)")
NO_COLUMN = "columns: {}; --id-column says {}, and a token is behind that"


def text_of(*lines):
    return b"".join(line + b"\n" for line in lines)


def ndjson(*args, stdin, tool=None):
    return support.run("--lines", "--format", "ndjson", *args, stdin=stdin, tool=tool)


def errors(said):
    return [found.get("error") for found in said.objects()]


class Order(unittest.TestCase):
    def setUp(self):
        forms = [base64.b64encode, lambda token: token.hex().encode()]
        self.lines = [forms[i % 3 % 2](ALL[i % len(ALL)]) for i in range(2000)]

    def test_is_that_of_the_lines(self):
        said = ndjson(stdin=text_of(*self.lines))
        self.assertEqual([found["line"] for found in said.objects()], list(range(1, 2001)))
        self.assertEqual([found["octets"] for found in said.objects()],
                         [len(ALL[i % len(ALL)]) for i in range(2000)])

    def test_a_line_is_judged_as_a_file(self):
        for token in ALL:
            alone = support.run("--format", "ndjson", stdin=token.hex()).object()
            for text in (token.hex().encode(), base64.b64encode(token)):
                found = ndjson(stdin=text).object()
                self.assertEqual(found.pop("line"), 1)
                self.assertEqual({**found, "input": "standard input"}, alone)

    def test_begins_again_where_it_stopped(self):
        text = text_of(*self.lines[:300])
        whole = ndjson(stdin=text)
        for start in (1, 2, 150, 300):
            rest = ndjson("--start-line", str(start), stdin=text)
            first = "".join(whole.out.splitlines(True)[:start - 1])
            self.assertEqual(first + rest.out, whole.out)

    def test_nothing_is_left_to_begin_with(self):
        self.assertEqual(ndjson("--start-line", "3", stdin=text_of(b"?", b"?")), (0, "", ""))
        self.assertEqual(ndjson("--start-line", "3", stdin="?\n?"), (0, "", ""))

    def test_start_behind_the_end(self):
        said = ndjson("--start-line", "4", stdin="?\n?\n")
        sentence = "it has fewer lines than --start-line says"
        self.assertEqual((said.status, errors(said)), (2, [sentence]))
        self.assertEqual(said.err, f"spnego-check: standard input: {sentence}\n")


class Quiet(unittest.TestCase):
    """--quiet reads no tree and writes no words; it must judge alike."""

    def test_counts_and_status_are_the_same(self):
        places = sorted((support.ROOT / "tests" / "vectors").rglob("*.hex"))
        self.assertGreater(len(places), 100)
        for place in places:
            with self.subTest(place.name):
                loud = support.run("--stats", "--format", "ndjson", "--from", "hex",
                                   stdin=octets_of(place).hex())
                quiet = support.run("--lines", "--quiet", "--stats", "--format", "ndjson",
                                    "--from", "hex", stdin=octets_of(place).hex())
                self.assertEqual(quiet.objects(), loud.objects()[-1:])
                self.assertEqual(quiet.status, loud.status)

    def test_says_what_could_not_be_read(self):
        said = support.run("--lines", "-q", stdin=f"{BASE64}\nx\n")
        self.assertEqual((said.status, said.out), (2, ""))
        self.assertRegex(said.err, r"\Aspnego-check: standard input:2: .*\n\Z")


def octets_of(place):
    """The octets of a vector: hex behind its header, with comments; "( 5a ) * 3" repeats."""
    _, _, body = place.read_text("utf-8").partition("\n\n")
    text = " ".join(row.partition("#")[0] for row in body.splitlines())
    return bytes.fromhex(REPEATED.sub(lambda found: found[1] * int(found[2]), text))


class Ids(unittest.TestCase):
    def assertIds(self, expected, text, *args):
        said = ndjson(*args, stdin=text)
        self.assertEqual([found["id"] for found in said.objects()], expected)
        self.assertEqual([found["line"] for found in said.objects()],
                         list(range(1, len(expected) + 1)))
        return said

    def test_stand_as_they_stood(self):
        ids = ["1", "", " a b ", "\u00e4\u6f22\U0001f511", "\"\\/", "\x01\x7f", "-1", "null"]
        text = text_of(*(f"{name}\t{BASE64}".encode() for name in ids))
        said = self.assertIds(ids, text, "--id-column", "1")
        self.assertEqual((said.status, errors(said)), (0, [None] * len(ids)))

    def test_octets_that_are_no_utf_8_are_latin_1(self):
        self.assertIds(["\u00ff\u00fe", "a\0b"],
                       text_of(b"\xff\xfe\t" + BASE64.encode(), b"a\0b\t" + BASE64.encode()),
                       "--id-column", "1")

    def test_any_column_but_the_last(self):
        text = text_of(f"a\tb\tc\t{BASE64}".encode())
        for number, name in enumerate("abc", 1):
            said = self.assertIds([name], text, "--id-column", str(number))
            self.assertEqual(said.status, 0)

    def test_one_object_for_each_line_whatever_it_holds(self):
        rows = [(b"", "", NO_COLUMN.format(1, 2)), (b"a", "", NO_COLUMN.format(1, 2)),
                (b"a\tb", "b", NO_COLUMN.format(2, 2)), (b"a\tb\t", "b", "it has no token"),
                (b"a\tb\t \r", "b", "it has no token"), (b"\t\t", "", "it has no token"),
                (b"a\tb\tx\0", "b", "it is not text; expected hex or base64"),
                (b"a\tb\t" + BASE64.encode() + b"\r", "b", None),
                (b"a\tb\tc\t" + BASE64.encode(), "b", None)]
        text = text_of(*(line for line, _, _ in rows))
        said = self.assertIds([name for _, name, _ in rows], text, "--id-column", "2")
        self.assertEqual(errors(said), [error for _, _, error in rows])
        self.assertEqual(said.status, 2)

    def test_column_of_an_error_is_that_of_the_line(self):
        said = ndjson("--from", "hex", "--id-column", "1", stdin="\u00e4b\t60 7x\n".encode())
        self.assertEqual(errors(said), ["column 8: 'x' is not a hexadecimal digit"])

    def test_too_long_a_line_has_its_id(self):
        text = text_of(b"a\t" + b"A" * 3 * LIMIT, b"b\t" + BASE64.encode())
        said = self.assertIds(["a", "b"], text, "--id-column", "1")
        self.assertEqual(errors(said), ["it is longer than 1 MiB", None])

    def test_other_formats_leave_them_out(self):
        said = support.run("--lines", "--id-column", "1", stdin=f"name\t{BASE64}\n")
        self.assertNotIn("name", said.out)
        self.assertTrue(said.out.startswith("standard input:1: NegTokenResp"))


class Pieces(unittest.TestCase):
    """A log that is cut in pieces, each for a process of its own."""

    def setUp(self):
        rows = [f"id {number}\t{base64.b64encode(ALL[number % len(ALL)]).decode()}"
                for number in range(5000)]
        rows[7] = rows[4000] = "id\tno token"
        self.text = text_of(*(row.encode() for row in rows))
        self.args = ("--id-column", "1", "--fail-on", "never")

    def judged(self, out):
        return [{name: value for name, value in json.loads(row).items()
                 if name not in ("input", "line")} for row in out.splitlines()]

    def test_say_together_what_the_whole_says(self):
        whole = ndjson(*self.args, stdin=self.text)
        rows = self.text.splitlines(True)
        parts = [rows[:1], rows[1:1000], [], rows[1000:4999], rows[4999:]]
        found = [ndjson(*self.args, stdin=b"".join(part)) for part in parts]
        self.assertEqual([said.out.count("\n") for said in found], [len(part) for part in parts])
        self.assertEqual([said.status for said in found], [0, 2, 0, 2, 0])
        self.assertEqual(self.judged("".join(said.out for said in found)),
                         self.judged(whole.out))

    @unittest.skipUnless(shutil.which("parallel"), "GNU parallel is not installed")
    def test_under_parallel(self):
        command = shlex.join([str(support.TOOL), "--lines", "--format", "ndjson", *self.args])
        done = subprocess.run(["parallel", "--pipe", "-k", "--block", "10k", command],
                              input=self.text, capture_output=True, check=False)
        self.assertEqual(self.judged(done.stdout.decode()),
                         self.judged(ndjson(*self.args, stdin=self.text).out))
        self.assertEqual(done.returncode, 2)  # blocks with a line that cannot be read


class Ends(unittest.TestCase):
    def test_of_lines(self):
        for end in (b"\n", b"\r\n"):
            for last in (b"", end):
                text = end.join([BASE64.encode(), tokens.COMPLETED_HEX.encode()]) + last
                said = ndjson(stdin=text)
                self.assertEqual((said.status, len(said.objects())), (0, 2))

    def test_zero_octet(self):
        said = ndjson(stdin=f"{BASE64}\n{BASE64}\0\n{BASE64}\n")
        self.assertEqual(errors(said), [None, "it is not text; expected hex or base64", None])

    def test_longest_line(self):
        blanks = b" " * (LIMIT - len(BASE64))
        said = ndjson(stdin=text_of(BASE64.encode() + blanks, BASE64.encode() + blanks + b" ",
                                    BASE64.encode()))
        self.assertEqual(errors(said), [None, "it is longer than 1 MiB", None])
        self.assertEqual([found["line"] for found in said.objects()], [1, 2, 3])

    def test_no_line_at_all(self):
        sentence = "spnego-check: standard input: no line has a token\n"
        self.assertEqual(support.run("--lines", stdin=""), (2, "", sentence))
        self.assertEqual(ndjson("--id-column", "1", stdin=""), (0, "", ""))

    def test_mark_of_utf_8(self):
        said = ndjson("--id-column", "1", stdin=b"\xef\xbb\xbfa\t" + BASE64.encode())
        self.assertEqual((said.status, said.object()["id"]), (0, "a"))

    def test_utf_16_is_named(self):
        for codec in ("utf-16-le", "utf-16-be"):
            said = ndjson(stdin=f"\ufeff{BASE64}\r\n{BASE64}\r\n".encode(codec))
            self.assertEqual((said.status, errors(said)), (
                2, ["it is UTF-16; expected ASCII or UTF-8, as iconv makes it"]))

    def test_hex_that_has_the_letters_of_base64(self):
        for text in ("0x" + tokens.COMPLETED_HEX, "0X" + tokens.COMPLETED_HEX + "0000",
                     tokens.COMPLETED_HEX.upper()):
            self.assertEqual(ndjson(stdin=text).object()["kind"], "NegTokenResp", text)


class Streams(unittest.TestCase):
    def test_what_was_found_is_written_before_more_is_waited_for(self):
        with subprocess.Popen([support.TOOL, "--lines", "--format", "ndjson"],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL) as process:
            for number in (1, 2, 3):
                process.stdin.write(BASE64.encode() + b"\n")
                process.stdin.flush()
                self.assertEqual(json.loads(process.stdout.readline())["line"], number)
            process.stdin.close()
            self.assertEqual(process.stdout.read(), b"")
        self.assertEqual(process.returncode, 0)

    def test_what_cannot_be_read(self):
        for name, said in ((".", "Is a directory"), ("nowhere", "No such file or directory")):
            self.assertEqual(support.run("--lines", name),
                             (2, "", f"spnego-check: {name}: {said}\n"))

    def test_closed_input(self):
        done = subprocess.run(["sh", "-c", '"$0" --lines <&-', str(support.TOOL)], check=False,
                              capture_output=True, env=support.environment())
        self.assertEqual((done.returncode, done.stdout, done.stderr),
                         (2, b"", b"spnego-check: standard input: Bad file descriptor\n"))


class Garbage(unittest.TestCase):
    def test_is_named_and_counted(self):
        found = garbage.feed(support.sanitized(), 2 * garbage.MEBIBYTE)
        self.assertEqual((found.status, found.objects), (2, found.lines))
        self.assertEqual(found.stats["unreadable"], found.unreadable)

    @unittest.skipUnless(Path("/proc/self/status").exists(), "there is no /proc")
    def test_takes_no_more_memory_than_its_first_lines(self):
        found = garbage.feed(support.TOOL, 64 * garbage.MEBIBYTE)
        self.assertIsNone(garbage.check(found))


if __name__ == "__main__":
    unittest.main()
