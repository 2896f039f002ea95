"""Measures what the program understands on held-out sentences and writes it down (docs/evaluation, `make evaluate`).

Needs the packages of development. Nothing of the running program imports it.
"""
