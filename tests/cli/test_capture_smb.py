"""Captures of SMB1 and SMB2: which blobs are found, and which make a conversation."""

import unittest

from tests.cli import tokens
from tests.cli.capture_case import DONE, GO_ON, HINT, INIT, LAST, NTLM, Case, frames, plain, shown
from tests.cli.pcap import Capture
from tests.cli.pdus import (MORE, nbss, smb1_negotiate_response, smb1_setup_request,
                            smb1_setup_response, smb2_compound, smb2_negotiate_response,
                            smb2_setup_request, smb2_setup_response)


class Smb(Case):
    def test_smb2(self):
        capture = Capture()
        client = capture.connect(445)
        client.answer(nbss(smb2_negotiate_response(HINT)))
        client.send(nbss(smb2_setup_request(INIT, message=1)))
        client.answer(nbss(smb2_setup_response(GO_ON, 0x400000000007, 1, MORE)))
        client.send(nbss(smb2_setup_request(LAST, 0x400000000007, 2)))
        client.answer(nbss(smb2_setup_response(DONE, 0x400000000007, 2)))
        (talk,) = self.found(capture)
        self.assertEqual(shown(talk), [("A", HINT, []), *plain(INIT, GO_ON, LAST, DONE)])
        self.assertEqual(frames(talk), [4, 5, 6, 7, 8])
        turns = talk.pop("turns")
        self.assertEqual(len(turns), 5)
        self.assertEqual(talk, {
            "carrier": "SMB2", "stream": 0, "session": "0x400000000007", "outcome": "success",
            "initiator": "10.0.0.1:49152", "acceptor": "10.0.0.2:445", "broken_off": False})

    def test_smb1(self):
        capture = Capture()
        client = capture.connect(445)
        client.answer(nbss(smb1_negotiate_response(HINT)))
        client.send(nbss(smb1_setup_request(INIT, mid=3)))
        client.answer(nbss(smb1_setup_response(GO_ON, 5, 3, MORE)))
        client.send(nbss(smb1_setup_request(LAST, 5, 4)))
        client.answer(nbss(smb1_setup_response(DONE, 5, 4)))
        (talk,) = self.found(capture)
        self.assertEqual(shown(talk), [("A", HINT, []), *plain(INIT, GO_ON, LAST, DONE)])
        self.assertEqual((talk["carrier"], talk["session"], talk["outcome"]),
                         ("SMB1", "5", "success"))

    def test_interleaved_sessions(self):
        """Two first requests stand before their answers, which come in the other order."""
        capture = Capture()
        client = capture.connect(445)
        client.answer(nbss(smb2_negotiate_response(HINT)))
        client.send(nbss(smb2_setup_request(INIT, message=1)))
        client.send(nbss(smb2_setup_request(INIT + b"\0", message=2)))
        client.answer(nbss(smb2_setup_response(GO_ON + b"\0", 22, 2, MORE)))
        client.answer(nbss(smb2_setup_response(GO_ON, 11, 1, MORE)))
        client.send(nbss(smb2_setup_request(LAST, 11, 3)))
        client.send(nbss(smb2_setup_request(LAST + b"\0", 22, 4)))
        client.answer(nbss(smb2_setup_response(DONE, 11, 3)))
        client.answer(nbss(smb2_setup_response(DONE + b"\0", 22, 4)))
        first, second = self.found(capture)
        self.assertEqual(shown(first), [("A", HINT, []), *plain(INIT, GO_ON, LAST, DONE)])
        self.assertEqual(shown(second), plain(*(octets + b"\0" for octets in
                                                (INIT, GO_ON, LAST, DONE))))
        self.assertEqual([first["session"], second["session"]], ["0xb", "0x16"])

    def test_compound(self):
        """Two messages in one frame, over several segments."""
        capture = Capture()
        client = capture.connect(445)
        large = tokens.init(tokens.mech_types(tokens.NTLMSSP), tokens.octets(2, bytes(5000)))
        client.send(smb2_compound(smb2_setup_request(INIT, message=1),
                                  smb2_setup_request(large, message=2)), size=700)
        client.answer(smb2_compound(smb2_setup_response(GO_ON, 1, 1, MORE),
                                    smb2_setup_response(DONE, 2, 2)), size=31)
        first, second = self.found(capture)
        self.assertEqual(shown(first), plain(INIT, GO_ON))
        self.assertEqual(shown(second), plain(large, DONE))
        self.assertEqual(frames(first), frames(second))

    def test_late_segment(self):
        capture = Capture()
        client = capture.connect(445)
        client.send(nbss(smb2_setup_request(INIT)), size=50)
        capture.packets[3:5] = reversed(capture.packets[3:5])
        self.assertEqual(self.turns(capture), plain(INIT))

    def test_authenticated_anew(self):
        """The same session, and a new NegTokenInit: a new conversation."""
        capture = Capture()
        client = capture.connect(445)
        for message in (1, 2):
            client.send(nbss(smb2_setup_request(INIT, 9, message)))
            client.answer(nbss(smb2_setup_response(DONE, 9, message)))
        self.assertEqual([shown(talk) for talk in self.found(capture)], [plain(INIT, DONE)] * 2)

    def test_fragments(self):
        """The rest of a token may look like the beginning of one; an empty answer asks for it."""
        capture = Capture()
        client = capture.connect(445)
        token = tokens.init(tokens.mech_types(tokens.NTLMSSP), tokens.octets(2, INIT))
        cut = token.index(INIT)
        client.send(nbss(smb2_setup_request(token[:cut], 0, 1)))
        client.answer(nbss(smb2_setup_response(b"", 9, 1, MORE)))
        client.send(nbss(smb2_setup_request(token[cut:], 9, 2)))
        client.answer(nbss(smb2_setup_response(DONE, 9, 2)))
        self.assertEqual(self.turns(capture), plain(token[:cut], b"", token[cut:], DONE))

    def test_nothing_at_the_end(self):
        """A last answer without a blob, and one that is an error, are no turns."""
        for response, outcome in ((smb2_setup_response(b"", 9), "success"),
                                  (smb2_setup_response(b"", 9, status=0xC000006D), "failure")):
            with self.subTest(outcome):
                capture = Capture()
                client = capture.connect(445)
                client.send(nbss(smb2_setup_request(NTLM)))
                client.answer(nbss(response))
                (talk,) = self.found(capture)
                self.assertEqual((shown(talk), talk["outcome"]), (plain(NTLM), outcome))

    def test_hint_only(self):
        """A second NEGOTIATE answer does not join the first."""
        capture = Capture()
        client = capture.connect(445)
        client.answer(nbss(smb2_negotiate_response(HINT)))
        client.answer(nbss(smb2_negotiate_response(HINT, message=1)))
        client.send(nbss(smb2_setup_request(INIT, message=2)))
        self.assertEqual([shown(talk) for talk in self.found(capture)],
                         [[("A", HINT, [])], [("A", HINT, []), ("I", INIT, [])]])

    def test_own_port(self):
        capture = Capture()
        capture.connect(8445).send(nbss(smb2_setup_request(INIT)))
        self.assertEqual(self.turns(capture, decode_as=["tcp.port==8445,nbss"]), plain(INIT))


