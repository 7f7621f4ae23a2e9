"""What must happen between our side and MIT's: one Flow a conversation.

A side is its mechanisms and the options of our_peer.c.  `expected` has, for each
pairing of initiator and acceptor, the tokens as shape.py writes them, how the
initiator ended and how the acceptor did.  MIT ends with a major status:

    0      complete          10000  no such mechanism    60000   MIC does not fit
    1      still waiting     90000  defective token      d0000   failure
    "not taken" stands behind a token for a side that had ended.

MIT's own legs are the control: they say what MIT does when nobody is wrong.  The
adapter is our side with MIT's toys, by spnego_gss_any; it does as our side does,
where a flow has nothing else for it.
"""

import re
from dataclasses import dataclass

OURS_MIT, MIT_OURS, MIT_MIT = ("ours", "MIT"), ("MIT", "ours"), ("MIT", "MIT")
ADAPTER_MIT, MIT_ADAPTER = ("adapter", "MIT"), ("MIT", "adapter")


@dataclass
class Flow:
    title: str
    initiator: str
    acceptor: str
    expected: dict  # pairing: (shape, initiator's end, acceptor's end)
    hint: bool = False  # the acceptor begins, with a NegTokenInit2


def complete(title, initiator, acceptor, shape, pairings=(OURS_MIT, MIT_OURS, MIT_MIT),
             hint=False):
    """A Flow in which all agree on the mechanism that the first reply names, else on A."""
    mech = (re.findall("A [0-3]([ab])", shape) or ["a"])[0]
    mics = "yes/yes" if "M" in shape else "no/no"
    end = {"MIT": f"0 {mech}", "ours": f"ok {mech} mic:{mics}"}
    return Flow(title, initiator, acceptor,
                {pair: (shape, end[pair[0]], end[pair[1]]) for pair in pairings}, hint)


MATCH = {
    1: "I abT | A 0a",
    2: "I abT | A 0aT",
    3: "I abT | A 1aT | I 1T | A 0",
    4: "I abT | A 1aT | I 1T | A 0T",
}

# The acceptor has only B.  Its first reply takes nothing from the optimistic
# token, so that B begins afresh.
RESELECTION = {
    1: "I abT | A 3b | I 1TM | A 0M",
    2: "I abT | A 3b | I 1T | A 1TM | I 0M",
    3: "I abT | A 3b | I 1T | A 1T | I 1TM | A 0M",
    4: "I abT | A 3b | I 1T | A 1T | I 1T | A 1TM | I 0M",
}
WITHOUT_INTEGRITY = {
    1: "I abT | A 3b | I 1T | A 0",
    2: "I abT | A 3b | I 1T | A 0T",
    3: "I abT | A 3b | I 1T | A 1T | I 1T | A 0",
    4: "I abT | A 3b | I 1T | A 1T | I 1T | A 0T",
}


def hops(number):
    return f"{number} hop" + ("s" if number > 1 else "")


