"""`despatch self-test`: it passes here, and it fails where something it stands on is broken."""

from pathlib import Path

import pytest

from desktop import self_test
from desktop.errors import KnownError


def test_everything_it_needs_works_here(capsys: pytest.CaptureFixture[str]) -> None:
    assert self_test.main() == 0
    said = capsys.readouterr().out.splitlines()
    assert said[-1] == "Everything Despatch needs works here."
    assert [line.split()[0] for line in said[:-1]] == ["ok"] * len(self_test.CHECKS)
    assert any("SQLCipher" in line for line in said)
    assert any("pixels" in line for line in said)


@pytest.mark.parametrize(
    "error",
    [KnownError("The disk is on holiday."), OSError("no"), RuntimeError("no"), ImportError("no"), AssertionError()],
)
def test_what_fails_is_named_and_the_rest_is_still_checked(
    error: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_: Path) -> str:
        raise error

    monkeypatch.setattr(self_test, "CHECKS", {"the thing": broken, "sealing": self_test.check_sealing})
    assert self_test.main() == 1
    first, second, last = capsys.readouterr().out.splitlines()
    assert first == f"FAILED  the thing: {type(error).__name__}: {error}"
    assert second.startswith("ok      sealing")
    assert last == "1 of 2 checks failed."


def test_missing_resources_are_noticed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(self_test, "resource", tmp_path.joinpath)
    with pytest.raises(AssertionError, match=r"words\.txt is missing"):
        self_test.check_resources(tmp_path)


def test_a_store_that_any_key_opens_would_be_noticed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(self_test.secrets, "token_bytes", bytes)
    with pytest.raises(AssertionError, match="another key opened the store"):
        self_test.check_store(tmp_path)
