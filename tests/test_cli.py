"""The secretary's whole work by commands, as typed; and what they say when something is wrong."""

import io
import stat
from collections.abc import Callable
from pathlib import Path

import pymupdf
import pytest

from db.bodies import Bodies
from db.store import Store
from desktop import __version__
from desktop.__main__ import main as begin
from desktop.cli import main
from desktop.library.joining import join
from desktop.library.offers import offers_in
from desktop.library.repository import Repository
from desktop.library.sources import FolderSource
from desktop.packs.pack import Pack

WORDS = "correct horse battery staple"


class Commands:
    """Runs commands with one store and one passphrase."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.home, self.capsys, self.monkeypatch = home, capsys, monkeypatch
        self.passphrase = WORDS

    def __call__(self, name: str, *words: object, store: bool = True, fails: bool = False) -> str:
        self.monkeypatch.setattr("sys.stdin", io.StringIO(self.passphrase + "\n"))
        options = ["--home", str(self.home), "--passphrase-stdin"] if store else []
        code = main([name, *options, *map(str, words)])
        told = self.capsys.readouterr()
        assert code == (2 if fails else 0), told.err
        assert "Traceback" not in told.err
        assert WORDS not in told.out + told.err
        return told.err if fails else told.out


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Commands:
    return Commands(tmp_path / "home", capsys, monkeypatch)


@pytest.fixture
def board(run: Commands, tmp_path: Path) -> Path:
    """A body with its repository, and a folder of papers with a plan."""
    said = run("new-body", "Group Board", "--organisation", "Anytown NHS Group", "--to", tmp_path / "repository")
    assert "recovery code" in said
    papers = tmp_path / "Board 2026-01-29"
    papers.mkdir()
    for name, pages in (("1 Minutes.pdf", 2), ("2 Finance report.pdf", 3)):
        with pymupdf.open() as document:
            for _ in range(pages):
                document.new_page()
            document.save(papers / name)
    run("new-pack", papers, "--body", "Group Board", store=False)
    return papers


@pytest.fixture
def laptop(tmp_path: Path) -> "Callable[[Path], Callable[[], list[Pack]]]":
    def answer(invitation: Path) -> Callable[[], list[Pack]]:
        store = Store.open(tmp_path / "laptop", bytes(32))
        bodies = Bodies(store)
        joined = join(bodies, invitation.read_bytes(), "Jane Doe", "laptop")
        body, identity = bodies.get(joined.body_id), bodies.identity(joined.body_id)
        store.close()
        assert body
        assert identity

        def packs() -> list[Pack]:
            repository = Repository(FolderSource(Path(body.repository)), tmp_path / "laptop/metadata", body.root)
            repository.refresh()
            offers = offers_in(repository, repository.targets(), identity, body.id, ())
            packs.told_to_destroy = offers.farewell  # type: ignore[attr-defined]
            return [offer.pack for offer in offers.new]

        packs.phrase = identity.phrase  # type: ignore[attr-defined]
        packs.request = joined.request  # type: ignore[attr-defined]
        return packs

    return answer


def test_the_whole_way(run: Commands, board: Path, tmp_path: Path, laptop) -> None:
    said = run("invite", "--member", "Jane Doe", "-o", tmp_path / "jane.despatch")
    assert "invites Jane Doe to Group Board" in said
    assert stat.S_IMODE((tmp_path / "jane.despatch").stat().st_mode) == 0o600
    packs = laptop(tmp_path / "jane.despatch")
    said = run("requests", "--body", "group board")
    assert packs.phrase in said
    assert "Jane Doe, on “laptop”" in said
    tag = said.split("tag")[1].split()[0]
    assert "admitted" in run("admit", tag[:8])
    assert "Nobody asks" in run("requests")
    assert list((tmp_path / "repository/requests").iterdir()) == []
    assert "Jane Doe: admitted, on “laptop”" in run("roster")
    out = tmp_path / "jan.despatch-pack"
    assert "edition 1: 2 papers, 5 pages" in run("compile", board, "-o", out)
    said = run("publish", out)
    assert "2 papers sent, 0 there already" in said
    assert "sealed to 1 device" in said
    (pack,) = packs()
    assert [paper.title for paper in pack.papers] == ["Minutes", "Finance report"]
    assert pack.title == "Group Board, 29 January 2026"
    plan = board / "pack.toml"
    plan.write_text(plan.read_text().replace('kind = "report"', 'kind = "report"\nnot_to = ["Jane Doe"]'))
    said = run("compile", board, "-o", out)
    assert "Note: “Finance report” gets a new key" in said
    run("publish", out, "--to", tmp_path / "repository")
    (pack,) = packs()
    assert (pack.edition, pack.papers[1].withheld) == (2, True)
    assert "gets nothing more" in run("remove", "Jane Doe")
    assert packs() == []
    assert packs.told_to_destroy
    assert "told to destroy what it has" in run("roster")
    assert "three months" in run("renew")


def test_a_request_that_came_as_a_file(run: Commands, board: Path, tmp_path: Path, laptop) -> None:
    run("invite", "--member", "Jane Doe", "-o", tmp_path / "jane.despatch")
    packs = laptop(tmp_path / "jane.despatch")
    for request in (tmp_path / "repository/requests").iterdir():
        request.unlink()
    file = tmp_path / "jane.despatch-request"
    file.write_bytes(packs.request)
    assert packs.phrase in run("requests", file)
    assert packs.phrase in run("admit", file)
    assert "on the roster already" in run("admit", file, fails=True)
    file.write_bytes(b"rubbish")
    assert "could not be opened" in run("admit", file, fails=True)


def test_admit_all_and_nobody(run: Commands, board: Path, tmp_path: Path, laptop) -> None:
    assert "Nobody asks" in run("admit", "--all", fails=True)
    assert "Say whom" in run("admit", fails=True)
    run("invite", "--member", "Jane Doe", "-o", tmp_path / "jane.despatch")
    laptop(tmp_path / "jane.despatch")
    assert "Jane Doe is admitted" in run("admit", "--all")


def test_inspect_says_what_a_file_is_and_no_secret(run: Commands, board: Path, tmp_path: Path) -> None:
    run("invite", "--member", "Jane Doe", "-o", tmp_path / "jane.despatch")
    said = run("inspect", tmp_path / "jane.despatch", store=False)
    assert "invites Jane Doe to receive the packs of Group Board of Anytown NHS Group" in said
    run("compile", board, "-o", tmp_path / "x.despatch-pack")
    said = run("inspect", tmp_path / "x.despatch-pack", store=False)
    assert "2 newly sealed papers" in said
    assert "Board" not in said
    (tmp_path / "x.txt").write_text("x")
    assert "not a file of Despatch" in run("inspect", tmp_path / "x.txt", store=False, fails=True)
    assert "no file" in run("inspect", tmp_path / "none.despatch-pack", store=False, fails=True)


def test_what_can_go_wrong_is_told_in_sentences(run: Commands, board: Path, tmp_path: Path) -> None:
    (board / "2 Finance report.pdf").write_bytes(b"%PDF-1.4 broken")
    said = run("compile", board, "-o", tmp_path / "x.despatch-pack", fails=True)
    assert "2 Finance report.pdf" in said
    assert "No pack was written" in said
    assert not (tmp_path / "x.despatch-pack").exists()
    assert "no file" in run("publish", tmp_path / "x.despatch-pack", fails=True)
    assert "no body called" in run(
        "invite", "--body", "Audit", "--member", "X", "-o", tmp_path / "x.despatch", fails=True
    )
    (tmp_path / "y.despatch").write_bytes(b"")
    assert "already" in run("invite", "--member", "X", "-o", tmp_path / "y.despatch", fails=True)
    assert "not empty" in run("new-body", "Audit", "--organisation", "X", "--to", board, fails=True)
    assert "already" in run("new-body", "Group  BOARD", "--organisation", "X", "--to", tmp_path / "n", fails=True)
    assert "already" in run("new-pack", board, store=False, fails=True)
    run.passphrase = "wrong"
    assert "not the passphrase" in run("roster", fails=True)


def test_a_web_address_cannot_be_published_to(run: Commands, board: Path, tmp_path: Path) -> None:
    run("compile", board, "-o", tmp_path / "x.despatch-pack")
    said = run("publish", tmp_path / "x.despatch-pack", "--to", "https://example.org/packs", fails=True)
    assert "folder that the web server serves" in said


def test_the_address_members_fetch_from_may_be_another(run: Commands, tmp_path: Path) -> None:
    from desktop.packs.invitation import Invitation

    address = "https://packs.example.org/board"
    run("new-body", "Board", "--organisation", "X", "--to", tmp_path / "r", "--address", address)
    run("invite", "--member", "Jane", "-o", tmp_path / "j.despatch")
    assert Invitation.from_bytes((tmp_path / "j.despatch").read_bytes()).repository == address
    run("renew", "--address", "https://elsewhere.example.org")
    run("invite", "--member", "Jane", "-o", tmp_path / "k.despatch")
    assert Invitation.from_bytes((tmp_path / "k.despatch").read_bytes()).repository == "https://elsewhere.example.org"


def test_what_becomes_of_notes_is_decided_stopped_and_told(run: Commands, board: Path, tmp_path: Path) -> None:
    assert "they are kept" in run("retention")
    said = run("retention", "--when-confirmed")
    assert "with the first pack" in said
    assert "once its minutes are confirmed" in said
    run("compile", board, "-o", tmp_path / "x.despatch-pack")
    run("publish", tmp_path / "x.despatch-pack")
    said = run("confirm-minutes", "2025-11-27", "--on", "2026-01-29")
    assert "Members are told" in said
    assert "2025-11-27 (public) were confirmed on 2026-01-29" in said
    assert "A hold stops that: FOI 12" in run("retention", "--hold", "FOI 12")
    assert "hold" not in run("retention", "--release", "--after-days", "90")
    assert "destroyed 90 days after it" in run("retention")
    assert "1 to 3650 days" in run("retention", "--after-days", "0", fails=True)
    assert "before their meeting" in run("confirm-minutes", "2026-01-29", "--on", "2025-01-29", fails=True)
    assert main(["confirm-minutes", "yesterday", "--on", "2025-01-29"]) == 2


def test_before_there_is_any_body(run: Commands) -> None:
    assert "not the secretary of any body yet" in run("roster", fails=True)


def test_an_empty_passphrase_makes_nothing(run: Commands) -> None:
    run.passphrase = ""
    assert "cannot be empty" in run("roster", fails=True)
    assert not run.home.exists()


def test_help_and_nonsense(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    assert "new-body" in capsys.readouterr().out
    assert main(["nonsense"]) == 2
    assert main([]) == 2


def test_it_says_which_version_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"Despatch {__version__}\n"


@pytest.mark.parametrize("file", ["jane.despatch", "JANE.DESPATCH", "/tmp/2026-01-29.despatch-pack"])
def test_a_file_that_is_double_clicked_goes_to_the_window(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as asked:
        begin([file, "--help"])
    assert asked.value.code == 0
    assert "an invitation file to open" in capsys.readouterr().out


def test_after_the_despatch(run: Commands, board: Path, tmp_path: Path, laptop: "Callable[..., object]") -> None:
    run("invite", "--member", "Jane Doe", "-o", tmp_path / "jane.despatch")
    laptop(tmp_path / "jane.despatch")
    run("admit", "--all")
    assert "will ask for receipts" in run("receipts", "--ask")
    assert "first edition" in run("changes", board)
    pack = tmp_path / "one.despatch-pack"
    run("compile", board, "-o", pack)
    run("publish", pack)
    said = run("receipts")
    assert "Jane Doe: nothing heard" in said
    assert "Call: Jane Doe." in said
    assert "same papers again" in run("changes", board)
    assert "Subject: Papers: Group Board, 29 January 2026" in run("email", "out", board)
    assert "Dear Jane Doe" in run("email", "invitation", "--member", "Jane Doe")
    run("calendar", board, "-o", tmp_path / "meeting.ics")
    assert (tmp_path / "meeting.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert "could not be written" in run("calendar", board, "-o", tmp_path / "meeting.ics", fails=True)
    assert "nothing is due" in run("due")
    assert "signed anew" in run("due", "--list")
    assert "not despatched" in run("receipts", "--meeting", "2026-05-05", fails=True)
