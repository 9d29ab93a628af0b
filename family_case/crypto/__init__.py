"""The room of keys: the only importer of argon2, nacl and keyring.

From a passphrase to a key (kdf), from the root key to all others (keys), the header that seals the root (layout, slots,
header), and the words of a generated passphrase (phrases).
"""
