"""Negotiations with checksums, for make.py.

Python's standard library makes the checksums, so that they do not come from the code that
they test: RFC 8009's of enctype 19, RFC 4757's and [MS-NLMP]'s.
"""

import hashlib
import hmac

SPNEGO = bytes.fromhex("2b0601050502")
KRB5 = bytes.fromhex("2a864886f712010202")
NTLM = bytes.fromhex("2b06010401823702020a")
NEGOEX = bytes.fromhex("2b06010401823702021e")

BOTH, OTHER = bytes(range(16)), bytes(range(16, 32))  # keys
EXPORTED = bytes.fromhex("00112233445566778899aabbccddeeff")
INITIATOR, ACCEPTOR = 25, 23  # key usages


def tlv(tag, *parts, long=False):
    """DER; `long` spends an octet too many on the length."""
    body = b"".join(parts)
    size = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    short = len(body) < 128 and not long
    length = bytes([len(body)]) if short else bytes([0x80 | len(size)]) + size
    return bytes([tag]) + length + body


def oid(contents):
    return tlv(0x06, contents)


def mech_types(*mechs, long=False):
    return tlv(0x30, *map(oid, mechs), long=long)


def framed(mech, inner):
    return tlv(0x60, oid(mech), inner)


def init(mechs, token):
    return framed(SPNEGO, tlv(0xA0, tlv(0x30, tlv(0xA0, mechs), tlv(0xA2, tlv(0x04, token)))))


def hint(mechs):
    """As Windows sends it."""
    name = b"not_defined_in_RFC4178@please_ignore"
    hints = tlv(0x30, tlv(0xA0, tlv(0x1B, name)))
    return framed(SPNEGO, tlv(0xA0, tlv(0x30, tlv(0xA0, mechs), tlv(0xA3, hints))))


COMPLETED, INCOMPLETE, REQUEST_MIC = 0, 1, 3


def resp(state, mech=None, token=None, mic=None):
    parts = [tlv(0xA0, tlv(0x0A, bytes([state])))]
    if mech:
        parts.append(tlv(0xA1, oid(mech)))
    if token:
        parts.append(tlv(0xA2, tlv(0x04, token)))
    if mic:
        parts.append(tlv(0xA3, tlv(0x04, mic)))
    return tlv(0xA1, tlv(0x30, *parts))


def checksum(key, usage, message):
    """Of enctype 19.  RFC 8009 3, 5."""
    label = usage.to_bytes(4, "big") + b"\x99"
    derived = hmac.digest(key, b"\0\0\0\1" + label + b"\0" + b"\0\0\0\x80", "sha256")[:16]
    return hmac.digest(derived, message, "sha256")[:16]


def krb5_mic(usage, message, key=BOTH, flags=None):
    """RFC 4121 4.2.6.1; by the acceptor, which has made a subkey."""
    flags = {INITIATOR: 4, ACCEPTOR: 5}[usage] if flags is None else flags
    header = bytes([4, 4, flags]) + b"\xff" * 5 + bytes(8)
    return header + checksum(key, usage, message + header)


def rc4(key, data, skip=0):
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) & 255
        box[i], box[j] = box[j], box[i]
    stream, i, j = [], 0, 0
    for _ in range(skip + len(data)):
        i = (i + 1) & 255
        j = (j + box[i]) & 255
        box[i], box[j] = box[j], box[i]
        stream.append(box[(box[i] + box[j]) & 255])
    return bytes(a ^ b for a, b in zip(data, stream[skip:]))


def rc4_mic(message, direction, key=BOTH):
    """RFC 4757 7.2, with sequence number 0."""
    header = bytes.fromhex("01011100ffffffff")
    sign = hmac.digest(key, b"signaturekey\0", "md5")
    digest = hashlib.md5((15).to_bytes(4, "little") + header + message).digest()
    cksum = hmac.digest(sign, digest, "md5")[:8]
    seal = hmac.digest(hmac.digest(key, bytes(4), "md5"), cksum, "md5")
    return framed(KRB5, header + rc4(seal, bytes(4) + bytes([direction] * 4)) + cksum)


# NegotiateFlags: UNICODE, SIGN, NTLM, ALWAYS_SIGN, EXTENDED_SESSIONSECURITY, VERSION.
FLAGS, KEY_EXCH, BITS_128, BITS_56 = 0x02088211, 0x40000000, 0x20000000, 0x80000000
STRONG = FLAGS | KEY_EXCH | BITS_128 | BITS_56


def ntlm_mic(usage, message, sequence=0, before=None, flags=STRONG, key=EXPORTED):
    """[MS-NLMP] 3.4.4.2; `before` signatures have gone through the cipher."""
    direction = {INITIATOR: b"client-to-server", ACCEPTOR: b"server-to-client"}[usage]
    magic = b"session key to " + direction + b" %s key magic constant\0"
    length = 16 if flags & BITS_128 else 7 if flags & BITS_56 else 5
    sign = hashlib.md5(key + magic % b"signing").digest()
    seal = hashlib.md5(key[:length] + magic % b"sealing").digest()
    number = sequence.to_bytes(4, "little")
    cksum = hmac.digest(sign, number + message, "md5")[:8]
    if flags & KEY_EXCH:
        cksum = rc4(seal, cksum, 8 * (sequence if before is None else before))
    return b"\1\0\0\0" + cksum + number


