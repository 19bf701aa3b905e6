"""Marks made by a reader: anchors and the notebook."""
