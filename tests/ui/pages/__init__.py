"""Each page in the real window over a real vault."""
