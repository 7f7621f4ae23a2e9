"""Kerberos' mechListMICs, as MIT krb5 and our side made them a moment ago, checked by
spnego-check with nothing but the service's keytab, in every form that they have."""

import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

from tests.interop.mit.peers import BUILD
from tests.interop.real.flows import demanded, microsoft, reselection
from tests.interop.real.peers import Conversation, build
from tests.interop.real.realm import Realm, missing

CHECK = BUILD / "spnego-check"

# RFC 3962 4, RFC 8009 2, RFC 4757 4: the last has MICs of another form.
ENCTYPES = ("aes256-cts-hmac-sha1-96", "aes128-cts-hmac-sha256-128",
            "aes256-cts-hmac-sha384-192", "arcfour-hmac")


class OneEnctype(Realm):
    """A realm in which every key is of one encryption type."""

    def __init__(self, folder, enctype):
        super().__init__(folder)
        self.enctype = enctype

    def configure(self, port):
        super().configure(port)
        for name, place, lines in (
                ("krb5.conf", "[libdefaults]\n",
                 f"    permitted_enctypes = {self.enctype}\n    allow_rc4 = true\n"),
                ("kdc.conf", f"{self.realm_line()}\n",
                 f"        supported_enctypes = {self.enctype}:normal\n"
                 f"        master_key_type = {self.enctype}\n")):
            path = Path(self.folder, name)
            text = path.read_text(encoding="ascii")
            assert place in text, f"{name}: no {place!r}"
            path.write_text(text.replace(place, place + lines, 1), encoding="ascii")

    def realm_line(self):
        text = Path(self.folder, "kdc.conf").read_text(encoding="ascii")
        return next(line for line in text.splitlines() if line.endswith("= {"))


def signed_flows():
    """Those in which Kerberos signs the list; a toy's MIC nobody can check."""
    for flow in [*reselection(), *demanded(), *microsoft()]:
        for pairing, (shape, initiator, _) in flow.expected.items():
            if "M" in shape and initiator.split()[1] in "km":
                yield flow, pairing


def codes(folder, tokens):
    """What spnego-check says about keys."""
    path = Path(folder, "recorded.conv")
    path.write_text("".join(f"{side} {token.hex()}\n" for side, token in tokens))
    done = subprocess.run([CHECK, "--conversation", "--keytab", f"{folder}/keytab", path],
                          capture_output=True, text=True, check=False)
    return re.findall(r"\[(SPN7\d+)\]", done.stdout) or [done.stderr]


@unittest.skipIf(missing(), f"install {' '.join(missing())}")
class Keytab(unittest.TestCase):
    def test_every_mic_fits(self):
        for enctype in ENCTYPES:
            with tempfile.TemporaryDirectory() as folder:
                build(folder)
                with OneEnctype(folder, enctype):
                    for flow, pairing in signed_flows():
                        with self.subTest(enctype, title=flow.title, pairing=pairing):
                            self.hold(folder, flow, pairing)

    def hold(self, folder, flow, pairing):
        talk = Conversation(folder, pairing, (flow.initiator, flow.acceptor),
                            change=flow.change)
        self.assertEqual(codes(folder, talk.tokens), ["SPN7002"] * 2, talk.shape)

    def test_another_keytab_opens_nothing(self):
        with tempfile.TemporaryDirectory() as folder:
            build(folder)
            with Realm(folder):
                flow, pairing = next(signed_flows())
                talk = Conversation(folder, pairing, (flow.initiator, flow.acceptor))
                os.replace(f"{folder}/wrong.keytab", f"{folder}/keytab")
                self.assertEqual(codes(folder, talk.tokens), ["SPN7017"] * 2)


if __name__ == "__main__":
    unittest.main()
