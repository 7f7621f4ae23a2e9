"""Captures as files: forms, what is no capture, tshark itself, the count of packets."""

import os
import subprocess
import unittest

from tests.cli import support, tokens
from tests.cli.capture_case import GO_ON, INIT, NO_TOKEN, Case, plain, shown
from tests.cli.pcap import Capture
from tests.cli.pdus import MORE, nbss, smb2_setup_request, smb2_setup_response


class Files(Case):
    def capture(self):
        capture = Capture()
        client = capture.connect(445)
        client.send(nbss(smb2_setup_request(INIT)))
        client.answer(nbss(smb2_setup_response(GO_ON, 1, 1, MORE)))
        return capture

    def test_pcapng(self):
        status, (talk,), said = self.read(self.capture().pcapng())
        self.assertEqual((status, shown(talk), said), (0, plain(INIT, GO_ON), ""))

    def test_standard_input(self):
        done = subprocess.run([self.dump, "-"], input=self.capture().pcap(),
                              capture_output=True, timeout=support.HANG, check=True)
        self.assertEqual(len(done.stdout.splitlines()), 1)

    def test_cut_short(self):
        """What is there is given, and then what is wrong."""
        status, (talk,), said = self.read(self.capture().pcap()[:-1])
        self.assertEqual((status, shown(talk)), (2, plain(INIT)))
        self.assertEqual(said, "it appears to have been cut short in the middle of a packet\n")

    def test_front_of_packets_only(self):
        status, found, said = self.read(self.capture().pcap(snaplen=100))
        self.assertEqual((status, found), (2, []))
        self.assertEqual(said, "2 of its messages cannot be read, the first in frame 4: only "
                               "the front of the packet was captured\n")

    def test_nothing_in_it(self):
        udp = Capture()
        udp.add(bytes.fromhex("45000024000100004011000001010101020202020035003500100000") +
                b"no DNS..")
        for name, capture in (("empty", Capture()), ("UDP", udp)):
            with self.subTest(name):
                self.assertEqual(self.read(capture.pcap()), (2, [], NO_TOKEN))
        self.assertEqual(self.read(b""), (2, [], "it is empty; expected a capture\n"))

    def test_no_capture(self):
        self.assertEqual(self.read(tokens.COMPLETED_HEX.encode()),
                         (2, [], "it isn't a capture file in a format TShark understands\n"))

    def test_no_file(self):
        self.assertEqual(self.run_on("/nonexistent"), (2, "", "it doesn't exist\n"))
        self.assertEqual(self.run_on(self.folder),
                         (2, "", "it is a directory (folder), not a file\n"))

    def test_no_tshark(self):
        self.assertEqual(self.run_on("x", PATH="/nonexistent"), (
            2, "", "tshark is not on PATH; install it with: apt-get install tshark\n"))

    def test_decode_as_what(self):
        status, found, said = self.read(self.capture().pcap(), decode_as=["tcp.port==1,no-such"])
        self.assertEqual((status, found, said), (2, [], 'Unknown protocol -- "no-such"\n'))

    def test_odd_tsharks(self):
        """Programs of that name that are none."""
        packet = ('{"_source":{"layers":{"frame":{"frame.number":"1"},"tcp":{"tcp.stream":"0"},'
                  '"ldap_raw":["%s",0,0,0,1]}}}')
        for script, said in {
            "echo nonsense": "tshark printed what is not its JSON",
            "echo '[{}]'": "tshark printed a packet without a frame.number",
            "echo '[{'": "tshark broke off within a packet",
            f"echo '[{packet % '0x'}'; exec sleep 600":
                "tshark printed octets that are not hexadecimal",
            "echo '[]'; exit 7": "tshark failed with status 7",
            "kill -9 $$": "tshark was ended by signal 9",
            "yes | head -c 1000000 >&2; echo 'tshark: Oops.' >&2; exit 1":
                "tshark failed with status 1",
            "echo 'Running as user' >&2; echo 'tshark: Oops.' >&2; exit 1": "Oops",
        }.items():
            with self.subTest(script):
                program = self.folder / "tshark"
                program.write_text(f"#!/bin/sh\n{script}\n")
                program.chmod(0o755)
                path = f"{self.folder}:{os.environ['PATH']}"
                self.assertEqual(self.run_on("x", PATH=path), (2, "", said + "\n"))
                program.unlink()


class Progress(Case):
    def test_counts_and_wipes(self):
        """A tshark that takes its time: packets are counted, and nothing stays of it."""
        script = "".join(f"echo '{sign}{{\"_source\":{{\"layers\":{{\"frame\":"
                         f"{{\"frame.number\":\"{number}\"}}}}}}}}'; sleep 0.6\n"
                         for sign, number in (("[", 1000), (",", 2000), (",", 3000)))
        program = self.folder / "tshark"
        program.write_text(f"#!/bin/sh\n{script}echo ']'\n")
        program.chmod(0o755)
        self.addCleanup(program.unlink)
        path = f"{self.folder}:{os.environ['PATH']}"
        for options, said in ((["--progress"], "\r2000 packets\r3000 packets\r\033[K"), ([], "")):
            self.assertEqual(self.run_on(*options, "x", PATH=path), (2, "", said + NO_TOKEN))

    def test_filter(self):
        """What tshark is asked for then finds the same."""
        capture = Capture()
        client = capture.connect(445)
        client.send(nbss(smb2_setup_request(INIT)))
        for _ in range(3000):
            client.send(b"x")
        status, (talk,), said = self.read(capture.pcap(), "--progress")
        self.assertEqual((status, shown(talk)), (0, plain(INIT)))
        self.assertEqual(said.rpartition("\033[K")[2], "")


if __name__ == "__main__":
    unittest.main()
