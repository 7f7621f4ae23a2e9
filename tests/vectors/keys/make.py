"""Writes the vectors of this folder: each raises a finding about keys, or nearly does.

    python3 tests/vectors/keys/make.py FOLDER
"""

import sys
from dataclasses import dataclass, field
from pathlib import Path

from tokens import (ACCEPTOR, ALERT, BITS_56, BOTH, EXPORTED, FLAGS, INITIATOR, KEY_EXCH, KRB5,
                    LIST, NEGOEX, NTLM, ONLY_NTLM, OTHER, SESSION, STRONG, VERIFY, abandoned,
                    ap_rep, ap_req, kerberos, keytab, krb5_mic, mech_types, negoex, ntlm,
                    ntlm_mic, oid, rc4, rc4_mic, repeated, tlv)


@dataclass
class Vector:
    title: str
    source: str
    turns: list
    expect: str = ""
    notes: str = ""
    near: str = ""
    keys: list = field(default_factory=lambda: [BOTH.hex()])
    enctype: int = 19
    exported: str = ""
    keytab: bytes = b""
    verdict: str = "invalid"
    outcome: str = "complete"

    def text(self):
        rows = [("title", self.title), ("source", self.source), ("verdict", self.verdict),
                ("outcome", self.outcome), ("expect", self.expect), ("notes", self.notes),
                ("near", self.near)]
        options = [("key", key) for key in self.keys]
        options += [("enctype", self.enctype)] if self.keys else []
        options += [("ntlm-session-key", self.exported)] if self.exported else []
        options += [("keytab", self.keytab.hex())] if self.keytab else []
        rows += [("key", f"--{name} {value}") for name, value in options]
        head = "".join(f"{name}: {value}\n".replace(": \n", ":\n") for name, value in rows
                       if value != "" or name == "expect")
        return head + "".join(f"\n{side} {wrap(token)}\n" for side, token in self.turns)


def wrap(token):
    """Thirty octets a line; the first line has the side before it."""
    pieces = [token[at:at + 30].hex(" ") for at in range(0, len(token), 30)]
    return "\n  ".join(pieces)


A_FITS, I_FITS = krb5_mic(ACCEPTOR, LIST), krb5_mic(INITIATOR, LIST)
LONG = mech_types(NTLM, KRB5, long=True)
GREETING = mech_types(NEGOEX, KRB5, NTLM)
WRAPPED = tlv(0xA0, LIST)
A_NTLM, I_NTLM = ntlm_mic(ACCEPTOR, ONLY_NTLM), ntlm_mic(INITIATOR, ONLY_NTLM)
FOR = {"source": "RFC 4178 5"}
STATE = {"source": "[MS-SPNG] 3.2.5.1", "keys": [], "exported": EXPORTED.hex()}
COVERS = {"source": "[MS-NEGOEX] 3.1.5.7"}
FORMS = {**STATE, "source": "[MS-NLMP] 3.4.4.2"}


def mic(title, initiators, code, near="", **more):
    """The acceptor's MIC is right, the initiator's not."""
    return Vector(title, turns=kerberos(A_FITS, initiators), expect=f"5:SPN{code}",
                  notes="4:SPN7002", near=near, **FOR, **more)


def signed(flags, key=EXPORTED, **more):
    """Both MICs are right in a session with other NegotiateFlags."""
    both = [ntlm_mic(usage, ONLY_NTLM, flags=flags, key=key)
            for usage in (INITIATOR, ACCEPTOR)]
    return {"turns": ntlm(*both, flags=flags), "verdict": "valid",
            "notes": "3:SPN7002 4:SPN7002", **{**FORMS, **more}}


def opened(title, key, flags=(1, 0), keys=(None, None), notes="4:SPN7002 5:SPN7002", **more):
    """MICs by a key that only the keytab opens; `keys` are the subkeys of initiator and
    acceptor."""
    if key == SESSION:
        mics = [rc4_mic(LIST, direction, key[1]) for direction in (0xFF, 0)]
    else:
        mics = [krb5_mic(usage, LIST, key, flag)
                for usage, flag in zip((ACCEPTOR, INITIATOR), flags)]
    return Vector(title, "RFC 4121 2; RFC 4120 5.5", notes=notes, **{
        "turns": kerberos(*mics, asked=ap_req(keys[0]), answered=ap_rep(keys[1])),
        "verdict": "valid", "keys": [], "keytab": keytab(), **more})


