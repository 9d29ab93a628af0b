"""The case manager without its window: model, vault, services, paper and command line."""

__version__ = "0.1.0"
