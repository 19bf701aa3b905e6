"""The benchmarks hold together: figures know their marks, tables line up, and a group runs from end to end."""

import json
from pathlib import Path

import pytest

from tests.benchmarks import __main__ as bench
from tests.benchmarks.figures import MET, MISSED, Figure, Mark, of, percentile, table


def test_a_figure_knows_whether_its_mark_was_met() -> None:
    assert of("turn", "ms", [9.0, 16.0, 30.0], Mark(16)).verdict == MET
    assert of("turn", "ms", [9.0, 16.1, 30.0], Mark(16)).verdict == MISSED
    assert of("intake", "pages/s", [250.0], Mark(250, at_least=True)).verdict == MET
    assert of("intake", "pages/s", [249.0], Mark(250, at_least=True)).verdict == MISSED
    assert of("zoom", "ms", [1.0]).verdict == ""


def test_the_median_stands_with_the_least_and_the_most() -> None:
    figure = of("turn", "ms", [5.0, 1.0, 9.0, 2.0, 3.0])
    assert (figure.value, figure.spread) == (3.0, (1.0, 9.0))


@pytest.mark.parametrize(("share", "value"), [(0.5, 50), (0.95, 95), (0.99, 99), (1.0, 100)])
def test_a_percentile_is_a_measurement_that_was_made(share: float, value: int) -> None:
    assert percentile(list(range(100, 0, -1)), share) == value


def test_figures_survive_the_file_they_are_kept_in() -> None:
    figure = of("start", "ms", [800.0, 900.0], Mark(950, note="(Okular)"), {"okular": 950.0})
    assert Figure.from_json(json.loads(json.dumps(figure.to_json()))) == figure


def test_the_columns_of_a_table_line_up() -> None:
    figures = [of("turn", "ms", [4.0], Mark(16)), of("search over 20,000 pages", "ms", [87.0], Mark(60), {"FTS5": 12})]
    lines = table("Turning", figures).splitlines()
    marks = [line.index("≤") for line in lines[2:]]
    assert len(set(marks)) == 1
    assert "MISSED" in lines[3]
    assert "FTS5 12.0" in lines[3]


@pytest.mark.long
@pytest.mark.parametrize("group", [name for name in bench.GROUPS if name not in ("opening", "searching")])
def test_every_group_runs_on_the_application_as_it_is(tmp_path: Path, group: str) -> None:
    assert bench.main([group, "--quick", "--json", str(tmp_path / "figures.json")]) == 0
    assert json.loads((tmp_path / "figures.json").read_text("utf-8"))["groups"][group]


def test_a_group_is_measured_and_written_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    # For the children too: where the probe is, its libraries and a large pack would be fetched and made, which takes
    # minutes and a network.
    monkeypatch.setenv("DESPATCH_PROBE", str(tmp_path / "nowhere"))
    monkeypatch.setattr("tests.benchmarks.surroundings.SHARED", tmp_path / "nowhere")
    assert bench.main(["searching", "--quick", "--json", str(tmp_path / "figures.json")]) == 0
    written = json.loads((tmp_path / "figures.json").read_text("utf-8"))
    (p50, p95) = written["groups"]["searching"]
    assert p50["value"] > 0
    assert p95["mark"]["value"] == 60
    said = capfd.readouterr().out
    assert "start-up and peers are left out" in said
    assert "search over 500 pages, p95" in said
