"""What must happen between our side and MIT's when NegoEx chooses: as flows.py.

The scenarios are those of MIT krb5's own test, src/tests/gssapi/t_negoex.py, and
more of their kind.  Tokens are written as shape.py and negoex.py say; MIT ends also
with 100000, unavailable: a mechanism without a key, or one that cannot start.
"""

from dataclasses import replace

from tests.interop.mit.flows import (ADAPTER_MIT, MIT_ADAPTER, MIT_MIT, MIT_OURS, OURS_MIT,
                                     Flow, adapted, hops)

EVERY = OURS_MIT, MIT_OURS, MIT_MIT
WITH_ADAPTER = ADAPTER_MIT, MIT_ADAPTER, MIT_MIT


def flow(title, initiator, acceptor, expected, bare=False):
    """A Flow of sides that are their mechanisms and what they differ in.  Only if it is
    `bare` of metadata the adapter can do it too: GSS-API keeps that from its callers."""
    sides = []
    for options, usual in ((initiator, "metadata=hello got=welcome"),
                           (acceptor, "metadata=welcome got=hello")):
        letters, _, more = options.partition(" ")
        sides.append(f"{letters} negoex=ab {'' if bare else usual} {more}")
    made = Flow(f"NegoEx: {title}", *sides, expected)
    return adapted(made) if bare else made


def ends(mit, ours):
    """How a side has ended that does not agree."""
    return {"MIT": f"{mit} -", "ours": f"{ours} - mic:no/no", "adapter": f"{ours} - mic:no/no"}


def well(mech, mics="no/no"):
    ours = f"ok {mech} verify:yes/yes mic:{mics}"
    return {"MIT": f"0 {mech}", "ours": ours, "adapter": ours}


def alike(title, initiator, acceptor, tokens, initiators, acceptors, more=None, bare=False,
          pairings=EVERY):
    """A Flow in which all pairings say the same; `more` only if it is MIT who says it."""
    more = more or {}
    return flow(title, initiator, acceptor, {
        (mine, yours): (" | ".join(tokens + more.get(("I", mine), []) +
                                   more.get(("A", yours), [])), initiators[mine],
                        acceptors[yours]) for mine, yours in pairings}, bare)


def complete(title, initiator, acceptor, tokens, mech="a", bare=False, pairings=EVERY):
    """One in which all agree."""
    end = well(mech, "yes/yes" if tokens[-1].endswith("M") else "no/no")
    return alike(title, initiator, acceptor, tokens, end, end, bare=bare, pairings=pairings)


