"""The client as the window uses it: open, draw, read, typeset, queue, shut down."""

import os
import subprocess
import sys
import threading
from concurrent.futures import Future, wait
from pathlib import Path

import pymupdf
import pyrage
import pytest
from pdf_papers import endless, good, turned

from desktop.pdf import errors, words
from desktop.pdf.client import PdfClient
from desktop.pdf.protocol import MOST_PIXELS, Clip, PageImage, PageRequest, Source, Urgency, device_size

SOON = 120


def opened(client: PdfClient, path: Path, key: str = "") -> str:
    client.open(Source(path.name, path, key)).result(SOON)
    return path.name


def drawn(client: PdfClient, request: PageRequest) -> PageImage:
    return client.draw(request, Urgency.IN_SIGHT).result(SOON)


def test_a_page_looks_as_mupdf_draws_it(client, tmp_path):
    version = opened(client, good(tmp_path / "good.pdf"))
    image = drawn(client, PageRequest(version, 1, 2.0))
    with pymupdf.open(tmp_path / "good.pdf") as document:
        expected = document[1].get_pixmap(matrix=pymupdf.Matrix(2, 2))
    assert (image.width, image.height) == (expected.width, expected.height) == device_size(595.28, 841.89, 2.0)
    assert image.stride == image.width * 4
    assert len(image.pixels) == image.stride * image.height
    assert image.pixels[2::4] == expected.samples[0::3]
    assert image.pixels[0::4] == expected.samples[2::3]
    assert set(image.pixels[3::4]) == {255}


def test_a_clip_is_the_same_part_of_the_whole_page(client, tmp_path):
    version = opened(client, good(tmp_path / "good.pdf"))
    whole = drawn(client, PageRequest(version, 0, 2.0))
    part = drawn(client, PageRequest(version, 0, 2.0, Clip(130, 110, 200, 60)))
    rows = [whole.pixels[(110 + row) * whole.stride + 130 * 4 :][: 200 * 4] for row in range(60)]
    assert part.pixels == b"".join(rows)
    assert min(part.pixels) < 100, "there are words in it"


def test_facts_name_pages_labels_outline_and_title(client, tmp_path):
    document = pymupdf.open()
    for _ in range(6):
        document.new_page(width=300, height=400)
    document[2].set_rotation(90)
    document.set_page_labels(
        [
            {"startpage": 0, "style": "r", "prefix": "", "firstpagenum": 3},
            {"startpage": 2, "style": "D", "prefix": "A-", "firstpagenum": 46},
            {"startpage": 5, "style": "", "prefix": "Cover", "firstpagenum": 1},
        ]
    )
    document.set_toc([[1, "First", 1], [2, "Below", 3], [1, "Last", 6]])
    document.set_metadata({"title": "Finance  report"})
    document.save(tmp_path / "facts.pdf")
    facts = client.open(Source("f", tmp_path / "facts.pdf")).result(SOON)
    assert [page.label for page in facts.pages] == ["iii", "iv", "A-46", "A-47", "A-48", "Cover"]
    assert [(page.width, page.height) for page in facts.pages[1:3]] == [(300, 400), (400, 300)]
    assert facts.outline == ((1, "First", 0), (2, "Below", 2), (1, "Last", 5))
    assert facts.title == "Finance report"
    assert facts.inert == ()


