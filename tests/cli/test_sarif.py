"""SARIF 2.1.0: the members that the standard wants, and where results point."""

import base64
import json
import os
import subprocess
import unittest
from urllib.parse import unquote_to_bytes

from tests.cli import support, tokens

PADDED = tokens.COMPLETED + b"\0"
TEXT = {"text": str}

# What the standard says of the objects that are used here: each member with its type or its
# own members; "!" marks those that must be there.  No other member may be.
REGION = {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1, "byteOffset": 0,
          "byteLength": 0}
LOCATION = {"physicalLocation": {"artifactLocation!": {"uri!": str}, "region": REGION},
            "logicalLocations": [{"fullyQualifiedName!": str}]}
RULE = {"id!": str, "name!": str, "shortDescription!": TEXT, "fullDescription!": TEXT,
        "help!": TEXT, "defaultConfiguration!": {"level!": str}, "properties": dict}
RESULT = {"ruleId!": str, "ruleIndex!": 0, "level!": str, "message!": TEXT,
          "locations!": [LOCATION], "properties": dict}
NOTIFICATION = {"level!": str, "message!": TEXT, "locations!": [LOCATION]}
RUN = {"tool!": {"driver!": {"name!": str, "version!": str, "rules!": [RULE]}},
       "columnKind!": str, "results!": [RESULT],
       "invocations!": [{"executionSuccessful!": bool,
                         "toolExecutionNotifications": [NOTIFICATION]}]}
LOG = {"$schema!": str, "version!": str, "runs!": [RUN]}


def check(value, shape, path="log"):
    """Compares a value with what the standard says of it; a number is the least allowed."""
    if isinstance(shape, type):
        assert isinstance(value, shape), path
    elif isinstance(shape, int):
        assert isinstance(value, int) and value >= shape, path
    elif isinstance(shape, list):
        assert isinstance(value, list), path
        for index, item in enumerate(value):
            check(item, shape[0], f"{path}[{index}]")
    else:
        members = {name.rstrip("!"): kind for name, kind in shape.items()}
        missing = {name[:-1] for name in shape if name.endswith("!")} - set(value)
        assert not missing, (path, missing)
        for name, item in value.items():
            assert name in members, (path, name)
            check(item, members[name], f"{path}.{name}")


def run(*args, status=None, **more):
    """The only run in a document that is sound."""
    said = support.run("--format", "sarif", *args, **more)
    log = said.object()
    check(log, LOG)
    assert log["version"] == "2.1.0" and status in (None, said.status)
    return log["runs"][0]


def region(result):
    (location,) = result["locations"]
    return location["physicalLocation"].get("region")


def uri(thing):
    (location,) = thing["locations"]
    return location["physicalLocation"]["artifactLocation"]["uri"]


class Documents(unittest.TestCase):
    maxDiff = None

    def test_nothing_found(self):
        found = run(stdin=tokens.COMPLETED_HEX, status=0)
        self.assertEqual(found["results"], [])
        self.assertEqual(found["invocations"], [{"executionSuccessful": True}])

    def test_one_result(self):
        found = run("--from", "raw", stdin=tokens.OFFER)
        self.assertEqual(found["results"][1], {
            "ruleId": "SPN2007", "ruleIndex": found["results"][1]["ruleIndex"],
            "level": "warning",
            "message": {"text": "reqFlags is present; senders leave it out"},
            "locations": [{
                "physicalLocation": {"artifactLocation": {"uri": "standard%20input"},
                                     "region": {"byteOffset": 41, "byteLength": 6}},
                "logicalLocations": [{"fullyQualifiedName": "NegTokenInit.reqFlags"}]}],
            "properties": {"octetOffset": 41, "octetLength": 6}})

    def test_one_document_for_all_inputs(self):
        folder = support.scratch(self)
        for name, text in (("a", PADDED.hex()), ("b", tokens.CUT_HEX), ("c", "60 0"),
                           ("d", PADDED.hex())):
            (folder / name).write_text(text, "ascii")
        found = run("a", "b", "c", "nowhere", "d", cwd=folder, status=2)
        self.assertEqual([(uri(result), result["ruleId"]) for result in found["results"]],
                         [("a", "SPN1005"), ("b", "SPN1001"), ("d", "SPN1005")])
        (invocation,) = found["invocations"]
        self.assertFalse(invocation["executionSuccessful"])
        first, second = invocation["toolExecutionNotifications"]
        self.assertEqual((uri(first), uri(second)), ("c", "nowhere"))
        self.assertEqual(second["message"], {"text": "No such file or directory"})
        self.assertEqual(region(first), {"startLine": 1, "startColumn": 4})
        self.assertIsNone(region(second))

    def test_quiet(self):
        self.assertEqual(support.run("--format", "sarif", "-q", stdin=tokens.CUT_HEX),
                         (1, "", ""))

    def test_never_coloured(self):
        said = support.run_on_terminal("--format", "sarif", "--color", "always",
                                       stdin=tokens.CUT_HEX.encode())
        check(said.object(), LOG)


