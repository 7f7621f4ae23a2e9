"""The report for people, word for word."""

import os
import re
import subprocess
import unittest

from tests.cli import support, tokens

FLAGS = ("UNICODE, OEM, REQUEST_TARGET, SIGN, LM_KEY, NTLM, ALWAYS_SIGN, "
         "EXTENDED_SESSIONSECURITY, VERSION, 128, KEY_EXCH, 56")
OFFER = """\
standard input: NegTokenInit, framed, 83 octets: warning, 2 warnings, 1 note
0x0000 +83    InitialContextToken
0x0002 +8       thisMech: SPNEGO (1.3.6.1.5.5.2)
0x000a +73      NegTokenInit
0x000e +27        mechTypes
0x0012 +11          [0] MS-KRB5 (1.2.840.48018.1.2.2)
        note: MS-KRB5 is offered: an acceptor that takes it must answer with this number [SPN2006]
            0014  2a 86 48 82 f7 12 01 02 02
            NegTokenInit.mechTypes[0]: [MS-SPNG] 3.2.5
0x001d +12          [1] NTLMSSP (1.3.6.1.4.1.311.2.2.10)
0x0029 +6         reqFlags: mutualFlag, replayFlag
        warning: reqFlags is present; senders leave it out [SPN2007]
            0029  a1 04 03 02 05 60
            NegTokenInit.reqFlags: RFC 4178 4.2.1
0x002f +36        mechToken: NTLMSSP NEGOTIATE, 32 octets
0x0033 +32          NEGOTIATE_MESSAGE
        warning: mechToken is not of the first mechanism in the list [SPN2012]
            0033  4e 54 4c 4d 53 53 50 00 01 00 00 00 97 82 08 e2 ...
            NegTokenInit.mechToken: RFC 4178 4.2.1
0x003b +4             MessageType: NEGOTIATE (1)
0x003f +4             NegotiateFlags: {FLAGS}

""".replace("{FLAGS}", FLAGS)
HINTS = """\
standard input: NegTokenInit2, framed, 74 octets: valid
0x0000 +74    InitialContextToken
0x0002 +8       thisMech: SPNEGO (1.3.6.1.5.5.2)
0x000a +64      NegTokenInit2
0x000e +16        mechTypes
0x0012 +12          [0] NTLMSSP (1.3.6.1.4.1.311.2.2.10)
0x001e +44        negHints
0x0022 +40          hintName: "not_defined_in_RFC4178@please_ignore"

"""
ANSWER = """\
standard input: NegTokenResp, 39 octets: warning, 1 warning
0x0000 +39    NegTokenResp
0x0004 +5       negState: accept-incomplete (1)
0x0009 +14      supportedMech: NTLMSSP (1.3.6.1.4.1.311.2.2.10)
0x0017 +16      responseToken: NTLMSSP CHALLENGE, 12 octets
0x001b +12        CHALLENGE_MESSAGE
        warning: an NTLM message of 12 octets, its fixed part has 32 [SPN6008]
            001b  4e 54 4c 4d 53 53 50 00 02 00 00 00
            NegTokenResp.responseToken: [MS-NLMP] 2.2.1
0x0023 +4           MessageType: CHALLENGE (2)

"""
NEGOEX_OFFER = """\
standard input: NegTokenInit, framed, 149 octets: valid
0x0000 +149   InitialContextToken
0x0003 +8       thisMech: SPNEGO (1.3.6.1.5.5.2)
0x000b +138     NegTokenInit
0x0011 +16        mechTypes
0x0015 +12          [0] NEGOEX (1.3.6.1.4.1.311.2.2.30)
0x0021 +116       mechToken: NegoEx, 112 octets
0x0025 +112         NEGO_MESSAGE: INITIATOR_NEGO (0)
0x0025 +8             signature: "NEGOEXTS"
0x002d +4             messageType: INITIATOR_NEGO (0)
0x0031 +4             sequenceNum: 0
0x0035 +4             headerLength: 96
0x0039 +4             messageLength: 112
0x003d +16            conversationId: 13121110-1514-1716-1819-1A1B1C1D1E1F
0x004d +32            random: 32 octets
0x006d +8             protocolVersion: 0
0x0075 +6             authSchemes: 1
0x0085 +16              [0] PKU2U (0D53335C-F9EA-4D0D-B2EC-4AE3786EC308)
0x007d +6             extensions: 0

"""
CUT = """\
standard input: NegTokenResp, 8 octets: invalid, 1 error
0x0000 +8     NegTokenResp
        error: the token says 9 octets and 8 are here: a fragment, or cut off [SPN1001]
            0000  a1 07 30 05 a0 03 0a 01
            the input: RFC 2743 3.1; [MS-SPNG] 3.1.5.11

"""
NTLM = """\
standard input: NTLMSSP, 32 octets: valid
0x0000 +32    NEGOTIATE_MESSAGE
0x0008 +4       MessageType: NEGOTIATE (1)
0x000c +4       NegotiateFlags: {FLAGS}

""".replace("{FLAGS}", FLAGS)
COLORED = """\
standard input: NegTokenInit, 20 octets: warning, 1 warning, 1 note
0x0000 +20    \033[1mNegTokenInit\033[0m
        \033[33mwarning\033[0m: NegTokenInit without a GSS-API frame [SPN1022]
            0000  a0
            the input: RFC 4178 4.2
0x0004 +16      \033[1mmechTypes\033[0m
        \033[36mnote\033[0m: no mechToken: the negotiation takes one more round trip [SPN2013]
            0006  30 0c 06 0a 2b 06 01 04 01 82 37 02 02 0a
            NegTokenInit: RFC 4178 3.1
0x0008 +12        [0] NTLMSSP (1.3.6.1.4.1.311.2.2.10)

"""
RED = "\033[31merror\033[0m: the token says 9 octets and 8 are here: a fragment, or cut off"


