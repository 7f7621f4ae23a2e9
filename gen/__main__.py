"""python3 -m gen [--root DIR] --out DIR [--check]

Reads asn1/, negoex-schema/, runtime/findings.toml and docs/spnego-check.1.in
below --root, writes C and documentation below --out.  A file that would not
change is not touched.  With --check nothing is written: the exit status is 1 if
anything is stale.
"""

import argparse
import sys
from pathlib import Path

from . import (asn1_front, check, emit_decode, emit_der, emit_docs, emit_explain, emit_findings,
               emit_fixed, emit_man, emit_pages, emit_reflect, emit_types, findings_front,
               schema_front)
from .source import Loc, Refusal, read

SPNEGO = "asn1/spnego.asn1"
MECHANISMS = "asn1/mechanisms.asn1"
# What spnego-check reads inside a mechanism's token, with the prefix of C names.
INSPECTED = {"asn1/kerberos.asn1": "kerberos", "asn1/iakerb.asn1": "kerberos",
             "asn1/pku2u.asn1": "pku2u"}
NEGOEX = "negoex-schema/negoex.schema"
FINDINGS = "runtime/findings.toml"
MANUAL = "docs/spnego-check.1.in"


class Sources:
    """The sources that were read, so that a refusal can show its line."""

    def __init__(self, root):
        self.root = root
        self.read = {}

    def get(self, file):
        self.read[file] = read(self.root, file)
        return self.read[file]


def generate(sources):
    """Returns the generated texts by file name.  Writes nothing."""
    findings = findings_front.read_findings(sources.get(FINDINGS))
    asn1 = [check.check(asn1_front.read_module(sources.get(file), sources.root / file), findings)
            for file in (SPNEGO, MECHANISMS)]
    spnego, mechanisms = asn1
    negoex = check.check(schema_front.read_module(sources.get(NEGOEX)), findings)
    if not negoex.header:
        raise Refusal(Loc(NEGOEX, 1, 1), "a schema without a header")
    files = {
        "include/spnego/token.h": emit_types.emit(spnego, mechanisms),
        "include/spnego/negoex.h": emit_types.emit(negoex),
        "include/spnego/findings.h": emit_findings.emit_header(findings),
        "docs/spnego.md": emit_docs.emit_module(spnego),
        "docs/mechanisms.md": emit_docs.emit_module(mechanisms),
        "docs/negoex.md": emit_docs.emit_module(negoex),
        "explanations.c": emit_explain.emit(findings),
        "spnego-check.1": emit_man.emit(sources.get(MANUAL), findings),
        **emit_pages.emit(findings),
    }
    files["token_codec.h"], files["token_codec.c"] = emit_der.emit(spnego)
    files["negoex_codec.h"], files["negoex_codec.c"] = emit_fixed.emit(negoex, findings)
    files["finding_texts.h"], files["finding_texts.c"] = emit_findings.emit_tables(findings)
    files["reflect.h"], files["reflect.c"] = emit_reflect.emit(
        [spnego, negoex], mechanisms.constants, negoex.constants)
    files.update(inspected(sources, findings))
    return files


def inspected(sources, findings):
    """The decoders that are no part of the library."""
    modules = [check.check(asn1_front.read_module(sources.get(file), sources.root / file, prefix),
                           findings) for file, prefix in INSPECTED.items()]
    files = {}
    for module in modules:
        files[f"include/inspect/{module.stem}.h"] = emit_types.emit(module)
        files[f"inspect/{module.stem}_codec.c"] = emit_decode.emit(module)
        files[f"docs/{module.stem}.md"] = emit_docs.emit_module(module)
    (files["inspect/names.h"], files["include/inspect/value_names.h"],
     files["inspect/names.c"]) = emit_reflect.emit_inspected(modules)
    return files


def stale(out, files):
    """The files below `out` that are not as they should be."""
    def is_stale(name, text):
        path = out / name
        return not path.is_file() or path.read_bytes() != text.encode("ascii")

    return [name for name, text in files.items() if is_stale(name, text)]


def write(out, files, names):
    for name in names:
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_name(path.name + ".new")
        half.write_bytes(files[name].encode("ascii"))
        half.replace(path)


def main(argv):
    parser = argparse.ArgumentParser(prog="python3 -m gen", description="Schemas to C.")
    parser.add_argument("--root", type=Path, default=Path(__file__).parent.parent,
                        help="where asn1/, negoex-schema/, runtime/ and docs/ are")
    parser.add_argument("--out", type=Path, required=True, help="where to write")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if stale")
    options = parser.parse_args(argv)
    sources = Sources(options.root)
    try:
        files = generate(sources)
    except Refusal as refusal:
        source = sources.read.get(refusal.loc.file)
        print(source.show(refusal) if source else f"{refusal.loc}: error: {refusal.message}",
              file=sys.stderr)
        return 1
    names = stale(options.out, files)
    if options.check:
        for name in names:
            print(f"{options.out / name}: stale: run make gen", file=sys.stderr)
        return 1 if names else 0
    write(options.out, files, names)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
