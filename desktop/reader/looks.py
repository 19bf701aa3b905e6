"""How a kept place says that the pages were looked at."""

from dataclasses import replace

from desktop.reader.history import Place
from desktop.reader.layout import Fit, Mode
from desktop.reader.viewport import View


def mode_of(place: Place) -> Mode:
    """How pages followed each other; continuously where another release kept what this one does not know."""
    return Mode(place.mode) if place.mode in set(Mode) else Mode.CONTINUOUS


def fit_of(place: Place) -> Fit:
    """What the zoom followed; the width where that is not known."""
    return Fit(place.fit) if place.fit in set(Fit) else Fit.WIDTH


def fitted(view: View, fit: Fit) -> View:
    """The view at the zoom that its fit wants."""
    return replace(view, zoom=view.fit_page() if fit is Fit.PAGE else view.fit_width()) if fit else view
