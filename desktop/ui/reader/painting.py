"""How the book is painted: pages as sharp as they are here, everything else laid over them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop.annotations.anchor import Quad
from desktop.packs.book import BookPage
from desktop.reader.cells import Patch, strips_in
from desktop.reader.lines import TextPage
from desktop.reader.needs import need_is_here, tiles
from desktop.reader.selection import Selection, boxes_on
from desktop.reader.viewport import PageBox, View
from desktop.ui.kit.theme import Theme
from desktop.ui.reader.flash import Flash
from desktop.ui.reader.marks import Marks, place
from desktop.ui.reader.notice import draw_notice, lay_out
from desktop.ui.reader.page_lights import LightsOf, draw_light
from desktop.ui.reader.page_links import PageLinks
from desktop.ui.reader.pictures import Pictures
from desktop.ui.reader.sheets import fits, lay_down, paint_edge, sheet
from desktop.ui.reader.texts import Texts

_MULTIPLY = QPainter.CompositionMode.CompositionMode_Multiply
_SCREEN = QPainter.CompositionMode.CompositionMode_Screen
_HIT_EDGE = "#b35900"  # upon paper, which is light in every palette
_OVER = QPainter.CompositionMode.CompositionMode_SourceOver


@dataclass
class Scene:
    """What is painted now: the view on these pages, and what lies upon them."""

    view: View
    pages: Sequence[BookPage]
    ratio: float
    selection: Selection | None = None
    hits: Mapping[int, Sequence[Quad]] = field(default_factory=dict)
    hit_now: tuple[int, Sequence[Quad]] | None = None
    focused: bool = False
    patch: Patch | None = None


class BookPainter:
    """Paints a scene. Asks for nothing and changes nothing."""

    def __init__(
        self, pictures: Pictures, texts: Texts, marks: Marks, flash: Flash, theme: Theme, links: PageLinks
    ) -> None:
        self._pictures, self._texts, self._marks = pictures, texts, marks
        self._flash, self._theme, self._links = flash, theme, links
        self.lights_of: LightsOf | None = None

    def paint(self, painter: QPainter, scene: Scene) -> None:
        """Paint everything in sight; the painter's origin is the window's top left."""
        window = QRectF(0, 0, scene.view.width, scene.view.height)
        painter.fillRect(window, self._theme.colour("sunken"))
        for number in scene.view.pages:
            self._paint_page(painter, scene, scene.view.box(number))
        if scene.focused:
            self._paint_focus(painter, window)

    def _paint_page(self, painter: QPainter, scene: Scene, box: PageBox) -> None:
        page = scene.pages[box.page]
        paint_edge(painter, self._theme, box)
        trouble = self._pictures.trouble(page)
        if trouble or not need_is_here(page):
            draw_notice(painter, self._theme, lay_out(self._theme, scene.view, box, page, trouble), box)
            return
        painter.save()
        painter.setClipRect(sheet(box))
        self._paint_picture(painter, scene, page, box)
        painter.setCompositionMode(_SCREEN if self._theme.dark_pages else _MULTIPLY)
        self._paint_over(painter, scene, page, box)
        painter.setCompositionMode(_OVER)
        self._paint_edge_now(painter, scene, box)
        self._links.draw(painter, box)
        self._paint_flash_edge(painter, box)
        painter.restore()
        painter.save()
        self._marks.draw_markers(painter, page, box)
        for light in self.lights_of(page) if self.lights_of else ():
            draw_light(painter, self._theme, light, page, box)
        painter.restore()

    def _paint_picture(self, painter: QPainter, scene: Scene, page: BookPage, box: PageBox) -> None:
        """In device pixels, so that a picture of the right size is copied and not scaled."""
        ratio = scene.ratio
        painter.save()
        painter.scale(1 / ratio, 1 / ratio)
        area = lay_down(painter, box, ratio)
        pieces = list(tiles(page, box, scene.view, ratio, self._pictures.tones))
        here = [(piece, self._pictures.get(piece)) for piece in pieces]
        if not pieces or any(image is None for _, image in here):
            self._paint_whole(painter, page, area, sharp=not pieces)
        for piece, image in here:
            if image is not None and piece.clip is not None:
                painter.drawImage(QPoint(piece.clip.left, piece.clip.top), image)
        painter.restore()

    def _paint_whole(self, painter: QPainter, page: BookPage, area: QRect, sharp: bool) -> None:
        image = self._pictures.standing(page)
        if image is None:
            image = self._pictures.thumbnail(page)
        elif sharp and fits(image, area):
            painter.drawImage(area.topLeft(), image)
            return
        if image is None:
            painter.fillRect(area, self._theme.page_colour)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(area, image)

    def _paint_over(self, painter: QPainter, scene: Scene, page: BookPage, box: PageBox) -> None:
        theme = self._theme
        tint = theme.colour("paper")
        if tint != QColor(Qt.GlobalColor.white) and not theme.dark_pages:
            painter.fillRect(sheet(box), tint)
        self._marks.draw_strips(painter, page, box)
        for quad in scene.hits.get(box.page, ()):
            painter.fillRect(place(quad, box), theme.over_page("hit"))
        for quad in _now_on(scene, box):
            painter.fillRect(place(quad, box), theme.over_page("hit_now"))
        self._paint_flash(painter, box)
        text = self._texts.get(box.page)
        colour = self._theme.over_page("selection")
        for strip in _selected(scene, text, box) if text is not None else ():
            painter.fillRect(place(Quad(0, *strip), box), colour)

    def _paint_flash(self, painter: QPainter, box: PageBox) -> None:
        if self._flash.page == box.page:
            colour = self._theme.over_page("hit_now")
            colour.setAlphaF(self._flash.strength)
            for quad in self._flash.quads:
                painter.fillRect(place(quad, box), colour)

    def _paint_edge_now(self, painter: QPainter, scene: Scene, box: PageBox) -> None:
        """An outline besides the colour, so that the find one is at differs in shape too."""
        painter.setPen(QPen(QColor(_HIT_EDGE), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for quad in _now_on(scene, box):
            painter.drawRect(place(quad, box).adjusted(-2, -2, 2, 2))

    def _paint_flash_edge(self, painter: QPainter, box: PageBox) -> None:
        if self._flash.page == box.page:
            colour = QColor(_HIT_EDGE)
            colour.setAlphaF(self._flash.strength)
            painter.setPen(QPen(colour, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for quad in self._flash.quads:
                painter.drawRect(place(quad, box).adjusted(-2, -2, 2, 2))

    def _paint_focus(self, painter: QPainter, window: QRectF) -> None:
        painter.setPen(QPen(self._theme.colour("focus"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(window.adjusted(1, 1, -1, -1))


def _now_on(scene: Scene, box: PageBox) -> Sequence[Quad]:
    return scene.hit_now[1] if scene.hit_now is not None and scene.hit_now[0] == box.page else ()


def _selected(scene: Scene, text: TextPage, box: PageBox) -> Sequence[tuple[float, float, float, float]]:
    if scene.patch is not None:
        return strips_in(scene.patch, text) if scene.patch.page == box.page else ()
    return boxes_on(scene.selection, box.page, text) if scene.selection is not None else ()
