"""The tests.  tests/README.md says which suite answers which question."""
