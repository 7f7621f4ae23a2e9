"""Holds flows, and says how they went."""

import tempfile
import unittest

from tests.interop.mit.flows import MIT_MIT, MIT_OURS, OURS_MIT
from tests.interop.mit.peers import Conversation, build


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


class FlowCase(unittest.TestCase):
    """A test that holds flows."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        build(cls.folder.name)

    def hold_all(self, flows, *pairings):
        for flow in flows:
            for pairing in pairings:
                if pairing in flow.expected:
                    with self.subTest(flow.title, pairing=pairing):
                        talk, good = hold(self.folder.name, flow, pairing)
                        if not good:
                            self.fail(complaint(flow, pairing, talk))

    def compare_octets(self, flows, comparable=lambda token: token):
        """Where our side sends tokens of MIT's shape, they are MIT's to the octet, of
        what can be compared."""
        for flow in flows:
            if not {MIT_MIT, OURS_MIT, MIT_OURS} <= flow.expected.keys():
                continue
            control, _ = hold(self.folder.name, flow, MIT_MIT)
            for pairing in OURS_MIT, MIT_OURS:
                talk, _ = hold(self.folder.name, flow, pairing)
                with self.subTest(flow.title, pairing=pairing):
                    if talk.shape == control.shape:
                        self.assertEqual(*([(who, comparable(token)) for who, token in tokens]
                                           for tokens in (talk.tokens, control.tokens)))


def print_table(flows, scenarios):
    """Prints how every flow went; returns how many went wrong.  `scenarios` are the names
    that MIT's own tests have for some."""
    wrong = []
    names = {title: name for name, title in scenarios.items()}
    with tempfile.TemporaryDirectory() as folder:
        build(folder)
        for flow in flows:
            name = names.get(flow.title.removeprefix("NegoEx: "))
            print(f'{flow.title} ("{name}")' if name else flow.title)
            for pairing in flow.expected:
                talk, good = hold(folder, flow, pairing)
                initiator, acceptor = talk.results
                print(f"  {'ok' if good else 'DIFFERS':8}{talk.shape}\n"
                      f"  {'':8}{f'{pairing[0]} initiator: {initiator}':48}"
                      f"{pairing[1]} acceptor: {acceptor}")
                if not good:
                    wrong.append(complaint(flow, pairing, talk))
    print("\n".join(wrong), end="\n" if wrong else "")
    print(f"{sum(len(flow.expected) for flow in flows)} conversations in {len(flows)} flows, "
          f"{len(wrong)} not as expected")
    return len(wrong)
