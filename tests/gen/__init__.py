"""Tests of the generator: python3 -m unittest discover -s tests/gen -t ."""
