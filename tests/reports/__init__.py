"""Paper, read back as a reader would."""
