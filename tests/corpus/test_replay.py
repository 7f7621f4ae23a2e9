"""Recorded conversations, once more with this library in the place of each side.

replay.c takes part, with SPNEGO_TOLERATE_INTEROP; what it says is compared with what
was said, to the octet.  A difference stands in replay_differences.tsv with the reason
why ours is right or as right, or it fails; so does a line there that is not needed.

    python3 -m tests.corpus.test_replay --table    what was compared, and how it went
"""

import collections
import os
import re
import shlex
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from tests.cli import support
from tests.corpus.test_corpus import CORPUS, table
from tests.corpus.test_vectors import VECTORS

HERE = Path(__file__).resolve().parent
LIST = HERE / "replay_differences.tsv"
FLAGS = ["-std=c99", "-D_POSIX_C_SOURCE=200809L", "-Wall", "-Wextra", "-Wpedantic",
         "-Wconversion", "-Wshadow", "-Werror", "-g"]
SOURCES = ["replay.c", "replay_record.c"]

# Per-message tokens after the negotiation; captures have the first of them.
AFTERWARDS = re.compile(r"raw NTLMSSP signature|raw krb5 (CFX MIC/Wrap token|Wrap\(v1\))")
OPENING = re.compile(r"NegTokenInit|raw NTLMSSP type 1|raw krb5 (DCE-style bare )?AP-REQ")


def build(folder):
    """Compiles the player, with sanitizers if the library was built with them."""
    include = [f"-I{support.ROOT / 'runtime/include'}", f"-I{support.BUILD / 'gen/include'}"]
    library, flags = support.BUILD / "libspnego.a", FLAGS
    if (support.BUILD / "san/libspnego.a").exists():
        library = support.BUILD / "san/libspnego.a"
        flags = [*FLAGS, "-fsanitize=address,undefined", "-fno-sanitize-recover=all"]
    player = folder / "replay"
    subprocess.run([*shlex.split(os.environ.get("CC", "cc")), *flags, *include,
                    *(HERE / name for name in SOURCES), library, "-o", player], check=True)
    return player


def vectors():
    """The conversations of the golden vectors: name, tokens as (I or A, hex)."""
    for path in sorted(VECTORS.rglob("*.conv")):
        lines = path.read_text("utf-8").splitlines()
        yield (path.relative_to(VECTORS).with_suffix("").as_posix(),
               [tuple(line.split()) for line in lines if line[:2] in ("I ", "A ")])


def opens_another(row, part):
    """Whether a token begins a negotiation after `part`, on the same connection."""
    kind, said = row["kind"], {before["direction"] for before in part}
    replies = [before for before in part if before["direction"] == "A"
               and before["kind"] == "NegTokenResp"]
    if row["direction"] == "A":
        return kind.startswith("NegTokenInit") and bool(part) or (
            "supportedMech=" in row["tshark"] and bool(replies))
    return bool(OPENING.match(kind)) and "I" in said


def in_turns(part):
    """`part` up to where the capture lost a token."""
    for at in range(1, len(part)):
        if part[at]["direction"] == part[at - 1]["direction"]:
            return part[:at]
    return part


def captures():
    """The conversations of the corpus, one negotiation each."""
    parts = collections.defaultdict(list)
    for row in table(CORPUS / "CONVERSATIONS.tsv"):
        of = parts[row["conv_id"].replace(" ", "_")]
        if AFTERWARDS.match(row["kind"]):
            continue
        if not of or opens_another(row, of[-1]):
            of.append([])
        of[-1].append(row)
    for name, of in parts.items():
        for number, part in enumerate(of, 1):
            yield (name if number == 1 else f"{name}#{number}",
                   [(row["direction"], (CORPUS / row["path"]).read_bytes().hex())
                    for row in in_turns(part)])


def sound(state, status):
    """Whether a negotiation may end with `status` if the record is in this `state`."""
    return {"complete": status == "ok", "cut": status in ("ok", "continue"),
            "rejected": status not in ("ok", "continue")}[state]