VECTORS = {
    "mic-fits": Vector(
        "both mechListMICs fit the list", turns=kerberos(A_FITS, I_FITS), verdict="valid",
        notes="4:SPN7002 5:SPN7002", near="SPN7001 SPN7007 SPN7017", **FOR),
    "mic-wrong": mic("a mechListMIC with one bit flipped", I_FITS[:-1] + b"%c" % (I_FITS[-1] ^ 1),
                     7001),
    "mic-other-key": Vector(
        "a mechListMIC under another key", turns=kerberos(A_FITS, I_FITS),
        expect="4:SPN7001 5:SPN7001", near="SPN7002", keys=[OTHER.hex()], **FOR),
    "mic-wrapper": mic("a mechListMIC over the list and its [0]", krb5_mic(INITIATOR, WRAPPED),
                       7003),
    "mic-wrapper-nearly": mic("a mechListMIC over the list in [1]",
                              krb5_mic(INITIATOR, tlv(0xA1, LIST)), 7001, near="SPN7003"),
    "mic-reencoded": Vector(
        "a mechListMIC over the list with a shorter length than it was sent with",
        turns=kerberos(krb5_mic(ACCEPTOR, LONG), krb5_mic(INITIATOR, LIST), LONG),
        expect="1:SPN1007 5:SPN7004", notes="4:SPN7002", **FOR),
    "mic-long-length": Vector(
        "a mechListMIC over the list as it was sent, with a length that is too long",
        turns=kerberos(krb5_mic(ACCEPTOR, LONG), krb5_mic(INITIATOR, LONG), LONG),
        expect="1:SPN1007", verdict="warning", notes="4:SPN7002 5:SPN7002", near="SPN7004",
        **FOR),
    "mic-selected": mic("a mechListMIC over the chosen mechanism alone",
                        krb5_mic(INITIATOR, oid(KRB5)), 7005),
    "mic-selected-list": mic("a mechListMIC over a list of the chosen mechanism alone",
                             krb5_mic(INITIATOR, mech_types(KRB5)), 7005),
    "mic-first": mic("a mechListMIC over a list of the first mechanism, which was not chosen",
                     krb5_mic(INITIATOR, mech_types(NTLM)), 7001, near="SPN7005"),
    "mic-hint": Vector(
        "a mechListMIC over the list of the acceptor's NegTokenInit2",
        turns=kerberos(krb5_mic(ACCEPTOR, GREETING), I_FITS, greeting=GREETING),
        expect="5:SPN7006", notes="6:SPN7002", **FOR),
    "mic-behind-hint": Vector(
        "both mechListMICs fit the initiator's list, not that of the NegTokenInit2",
        turns=kerberos(A_FITS, I_FITS, greeting=GREETING), verdict="valid",
        notes="5:SPN7002 6:SPN7002", near="SPN7006", **FOR),
    "mic-reflected": mic("the initiator sends the acceptor's mechListMIC back", A_FITS, 7007),
    "mic-usage": mic("the initiator's mechListMIC with the acceptor's key usage",
                     krb5_mic(ACCEPTOR, LIST, flags=4), 7007),
    "mic-flag": mic("the initiator's mechListMIC with SentByAcceptor",
                    krb5_mic(INITIATOR, LIST, flags=5), 7007),
    "mic-reflected-nearly": mic("a mechListMIC with the acceptor's usage over the list's [0]",
                                krb5_mic(ACCEPTOR, WRAPPED), 7001, near="SPN7007"),
    "mic-one-key": Vector(
        "the key of the acceptor alone", turns=kerberos(A_FITS, I_FITS), verdict="valid",
        notes="4:SPN7002 5:SPN7017", keys=["A:" + BOTH.hex()], **FOR),
    "mic-rc4": Vector(
        "mechListMICs in the form of RFC 4757", "RFC 4757 7.2",
        kerberos(rc4_mic(LIST, 0xFF), rc4_mic(LIST, 0)), verdict="valid",
        notes="4:SPN7002 5:SPN7002", near="SPN7007", enctype=23),
    "mic-rc4-reflected": Vector(
        "a mechListMIC in the form of RFC 4757 is sent back", "RFC 4757 7.2",
        kerberos(rc4_mic(LIST, 0xFF), rc4_mic(LIST, 0xFF)), "5:SPN7007", "4:SPN7002",
        enctype=23),
    "keytab-session": opened("Kerberos without subkeys: the ticket's key", SESSION),
    "keytab-initiator": opened("the initiator's subkey", OTHER, keys=((19, OTHER), None)),
    "keytab-acceptor": opened("the acceptor's subkey", BOTH, flags=(5, 4),
                              keys=((19, OTHER), (19, BOTH))),
    "keytab-no-flag": opened("the acceptor's subkey, and a flag that says the initiator's", BOTH,
                             keys=((19, OTHER), (19, BOTH)), expect="4:SPN7001 5:SPN7001",
                             notes="", verdict="invalid"),
    "keytab-no-subkey": opened("a flag for a subkey that the acceptor has not made", BOTH,
                               flags=(5, 4), notes="4:SPN7017 5:SPN7017"),
    "keytab-other": opened("the keytab of another service", SESSION, keytab=keytab(OTHER),
                           notes="4:SPN7017 5:SPN7017"),
    "ntlm-fits": Vector(
        "both mechListMICs of NTLM begin at 0", turns=ntlm(I_NTLM, A_NTLM), verdict="valid",
        notes="3:SPN7002 4:SPN7002", near="SPN7008", **STATE),
    "ntlm-continues": Vector(
        "the acceptor's mechListMIC is its second signature",
        turns=ntlm(I_NTLM, ntlm_mic(ACCEPTOR, ONLY_NTLM, 1)),
        expect="4:SPN2028 4:SPN7008", notes="3:SPN7002", **STATE),
    "ntlm-number": Vector(
        "a fresh cipher, but SeqNum 1",
        turns=ntlm(I_NTLM, ntlm_mic(ACCEPTOR, ONLY_NTLM, 1, before=0)),
        expect="4:SPN2028 4:SPN7008", notes="3:SPN7002", **STATE),
    "ntlm-cipher": Vector(
        "SeqNum 0, but the cipher was used before",
        turns=ntlm(I_NTLM, ntlm_mic(ACCEPTOR, ONLY_NTLM, 0, before=2)),
        expect="4:SPN7008", notes="3:SPN7002", **STATE),
    "ntlm-far": Vector(
        "the sixth signature: nobody continues a session so far",
        turns=ntlm(I_NTLM, ntlm_mic(ACCEPTOR, ONLY_NTLM, 5)),
        expect="4:SPN2028 4:SPN7001", notes="3:SPN7002", near="SPN7008", **STATE),
    "ntlm-reflected": Vector(
        "the acceptor sends NTLM's mechListMIC back", turns=ntlm(I_NTLM, I_NTLM),
        expect="4:SPN7007", notes="3:SPN7002", **STATE),
    "ntlm-selected": Vector(
        "NTLM's mechListMIC over the chosen mechanism alone",
        turns=ntlm(I_NTLM, ntlm_mic(ACCEPTOR, oid(NTLM))),
        expect="4:SPN7005", notes="3:SPN7002", **STATE),
    "ntlm-no-key-exchange": Vector("without key exchange nothing is encrypted",
                                   **signed(STRONG & ~KEY_EXCH)),
    "ntlm-56": Vector("56 bits of the key", **signed(FLAGS | KEY_EXCH | BITS_56)),
    "ntlm-40": Vector("40 bits of the key", **signed(FLAGS | KEY_EXCH)),
    "ntlm-anonymous": Vector(
        "a session whose KeyExchangeKey is zeros",
        **signed(STRONG, rc4(bytes(16), bytes(range(0x40, 0x50))), exported=bytes(16).hex())),
    "verify-fits": Vector(
        "each VERIFY covers all before it", turns=negoex({}, {}), verdict="valid",
        notes="3:SPN7011 4:SPN7011", near="SPN7010 SPN7012 SPN7015 SPN7016", **COVERS),
    "verify-alert": Vector(
        "each VERIFY covers the VERIFY and the ALERT before it", turns=negoex({}, {}, early=True),
        verdict="valid", notes="1:SPN7011 3:SPN7011 4:SPN7011", near="SPN7013 SPN7014",
        **COVERS),
    "verify-wrong": Vector(
        "an initiator with another key", turns=negoex({"key": OTHER}, {}), expect="3:SPN7010",
        notes="4:SPN7011", **COVERS),
    "verify-other-key": Vector(
        "a key that neither side has", turns=negoex({}, {}), expect="3:SPN7010 4:SPN7010",
        near="SPN7011", keys=[OTHER.hex()], **COVERS),
    "verify-keys": Vector(
        "a key for each side", turns=negoex({"key": OTHER}, {}), verdict="valid",
        notes="3:SPN7011 4:SPN7011", near="SPN7017",
        keys=["I:" + OTHER.hex(), "A:" + BOTH.hex()], **COVERS),
    "verify-one-key": Vector(
        "the key of the initiator alone", turns=negoex({}, {}), verdict="valid",
        notes="3:SPN7011 4:SPN7017", keys=["I:" + BOTH.hex()], **COVERS),
    "verify-usage": Vector(
        "the key usages that the draft prints", "draft-zhu-negoex-04 7.7",
        negoex({"usage": ACCEPTOR}, {"usage": INITIATOR}), "3:SPN7012 4:SPN7012"),
    "verify-usage-no-verify": Vector(
        "the key usage that the draft prints, and the VERIFY before left out",
        "draft-zhu-negoex-04 7.7",
        negoex({}, {"usage": INITIATOR, "without": [VERIFY]}), "4:SPN7012 4:SPN7013",
        "3:SPN7011", near="SPN7010"),
    "verify-usage-nearly": Vector(
        "key usage 24, which is neither side's",
        "draft-zhu-negoex-04 7.7", negoex({}, {"usage": 24}), "4:SPN7010", "3:SPN7011",
        near="SPN7012"),
    "verify-no-verify": Vector(
        "the acceptor's VERIFY leaves out the initiator's",
        turns=negoex({}, {"without": [VERIFY]}), expect="4:SPN7013", notes="3:SPN7011", **COVERS),
    "verify-no-alert": Vector(
        "the initiator's second VERIFY leaves out the ALERT that asked for it",
        turns=negoex({"without": [ALERT]}, {}, early=True),
        expect="3:SPN7014", notes="1:SPN7011 4:SPN7011", **COVERS),
    "verify-bare": Vector(
        "a VERIFY that leaves out VERIFYs and ALERTs",
        turns=negoex({}, {"without": [VERIFY, ALERT]}, early=True),
        expect="4:SPN7013 4:SPN7014", notes="1:SPN7011 3:SPN7011", near="SPN7010", **COVERS),
    "verify-usage-bare": Vector(
        "the same with the key usage that the draft prints",
        turns=negoex({}, {"usage": INITIATOR, "without": [VERIFY, ALERT]}, early=True),
        expect="4:SPN7012 4:SPN7013 4:SPN7014", notes="1:SPN7011 3:SPN7011", near="SPN7010",
        **COVERS),
    "verify-own": Vector(
        "a VERIFY leaves out the AP_REQUEST of its own token", turns=negoex({"own": 1}, {}),
        expect="3:SPN7015", notes="4:SPN7011", **COVERS),
    "verify-own-nearly": Vector(
        "a VERIFY leaves out the AP_REQUEST of its own token and the CHALLENGE before",
        turns=negoex({"own": 2}, {}), expect="3:SPN7010", notes="4:SPN7011", near="SPN7015",
        **COVERS),
    "verify-type": Vector(
        "a checksum of enctype 19, called CMAC-CAMELLIA128", "draft-zhu-negoex-04 7.7",
        negoex({"kind": 17}, {}), "3:SPN7016", "3:SPN7011 4:SPN7011", verdict="warning"),
    "verify-unkeyed": Vector(
        "a checksum that is right but called RSA-MD5, which needs no key",
        "draft-zhu-negoex-04 7.7", negoex({"kind": 7}, {}),
        "3:SPN4029 3:SPN7016 3:SPN7010", "4:SPN7011"),
    "verify-abandoned": Vector(
        "the VERIFY of a mechanism that was given up, whose key is another one",
        turns=abandoned(OTHER), verdict="valid", notes="1:SPN7017 3:SPN7011 4:SPN7011",
        near="SPN7010", **COVERS),
    "verify-abandoned-fits": Vector(
        "the VERIFY of a mechanism that was given up, under the same key",
        turns=abandoned(BOTH), verdict="valid", notes="1:SPN7011 3:SPN7011 4:SPN7011",
        near="SPN7017", **COVERS),
    "verify-gap": Vector(
        "the acceptor's first token was not recorded, and so no VERIFY can be checked",
        turns=negoex({}, {})[0:1] + negoex({}, {})[2:], expect="2:SPN5202",
        notes="2:SPN7017 3:SPN7017", near="SPN7010", **COVERS),
    "verify-many": Vector(
        "more VERIFYs than anybody sends: the last is not looked at", turns=repeated(17),
        expect=" ".join(["1:SPN4037"] * 2 + ["1:SPN5308", "1:SPN4037"] * 14 + ["1:SPN5308"] * 2),
        notes=" ".join(["1:SPN7011"] * 16 + ["1:SPN7017"]), verdict="warning",
        outcome="unfinished", **COVERS),
    "nothing-for-it": Vector(
        "NTLM's key, and mechListMICs of Kerberos", turns=kerberos(A_FITS, I_FITS),
        verdict="valid", notes="4:SPN7017 5:SPN7017", **STATE),
}


if __name__ == "__main__":
    for name, vector in VECTORS.items():
        Path(sys.argv[1], f"{name}.conv").write_text(vector.text(), encoding="ascii")
