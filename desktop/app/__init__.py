"""The composition root: builds window, screens, store and workers, and lets them know of each other."""
