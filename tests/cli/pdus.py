"""The messages that carry security blobs, as small as they may be."""

import base64
import struct

MORE = 0xC0000016  # STATUS_MORE_PROCESSING_REQUIRED

# --- SMB2 ([MS-SMB2] 2.2.1.2, 2.2.4 to 2.2.6), each in its NBSS frame

NEGOTIATE, SESSION_SETUP = 0, 1


def nbss(message):
    return struct.pack("!I", len(message)) + message


def smb2_message(command, response, body, session=0, message=0, status=0, following=0):
    return struct.pack("<4sHHIHHIIQIIQ16s", b"\xfeSMB", 64, 0, status, command, 1,
                       int(response), following, message, 0xfeff, 0, session, b"") + body


def smb2_compound(*messages):
    """`messages` in one frame: each but the last is padded and says where the next begins."""
    chained = b""
    for place, message in enumerate(messages):
        last = place == len(messages) - 1
        padded = message if last else message + b"\0" * (-len(message) % 8)
        chained += padded[:20] + struct.pack("<I", 0 if last else len(padded)) + padded[24:]
    return nbss(chained)


def smb2_negotiate_response(blob, offset=0x80, size=None, message=0):
    size = len(blob) if size is None else size
    body = struct.pack("<HHHH16sIIIIQQHHI", 65, 1, 0x0302, 0, b"GUID", 0, 65536, 65536, 65536,
                       0, 0, offset, size, 0)
    return smb2_message(NEGOTIATE, True, body + blob, message=message)


def smb2_setup_request(blob, session=0, message=1, offset=0x58, size=None):
    size = len(blob) if size is None else size
    body = struct.pack("<HBBIIHHQ", 25, 0, 1, 0, 0, offset, size, 0)
    return smb2_message(SESSION_SETUP, False, body + blob, session, message)


def smb2_setup_response(blob, session, message=1, status=0, offset=0x48, size=None):
    size = len(blob) if size is None else size
    return smb2_message(SESSION_SETUP, True, struct.pack("<HHHH", 9, 0, offset, size) + blob,
                        session, message, status)


# --- SMB1 ([MS-SMB] 2.2.4.5.2.1, 2.2.4.6)


def smb1_message(command, response, words, data, uid=0, mid=1, status=0):
    return struct.pack("<4sBIBHH8sHHHHH", b"\xffSMB", command, status, 0x80 if response else 0,
                       0xc801, 0, b"", 0, 0, 1, uid, mid) + \
        struct.pack("<B", len(words) // 2) + words + struct.pack("<H", len(data)) + data


def smb1_negotiate_response(blob, count=None, mid=0):
    words = struct.pack("<HBHHIIIIQHB", 0, 3, 50, 1, 16644, 65536, 0, 0x80000000, 0, 0, 0)
    message = smb1_message(0x72, True, words, b"\1" * 16 + blob, mid=mid)
    if count is not None:
        at = 33 + len(words)
        message = message[:at] + struct.pack("<H", count) + message[at + 2:]
    return message


def smb1_setup_request(blob, uid=0, mid=1, size=None):
    size = len(blob) if size is None else size
    words = struct.pack("<BBHHHHIHII", 0xff, 0, 0, 16644, 50, 1, 0, size, 0, 0x80000000)
    return smb1_message(0x73, False, words, blob + b"\0" * 4, uid, mid)


def smb1_setup_response(blob, uid, mid=1, status=0, size=None):
    size = len(blob) if size is None else size
    words = struct.pack("<BBHHH", 0xff, 0, 0, 0, size)
    return smb1_message(0x73, True, words, blob + b"\0" * 4, uid, mid, status)


# --- HTTP


def base64_of(token):
    return base64.b64encode(token).decode()


def http_request(*headers, path="/"):
    return f"GET {path} HTTP/1.1\r\nHost: server\r\n{lines(headers)}\r\n".encode()


def http_response(status, *headers, body=b""):
    return (f"HTTP/1.1 {status} Reason\r\nContent-Length: {len(body)}\r\n"
            f"{lines(headers)}\r\n").encode() + body


def lines(headers):
    return "".join(f"{header}\r\n" for header in headers)


# --- LDAP (RFC 4511 4.2)


def tlv(tag, *contents):
    octets = b"".join(contents)
    if len(octets) < 0x80:
        return bytes([tag, len(octets)]) + octets
    return bytes([tag, 0x84]) + struct.pack("!I", len(octets)) + octets


def ldap_message(number, operation):
    return tlv(0x30, tlv(2, bytes([number])), operation)


def ldap_bind_request(number, credentials, mechanism=b"GSS-SPNEGO"):
    sasl = tlv(0xa3, tlv(4, mechanism), tlv(4, credentials))
    return ldap_message(number, tlv(0x60, tlv(2, b"\3"), tlv(4), sasl))


def ldap_sicily_request(number, tag, octets):
    return ldap_message(number, tlv(0x60, tlv(2, b"\3"), tlv(4), tlv(tag, octets)))


def ldap_bind_response(number, result, credentials=None, matched=b""):
    extra = b"" if credentials is None else tlv(0x87, credentials)
    return ldap_message(number, tlv(0x61, tlv(10, bytes([result])), tlv(4, matched), tlv(4),
                                    extra))


# --- DCE/RPC (C706 12.6; [MS-RPCE] 2.2.2.11)

BIND, BIND_ACK, ALTER, ALTER_RESP, AUTH3 = 11, 12, 14, 15, 16
NDR = bytes.fromhex("045d888aeb1cc9119fe808002b104860") + struct.pack("<I", 2)
EPMAP = bytes.fromhex("0883afe11f5dc91191a408002b14a0fa") + struct.pack("<I", 3)


def dcerpc_body(kind):
    if kind in (BIND, ALTER):
        return struct.pack("<HHI", 5840, 5840, 0) + struct.pack("<BBHHBB", 1, 0, 0, 0, 1, 0) + \
            EPMAP + NDR
    if kind in (BIND_ACK, ALTER_RESP):
        return struct.pack("<HHIH4s2x", 5840, 5840, 0x1234, 4, b"135") + \
            struct.pack("<BBHHH", 1, 0, 0, 0, 0) + NDR
    return struct.pack("<HH", 5840, 5840)


def dcerpc(kind, token, context=0, call=1, auth_type=9, pad=None, auth_length=None, shift=0):
    """`pad` and `auth_length` are what the message says; `shift` octets come too many."""
    body = dcerpc_body(kind)
    fill = -len(body) % 4
    trailer = struct.pack("<BBBBI", auth_type, 6, fill if pad is None else pad, 0, context)
    rest = body + b"\0" * (fill + shift) + trailer + token
    length = len(token) if auth_length is None else auth_length
    return struct.pack("<BBBB4sHHI", 5, 0, kind, 3, b"\x10\0\0\0", 16 + len(rest), length,
                       call) + rest
