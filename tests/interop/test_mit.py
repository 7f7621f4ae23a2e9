"""MIT krb5's opinion: our side and theirs negotiate, in every pairing.

mit/plugin.c gives MIT the mechanisms of examples/toy_mech.c; mit/mit_peer.c and
mit/our_peer.c are one side each, and mit/flows.py says what must come of it.  The
adapter is our side too, with MIT's mechanisms by libspnego-gss.

    python3 -m tests.interop.test_mit --table    every flow, as it went
"""

import sys
import unittest

from tests.interop.mit import flows_negoex, flows_negoex_bad
from tests.interop.mit.flows import (ADAPTER_MIT, FLOWS, MIT_ADAPTER, MIT_MIT, MIT_OURS,
                                     OURS_MIT)
from tests.interop.mit.peers import Conversation
from tests.interop.mit.run import FlowCase, print_table

# MIT's NegTokenInit2 for A and B, as recorded from 1.20.1.
HINT = bytes.fromhex(
    "604c06062b0601050502a0423040a012301006066985a2c0ac6606066984b0d1a82ca32a3028a0261b24"
    "6e6f745f646566696e65645f696e5f5246433431373840706c656173655f69676e6f7265")


class Interop(FlowCase):
    def test_control(self):
        """If this fails, MIT is not the MIT that the flows were written for."""
        self.hold_all(FLOWS, MIT_MIT)

    def test_our_initiator(self):
        self.hold_all(FLOWS, OURS_MIT)

    def test_our_acceptor(self):
        self.hold_all(FLOWS, MIT_OURS)

    def test_adapter(self):
        self.hold_all(FLOWS, ADAPTER_MIT, MIT_ADAPTER)

    def test_octets_are_the_same(self):
        self.compare_octets(FLOWS)

    def test_our_hint_is_theirs(self):
        for kind in "ours", "MIT":
            talk = Conversation(self.folder.name, ("MIT", kind), ("ab hops=1", "ab"), True)
            self.assertEqual(talk.tokens[0], ("A", HINT), kind)


if __name__ == "__main__":
    if "--table" in sys.argv:
        sys.exit(print_table(FLOWS + flows_negoex.FLOWS + flows_negoex_bad.FLOWS,
                             flows_negoex.SCENARIOS) > 0)
    unittest.main()
