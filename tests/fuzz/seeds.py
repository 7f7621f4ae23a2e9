"""Seeds for the fuzzer: seeds.py FOLDER.

For `negoex` honest conversations, and what meddling does to some.  For `codec` the vectors of tests/vectors.  For `negotiate` honest negotiations in
many configurations, and the vectors given raw to either side.  For `import`
negotiations that are cut at each place.  The layouts are told in sides_read.c,
negotiate.c and import.c."""

import itertools
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

MOST = 1024  # octets in an input; run.sh says so too

DELIVER, RUN, MOVE, TAKE_MECH, HINT, ASK_HINT, FIELD = range(7)
FLIP, CUT, APPEND, DROP, SWAP, REPLAY, SPLIT, STRIP, RAW = range(7, 16)
INITIATOR, ACCEPTOR = 0, 1


def op(code, role, *arguments):
    return bytes([code << 1 | role, *arguments])


def vector(path):
    """The octets of an annotated vector: behind the first empty line, without comments,
    with its repeats, ( 06 01 2a ) * 65."""
    text = path.read_text(encoding="utf-8").split("\n\n", 1)[1]
    digits = " ".join(line.partition("#")[0] for line in text.splitlines())
    return bytes.fromhex(re.sub(r"\(([^)]*)\) *\* *(\d+)",
                                lambda found: found[1] * int(found[2]), digits))


def config(offers=(3, 3), orders=(0, 0), hops=1, flags=0x80, **more):
    """The twelve octets of sides_read.c, which tells the names."""
    return bytes([flags | offers[0] - 1 | offers[1] - 1 << 2, *orders,
                  more.get("mic", 0) | hops - 1, more.get("floor", 0), more.get("mechs", 0),
                  more.get("odd", 0), more.get("fails", 0), more.get("tolerate", 0x11),
                  more.get("fail_at", 0), more.get("rest", 0), more.get("pieces", 0)])


def configs():
    for hops in range(1, 5):
        for orders in ((0, 0), (6, 0), (0, 6), (12, 1), (3, 20)):
            for flags in (0x80, 0x90, 0xa0):
                for more in ({}, {"mic": 0x18}, {"mechs": 0xf0}, {"mechs": 0x0f},
                             {"pieces": 1}, {"tolerate": 0xff}, {"fails": 0x22},
                             {"fail_at": 9}):
                    yield config(orders=orders, hops=hops, flags=flags, **more)


def negotiate():
    deliver = b"".join(op(DELIVER, i % 2) for i in range(8))
    moving = b"".join(op(DELIVER, i % 2) + op(MOVE, i % 2) for i in range(8))
    hinted = op(ASK_HINT, ACCEPTOR) + op(HINT, INITIATOR, 0) + op(RUN, 0)
    for policy, floor, order, count in itertools.product((0x20, 0x40), range(4), (1, 2, 3, 6),
                                                         (1, 2, 3)):
        yield config(offers=(3, count), orders=(0, order), hops=2, mic=policy,
                     floor=floor) + hinted
    for start in configs():
        yield start + deliver
    for start in list(configs())[::3]:
        yield start + moving + op(TAKE_MECH, 0) + op(TAKE_MECH, 1)
        yield start + op(DELIVER, 0) + op(FIELD, 1, 0, 2, 1, 0) + deliver
        yield start + op(DELIVER, 0) + op(STRIP, 1) + deliver
        yield start + op(DELIVER, 0) + op(DELIVER, 1) + op(FIELD, 0, 0, 3) + deliver
        yield start + op(DELIVER, 0) + op(DELIVER, 1) + op(FIELD, 0, 1, 2) + deliver
        yield start + op(DELIVER, 0) + op(SPLIT, 1, 9) + deliver
        yield start + deliver[:2] + op(REPLAY, 1, 0) + op(DROP, 0) + deliver
    for path in sorted((ROOT / "tests/vectors").glob("*/*.hex")):
        octets = vector(path)
        if len(octets) < 256:
            for role in INITIATOR, ACCEPTOR:
                yield config() + op(DELIVER, 0) * role + op(RAW, role, len(octets)) + octets


def imports():
    """The configuration, how many tokens go before, whose state; then edits of it."""
    for start in list(configs())[::55]:
        for tokens in range(5):
            for role in INITIATOR, ACCEPTOR:
                yield start + bytes([tokens << 1 | role, 0])
                for member, value in itertools.product(range(24), (0, 1)):
                    yield start + bytes([tokens << 1 | role, 1, 1, member, value])


def codec():
    for path in sorted((ROOT / "tests/vectors").glob("*/*.hex")):
        octets = vector(path)
        if len(octets) <= MOST:
            yield octets


def negoex():
    """Seven octets of negoex_sides.c, then operations of negoex_meddle.h."""
    deliver, greet, mend = bytes([0, 1]) * 4, b"\x05", 0x80
    remove, repeat, swap, insert, replay, heads, turn = (code << 1 for code in range(5, 12))
    for offers, flow, orders, hops, keys in itertools.product(
            (0x0, 0x1, 0x5, 0xa), (0x80, 0x90, 0xa0, 0xc0, 0xe0), (0x00, 0x02, 0x20), range(4),
            (0x00, 0x08, 0x30)):
        start = bytes([flow | offers, orders, 0x18 | hops, keys, 0, 0, 0])
        start += greet if keys == 0x30 else b""
        yield start + deliver
        if flow != 0x80 or keys or offers == 0x1 or orders == 0x02 or hops == 1:
            continue
        for token in range(4):
            before, role = deliver[:token + 1], (token + 1) % 2
            for code, at in itertools.product((remove, repeat, swap), range(5)):
                yield start + before + bytes([code | role, mend | at]) + deliver
            for at, kind in itertools.product((1, 4, 5, 6), range(8)):
                yield start + before + bytes([insert | role, mend | at, 0x20 | kind]) + deliver
            for code in (replay, heads, turn):
                yield start + before + bytes([code | role, 0, heads | role]) + deliver


def main():
    folder = pathlib.Path(sys.argv[1])
    for name, seeds in ("negotiate", negotiate), ("import", imports), ("codec", codec), \
            ("negoex", negoex):
        (folder / name).mkdir(parents=True, exist_ok=True)
        for number, octets in enumerate(seeds()):
            (folder / name / f"{number:04}").write_bytes(octets)


if __name__ == "__main__":
    main()
