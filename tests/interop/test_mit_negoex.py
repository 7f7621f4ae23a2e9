"""MIT krb5's opinion of our NegoEx: test_mit.py has how, mit/flows_negoex.py what, and
mit/flows_negoex_bad.py when it fails.

Each VERIFY that goes over the wire is also checked by mit/negoex.py, which shares
nothing with either side.
"""

import struct
import unittest

from tests.interop.mit import flows_negoex, flows_negoex_bad
from tests.interop.mit.flows import ADAPTER_MIT, MIT_ADAPTER, MIT_MIT, MIT_OURS, OURS_MIT
from tests.interop.mit.negoex import KINDS, comparable, messages
from tests.interop.mit.peers import Conversation
from tests.interop.mit.run import FlowCase

FLOWS = flows_negoex.FLOWS + flows_negoex_bad.FLOWS

# Where an octet is changed: in every message its type, number and conversation; the last
# octet, which is of a scheme, metadata, a token, a checksum or a reason; and of a
EVERYWHERE = (8, 12, 24, -1)
PLACES = {
    "NEGO": (40, 72, 84, 96),  # Random, ProtocolVersion, number of schemes, first scheme
    "META": (40, 60, 64),  # scheme, length, what it is
    "AP_REQUEST": (40, 60, 64),
    "CHALLENGE": (40, 60, 64),
    "VERIFY": (40, 60, 64, 80),  # scheme, kind of checksum, type of checksum, checksum
    "ALERT": (40, 56, 64, 72),  # scheme, ErrorCode, number of alerts, AlertType
}


def number_and_name(token, part):
    kind, number = struct.unpack_from("<II", token, part.start + 8)
    return number, KINDS[kind][1]


def flip(wanted, place):
    """Changes an octet of message number `wanted` on its way."""
    def change(token):
        octets = bytearray(token)
        for part in messages(token):
            if number_and_name(token, part)[0] == wanted:
                octets[(part.stop if place < 0 else part.start) + place] ^= 1
        return bytes(octets)
    return change


class Interop(FlowCase):
    def test_control(self):
        """If this fails, MIT is not the MIT that the flows were written for."""
        self.hold_all(FLOWS, MIT_MIT)

    def test_our_initiator(self):
        self.hold_all(FLOWS, OURS_MIT)

    def test_our_acceptor(self):
        self.hold_all(FLOWS, MIT_OURS)

    def test_scenarios_of_mit(self):
        """Each has its flow, both ways round; channel bindings by the adapter."""
        flows = {flow.title.removeprefix("NegoEx: "): flow for flow in FLOWS}
        self.assertEqual(len(flows_negoex.SCENARIOS), 19)
        for name, title in flows_negoex.SCENARIOS.items():
            with self.subTest(name):
                pairings = flows[title].expected.keys()
                self.assertTrue({OURS_MIT, MIT_OURS} <= pairings or
                                {ADAPTER_MIT, MIT_ADAPTER} <= pairings)

    def test_adapter(self):
        self.hold_all(FLOWS, ADAPTER_MIT, MIT_ADAPTER)

    def test_octets_are_the_same(self):
        self.compare_octets(FLOWS, comparable)

    def test_nobody_completes_with_a_changed_message(self):
        """Who gets it does not, and who sent it only if that was its last word."""
        flows = [flow for flow in FLOWS if flow.title.endswith("early: ALERT")]
        self.assertEqual(len(flows), 2)
        for flow in flows:
            for pairing in OURS_MIT, MIT_OURS:
                self.change_each_message(flow, pairing)

    def change_each_message(self, flow, pairing):
        good = Conversation(self.folder.name, pairing, (flow.initiator, flow.acceptor))
        for sender, token in good.tokens:
            for part in messages(token):
                number, name = number_and_name(token, part)
                for place in EVERYWHERE + PLACES[name]:
                    with self.subTest(flow.title, pairing=pairing, message=f"{name}#{number}",
                                      place=place):
                        is_last = (sender, token) == good.tokens[-1]
                        self.change_message(flow, pairing, flip(number, place), sender, is_last)

    def change_message(self, flow, pairing, change, sender, is_last):
        talk = Conversation(self.folder.name, pairing, (flow.initiator, flow.acceptor),
                            change=change)
        done = [who for who, result in zip("IA", talk.results) if result[:2] in ("0 ", "ok")]
        self.assertEqual(done, [sender] if is_last else [], talk.transcript())
        self.assertFalse([end for end in talk.results if end.startswith("died")])


if __name__ == "__main__":
    unittest.main()
