"""The walls of the house: who may import whom, how long a file may be, and what the window's process never loads."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
OURS = ("desktop", "db", "tests")
MADE_BY_HAND = [*(ROOT / "packaging").glob("*.py"), ROOT / "start.py"]  # not packaging/out, which holds libraries
SOURCES = sorted([*MADE_BY_HAND, *(path for folder in OURS for path in (ROOT / folder).rglob("*.py"))])
MODULES = [path for path in SOURCES if path.parts[len(ROOT.parts)] in ("desktop", "db")]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def walls(folder: Path) -> subprocess.CompletedProcess[str]:
    script = "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    return subprocess.run(
        [sys.executable, "-P", "-c", script],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
    )


def test_every_import_stays_within_the_walls() -> None:
    result = walls(ROOT)
    assert result.returncode == 0, result.stdout[result.stdout.find("Broken contracts") :] + result.stderr


@pytest.mark.parametrize(
    ("module", "line", "wall"),
    [
        ("desktop/reader/__init__.py", "import PySide6.QtCore", "Qt stays in the screens"),
        ("desktop/errors.py", "from PySide6 import QtCore", "Qt stays in the screens"),
        ("desktop/ui/kit/__init__.py", "import pymupdf", "The PDF engine stays in its processes"),
        ("desktop/search/__init__.py", "import sqlcipher3", "The database engine stays in the store"),
        ("db/records.py", "import desktop.errors", "The store knows no application"),
        ("db/records.py", "import db.store", "Floors of the store"),
        ("desktop/packs/__init__.py", "import desktop.library.shelf", "Floors of desktop"),
        ("desktop/ui/kit/__init__.py", "import desktop.ui.panels", "Floors of the screens"),
        ("desktop/nowhere.py", "import os", "Floors of desktop"),
    ],
)
def test_an_import_over_a_wall_is_caught(tmp_path: Path, module: str, line: str, wall: str) -> None:
    for folder in ("desktop", "db"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    with (tmp_path / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    result = walls(tmp_path)
    assert result.returncode == 1
    assert f"{wall} BROKEN" in result.stdout or f'"{wall}"' in result.stdout, result.stdout


def test_no_file_is_over_500_lines() -> None:
    lengths = {name(path): len(path.read_text("utf-8").splitlines()) for path in SOURCES}
    assert {path: length for path, length in lengths.items() if length > 500} == {}


def test_every_module_says_what_it_is() -> None:
    assert [name(path) for path in MODULES if not ast.get_docstring(tree(path))] == []


def test_every_public_class_says_what_it_is() -> None:
    classes = [(path, node) for path in MODULES for node in tree(path).body if isinstance(node, ast.ClassDef)]
    public = [(path, node) for path, node in classes if not node.name.startswith("_")]
    assert [f"{name(path)} {node.name}" for path, node in public if not ast.get_docstring(node)] == []


def test_no_function_is_over_60_lines() -> None:
    nodes = [(path, node) for path in MODULES for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef)]
    long = [(path, node) for path, node in nodes if (node.end_lineno or 0) - node.lineno >= 60]
    assert [f"{name(path)} {node.name}" for path, node in long] == []


def test_packaging_never_becomes_a_package() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists(), "it would shadow the library of that name"


def loaded_by(module: str) -> set[str]:
    script = f"import sys, {module}; print(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    result = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(result.stdout.split())


def test_the_window_loads_no_engine_and_nothing_slow() -> None:
    late = {"pymupdf", "fitz", "numpy", "sqlite_utils", "keyring", "tuf", "cryptography", "pyrage", "urllib3"}
    assert loaded_by("desktop.app") & late == set()


def test_the_way_in_loads_nothing_but_itself() -> None:
    heavy = {"PySide6", "pymupdf", "sqlite_utils", "keyring", "tuf", "cryptography", "pyrage", "urllib3"}
    assert loaded_by("desktop.__main__") & heavy == set()
