"""tshark reads the same in the mechanisms' tokens of the shared corpus.

Each blob travels in a capture as the header of an HTTP exchange; what tshark finds in
the mechanism's token (realm, sname and etypes, message types, NTLM's flags and names)
must be what we show.  Where tshark says nothing, it has no opinion.
"""

import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from tests.cli import support
from tests.corpus.test_corpus import CORPUS, manifest, reports
from tests.interop.test_tshark import capture

LARGEST = 40000  # octets of a token that fits into one packet in base64
NAMES = {"kerberos.msg_type": "msg-type", "kerberos.realm": "realm",
         "kerberos.SNameString": "sname", "kerberos.etype": "etype",
         "kerberos.error_code": "error-code", "ntlmssp.messagetype": "MessageType",
         "ntlmssp.negotiateflags": "NegotiateFlags", "ntlmssp.auth.username": "UserName",
         "ntlmssp.auth.domain": "DomainName", "ntlmssp.auth.hostname": "Workstation"}
NUMBERS = {"msg-type", "etype", "error-code", "MessageType"}
LEAST = {"msg-type": 70, "realm": 60, "sname": 60, "etype": 70, "MessageType": 110,
         "NegotiateFlags": 110, "UserName": 25}  # blobs about which both have an opinion
OTHERWISE = {  # (blob, field): why we do not agree
    ("code-pyspnego/gssapi_negotiate_ntlm_fallback-L301.bin", "UserName"): "read as OEM text",
    ("code-pyspnego/gssapi_negotiate_ntlm_fallback-L301.bin", "Workstation"): "read as OEM text",
    ("code-pyspnego/gssapi_negotiate_ntlm_with_ntlm-L245.bin", "UserName"): "read as OEM text",
    ("code-pyspnego/gssapi_negotiate_ntlm_with_ntlm-L245.bin", "Workstation"): "read as OEM text",
    ("code-waffle/NtlmMessageTest-L40.bin", "NegotiateFlags"): "SPN6008: the message is cut",
    ("mutated-trail/pcap-suricata-verify_smb-length-5770-f79-I-plus2.bin", "MessageType"):
        "SPN1004: the token around it is refused",
    ("mutated-trail/pcap-suricata-verify_smb-length-5770-f79-I-plus2.bin", "NegotiateFlags"):
        "SPN1004: the token around it is refused",
    ("mutated-zzuf/local-gss_mit-iakerb-first.01.i-s723366.bin", "msg-type"):
        "SPN1009: the token around it is refused",
}


def known_numbers():
    """The numbers of names, from the schema and from NTLM's table."""
    text = (support.ROOT / "asn1/kerberos.asn1").read_text()
    found = {name: int(number) for name, number in re.findall(r"([a-z][\w-]+) +\((-?\d+)\)", text)}
    found.update({name.upper().replace("-", "_"): number for name, number in found.items()})
    table = (support.ROOT / "src/mech/mech_names.c").read_text()
    found.update({name: int(number) for number, name in
                  re.findall(r'\{NAMES_NTLM_(?:TYPE|FLAGS), (\d+), "(\w+)"\}', table)})
    return found


def bits(names, numbers):
    return sum(1 << (numbers[name] if name in numbers else int(name.removeprefix("bit")))
               for name in names)


def values(token, name):
    """All values of the fields with a name, in the order of the token."""
    for key, value in token.items() if isinstance(token, dict) else enumerate(token):
        if key == name:
            yield from value if isinstance(value, list) else [value]
        elif isinstance(value, (dict, list)):
            yield from values(value, name)


def ours(token, name, numbers):
    """The values of a field, as tshark writes them."""
    if name == "sname":
        return [part for sname in values(token, "sname") for part in sname["name-string"]]
    if name == "NegotiateFlags":
        return [bits(values(token, name), numbers)]
    found = list(values(token, name))
    if name in NUMBERS:
        return [numbers.get(value, value) for value in found]
    return found


def theirs(column, name):
    parts = column.split("|")
    if name in NUMBERS or name == "NegotiateFlags":
        return [int(part, 0) for part in parts]
    return parts


@unittest.skipUnless(shutil.which("tshark"), "tshark is not installed")
@unittest.skipUnless(CORPUS.is_dir(), "there is no ../shared/corpus")
class MechanismTokens(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.paths = [row["path"] for row in manifest() if int(row["size"]) <= LARGEST]
        cls.reports = reports(cls.paths, "interop")
        cls.seen = cls.tshark()

    @classmethod
    def tshark(cls):
        """A row a blob: what tshark says, by our names."""
        tokens = [(path, "client", (CORPUS / path).read_bytes()) for path in cls.paths]
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "tokens.pcap"
            file.write_bytes(capture(tokens))
            fields = [part for name in NAMES for part in ("-e", name)]
            run = subprocess.run(
                ["tshark", "-n", "-r", file, "-T", "fields", "-E", "separator=/t",
                 "-E", "aggregator=|", *fields], capture_output=True, text=True, check=True)
        return [dict(zip(NAMES.values(), line.split("\t"))) for line in run.stdout.split("\n")[:-1]]

    def test_what_tshark_reads(self):
        numbers = known_numbers()
        agreed = dict.fromkeys(NAMES.values(), 0)
        otherwise = set()
        self.assertEqual(len(self.seen), len(self.paths))
        for path, row in zip(self.paths, self.seen):
            for name, column in row.items():
                if column in ("", "NULL"):
                    continue
                if ours(self.reports[path]["token"], name, numbers) == theirs(column, name):
                    agreed[name] += 1
                else:
                    otherwise.add((path, name))
        self.assertEqual(sorted(otherwise - OTHERWISE.keys()), [])
        self.assertEqual(sorted(OTHERWISE.keys() - otherwise), [], "on the list, but we agree")
        for name, least in LEAST.items():
            self.assertGreaterEqual(agreed[name], least, name)


if __name__ == "__main__":
    unittest.main()