def good():
    for number, shape in MATCH.items():
        yield complete(f"match, {hops(number)}", f"ab hops={number} integrity=1",
                       "ab integrity=1", shape)
        yield complete(f"match without integrity, {hops(number)}", f"ab hops={number}", "ab",
                       shape)
    for number, shape in RESELECTION.items():
        yield complete(f"reselection, {hops(number)}", f"ab hops={number} integrity=1",
                       "b integrity=1", shape)
    for number, shape in WITHOUT_INTEGRITY.items():
        yield complete(f"reselection without integrity, {hops(number)}", f"ab hops={number}",
                       "b", shape)
    yield complete("the initiator's A cannot start", "ab hops=2 integrity=1 absent=a",
                   "ab integrity=1", "I bT | A 0bT")
    yield Flow("no mechanism of the initiator can start", "ab hops=2 absent=ab", "ab", {
        OURS_MIT: ("", "mechanism - mic:no/no", "1 -"),
        MIT_OURS: ("", "100000 -", "continue - mic:no/no"),
        MIT_MIT: ("", "100000 -", "1 -"),
    })
    # MIT's acceptor chooses before it asks the mechanism, and cannot go back.  Nor can the
    # adapter, since a mechanism of GSS-API cannot say that it is absent.
    yield Flow("the acceptor's A cannot start", "ab hops=2 integrity=1",
               "ab integrity=1 absent=a", {
                   OURS_MIT: ("I abT | A 2", "no mechanism - mic:no/no", "100000 -"),
                   MIT_OURS: (RESELECTION[2], "0 b", "ok b mic:yes/yes"),
                   MIT_ADAPTER: ("I abT | A 2", "10000 -", "mechanism - mic:no/no"),
                   MIT_MIT: ("I abT | A 2", "10000 -", "100000 -"),
               })
    yield Flow("no common mechanism", "a hops=2 integrity=1", "b integrity=1", {
        OURS_MIT: ("I aT | A 2", "no mechanism - mic:no/no", "10000 -"),
        MIT_OURS: ("I aT | A 2", "10000 -", "no mechanism - mic:no/no"),
        MIT_MIT: ("I aT | A 2", "10000 -", "10000 -"),
    })


def bad_mics():
    """Who gets the first MIC refuses it.  MIT's acceptor answers a reject with a reject."""
    for number in 1, 3:
        shape = RESELECTION[number].replace("A 0M", "A 2")
        yield Flow(f"bad MIC, {hops(number)}", f"ab hops={number} integrity=1",
                   "b integrity=1 mic-key=1", {
                       OURS_MIT: (shape, "rejected - mic:yes/no", "60000 -"),
                       MIT_OURS: (shape, "d0000 -", "integrity - mic:no/no"),
                       MIT_MIT: (shape, "d0000 -", "60000 -"),
                   })
    for number in 2, 4:
        shape = RESELECTION[number].replace("I 0M", "I 2")
        yield Flow(f"bad MIC, {hops(number)}", f"ab hops={number} integrity=1",
                   "b integrity=1 mic-key=1", {
                       OURS_MIT: (shape + " | A 2 | not taken", "integrity - mic:no/no",
                                  "90000 -"),
                       MIT_OURS: (shape, "60000 -", "rejected - mic:yes/no"),
                       MIT_MIT: (shape + " | A 2 | not taken", "60000 -", "90000 -"),
                   })


def acceptor_fails(title, initiator, acceptor, shape, first):
    """The acceptor's mechanism fails in a step; `first`, if the choice was not yet known.

    MIT's initiator gives the error token to its mechanism, which cannot read it
    either, and says so with a reject that nobody waits for."""
    yield Flow(title, initiator, acceptor, {
        OURS_MIT: (shape, f"{'no mechanism' if first else 'rejected'} - mic:no/no", "d0000 -"),
        MIT_OURS: (shape, "10000 -" if first else "d0000 -", "mechanism - mic:no/no"),
        MIT_MIT: (shape, "10000 -" if first else "d0000 -", "d0000 -"),
    })
    told = shape.removesuffix("A 2") + "A 2E"
    yield Flow(title + ", says why", initiator, acceptor + " says-why=1", {
        OURS_MIT: (told, "rejected - mic:no/no", "d0000 -"),
        MIT_OURS: (told + " | I 2 | not taken", "90000 -", "mechanism - mic:no/no"),
        MIT_MIT: (told + " | I 2 | not taken", "90000 -", "d0000 -"),
    })


def initiator_fails(title, initiator, acceptor, shape):
    """The initiator's second step fails.  MIT's acceptor answers a reject with a reject."""
    for more, reject in ("", "I 2"), (" says-why=1", "I 2E"):
        sent = f"{shape} | {reject}"
        yield Flow(title + (", says why" if more else ""), initiator + more, acceptor, {
            OURS_MIT: (sent + " | A 2 | not taken", "mechanism - mic:no/no", "90000 -"),
            MIT_OURS: (sent, "d0000 -", "rejected - mic:no/no"),
            MIT_MIT: (sent + " | A 2 | not taken", "d0000 -", "90000 -"),
        })


