"""python -m tests.benchmarks [NAME…] [--json FILE] [--quick]: measure, and print a table."""

import argparse
import importlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from desktop.late_methods import compile_later
from tests.benchmarks import surroundings
from tests.benchmarks.figures import MISSED, Figure, table

GROUPS = {
    "opening": "Starting, beside other viewers",
    "turning": "Turning pages and jumping",
    "scrolling": "Scrolling",
    "panes": "Two panes",
    "finding": "Finding in 500 pages",
    "searching": "Searching every pack",
    "intake": "A pack arrives",
    "hour": "An hour's reading",
    "distribution": "Despatching to many",
    "reissue": "Notes carried to a new edition",
    "notes": "A thousand notes in a paper",
    "gold": "What papers say, against what was labelled by reading",
    "references": "References, against those labelled by reading",
}
_LIMIT = 400  # seconds for one group


def main(arguments: Sequence[str]) -> int:
    """Each group runs in a process of its own, so that none inherits the caches or the memory of another."""
    given = _arguments(arguments)
    if given.child:
        _child(given.names[0], given.child, given.quick)
        return 0
    for line in surroundings.missing():
        print(line)
    before = surroundings.noise()
    found = {name: _group(name, given.quick) for name in given.names or GROUPS}
    noise = [before, surroundings.noise()]
    print(f"\nThe machine: before {_said(noise[0])}; after {_said(noise[1])}")
    missed = sum(figure.verdict == MISSED for figures in found.values() for figure in figures)
    print(f"{missed} marks missed." if missed else "No mark missed.")
    if given.json:
        _write(given.json, found, noise)
    return 0


def _arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="start.py bench", description="Measure what the documents promise.")
    parser.add_argument("names", nargs="*", choices=[[], *GROUPS], metavar="NAME", help=f"any of: {', '.join(GROUPS)}")
    parser.add_argument("--json", type=Path, help="write the figures there as well")
    parser.add_argument("--quick", action="store_true", help="one measurement of each: whether it runs, not how fast")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def _group(name: str, quick: bool) -> list[Figure]:
    """Measure one group in a child and print its table; what a child that failed said is printed instead."""
    with tempfile.TemporaryDirectory(prefix="despatch-bench-") as folder:
        out = Path(folder) / "figures.json"
        command = [sys.executable, "-m", "tests.benchmarks", name, "--child", str(out), *(["--quick"] if quick else [])]
        try:
            done = subprocess.run(command, cwd=surroundings.ROOT, timeout=_LIMIT).returncode == 0
        except subprocess.TimeoutExpired:
            done = False
        figures = [Figure.from_json(each) for each in json.loads(out.read_text("utf-8"))] if done else []
    print(f"\n{table(GROUPS[name], figures)}" if figures else f"\n{GROUPS[name]}: not measured.", flush=True)
    return figures


def _child(name: str, out: Path, quick: bool) -> None:
    compile_later()  # as the application does
    module = importlib.import_module(f"tests.benchmarks.{name}")
    figures = [figure.to_json() for figure in module.measure(quick)]
    out.write_text(json.dumps(figures), "utf-8")


def _said(noise: dict[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in noise.items())


def _write(path: Path, found: dict[str, list[Figure]], noise: list[dict[str, Any]]) -> None:
    groups = {name: [figure.to_json() for figure in figures] for name, figures in found.items()}
    whole = {"date": date.today().isoformat(), "noise": noise, "groups": groups}
    path.write_text(json.dumps(whole, indent=1, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