VERSION = bytes.fromhex("0a0063450000000f")  # Windows 10


def ntlm_fields(at, *values):
    """Length, room and place of each value, then the values."""
    heads = b""
    for value in values:
        heads += len(value).to_bytes(2, "little") * 2 + at.to_bytes(4, "little")
        at += len(value)
    return heads, b"".join(values)


def negotiate(flags=STRONG):
    empty = bytes(4) + (40).to_bytes(4, "little")
    return b"NTLMSSP\0\1\0\0\0" + flags.to_bytes(4, "little") + empty * 2 + VERSION


def challenge(flags=STRONG):
    target = "SERVER".encode("utf-16-le")
    info = b"\2\0\x0c\0" + target + bytes(4)
    heads, values = ntlm_fields(56, target, info)
    return (b"NTLMSSP\0\2\0\0\0" + heads[:8] + (flags | 0x00810000).to_bytes(4, "little") +
            bytes(range(8)) + bytes(8) + heads[8:] + VERSION + values)


def authenticate(flags=STRONG, session=bytes(range(0x40, 0x50))):
    """With no MIC of its own, which nobody here could check."""
    user = "user".encode("utf-16-le")
    info = b"\1\1" + bytes(6) + bytes(8) + bytes(range(8)) + bytes(4) + bytes(4)
    values = [bytes(24), bytes(range(16)) + info, b"", user, b"", session]
    heads, tail = ntlm_fields(72, *values)
    return b"NTLMSSP\0\3\0\0\0" + heads + flags.to_bytes(4, "little") + VERSION + tail


def integer(value):
    return tlv(0x02, bytes([value]))


def text(value):
    return tlv(0x1B, value)


def numbered(*fields):
    """A SEQUENCE of explicitly numbered fields; those that are None are left out."""
    return tlv(0x30, *(tlv(0xA0 | i, value) for i, value in fields if value is not None))


def encrypt(key, usage, plain):
    """RFC 4757 4: encryption type 23."""
    plain = bytes(range(8)) + plain
    middle = hmac.digest(key, usage.to_bytes(4, "little"), "md5")
    cksum = hmac.digest(middle, plain, "md5")
    cipher = cksum + rc4(hmac.digest(middle, cksum, "md5"), plain)
    return numbered((0, integer(23)), (2, tlv(0x04, cipher)))


def encryption_key(key):
    """Of (encryption type, octets), or none."""
    return key and numbered((0, integer(key[0])), (1, tlv(0x04, key[1])))


USER = numbered((0, integer(1)), (1, tlv(0x30, text(b"user"))))
HOST = numbered((0, integer(2)), (1, tlv(0x30, text(b"host"), text(b"server"))))
REALM, TIME = text(b"REALM"), tlv(0x18, b"20260101000000Z")
SERVICE, SESSION = bytes(range(0x20, 0x30)), (23, bytes(range(0x30, 0x40)))


def ap_req(subkey=None, session=SESSION):
    """RFC 4120 5.3, 5.5.1"""
    empty = numbered((0, integer(0)), (1, tlv(0x04)))
    part = numbered((0, tlv(0x03, bytes(5))), (1, encryption_key(session)), (2, REALM),
                    (3, USER), (4, empty), (5, TIME), (7, TIME))
    ticket = numbered((0, integer(5)), (1, REALM), (2, HOST),
                      (3, encrypt(SERVICE, 2, tlv(0x63, part))))
    shown = numbered((0, integer(5)), (1, REALM), (2, USER), (4, integer(0)), (5, TIME),
                     (6, encryption_key(subkey)))
    body = numbered((0, integer(5)), (1, integer(14)), (2, tlv(0x03, bytes.fromhex("0020000000"))),
                    (3, tlv(0x61, ticket)), (4, encrypt(session[1], 11, tlv(0x62, shown))))
    return framed(KRB5, b"\1\0" + tlv(0x6E, body))


def ap_rep(subkey=None, session=SESSION):
    """RFC 4120 5.5.2"""
    part = numbered((0, TIME), (1, integer(0)), (2, encryption_key(subkey)))
    body = numbered((0, integer(5)), (1, integer(15)),
                    (2, encrypt(session[1], 12, tlv(0x7B, part))))
    return framed(KRB5, b"\2\0" + tlv(0x6F, body))


def keytab(key=SERVICE):
    """A file with one key of encryption type 23, as MIT krb5 writes it."""
    def counted(octets):
        return len(octets).to_bytes(2, "big") + octets

    entry = ((2).to_bytes(2, "big") + counted(b"REALM") + counted(b"host") + counted(b"server") +
             (2).to_bytes(4, "big") + bytes(4) + b"\1" + (23).to_bytes(2, "big") + counted(key))
    return b"\5\2" + len(entry).to_bytes(4, "big") + entry


