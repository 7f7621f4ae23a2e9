"""--conversation: what is said of the tokens of one negotiation, and what is refused."""

import re
import unittest

from tests.cli import support, tokens
from tests.cli.capture_case import AUTHENTICATE, CHALLENGE, INIT, challenge, negotiate

DONE = tokens.COMPLETED
TALK = (INIT, CHALLENGE, AUTHENTICATE, DONE)
SOUND = "".join(f"{side} {token.hex()}\n" for side, token in zip("IAIA", TALK))
BROKEN = f"I {tokens.OFFER.hex()}\n\nA a1073005a0030b0100\n"

SOUND_TEXT = """\
standard input: 4 tokens

1  line 1, initiator: NegTokenInit, 66 octets: valid
2  line 2, acceptor: NegTokenResp, 83 octets: valid
3  line 3, initiator: NegTokenResp, 125 octets: valid
4  line 4, acceptor: NegTokenResp, 9 octets: valid

  initiator                                              acceptor
      |                                                        |
   1  | NegTokenInit, 66 octets                                |
      | mechTypes NTLMSSP                                      |
      | mechToken NTLMSSP NEGOTIATE, 32 octets                 |
      |------------------------------------------------------->|
      |                                                        |
   2  | NegTokenResp, 83 octets                                |
      | accept-incomplete                                      |
      | supportedMech NTLMSSP                                  |
      | responseToken NTLMSSP CHALLENGE, 56 octets             |
      |<-------------------------------------------------------|
      |                                                        |
   3  | NegTokenResp, 125 octets                               |
      | accept-incomplete                                      |
      | responseToken NTLMSSP AUTHENTICATE, 112 octets         |
      |------------------------------------------------------->|
      |                                                        |
   4  | NegTokenResp, 9 octets                                 |
      | accept-completed                                       |
      |<-------------------------------------------------------|

complete with NTLMSSP; no mechListMIC, and none is due

"""
BROKEN_TEXT = """\
standard input: 2 tokens

1  line 1, initiator: NegTokenInit, 83 octets: warning, 2 warnings, 1 note
        note: MS-KRB5 is offered: an acceptor that takes it must answer with this number [SPN2006]
            0014  2a 86 48 82 f7 12 01 02 02
            NegTokenInit.mechTypes[0]: [MS-SPNG] 3.2.5
        warning: reqFlags is present; senders leave it out [SPN2007]
            0029  a1 04 03 02 05 60
            NegTokenInit.reqFlags: RFC 4178 4.2.1
        warning: mechToken is not of the first mechanism in the list [SPN2012]
            0033  4e 54 4c 4d 53 53 50 00 01 00 00 00 97 82 08 e2 ...
            NegTokenInit.mechToken: RFC 4178 4.2.1
2  line 3, acceptor: NegTokenResp, 9 octets: invalid, 1 error
        error: tag 0x0b, expected 0x0a [SPN1009]
            0006  0b
            NegTokenResp.negState: RFC 4178 A; X.690 8.1.2

  initiator                                              acceptor
      |                                                        |
   1  | NegTokenInit, 83 octets                                | warning SPN2007
      | mechTypes MS-KRB5, NTLMSSP                             | warning SPN2012
      | mechToken NTLMSSP NEGOTIATE, 32 octets                 | note SPN2006
      |------------------------------------------------------->|
      |                                                        |
   2  | NegTokenResp that cannot be read, 9 octets             | error SPN1009
      |<-------------------------------------------------------|

broken: token 2 cannot be read; what follows was not judged

"""
COLOURS = {"note": 36, "warning": 33, "error": 31}
LOOKS_LIKE = "the text looks most like"
NO_HEADER = "no line has a header with a token, such as \"Authorization: Negotiate YII...\""


def run(*args, stdin=b"", **more):
    return support.run("--conversation", *args, stdin=stdin, **more)


def turns(text, *args, **more):
    """Side ("?" before a guess), octets, label and codes of each token."""
    value = run("--format", "json", *args, stdin=text, **more).object()
    return [("?" * turn["guessed"] + turn["side"][0].upper(), turn["octets"], turn["label"],
             [finding["code"] for finding in turn["findings"]]) for turn in value["turns"]]