class Rules(unittest.TestCase):
    def test_are_all_findings(self):
        known = support.run("--list-findings", "--format", "json").object()
        for profile in ("interop", "strict"):
            found = run("--profile", profile, stdin=tokens.COMPLETED_HEX)
            rules = found["tool"]["driver"]["rules"]
            self.assertEqual([(rule["id"], rule["name"], rule["shortDescription"]["text"],
                               rule["fullDescription"]["text"],
                               rule["defaultConfiguration"]["level"], rule["properties"]["source"])
                              for rule in rules],
                             [(entry["code"], entry["name"], entry["title"], entry["why"],
                               entry["severity"][profile], entry["source"]) for entry in known])
            for rule, entry in zip(rules, known):
                for key in ("bad", "good", "repair"):
                    self.assertIn(entry[key].split()[0], rule["help"]["text"])

    def test_results_refer_to_them(self):
        for profile in ("interop", "strict"):
            for octets in (tokens.OFFER, tokens.NAKED, tokens.COMPLETED[:-1], PADDED):
                found = run("--from", "raw", "--profile", profile, stdin=octets)
                self.assertTrue(found["results"])
                for result in found["results"]:
                    rule = found["tool"]["driver"]["rules"][result["ruleIndex"]]
                    self.assertEqual(rule["id"], result["ruleId"])
                    self.assertEqual(rule["defaultConfiguration"]["level"], result["level"])


