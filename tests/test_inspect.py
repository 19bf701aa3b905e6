"""`despatch inspect` on papers: what they say and point to, without a store or a screen."""

import json
from pathlib import Path
from typing import Any

import pytest

from desktop.cli import main
from desktop.pdf.client import PdfClient

MINUTES = """<h1>Minutes of the meeting of the Board held on 25 September 2025</h1><p>Present: Ann Lee, Chair</p>
<h3>TB/25/8 Apologies</h3><p>Apologies were received from Bo Day. The Chair welcomed members.</p>
<h3>TB/25/9 Finance</h3><p>The report was received and members asked about the deficit, which was reported.</p>
<p><b>RESOLVED:</b> To approve the plan.</p><p><b>ACTION A1:</b> Bring the forecast. <b>Lead:</b> Cy Roe.</p>"""
LOG = """<h1>Action log</h1><table border="1">
<tr><th>Ref</th><th>Minute</th><th>Action</th><th>Lead</th><th>Status</th></tr>
<tr><td>A1</td><td>TB/25/9</td><td>Bring the forecast</td><td>Cy Roe</td><td>Open</td></tr></table>"""


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inspect") / "board-2025-11-27"
    folder.mkdir()
    client = PdfClient("test")
    css = "td, th { border: 1pt solid black; padding: 2pt; }"
    (folder / "1-minutes.pdf").write_bytes(client.typeset(MINUTES).result(30))
    (folder / "2-log.pdf").write_bytes(client.typeset(LOG, css).result(30))
    client.shut_down()
    (folder / "3-broken.pdf").write_bytes(b"%PDF-1.7 and no more")
    return folder


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert main(["inspect", *words, "--json"]) == 0
    said: dict[str, Any] = json.loads(capsys.readouterr().out)
    return said


def test_a_folder_as_data(capsys: pytest.CaptureFixture[str], pack: Path) -> None:
    said = printed(capsys, str(pack))
    assert said["schema"] == 1
    (found,) = said["packs"]
    assert (found["name"], found["held_on"]) == ("board-2025-11-27", "2025-11-27")
    minutes, log, broken = found["papers"]
    assert [each["facts"]["kind"] for each in minutes["kind"]] == ["minutes"]
    assert [each["ref"] for each in minutes["minutes"]] == ["TB/25/8", "TB/25/9"]
    (decision,) = minutes["decisions"]
    assert decision["text"] == "To approve the plan."
    assert decision["page"] == 0
    assert len(decision["boxes"][0]) == 4
    (action,) = log["actions"]
    assert (action["ref"], action["facts"]["lead"], action["facts"]["source"]) == ("A1", "Cy Roe", "log")
    (reference,) = [each for each in log["references"] if each["text"].endswith("TB/25/9")]
    assert [each["file"] for each in reference["targets"]] == ["1-minutes.pdf"]
    assert reference["reason"]
    assert "damaged" in broken["trouble"]


def test_a_folder_in_lines(capsys: pytest.CaptureFixture[str], pack: Path) -> None:
    assert main(["inspect", str(pack)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "1-minutes.pdf: minutes, 1 page" in lines
    assert "    TB/25/9  To approve the plan.  (page 1)" in lines
    assert any(line.startswith("3-broken.pdf: ") and "damaged" in line for line in lines)


def test_one_paper_alone(capsys: pytest.CaptureFixture[str], pack: Path) -> None:
    (found,) = printed(capsys, str(pack / "2-log.pdf"))["packs"]
    assert [each["file"] for each in found["papers"]] == ["2-log.pdf"]


@pytest.mark.parametrize(
    ("name", "words"),
    [("3-broken.pdf", "damaged"), ("none.pdf", "no file"), ("empty", "no PDF"), ("x.despatch", "Only what papers say")],
)
def test_what_is_none_is_said(capsys: pytest.CaptureFixture[str], pack: Path, name: str, words: str) -> None:
    if name == "empty":
        (pack.parent / name).mkdir(exist_ok=True)
    path = pack.parent / name if name == "empty" else pack / name
    assert main(["inspect", str(path), "--json"]) == 2
    told = capsys.readouterr()
    assert words in told.err
    assert told.out == ""
