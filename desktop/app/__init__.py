"""The composition root: builds window, screens, store and workers, and lets them know of each other."""

from desktop.app.application import Application, run

__all__ = ["Application", "run"]
