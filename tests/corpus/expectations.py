"""The manifests' words in the words of spnego-check.

A difference is a sentence such as "verdict: malformed, ours warning"; together
with a path it names one disagreement, in disagreements.tsv too.
"""

FLAGS = ("delegFlag", "mutualFlag", "replayFlag", "sequenceFlag", "anonFlag", "confFlag",
         "integFlag")
STATES = ("accept-completed", "accept-incomplete", "reject", "request-mic")
MESSAGES = ("INITIATOR_NEGO", "ACCEPTOR_NEGO", "INITIATOR_META_DATA", "ACCEPTOR_META_DATA",
            "CHALLENGE", "AP_REQUEST", "VERIFY", "ALERT")
TOKENS = ("NegTokenInit", "NegTokenInit2", "NegTokenResp")
KINDS = {"raw NTLMSSP": "NTLMSSP", "raw krb5": "Kerberos", "raw GSS": "GSS",
         "NegoEx messages": "NegoEx", "unrecognised": "unknown"}

SOUND = ("valid", "warning")
VERDICTS = {  # word: (in the interop profile, in the strict one)
    "valid": (SOUND, SOUND),
    "valid-mutated": (SOUND, SOUND),
    "nonDER": (("warning",), ("invalid",)),
    "semantic": (("warning", "invalid"), ("warning", "invalid")),
    "malformed": (("invalid",), ("invalid",)),
    "truncated": (("invalid",), ("invalid",)),
    "opaque": (("valid", "warning", "invalid"), ("valid", "warning", "invalid")),
}
WITH_FIELDS = ("valid", "valid-mutated", "nonDER", "semantic", "opaque")


def kind(word):
    """The manifest's kind in our words."""
    return next((ours for theirs, ours in KINDS.items() if word.startswith(theirs)), word)


def flags(octets):
    """The names of the bits in a BIT STRING's contents, such as "01f6"."""
    content = bytes.fromhex(octets)[1:]
    bits = [bit for bit in range(8 * len(content)) if content[bit // 8] >> (7 - bit % 8) & 1]
    return [FLAGS[bit] if bit < len(FLAGS) else f"bit{bit}" for bit in bits]


def oids(values):
    return [value["oid"] for value in values]


def length(value):
    return value["length"]


OURS = {  # field of the manifest: its value in our report
    "framed": lambda report: int(report["framed"]),
    "thisMech": lambda report: report["token"]["thisMech"]["oid"],
    "mechTypes": lambda report: oids(report["token"]["mechTypes"]),
    "reqFlags": lambda report: report["token"]["reqFlags"],
    "mechToken": lambda report: length(report["token"]["mechToken"]),
    "mechListMIC": lambda report: length(report["token"]["mechListMIC"]),
    "negHints": lambda report: int("negHints" in report["token"]),
    "hintName": lambda report: report["token"]["negHints"]["hintName"],
    "hintAddress": lambda report: length(report["token"]["negHints"]["hintAddress"]),
    "mic4": lambda report: int("mechListMIC" in report["token"]),
    "negState": lambda report: report["token"]["negState"],
    "supportedMech": lambda report: report["token"]["supportedMech"]["oid"],
    "responseToken": lambda report: length(report["token"]["responseToken"]),
    "types": lambda report: [message["type"] for message in report["token"].get("negoex", [])],
}
THEIRS = {  # how the manifest writes what we write otherwise
    "reqFlags": flags,
    "negState": lambda number: STATES[number],
    "types": lambda numbers: [MESSAGES[number] for number in numbers],
}
SHOWN = {"negHints", "mechTypes", "reqFlags", "thisMech", "mechToken", "mechListMIC", "negState",
         "supportedMech", "responseToken", "supportedMechs"}  # what only stands if it is there


def field_differences(fields, report):
    """What the SPNEGO layer holds, by the manifest and by our report."""
    for name, value in fields.items():
        if name == "kind":  # stands in a column of its own
            continue
        theirs = THEIRS.get(name, lambda same: same)(value)
        try:
            ours = OURS[name](report)
        except (KeyError, TypeError):
            ours = None
        if ours != theirs:
            yield f"{name} differs"
    if "kind" in fields:  # a SPNEGO token, of which everything is listed
        for name in sorted(SHOWN & report["token"].keys() - fields.keys()):
            if not (name == "mechListMIC" and "mic4" in fields):
                yield f"{name} is not in the manifest"


def differences(row, interop, strict):
    """Where one row of the corpus' manifest and our two reports disagree."""
    allowed, allowed_strict = VERDICTS[row["verdict"]]
    if interop["verdict"] not in allowed:
        yield f"verdict: {row['verdict']}, ours {interop['verdict']}"
    if strict["verdict"] not in allowed_strict:
        yield f"verdict: {row['verdict']}, ours in strict {strict['verdict']}"
    if interop["kind"] != kind(row["kind"]):
        yield f"kind: {row['kind']}, ours {interop['kind']}"
    if row["verdict"] == "opaque" and interop["kind"] in TOKENS:
        yield f"opaque, but ours {interop['kind']}"
    if row["verdict"] in WITH_FIELDS:
        yield from field_differences(row["fields"], interop)