def sides(text, *args, **more):
    return " ".join(f"{side}{octets}" for side, octets, _, _ in turns(text, *args, **more))


def painted(text):
    """Severities before a finding and beside the ladder are coloured, and nothing else."""
    return re.sub(r"(?<= )(note|warning|error)(?=: | SPN)",
                  lambda found: f"\033[{COLOURS[found[1]]}m{found[1]}\033[0m", text)


class Text(unittest.TestCase):
    maxDiff = None

    def test_sound(self):
        for args in ([], ["-"]):
            self.assertEqual(run(*args, stdin=SOUND), (0, SOUND_TEXT, ""))

    def test_broken(self):
        self.assertEqual(run(stdin=BROKEN), (1, BROKEN_TEXT, ""))

    def test_terminal(self):
        for text, status, plain in ((SOUND, 0, SOUND_TEXT), (BROKEN, 1, BROKEN_TEXT)):
            said = support.run_on_terminal("--conversation", stdin=text.encode())
            self.assertEqual(said, (status, painted(plain), ""))
        self.assertIn("        \033[33mwarning\033[0m: reqFlags is present", said.out)
        self.assertIn(" | \033[36mnote\033[0m SPN2006\n", said.out)

    def test_colours(self):
        self.assertEqual(run("--color", "always", stdin=BROKEN).out, painted(BROKEN_TEXT))
        said = support.run_on_terminal("--conversation", "--color", "never", stdin=SOUND.encode())
        self.assertEqual(said.out, SOUND_TEXT)

    def test_guesses(self):
        said = run(stdin=f"{INIT.hex()}\n{tokens.COMPLETED_BASE64}\n")
        self.assertIn("1  line 1, initiator (a guess): NegTokenInit, 66 octets: valid\n",
                      said.out)
        self.assertIn("\n   1? | NegTokenInit, 66 octets     ", said.out)
        self.assertIn("\n   2? | NegTokenResp, 9 octets      ", said.out)
        self.assertIn("\n\n  ?  nobody said whose token it is: the side is a guess\n\n", said.out)
        self.assertNotIn("guess", run(stdin=SOUND).out)

    def test_more_findings_than_lines(self):
        """The last stands beside the arrow, and nothing below it."""
        _, ladder = run(stdin="I 4e544c4d5353500001000000\n").out.split("acceptor\n", 1)
        self.assertEqual(ladder.split("\n\n")[0].splitlines()[1:], [
            "   1  | NTLMSSP NEGOTIATE, 12 octets                           | warning SPN5032",
            "      |------------------------------------------------------->| warning SPN6008"])


