"""A worker that dies, hangs or lies costs one request."""

import contextlib
import os
import random
import signal
import sys
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import CancelledError, Future
from pathlib import Path
from typing import Any

import pytest
from pdf_papers import endless, good

from desktop.pdf import errors, spawning
from desktop.pdf.client import PdfClient
from desktop.pdf.errors import PdfError
from desktop.pdf.protocol import PageRequest, Source, Urgency

SOON = 120


def test_a_worker_killed_while_drawing_fails_that_page_and_nothing_else(make_client, tmp_path, workers):
    before = workers()
    client = make_client()
    client.know(Source("endless", endless(tmp_path / "endless.pdf")))
    client.open(Source("good", good(tmp_path / "good.pdf"))).result(SOON)
    hopeless = client.draw(PageRequest("endless", 0, 1.0), Urgency.IN_SIGHT)
    behind = [client.draw(PageRequest("good", page, 1.5), Urgency.NEXT) for page in range(3)]
    (worker,) = workers() - before
    while not _burns(worker):
        assert not hopeless.done()
    os.kill(worker, signal.SIGKILL)
    with pytest.raises(errors.WorkerDied, match=r"Page 1 of endless\.pdf") as told:
        hopeless.result(SOON)
    assert told.value.page == 0
    assert [future.result(SOON).request.page for future in behind] == [0, 1, 2]
    assert len(workers() - before) == 1


def _burns(pid: int) -> bool:
    """Whether the process has used a second of processor time: more than starting and opening take."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12]) > os.sysconf("SC_CLK_TCK")


def test_a_worker_that_dies_with_nothing_to_do_is_replaced_unseen(make_client, tmp_path, workers):
    before = workers()
    client = make_client()
    client.open(Source("good", good(tmp_path / "good.pdf"))).result(SOON)
    (worker,) = workers() - before
    gone = os.pidfd_open(worker)
    os.kill(worker, signal.SIGKILL)
    import select

    assert select.select([gone], [], [], SOON)[0]
    os.close(gone)
    assert client.draw(PageRequest("good", 2, 1.0), Urgency.IN_SIGHT).result(SOON).width == 596


def test_a_page_that_never_ends_is_given_up_and_not_tried_again(make_client, tmp_path):
    client = make_client(draw=2)
    path = endless(tmp_path / "endless.pdf", bad=1, pages=3)
    client.open(Source("e", path, title="The workplan")).result(SOON)
    pages = [client.draw(PageRequest("e", page, 1.0), Urgency.IN_SIGHT) for page in (2, 1, 0)]
    with pytest.raises(errors.TooSlow, match=r"^Page 2 of The workplan took too long"):
        pages[1].result(SOON)
    assert pages[0].result(SOON).width == pages[2].result(SOON).width == 595
    again = client.draw(PageRequest("e", 1, 2.0), Urgency.IN_SIGHT)
    assert isinstance(again.exception(0), errors.TooSlow), "told at once"


def test_a_page_whose_text_never_ends_loses_only_its_own(make_client, tmp_path):
    client = make_client(text=2)
    client.open(Source("e", endless(tmp_path / "endless.pdf", bad=2, pages=5))).result(SOON)
    texts = client.texts("e", 0, 4).result(SOON)
    assert [text.text for text in texts] == ["Page 1", "Page 2", "", "Page 4", "Page 5"]


def test_a_paper_too_large_for_the_worker_is_refused_and_the_next_opens(make_client, tmp_path):
    client = make_client(memory_mb=700)
    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.truncate(650 << 20)
    with pytest.raises(errors.TooLarge):
        client.open(Source("large", large)).result(SOON)
    with large.open("wb") as file:
        file.truncate(800 << 20)
    with pytest.raises(errors.TooLarge):
        client.open(Source("large", large)).result(SOON)
    assert len(client.open(Source("good", good(tmp_path / "good.pdf"))).result(SOON).pages) == 3


def test_a_worker_that_cannot_be_started_is_told_once_for_each_request(make_client, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no-such-program"))
    client = make_client()
    for _ in range(2):
        with pytest.raises(errors.Unavailable):
            client.open(Source("good", good(tmp_path / "good.pdf"))).result(SOON)
    monkeypatch.undo()
    assert len(client.open(Source("good", tmp_path / "good.pdf")).result(SOON).pages) == 3


LIAR = """
import json, os, struct, sys
from desktop.pdf.frames import frame, read_header, Body
receive, send = os.fdopen(0, "rb"), os.fdopen(1, "wb", 0)
send.write(frame({{"ready": {{"limits": "on"}}}}))
while True:
    header, length = read_header(receive, 1 << 40)
    Body(receive, length).skip()
    if header["do"] == "open":
        facts = {{"sha256": "", "title": "", "pages": [[10, 10, ""]], "inert": [], "outline": []}}
        send.write(frame(facts | {{"id": header["id"]}}))
    elif header["do"] == "draw" and header["page"] == 0:
        {lie}
    else:
        send.write(frame({{"id": header["id"], "width": 2, "height": 2, "ms": 1}}))