def plain(text):
    return re.sub("\033\\[[0-9]*m", "", text)


class Trees(unittest.TestCase):
    maxDiff = None

    def assertReport(self, octets, expected):
        said = support.run("--from", "raw", stdin=octets)
        self.assertEqual(said.out, expected)
        self.assertEqual(said.err, "")

    def test_findings_stand_under_their_octets(self):
        self.assertReport(tokens.OFFER, OFFER)

    def test_hints(self):
        self.assertReport(tokens.HINTS, HINTS)

    def test_answer(self):
        self.assertReport(tokens.ANSWER, ANSWER)

    def test_negoex_inside_mech_token(self):
        self.assertReport(tokens.NEGOEX_OFFER, NEGOEX_OFFER)

    def test_cut_off(self):
        self.assertReport(tokens.COMPLETED[:-1], CUT)

    def test_token_of_one_mechanism_is_named(self):
        self.assertReport(tokens.NTLM_NEGOTIATE, NTLM)

    def test_framed_token_of_one_mechanism_is_named(self):
        self.assertIn("Kerberos AP-REQ",
                      support.run("--from", "raw", stdin=tokens.KERBEROS_AP_REQ).out)

    def test_cut_message_has_its_finding_under_it(self):
        octets = tokens.nego(0, 1, 0, tokens.PKU2U_SCHEME)[:60]
        lines = support.run("--from", "raw", stdin=octets).out.splitlines()
        self.assertNotIn("error", lines[1])
        self.assertEqual(lines[1], "0x0000 +60    NEGO_MESSAGE: INITIATOR_NEGO (0)")


class Escapes(unittest.TestCase):
    """Nothing in a token can move the cursor or begin a line."""

    EVIL = b"\033[2J\r\nroot: valid\x9b2J\x7f\x00\\\"\xc2\x9b"

    def test_text(self):
        said = support.run("--from", "raw", "--color", "never",
                           stdin=tokens.init(tokens.mech_types(tokens.NTLMSSP),
                                             tokens.hints(self.EVIL)))
        self.assertIn(r'hintName: "\x1b[2J\x0d\x0aroot: valid\x9b2J\x7f\x00\x5c"\xc2\x9b"',
                      said.out)
        self.assertNotRegex(said.out, r"[^\n\x20-\x7e]")

    def test_long_names_are_cut(self):
        said = support.run("--from", "raw", stdin=tokens.init(
            tokens.mech_types(tokens.NTLMSSP), tokens.hints(b"\033" * 60000)))
        self.assertRegex(said.out, r'hintName: "(\\x1b)+.{0,3}\.\.\."\n')
        self.assertLess(len(said.out), 2000)


