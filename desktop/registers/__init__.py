"""Registers read out of a body's papers: what was decided, what is to be done, how risks stand, what is asked."""
