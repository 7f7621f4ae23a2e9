"""What a SPNEGO token looks like, in a few letters, read by no code of the library.

A NegTokenInit is its mechanisms, as "ab"; a NegTokenInit2 the same behind "hint ";
a NegTokenResp its negState, or "-", and its supportedMech.  Behind that stand F for
reqFlags, T for a token of the mechanism, E for the toys' error token, M for a
mechListMIC and H for hints with the name that RFC 4178 peers shall ignore.  Among the
mechanisms are Kerberos, "k" and as Windows numbers it "m", NTLM, "n", and NegoEx, "x",
whose token is what negoex.py says of it, in braces.
"""

import struct

from tests.interop.mit.negoex import SIGNATURE, Reader

SPNEGO = bytes.fromhex("2b0601050502")
KRB5, MS_KRB5 = bytes.fromhex("2a864886f712010202"), bytes.fromhex("2a864882f712010202")
LETTERS = {bytes.fromhex("6985a2c0ac66"): "a", bytes.fromhex("6984b0d1a82c"): "b",
           bytes.fromhex("2b06010401823702021e"): "x",
           KRB5: "k", MS_KRB5: "m", bytes.fromhex("2b06010401823702020a"): "n"}
HINT_NAME = b"not_defined_in_RFC4178@please_ignore"


def element(octets, tag):
    """(contents, rest) of the element at the start, which must have this tag."""
    if octets[:1] != bytes([tag]):
        raise ValueError(f"tag {octets[:1].hex()}, not {tag:02x}")
    size, start = octets[1], 2
    if size >= 0x80:
        start = 2 + size - 0x80
        size = int.from_bytes(octets[2:start], "big")
    if start + size > len(octets) or (start > 2 and size < 0x80):
        raise ValueError("bad length")
    return octets[start:start + size], octets[start + size:]


def whole(octets, *tags):
    """The contents of elements with these tags, each all that is in the one before."""
    for tag in tags:
        octets, rest = element(octets, tag)
        if rest:
            raise ValueError("something behind the end")
    return octets


def fields(octets):
    """The contents of a SEQUENCE of [0], [1] ... by their number, in this order."""
    octets, found = whole(octets, 0x30), {}
    while octets:
        number = octets[0] - 0xA0
        if found and number <= max(found):
            raise ValueError("fields out of order")
        found[number], octets = element(octets, octets[0])
    return found


def mech_letters(octets):
    octets, letters = whole(octets, 0x30), ""
    while octets:
        mech, octets = element(octets, 0x06)
        letters += LETTERS.get(mech, "?")
    return letters


def inner_token(octets, who, reader):
    if octets.startswith(SIGNATURE):
        return "{" + reader.read(who, octets) + "}"
    return "E" if octets == b"toy error" else "T"


def token_and_mic(found, who, reader):
    text = ""
    if 2 in found:
        text += inner_token(whole(found[2], 0x04), who, reader)
    if 3 in found:
        whole(found[3], 0x04)
        text += "M"
    return text


def init(octets, who, reader):
    mech, octets = element(whole(octets, 0x60), 0x06)
    if mech != SPNEGO:
        raise ValueError("a frame that is not SPNEGO's")
    found = fields(whole(octets, 0xA0))
    text = mech_letters(found[0]) + ("F" if 1 in found else "")
    if found.get(3, b"\x04")[0] == 0x04:
        return text + token_and_mic(found, who, reader)
    if whole(fields(found[3])[0], 0x1B) != HINT_NAME:
        raise ValueError("another hintName")
    return f"hint {text}H"


def response(octets, who, reader):
    found = fields(whole(octets, 0xA1))
    state = str(whole(found[0], 0x0A)[0]) if 0 in found else "-"
    mech = LETTERS.get(whole(found[1], 0x06), "?") if 1 in found else ""
    return state + mech + token_and_mic(found, who, reader)


def shape(octets, who, reader):
    try:
        return (init if octets[0] == 0x60 else response)(octets, who, reader)
    except (IndexError, KeyError, ValueError, struct.error) as error:
        return f"unreadable ({error})"


def shapes(tokens):
    """What the tokens of a conversation look like, given as (I or A, octets)."""
    reader = Reader()
    return [f"{who} {shape(token, who, reader)}" for who, token in tokens]