def test_words_lie_where_a_turned_and_cropped_page_shows_them(client, tmp_path):
    version = opened(client, turned(tmp_path / "turned.pdf"))
    (text,) = client.texts(version, 0, 0).result(SOON)
    (word,) = words.unpack(text.words)
    assert text.text == word.text == "Corner"
    image = drawn(client, PageRequest(version, 0, 1.0))
    assert (image.width, image.height) == (400, 300)
    inked = [at // 4 for at in range(0, len(image.pixels), 4) if image.pixels[at] < 128]
    across, down = [at % 400 for at in inked], [at // 400 for at in inked]
    assert word.x0 - 1 <= min(across) <= max(across) <= word.x1 + 1
    assert word.y0 - 1 <= min(down) <= max(down) <= word.y1 + 1


def test_text_joins_a_word_broken_at_a_line_end_and_the_words_keep_both_halves(client, tmp_path):
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((72, 72), ["The assurance frame-", "work was received; well-", "Being was not."], fontsize=12)
    document.save(tmp_path / "broken.pdf")
    version = opened(client, tmp_path / "broken.pdf")
    (text,) = client.texts(version, 0, 0).result(SOON)
    assert text.text == "The assurance framework was received; well-\nBeing was not."
    assert [word.text for word in words.unpack(text.words)][2:4] == ["frame-", "work"]


def test_a_sealed_paper_opens_with_its_key_and_with_no_other(client, tmp_path):
    plain = good(tmp_path / "plain.pdf").read_bytes()
    key, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    sealed = tmp_path / "paper.age"
    sealed.write_bytes(pyrage.encrypt(plain, [key.to_public()]))
    with pytest.raises(errors.NotUnsealed):
        client.open(Source("sealed", sealed, str(other))).result(SOON)
    sealed_facts = client.open(Source("sealed", sealed, str(key))).result(SOON)
    plain_facts = client.open(Source("plain", tmp_path / "plain.pdf")).result(SOON)
    assert sealed_facts.pages == plain_facts.pages
    assert sealed_facts.sha256 == plain_facts.sha256
    cut = tmp_path / "cut.age"
    cut.write_bytes(sealed.read_bytes()[:-40])
    with pytest.raises(errors.NotUnsealed):
        client.open(Source("cut", cut, str(key))).result(SOON)


def test_a_huge_page_is_drawn_coarser_and_in_parts(client, tmp_path):
    document = pymupdf.open()
    page = document.new_page(width=14_000, height=14_000)
    page.draw_rect(pymupdf.Rect(13_900, 13_900, 14_000, 14_000), fill=(0, 0, 0))
    document.save(tmp_path / "poster.pdf")
    version = opened(client, tmp_path / "poster.pdf")
    whole = drawn(client, PageRequest(version, 0, 2.0))
    assert MOST_PIXELS * 0.9 < whole.width * whole.height <= MOST_PIXELS
    assert whole.pixels[-4:-1] == b"\0\0\0", "all of the page is in it"
    corner = drawn(client, PageRequest(version, 0, 2.0, Clip(27_900, 27_900, 50, 50)))
    assert (corner.width, corner.height) == (50, 50)
    assert not any(corner.pixels[0::4])


def test_a_paper_is_opened_when_first_needed_and_again_after_it_was_closed(client, tmp_path):
    path = good(tmp_path / "good.pdf")
    with pytest.raises(LookupError):
        client.draw(PageRequest("good", 0, 1.0), Urgency.IN_SIGHT)
    client.know(Source("good", path))
    first = drawn(client, PageRequest("good", 0, 1.0))
    client.close_document("good")
    assert drawn(client, PageRequest("good", 0, 1.0)).pixels == first.pixels
    path.unlink()
    assert drawn(client, PageRequest("good", 0, 1.0)).pixels == first.pixels, "it lies open"
    client.close_document("good")
    with pytest.raises(errors.Missing, match=r"^The file of good\.pdf"):
        drawn(client, PageRequest("good", 0, 1.0))


def test_more_papers_than_may_lie_open_can_all_be_drawn(client, tmp_path):
    path = good(tmp_path / "good.pdf", 1)
    for round_ in range(2):
        for number in range(40):
            client.know(Source(str(number), path))
            assert drawn(client, PageRequest(str(number), 0, 0.2 + round_)).width > 0


def test_the_newest_of_the_most_urgent_goes_first_and_stale_draws_are_cancelled(client, tmp_path):
    version = opened(client, good(tmp_path / "good.pdf"))
    done: list[str] = []
    held = threading.Event()
    blocker = client.draw(PageRequest(version, 0, 1.0), Urgency.IN_SIGHT)
    blocker.add_done_callback(lambda _: held.wait(SOON))  # holds the client's thread, and with it the queue
    names = {
        "filler": (1.1, Urgency.IN_SIGHT),  # may be sent beside the blocker
        "filler 2": (1.2, Urgency.IN_SIGHT),
        "quiet": (1.3, Urgency.QUIET),
        "older": (1.4, Urgency.IN_SIGHT),
        "stale": (1.5, Urgency.IN_SIGHT),
        "newer": (1.6, Urgency.IN_SIGHT),
        "detail": (1.7, Urgency.DETAIL),
    }
    futures: dict[str, Future[PageImage]] = {}
    for name, (scale, urgency) in names.items():
        futures[name] = client.draw(PageRequest(version, 1, scale), urgency)
        futures[name].add_done_callback(lambda _, name=name: done.append(name))
    same = client.draw(PageRequest(version, 1, 1.3), Urgency.THUMBNAIL)
    client.drop_stale(lambda request: request.scale != 1.5)
    held.set()
    wait(futures.values(), SOON)
    assert same is futures["quiet"]
    assert futures["stale"].cancelled()
    order = [name for name in done if name not in ("filler", "filler 2", "stale")]
    assert order == ["newer", "older", "detail", "quiet"]


def test_a_page_in_sight_passes_a_long_reading(client, tmp_path):
    version = opened(client, good(tmp_path / "long.pdf", 400))
    done: list[str] = []
    texts = client.texts(version, 0, 399)
    texts.add_done_callback(lambda _: done.append("texts"))
    image = client.draw(PageRequest(version, 3, 1.0), Urgency.IN_SIGHT)
    image.add_done_callback(lambda _: done.append("image"))
    read = texts.result(SOON)
    assert done == ["image", "texts"]
    assert [text.page for text in read] == list(range(400))
    assert read[399].text == "Page 400 of the good paper"


def test_cancelled_readings_and_draws_leave_the_client_well(client, tmp_path):
    version = opened(client, good(tmp_path / "long.pdf", 300))
    texts = client.texts(version, 0, 299)
    assert texts.cancel()
    draws = [client.draw(PageRequest(version, page, 0.5), Urgency.NEXT) for page in range(40)]
    cancelled = [draw for draw in draws if draw.cancel()]
    assert cancelled
    wait(draws, SOON)
    assert client.texts(version, 7, 7).result(SOON)[0].text == "Page 8 of the good paper"


def test_html_becomes_a4_pages_with_numbers_at_their_feet(client):
    html = "<h1>Notes — Étienne</h1>" + "<p>One more paragraph of notes.</p>" * 120
    with pymupdf.open(stream=client.typeset(html, "p{font-family:sans-serif}", "{page}/{pages}").result(SOON)) as made:
        assert made.page_count > 1
        assert tuple(round(side) for side in made[0].rect) == (0, 0, 595, 842)
        assert "Notes — Étienne" in made[0].get_text()
        assert made[1].get_text().rstrip().endswith(f"2/{made.page_count}")
    with pymupdf.open(stream=client.typeset("<p>Short</p>").result(SOON)) as short:
        assert short[0].get_text().strip() == "Short"


def test_shutting_down_leaves_no_process_thread_or_open_file(make_client, tmp_path, workers):
    path = endless(tmp_path / "endless.pdf")
    before, files, threads = workers(), set(os.listdir("/proc/self/fd")), set(threading.enumerate())
    client = make_client()
    version = opened(client, path)
    assert len(workers() - before) == 1
    futures = [client.draw(PageRequest(version, 0, scale), Urgency.IN_SIGHT) for scale in (1.0, 2.0, 3.0)]
    client.shut_down()
    client.shut_down()
    assert all(future.cancelled() for future in futures)
    assert client.draw(PageRequest(version, 0, 4.0), Urgency.IN_SIGHT).cancelled()
    assert workers() == before
    assert set(threading.enumerate()) == threads
    assert set(os.listdir("/proc/self/fd")) <= files


def test_a_client_shut_down_before_it_was_ready_ends_cleanly(make_client):
    client = make_client()
    client.shut_down()
    assert client.sandbox_report().cancelled() or client.sandbox_report().done()


def test_the_worker_ends_with_a_client_that_is_killed(tmp_path):
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from desktop.pdf.client import PdfClient; "
        "c = PdfClient(); c.sandbox_report().result(); print(c._attendant._line._process.pid, flush=True); "
        "sys.stdin.read()"
    )
    root = str(Path(__file__).parents[2])
    parent = subprocess.Popen(
        [sys.executable, "-c", code, root], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    worker = int(parent.stdout.readline())
    watched = os.pidfd_open(worker)
    parent.kill()
    parent.communicate()
    import select

    assert select.select([watched], [], [], SOON)[0], "the worker outlived its client"
    os.close(watched)


def test_the_client_brings_in_neither_qt_nor_the_engine():
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import desktop.pdf.client, desktop.pdf.worker; "
        "print([name for name in sys.modules if name.split('.')[0] in "
        "('PySide6', 'pymupdf', 'fitz', 'pyrage', 'numpy', 'sqlite_utils', 'pyseccomp')])"
    )
    root = str(Path(__file__).parents[2])
    assert subprocess.check_output([sys.executable, "-c", code, root], text=True).strip() == "[]"


def test_the_client_works_whatever_the_folder_and_environment(tmp_path):
    path = good(tmp_path / "good.pdf")
    (tmp_path / "desktop.py").write_text("raise SystemExit('the wrong desktop')")
    (tmp_path / "json.py").write_text("raise SystemExit('the wrong json')")
    code = (
        "import sys; sys.path[0:0] = [sys.argv[1]]; sys.path = [p for p in sys.path if p]; "
        "from pathlib import Path; from desktop.pdf.client import PdfClient; "
        "from desktop.pdf.protocol import Source; c = PdfClient(); "
        "print(len(c.open(Source('v', Path(sys.argv[2]))).result(60).pages)); c.shut_down()"
    )
    root = str(Path(__file__).parents[2])
    surroundings = {"PATH": os.environ["PATH"], "PYTHONPATH": str(tmp_path / "nowhere")}
    found = subprocess.check_output(
        [sys.executable, "-P", "-c", code, root, str(path)], cwd=tmp_path, env=surroundings, text=True
    )
    assert found.strip() == "3"


def test_a_worker_that_waits_to_be_asked_is_no_process_until_then(tmp_path, workers):
    before = workers()
    client = PdfClient("test", at_once=False)
    try:
        assert workers() == before
        opened(client, good(tmp_path / "good.pdf"))
        assert len(workers() - before) == 1
    finally:
        client.shut_down()
    assert workers() == before


def test_a_worker_never_asked_leaves_nothing(workers):
    before = workers()
    client = PdfClient("test", at_once=False)
    client.shut_down()
    assert workers() == before
    assert client.typeset("<p>late</p>").cancelled()
