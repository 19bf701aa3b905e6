"""Packs on this machine: where they come from, how they are taken in, what is on the shelf."""
