"""What must happen between our side and MIT's when NegoEx fails: as flows_negoex.py."""

from tests.interop.mit.flows import MIT_MIT, MIT_OURS, OURS_MIT, hops
from tests.interop.mit.flows_negoex import (BARE, HOPS, NO_AP_REQUEST, ONLY_B, SECOND,
                                            WITH_ADAPTER, alike, complete, ends, flow, well)

# MIT's acceptor answers a reject with a reject; MIT's initiator says reject even to
# an acceptor that is done.
ACCEPTOR_WAITS = {("A", "MIT"): ["A 2", "not taken"]}
ACCEPTOR_IS_DONE = {("I", "MIT"): ["I 2", "not taken"]}
DONE = well("a")
WAITING = ends("1", "continue")

NO_MECHANISM = ends("10000", "no mechanism")  # A reject that comes first, as these see it.
REJECTED = ends("d0000", "rejected")  # A later one.
TOLD = ends("90000", "rejected")  # What MIT's acceptor ends with when it is told.
NO_KEY = ends("100000", "unsupported")
NOTHING_LEFT = ends("d0000", "no mechanism")
FAILED = ends("d0000", "mechanism")
BAD_MIC = ends("60000", "integrity")


def wrong_mics_and_bindings():
    yield alike("1 hop, chosen by request-mic, the acceptor's MIC is bad",
                "ba negoex=a hops=1 integrity=1", "a integrity=1 mic-key=1",
                [*SECOND[1][:4], "I 2"], BAD_MIC, TOLD | {"ours": "rejected - mic:yes/no"},
                ACCEPTOR_WAITS, bare=True)
    yield alike("2 hops, chosen by request-mic, the initiator's MIC is bad",
                "ba negoex=a hops=2 integrity=1", "a integrity=1 mic-key=1",
                [*SECOND[2][:5], "A 2"], REJECTED | {"ours": "rejected - mic:yes/no"}, BAD_MIC,
                bare=True)
    good, bad = "bindings=x needs-bindings=x", "bindings=y needs-bindings=x"
    yield alike("2 hops, the acceptor's channel bindings are others", f"ab hops=2 {good}",
                f"ab {bad}", [BARE[2][0], "A 1x{NEGO#2:ab}", "I 1{AP_REQUEST#3:a}", "A 2"],
                REJECTED, FAILED, bare=True, pairings=WITH_ADAPTER)
    yield alike("2 hops, the initiator's channel bindings are others", f"ab hops=2 {bad}",
                f"ab {good}", [], FAILED, WAITING, bare=True, pairings=WITH_ADAPTER)


def no_keys():
    """Who finishes without a key for a VERIFY fails then, and sends no token."""
    yield alike("1 hop, no keys", "ab hops=1 keys=never", "ab keys=never", [],
                ends("100000", "mechanism"), WAITING)
    for number in 1, 2:
        yield alike(f"{hops(number)}, the acceptor has no keys", f"ab hops={number}",
                    "ab keys=never", [HOPS[number][0], "A 2"], NO_MECHANISM, NO_KEY)
    for number in 3, 4:
        yield alike(f"{hops(number)}, the acceptor has no keys", f"ab hops={number}",
                    "ab keys=never", [*HOPS[number][:3], "A 2"], REJECTED, NO_KEY)
    for number, legs in (2, 2), (3, 2), (4, 4):
        yield alike(f"{hops(number)}, the initiator has no keys",
                    f"ab hops={number} keys=never", "ab", [*HOPS[number][:legs], "I 2"],
                    NO_KEY, TOLD, ACCEPTOR_WAITS)


def no_metadata():
    """Where the acceptor has gone on with A's optimistic token, the choice is made; that the
    initiator's A then cannot take metadata ends it all."""
    yield alike("1 hop, the initiator's A takes no metadata", "ab hops=1 exchange-fails=a",
                "ab", HOPS[1], NOTHING_LEFT, DONE, ACCEPTOR_IS_DONE)
    yield alike("1 hop, the initiator's A is given other metadata", "ab hops=1",
                "ab metadata=other", HOPS[1], NOTHING_LEFT, DONE, ACCEPTOR_IS_DONE)
    yield alike("2 hops, the initiator's A takes no metadata", "ab hops=2 exchange-fails=a",
                "ab", [*HOPS[2][:2], "I 2"], NOTHING_LEFT, TOLD, ACCEPTOR_WAITS)
    yield alike("2 hops, the initiator's A takes no metadata, early keys",
                "ab hops=2 exchange-fails=a keys=always", "ab keys=always",
                ["I x{NEGO#0:ab META#1:a META#2:b AP_REQUEST#3:a VERIFY#4:a}",
                 "A 0x{NEGO#5:ab META#6:a META#7:b CHALLENGE#8:a VERIFY#9:a}"],
                NOTHING_LEFT, DONE, ACCEPTOR_IS_DONE)
    yield complete("2 hops, the initiator's A takes no metadata, no optimistic token",
                   "ab hops=2 exchange-fails=a no-ap-request=1", "ab",
                   [*NO_AP_REQUEST[2][:2],
                    "I 1{AP_REQUEST#6:b}",
                    "A 1{CHALLENGE#7:b VERIFY#8:b}",
                    "I 1{VERIFY#9:b}",
                    "A 0"], "b")
    yield alike("2 hops, the initiator makes no metadata", "ab hops=2 query-fails=ab", "ab", [],
                ends("d0000", "mechanism"), WAITING)
    for what, options in (("makes", "query-fails=ab"), ("takes", "exchange-fails=ab")):
        yield alike(f"2 hops, the acceptor {what} no metadata", "ab hops=2", f"ab {options}",
                    [HOPS[2][0], "A 2"], NO_MECHANISM, NOTHING_LEFT)
    yield alike("2 hops, the acceptor is given other metadata", "ab hops=2 metadata=other",
                "ab", [HOPS[2][0], "A 2"], NO_MECHANISM, NOTHING_LEFT)


