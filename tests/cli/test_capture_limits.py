"""--capture: what is too much, a tshark that says anything, and the count of packets."""

import json
import os
import re
import shlex
import subprocess
import unittest

from tests.cli import support
from tests.cli.capture_case import CHALLENGE, INIT, NO_TOKEN, negotiate
from tests.cli.pcap import Capture
from tests.cli.pdus import (BIND, MORE, dcerpc, http_request, ldap_bind_request, nbss,
                            smb2_setup_request, smb2_setup_response)
from tests.cli.test_capture_report import Case

MORE_OF_THEM = ("spnego-check: three.pcap: {} of its conversations may go on behind what was "
                "judged, the first from frame {}: at most 4096 are kept, 1000 messages of each, "
                "64 MiB in all; 64 tokens of each are judged\n")


class FakeCase(Case):
    def run_fake(self, script, *args):
        """With a tshark that is this script."""
        program = self.folder / "tshark"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        path = f"{self.folder}:{os.environ['PATH']}"
        return self.run_on(*args, env=support.environment(PATH=path))

    def run_on_packets(self, packets, *args):
        self.write("packets", json.dumps([{"_source": {"layers": {
            "frame": {"frame.number": str(1 + number), "frame.len": "9", "frame.cap_len": "9"},
            **layers}}} for number, layers in enumerate(packets)]).encode())
        return self.run_fake(f"cat {shlex.quote(str(self.folder))}/packets", *args)


class Limits(FakeCase):
    def test_conversations_that_may_go_on(self):
        """Of 4100 that are open at once, the first four are judged before the end."""
        bind = ldap_bind_request(1, INIT).hex()
        said = self.run_on_packets(
            ({"tcp": {"tcp.stream": str(number)}, "ldap_raw": [bind, 0, 0, 0, 0]}
             for number in range(4100)), "--format", "gcc")
        self.assertEqual(said, (0, "", MORE_OF_THEM.format(4, 1)))

    def test_turns_that_are_judged(self):
        """Of more tokens than a negotiation has, the first 64 are judged."""
        for rounds, said in ((32, ""), (33, MORE_OF_THEM.format(1, 4))):
            with self.subTest(rounds):
                capture = Capture()
                client = capture.connect(445)
                client.send(nbss(smb2_setup_request(INIT)))
                client.answer(nbss(smb2_setup_response(CHALLENGE, 0x61, 1, MORE)))
                for message in range(2, 1 + rounds):
                    client.send(nbss(smb2_setup_request(CHALLENGE, 0x61, message)))
                    client.answer(nbss(smb2_setup_response(CHALLENGE, 0x61, message, MORE)))
                self.write("three.pcap", capture)
                status, out, err = self.run_on("--format", "json")
                self.assertEqual((status, err), (1, said))
                (value,) = [json.loads(out)]
                self.assertEqual([turn["frame"] for turn in value["turns"]],
                                 list(range(4, 68)))


class CutMessages(FakeCase):
    def test_lost(self):
        """The packet is whole; the message of HTTP or DCE/RPC in it ends too early."""
        request = http_request(negotiate(INIT))
        bind = dcerpc(BIND, INIT)
        tcp = {"tcp.stream": "0", "tcp.srcport": "9", "tcp.dstport": "80"}
        for layer, message, code in (("http_raw", request[:-8], "SPN8002"),
                                     ("dcerpc_raw", bind[:-1], "SPN8007"),
                                     ("dcerpc_raw", bind[:8] + b"\x0f\0" + bind[10:], "SPN8007"),
                                     ("http_raw", request[:-2], None)):
            with self.subTest(layer, code=code):
                said = self.run_on_packets([{"tcp": tcp, layer: [message.hex(), 0, 0, 0, 0]}],
                                           "--format", "json")
                (turn,) = said.object()["turns"]
                self.assertEqual([finding["code"] for finding in turn["findings"]],
                                 [code] if code else [])
                self.assertEqual(said.status, 1 if code else 0)


class HostileTshark(FakeCase):
    def test_words(self):
        """Nothing that it says moves the cursor."""
        for words, shown in ((r"\033[31mEVIL\033]0;pwn\007 \233 \303\274",
                              "\\x1b[31mEVIL\\x1b]0;pwn\\x07 \\x9b \u00fc"),
                             (r"bad \377\376", "bad \\xff\\xfe")):
            with self.subTest(words):
                self.assertEqual(self.run_fake(f"printf 'tshark: {words}\n' >&2; exit 2"),
                                 (2, "", f"spnego-check: three.pcap: {shown}\n"))

    def test_addresses(self):
        said = self.run_on_packets([{
            "ip": {"ip.src": "\33[31m1\n", "ip.dst": "10.0.0.2"},
            "tcp": {"tcp.stream": "0", "tcp.srcport": "1", "tcp.dstport": "389"},
            "ldap_raw": [ldap_bind_request(1, INIT).hex(), 0, 0, 0, 0]}])
        self.assertEqual((said.status, said.err), (0, ""))
        self.assertNotIn("\33", said.out)
        self.assertIn("valid    LDAP     0      1-1      \\x1b[31m1\\x0a:1 -> 10.0.0.2:389\n",
                      said.out)


class Progress(Case):
    def run_slowly(self, *args):
        """With standard error on a terminal, and a tshark that takes its time."""
        packet = '{"_source":{"layers":{"frame":{"frame.number":"%d"}}}}'
        program = self.folder / "tshark"
        program.write_text("#!/bin/sh\n" + "".join(
            f"echo '{sign}{packet % number}'; sleep 0.6\n"
            for sign, number in (("[", 1000), (",", 2000))) + "echo ']'\n")
        program.chmod(0o755)
        leader, follower = support.open_terminal()
        path = f"{self.folder}:{os.environ['PATH']}"
        with subprocess.Popen([support.TOOL, "--capture", "x", *args], stdin=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL, stderr=follower, cwd=self.folder,
                              env=support.environment(PATH=path)) as process:
            os.close(follower)
            said = support.read_terminal(leader, process)
        os.close(leader)
        return process.returncode, support.text(said).replace("\r\n", "\n")

    def test_counts_and_wipes(self):
        told = f"spnego-check: x: {NO_TOKEN}"
        status, said = self.run_slowly("--progress")
        self.assertEqual((status, re.sub(r"\A(\r[12]000 packets)+\r\033\[K", "wiped ", said)),
                         (2, f"wiped {told}"))
        self.assertEqual(self.run_slowly(), (2, told))

    def test_silent_without_a_terminal(self):
        path = f"{self.folder}:{os.environ['PATH']}"
        self.run_slowly()  # writes the slow tshark
        said = self.run_on("--progress", env=support.environment(PATH=path))
        self.assertEqual(said.err, f"spnego-check: three.pcap: {NO_TOKEN}")

    def test_report_is_the_same(self):
        said, plain = self.run_on("--progress"), self.run_on()
        self.assertEqual((said.status, said.out), (plain.status, plain.out))


if __name__ == "__main__":
    unittest.main()
