"""--capture: the report of a capture in every format, its table, and what is refused."""

import os
import re
import shutil
import unittest

from tests.cli import support, tokens
from tests.cli.capture_case import (AUTHENTICATE, CHALLENGE, DONE, INIT, NO_TOKEN, NTLM, challenge,
                                    negotiate)
from tests.cli.pcap import Capture
from tests.cli.pdus import (ALTER, BIND, BIND_ACK, MORE, dcerpc, http_request, http_response,
                            ldap_bind_request, ldap_bind_response, nbss, smb2_setup_request,
                            smb2_setup_response)

LOGON_FAILURE = 0xC000006D
REJECT = tokens.resp(tokens.tlv(0xA0, b"\x0a\x01\x02"))
BAD = bytes.fromhex("a1073005a0030b0100")  # DONE, with another tag

SMB_TEXT = """\
three.pcap: SMB2, stream 0, session 0x61, 10.0.0.1:49152 -> 10.0.0.2:445: 4 tokens

1  frame 4, initiator: NegTokenInit, 66 octets: valid
2  frame 5, acceptor: NegTokenResp, 83 octets: valid
3  frame 6, initiator: NegTokenResp, 125 octets: valid
4  frame 7, acceptor: NegTokenResp, 9 octets: valid

  initiator                                              acceptor
      |                                                        |
   1  | NegTokenInit, 66 octets, frame 4                       |
      | mechTypes NTLMSSP                                      |
      | mechToken NTLMSSP NEGOTIATE, 32 octets                 |
      |------------------------------------------------------->|
      |                                                        |
   2  | NegTokenResp, 83 octets, frame 5                       |
      | accept-incomplete                                      |
      | supportedMech NTLMSSP                                  |
      | responseToken NTLMSSP CHALLENGE, 56 octets             |
      |<-------------------------------------------------------|
      |                                                        |
   3  | NegTokenResp, 125 octets, frame 6                      |
      | accept-incomplete                                      |
      | responseToken NTLMSSP AUTHENTICATE, 112 octets         |
      |------------------------------------------------------->|
      |                                                        |
   4  | NegTokenResp, 9 octets, frame 7                        |
      | accept-completed                                       |
      |<-------------------------------------------------------|

complete with NTLMSSP; no mechListMIC, and none is due

"""
SMB_ROW = """\
valid    SMB2     0      4-7      10.0.0.1:49152 -> 10.0.0.2:445, session 0x61
         complete with NTLMSSP; no mechListMIC, and none is due
"""
HTTP_ROW = """\
warning  HTTP     1      11-12    10.0.0.1:49153 -> 10.0.0.2:80
         rejected by the acceptor in its first reply
"""
HEAD = "verdict  carrier  stream frames   conversation\n"
TABLE = HEAD + SMB_ROW + HTTP_ROW + """\
invalid  DCE/RPC  2      16-18    10.0.0.1:49154 -> 10.0.0.2:135, session 7
         broken: token 3 cannot be read; what follows was not judged
"""
GCC = """\
three.pcap:1:1: note: frame 11: MS-KRB5 is offered: an acceptor that takes it must answer with \
this number [SPN2006]
three.pcap:1:1: warning: frame 11: reqFlags is present; senders leave it out [SPN2007]
three.pcap:1:1: warning: frame 11: mechToken is not of the first mechanism in the list [SPN2012]
three.pcap:1:1: note: frame 12: the negotiation ends with reject [SPN5228]
three.pcap:1:1: error: frame 18: tag 0x0b, expected 0x0a [SPN1009]
"""
STATS = {"inputs": 9, "valid": 7, "warning": 1, "invalid": 1, "unreadable": 0, "conversations": 3,
         "kinds": {"NegTokenInit": 3, "NegTokenResp": 6}, "mechs": {"MS-KRB5": 1, "NTLMSSP": 5},
         "findings": {"SPN1009": 1, "SPN2006": 1, "SPN2007": 1, "SPN2012": 1, "SPN5228": 1}}