def failures():
    for number in 1, 2, 3:
        yield from acceptor_fails(f"acceptor's A fails at once, {hops(number)}",
                                  f"ab hops={number} integrity=1", "ab integrity=1 fails=1",
                                  "I abT | A 2", True)
    yield from acceptor_fails("acceptor's A fails in its last step, 3 hops",
                              "ab hops=3 integrity=1", "ab integrity=1 fails=2",
                              "I abT | A 1aT | I 1T | A 2", False)
    yield from acceptor_fails("acceptor's B fails after a reselection, 2 hops",
                              "ab hops=2 integrity=1", "b integrity=1 fails=1",
                              "I abT | A 3b | I 1T | A 2", False)
    yield from initiator_fails("initiator's A fails in the middle, 3 hops",
                               "ab hops=3 integrity=1 fails=2", "ab integrity=1",
                               "I abT | A 1aT")
    yield from initiator_fails("initiator's B fails after a reselection, 4 hops",
                               "ab hops=4 integrity=1 fails=2", "b integrity=1",
                               "I abT | A 3b | I 1T | A 1T")


def hints():
    """MIT's initiator never looks at a NegTokenInit2; ours does as it is told."""
    yield complete("hint of all, ignored", "ab hops=2 integrity=1", "ab integrity=1",
                   "A hint abH | " + MATCH[2], hint=True)
    yield complete("hint of B, ignored", "ab hops=2 integrity=1", "b integrity=1",
                   "A hint bH | " + RESELECTION[2], hint=True)
    yield complete("hint of B, the others dropped",
                   "ab hops=2 integrity=1 hint=drop floor=2", "b integrity=1",
                   "A hint bH | I bT | A 0bT", [OURS_MIT], True)
    yield complete("hint of B, put first", "ab hops=2 integrity=1 hint=order floor=2",
                   "b integrity=1", "A hint bH | I baT | A 0bT", [OURS_MIT], True)
    yield complete("hint of B, which is below the floor",
                   "ab hops=2 integrity=1 hint=order floor=1", "b integrity=1",
                   "A hint bH | " + RESELECTION[2], [OURS_MIT], True)


def lazy():
    """Our initiator without an optimistic token, which MIT always sends."""
    for number, shape in {
        1: "I ab | A 1a | I 1T | A 0",
        2: "I ab | A 1a | I 1T | A 0T",
        3: "I ab | A 1a | I 1T | A 1T | I 1T | A 0",
        4: "I ab | A 1a | I 1T | A 1T | I 1T | A 0T",
    }.items():
        yield complete(f"no optimistic token, {hops(number)}",
                       f"ab hops={number} integrity=1 no-optimistic=1", "ab integrity=1",
                       shape, [OURS_MIT])
        yield complete(f"no optimistic token, reselection, {hops(number)}",
                       f"ab hops={number} integrity=1 no-optimistic=1", "b integrity=1",
                       RESELECTION[number].replace("abT", "ab"), [OURS_MIT])


# An acceptor that demands MICs although the initiator's first choice stands.
DEMANDED = {
    1: "I abT | A 3aM | I 0M",
    2: "I abT | A 3aTM | I 0M",
    3: "I abT | A 3aT | I 1T | A 2",
    4: "I abT | A 3aT | I 1T | A 1TM | I 0M",
}


def demand(title, initiator, acceptor, number):
    """Our acceptor demands MICs.  MIT's initiator does not look at request-mic unless the
    choice is not its first; so of 3 hops it sends none with its last token, which must
    have one: RFC 4178 5 (c)."""
    shape = DEMANDED[number].replace("abT", initiator.split()[0] + "T")
    if number != 3:
        return complete(title, initiator, acceptor, shape, [MIT_OURS])
    return Flow(title, initiator, acceptor, {MIT_OURS: (shape, "d0000 -",
                                                        "integrity - mic:no/no")})


