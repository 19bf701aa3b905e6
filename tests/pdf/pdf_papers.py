"""PDFs made for the tests, good and bad."""

from pathlib import Path

import pymupdf


def good(path: Path, pages: int = 3) -> Path:
    """Every page says "Page N of the good paper"."""
    document = pymupdf.open()
    for number in range(pages):
        page = document.new_page(width=595.28, height=841.89)
        page.insert_text((72, 72), f"Page {number + 1} of the good paper", fontsize=12)
    return _saved(document, path)


def endless(path: Path, bad: int = 0, pages: int = 1) -> Path:
    """One page draws a form that draws ten forms that each draw ten …: small, sound, and never finished."""
    document = pymupdf.open()
    for _ in range(pages):
        document.new_page()
    innermost = _form(document, b"0 0 1 1 re f", "")
    for _ in range(12):
        innermost = _form(document, b"/F Do " * 10, f"/Resources<</XObject<</F {innermost} 0 R>>>>")
    content = document.get_new_xref()
    document.update_object(content, "<<>>")
    document.update_stream(content, b"/F Do")
    page = document[bad].xref
    document.xref_set_key(page, "Resources", f"<</XObject<</F {innermost} 0 R>>>>")
    document.xref_set_key(page, "Contents", f"{content} 0 R")
    for number in range(pages):
        if number != bad:
            document[number].insert_text((72, 72), f"Page {number + 1}")
    return _saved(document, path)


def active(path: Path, address: str, program: str) -> Path:
    """Tries a script, a program and an address as soon as it is opened, and carries a file."""
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((72, 72), "Harmless words")
    page.insert_link({"kind": pymupdf.LINK_URI, "from": pymupdf.Rect(0, 0, 600, 800), "uri": address})
    document.embfile_add("data.txt", b"hidden")
    script = _object(document, f"<</S/JavaScript/JS(app.launchURL\\('{address}'\\);)>>")
    launch = _object(document, f"<</S/Launch/F({program})/Next {script} 0 R>>")
    remote = _object(document, f"<</S/URI/URI({address})/Next {launch} 0 R>>")
    form = _object(document, f"<</S/SubmitForm/F({address})/Next {remote} 0 R>>")
    root = document.pdf_catalog()
    document.xref_set_key(root, "OpenAction", f"{form} 0 R")
    document.xref_set_key(root, "AA", f"<</WC {script} 0 R>>")
    document.xref_set_key(page.xref, "AA", f"<</O {remote} 0 R>>")
    return _saved(document, path)


def turned(path: Path) -> Path:
    """A page cut to a crop box and turned by 90 degrees; the word lay near the top left corner before turning."""
    document = pymupdf.open()
    page = document.new_page(width=400, height=600)
    page.insert_text((60, 120), "Corner", fontsize=20)
    page.set_cropbox(pymupdf.Rect(50, 100, 350, 500))
    page.set_rotation(90)
    return _saved(document, path)


def legible(path: Path) -> Path:
    """Pages: plain words, a scan, a scan with a number stamped on it, drawing only, nothing, a divider with a small
    emblem, letters the file does not tell."""
    document = pymupdf.open()
    scan = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 60, 80), False)
    scan.clear_with(200)
    for number in range(7):
        page = document.new_page(width=595.28, height=841.89)
        if number in (1, 2):
            page.insert_image(page.rect, pixmap=scan)
        if number == 2:
            page.insert_text((400, 820), "Page 47 of 203", fontsize=10)
        if number == 3:
            page.draw_rect((50, 50, 500, 700), fill=(0, 0, 0))
        if number == 5:
            page.insert_image((50, 50, 120, 120), pixmap=scan)
            page.insert_text((200, 400), "Appendix A", fontsize=30)
    document[0].insert_text((72, 72), "The words of a page that can be found by anybody", fontsize=12)
    _untold(document, document[6])
    return _saved(document, path)


def _untold(document: pymupdf.Document, page: pymupdf.Page) -> None:
    """Print in a font that does not say which letters its glyphs are."""
    page.insert_font("U", fontbuffer=pymupdf.Font("helv").buffer)
    page.insert_text((72, 72), ["These words are not to be had from the file"] * 9, fontname="U", fontsize=12)
    for xref, *_ in page.get_fonts():
        document.xref_set_key(xref, "ToUnicode", "null")


def _form(document: pymupdf.Document, content: bytes, more: str) -> int:
    xref = _object(document, f"<</Type/XObject/Subtype/Form/BBox[0 0 600 800]{more}>>")
    document.update_stream(xref, content, new=True)
    return xref


def _object(document: pymupdf.Document, text: str) -> int:
    xref = int(document.get_new_xref())
    document.update_object(xref, text)
    return xref


def _saved(document: pymupdf.Document, path: Path) -> Path:
    document.save(path)
    document.close()
    return path