class Replay:
    """What came of all conversations.

    `tokens` are rows (conversation, role, place, words); `ends` are rows (conversation,
    role, state, status, tolerated, reason); "apart" and why, if it takes no part.
    """

    def __init__(self, player):
        self.talks = dict((*vectors(), *captures()))
        text = "".join(self.request(name, role) for name in self.talks
                       for role in ("initiator", "acceptor"))
        done = subprocess.run([player], input=text, text=True, capture_output=True, check=False,
                              timeout=support.HANG)
        if done.returncode != 0 or done.stderr:
            raise AssertionError(f"replay ended with {done.returncode}: {done.stderr}")
        rows = [line.split("\t") for line in done.stdout.splitlines()]
        self.tokens = [tuple(row) for row in rows if row[2] != "end"]
        self.ends = [(*row[:2], *row[3:]) for row in rows if row[2] == "end"]

    def request(self, name, role):
        lines = [f"{who} {octets}\n" for who, octets in self.talks[name]]
        return "".join([f"? {name} {role}\n", *lines, "\n"])

    def differences(self):
        """All that is not as it was recorded, as it would stand on the list."""
        yield from (row for row in self.tokens if row[3] not in ("equal", "beyond"))
        for name, role, state, status, *rest in self.ends:
            if state != "apart" and not sound(state, status):
                yield name, role, "end", f"{status}: {rest[1]}"

    def counts(self):
        """By source and role: conversations by their state, tokens by what was found."""
        counts = collections.defaultdict(collections.Counter)
        for name, role, state, *_ in self.ends:
            counts[name.split("/")[0], role][state] += 1
        for name, role, _, words in self.tokens:
            counts[name.split("/")[0], role][
                words if words in ("equal", "beyond") else "different"] += 1
        return counts

    def print_counts(self):
        columns = ("complete", "rejected", "cut", "apart", "equal", "different", "beyond")
        print(f"{'source':22} {'role':9}", *(f"{column:>9}" for column in columns))
        total = collections.Counter()
        for (source, role), count in sorted(self.counts().items()):
            total.update(count)
            print(f"{source:22} {role:9}", *(f"{count[column]:9}" for column in columns))
        print(f"{'all':32}", *(f"{total[column]:9}" for column in columns))


@unittest.skipUnless(CORPUS.is_dir() and VECTORS.is_dir(),
                     "there is no ../shared/corpus and ../shared/spec/vectors")
class Conversations(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.replay = Replay(build(support.scratch(cls)))
        cls.replay.print_counts()

    def test_differences_are_those_on_the_list(self):
        found = set(self.replay.differences())
        listed = {(row["conversation"], row["role"], row["place"], row["words"])
                  for row in table(LIST)}
        self.assertEqual(sorted(found - listed), [], "differences that are not on the list")
        self.assertEqual(sorted(listed - found), [], "on the list, but there is none")

    def test_each_difference_has_a_reason(self):
        for row in table(LIST):
            with self.subTest(row["conversation"], role=row["role"]):
                self.assertRegex(row["reason"], r"RFC 4178 \d|MS-SPNG\] \d")

    def test_every_conversation_was_taken_part_in(self):
        """As both sides; the exceptions are recorded without what that side needs."""
        self.assertEqual(len(self.replay.ends), 2 * len(self.replay.talks))
        total = sum(self.replay.counts().values(), collections.Counter())
        self.assertGreater(total["complete"], 200)
        self.assertGreater(total["equal"], 400)
        self.assertLess(total["apart"], total["complete"] / 5)

    def test_little_had_to_be_tolerated(self):
        """NegTokenResp in a frame, the two numbers of Kerberos, and no SPNEGO at all."""
        allowed = {"initiator": 0x1, "acceptor": 0x1000 | 0x10000}
        for name, role, state, *rest in self.replay.ends:
            if state != "apart":
                with self.subTest(name, role=role):
                    self.assertEqual(int(rest[1], 16) & ~allowed[role], 0)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        REPLAY = Replay(build(Path(folder)))
    if "--table" in sys.argv:
        for line in (*REPLAY.tokens, *REPLAY.ends):
            print(*line, sep="\t")
    REPLAY.print_counts()