class Reading(unittest.TestCase):
    def setUp(self):
        self.folder = support.scratch(self)

    def files(self, **contents):
        for name, octets in contents.items():
            (self.folder / name).write_bytes(octets)

    def test_one_file_is_as_standard_input(self):
        self.files(talk=SOUND.encode())
        said = run("talk", cwd=self.folder)
        self.assertEqual(said, (0, SOUND_TEXT.replace("standard input", "talk"), ""))

    def test_a_file_for_each_token(self):
        self.files(a=INIT, b=CHALLENGE, c=AUTHENTICATE.hex().encode(), d=DONE)
        found = [("I", 66, "a", []), ("A", 83, "b", []), ("I", 125, "c", []), ("A", 9, "d", [])]
        self.assertEqual(turns("", "I:a", "A:b", "I:c", "A:d", cwd=self.folder), found)
        self.assertEqual(sides("", "--from", "raw", "I:a", "A:b", cwd=self.folder), "I66 A83")
        guessed = [(f"?{side}", *rest) for side, *rest in found]
        self.assertEqual(turns("", "a", "b", "c", "d", cwd=self.folder), guessed)
        self.assertIn("a: 2 tokens\n\n1  a, initiator: NegTokenInit, 66 octets: valid\n"
                      "2  b, acceptor: NegTokenResp, 83 octets: valid\n\n",
                      run("I:a", "A:b", cwd=self.folder).out)

    def test_a_side_makes_a_file_one_token(self):
        self.files(**{"I:a": INIT, "I": SOUND.encode()})
        self.assertEqual(sides("", "I", cwd=self.folder), "I66 A83 I125 A9")
        self.assertEqual(sides("", "./I:a", "I:./I:a", cwd=self.folder), "?I66 I66")
        self.assertEqual(turns(INIT, "I:-"), [("I", 66, "standard input", [])])

    def test_empty_tokens(self):
        self.files(none=b"", a=INIT)
        self.assertEqual(sides(f"I {INIT.hex()}\nA -\nI\nA \"\"\n? -\n-\n"),
                         "I66 A0 I0 A0 ?I0 ?A0")
        self.assertEqual(sides("", "I:a", "A:none", cwd=self.folder), "I66 A0")
        self.assertIn("   2  | an empty token      ", run(stdin=f"I {INIT.hex()}\nA -\n").out)

    def test_comments_and_further_lines(self):
        octets = CHALLENGE.hex(" ", 1)
        text = (f"# a talk\n\n  I {INIT.hex()} # the offer\n"
                f"A {octets[:60]}  # its first octets\n  {octets[60:120]}\n\t{octets[120:]}\n"
                f"#\nI\n  {AUTHENTICATE.hex()}\r\n\r\nA {tokens.COMPLETED_BASE64[:4]}\n"
                f"  {tokens.COMPLETED_BASE64[4:]}")
        self.assertEqual(turns(text), [("I", 66, "line 3", []), ("A", 83, "line 4", []),
                                       ("I", 125, "line 8", []), ("A", 9, "line 11", [])])

    def test_headers_say_whose_they_are(self):
        text = f"{negotiate(INIT)}\n{challenge(DONE)}\n"
        self.assertEqual(sides(text), "I66 A9")
        self.assertEqual(sides(text.replace("Authorization", "proxy-authorization")
                               .replace("WWW-", "PROXY-")), "I66 A9")
        self.assertEqual(sides(text, "--from", "http"), "I66 A9")
        self.assertEqual(sides(f"I Negotiate {tokens.COMPLETED_BASE64}"), "I9")
        # Indented, and as curl -v prints them.
        self.assertEqual(sides(f"  {negotiate(INIT)}\n {challenge(DONE)}\n"), "I66 A9")
        self.assertEqual(sides(f"> {negotiate(INIT)}\r\n< {challenge(DONE)}\r\n"), "I66 A9")

    def test_byte_order_marks(self):
        for encoding in ("utf-8-sig", "utf-16"):
            self.assertEqual(turns(SOUND.encode(encoding)), turns(SOUND))
        self.assertEqual(run(stdin="I a1 07\nA \u00fc\n".encode("utf-16")), (
            2, "", "spnego-check: standard input: line 2, column 3: U+00FC in the UTF-16 text, "
            "expected ASCII\n"))


class Formats(unittest.TestCase):
    maxDiff = None

    def test_json(self):
        for form in ("json", "ndjson"):
            said = run("--format", form, stdin=SOUND)
            value = said.object()
            self.assertEqual(said.status, 0)
            self.assertEqual([value[key] for key in ("conversation", "verdict", "outcome",
                                                     "summary", "mech")], [
                "standard input", "valid", "complete",
                "complete with NTLMSSP; no mechListMIC, and none is due",
                {"oid": "1.3.6.1.4.1.311.2.2.10", "name": "NTLMSSP"}])
        self.assertEqual(said.out.count("\n"), 1)

    def test_gcc(self):
        self.assertEqual(run("--format", "gcc", stdin=SOUND), (0, "", ""))
        self.assertEqual(run("--format", "gcc", stdin=BROKEN), (1, (
            "standard input:1:1: note: MS-KRB5 is offered: an acceptor that takes it must answer "
            "with this number [SPN2006]\n"
            "standard input:1:1: warning: reqFlags is present; senders leave it out [SPN2007]\n"
            "standard input:1:1: warning: mechToken is not of the first mechanism in the list "
            "[SPN2012]\n"
            "standard input:3:1: error: tag 0x0b, expected 0x0a [SPN1009]\n"), ""))
        folder = support.scratch(self)
        (folder / "a b").write_bytes(tokens.OFFER)
        (folder / "c").write_bytes(DONE + b"\0")
        said = run("--format", "gcc", "I:a b", "A:c", cwd=folder)
        self.assertEqual({line.split(": ")[0] for line in said.out.splitlines()},
                         {"a b:1:1", "c:1:1"})

    def test_sarif(self):
        (log,) = run("--format", "sarif", stdin=BROKEN).object()["runs"]
        result = log["results"][1]
        self.assertEqual((result["ruleId"], result["level"]), ("SPN2007", "warning"))
        self.assertEqual(result["properties"], {
            "conversation": "standard input", "turn": 1, "side": "initiator", "octetOffset": 41,
            "octetLength": 6})
        self.assertEqual([place["physicalLocation"] for place in result["locations"]], [{
            "artifactLocation": {"uri": "standard%20input"}, "region": {"startLine": 1}}])


