"""Captures of real programs on the loopback interface: curl, smbclient and smbd, ldapwhoami
and slapd.

What is extracted is compared with what the programs' other side saw, and with tshark's own
dissection.  Capturing wants root or the like; without it these tests are skipped.
"""

import base64
import json
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import unittest
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from tests.cli import ldap_server, support
from tests.cli.capture_case import Case, frames, shown
from tests.interop.daemon import PATIENCE
from tests.interop.samba import bed
from tests.interop.samba.server import Acceptor

LOOPBACK = "lo"


class Recorder:
    """dumpcap on one port of the loopback interface, from `with` on."""

    def __init__(self, file, port):
        self.file = file
        self.command = ["dumpcap", "-q", "-i", LOOPBACK, "-f", f"tcp port {port}", "-w", file]

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.PIPE, text=True)
        for line in self.process.stderr:  # it names the file when it is ready
            if line.startswith("File:"):
                return self
        self.process.communicate()
        raise unittest.SkipTest(f"dumpcap may not capture on {LOOPBACK}")

    def __exit__(self, *_):
        """It writes what it has within a moment: the file is done when it grows no more."""
        deadline, size = time.monotonic() + PATIENCE, -1
        while self.file.stat().st_size != size and time.monotonic() < deadline:
            size = self.file.stat().st_size
            time.sleep(0.5)
        self.process.send_signal(signal.SIGINT)
        self.process.communicate(timeout=PATIENCE)


