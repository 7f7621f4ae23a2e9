"""The generator: schemas in, C and documentation out.

Read in this order: source, lexer, asn1_front or schema_front, ir, check,
names, then the back ends emit_*.  __main__ runs them.
"""