HOPS = {
    1: ["I x{NEGO#0:ab META#1:a META#2:b AP_REQUEST#3:a VERIFY#4:a}",
        "A 0x{NEGO#5:ab META#6:a META#7:b VERIFY#8:a}"],
    2: ["I x{NEGO#0:ab META#1:a META#2:b AP_REQUEST#3:a}",
        "A 1x{NEGO#4:ab META#5:a META#6:b CHALLENGE#7:a VERIFY#8:a}",
        "I 1{VERIFY#9:a}",
        "A 0"],
    3: ["I x{NEGO#0:ab META#1:a META#2:b AP_REQUEST#3:a}",
        "A 1x{NEGO#4:ab META#5:a META#6:b CHALLENGE#7:a}",
        "I 1{AP_REQUEST#8:a VERIFY#9:a}",
        "A 0{VERIFY#10:a}"],
    4: ["I x{NEGO#0:ab META#1:a META#2:b AP_REQUEST#3:a}",
        "A 1x{NEGO#4:ab META#5:a META#6:b CHALLENGE#7:a}",
        "I 1{AP_REQUEST#8:a}",
        "A 1{CHALLENGE#9:a VERIFY#10:a}",
        "I 1{VERIFY#11:a}",
        "A 0"],
}
BARE = {
    1: ["I x{NEGO#0:ab AP_REQUEST#1:a VERIFY#2:a}",
        "A 0x{NEGO#3:ab VERIFY#4:a}"],
    2: ["I x{NEGO#0:ab AP_REQUEST#1:a}",
        "A 1x{NEGO#2:ab CHALLENGE#3:a VERIFY#4:a}",
        "I 1{VERIFY#5:a}",
        "A 0"],
    3: ["I x{NEGO#0:ab AP_REQUEST#1:a}",
        "A 1x{NEGO#2:ab CHALLENGE#3:a}",
        "I 1{AP_REQUEST#4:a VERIFY#5:a}",
        "A 0{VERIFY#6:a}"],
    4: ["I x{NEGO#0:ab AP_REQUEST#1:a}",
        "A 1x{NEGO#2:ab CHALLENGE#3:a}",
        "I 1{AP_REQUEST#4:a}",
        "A 1{CHALLENGE#5:a VERIFY#6:a}",
        "I 1{VERIFY#7:a}",
        "A 0"],
}
NO_AP_REQUEST = {
    1: ["I x{NEGO#0:ab META#1:a META#2:b}",
        "A 1x{NEGO#3:ab META#4:a META#5:b}",
        "I 1{AP_REQUEST#6:a VERIFY#7:a}",
        "A 0{VERIFY#8:a}"],
    2: ["I x{NEGO#0:ab META#1:a META#2:b}",
        "A 1x{NEGO#3:ab META#4:a META#5:b}",
        "I 1{AP_REQUEST#6:a}",
        "A 1{CHALLENGE#7:a VERIFY#8:a}",
        "I 1{VERIFY#9:a}",
        "A 0"],
}
# The acceptor does without A, so what the initiator sent for it is not looked at.
ONLY_B = {
    1: ["I x{NEGO#0:ab META#1:a META#2:b AP_REQUEST#3:a VERIFY#4:a}",
        "A 1x{NEGO#5:b META#6:b}",
        "I 1{AP_REQUEST#7:b VERIFY#8:b}",
        "A 0{VERIFY#9:b}"],
    2: ["I x{NEGO#0:ab META#1:a META#2:b AP_REQUEST#3:a}",
        "A 1x{NEGO#4:b META#5:b}",
        "I 1{AP_REQUEST#6:b}",
        "A 1{CHALLENGE#7:b VERIFY#8:b}",
        "I 1{VERIFY#9:b}",
        "A 0"],
}
B_FIRST = {
    1: ["I x{NEGO#0:ab META#1:a META#2:b AP_REQUEST#3:a VERIFY#4:a}",
        "A 1x{NEGO#5:ba META#6:b META#7:a}",
        "I 1{AP_REQUEST#8:b VERIFY#9:b}",
        "A 0{VERIFY#10:b}"],
    2: ["I x{NEGO#0:ab META#1:a META#2:b AP_REQUEST#3:a}",
        "A 1x{NEGO#4:ba META#5:b META#6:a}",
        "I 1{AP_REQUEST#7:b}",
        "A 1{CHALLENGE#8:b VERIFY#9:b}",
        "I 1{VERIFY#10:b}",
        "A 0"],
}
OFFERED_ONLY_B = {
    1: ["I x{NEGO#0:b META#1:b AP_REQUEST#2:b VERIFY#3:b}",
        "A 0x{NEGO#4:b META#5:b VERIFY#6:b}"],
    2: ["I x{NEGO#0:b META#1:b AP_REQUEST#2:b}",
        "A 1x{NEGO#3:b META#4:b CHALLENGE#5:b VERIFY#6:b}",
        "I 1{VERIFY#7:b}",
        "A 0"],
}


# What t_negoex.py calls its scenarios, and which flow is each.  The last it does not have;
# NegoEx must leave channel bindings to the mechanism inside.
SCENARIOS = {
    "One hop": "1 hop",
    "Two hops": "2 hops",
    "Three hops": "3 hops",
    "Four hops": "4 hops",
    "Early keys, three hops": "3 hops, early keys",
    "Early keys, four hops": "4 hops, early keys",
    "No keys": "1 hop, no keys",
    "No optimistic token": "1 hop, no optimistic token",
    "First mech initiator query fail": "1 hop, the initiator's A makes no metadata",
    "First mech acceptor query fail": "1 hop, the acceptor's A makes no metadata",
    "First mech acceptor exchange fail": "1 hop, the acceptor's A takes no metadata",
    "First mech initiator exchange fail, one hop": "1 hop, the initiator's A takes no metadata",
    "First mech initiator exchange fail, two hops, early keys":
        "2 hops, the initiator's A takes no metadata, early keys",
    "First mech initiator exchange fail, two hops": "2 hops, the initiator's A takes no metadata",
    "First mech init_sec_context fail": "1 hop, the initiator's A fails at once",
    "First mech accept_sec_context fail": "2 hops, the acceptor's A fails at once",
    "ALERT from acceptor to initiator": "3 hops, the initiator's key is early: ALERT",
    "ALERT from initiator to acceptor": "4 hops, the acceptor's key is early: ALERT",
    "Channel bindings": "2 hops, channel bindings",
}


