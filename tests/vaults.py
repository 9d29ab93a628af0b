"""Fixtures about vaults, loaded by pytest as a plugin."""
