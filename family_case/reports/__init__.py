"""Paper: a dossier becomes PDF bytes; the only room that knows reportlab. It adds nothing and decides nothing."""