def numbers_of_hops():
    for number, tokens in HOPS.items():
        yield complete(hops(number), f"ab hops={number} integrity=1", "ab integrity=1", tokens)
        yield complete(f"{hops(number)}, no integrity", f"ab hops={number}", "ab", tokens)
    for number, tokens in BARE.items():
        yield complete(f"{hops(number)}, no metadata", f"ab hops={number}", "ab", tokens,
                       bare=True)
    for number, tokens in NO_AP_REQUEST.items():
        yield complete(f"{hops(number)}, no optimistic token",
                       f"ab hops={number} no-ap-request=1", "ab", tokens)


def choices():
    """Who takes A out of the choice, or puts B first."""
    for number in 1, 2:
        count = f"hops={number}"
        for why, initiator, acceptor, tokens in (
            ("the initiator lacks A", f"b {count}", "ab", OFFERED_ONLY_B),
            ("the initiator's A makes no metadata", f"ab {count} query-fails=a", "ab",
             OFFERED_ONLY_B),
            ("the initiator's A cannot start", f"ab {count} absent=a", "ab", OFFERED_ONLY_B),
            ("the initiator's A fails at once", f"ab {count} fails=1 failing=a", "ab",
             OFFERED_ONLY_B),
            ("the acceptor lacks A", f"ab {count}", "b", ONLY_B),
            ("the acceptor's A makes no metadata", f"ab {count}", "ab query-fails=a", ONLY_B),
            ("the acceptor's A takes no metadata", f"ab {count}", "ab exchange-fails=a",
             ONLY_B),
            ("the acceptor likes B more", f"ab {count}", "ba", B_FIRST),
        ):
            yield complete(f"{hops(number)}, {why}", initiator, acceptor, tokens[number], "b")


def keys():
    """A key before the end makes an early VERIFY; who has none asks for another: ALERT."""
    always = "keys=always"
    yield complete("3 hops, early keys", f"ab hops=3 {always}", f"ab {always}", [
        "I x{NEGO#0:ab META#1:a META#2:b AP_REQUEST#3:a VERIFY#4:a}",
        "A 1x{NEGO#5:ab META#6:a META#7:b CHALLENGE#8:a VERIFY#9:a}",
        "I 1{AP_REQUEST#10:a}",
        "A 0"])
    yield complete("4 hops, early keys", f"ab hops=4 {always}", f"ab {always}", [
        "I x{NEGO#0:ab META#1:a META#2:b AP_REQUEST#3:a VERIFY#4:a}",
        "A 1x{NEGO#5:ab META#6:a META#7:b CHALLENGE#8:a VERIFY#9:a}",
        "I 1{AP_REQUEST#10:a}",
        "A 0{CHALLENGE#11:a}"])
    yield complete("2 hops, the initiator's key is early", f"ab hops=2 {always}", "ab", [
        "I x{NEGO#0:ab META#1:a META#2:b AP_REQUEST#3:a VERIFY#4:a}",
        "A 0x{NEGO#5:ab META#6:a META#7:b CHALLENGE#8:a VERIFY#9:a}"])
    yield complete("3 hops, the initiator's key is early: ALERT", f"ab hops=3 {always}", "ab", [
        "I x{NEGO#0:ab META#1:a META#2:b AP_REQUEST#3:a VERIFY#4:a}",
        "A 1x{NEGO#5:ab META#6:a META#7:b CHALLENGE#8:a ALERT#9:a}",
        "I 1{AP_REQUEST#10:a VERIFY#11:a}",
        "A 0{VERIFY#12:a}"])
    yield complete("3 hops, the acceptor's key is early", "ab hops=3", f"ab {always}", [
        "I x{NEGO#0:ab META#1:a META#2:b AP_REQUEST#3:a}",
        "A 1x{NEGO#4:ab META#5:a META#6:b CHALLENGE#7:a VERIFY#8:a}",
        "I 1{AP_REQUEST#9:a VERIFY#10:a}",
        "A 0"])
    yield complete("4 hops, the acceptor's key is early: ALERT", "ab hops=4", f"ab {always}", [
        "I x{NEGO#0:ab META#1:a META#2:b AP_REQUEST#3:a}",
        "A 1x{NEGO#4:ab META#5:a META#6:b CHALLENGE#7:a VERIFY#8:a}",
        "I 1{AP_REQUEST#9:a ALERT#10:a}",
        "A 1{CHALLENGE#11:a VERIFY#12:a}",
        "I 1{VERIFY#13:a}",
        "A 0"])


