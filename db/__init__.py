"""The encrypted store: knows no screen, no pack format, no PDF."""
