"""Captures of HTTP: Negotiate and Nego2, and the rules W01 to W03 and W07."""

import unittest

from tests.cli import tokens
from tests.cli.capture_case import (DONE, GO_ON, HINT, INIT, LAST, NO_TOKEN, NTLM, Case,
                                    challenge, frames, negotiate, plain, shown)
from tests.cli.pcap import Capture
from tests.cli.pdus import base64_of, http_request, http_response


class Http(Case):
    def test_exchange(self):
        """Large bodies, an IPv6 connection, and a status that is not asked for."""
        capture = Capture()
        client = capture.connect(80, "2001:db8::1", "2001:db8::2")
        client.send(http_request())
        client.answer(http_response(401, "WWW-Authenticate: Negotiate", body=b"x" * 4000))
        client.send(http_request(negotiate(INIT)), size=40)
        client.answer(http_response(401, challenge(GO_ON), body=b"y" * 4000))
        client.send(http_request(negotiate(LAST)))
        client.answer(http_response(200, challenge(DONE), body=b"z" * 4000))
        client.send(http_request())
        client.answer(http_response(200))
        (talk,) = self.found(capture)
        self.assertEqual(shown(talk), [("I", INIT, []), ("A", GO_ON, []), ("I", LAST, []),
                                       ("A", DONE, [8004])])
        self.assertEqual((talk["initiator"], talk["acceptor"], talk["outcome"]),
                         ("[2001:db8::1]:49152", "[2001:db8::2]:80", "success"))

    def test_large_body(self):
        """Only the front of 2 MiB is kept, where the token is."""
        capture = Capture()
        client = capture.connect(80)
        client.send(http_request(negotiate(INIT)))
        client.answer(http_response(200, challenge(DONE), body=b"x" * (2 << 20)), size=60000)
        self.assertEqual(self.turns(capture), [("I", INIT, []), ("A", DONE, [8004])])

    def test_three_on_one_connection(self):
        capture = Capture()
        client = capture.connect(80)
        for token, status, headers in ((INIT, 200, [challenge(DONE)]), (INIT, 401, []),
                                       (NTLM, 200, [])):
            client.send(http_request(negotiate(token)))
            client.answer(http_response(status, "WWW-Authenticate: Negotiate", *headers))
        found = self.found(capture)
        self.assertEqual([shown(talk) for talk in found],
                         [[("I", INIT, []), ("A", DONE, [8004])], plain(INIT), plain(NTLM)])
        self.assertEqual([talk["outcome"] for talk in found], ["success", "failure", "success"])

    def test_proxy(self):
        """Proxy and server are asked in turn, on one connection."""
        capture = Capture()
        client = capture.connect(3128)
        proxy = f"Proxy-Authorization: Negotiate {base64_of(INIT)}"
        client.send(http_request(proxy))
        client.answer(http_response(401, "WWW-Authenticate: Negotiate",
                                    f"Proxy-Authenticate: Negotiate {base64_of(GO_ON)}"))
        client.send(http_request(proxy, negotiate(LAST)))
        client.answer(http_response(407, f"Proxy-Authenticate: Negotiate {base64_of(DONE)}"))
        found = self.found(capture)
        self.assertEqual([(talk["session"], shown(talk)) for talk in found],
                         [("proxy", plain(INIT, GO_ON)), ("", plain(LAST)),
                          ("proxy", plain(INIT, DONE))])

    def test_two_requests_in_a_frame(self):
        capture = Capture()
        capture.connect(80).send(http_request(negotiate(INIT)) + http_request(negotiate(LAST)))
        (talk,) = self.found(capture)
        self.assertEqual(shown(talk), [("I", INIT, []), ("I", LAST, [])])
        self.assertEqual(frames(talk), [4, 4])

    def test_nothing_of_ours(self):
        capture = Capture()
        client = capture.connect(80)
        client.send(http_request("Authorization: Basic " + base64_of(b"user:secret")))
        client.answer(http_response(401, 'WWW-Authenticate: Basic realm="Negotiate oQc="'))
        client.send(http_request("Authorization: NTLM " + base64_of(NTLM)))
        client.send(http_request("Authorization: Negotiated" + base64_of(INIT)))
        status, found, said = self.read(capture.pcap())
        self.assertEqual((status, found, said), (2, [], NO_TOKEN))


class HttpRules(Case):
    def request(self, header):
        capture = Capture()
        capture.connect(80).send(http_request(header))
        ((_, octets, codes),) = self.turns(capture)
        return octets, codes

    def test_one_base64_value(self):
        """W01, and near misses."""
        token = tokens.init(tokens.mech_types(tokens.NTLMSSP), tokens.octets(2, NTLM + bytes(2)))
        value = base64_of(token)
        self.assertEqual(value[-1], "=")
        for header, want in {
            f"authorization:NEGOTIATE  {value} ": (token, []),
            f"Authorization:\tNegotiate\t{value}": (token, []),
            f"Authorization: Negotiate\r\n  {value}": (token, []),
            f"Authorization: Negotiate {value.rstrip('=')}": (token, [8002]),
            f"Authorization: Negotiate {value} {value}": (None, [8002]),
            f"Authorization: Negotiate {value}, x": (None, [8002]),
            f"Authorization: Negotiate {value[:-6]}*AAA=": (None, [8002]),
            f"Authorization: Negotiate {value}\r\nAuthorization: Negotiate {value}":
                (token, [8002]),
            "Authorization: Negotiate": (None, [8002]),
            f"Authorization: Kerberos {value}": (token, [8001]),
            f"Authorization: Negotiat {value}": (token, [8001]),
        }.items():
            with self.subTest(header):
                self.assertEqual(self.request(header), want)

    def test_initial_data(self):
        """W02 and W07: the server's first 401 has a token, of Negotiate or of Nego2."""
        for scheme, code in (("Negotiate", 8003), ("Nego2", 8008)):
            with self.subTest(scheme):
                capture = Capture()
                client = capture.connect(80)
                client.answer(http_response(
                    401, f"WWW-Authenticate: {scheme} {base64_of(HINT)}"))
                client.send(http_request(f"Authorization: {scheme} {base64_of(INIT)}"))
                client.answer(http_response(
                    401, f"WWW-Authenticate: {scheme} {base64_of(GO_ON)}"))
                self.assertEqual(self.turns(capture), [("A", HINT, [code]), ("I", INIT, []),
                                                       ("A", GO_ON, [])])

    def test_no_initial_data(self):
        """The capture begins between the client's token and the answer to it."""
        capture = Capture()
        capture.connect(80).answer(http_response(401, challenge(GO_ON)))
        self.assertEqual(self.turns(capture), [("A", GO_ON, [])])

    def test_final_token(self):
        """W03: after a token of SPNEGO's 2xx brings one; after NTLM's, and 401, it need not."""
        for token, status, want in ((INIT, 200, [("A", None, [8005])]), (NTLM, 200, []),
                                    (INIT, 401, []), (LAST, 204, [("A", None, [8005])]),
                                    (INIT, 404, [])):
            with self.subTest(f"{status} {token.hex()}"):
                capture = Capture()
                client = capture.connect(80)
                client.send(http_request(negotiate(token)))
                client.answer(http_response(status))
                client.answer(http_response(200))
                self.assertEqual(self.turns(capture), [("I", token, []), *want])


if __name__ == "__main__":
    unittest.main()
