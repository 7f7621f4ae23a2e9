"""Writes what a server's log of logins may hold: base64 tokens, one a line, no two alike.

    python3 -m tests.bench.log_tokens COUNT > log

The mixture: of nineteen tokens seven offer Kerberos with a complete, small AP-REQ, six NTLM
with a NEGOTIATE; five answer with an NTLM CHALLENGE, one ends Kerberos with an AP-REP and a
mechListMIC.  One of twenty-five has reqFlags instead, which is a warning, and one of a hundred
a length that is wrong.  The mean is 156 octets.  The same COUNT gives the same log.
"""

import base64
import random
import struct
import sys

from tests.cli.tokens import (KERBEROS, MS_KERBEROS, NTLMSSP, frame, init, mech_types, octets,
                              resp, tlv)

TICKET, AP_REQ, AP_REP = 0x61, 0x6E, 0x6F  # [APPLICATION 1], 14 and 15 of RFC 4120
ACCEPT_COMPLETED, ACCEPT_INCOMPLETE = 0, 1
AES256 = 18
REQ_FLAGS = tlv(0xA1, bytes.fromhex("03020640"))


def integer(number):
    return tlv(0x02, bytes([number]))


def general(text):
    return tlv(0x1B, text.encode())


def sequence(*fields):
    return tlv(0x30, *(tlv(0xA0 + number, field) for number, field in fields))


def encrypted(cipher):
    return sequence((0, integer(AES256)), (2, tlv(0x04, cipher)))


def ap_req(noise):
    """RFC 4120 5.5.1, with a ticket and an authenticator that are shorter than real ones."""
    name = sequence((0, integer(2)), (1, tlv(0x30, general("HTTP"), general("www"))))
    ticket = tlv(TICKET, sequence((0, integer(5)), (1, general("A.EXAMPLE")), (2, name),
                                  (3, encrypted(noise(28)))))
    return tlv(AP_REQ, sequence((0, integer(5)), (1, integer(14)),
                                (2, tlv(0x03, bytes.fromhex("0020000000"))), (3, ticket),
                                (4, encrypted(noise(28)))))


def ap_rep(noise):
    return tlv(AP_REP, sequence((0, integer(5)), (1, integer(15)), (2, encrypted(noise(40)))))


def kerberos_offer(noise):
    inner = frame(b"\x01\x00", ap_req(noise), mech=KERBEROS)
    return init(mech_types(MS_KERBEROS, KERBEROS, NTLMSSP), octets(2, inner))


def kerberos_end(noise):
    mic = b"\x04\x04\x01\xff\xff\xff\xff\xff" + bytes(8) + noise(12)
    return resp(tlv(0xA0, tlv(0x0A, bytes([ACCEPT_COMPLETED]))), tlv(0xA1, KERBEROS),
                octets(2, frame(b"\x02\x00", ap_rep(noise), mech=KERBEROS)), octets(3, mic))


def ntlm_negotiate(noise):
    """[MS-NLMP] 2.2.1.1, with the domain and the workstation behind the version."""
    domain, machine = b"EXAMPLE", b"WS" + noise(3).hex().upper().encode()
    return (b"NTLMSSP\0" + struct.pack("<II", 1, 0xE208B297) +
            struct.pack("<HHIHHI", len(domain), len(domain), 40 + len(machine), len(machine),
                        len(machine), 40) + bytes.fromhex("0a00614a0000000f") + machine + domain)


def ntlm_challenge(noise):
    """[MS-NLMP] 2.2.1.2, with AV_PAIRs for the domain, the server, and the time."""
    domain = "EXAMPLE".encode("utf-16le")
    pairs = [(2, domain), (1, "WWW1".encode("utf-16le")), (7, noise(7) + b"\x01"), (0, b"")]
    info = b"".join(struct.pack("<HH", kind, len(value)) + value for kind, value in pairs)
    return (b"NTLMSSP\0" + struct.pack("<I", 2) +
            struct.pack("<HHI", len(domain), len(domain), 56) + struct.pack("<I", 0xE2898215) +
            noise(8) + bytes(8) + struct.pack("<HHI", len(info), len(info), 56 + len(domain)) +
            bytes.fromhex("0a00614a0000000f") + domain + info)


def ntlm_offer(noise):
    return init(mech_types(NTLMSSP), octets(2, ntlm_negotiate(noise)))


def ntlm_answer(noise):
    return resp(tlv(0xA0, tlv(0x0A, bytes([ACCEPT_INCOMPLETE]))), tlv(0xA1, NTLMSSP),
                octets(2, ntlm_challenge(noise)))


def with_req_flags(noise):
    return init(mech_types(NTLMSSP), REQ_FLAGS, octets(2, ntlm_negotiate(noise)))


def damaged(noise):
    """The length of the outermost element is one too small."""
    sound = ntlm_offer(noise)
    return sound[:1] + bytes([sound[1] - 1]) + sound[2:]


SOUND = [kerberos_offer] * 7 + [ntlm_offer] * 6 + [ntlm_answer] * 5 + [kerberos_end]


def maker(number):
    if number % 100 == 99:
        return damaged
    return with_req_flags if number % 25 == 12 else SOUND[number % len(SOUND)]


def tokens(count):
    noise = random.Random(count).randbytes
    return (maker(number)(noise) for number in range(count))


def main():
    if len(sys.argv) != 2 or not sys.argv[1].isdigit():
        sys.exit(__doc__)
    for made in tokens(int(sys.argv[1])):
        sys.stdout.buffer.write(base64.b64encode(made) + b"\n")


if __name__ == "__main__":
    main()