# The acceptor's A fails on the optimistic token, which is as if it had not come; the
# initiator begins anew with the same A.
RETRIED = [HOPS[2][0], "A 1x{NEGO#4:ab META#5:a META#6:b}", "I 1{AP_REQUEST#7:a}"]


def failures():
    yield alike("2 hops, nothing in common", "a hops=2", "b",
                ["I x{NEGO#0:a META#1:a AP_REQUEST#2:a}", "A 2"], NO_MECHANISM, NOTHING_LEFT)
    yield alike("2 hops, the acceptor has no NegoEx", "ab hops=2", "ab negoex=",
                [BARE[2][0], "A 2"], NO_MECHANISM, NO_MECHANISM, bare=True)
    for number in 2, 3:
        yield alike(f"{hops(number)}, the acceptor's A fails at once", f"ab hops={number}",
                    "ab fails=1", [*RETRIED, "A 2"], REJECTED, FAILED)
    yield alike("1 hop, the acceptor's A fails at once: ALERT", "ab hops=1", "ab fails=1", [
        HOPS[1][0], "A 1x{NEGO#5:ab META#6:a META#7:b ALERT#8:a}",
        "I 1{AP_REQUEST#9:a VERIFY#10:a}", "A 2"], REJECTED, FAILED)
    for number in 3, 4:
        yield alike(f"{hops(number)}, the acceptor's A fails in its second step",
                    f"ab hops={number}", "ab fails=2", [*HOPS[number][:3], "A 2"], REJECTED,
                    FAILED)
    yield alike("3 hops, the initiator's A fails in its second step", "ab hops=3 fails=2", "ab",
                [*HOPS[3][:2], "I 2"], FAILED, TOLD, ACCEPTOR_WAITS)


def differences():
    """Where our side does not do what MIT's does."""
    # MIT's acceptor offers what it has not tried to begin; ours begins all, and offers B.
    yield flow("2 hops, the acceptor's A cannot start", "ab hops=2", "ab absent=a", {
        OURS_MIT: (" | ".join([*RETRIED, "A 2"]), "rejected - mic:no/no", "100000 -"),
        MIT_OURS: (" | ".join(ONLY_B[2]), "0 b", well("b")["ours"]),
        MIT_MIT: (" | ".join([*RETRIED, "A 2"]), "d0000 -", "100000 -"),
    })
    # MIT's acceptor puts its mechanism's error token into a CHALLENGE and waits; ours
    # says reject beside it.  MIT's initiator answers what it cannot use with a reject.
    told = " | ".join([*RETRIED, "A 1{CHALLENGE#8:aE}", "I 2", "A 2", "not taken"])
    yield flow("2 hops, the acceptor's A fails and says why", "ab hops=2",
               "ab fails=1 says-why=1", {
                   OURS_MIT: (told, "mechanism - mic:no/no", "90000 -"),
                   MIT_OURS: (" | ".join([*RETRIED, "A 2{CHALLENGE#8:aE}", "I 2", "not taken"]),
                              "90000 -", "mechanism - mic:no/no"),
                   MIT_MIT: (told, "90000 -", "90000 -"),
               })
    # MIT's initiator, finished, answers the error token with an empty accept-incomplete.
    told = " | ".join([*HOPS[3][:3], "A 1{CHALLENGE#10:aE}"])
    yield flow("3 hops, the acceptor's A fails in its second step and says why", "ab hops=3",
               "ab fails=2 says-why=1", {
                   OURS_MIT: (told + " | I 2 | A 2 | not taken", "malformed - mic:no/no",
                              "90000 -"),
                   MIT_OURS: (" | ".join([*HOPS[3][:3], "A 2{CHALLENGE#10:aE}"]), "90000 -",
                              "mechanism - mic:no/no"),
                   MIT_MIT: (told + " | I 1 | A 1 | I 2 | not taken", "90000 -", "90000 -"),
               })
    # MIT's initiator throws its mechanism's error token away.
    shape = " | ".join(HOPS[3][:2])
    yield flow("3 hops, the initiator's A fails in its second step and says why",
               "ab hops=3 fails=2 says-why=1", "ab", {
                   OURS_MIT: (shape + " | I 2{AP_REQUEST#8:aE} | A 2 | not taken",
                              "mechanism - mic:no/no", "90000 -"),
                   MIT_OURS: (shape + " | I 2", "d0000 -", "rejected - mic:no/no"),
                   MIT_MIT: (shape + " | I 2 | A 2 | not taken", "d0000 -", "90000 -"),
               })


FLOWS = [*wrong_mics_and_bindings(), *no_keys(), *no_metadata(), *failures(), *differences()]
