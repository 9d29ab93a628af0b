"""The tests: they mirror the tree, and `python3 -m tests` runs them with every guard of the house."""