class SmbBounds(Case):
    """W04."""

    def judged(self, message):
        capture = Capture()
        client = capture.connect(445)
        (client.answer if message[9] & 0x80 or message[16] & 1 else client.send)(nbss(message))
        ((_, octets, codes),) = self.turns(capture)
        return octets, codes

    def test_inside(self):
        for message in (smb2_setup_request(INIT), smb2_setup_response(INIT, 1),
                        smb2_negotiate_response(INIT), smb1_negotiate_response(INIT),
                        smb1_setup_request(INIT), smb1_setup_response(INIT, 1),
                        smb1_setup_request(INIT, size=len(INIT) + 4)):
            with self.subTest(message.hex()):
                octets, codes = self.judged(message)
                self.assertEqual((octets[:len(INIT)], codes), (INIT, []))

    def test_not_inside(self):
        size = len(INIT)
        for message in (smb2_setup_request(INIT, size=size + 1),
                        smb2_setup_request(INIT, offset=0x59),
                        smb2_setup_request(INIT, offset=0x57),
                        smb2_setup_request(INIT, offset=0xffff),
                        smb2_setup_response(INIT, 1, offset=0x47),
                        smb2_setup_response(INIT, 1, size=0xffff),
                        smb2_negotiate_response(INIT, offset=0x7f),
                        smb2_negotiate_response(INIT, size=size + 1),
                        smb1_negotiate_response(INIT, count=size + 17),
                        smb1_negotiate_response(INIT, count=15),
                        smb1_setup_request(INIT, size=size + 5),
                        smb1_setup_response(INIT, 1, size=size + 5)):
            with self.subTest(message.hex()):
                self.assertEqual(self.judged(message), (None, [8006]))

    def test_no_room_for_its_fields(self):
        """The packet is whole; the message ends before its fields do."""
        for message, size in ((smb2_setup_request(INIT), 80), (smb2_setup_request(INIT), 64),
                              (smb2_setup_response(INIT, 1), 68),
                              (smb2_negotiate_response(INIT), 100),
                              (smb1_setup_request(INIT), 50),
                              (smb1_setup_response(INIT, 1), 40)):
            with self.subTest(message.hex(), size=size):
                self.assertEqual(self.judged(message[:size]), (None, [8006]))


if __name__ == "__main__":
    unittest.main()
