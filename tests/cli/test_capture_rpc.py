"""Captures of LDAP and DCE/RPC: binds, Sicily, the sec_trailer (W06)."""

import unittest

from tests.cli.capture_case import (DONE, GO_ON, INIT, LAST, NO_TOKEN, NTLM, Case, plain, shown)
from tests.cli.pcap import Capture
from tests.cli.pdus import (ALTER, ALTER_RESP, AUTH3, BIND, BIND_ACK, dcerpc, ldap_bind_request,
                            ldap_bind_response, ldap_message, ldap_sicily_request, tlv)


class Ldap(Case):
    def test_binds(self):
        capture = Capture()
        client = capture.connect(389)
        client.send(ldap_bind_request(1, INIT))
        client.answer(ldap_bind_response(1, 14, GO_ON))
        client.send(ldap_bind_request(2, LAST), size=20)
        client.answer(ldap_bind_response(2, 0, DONE))
        client.send(ldap_bind_request(3, INIT))
        client.answer(ldap_bind_response(3, 49))
        first, second = self.found(capture)
        self.assertEqual(shown(first), plain(INIT, GO_ON, LAST, DONE))
        self.assertEqual((first["carrier"], first["outcome"]), ("LDAP", "success"))
        self.assertEqual((shown(second), second["outcome"]), (plain(INIT), "failure"))

    def test_sicily(self):
        capture = Capture()
        client = capture.connect(389)
        ntlm_challenge = b"NTLMSSP\0\2\0\0\0" + bytes(40)
        authenticate = b"NTLMSSP\0\3\0\0\0" + bytes(60)
        client.send(ldap_sicily_request(1, 0x89, b""))
        client.answer(ldap_bind_response(1, 0, matched=b"NTLM"))
        client.send(ldap_sicily_request(2, 0x8a, NTLM))
        client.answer(ldap_bind_response(2, 0, matched=ntlm_challenge))
        client.send(ldap_sicily_request(3, 0x8b, authenticate))
        client.answer(ldap_bind_response(3, 0))
        self.assertEqual(self.turns(capture), plain(NTLM, ntlm_challenge, authenticate))

    def test_nothing_of_ours(self):
        """A simple bind, and SASL's GSSAPI, which RFC 4752 rules."""
        capture = Capture()
        client = capture.connect(389)
        client.send(ldap_message(1, tlv(0x60, tlv(2, b"\3"), tlv(4), tlv(0x80, b"secret"))))
        client.answer(ldap_bind_response(1, 0))
        client.send(ldap_bind_request(2, b"`" + bytes(20), b"GSSAPI"))
        client.answer(ldap_bind_response(2, 14, b"o" + bytes(20)))
        self.assertEqual(self.read(capture.pcap()), (2, [], NO_TOKEN))


    def test_cut(self):
        """The packet is whole; the credentials say that they are longer than the message."""
        for message in (ldap_bind_request(1, INIT), ldap_bind_response(1, 14, INIT)):
            with self.subTest(message.hex()):
                capture = Capture()
                at = message.index(INIT) - 1
                bent = message[:at] + bytes([message[at] + 5]) + message[at + 1:]
                client = capture.connect(389)
                client.send(bent) if message[5] == 0x60 else client.answer(bent)
                self.assertEqual(self.read(capture.pcap()), (
                    2, [], "1 of its messages cannot be read, the first in frame 4: the message "
                           "ends within one of its fields\n"))


class Dcerpc(Case):
    def test_association(self):
        capture = Capture()
        client = capture.connect(135)
        client.send(dcerpc(BIND, INIT, 7))
        client.answer(dcerpc(BIND_ACK, GO_ON, 7))
        client.send(dcerpc(ALTER, LAST + bytes(3), 7, 2))
        client.answer(dcerpc(ALTER_RESP, DONE, 7, 2))
        (talk,) = self.found(capture)
        self.assertEqual(shown(talk), plain(INIT, GO_ON, LAST + bytes(3), DONE))
        self.assertEqual((talk["carrier"], talk["session"]), ("DCE/RPC", "7"))

    def test_two_contexts(self):
        """Two security contexts of one connection, the second with auth3, in one frame."""
        capture = Capture()
        client = capture.connect(135)
        client.send(dcerpc(BIND, INIT, 0, 1) + dcerpc(ALTER, INIT, 1, 2))
        client.answer(dcerpc(BIND_ACK, GO_ON, 0, 1) + dcerpc(ALTER_RESP, GO_ON, 1, 2))
        client.send(dcerpc(AUTH3, LAST, 1, 2))
        found = self.found(capture)
        self.assertEqual([(talk["session"], shown(talk)) for talk in found],
                         [("0", plain(INIT, GO_ON)), ("1", plain(INIT, GO_ON, LAST))])

    def test_trailer(self):
        """W06, and near misses: padding that is counted, a token with zero octets behind it."""
        size = len(INIT)
        for name, message, want in (
                ("bind", dcerpc(BIND, INIT), (INIT, [])),
                ("padded", dcerpc(BIND, INIT, pad=4, shift=4), (INIT, [])),
                ("answer", dcerpc(BIND_ACK, INIT), (INIT, [])),
                ("zero octets", dcerpc(BIND, INIT + bytes(2)), (INIT + bytes(2), [])),
                ("not padded", dcerpc(BIND, INIT, pad=4), (INIT, [8007])),
                ("padding not counted", dcerpc(BIND, INIT, shift=4), (INIT, [8007])),
                ("answer's padding not counted", dcerpc(BIND_ACK, INIT, shift=4),
                 (INIT, [8007])),
                ("too short", dcerpc(BIND, INIT, auth_length=size - 4), (None, [8007])),
                ("too long", dcerpc(BIND, INIT, auth_length=size + 8), (None, [8007])),
                ("longer than the PDU", dcerpc(BIND, INIT, auth_length=4000), (None, [8007])),
        ):
            with self.subTest(name):
                capture = Capture()
                client = capture.connect(135)
                (client.answer if message[2] == BIND_ACK else client.send)(message)
                ((_, octets, codes),) = self.turns(capture)
                self.assertEqual((octets, codes), want)

    def test_other_mechanisms(self):
        capture = Capture()
        capture.connect(135).send(dcerpc(BIND, NTLM, auth_type=10))
        self.assertEqual(self.read(capture.pcap()), (2, [], NO_TOKEN))


if __name__ == "__main__":
    unittest.main()