"""
LIES = {
    "another's number": 'send.write(frame({"id": 99999, "width": 2, "height": 2, "ms": 1}))',
    "too many pixels": 'send.write(frame({"id": header["id"], "width": 1 << 20, "height": 1 << 20, "ms": 1}))',
    "no size": 'send.write(frame({"id": header["id"], "width": -1, "height": -4, "ms": 1}))',
    "text for a number": 'send.write(frame({"id": header["id"], "width": "2", "height": 2, "ms": 1}))',
    "not a number": 'send.write(frame({"id": header["id"], "width": 2, "height": 2, "ms": float("nan")}))',
    "an unknown reason": 'send.write(frame({"id": header["id"], "refused": "because"}))',
    "a list": 'send.write(struct.pack("<IQ", 2, 0) + b"[]")',
    "deep nesting": 'send.write(struct.pack("<IQ", 1 << 20, 0) + b"[" * (1 << 20))',
    "an endless header": 'send.write(struct.pack("<IQ", 0xFFFFFFFF, 0))',
    "an endless body": 'send.write(struct.pack("<IQ", 2, 1 << 60) + b"{}")',
    "noise": 'send.write(b"\\xff" * 100)',
    "half a message": 'send.write(struct.pack("<IQ", 100, 0) + b"{"); sys.exit()',
    "silence": "sys.exit()",
}


@pytest.fixture
def liar(tmp_path, monkeypatch) -> Callable[[str], None]:
    """Puts a program that lies in the place of the worker."""

    def put(lie: str) -> None:
        monkeypatch.setattr(
            spawning,
            "_START",
            "import os, sys; sys.path[:] = sys.argv.pop(1).split(os.pathsep)\n" + LIAR.format(lie=lie),
        )

    return put


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES.keys())
def test_a_worker_taken_over_by_its_pdf_is_not_believed(make_client, tmp_path, liar, lie):
    liar(lie)
    client = make_client()
    client.open(Source("v", good(tmp_path / "good.pdf"))).result(SOON)
    with pytest.raises(errors.WorkerDied):
        client.draw(PageRequest("v", 0, 1.0), Urgency.IN_SIGHT).result(SOON)
    assert client.draw(PageRequest("v", 1, 1.0), Urgency.IN_SIGHT).result(SOON).width == 2


def test_a_paper_that_ends_the_worker_twice_while_it_is_opened_is_refused(make_client, tmp_path, monkeypatch):
    count = tmp_path / "starts"
    monkeypatch.setattr(spawning, "_START", LIAR_AT_OPEN.format(count=str(count)))
    client = make_client()
    with pytest.raises(errors.Damaged):
        client.open(Source("v", good(tmp_path / "good.pdf"))).result(SOON)
    opened = count.read_text()
    assert opened == "xx"
    with pytest.raises(errors.Damaged):
        client.open(Source("v", tmp_path / "good.pdf")).result(SOON)
    with pytest.raises(errors.Damaged):
        client.texts("v", 0, 3).result(SOON)
    assert count.read_text() == opened, "not tried again"


LIAR_AT_OPEN = """
import os, sys; sys.path[:] = sys.argv.pop(1).split(os.pathsep)
from desktop.pdf.frames import frame, read_header
receive, send = os.fdopen(0, "rb"), os.fdopen(1, "wb", 0)
send.write(frame({{"ready": {{}}}}))
read_header(receive, 1 << 40)
open({count!r}, "a").write("x")
os.abort()
"""


def _asked(client: PdfClient, chance: random.Random, paths: list[Path]) -> "Future[Any]":
    path, page, what = chance.choice(paths), chance.randrange(5), chance.randrange(4)
    if what == 0:
        return client.texts(path.name, 0, 4)
    if what == 1:
        return client.open(Source(path.name, path))
    request = PageRequest(path.name, page, chance.choice((0.2, 1.0, 2.0)) + chance.random())
    return client.draw(request, chance.choice(list(Urgency)))


def _disturb(client: PdfClient, chance: random.Random, paths: list[Path], children: Iterable[int]) -> None:
    if chance.random() < 0.1:
        client.close_document(chance.choice(paths).name)
        client.drop_stale(lambda request: request.page != 0)
    if chance.random() < 0.02:
        for child in children:
            with contextlib.suppress(ProcessLookupError):  # another thread was quicker, and the client has tidied up
                os.kill(child, signal.SIGKILL)


@pytest.mark.long
def test_a_thousand_requests_from_many_threads_while_workers_are_killed(make_client, tmp_path, workers):
    before = workers()
    client = make_client()
    paths = [good(tmp_path / f"{number}.pdf", 5) for number in range(4)]
    for path in paths:
        client.know(Source(path.name, path))
    ended: list[object] = []

    def ask(seed: int) -> None:
        chance = random.Random(seed)
        for number in range(250):
            future = _asked(client, chance, paths)
            if number % 5 == 0:
                future.cancel()
            _disturb(client, chance, paths, workers() - before)
            try:
                ended.append(future.result(SOON))
            except (PdfError, CancelledError) as error:
                ended.append(error)

    threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ended) == 1000
    assert sum(not isinstance(one, BaseException) for one in ended) > 500
    client.open(Source("last", paths[0])).result(SOON)
