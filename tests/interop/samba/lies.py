"""Servers that do not keep to [MS-SMB2], and how our client says so.

Each lie is a response, by its command and by how often that has been, and what is made of it.
"""

from tests.interop.samba import smb2
from tests.interop.samba.smb2 import LOGOFF, NEGOTIATE, SESSION_SETUP, TREE_CONNECT


def patch(where, octets):
    """Other octets in the body."""
    def change(message):
        body = message.body[:where] + octets + message.body[where + len(octets):]
        return message._replace(body=body)
    return change


def cut(size):
    return lambda message: message._replace(body=message.body[:size])


def header(**fields):
    return lambda message: message._replace(**fields)


def wrong_id(message):
    return message._replace(message_id=message.message_id + 1)


def too_large(message):
    return message._replace(body=message.body + bytes(0x20000))


def patient(message):
    """Asks for patience first: 3.3.4.2."""
    interim = message._replace(status=smb2.PENDING, flags=smb2.RESPONSE | smb2.ASYNC,
                               body=b"\x09\0\0\0\0\0\0\0\0", credits=0)
    return interim, message


def endlessly_patient(message):
    return (*patient(message)[:1] * 16, message)


def without_token(message):
    return message._replace(body=smb2.session_setup_response(b""))


def refused(message):
    return without_token(message)._replace(status=smb2.LOGON_FAILURE)


def guest(message):
    return patch(2, b"\1\0")(message)


OUTSIDE = "the security buffer lies outside the response"
NOT_OURS = "the response is not to the request"
UNFINISHED = "SESSION_SETUP: one side has finished, and the other has not"

# Title, command, which of its responses, what is changed, exit status, the last line.
LIES = [
    ("a buffer longer than the response", NEGOTIATE, 0, patch(58, b"\x61\0"), 3,
     f"NEGOTIATE: {OUTSIDE}"),
    ("a buffer behind the response", NEGOTIATE, 0, patch(56, b"\xff\xff"), 3,
     f"NEGOTIATE: {OUTSIDE}"),
    ("a buffer inside the header", NEGOTIATE, 0, patch(56, b"\4\0"), 3, f"NEGOTIATE: {OUTSIDE}"),
    ("a token longer than the response", SESSION_SETUP, 0, patch(6, b"\xff\xff"), 3,
     f"SESSION_SETUP: {OUTSIDE}"),
    ("another StructureSize", NEGOTIATE, 0, patch(0, b"\x40\0"), 3,
     "NEGOTIATE: the response has another layout: STATUS_SUCCESS (0x00000000)"),
    ("a body that is cut", NEGOTIATE, 0, cut(63), 3,
     "NEGOTIATE: the response has another layout: STATUS_SUCCESS (0x00000000)"),
    ("a body of nothing", NEGOTIATE, 0, cut(0), 3, "NEGOTIATE: a response of 64 octets"),
    ("more than fits", NEGOTIATE, 0, too_large, 3, "NEGOTIATE: a response of 131296 octets"),
    ("SMB1", NEGOTIATE, 0, header(protocol=b"\xffSMB"), 3, "NEGOTIATE: the response is not SMB2"),
    ("a request", NEGOTIATE, 0, header(flags=0), 3, f"NEGOTIATE: {NOT_OURS}"),
    ("another command", NEGOTIATE, 0, header(command=LOGOFF), 3, f"NEGOTIATE: {NOT_OURS}"),
    ("another message", NEGOTIATE, 0, wrong_id, 3, f"NEGOTIATE: {NOT_OURS}"),
    ("two responses", NEGOTIATE, 0, header(next_command=8), 3, f"NEGOTIATE: {NOT_OURS}"),
    ("another dialect", NEGOTIATE, 0, patch(4, b"\2\3"), 3,
     "NEGOTIATE: dialect 0x0302 was not offered"),
    ("a server that does not talk", NEGOTIATE, 0, header(status=smb2.ACCESS_DENIED), 3,
     "NEGOTIATE: refused: STATUS_ACCESS_DENIED (0xc0000022)"),
    ("no credit", NEGOTIATE, 0, header(credits=0), 3,
     "SESSION_SETUP: the server does not allow another request"),
    ("another session", SESSION_SETUP, 1, header(session_id=7), 3,
     "SESSION_SETUP: the response is for another session"),
    ("refused at once", SESSION_SETUP, 0, refused, 1,
     "SESSION_SETUP refused: STATUS_LOGON_FAILURE (0xc000006d)"),
    ("success too early", SESSION_SETUP, 0, header(status=smb2.SUCCESS), 3, UNFINISHED),
    ("success without the token", SESSION_SETUP, 1, without_token, 3, UNFINISHED),
    ("no success", SESSION_SETUP, 1, header(status=smb2.MORE_PROCESSING_REQUIRED), 3, UNFINISHED),
    ("a guest", SESSION_SETUP, 1, guest, 3, "session: for a guest, who has no key to sign with"),
    ("an unsigned response", TREE_CONNECT, 0, None, 3,
     "TREE_CONNECT: the response is not signed: STATUS_ACCESS_DENIED (0xc0000022)"),
    ("a wrong signature", TREE_CONNECT, 0, bytes(16), 3,
     "TREE_CONNECT: the signature of the response does not fit"),
    ("a wrong signature of the session", SESSION_SETUP, 1, bytes(16), 3,
     "SESSION_SETUP: the signature of the response does not fit"),
    ("patience, please", SESSION_SETUP, 1, patient, 0, "LOGOFF: STATUS_SUCCESS"),
    ("patience without end", SESSION_SETUP, 1, endlessly_patient, 3,
     "SESSION_SETUP: the server keeps saying that it is not ready"),
    ("a hint that is damaged", NEGOTIATE, 0, patch(64 + 12, b"\0"), 0, "LOGOFF: STATUS_SUCCESS"),
]


class Liar:
    """What server.Server calls to lie once.

    `change` takes and gives messages; None takes the signature away, octets are the key."""

    def __init__(self, command, turn, change):
        self.command, self.turn, self.change = command, turn, change

    def __call__(self, message, key):
        if message.command != self.command or self.turn != 0:
            self.turn -= message.command == self.command
            return [message.octets(key)]
        self.turn -= 1
        if self.change is None or isinstance(self.change, bytes):
            return [message.octets(self.change)]
        changed = self.change(message)
        if isinstance(changed, smb2.Message):
            return [changed.octets(key)]
        return [each.octets(key if each.status != smb2.PENDING else None) for each in changed]
