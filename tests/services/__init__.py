"""The services, through a real vault."""
