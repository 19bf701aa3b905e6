"""One Despatch for one store: who calls is heard by whoever is there, and by nobody else."""

import json
import os
import selectors
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop.neighbour import Door, call


@contextmanager
def at_home(folder: Path) -> Iterator[list[str]]:
    """A Despatch that answers its door; what it was asked to open."""
    asked: list[str] = []
    door = Door(folder, asked.append)
    leaving, left = socket.socketpair()

    def wait_at_it() -> None:
        with selectors.DefaultSelector() as watching:
            watching.register(door.number, selectors.EVENT_READ)
            watching.register(left, selectors.EVENT_READ)
            while not any(key.fileobj is left for key, _ in watching.select()):
                door.answer()

    answering = threading.Thread(target=wait_at_it)
    answering.start()
    try:
        yield asked
    finally:
        leaving.send(b"x")
        answering.join()
        leaving.close()
        left.close()
        door.close()


def test_a_caller_is_heard_with_what_it_was_to_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with at_home(tmp_path) as asked:
        assert call(tmp_path)
        assert call(tmp_path, Path("board.despatch"))
    assert asked == ["", str(tmp_path / "board.despatch")]
    assert not call(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_whoever_started_the_caller_lets_the_window_come_to_the_front(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with at_home(tmp_path):
        monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "a token")
        assert call(tmp_path)
        monkeypatch.delenv("XDG_ACTIVATION_TOKEN")
        assert call(tmp_path)
        assert "XDG_ACTIVATION_TOKEN" not in os.environ
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "")  # so that it is put back whatever comes
    with at_home(tmp_path) as asked, socket.socket(socket.AF_UNIX) as speaking:
        speaking.settimeout(60)
        speaking.connect(str(tmp_path / "door"))
        speaking.sendall(json.dumps({"file": "", "XDG_ACTIVATION_TOKEN": "a token"}).encode() + b"\n")
        assert speaking.recv(2) == b"ok"
        assert os.environ["XDG_ACTIVATION_TOKEN"] == "a token"
    assert asked == [""]


def test_nobody_answers_where_nobody_is(tmp_path: Path) -> None:
    assert not call(tmp_path)
    assert not call(tmp_path / "nowhere")
    with socket.socket(socket.AF_UNIX) as killed:
        killed.bind(str(tmp_path / "door"))
        killed.listen()
    assert not call(tmp_path)
    with at_home(tmp_path):  # it takes the place of one that was killed
        assert call(tmp_path)


def test_there_is_one_door_for_a_store(tmp_path: Path) -> None:
    with at_home(tmp_path):
        with pytest.raises(OSError, match="another"):
            Door(tmp_path, print)
        assert call(tmp_path)


@pytest.mark.parametrize("noise", [b"", b"GET / HTTP/1.1\r\n\r\n", b"[]\n", b"7\n", b'{"file": 7}\n', b"{" * 20_000])
def test_noise_at_the_door_opens_nothing_and_leaves_it_open(tmp_path: Path, noise: bytes) -> None:
    with at_home(tmp_path) as asked:
        with socket.socket(socket.AF_UNIX) as speaking:
            speaking.connect(str(tmp_path / "door"))
            speaking.sendall(noise)
        assert call(tmp_path, Path("/a.despatch"))
    assert asked == ["/a.despatch"]


def test_a_folder_too_deep_for_a_door_has_none(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 120)
    deep.mkdir()
    with pytest.raises(OSError, match="no door"):
        Door(deep, print)
    assert not call(deep)
