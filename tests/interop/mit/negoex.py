"""What is in a NegoEx token, in a few words, read by no code of the library.

A message is its kind, its number and what it is about: NEGO#0:ab offers A and B,
VERIFY#4:a has a checksum that was made with a key of A.  Behind a VERIFY stands "!" if it does
not fit, behind AP_REQUEST and CHALLENGE "E" if they hold the toys' error token.
"""

import hashlib
import hmac
import struct

HEADER = struct.Struct("<8sIIII16s")
SIGNATURE = b"NEGOEXTS"
KINDS = {  # [MS-NEGOEX] 2.2.6.1: who sends it, its name, the size of its header
    0: ("I", "NEGO", 96), 1: ("A", "NEGO", 96), 2: ("I", "META", 64), 3: ("A", "META", 64),
    4: ("A", "CHALLENGE", 64), 5: ("I", "AP_REQUEST", 64), 6: ("IA", "VERIFY", 80),
    7: ("IA", "ALERT", 72)}
SCHEMES = {bytes.fromhex("6985a2c0ac66").ljust(16, b"\0"): "a",
           bytes.fromhex("6984b0d1a82c").ljust(16, b"\0"): "b"}

# RFC 3961 5.3: Kc of the toys' keys, the initiator's for usage 25, the acceptor's for 23.
KC = {"I": bytes.fromhex("d5ed94ced514127463197dd4506cf09939fee683bdbe462ba49537964e58d106"),
      "A": bytes.fromhex("be4bf35c19b17cbd3bd627cb5ae5024428afb90cc1912bd119eff92c240b8a97")}
HMAC_SHA1_96_AES256 = 16
VERIFY_NO_KEY = struct.pack("<IIIII", 1, 84, 8, 8, 1)  # one pulse: [MS-NEGOEX] 2.2.6.6


def messages(octets):
    """The messages in a token, also if SPNEGO is around them, as slices of it."""
    start = octets.find(SIGNATURE)
    while start >= 0 and octets.startswith(SIGNATURE, start):
        _, _, _, header, size, _ = HEADER.unpack_from(octets, start)
        if not HEADER.size <= header <= size <= len(octets) - start:
            raise ValueError("a message of a wrong size")
        yield slice(start, start + size)
        start += size


def vector(message, offset):
    """The octets behind a BYTE_VECTOR, which must be the end of the message."""
    start, size = struct.unpack_from("<II", message, offset)
    if start + size != len(message):
        raise ValueError("a vector that does not end the message")
    return message[start:]


def schemes(message):
    start, count = struct.unpack_from("<IH", message, 80)
    if start != 96 or start + 16 * count != len(message) or any(message[72:80]):
        raise ValueError("a NEGO with more than schemes")
    return "".join(SCHEMES.get(message[at:at + 16], "?") for at in range(96, len(message), 16))


class Reader:
    """Reads the tokens of one conversation, in the order in which they were sent."""

    def __init__(self):
        self.transcript, self.conversation = b"", None

    def read(self, who, octets):
        parts = list(messages(octets))
        if not parts or parts[0].start != 0 or parts[-1].stop != len(octets):
            raise ValueError("more than messages")
        return " ".join(self.message(who, octets[part]) for part in parts)

    def message(self, who, octets):
        _, kind, number, header, _, conversation = HEADER.unpack_from(octets)
        senders, name, size = KINDS[kind]
        if number == 0:  # also behind a NegTokenInit2 whose conversation nobody took up
            self.transcript, self.conversation = b"", conversation
        if who not in senders or header != size or conversation != self.conversation:
            raise ValueError(f"{name}#{number} with a wrong type, header or conversation")
        about = schemes(octets) if name == "NEGO" else SCHEMES.get(octets[40:56], "?")
        about += self.remark(who, name, octets)
        self.transcript += octets
        return f"{name}#{number}:{about}"

    def remark(self, who, name, octets):
        if name in ("AP_REQUEST", "CHALLENGE"):
            return "E" if vector(octets, 56) == b"toy error" else ""
        if name == "VERIFY":
            return "" if self.fits(who, octets) else "!"
        if name == "ALERT" and octets[60:] != struct.pack("<IHHI", 72, 1, 0, 0) + VERIFY_NO_KEY:
            raise ValueError("another ALERT than VERIFY_NO_KEY")
        return ""

    def fits(self, who, octets):
        """A VERIFY covers all messages before it: [MS-NEGOEX] 3.1.5.7."""
        if struct.unpack_from("<III", octets, 56) != (20, 1, HMAC_SHA1_96_AES256):
            raise ValueError("a VERIFY of another kind")
        expected = hmac.digest(KC[who], self.transcript, hashlib.sha1)[:12]
        return hmac.compare_digest(vector(octets, 68), expected)


def comparable(token):
    """A token without what is new in each conversation, and without the vectors of a NEGO,
    which MIT packs without padding."""
    blank = bytearray(token)
    for part in messages(token):
        name = KINDS[token[part.start + 8]][1]
        holes = {"NEGO": [(40, 72), (86, 96)], "VERIFY": [(80, 92)]}.get(name, [])
        for first, end in [(24, 40), *holes]:
            blank[part.start + first:part.start + end] = bytes(end - first)
    return bytes(blank)
