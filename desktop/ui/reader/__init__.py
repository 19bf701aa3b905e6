"""The canvas: the pack as one continuous book."""
