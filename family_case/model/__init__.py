"""Frozen facts and their enumerations: one noun per file, no storage, no screen."""
