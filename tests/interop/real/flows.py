"""What must happen between our side and MIT's with Kerberos and NTLM: one Flow a line.

A side is its mechanisms and the options of side.h and peers.py.  Ends and shapes are
written as in ../mit/flows.py; k is Kerberos, m the same by Microsoft's number, n NTLM.
Most flows go alike whoever takes part.
"""

from dataclasses import dataclass

from tests.interop.mit.shape import KRB5, MS_KRB5
from tests.interop.real.realm import SERVICE, USER

# Initiator and acceptor.
PAIRINGS = (OURS_MIT, MIT_OURS, OURS_OURS, MIT_MIT) = (
    ("ours", "MIT"), ("MIT", "ours"), ("ours", "ours"), ("MIT", "MIT"))


@dataclass
class Flow:
    title: str
    initiator: str
    acceptor: str
    expected: dict  # pairing: (shape, initiator's end, acceptor's end)
    words: tuple = ("", "")  # what stands in the reasons of initiator and acceptor
    change: object = None  # is given each token and says what the other side is given
    note: str = ""  # why not all pairings are alike, or are there


NAMES = {"k": f"{USER}>{SERVICE}", "n": "REALM\\user>test/localhost"}
NAMES["m"] = NAMES["k"]
PROMISES = "mutual", "dce", "deleg"


def end(kind, role, mech, options, shape):
    """How a side ends that is complete.  MIT calls Microsoft's number Kerberos' own."""
    words = ["0", "k" if mech == "m" else mech]
    if kind == "ours":
        words = ["ok", mech, "mic:yes/yes" if "M" in shape else "mic:no/no"]
    if mech not in NAMES:
        return " ".join(words)
    names = NAMES[mech]
    promised = [promise for promise in PROMISES if promise in options.split()]
    if role == "acceptor" and "deleg" in promised:
        promised[-1] += f":{USER}"
    if role == "acceptor" and mech == "n":
        promised = []  # its initiator says what it was asked for
        if kind == "ours":
            names = names.split(">")[0] + ">"  # to ask gss-ntlmssp for ours may crash it
    return " ".join([*words, names, *promised, "proved"])


def complete(title, initiator, acceptor, shape, mech="k", pairings=PAIRINGS, **more):
    return Flow(title, initiator, acceptor, {
        pair: (shape, end(pair[0], "initiator", mech, initiator, shape),
               end(pair[1], "acceptor", mech, initiator, shape)) for pair in pairings}, **more)


def fails(title, initiator, acceptor, shape, initiators, acceptors, told="", **more):
    """Nobody agrees.  The ends are those of our side and of MIT's; MIT's initiator has
    something to say about it, which is `told`."""
    kinds = "ours", "MIT"
    first, second = dict(zip(kinds, initiators)), dict(zip(kinds, acceptors))
    return Flow(title, initiator, acceptor, {
        pair: (shape + (told if pair[0] == "MIT" else ""), first[pair[0]], second[pair[1]])
        for pair in PAIRINGS}, **more)


def kerberos():
    yield complete("mutual", "k mutual", "k", "I kT | A 0kT")
    yield complete("one way", "k", "k", "I kT | A 0k")
    yield complete("DCE style", "k mutual dce", "k", "I kT | A 1kT | I 1T | A 0")
    yield complete("delegated", "k mutual deleg", "k", "I kT | A 0kT")
    yield complete("the acceptor's credential has a name", "k mutual", "k named",
                   "I kT | A 0kT")
    yield complete("channel bindings", "k mutual bind=here", "k bind=here", "I kT | A 0kT")
    yield complete("channel bindings of the acceptor only", "k mutual", "k bind=here",
                   "I kT | A 0kT")


def reselection():
    for title, options, shape in (
            ("mutual", " mutual", "I akT | A 3k | I 1T | A 1TM | I 0M"),
            ("one way", "", "I akT | A 3k | I 1TM | A 0M"),
            ("DCE style", " mutual dce", "I akT | A 3k | I 1T | A 1T | I 1TM | A 0M")):
        yield complete(f"Kerberos second, {title}", f"ak{options}", "k", shape)
    yield complete("Kerberos first, and the acceptor has no keytab", "ka mutual",
                   "ka no-keytab", "I kaT | A 3a | I 1TM | A 0M", "a")
    yield complete("Kerberos first, and the initiator has no ticket", "ka mutual no-ticket",
                   "ka", "I aT | A 0a", "a")
    yield complete("Kerberos first, and the KDC does not know the service",
                   "ka mutual service=other@localhost", "ka", "I aT | A 0a", "a")


def demanded():
    """MIT has no such option.  Its acceptor does not hear of it: docs/negotiation.md."""
    for title, options, shape in (("mutual", " mutual", "I kT | A 3kTM | I 0M"),
                                  ("one way", "", "I kT | A 3kM | I 0M")):
        yield complete(f"the acceptor demands a MIC, {title}", f"k{options}", "k require-mic",
                       shape, pairings=(MIT_OURS, OURS_OURS))


def by_microsofts_number(token):
    """As Windows offers it; what is inside the mechToken stays."""
    return token.replace(KRB5, MS_KRB5, 1) if token[0] == 0x60 else token


