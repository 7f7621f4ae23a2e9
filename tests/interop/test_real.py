"""The negotiation with Kerberos and NTLM, by our side and MIT krb5's, in every pairing.

real/realm.py is a Kerberos realm that lasts as long as this test, real/flows.py says
what must happen in it.

    python3 -m tests.interop.test_real --table    every flow, as it went
"""

import contextlib
import sys
import tempfile
import unittest

from tests.interop.mit.run import complaint
from tests.interop.real.flows import KERBEROS, MIT_MIT, MIT_OURS, NTLM, OURS_MIT, OURS_OURS
from tests.interop.real.peers import Conversation, build, ntlm_plugin
from tests.interop.real.realm import Realm, missing


@contextlib.contextmanager
def bed():
    """A folder with the peers, in which the realm lives."""
    with tempfile.TemporaryDirectory() as folder:
        build(folder)
        with Realm(folder):
            yield folder


def hold(folder, flow, pairing):
    """The conversation of a flow, and what is wrong with it, if anything is."""
    talk = Conversation(folder, pairing, (flow.initiator, flow.acceptor),
                        change=flow.change)
    told = all(words in peer.reason for words, peer in zip(flow.words, talk.peers))
    if told and (talk.shape, *talk.results) == flow.expected[pairing]:
        return talk, ""
    return talk, f"{complaint(flow, pairing, talk)}\nreasons must have: {flow.words}"


def setUpModule():
    global FOLDER
    FOLDER = None if missing() else unittest.enterModuleContext(bed())


@unittest.skipIf(missing(), f"install {' '.join(missing())}")
class Kerberos(unittest.TestCase):
    flows = KERBEROS

    def hold_all(self, pairing):
        for flow in self.flows:
            if pairing in flow.expected:
                with self.subTest(flow.title):
                    _, wrong = hold(FOLDER, flow, pairing)
                    if wrong:
                        self.fail(wrong)

    def test_control(self):
        """If this fails, MIT is not the MIT that the flows were written for."""
        self.hold_all(MIT_MIT)

    def test_our_initiator(self):
        self.hold_all(OURS_MIT)

    def test_our_acceptor(self):
        self.hold_all(MIT_OURS)

    def test_ours_alone(self):
        self.hold_all(OURS_OURS)


@unittest.skipUnless(ntlm_plugin(), "install gss-ntlmssp")
class Ntlm(Kerberos):
    flows = NTLM


class Flows(unittest.TestCase):
    def test_we_do_what_they_do(self):
        """Our two sides say to each other what MIT's do, unless a flow says why not; what
        MIT's initiator says to a reject is nothing that anybody hears."""
        for flow in [*KERBEROS, *NTLM]:
            if {OURS_OURS, MIT_MIT} <= flow.expected.keys():
                with self.subTest(flow.title):
                    ours, theirs = (flow.expected[pair][0] for pair in (OURS_OURS, MIT_MIT))
                    self.assertEqual(ours, theirs.removesuffix(" | I 2 | not taken"))


def print_table():
    """Prints how every flow went; returns how many went wrong."""
    wrong, flows = [], [*KERBEROS, *NTLM]
    with bed() as folder:
        for flow in flows:
            print(f"{flow.title}{flow.note and f' ({flow.note})'}")
            for pairing in flow.expected:
                talk, complaints = hold(folder, flow, pairing)
                print(f"  {'DIFFERS' if complaints else 'ok':8}{talk.shape or 'nothing is said'}")
                for kind, role, result in zip(pairing, ("initiator", "acceptor"), talk.results):
                    print(f"  {'':8}{f'{kind} {role}:':16} {result}")
                if complaints:
                    wrong.append(complaints)
    print("\n".join(wrong), end="\n" if wrong else "")
    print(f"{sum(len(flow.expected) for flow in flows)} conversations in {len(flows)} flows, "
          f"{len(wrong)} not as expected")
    return len(wrong)


if __name__ == "__main__":
    if "--table" in sys.argv:
        absent = missing() + ([] if ntlm_plugin() else ["gss-ntlmssp"])
        sys.exit(f"install {' '.join(absent)}" if absent else print_table() > 0)
    unittest.main()
