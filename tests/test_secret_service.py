"""Reading one entry of Linux's keyring by hand, from a bus of our own that answers as a keyring does."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from jeepney import HeaderFields, Message, Parser, new_error, new_method_return

from desktop.vault import secret_service

ITEM, SESSION = "/org/freedesktop/secrets/collection/login/1", "/org/freedesktop/secrets/session/s1"
_LONGEST = 60  # seconds that the bus waits for its caller
Answers = dict[str, Callable[[Message], Message]]


def keyring(secret: bytes = b"the wrapper", locked: bool = False) -> Answers:
    """A keyring that keeps one entry of ours."""

    def search(asked: Message) -> Message:
        ours = asked.body[0] == {"service": "Despatch", "username": "vault-1"}
        found = [ITEM] if ours else []
        return new_method_return(asked, "aoao", ([], found) if locked else (found, []))

    def secrets(asked: Message) -> Message:
        given = dict.fromkeys(asked.body[0], (asked.body[1], b"", secret, "text/plain"))
        return new_method_return(asked, "a{o(oayays)}", (given,))

    return {
        "Hello": lambda asked: new_method_return(asked, "s", (":1.1",)),
        "OpenSession": lambda asked: new_method_return(asked, "vo", (("s", ""), SESSION)),
        "SearchItems": search,
        "GetSecrets": secrets,
    }


@contextmanager
def bus(folder: Path, monkeypatch: pytest.MonkeyPatch, answers: Answers) -> Iterator[None]:
    """A session bus for one caller."""
    place = folder / "bus"
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={place}")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(place))
        listening.listen()
        listening.settimeout(_LONGEST)
        serving = threading.Thread(target=_serve, args=(listening, answers))
        serving.start()
        yield
        serving.join(_LONGEST)
        assert not serving.is_alive()


def _serve(listening: socket.socket, answers: Answers) -> None:
    speaking, _ = listening.accept()
    with speaking:
        speaking.settimeout(_LONGEST)
        _let_in(speaking)
        parser = Parser()
        while data := speaking.recv(4096):
            parser.add_data(data)
            while (asked := parser.get_next_message()) is not None:
                speaking.sendall(_answer(asked, answers).serialise(serial=asked.header.serial))


def _let_in(speaking: socket.socket) -> None:
    said = b""
    while not said.endswith(b"BEGIN\r\n"):
        byte = speaking.recv(1)
        if not byte:
            raise ConnectionError("the caller went away before it had begun")
        said += byte
        if said.endswith(b"\r\n") and b"AUTH" in said.splitlines()[-1]:
            speaking.sendall(b"OK 1234deadbeef\r\n")
        elif said.endswith(b"\r\n") and b"NEGOTIATE" in said.splitlines()[-1]:
            speaking.sendall(b"AGREE_UNIX_FD\r\n")


def _answer(asked: Message, answers: Answers) -> Message:
    member: Any = asked.header.fields[HeaderFields.member]
    return answers[member](asked) if member in answers else new_error(asked, "org.freedesktop.DBus.Error.UnknownMethod")


def test_an_open_keyring_gives_our_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with bus(tmp_path, monkeypatch, keyring()):
        assert secret_service.kept("Despatch", "vault-1") == "the wrapper"


@pytest.mark.parametrize("answers", [keyring(locked=True), {"Hello": keyring()["Hello"]}])
def test_a_locked_or_strange_one_gives_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answers: Answers
) -> None:
    with bus(tmp_path, monkeypatch, answers):
        assert secret_service.kept("Despatch", "vault-1") is None


def test_what_is_not_ours_is_not_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with bus(tmp_path, monkeypatch, keyring()):
        assert secret_service.kept("Despatch", "another vault") is None


def test_where_there_is_no_bus_there_is_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/none")
    assert secret_service.kept("Despatch", "vault-1") is None
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    assert secret_service.kept("Despatch", "vault-1") is None
