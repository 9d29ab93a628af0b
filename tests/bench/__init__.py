"""Figures: what the program takes, as ratios against a floor measured in the same run (`python3 -m tests.bench`)."""