class Regions(unittest.TestCase):
    """The octets of the file that a region names are those that the finding is about."""

    EXAMPLES = (tokens.OFFER, tokens.NAKED, PADDED, tokens.OFFER[:50], tokens.NEGOEX_OFFER[:90])

    def results(self, text, *args):
        found = run(*args, stdin=text)["results"]
        self.assertTrue(found)
        return [(region(result), result["properties"]["octetOffset"],
                 result["properties"]["octetLength"]) for result in found]

    def assertLines(self, text, place):
        """Lines and columns name the same characters as octets do."""
        end = place["byteOffset"] + place["byteLength"]
        for line, column, off in (("startLine", "startColumn", place["byteOffset"]),
                                  ("endLine", "endColumn", end)):
            before = text[:off].decode()
            self.assertEqual((place[line], place[column]),
                             (before.count("\n") + 1, len(before) - before.rfind("\n")))

    def test_raw(self):
        for octets in self.EXAMPLES:
            for place, off, length in self.results(octets, "--from", "raw"):
                self.assertEqual(place, {"byteOffset": off, "byteLength": length})

    def test_hex(self):
        for octets in self.EXAMPLES:
            for text in (octets.hex(), octets.hex(" ", 4), octets.hex("\n", 7),
                         "# \u00e4\u00f6\n" + octets.hex(" ")):
                for place, off, length in self.results(text.encode(), "--from", "hex"):
                    begin, end = place["byteOffset"], place["byteOffset"] + place["byteLength"]
                    self.assertEqual(bytes.fromhex(text.encode()[begin:end].decode()),
                                     octets[off:off + length])
                    self.assertLines(text.encode(), place)

    def test_base64(self):
        for octets in self.EXAMPLES:
            text = base64.encodebytes(octets)
            for place, off, length in self.results(text, "--from", "base64"):
                symbols = text[:place["byteOffset"]].replace(b"\n", b"")
                self.assertEqual(len(symbols), off // 3 * 4 + off % 3)
                self.assertLines(text, place)
                inside = text[place["byteOffset"]:place["byteOffset"] + place["byteLength"]]
                # Symbols have six bits; a part of the first may belong to the octet before.
                self.assertIn(len(inside.replace(b"\n", b"")) * 6 - 8 * length, range(12))

    def test_utf16(self):
        text = ("\n" + PADDED.hex("\n")).encode("utf-16")
        ((place, off, length),) = self.results(text, "--from", "hex")
        self.assertEqual((off, length), (9, 1))
        self.assertEqual(place, {"startLine": 11, "startColumn": 1, "endLine": 11, "endColumn": 3,
                                 "byteOffset": 2 + 2 * (1 + 9 * 3), "byteLength": 4})

    def test_lines_have_no_offset_in_the_file(self):
        text = f"{tokens.COMPLETED_HEX}\n{PADDED.hex()}\n"
        ((place, _, _),) = self.results(text, "--lines", "--from", "hex")
        self.assertEqual(place, {"startLine": 2, "startColumn": 19, "endLine": 2,
                                 "endColumn": 21})

    def test_id_column(self):
        found = run("--lines", "--id-column", "1", stdin=f"an id\t{PADDED.hex()}\n")
        (result,) = found["results"]
        self.assertEqual(result["properties"]["id"], "an id")


class Names(unittest.TestCase):
    NAMES = (b"a b", b"100%", b'"quoted\'', b"a:1", b"#?[]", b"\xff\xfe", b"two\nlines",
             "\u00fc".encode())

    def test_are_percent_encoded(self):
        folder = support.scratch(self)
        for name in self.NAMES:
            with open(os.path.join(os.fsencode(folder), name), "wb") as file:
                file.write(PADDED)
            for path in (name, os.path.join(os.fsencode(folder), name)):
                with self.subTest(path):
                    (result,) = run("--from", "raw", path, cwd=folder)["results"]
                    self.assertRegex(uri(result), r"\A(file://)?[A-Za-z0-9%._~/-]+\Z")
                    self.assertEqual(unquote_to_bytes(uri(result)),
                                     b"file://" * path.startswith(b"/") + path)

    def test_of_what_is_not_there(self):
        (notification,) = run(b"\xff %")["invocations"][0]["toolExecutionNotifications"]
        self.assertEqual(uri(notification), "%FF%20%25")


class Memory(unittest.TestCase):
    def test_does_not_grow_with_the_inputs(self):
        count = 20000
        text = f"{PADDED.hex()}\n{tokens.COMPLETED_HEX}0\n".encode() * (count // 2)
        done = subprocess.run(
            ["sh", "-c", 'ulimit -v 32000 && exec "$0" "$@"', str(support.TOOL), "--format",
             "sarif", "--lines", "--from", "hex"], input=text, check=False, timeout=support.HANG,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=support.environment())
        self.assertEqual(done.returncode, 2)
        (found,) = json.loads(done.stdout)["runs"]
        self.assertEqual(len(found["results"]), count // 2)
        (invocation,) = found["invocations"]
        self.assertEqual(len(invocation["toolExecutionNotifications"]), count // 2)

    def test_without_enough_there_is_no_half_of_a_document(self):
        lacked = 0
        for size in range(8000, 13000, 200):
            done = subprocess.run(
                ["sh", "-c", 'ulimit -v "$1" && exec "$0" --format sarif --from hex',
                 str(support.TOOL), str(size)], input=tokens.COMPLETED_HEX.encode(), check=False,
                capture_output=True, timeout=support.HANG, env=support.environment())
            if done.stderr == b"spnego-check: no memory for the report\n":
                self.assertEqual((done.returncode, done.stdout), (2, b""), size)
                lacked += 1
            elif done.returncode == 0:
                self.assertEqual(len(json.loads(done.stdout)["runs"]), 1)
        if lacked == 0:
            self.skipTest("memory lacks elsewhere first")


class Conversations(unittest.TestCase):
    def test_turns(self):
        text = f"I {tokens.OFFER.hex()}\n# the answer\nA {PADDED.hex()}\n"
        found = run("--conversation", stdin=text)["results"]
        padding = [result for result in found if result["ruleId"] == "SPN1005"]
        self.assertEqual([(region(result), result["properties"]["turn"],
                           result["properties"]["side"]) for result in padding],
                         [({"startLine": 3}, 2, "acceptor")])


if __name__ == "__main__":
    unittest.main()
