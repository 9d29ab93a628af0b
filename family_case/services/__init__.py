"""Use cases, one family per file: each validates, changes through the vault's one door, and returns what it touched."""
