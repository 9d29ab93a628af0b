"""Tables over many rows."""
