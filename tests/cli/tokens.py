"""Builds the tokens that the tests feed to spnego-check, sound and hostile ones."""

import struct

SPNEGO = bytes.fromhex("06062b0601050502")
NTLMSSP = bytes.fromhex("060a2b06010401823702020a")
NEGOEX = bytes.fromhex("060a2b06010401823702021e")
KERBEROS = bytes.fromhex("06092a864886f712010202")
MS_KERBEROS = bytes.fromhex("06092a864882f712010202")
PKU2U_SCHEME = bytes.fromhex("5c33530deaf90d4db2ec4ae3786ec308")

COMPLETED = bytes.fromhex("a1073005a0030a0100")  # NegTokenResp, accept-completed
COMPLETED_HEX = COMPLETED.hex()
COMPLETED_BASE64 = "oQcwBaADCgEA"
CUT_HEX = COMPLETED_HEX[:-2]  # one octet is missing
NTLM_NEGOTIATE = b"NTLMSSP\0" + struct.pack("<II", 1, 0xE2088297) + bytes(16)
CONVERSATION = bytes(range(0x10, 0x20))
RANDOM = bytes(range(0x40, 0x60))


def length(count):
    if count < 128:
        return bytes([count])
    octets = count.to_bytes((count.bit_length() + 7) // 8, "big")
    return bytes([0x80 | len(octets)]) + octets


def tlv(tag, *contents):
    content = b"".join(contents)
    return bytes([tag]) + length(len(content)) + content


def frame(*inner, mech=SPNEGO):
    return tlv(0x60, mech, *inner)


def mech_types(*oids):
    return tlv(0xA0, tlv(0x30, *oids))


def octets(number, content):
    """An OCTET STRING as the field [number]."""
    return tlv(0xA0 + number, tlv(0x04, content))


def hints(name):
    return tlv(0xA3, tlv(0x30, tlv(0xA0, tlv(0x1B, name))))


def init(*fields):
    """A framed NegTokenInit, or NegTokenInit2."""
    return frame(tlv(0xA0, tlv(0x30, *fields)))


def resp(*fields):
    return tlv(0xA1, tlv(0x30, *fields))


def message(kind, sequence, header, body):
    """A NegoEx message; `body` follows the fixed 40 octets."""
    return (b"NEGOEXTS" + struct.pack("<IIII", kind, sequence, header, 40 + len(body)) +
            CONVERSATION + body)


def nego(sequence, schemes, extensions, payload, kind=0):
    """A NEGO message; both vectors begin at the payload."""
    place = 96 if extensions else 0
    return message(kind, sequence, 96, RANDOM + struct.pack(
        "<QIHHIHH", 0, 96, schemes, 0, place, extensions, 0) + payload)


def exchange(sequence, kind=5):
    """An AP_REQUEST, or another exchange message, with nothing in it."""
    return message(kind, sequence, 64, PKU2U_SCHEME + struct.pack("<II", 64, 0))


def alert(sequence, alerts=1):
    """An ALERT whose alerts all stand in its own header."""
    return message(7, sequence, 72, PKU2U_SCHEME + struct.pack("<IIHHI", 1, 60, alerts, 0, 0))


def nested(tag, count):
    """Elements in elements, with sound lengths, `count` octets of them."""
    parts, size = [], 0
    while size < count:
        parts.append(bytes([tag]) + length(size))
        size += len(parts[-1])
    return b"".join(reversed(parts))


# A token of every sort whose report is a golden text.
OFFER = init(mech_types(MS_KERBEROS, NTLMSSP), tlv(0xA1, bytes.fromhex("03020560")),
             octets(2, NTLM_NEGOTIATE))
HINTS = init(mech_types(NTLMSSP), hints(b"not_defined_in_RFC4178@please_ignore"))
ANSWER = resp(tlv(0xA0, b"\x0a\x01\x01"), tlv(0xA1, NTLMSSP), octets(2, b"NTLMSSP\0\2\0\0\0"))
NEGOEX_OFFER = init(mech_types(NEGOEX), octets(2, nego(0, 1, 0, PKU2U_SCHEME)))
NAKED = tlv(0xA0, tlv(0x30, mech_types(NTLMSSP)))  # a tolerance of the interop profile
KERBEROS_AP_REQ = frame(b"\x01\x00", b"\x6e\x03\x30\x01\x00", mech=KERBEROS)