def demands():
    for number in 1, 2, 3, 4:
        yield demand(f"our acceptor requires a MIC, {hops(number)}",
                     f"ab hops={number} integrity=1", "ab integrity=1 require-mic=1", number)
        yield demand(f"our acceptor likes B more, which is not offered, {hops(number)}",
                     f"a hops={number} integrity=1", "ba integrity=1 choice=own", number)
        yield complete(f"our acceptor likes B more, {hops(number)}",
                       f"ab hops={number} integrity=1", "ba integrity=1 choice=own",
                       RESELECTION[number], [MIT_OURS])
        yield complete(f"our acceptor likes A more too, {hops(number)}",
                       f"ab hops={number} integrity=1", "ab integrity=1 choice=own",
                       MATCH[number], [MIT_OURS])


# The initiator's mechanism wants a MIC, as NTLM does.  MIT's acceptor does not ask
# its mechanism, nor does the adapter: they send a MIC only if they got one.  MIT's
# initiator then says reject to an acceptor that is done; ours says nothing.
WANTED = {
    1: "I abTM | A 0M",
    2: "I abT | A 0aT | I 2 | not taken",
    3: "I abT | A 1aT | I 1TM | A 0M",
    4: "I abT | A 1aT | I 1T | A 0T | I 2 | not taken",
}
GRANTED = {
    1: "I abTM | A 0aM",
    2: "I abT | A 3aTM | I 0M",
    3: "I abT | A 3aT | I 1TM | A 0M",
    4: "I abT | A 3aT | I 1T | A 1TM | I 0M",
}


def wants():
    for number in 1, 2, 3, 4:
        good = number in (1, 3)
        with_ours = ("ok a mic:yes/yes", "0 a") if good else ("integrity - mic:no/no", "0 a")
        mit = "0 a" if good else "90000 -"
        shape = WANTED[number].removesuffix(" | I 2 | not taken")
        if number == 1:
            # MIT's acceptor leaves out supportedMech here; without T3 that is refused.
            with_ours = ("malformed - mic:yes/no", "0 a")
        yield Flow(f"the mechanism wants a MIC, {hops(number)}",
                   f"ab hops={number} integrity=1 wants-mic=1", "ab integrity=1 wants-mic=1", {
                       OURS_MIT: (shape, *with_ours),
                       MIT_OURS: (GRANTED[number], "0 a", "ok a mic:yes/yes"),
                       MIT_ADAPTER: (GRANTED[1] if number == 1 else WANTED[number], mit,
                                     f"ok a mic:{'yes/yes' if good else 'no/no'}"),
                       MIT_MIT: (WANTED[number], mit, "0 a"),
                   })
        yield Flow(f"our initiator requires a MIC, {hops(number)}",
                   f"ab hops={number} integrity=1 require-mic=1", "ab integrity=1", {
                       OURS_MIT: (shape, *with_ours),
                   })
    yield complete("the mechanism wants a MIC, 1 hop, T3",
                   "ab hops=1 integrity=1 wants-mic=1 tolerate=0x80", "ab integrity=1",
                   "I abTM | A 0M", [OURS_MIT])
    for number in 2, 4:
        yield complete(f"the mechanism wants a MIC, {hops(number)}, T10",
                       f"ab hops={number} integrity=1 wants-mic=1 tolerate=0x8000",
                       "ab integrity=1", MATCH[number], [OURS_MIT])


def adapted(flow):
    """The flow, also with the adapter in our place."""
    for ours, adapter in (OURS_MIT, ADAPTER_MIT), (MIT_OURS, MIT_ADAPTER):
        if ours in flow.expected:
            flow.expected.setdefault(adapter, flow.expected[ours])
    return flow


FLOWS = [adapted(flow) for flow in [*good(), *bad_mics(), *failures(), *hints(), *lazy(),
                                    *demands(), *wants()]]