def microsoft():
    """By Microsoft's number the token still says Kerberos' own, as that of Windows does."""
    kept_out = "MIT's initiator does not offer that number"
    yield complete("Microsoft's number first", "mk mutual", "k interop", "I mkT | A 0mT", "m",
                   (OURS_MIT, OURS_OURS), note=kept_out)
    yield complete("Microsoft's number first, for MIT's initiator", "mk mutual", "k",
                   "I kT | A 0kT", "k", (MIT_OURS, MIT_MIT), note=kept_out)
    yield complete("Microsoft's number first, nothing tolerated", "mk mutual", "k",
                   "I mkT | A 3k | I 1T | A 1TM | I 0M", "k", [OURS_OURS],
                   note="T13: to a strict acceptor it is another mechanism")
    yield Flow("Microsoft's number on both sides, nothing tolerated", "mk mutual", "mk", {
        OURS_OURS: ("I mkT | A 2", "no mechanism - mic:no/no", "malformed - mic:no/no"),
    }, ("", "framed for another mechanism than 1.2.840.48018.1.2.2"), note="T12")
    yield complete("Microsoft's number, written in on the way", "k mutual", "k interop",
                   "I kT | A 0mT", "m", (MIT_OURS, MIT_MIT), change=by_microsofts_number)


# The ends of our initiator and MIT's, and of our acceptor and MIT's.
NOTHING_FITS = "no mechanism - mic:no/no", "10000 -"
REJECTED = "rejected - mic:no/no", "d0000 -"
FAILED = "mechanism - mic:no/no", "d0000 -"
ALONE = "continue - mic:no/no", "1 -"


def failures():
    # MIT's initiator says reject to the reject, since its mechanism has failed.
    again = " | I 2 | not taken"
    yield fails("wrong keytab", "k mutual", "k wrong-keytab", "I kT | A 2T", REJECTED, FAILED,
                again, words=("Decrypt integrity check failed", "cannot decrypt ticket"))
    yield fails("wrong keytab, one way", "k", "k wrong-keytab", "I kT | A 2", NOTHING_FITS,
                FAILED, words=("", "cannot decrypt ticket"))
    yield fails("wrong keytab, Kerberos second", "ak mutual", "k wrong-keytab",
                "I akT | A 3k | I 1T | A 2T", REJECTED, FAILED, again,
                words=("Decrypt integrity check failed", "cannot decrypt ticket"))
    yield fails("the acceptor's credential is for another service", "k mutual",
                "k named service=second@localhost", "I kT | A 2T", REJECTED, FAILED, again,
                words=("The ticket isn't for us", "does not match server principal second/"))
    yield fails("other channel bindings", "k mutual bind=here", "k bind=there", "I kT | A 2T",
                REJECTED, ("integrity - mic:no/no", "40000 -"), again,
                words=("Generic error", "Incorrect channel bindings were supplied"))
    yield fails("no ticket", "k mutual no-ticket", "k", "",
                ("mechanism - mic:no/no", "70000 -"), ALONE, words=("credentials", ""))
    yield fails("the KDC does not know the service", "k mutual service=other@localhost", "k",
                "", FAILED, ALONE,
                words=("Server other/localhost@SPNEGO.TEST not found in Kerberos database", ""))
    yield fails("no common mechanism", "k mutual", "a", "I kT | A 2", NOTHING_FITS,
                NOTHING_FITS)


def ntlm():
    """NTLM's AUTHENTICATE has a MIC, and so SPNEGO must have one: [MS-SPNG] 3.1.5.1.  What
    is proved in the end is that its ciphers begin anew behind it."""
    alone = "I nT | A 1nT | I 1TM | A 0M"
    second = "I {}nT | A 3n | I 1T | A 1T | I 1TM | A 0M"
    yield complete("NTLM", "n mutual", "n named", alone, "n")
    yield complete("NTLM, by the default credential", "n mutual", "n", alone, "n",
                   (MIT_OURS, OURS_OURS),
                   note="MIT's acceptor, asked for its name, crashes in gss-ntlmssp 1.2")
    yield complete("NTLM second", "an mutual", "n named", second.format("a"), "n")
    yield complete("NTLM behind Kerberos", "kn mutual", "n named", second.format("k"), "n")
    yield complete("NTLM without a ticket", "kn mutual no-ticket", "kn named", alone, "n")
    yield complete("NTLM with channel bindings", "n bind=here", "n named bind=here", alone, "n")
    yield complete("Kerberos behind NTLM", "nk mutual", "k",
                   "I nkT | A 3k | I 1T | A 1TM | I 0M", "k")


def ntlm_failures():
    sent = "rejected - mic:yes/no", "d0000 -"
    yield fails("NTLM, wrong password", "n mutual wrong-password", "n named",
                "I nT | A 1nT | I 1TM | A 2", sent, FAILED, words=("", "Invalid argument"))
    yield fails("NTLM second, wrong password", "an mutual wrong-password", "n named",
                "I anT | A 3n | I 1T | A 1T | I 1TM | A 2", sent, FAILED,
                words=("", "Invalid argument"))
    yield fails("NTLM, other channel bindings", "n bind=here", "n named bind=there",
                "I nT | A 1nT | I 1TM | A 2", sent, ("malformed - mic:no/no", "90000 -"),
                words=("", "Permission denied"))


KERBEROS = [*kerberos(), *reselection(), *demanded(), *microsoft(), *failures()]
NTLM = [*ntlm(), *ntlm_failures()]
