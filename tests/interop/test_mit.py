"""MIT krb5's opinion: our side and theirs negotiate, in every pairing.

mit/plugin.c gives MIT the mechanisms of examples/toy_mech.c; mit/mit_peer.c and
mit/our_peer.c are one side each, and mit/flows.py says what must come of it.

    python3 -m tests.interop.test_mit --table    every flow, as it went
"""

import os
import sys
import tempfile
import unittest
from pathlib import Path

from tests.interop.mit.flows import FLOWS, MIT_MIT, MIT_OURS, OURS_MIT
from tests.interop.mit.peers import Conversation, build

# MIT's NegTokenInit2 for A and B, as recorded from 1.20.1.
HINT = bytes.fromhex(
    "604c06062b0601050502a0423040a012301006066985a2c0ac6606066984b0d1a82ca32a3028a0261b24"
    "6e6f745f646566696e65645f696e5f5246433431373840706c656173655f69676e6f7265")


def hold(folder, flow, pairing):
    """The conversation of a flow, and whether it is as expected."""
    talk = Conversation(folder, pairing, (flow.initiator, flow.acceptor), flow.hint)
    return talk, (talk.shape, *talk.results) == flow.expected[pairing]


def complaint(flow, pairing, talk):
    initiator, acceptor = pairing
    return "\n".join([
        "", f"{flow.title}: {initiator} initiator, {acceptor} acceptor",
        f"options:  {flow.initiator} / {flow.acceptor}",
        "expected: " + "; ".join(flow.expected[pairing]),
        "got:      " + "; ".join((talk.shape, *talk.results)),
        talk.transcript()])


class Interop(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        build(cls.folder.name)

    def hold_all(self, pairing):
        for flow in FLOWS:
            if pairing in flow.expected:
                with self.subTest(flow.title):
                    talk, good = hold(self.folder.name, flow, pairing)
                    if not good:
                        self.fail(complaint(flow, pairing, talk))

    def test_control(self):
        """If this fails, MIT is not the MIT that the flows were written for."""
        self.hold_all(MIT_MIT)

    def test_our_initiator(self):
        self.hold_all(OURS_MIT)

    def test_our_acceptor(self):
        self.hold_all(MIT_OURS)

    def test_octets_are_the_same(self):
        """Where our side sends tokens of MIT's shape, they are MIT's to the octet."""
        for flow in FLOWS:
            if MIT_MIT not in flow.expected:
                continue
            control, _ = hold(self.folder.name, flow, MIT_MIT)
            for pairing in OURS_MIT, MIT_OURS:
                talk, _ = hold(self.folder.name, flow, pairing)
                with self.subTest(flow.title, pairing=pairing):
                    if talk.shape == control.shape:
                        self.assertEqual(talk.tokens, control.tokens)

    def test_our_hint_is_theirs(self):
        for kind in "ours", "MIT":
            talk = Conversation(self.folder.name, ("MIT", kind), ("ab hops=1", "ab"), True)
            self.assertEqual(talk.tokens[0], ("A", HINT), kind)


def print_table():
    """Prints how every flow went; returns how many went wrong."""
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        build(folder)
        for flow in FLOWS:
            print(flow.title)
            for pairing in flow.expected:
                talk, good = hold(folder, flow, pairing)
                initiator, acceptor = talk.results
                print(f"  {'ok' if good else 'DIFFERS':8}{talk.shape}\n"
                      f"  {'':8}{f'{pairing[0]} initiator: {initiator}':48}"
                      f"{pairing[1]} acceptor: {acceptor}")
                if not good:
                    wrong.append(complaint(flow, pairing, talk))
    print("\n".join(wrong), end="\n" if wrong else "")
    print(f"{sum(len(flow.expected) for flow in FLOWS)} conversations in {len(FLOWS)} flows, "
          f"{len(wrong)} not as expected")
    return len(wrong)


if __name__ == "__main__":
    if "--table" in sys.argv:
        sys.exit(print_table() > 0)
    unittest.main()
