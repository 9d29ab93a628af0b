"""Tests of the store: a real encrypted database, one write path, a journal that tells."""
