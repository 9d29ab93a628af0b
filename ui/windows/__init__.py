"""The windows: first run, unlock, and the frame around the pages."""