class Choice(unittest.TestCase):
    """What is shown, and what the exit status counts."""

    def test_quiet(self):
        for form in ("text", "json", "ndjson", "gcc", "sarif"):
            for text, status in ((SOUND, 0), (BROKEN, 1)):
                self.assertEqual(run("-q", "--format", form, stdin=text), (status, "", ""))

    def test_severity(self):
        said = run("--severity", "error", stdin=BROKEN)
        self.assertNotRegex(said.out, "warning|note")
        self.assertIn("1  line 1, initiator: NegTokenInit, 83 octets: valid\n", said.out)
        self.assertEqual(turns(BROKEN, "--severity", "warning")[0][3], ["SPN2007", "SPN2012"])

    def test_include_and_exclude(self):
        self.assertEqual([codes for *_, codes in turns(BROKEN, "--include", "SPN2")],
                         [["SPN2006", "SPN2007", "SPN2012"], []])
        self.assertEqual([codes for *_, codes in turns(BROKEN, "--include", "SPN20,SPN1009",
                                                       "--exclude", "ms-krb5-offered")],
                         [["SPN2007", "SPN2012"], ["SPN1009"]])
        self.assertEqual(run("-q", "--include", "SPN2007", stdin=BROKEN).status, 0)

    def test_fail_on(self):
        only = ("-q", "--include", "SPN2")
        for level, status in (("note", 1), ("warning", 1), ("error", 0), ("never", 0)):
            self.assertEqual(run(*only, "--fail-on", level, stdin=BROKEN).status, status)
            self.assertEqual(run("-q", "--fail-on", level, stdin=SOUND).status, 0)
        self.assertEqual(run("-q", "--fail-on", "never", stdin=BROKEN).status, 0)
        self.assertEqual(run("-q", "--fail-on", "never", stdin="I zz").status, 2)

    def test_stats(self):
        self.assertEqual(run("--stats", stdin=SOUND), (0, SOUND_TEXT + (
            "inputs\n         4  in all\n         4  valid\n         1  conversations\n"
            "kinds\n         1  NegTokenInit\n         3  NegTokenResp\n"
            "mechanisms\n         2  NTLMSSP\nfindings\n"), ""))


