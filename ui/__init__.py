"""The window: the only part that knows Qt. It asks services and shows what they answer."""
