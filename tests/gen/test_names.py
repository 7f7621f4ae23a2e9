"""Names, object identifiers and GUIDs: tables."""

import unittest

from gen import names
from gen.asn1_front import encode_oid
from gen.schema_front import read_module
from gen.source import Source

SNAKE = {
    "mechListMIC": "mech_list_mic",
    "mech-list-mic": "mech_list_mic",
    "MechTypeList": "mech_type_list",
    "NegTokenInit2": "neg_token_init2",
    "NegotiationToken": "negotiation_token",
    "reqFlags": "req_flags",
    "accept-incomplete": "accept_incomplete",
    "SPNEGOASNOneSpec": "spnegoasn_one_spec",
    "MESSAGE_HEADER": "message_header",
    "CHECKSUM_TYPE": "checksum_type",
    "auth-schemes": "auth_schemes",
    "SAnon-X25519": "s_anon_x25519",
    "HMAC-SHA1-96-AES128": "hmac_sha1_96_aes128",
    "RSA-MD4-DES": "rsa_md4_des",
    "PKU2U": "pku2u",
    "u": "u",
}
CAMEL = {
    "auth-schemes": "authSchemes",
    "protocol-version": "protocolVersion",
    "mechListMIC": "mechListMIC",
    "random": "random",
    "CERT-AUTH-DATA": "CERT-AUTH-DATA",
}
# Contents octets.  2.999.3 is the example of X.690 8.19.5.
OIDS = {
    "1.3.6.1.5.5.2": "2b0601050502",
    "1.2.840.113554.1.2.2": "2a864886f712010202",
    "1.2.840.48018.1.2.2": "2a864882f712010202",
    "1.3.6.1.4.1.311.2.2.10": "2b06010401823702020a",
    "1.3.6.1.4.1.5322.26.1.110": "2b06010401a94a1a016e",
    "1.2.752.43.14.1": "2a85702b0e01",
    "0.0": "00",
    "0.39": "27",
    "1.39.127.128.16383.16384": "4f7f8100ff7f818000",
    "2.999.3": "883703",
    "2.4294967215": "8fffffff7f",
}
GUIDS = {
    "0D53335C-F9EA-4D0D-B2EC-4AE3786EC308": "5c33530deaf90d4db2ec4ae3786ec308",
    "DEE384FF-1086-4E86-BE78-B94170BFD376": "ff84e3de8610864ebe78b94170bfd376",
    "00112233-4455-6677-8899-AABBCCDDEEFF": "33221100554477668899aabbccddeeff",
}


class Names(unittest.TestCase):
    def test_snake(self):
        for name, want in SNAKE.items():
            self.assertEqual(names.snake(name), want)
            self.assertEqual(names.upper(name), want.upper())

    def test_camel(self):
        for name, want in CAMEL.items():
            self.assertEqual(names.camel(name), want)

    def test_composed(self):
        module = read_module(Source("x", "protocol NEGOEX"))
        self.assertEqual(names.ctype(module, "NEGO_MESSAGE"), "negoex_nego_message")
        self.assertEqual(names.constant(module, "ALERT_TYPE", "PULSE"), "NEGOEX_ALERT_TYPE_PULSE")
        self.assertEqual(names.desc(module, "NEGO-MESSAGE"), "negoex_NEGO_MESSAGE")
        self.assertEqual(names.finding("SPN1001", "cut-header"), "SPN1001_CUT_HEADER")


class Octets(unittest.TestCase):
    def test_object_identifiers(self):
        for text, want in OIDS.items():
            arcs = [int(arc) for arc in text.split(".")]
            self.assertEqual(encode_oid(arcs), bytes.fromhex(want), text)

    def test_guids_in_wire_order(self):
        for text, want in GUIDS.items():
            source = Source("x", f"protocol X guid ONE = {text} [X 1]")
            (guid,) = read_module(source).constants
            self.assertEqual(guid.octets, bytes.fromhex(want))
            self.assertEqual(guid.text, text)


if __name__ == "__main__":
    unittest.main()