class Refusals(unittest.TestCase):
    TEXTS = {
        "": "no token; expected lines such as \"I 60 48 ...\"",
        "# only this\n\n": "no token; expected lines such as \"I 60 48 ...\"",
        "I\n" * 65: "line 65: more than 64 tokens: no negotiation has that many",
        "I zz": f"line 1, column 4: {LOOKS_LIKE} base64, but the unused bits of the last base64 "
                "symbol 'z' are not zero; as hex, line 1, column 3: 'z' is not a hexadecimal "
                "digit",
        "I a1 07\n\nA a1073": f"line 3, column 7: {LOOKS_LIKE} hex, but an odd number of "
                              "hexadecimal digits (5) ends here, expected pairs; as base64, line "
                              "3, column 7: 5 base64 symbols end here, one too many or too few",
        "I a1 0g": "line 1, column 7: 'g' is not a hexadecimal digit",
        "A -\n X a1 07 30\n": "line 2, column 2: 'X' names no side, expected I, A or ?",
        "i a1 07": "line 1, column 1: 'i' names no side, expected I, A or ?",
        "R": "line 1, column 1: 'R' names no side, expected I, A or ?",
        "I ---": "line 1: there are no octets in it",
        # Headers without a token that can be taken.
        "Authorization: Negotiate": "line 1, column 25: no token follows the scheme, expected "
                                    "base64",
        "\nWWW-Authenticate: Negotiate\n": "line 2, column 28: no token follows the scheme, "
                                           "expected base64",
        "Authorization: Negotiate oQcwBaADCg*A": "line 1, column 36: '*' is not a base64 symbol",
        "Authorization: Negotiat oQcwBaADCgEA": f"line 1, column 1: {NO_HEADER}",
        "WWW-Authenticate: Basic realm=x": f"line 1, column 1: {NO_HEADER}",
    }
    FORMS = {
        ("hex", "I a1 0g"): "line 1, column 7: 'g' is not a hexadecimal digit",
        ("hex", "I a1\n# more\nA a1\n   0g"): "line 4, column 5: 'g' is not a hexadecimal digit",
        ("hex", "a1 0y"): "line 1, column 5: 'y' is not a hexadecimal digit",
        ("base64", "I oQcw*"): "line 1, column 7: '*' is not a base64 symbol",
        ("http", "I oQcw"): f"line 1, column 1: {NO_HEADER}",
    }
    USAGE = {
        ("--svg", "x", "--capture", "y"): "--svg: expected together with --conversation",
        ("--conversation", "--capture", "x"): "--conversation and --capture: expected one of them",
        ("--conversation", "--decode-as", "x"): "--decode-as: expected together with --capture",
        ("--capture", "x", "--key", "00"): "--key: expected together with --enctype",
    }

    def assertRefused(self, said, name, sentence, out=""):
        self.assertEqual(said, (2, out, f"spnego-check: {name}: {sentence}\n"))

    def test_texts(self):
        for text, sentence in self.TEXTS.items():
            with self.subTest(text):
                self.assertRefused(run(stdin=text), "standard input", sentence)
                self.assertRefused(run("-q", stdin=text), "standard input", sentence)

    def test_forms(self):
        for (form, text), sentence in self.FORMS.items():
            with self.subTest(text):
                self.assertRefused(run("--from", form, stdin=text), "standard input", sentence)

    def test_files(self):
        folder = support.scratch(self)
        for name, octets in (("none", b""), ("a", INIT), ("bad", b"zz"), ("long", b"-")):
            (folder / name).write_bytes(octets)
        for names, name, sentence in (
                (["none"], "none", "no token; expected lines such as \"I 60 48 ...\""),
                (["nowhere"], "nowhere", "No such file or directory"),
                (["I:nowhere"], "nowhere", "No such file or directory"),
                (["."], ".", "it is a directory; expected a file with a token"),
                (["I:a", "A:nowhere", "I:b"], "nowhere", "No such file or directory"),
                (["a", "bad"], "bad", f"{LOOKS_LIKE} base64, but line 1, column 2: the unused "
                 "bits of the last base64 symbol 'z' are not zero; as hex, line 1, column 1: 'z' "
                 "is not a hexadecimal digit"),
                (["long"] * 65, "long", "more than 64 tokens: no negotiation has that many")):
            with self.subTest(names[:3]):
                self.assertRefused(run(*names, cwd=folder), name, sentence)

    def test_formats(self):
        text, sentence = "I a1\n\nA 0g", "'g' is not a hexadecimal digit"
        args = ("--from", "hex", "--format")
        self.assertRefused(run(*args, "gcc", stdin=text), "standard input",
                           f"line 3, column 4: {sentence}",
                           f"standard input:3:4: error: {sentence} [unreadable]\n")
        (log,) = run(*args, "sarif", stdin=text).object()["runs"]
        (invocation,) = log["invocations"]
        (told,) = invocation["toolExecutionNotifications"]
        self.assertEqual((told["message"], invocation["executionSuccessful"]),
                         ({"text": sentence}, False))

    def test_usage(self):
        for args, sentence in self.USAGE.items():
            with self.subTest(args):
                self.assertEqual(support.run(*args), (
                    3, "", f"spnego-check: {sentence}; --help lists the options\n"))


if __name__ == "__main__":
    unittest.main()
