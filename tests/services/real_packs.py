"""The packs as they are published, read once for all tests."""

from rules_engine.packs import load

PACKS = load()