LIST = mech_types(NTLM, KRB5)


def kerberos(acceptors, initiators, mechs=LIST, greeting=None, asked=None, answered=None):
    """NTLM was hoped for, Kerberos is chosen: both must send a MIC."""
    turns = [("A", hint(greeting))] if greeting else []
    return turns + [
        ("I", init(mechs, negotiate())), ("A", resp(REQUEST_MIC, KRB5)),
        ("I", resp(INCOMPLETE, token=asked or ap_req())),
        ("A", resp(INCOMPLETE, token=answered or ap_rep(), mic=acceptors)),
        ("I", resp(COMPLETED, mic=initiators))]


ONLY_NTLM = mech_types(NTLM)


def ntlm(initiators, acceptors, flags=STRONG):
    return [("I", init(ONLY_NTLM, negotiate(flags))),
            ("A", resp(INCOMPLETE, NTLM, challenge(flags))),
            ("I", resp(INCOMPLETE, token=authenticate(flags), mic=initiators)),
            ("A", resp(COMPLETED, mic=acceptors))]


SCHEME = bytes.fromhex("8d5a1c3e7b2f4096a1b2c3d4e5f60718")
SECOND = bytes.fromhex("90e1f2a3b4c5d6079a8b7c6d5e4f3021")


class Negoex:
    """Messages of one NegoEx conversation; `said` is what was said, one by one."""

    def __init__(self):
        self.said = []

    def message(self, kind, fixed, payload=b""):
        header = 40 + len(fixed)
        whole = (b"NEGOEXTS" + kind.to_bytes(4, "little") +
                 len(self.said).to_bytes(4, "little") + header.to_bytes(4, "little") +
                 (header + len(payload)).to_bytes(4, "little") +
                 bytes(range(0xA0, 0xB0)) + fixed + payload)
        self.said.append((kind, whole))
        return whole

    def nego(self, kind, *schemes):
        random = bytes(range(kind, kind + 32))
        counts = (96).to_bytes(4, "little") + len(schemes).to_bytes(4, "little") + bytes(8)
        return self.message(kind, random + bytes(8) + counts, b"".join(schemes))

    def exchange(self, kind, token, scheme=SCHEME):
        return self.message(kind, scheme + (64).to_bytes(4, "little") +
                            len(token).to_bytes(4, "little"), token)

    def alert(self):
        pulse = (8).to_bytes(4, "little") + (1).to_bytes(4, "little")
        alert = b"".join(n.to_bytes(4, "little") for n in (1, 84, 8)) + pulse
        return self.message(7, SCHEME + bytes(4) + (72).to_bytes(4, "little") +
                            b"\1\0" + bytes(6), alert)

    def verify(self, usage, key=BOTH, without=(), own=0, kind=19, scheme=SCHEME):
        """Leaves messages of these kinds out, and the last `own` ones."""
        said = self.said[:len(self.said) - own]
        covered = b"".join(whole for k, whole in said if k not in without)
        cksum = checksum(key, usage, covered)
        numbers = (20, 1, kind, 80, len(cksum), 0)
        return self.message(6, scheme + b"".join(n.to_bytes(4, "little") for n in numbers),
                            cksum)


VERIFY, ALERT = 6, 7


def negoex(initiators, acceptors, early=False):
    """Three tokens of the mechanism.  `early`: the initiator has its key at once, and the
    acceptor says that it has none yet."""
    said = Negoex()
    first = said.nego(0, SCHEME) + said.exchange(5, b"first")
    first += said.verify(INITIATOR) if early else b""
    second = said.nego(1, SCHEME) + said.exchange(4, b"second")
    second += said.alert() if early else b""
    third = said.exchange(5, b"third") + said.verify(**{"usage": INITIATOR, **initiators})
    fourth = said.verify(**{"usage": ACCEPTOR, **acceptors})
    return [("I", init(mech_types(NEGOEX), first)), ("A", resp(INCOMPLETE, NEGOEX, second)),
            ("I", resp(INCOMPLETE, token=third)), ("A", resp(COMPLETED, token=fourth))]


def abandoned(early_key):
    """The initiator has hoped for one mechanism; the acceptor has only the second."""
    said = Negoex()
    first = said.nego(0, SCHEME, SECOND) + said.exchange(5, b"first")
    first += said.verify(INITIATOR, early_key)
    second = said.nego(1, SECOND)
    third = said.exchange(5, b"second", SECOND) + said.verify(INITIATOR, scheme=SECOND)
    fourth = said.verify(ACCEPTOR, scheme=SECOND)
    return [("I", init(mech_types(NEGOEX), first)), ("A", resp(INCOMPLETE, NEGOEX, second)),
            ("I", resp(INCOMPLETE, token=third)), ("A", resp(COMPLETED, token=fourth))]


def repeated(count):
    """One token with so many VERIFYs, each right."""
    said = Negoex()
    first = said.nego(0, SCHEME) + said.exchange(5, b"first")
    first += b"".join(said.verify(INITIATOR) for _ in range(count))
    return [("I", init(mech_types(NEGOEX), first))]