CUT = "it appears to have been cut short in the middle of a packet"
TEMPLATE = "doesn't follow the template \"<layer_type>==<selector>,<decode_as_protocol>\""


def smb_logon(capture, port=445, status=0, token=DONE):
    client = capture.connect(port)
    client.send(nbss(smb2_setup_request(INIT)))
    client.answer(nbss(smb2_setup_response(CHALLENGE, 0x61, 1, MORE)))
    client.send(nbss(smb2_setup_request(AUTHENTICATE, 0x61, 2)))
    client.answer(nbss(smb2_setup_response(token, 0x61, 2, status)))


def three():
    """SMB2 sound, HTTP with a warning and a reject, DCE/RPC with a token that is broken."""
    capture = Capture()
    smb_logon(capture)
    client = capture.connect(80)
    client.send(http_request(negotiate(tokens.OFFER)))
    client.answer(http_response(401, challenge(REJECT)))
    client = capture.connect(135)
    client.send(dcerpc(BIND, INIT, 7))
    client.answer(dcerpc(BIND_ACK, CHALLENGE, 7))
    client.send(dcerpc(ALTER, BAD, 7, 2))
    return capture


@unittest.skipUnless(shutil.which("tshark"), "there is no tshark")
class Case(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = support.scratch(self)
        self.write("three.pcap", three())

    def write(self, name, capture):
        octets = capture if isinstance(capture, bytes) else capture.pcap()
        with open(os.path.join(os.fsencode(self.folder), os.fsencode(name)), "wb") as file:
            file.write(octets)

    def run_on(self, *args, name="three.pcap", **more):
        return support.run("--capture", name, *args, cwd=self.folder, **more)

    def judged(self, capture):
        """Status; frames, verdict, outcome, summary and codes of the only conversation."""
        self.write("one.pcap", capture)
        said = self.run_on("--format", "json", name="one.pcap")
        value = said.object()
        return (said.status, [turn["frame"] for turn in value["turns"]], value["verdict"],
                value["outcome"], value["summary"],
                [finding["code"] for turn in value["turns"] for finding in turn["findings"]])


class Formats(Case):
    def test_text(self):
        said = self.run_on()
        self.assertEqual((said.status, said.err), (1, ""))
        self.assertEqual(said.out[:len(SMB_TEXT)], SMB_TEXT)
        self.assertEqual(said.out[-len(TABLE):], TABLE)
        self.assertEqual(re.findall(r"(?m)^three\.pcap: .*", said.out)[1:], [
            "three.pcap: HTTP, stream 1, 10.0.0.1:49153 -> 10.0.0.2:80: 2 tokens",
            "three.pcap: DCE/RPC, stream 2, session 7, 10.0.0.1:49154 -> 10.0.0.2:135: 3 tokens"])
        self.assertIn("3  frame 18, initiator: NegTokenResp, 9 octets: invalid, 1 error\n"
                      "        error: tag 0x0b, expected 0x0a [SPN1009]\n"
                      "            0006  0b\n", said.out)

    def test_pcapng_and_standard_input(self):
        whole = self.run_on()
        self.assertEqual(support.run("--capture", "-", stdin=three().pcapng()),
                         (1, re.sub(r"(?m)^three\.pcap: ", "-: ", whole.out), ""))

    def test_json(self):
        for form in ("json", "ndjson"):
            said = self.run_on("--format", form)
            self.assertEqual((said.status, said.err), (1, ""))
            found = said.objects()
            self.assertEqual([(value["conversation"], value["verdict"], value["outcome"])
                              for value in found], [
                ("three.pcap: SMB2, stream 0, session 0x61, 10.0.0.1:49152 -> 10.0.0.2:445",
                 "valid", "complete"),
                ("three.pcap: HTTP, stream 1, 10.0.0.1:49153 -> 10.0.0.2:80", "warning",
                 "rejected"),
                ("three.pcap: DCE/RPC, stream 2, session 7, 10.0.0.1:49154 -> 10.0.0.2:135",
                 "invalid", "broken")])
            self.assertEqual([[turn["frame"] for turn in value["turns"]] for value in found],
                             [[4, 5, 6, 7], [11, 12], [16, 17, 18]])
            self.assertEqual({turn["label"] == f"frame {turn['frame']}" and not turn["guessed"]
                              for value in found for turn in value["turns"]}, {True})
        self.assertEqual(len(said.out.splitlines()), 3)

    def test_gcc(self):
        self.assertEqual(self.run_on("--format", "gcc"), (1, GCC, ""))

    def test_sarif(self):
        said = self.run_on("--format", "sarif")
        (log,) = said.object()["runs"]
        self.assertEqual((said.status, said.err, log["invocations"]),
                         (1, "", [{"executionSuccessful": True}]))
        self.assertEqual([(result["ruleId"], result["properties"]["frame"],
                           result["properties"]["turn"], result["properties"]["side"])
                          for result in log["results"]], [
            ("SPN2006", 11, 1, "initiator"), ("SPN2007", 11, 1, "initiator"),
            ("SPN2012", 11, 1, "initiator"), ("SPN5228", 12, 2, "acceptor"),
            ("SPN1009", 18, 3, "initiator")])
        self.assertEqual({place["physicalLocation"]["artifactLocation"]["uri"]
                          for result in log["results"] for place in result["locations"]},
                         {"three.pcap"})

    def test_quiet(self):
        for form in ("text", "json", "ndjson", "gcc", "sarif"):
            self.assertEqual(self.run_on("-q", "--format", form), (1, "", ""))

    def test_stats(self):
        self.assertEqual(self.run_on("-q", "--stats", "--format", "json").object(),
                         {"stats": STATS})
        said, plain = self.run_on("--stats"), self.run_on()
        self.assertTrue(said.out.startswith(plain.out + "inputs\n         9  in all\n"))
        said = self.run_on("--stats", "--format", "gcc")
        self.assertEqual(said.out, GCC)
        self.assertIn("\n         3  conversations\n", said.err)

    def test_fail_on(self):
        for args, status in ((["--fail-on", "never"], 0), (["--fail-on", "error"], 1),
                             (["--exclude", "SPN1009"], 0),
                             (["--exclude", "SPN1009", "--fail-on", "warning"], 1),
                             (["--exclude", "SPN1,SPN2", "--fail-on", "warning"], 0),
                             (["--exclude", "SPN1,SPN2", "--fail-on", "note"], 1)):
            self.assertEqual(self.run_on("-q", *args), (status, "", ""), args)

    def test_what_is_filtered_away_is_not_in_the_table(self):
        said = self.run_on("--severity", "error")
        self.assertIn(HTTP_ROW.replace("warning", "valid  "), said.out)
        self.assertNotIn("warning", said.out)

    def test_terminal(self):
        name = str(self.folder / "three.pcap")
        plain = support.run("--capture", name)
        said = support.run_on_terminal("--capture", name)
        self.assertEqual((said.status, said.err), (1, ""))
        self.assertIn("        \033[31merror\033[0m: tag 0x0b, expected 0x0a [SPN1009]\n",
                      said.out)
        self.assertEqual(re.sub(r"\033\[\d+m", "", said.out), plain.out)


class Endings(Case):
    """How a carrier's own word is told, which no token has."""

    def test_refused_logon(self):
        capture = Capture()
        smb_logon(capture, status=LOGON_FAILURE, token=b"")
        self.assertEqual(self.judged(capture), (
            0, [4, 5, 6], "valid", "rejected",
            "refused by SMB2 with NTLMSSP; no token of the acceptor says so", []))
        said = self.run_on(name="one.pcap")
        self.assertTrue(said.out.endswith(
            "valid    SMB2     0      4-6      10.0.0.1:49152 -> 10.0.0.2:445, session 0x61\n"
            f"{'':9}refused by SMB2 with NTLMSSP; no token of the acceptor says so\n"), said.out)

    def test_refused_by_others(self):
        sentence = "refused by {} with NTLMSSP; no token of the acceptor says so"
        for carrier, port, request, response in (
                ("LDAP", 389, ldap_bind_request(1, INIT), ldap_bind_response(1, 49)),
                ("HTTP", 80, http_request(negotiate(INIT)),
                 http_response(401, "WWW-Authenticate: Negotiate")),
                ("HTTP", 80, http_request(negotiate(INIT)), http_response(403))):
            with self.subTest(carrier):
                capture = Capture()
                client = capture.connect(port)
                client.send(request)
                client.answer(response)
                self.assertEqual(self.judged(capture), (0, [4], "valid", "rejected",
                                                        sentence.format(carrier), []))

    def test_lost(self):
        capture = Capture()
        client = capture.connect(80)
        client.send(http_request(negotiate(INIT)))
        client.answer(http_response(401, "WWW-Authenticate: Negotiate oQ*"))
        self.write("lost.pcap", capture)
        said = self.run_on(name="lost.pcap")
        self.assertRegex(said.out, r"\n   2  \| a token that is lost, frame 5  +\| error SPN8002\n")

    def test_naked(self):
        capture = Capture()
        client = capture.connect(445)
        client.send(nbss(smb2_setup_request(NTLM)))
        client.answer(nbss(smb2_setup_response(b"", 0x61, 1, LOGON_FAILURE)))
        self.assertEqual(self.judged(capture), (
            0, [4], "warning", "rejected",
            "refused by SMB2 with NTLMSSP; no token of the acceptor says so", ["SPN5032"]))

    def test_success_without_a_token(self):
        capture = Capture()
        client = capture.connect(80)
        client.send(http_request(negotiate(INIT)))
        client.answer(http_response(200))
        self.assertEqual(self.judged(capture), (
            0, [4], "warning", "unfinished",
            "unfinished with NTLMSSP: token 1 of the initiator is the last in the record",
            ["SPN8005"]))


class DecodeAs(Case):
    def test_port(self):
        capture = Capture()
        smb_logon(capture, port=8445)
        self.write("port.pcap", capture)
        self.assertEqual(self.run_on(name="port.pcap"),
                         (2, "", f"spnego-check: port.pcap: {NO_TOKEN}"))
        said = self.run_on("--decode-as", "tcp.port==8445,nbss", name="port.pcap")
        self.assertEqual((said.status, said.err), (0, ""))
        self.assertTrue(said.out.endswith(HEAD + SMB_ROW.replace("445", "8445")), said.out)

    def test_refusals(self):
        for how, sentence in {
            "": f"Parameter \"\" {TEMPLATE}",
            "-h": f"Parameter \"-h\" {TEMPLATE}",
            "tcp.port==1": f"Parameter \"tcp.port==1\" {TEMPLATE}",
            "x==1,http": "Unknown layer type -- x",
            "tcp.port==x,http": "Invalid selector number \"x\"",
            "tcp.port==1,no-such": "Unknown protocol -- \"no-such\"",
        }.items():
            with self.subTest(how):
                self.assertEqual(self.run_on("--decode-as", how),
                                 (2, "", f"spnego-check: three.pcap: {sentence}\n"))

    def test_usage(self):
        for args, sentence in ((["--decode-as", "x"],
                                "--decode-as: expected together with --capture"),
                               (["--capture", "x", *["--decode-as", "y"] * 9],
                                "--decode-as y: expected at most 8 of them")):
            self.assertEqual(support.run(*args), (
                3, "", f"spnego-check: {sentence}; --help lists the options\n"))


class Refusals(Case):
    def test_files(self):
        for name, capture in (("none", b""), ("empty", Capture()), ("text", b"no capture\n" * 9),
                              ("cut", three().pcap()[:200])):
            self.write(name, capture)
        for name, sentence in {
            "none": "it is empty; expected a capture", "empty": NO_TOKEN.rstrip(), "cut": CUT,
            "text": "it isn't a capture file in a format TShark understands",
            "nowhere": "it doesn't exist", ".": "it is a directory (folder), not a file",
        }.items():
            for args in (["-q"], ["--format", "ndjson"]):
                with self.subTest(name, args=args):
                    said = self.run_on(*args, name=name)
                    self.assertEqual((said.status, said.err),
                                     (2, f"spnego-check: {name}: {sentence}\n"))
                    self.assertEqual([value["error"] for value in said.objects()],
                                     [sentence] if "ndjson" in args else [])

    def test_cut_short(self):
        """What is there is judged, in every format, and then it is said what is not there."""
        self.write("three.pcap", three().pcap()[:-30])
        row = ("valid    DCE/RPC  2      16-17    10.0.0.1:49154 -> 10.0.0.2:135, session 7\n"
               f"{'':9}unfinished with NTLMSSP: token 2 of the acceptor is the last in the\n"
               f"{'':9}record\n")
        said = self.run_on()
        self.assertEqual((said.status, said.err), (2, f"spnego-check: three.pcap: {CUT}\n"))
        self.assertTrue(said.out.endswith(HEAD + SMB_ROW + HTTP_ROW + row), said.out)
        *judged, last = self.run_on("--format", "ndjson").objects()
        self.assertEqual((len(judged), last["error"]), (3, CUT))
        self.assertEqual(self.run_on("--format", "gcc").out.splitlines(), [
            *GCC.splitlines()[:-1], f"three.pcap:1:1: error: {CUT} [unreadable]"])
        (log,) = self.run_on("--format", "sarif").object()["runs"]
        (invocation,) = log["invocations"]
        self.assertEqual((len(log["results"]), [told["message"]["text"] for told in
                                                invocation["toolExecutionNotifications"]]),
                         (4, [CUT]))

    def test_no_tshark(self):
        sentence = "tshark is not on PATH; install it with: apt-get install tshark"
        env = support.environment(PATH=str(self.folder))
        told = f"spnego-check: three.pcap: {sentence}\n"
        self.assertEqual(self.run_on(env=env), (2, "", told))
        self.assertEqual(self.run_on("-q", env=env), (2, "", told))
        self.assertEqual(self.run_on("--format", "gcc", env=env), (
            2, f"three.pcap:1:1: error: {sentence} [unreadable]\n", told))
        self.assertEqual(self.run_on("--format", "json", env=env).object()["error"], sentence)

    def test_names(self):
        """Names that tshark or a terminal could take for something else."""
        for name, shown in ((b"-r", "-r"), (b"a b", "a b"), (b'"a"', '"a"'), (b"100%s", "100%s"),
                            (b"a\033[31m\nb", "a\\x1b[31m\\x0ab"),
                            ("\u00fc".encode(), "\u00fc"), (b"\xff", "\\xff")):
            with self.subTest(name):
                self.write(name, three())
                said = self.run_on(name=name)
                self.assertEqual((said.status, said.err), (1, ""))
                self.assertEqual(re.findall(r"(?m)^(.*): SMB2, stream 0, ", said.out), [shown])
                self.assertEqual(self.run_on("--format", "gcc", name=name).out,
                                 GCC.replace("three.pcap", shown))

    def test_names_of_no_captures(self):
        for name in (b"-r", b'"a"', b"a: b", b"a\nb.", "\u00fc".encode()):
            self.write(name, b"no capture\n")
            shown = name.decode().replace("\n", "\\x0a")
            self.assertEqual(self.run_on(name=name).err,
                             f"spnego-check: {shown}: it isn't a capture file in a format "
                             "TShark understands\n")


if __name__ == "__main__":
    unittest.main()
