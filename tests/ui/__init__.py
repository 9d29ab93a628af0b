"""Real windows, real vaults: what a caseworker sees and does."""
