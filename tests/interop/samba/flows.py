"""What goes over SMB2, and what must come of it: lists for ../test_samba.py."""

from typing import NamedTuple

from tests.interop.samba.bed import PASSWORD, USER

# What examples/smb2-session.c prints on the way, as bed.our_client has it.
IGNORED = ("hint not followed, first is Kerberos",
           "not offered, it does not start: Kerberos",
           "sent NegTokenInit: NTLM, mechToken")
DROPPED = ("hint followed, first is NTLM",
           "sent NegTokenInit: NTLM, mechToken")
ORDERED = ("hint followed, first is NTLM",
           "sent NegTokenInit: NTLM, Kerberos, mechToken")
CHALLENGED = ("SESSION_SETUP: STATUS_MORE_PROCESSING_REQUIRED",
              "received NegTokenResp: accept-incomplete, NTLM, responseToken",
              "chosen: NTLM, the first choice",
              "finished: NTLM",
              "mechListMIC made",
              "sent NegTokenResp: accept-incomplete, responseToken, mechListMIC")
ACCEPTED = ("SESSION_SETUP: STATUS_SUCCESS",
            "received NegTokenResp: accept-completed, mechListMIC",
            "mechListMIC fits",
            "complete, with NTLM",
            "session 0x...",
            "TREE_CONNECT: STATUS_SUCCESS, signed",
            "LOGOFF: STATUS_SUCCESS")
REFUSED = ("SESSION_SETUP: STATUS_LOGON_FAILURE",
           "smb2-session: SESSION_SETUP refused: STATUS_LOGON_FAILURE (0xc000006d)")
NO_MIC = "no mechListMIC, and the choice of NTLM is not protected without it"
GUEST = ("SESSION_SETUP: STATUS_SUCCESS",
         "received NegTokenResp: accept-completed",
         f"failed: {NO_MIC} [SPN5023]",
         f"smb2-session: negotiation: {NO_MIC}")

# What smbclient prints and ends with.
LOGON_FAILURE = (1, ("session setup failed: NT_STATUS_LOGON_FAILURE",))
NO_TREE = (1, ("tree connect failed: NT_STATUS_ACCESS_DENIED",))


class SmbdFlow(NamedTuple):
    """Our client, and smbclient as the control, with smbd."""

    title: str
    status: int
    lines: tuple
    settings: str = ""
    options: tuple = ()  # of our client
    login: tuple = (USER, PASSWORD)  # or None: by ticket
    control: tuple = (0, ())
    ticket: bool = True  # if there is a realm

    @property
    def expected(self):
        signing = "required" if "mandatory" in self.settings else "possible"
        return self.status, (f"NEGOTIATE: dialect 2.1, signing {signing}", *self.lines)


NOBODY = ("nosuchuser", PASSWORD)
WRONG = (USER, "another")

SMBD_FLOWS = [
    SmbdFlow("NTLM, the hint is ignored", 0, IGNORED + CHALLENGED + ACCEPTED,
             options=("-h", "ignore")),
    SmbdFlow("NTLM, offered is what the hint has", 0, DROPPED + CHALLENGED + ACCEPTED,
             options=("-h", "drop")),
    SmbdFlow("NTLM, first is what the hint has", 0, ORDERED + CHALLENGED + ACCEPTED,
             options=("-h", "order")),
    SmbdFlow("NTLM, the server wants all signed", 0, IGNORED + CHALLENGED + ACCEPTED,
             settings="server signing = mandatory"),
    SmbdFlow("wrong password", 1, IGNORED + CHALLENGED + REFUSED, login=WRONG,
             control=LOGON_FAILURE),
    SmbdFlow("unknown user", 1, IGNORED + CHALLENGED + REFUSED, login=NOBODY,
             control=LOGON_FAILURE),
    # smbclient takes such a session; nothing in it is authentic.
    SmbdFlow("unknown user, made a guest without a MIC", 3, IGNORED + CHALLENGED + GUEST,
             settings="map to guest = bad user", login=NOBODY),
]


class AcceptorFlow(NamedTuple):
    """smbclient, or our client, with server.py."""

    title: str
    client: str
    expected: tuple
    state: str  # of our acceptor in the end; {user} is who ran the test
    options: tuple = ()
    login: tuple = (USER, PASSWORD)


HELLO = "NEGOTIATE: dialect 2.1, signing possible"
USED = (*ACCEPTED[-3:-2], "TREE_CONNECT: STATUS_ACCESS_DENIED, signed", ACCEPTED[-1])
COMPLETE = "complete mic:yes/yes {user}"
BAD_PASSWORD = "failed NTLM failed: Invalid argument"
NO_WINBIND = "failed NTLM failed: Permission denied"

ACCEPTOR_FLOWS = [
    AcceptorFlow("NTLM, all is signed", "smbclient", NO_TREE,
                 COMPLETE.replace("{user}", "TEST\\{user}"),
                 options=("--client-protection=sign",)),
    AcceptorFlow("wrong password", "smbclient", LOGON_FAILURE, BAD_PASSWORD, login=WRONG),
    AcceptorFlow("unknown user", "smbclient", LOGON_FAILURE, NO_WINBIND, login=NOBODY),
    AcceptorFlow("NTLM, all is signed", "ours",
                 (0, (HELLO, *IGNORED, *CHALLENGED, *ACCEPTED[:-3], *USED)), COMPLETE),
    AcceptorFlow("wrong password", "ours", (1, (
        HELLO, *IGNORED, *CHALLENGED, REFUSED[0], "received NegTokenResp: reject",
        "failed: the peer rejected the negotiation [SPN5025]", REFUSED[1])),
        BAD_PASSWORD, login=WRONG),
]

# In a realm.
TICKET = ("SESSION_SETUP: STATUS_SUCCESS",
          "received NegTokenResp: accept-completed, Kerberos, responseToken",
          "chosen: Kerberos, the first choice",
          "finished: Kerberos",
          "complete, with Kerberos")
ALONE = ("hint not followed, first is Kerberos", "sent NegTokenInit: Kerberos, mechToken")
BEFORE_NTLM = ("hint followed, first is Kerberos",
               "sent NegTokenInit: Kerberos, NTLM, mechToken")
BY_TICKET = "complete mic:no/no {user}@SPNEGO.TEST"

KERBEROS_SMBD_FLOWS = [
    SmbdFlow("Kerberos", 0, ALONE + TICKET + ACCEPTED[-3:], login=None),
    SmbdFlow("Kerberos before NTLM, as the hint has it", 0,
             BEFORE_NTLM + TICKET + ACCEPTED[-3:], options=("-h", "order")),
    SmbdFlow("NTLM, because there is no ticket", 0, IGNORED + CHALLENGED + ACCEPTED,
             ticket=False),
]
KERBEROS_ACCEPTOR_FLOWS = [
    AcceptorFlow("Kerberos, all is signed", "smbclient", NO_TREE, BY_TICKET,
                 options=("--client-protection=sign",), login=None),
    AcceptorFlow("Kerberos, all is signed", "ours", (0, (HELLO, *ALONE, *TICKET, *USED)),
                 BY_TICKET, login=None),
]
