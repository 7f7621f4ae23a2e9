"""The messages of SMB2 that a session needs, as octets.  Sections are those of [MS-SMB2]."""

import hashlib
import hmac
import socket
import struct
from typing import NamedTuple

NEGOTIATE, SESSION_SETUP, LOGOFF, TREE_CONNECT = range(4)
RESPONSE, ASYNC, SIGNED = 1, 2, 8  # Flags
SUCCESS, PENDING = 0, 0x103
MORE_PROCESSING_REQUIRED, ACCESS_DENIED, LOGON_FAILURE = 0xC0000016, 0xC0000022, 0xC000006D
DIALECT = 0x0210

HEADER = struct.Struct("<4sHHIHHIIQIIQ16s")  # 2.2.1.2
NEGOTIATE_RESPONSE = struct.Struct("<HHHH16sIIIIQQHHI")  # 2.2.4
SESSION_SETUP_RESPONSE = struct.Struct("<HHHH")  # 2.2.6


class Message(NamedTuple):
    """A message; what is not said is as in the first request of a client."""

    command: int
    body: bytes
    message_id: int = 0
    session_id: int = 0
    status: int = 0
    flags: int = 0
    credits: int = 1
    protocol: bytes = b"\xfeSMB"
    next_command: int = 0

    @classmethod
    def read(cls, octets):
        (protocol, _, _, status, command, granted, flags, following, message_id, _, _, session_id,
         _) = HEADER.unpack_from(octets)
        return cls(command, octets[HEADER.size:], message_id, session_id, status, flags, granted,
                   protocol, following)

    def octets(self, key=None):
        """As it is sent, signed if there is a key: 3.1.4.1."""
        flags = self.flags | (SIGNED if key else 0)
        octets = HEADER.pack(self.protocol, HEADER.size, 0, self.status, self.command,
                             self.credits, flags, self.next_command, self.message_id, 0, 0,
                             self.session_id, bytes(16)) + self.body
        if key:
            octets = octets[:48] + signature(key, octets) + octets[64:]
        return octets


def signature(key, octets):
    unsigned = octets[:48] + bytes(16) + octets[64:]
    return hmac.new(key[:16].ljust(16, b"\0"), unsigned, hashlib.sha256).digest()[:16]


def negotiate_response(token, security_mode=1):
    return NEGOTIATE_RESPONSE.pack(65, security_mode, DIALECT, 0, b"server".ljust(16), 0, 65536,
                                   65536, 65536, 0, 0, 128, len(token), 0) + token


def session_setup_response(token, flags=0):
    return SESSION_SETUP_RESPONSE.pack(9, flags, 72, len(token)) + token


def security_buffer(octets, field):
    """What the offset and the length at `field` of the body say."""
    offset, length = struct.unpack_from("<HH", octets, HEADER.size + field)
    return octets[offset:offset + length]


def send(connection, octets):
    """Behind four octets of length, big-endian: 2.1."""
    connection.sendall(len(octets).to_bytes(4, "big") + octets)


def receive(connection):
    """The octets of the next message; nothing at the end."""
    length = int.from_bytes(receive_octets(connection, 4), "big")
    return receive_octets(connection, length)


def receive_octets(connection, count):
    octets = b""
    while len(octets) < count:
        more = connection.recv(count - len(octets))
        if not more:
            return b""
        octets += more
    return octets


def ask_for_hint(port):
    """The NegTokenInit2 with which a server answers NEGOTIATE: 2.2.3, 2.2.4."""
    body = struct.pack("<HHHHI16sQHH", 36, 2, 1, 0, 0, b"client".ljust(16), 0, 0x0202, DIALECT)
    with socket.create_connection(("127.0.0.1", port), 10) as connection:
        send(connection, Message(NEGOTIATE, body).octets())
        return security_buffer(receive(connection), 56)