# NegoEx stands behind B, which is plain; the acceptor has only A.  So NegoEx is
# chosen by request-mic, begins when it has been, and A makes the mechListMIC.
SECOND = {
    1: ["I bxT", "A 3x",
        "I 1{NEGO#0:a AP_REQUEST#1:a VERIFY#2:a}",
        "A 1{NEGO#3:a VERIFY#4:a}M",
        "I 0M"],
    2: ["I bxT", "A 3x",
        "I 1{NEGO#0:a AP_REQUEST#1:a}",
        "A 1{NEGO#2:a CHALLENGE#3:a VERIFY#4:a}",
        "I 1{VERIFY#5:a}M",
        "A 0M"],
    3: ["I bxT", "A 3x",
        "I 1{NEGO#0:a AP_REQUEST#1:a}",
        "A 1{NEGO#2:a CHALLENGE#3:a}",
        "I 1{AP_REQUEST#4:a VERIFY#5:a}",
        "A 1{VERIFY#6:a}M",
        "I 0M"],
    4: ["I bxT", "A 3x",
        "I 1{NEGO#0:a AP_REQUEST#1:a}",
        "A 1{NEGO#2:a CHALLENGE#3:a}",
        "I 1{AP_REQUEST#4:a}",
        "A 1{CHALLENGE#5:a VERIFY#6:a}",
        "I 1{VERIFY#7:a}M",
        "A 0M"],
}


def second():
    for number, tokens in SECOND.items():
        yield complete(f"{hops(number)}, chosen by request-mic",
                       f"ba negoex=a hops={number} integrity=1", "a integrity=1", tokens,
                       bare=True)
    yield complete("1 hop, chosen by request-mic, no integrity", "ba negoex=a hops=1", "a",
                   [*SECOND[1][:3], "A 0{NEGO#3:a VERIFY#4:a}"], bare=True)


def beside_plain_ones():
    """B is plain: SPNEGO goes on with it where NegoEx cannot be."""
    end = {"MIT": "0 b", "ours": "ok b mic:no/no"}
    for why, options in (("makes no metadata", "query-fails=a"), ("cannot start", "absent=a")):
        yield alike(f"2 hops, its only mechanism {why}", f"ab negoex=a hops=2 {options}",
                    "ab negoex=a", ["I bT", "A 0bT"], end, end)
    end = {"MIT": "0 b", "ours": "ok b mic:yes/yes"}
    yield alike("2 hops, the acceptor has only plain B", "ab negoex=a hops=2 integrity=1",
                "b negoex= integrity=1",
                ["I xb{NEGO#0:a AP_REQUEST#1:a}", "A 3b", "I 1T", "A 1TM", "I 0M"], end, end,
                bare=True)


def wants():
    """The mechanism inside wants a MIC.  As flows.py has it, MIT's acceptor does not ask."""
    options, good = "integrity=1 wants-mic=1", well("a", "yes/yes")
    unasked = " | ".join([*BARE[1], "I 2", "not taken"])
    yield flow("1 hop, the mechanism wants a MIC", f"ab hops=1 {options}", f"ab {options}", {
        OURS_MIT: (" | ".join(BARE[1]), "integrity - mic:no/no", "0 a"),
        MIT_OURS: (" | ".join([BARE[1][0], "A 3x{NEGO#3:ab VERIFY#4:a}M", "I 0M"]),
                   good["MIT"], good["ours"]),
        MIT_ADAPTER: (unasked, "90000 -", well("a")["adapter"]),
        MIT_MIT: (unasked, "90000 -", "0 a"),
    }, bare=True)
    unasked = " | ".join([*BARE[2][:2], "I 1{VERIFY#5:a}M", "A 0M"])
    yield flow("2 hops, the mechanism wants a MIC", f"ab hops=2 {options}", f"ab {options}", {
        OURS_MIT: (unasked, good["ours"], good["MIT"]),
        MIT_OURS: (unasked.replace("A 1", "A 3"), good["MIT"], good["ours"]),
        MIT_ADAPTER: (unasked, good["MIT"], good["adapter"]),
        MIT_MIT: (unasked, good["MIT"], good["MIT"]),
    }, bare=True)


def bindings():
    """MIT hands channel bindings through NegoEx; to our side they are the mechanism's."""
    good = "bindings=x needs-bindings=x"
    yield complete("2 hops, channel bindings", f"ab hops=2 {good}", f"ab {good}", BARE[2],
                   bare=True, pairings=WITH_ADAPTER)


def hints():
    """A NegTokenInit2 before, which MIT's initiator does not look at."""
    yield replace(complete("2 hops, after a hint", "ab hops=2", "ab", ["A hint xH", *HOPS[2]]),
                  hint=True)


FLOWS = [*numbers_of_hops(), *choices(), *keys(), *second(), *beside_plain_ones(), *wants(),
         *bindings(), *hints()]