class Handler(BaseHTTPRequestHandler):
    """Asks for Negotiate; our acceptor judges.  The server's `seen` gets each token."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        status, challenge = 401, "Negotiate"
        scheme, _, value = self.headers.get("Authorization", "").partition(" ")
        if scheme == "Negotiate":
            token = base64.b64decode(value)
            answer = self.server.acceptor.take(token)
            self.server.seen += [token, answer]
            challenge += " " + base64.b64encode(answer).decode()
            status = 200 if self.server.acceptor.state.startswith("complete") else 401
        self.send_response(status)
        self.send_header("WWW-Authenticate", challenge)
        self.send_header("Content-Length", "5")
        self.end_headers()
        self.wfile.write(b"done\n")

    def log_message(self, *_):
        pass


def missing():
    programs = [program for program in ("tshark", "dumpcap", "curl") if not shutil.which(program)]
    libraries = [] if (support.BUILD / "libspnego-gss.a").exists() else ["make adapters"]
    return bed.missing() + programs + libraries


def tshark_fields(file, *fields, port, protocol, only="frame"):
    """All values of the fields, in the order of the frames, but those of empty ones."""
    options = [option for field in fields for option in ("-e", field)]
    said = subprocess.run(["tshark", "-n", "-r", file, "-d", f"tcp.port=={port},{protocol}",
                           "-Y", only, "-T", "fields", *options], capture_output=True, text=True,
                          check=True).stdout
    return [value for value in re.split(r"[\t\n,]", said) if value not in ("", "<MISSING>")]


@unittest.skipIf(missing(), f"missing: {', '.join(missing())}")
class Live(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bed = cls.enterClassContext(tempfile.TemporaryDirectory())
        bed.build(cls.bed)

    def recorded(self, file, *options):
        status, out, said = self.run_on(file, *options)
        self.assertEqual((status, said), (0, ""))
        return [json.loads(line) for line in out.splitlines()]

    def test_curl(self):
        """NTLM within SPNEGO, by curl and gss-ntlmssp, with our acceptor."""
        file = Path(self.bed, "http.pcapng")
        environment = bed.environment(self.bed)
        acceptor = Acceptor(f"{self.bed}/acceptor", environment)
        self.addCleanup(acceptor.close)
        with HTTPServer(("127.0.0.1", 0), Handler) as server:
            server.acceptor, server.seen = acceptor, []
            port = server.server_address[1]
            thread = threading.Thread(target=server.serve_forever)
            thread.start()
            self.addCleanup(thread.join)
            try:
                with Recorder(file, port):
                    done = bed.run(["curl", "--silent", "--max-time", str(PATIENCE),
                                    "--negotiate", "--user", ":",
                                    f"http://localhost:{port}/"], environment)
            finally:
                server.shutdown()
        self.assertEqual(done, (0, ("done",)))
        (talk,) = self.recorded(file)
        self.assertEqual([octets for _, octets, _ in shown(talk)], server.seen)
        self.assertEqual([codes for _, _, codes in shown(talk)], [[], [], [], [8004]])
        self.assertEqual("".join(side for side, _, _ in shown(talk)), "IAIA")
        values = tshark_fields(file, "http.authorization", "http.www_authenticate", port=port,
                               protocol="http")
        self.assertEqual([base64.b64decode(value.removeprefix("Negotiate "))
                          for value in values if value != "Negotiate"], server.seen)

    def test_smbclient(self):
        """Two sessions of smbclient with smbd, one refused."""
        file = Path(self.bed, "smb.pcapng")
        environment = bed.environment(self.bed)
        with bed.Samba(f"{self.bed}/smbd", "", environment) as smbd:
            with Recorder(file, smbd.port):
                for login, status in (((bed.USER, bed.PASSWORD), 0), ((bed.USER, "wrong"), 1)):
                    self.assertEqual(bed.smbclient(login, smbd.port, environment)[0], status)
        found = self.recorded(file, f"tcp.port=={smbd.port},nbss")
        talks = [talk for talk in found if len(talk["turns"]) > 1]
        self.assertEqual([talk["outcome"] for talk in talks], ["success", "failure"])
        for talk in talks:
            self.assertRegex(talk["session"], "^0x[0-9a-f]+$")
            self.assertEqual("".join(side for side, _, _ in shown(talk))[:4], "AIAI")
            self.assertEqual(frames(talk), sorted(frames(talk)))
            self.assertEqual([codes for _, _, codes in shown(talk) if codes], [])
        turns = sorted((frame, octets) for talk in found for frame, _, octets, _ in talk["turns"])
        self.assertEqual([octets for _, octets in turns],
                         tshark_fields(file, "smb2.security_blob", port=smbd.port,
                                       protocol="nbss"))

    def bound(self, name, server, *binds):
        """A capture of a slapd in this environment, and its port.  `binds` are mechanism and
        environment of each client, its exit status and how what it says begins."""
        file = Path(self.bed, f"{name}.pcapng")
        with ldap_server.Slapd(f"{self.bed}/{name}", server) as slapd:
            with Recorder(file, slapd.port):
                for mechanism, client, status, said in binds:
                    done, lines = ldap_server.whoami(mechanism, slapd.port, client)
                    self.assertEqual(done, status, slapd.log())
                    self.assertTrue(lines[0].startswith(said), lines)
        return file, slapd.port

    def ldap_talks(self, file, port):
        """The conversations of such a capture, if they are what tshark sees in it."""
        talks = self.recorded(file, f"tcp.port=={port},ldap")
        streams = tshark_fields(file, "tcp.stream", port=port, protocol="ldap",
                                only='ldap.mechanism == "GSS-SPNEGO"')
        self.assertEqual([str(talk["stream"]) for talk in talks], list(dict.fromkeys(streams)))
        for talk in talks:
            self.assertEqual((talk["carrier"], talk["session"]), ("LDAP", ""))
            self.assertEqual(talk["acceptor"], f"127.0.0.1:{port}")
            self.assertEqual(frames(talk), sorted(frames(talk)))
            self.assertEqual([codes for _, _, codes in shown(talk) if codes], [])
            self.assertEqual([octets for _, _, octets, _ in talk["turns"]],
                             tshark_fields(file, "ldap.credentials", "ldap.serverSaslCreds",
                                           port=port, protocol="ldap",
                                           only=f"tcp.stream == {talk['stream']}"))
        return [("".join(side for side, _, _ in shown(talk)), talk["outcome"]) for talk in talks]

    def judged(self, file, port):
        """What spnego-check says of each conversation."""
        done = support.run("--capture", str(file), "--decode-as", f"tcp.port=={port},ldap",
                           "--format", "ndjson")
        self.assertEqual((done.status, done.err), (0, ""))
        return [(talk["verdict"], talk["summary"]) for talk in done.objects()]

    @unittest.skipIf(ldap_server.missing(), f"missing: {', '.join(ldap_server.missing())}")
    def test_ldapwhoami(self):
        """Binds of ldapwhoami with slapd: Kerberos, NTLM, GSSAPI, which is no SPNEGO, and one
        that is refused.  Then with a slapd that has no key for Kerberos."""
        Path(self.bed, "realm").mkdir()
        Path(self.bed, "others").write_text(f"TEST:{bed.USER}:wrong\n")
        kerberos, ntlm = bed.environment(self.bed, kerberos=True), bed.environment(self.bed)
        keyed = {**kerberos, "KRB5_KTNAME": f"FILE:{self.bed}/realm/ldap.keytab"}
        wrong = {**ntlm, "NTLM_USER_FILE": f"{self.bed}/others"}
        by_ticket, by_password = (0, "dn:uid=user,"), (0, r"dn:uid=test\5C")
        refused = (49, "ldap_sasl_interactive_bind: Invalid credentials")
        with ldap_server.Realm(f"{self.bed}/realm"):
            both = self.bound("slapd", keyed, ("GSS-SPNEGO", kerberos, *by_ticket),
                              ("GSS-SPNEGO", ntlm, *by_password),
                              ("GSSAPI", kerberos, *by_ticket),
                              ("GSS-SPNEGO", wrong, *refused))
            keyless = self.bound("keyless", kerberos, ("GSS-SPNEGO", kerberos, *by_password))
        self.assertEqual(self.ldap_talks(*both),
                         [("IA", "success"), ("IAIA", "success"), ("IAI", "failure")])
        self.assertEqual(self.judged(*both), [
            ("valid", "complete with Kerberos V5; no mechListMIC, and none is due"),
            ("valid", "complete with NTLMSSP; mechListMIC both ways"),
            ("valid", "refused by LDAP with NTLMSSP; no token of the acceptor says so")])
        self.assertEqual(self.ldap_talks(*keyless), [("IAIAIA", "success")])
        self.assertEqual(self.judged(*keyless), [
            ("valid", "complete with NTLMSSP, not the first choice; mechListMIC both ways")])


if __name__ == "__main__":
    unittest.main()
