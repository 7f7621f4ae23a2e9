"""Samba's opinion: sessions of SMB2, set up by our side and by theirs.

examples/smb2-session.c talks to smbd, and smbclient to our acceptor, in NTLM by gss-ntlmssp
and in Kerberos.
samba/flows.py says what must come of it, samba/lies.py what of servers that lie.

    python3 -m tests.interop.test_samba --table    every flow, as it went
"""

import contextlib
import socket
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from tests.interop.samba import bed, realm, smb2
from tests.interop.samba.flows import (ACCEPTOR_FLOWS, KERBEROS_ACCEPTOR_FLOWS,
                                       KERBEROS_SMBD_FLOWS, SMBD_FLOWS)
from tests.interop.samba.lies import LIES, Liar
from tests.interop.samba.server import Server

MISSING = bed.missing()


class Beds(contextlib.ExitStack):
    """A folder with our programs and, if wanted, a realm; and one smbd for each setting."""

    def __init__(self, kerberos=False):
        super().__init__()
        self.kerberos, self.smbds, self.settings = kerberos, {}, ""

    def __enter__(self):
        self.folder = self.enter_context(tempfile.TemporaryDirectory())
        bed.build(self.folder)
        if self.kerberos:
            folder = Path(self.folder, "realm")
            folder.mkdir()
            self.settings = self.enter_context(realm.Realm(folder)).settings
        return self

    def environment(self, **more):
        return bed.environment(self.folder, self.kerberos, **more)

    def smbd(self, settings=""):
        if settings not in self.smbds:
            smbd = bed.Samba(f"{self.folder}/smbd{len(self.smbds)}",
                             f"{settings}\n{self.settings}", self.environment())
            self.smbds[settings] = self.enter_context(smbd)
        return self.smbds[settings].port

    def server(self, lie=None):
        return Server(f"{self.folder}/acceptor", self.environment(), lie)


def with_smbd(beds, flow):
    """What came of our client and of smbclient."""
    port = beds.smbd(flow.settings)
    tickets = {} if flow.ticket else {"KRB5CCNAME": f"FILE:{beds.folder}/none"}
    variables = beds.environment(**tickets)
    return (bed.our_client(flow.login, port, variables, *flow.options),
            bed.smbclient(flow.login, port, variables))


def with_acceptor(beds, flow):
    """What came of the client and of our acceptor."""
    client = bed.our_client if flow.client == "ours" else bed.smbclient
    with beds.server() as server:
        result = client(flow.login, server.port, beds.environment(), *flow.options)
        return result, bed.masked(server.acceptor.state).replace(bed.USER, "{user}")


def with_liar(beds, command, turn, change):
    """Exit status and last line of our client."""
    with beds.server(Liar(command, turn, change)) as server:
        status, lines = bed.our_client((bed.USER, bed.PASSWORD), server.port,
                                       beds.environment())
        return status, lines[-1].removeprefix("smb2-session: ")


def rows(beds, smbd_flows, acceptor_flows, lies=()):
    """Scenario, role, peer, what came of it, what should."""
    for flow in smbd_flows:
        ours, control = with_smbd(beds, flow)
        yield flow.title, "initiator", "smbd", ours, flow.expected
        yield flow.title, "smbclient", "smbd", control, flow.control
    for flow in acceptor_flows:
        got = with_acceptor(beds, flow)
        yield flow.title, "acceptor", flow.client, got, (flow.expected, flow.state)
    for title, command, turn, change, *expected in lies:
        yield title, "initiator", "a liar", with_liar(beds, command, turn, change), \
            tuple(expected)


def all_rows():
    with Beds() as beds:
        yield from rows(beds, SMBD_FLOWS, ACCEPTOR_FLOWS, LIES)
    if not realm.missing():
        with Beds(kerberos=True) as beds:
            yield from rows(beds, KERBEROS_SMBD_FLOWS, KERBEROS_ACCEPTOR_FLOWS)


@unittest.skipIf(MISSING, f"not installed: {', '.join(MISSING)}")
class Interop(unittest.TestCase):
    maxDiff = None

    def hold_all(self, wanted):
        for title, role, peer, got, expected in wanted:
            with self.subTest(title, role=role, peer=peer):
                self.assertEqual(got, expected)

    def test_ntlm(self):
        with Beds() as beds:
            self.hold_all(rows(beds, SMBD_FLOWS, ACCEPTOR_FLOWS))

    @unittest.skipIf(realm.missing(), f"not installed: {', '.join(realm.missing())}")
    def test_kerberos(self):
        with Beds(kerberos=True) as beds:
            self.hold_all(rows(beds, KERBEROS_SMBD_FLOWS, KERBEROS_ACCEPTOR_FLOWS))

    def test_lies(self):
        with Beds() as beds:
            self.hold_all(rows(beds, [], [], LIES))

    def test_without_server(self):
        with Beds() as beds:
            usage = bed.run([f"{beds.folder}/smb2-session", "-h", "follow", "localhost", "445"],
                            beds.environment())
            with socket.socket() as nobody:  # Has the port, and does not listen.
                nobody.bind(("127.0.0.1", 0))
                port = nobody.getsockname()[1]
                alone = bed.our_client((bed.USER, bed.PASSWORD), port, beds.environment())
        self.assertEqual(usage, (2, (
            "usage: PASSWD=... smb2-session [-h ignore|drop|order] HOST PORT [USER]",)))
        self.assertEqual(alone, (3, (
            f"smb2-session: connection: localhost, port {port}, cannot be reached",)))

    def test_hint(self):
        """spnego-check has nothing to say against what smbd sends first."""
        with Beds() as beds:
            hint = smb2.ask_for_hint(beds.smbd())
        done = subprocess.run([bed.BUILD / "spnego-check", "--profile", "strict"], text=True,
                              input=hint.hex(), capture_output=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertIn("NegTokenInit2, framed, 74 octets: valid\n", done.stdout)
        self.assertIn("[0] NTLMSSP (1.3.6.1.4.1.311.2.2.10)\n", done.stdout)
        self.assertIn("not_defined_in_RFC4178@please_ignore", done.stdout)


def print_table():
    """Prints how every flow went; returns how many went wrong."""
    wrong, total = [], 0
    for title, role, peer, got, expected in all_rows():
        good = got == expected
        total += 1
        print(f"{'ok' if good else 'DIFFERS':8}{title:44}{role:11}{peer}")
        if not good:
            wrong.append(f"\n{title}, {role}, {peer}\nexpected: {expected}\ngot:      {got}")
    print("\n".join(wrong), end="\n" if wrong else "")
    if realm.missing():
        print(f"no Kerberos, not installed: {', '.join(realm.missing())}")
    print(f"{total} sessions, {len(wrong)} not as expected")
    return len(wrong)


if __name__ == "__main__":
    if MISSING:
        sys.exit(f"not installed: {', '.join(MISSING)}")
    if "--table" in sys.argv:
        sys.exit(print_table() > 0)
    unittest.main()
