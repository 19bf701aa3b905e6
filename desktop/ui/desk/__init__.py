"""The secretary's screens: what is on the desk, a meeting being prepared, and the people it goes to."""
