"""Asking whether anything is new costs one small request; who may sign is asked for once a day all the same."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from serving import Body, Web, serving

import desktop.library.repository as repository_module
from desktop.library.repository import Repository
from desktop.library.sources import Refused
from desktop.secretary.signing import new_signing_key

DAY = 24 * 3600


class Home:
    """A member over the web, started anew for each check as intake does it; and the clock on the wall."""

    def __init__(self, body: Body, web: Web, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._body, self._web, self._folder = body, web, folder
        self._floor: dict[str, int] = {}
        self.later = 0
        real = repository_module._clock
        monkeypatch.setattr(repository_module, "_clock", lambda: real() + self.later)

    def check(self) -> list[str]:
        """What was asked for."""
        self._web.asked.clear()
        source = self._web.source()
        member: Repository = self._body.member(self._folder, source, self._floor)
        try:
            assert not member.refresh().expired
        finally:
            source.close()
        self._floor = member.versions()
        assert set(member.targets()) == set(self._body.objects)
        return [path.rpartition("/")[2] for path, _ in self._web.asked]


@pytest.fixture
def body(tmp_path: Path) -> Body:
    body = Body(tmp_path / "repository")
    body.add(b"a paper, sealed")
    body.publish()
    return body


@pytest.fixture
def home(body: Body, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    with serving(body.path) as web:
        home = Home(body, web, tmp_path / "home", monkeypatch)
        assert home.check() == ["2.root.json", "timestamp.json", "1.snapshot.json", "1.targets.json"]
        yield home


def test_nothing_new_is_one_request(home: Home) -> None:
    assert home.check() == ["timestamp.json"]
    assert home.check() == ["timestamp.json"]


def test_news_is_seen_at_once(home: Home, body: Body) -> None:
    body.add(b"a late paper, sealed")
    body.publish()
    assert home.check() == ["timestamp.json", "2.root.json", "2.snapshot.json", "2.targets.json"]
    assert home.check() == ["timestamp.json"]


def test_who_may_sign_is_asked_for_once_a_day_and_when_the_clock_was_put_back(home: Home) -> None:
    home.later = DAY + 60
    assert home.check() == ["2.root.json", "timestamp.json"]
    assert home.check() == ["timestamp.json"]
    home.later = -60
    assert home.check() == ["2.root.json", "timestamp.json"]


def test_a_key_that_was_taken_away_signs_nothing_more(home: Home, body: Body) -> None:
    """Its last state is seen again until its successor signs one, for a day at most; a new one never."""
    successor = new_signing_key()
    body.folder.write("metadata/2.root.json", body.signed_root(2, successor))
    body.add(b"forged by whom the officers dismissed")
    body.publish(daily=body.daily)
    with pytest.raises(Refused, match="did not sign"):
        home.check()
    body.publish(daily=successor)
    assert home.check() == ["timestamp.json", "3.root.json", "3.snapshot.json", "3.targets.json"]


def test_a_new_key_is_taken_in_with_what_it_signs(home: Home, body: Body) -> None:
    successor = new_signing_key()
    body.folder.write("metadata/2.root.json", body.signed_root(2, successor))
    body.publish(daily=successor)
    asked = home.check()
    assert asked[:4] == ["timestamp.json", "2.root.json", "3.root.json", "timestamp.json"]
    assert home.check() == ["timestamp.json"]


def test_what_lies_here_is_verified_again_each_time(home: Home, tmp_path: Path) -> None:
    """That nothing is new is no reason to believe a file that was changed on this disk."""
    path = next((tmp_path / "home").rglob("targets.json"))
    path.write_bytes(path.read_bytes().replace(b"blob/", b"blob/0"))
    assert home.check() == ["timestamp.json", "1.targets.json"]