class Colors(unittest.TestCase):
    maxDiff = None

    def out(self, *args, **env):
        return support.run("--from", "raw", *args, stdin=tokens.NAKED,
                           env=support.environment(**env)).out

    def on_terminal(self, *args, **env):
        return support.run_on_terminal("--from", "raw", *args, stdin=tokens.NAKED,
                                       env=support.environment(**env)).out

    def test_always(self):
        self.assertEqual(self.out("--color", "always"), COLORED)
        self.assertEqual(self.out("--color=always", NO_COLOR="1"), COLORED)

    def test_errors_are_red(self):
        said = support.run("--color", "always", stdin=tokens.CUT_HEX)
        self.assertIn(RED, said.out)

    def test_never(self):
        self.assertEqual(self.on_terminal("--color", "never"), plain(COLORED))

    def test_auto_is_plain_in_a_pipe(self):
        self.assertEqual(self.out(), plain(COLORED))
        self.assertEqual(self.out("--color", "auto"), plain(COLORED))

    def test_auto_is_coloured_on_a_terminal(self):
        self.assertEqual(self.on_terminal(), COLORED)
        self.assertEqual(self.on_terminal("--color", "auto"), COLORED)

    def test_no_color(self):
        self.assertEqual(self.on_terminal(NO_COLOR="1"), plain(COLORED))
        self.assertEqual(self.on_terminal("--color", "always", NO_COLOR="1"), COLORED)

    def test_empty_no_color_is_none(self):
        self.assertEqual(self.on_terminal(NO_COLOR=""), COLORED)

    def test_json_is_never_coloured(self):
        self.assertNotIn("\033", self.out("--color", "always", "--format", "json"))


class Pipes(unittest.TestCase):
    """A report is the same wherever it goes, and it is an error if it cannot go there."""

    FORMATS = ("text", "json", "ndjson", "gcc", "sarif")

    def test_a_terminal_gets_what_a_pipe_gets(self):
        for form in self.FORMATS:
            for args in ((), ("--stats",)):
                args = ("--from", "raw", "--format", form, *args)
                with self.subTest(args):
                    shown = support.run_on_terminal(*args, stdin=tokens.OFFER)
                    said = support.run(*args, stdin=tokens.OFFER)
                    self.assertEqual((plain(shown.out), shown.err, shown.status),
                                     (said.out, said.err, said.status))

    @unittest.skipUnless(os.path.exists("/dev/full"), "there is no /dev/full")
    def test_full_disk(self):
        for form in self.FORMATS:
            for args in ((), ("--stats",)):
                with self.subTest(form, args=args), open("/dev/full", "wb") as full:
                    done = subprocess.run(
                        [support.TOOL, "--from", "raw", "--format", form, *args], check=False,
                        input=tokens.OFFER, stdout=full, stderr=subprocess.PIPE,
                        env=support.environment(), timeout=support.HANG)
                    self.assertEqual(done.returncode, 2)
                    self.assertTrue(done.stderr.decode().endswith(
                        "spnego-check: standard output: it cannot be written\n"))
                    self.assertNotIn(b"memory", done.stderr)

    def test_names(self):
        folder = support.scratch(self)
        names = {b"a b": "a b", b"100%s": "100%s", b'"q\'': '"q\'', b"\xff\xfe": r"\xff\xfe",
                 b"two\nlines\033[2J": r"two\x0alines\x1b[2J", "\u00fc".encode(): "\u00fc"}
        for name, shown in names.items():
            with open(os.path.join(os.fsencode(folder), name), "wb") as file:
                file.write(tokens.COMPLETED)
            with self.subTest(name):
                said = support.run("--from", "raw", name, cwd=folder)
                self.assertEqual(said.out.splitlines()[0],
                                 f"{shown}: NegTokenResp, 9 octets: valid")


if __name__ == "__main__":
    unittest.main()
