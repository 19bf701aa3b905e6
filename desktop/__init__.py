"""Despatch: reading board packs offline, from a store nobody else can open."""

__version__ = "0.1.0"
