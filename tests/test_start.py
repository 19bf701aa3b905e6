"""The one command: what it sets up, what it says when it cannot, and the locks it installs from."""

import ast
import importlib.metadata
import os
import re
import signal
import socket
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import start

ROOT = Path(__file__).resolve().parents[1]
LOCKS = {name: (ROOT / "packaging" / "locks" / f"{name}.txt").read_text("utf-8") for name in ("run", "dev", "uv")}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
needs_posix = pytest.mark.skipif(os.name == "nt", reason="stands in for system programs with shell scripts")

BACKEND = """
import zipfile

def build_editable(folder, config_settings=None, metadata_directory=None):
    info = "despatch-1.dist-info/"
    with zipfile.ZipFile(f"{folder}/despatch-1-py3-none-any.whl", "w") as wheel:
        wheel.writestr("despatch.pth", __file__.rpartition("/")[0])
        wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: despatch\\nVersion: 1\\n")
        wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(info + "entry_points.txt", "[console_scripts]\\ndespatch = desktop.__main__:main\\n")
        wheel.writestr(info + "RECORD", "")
    return "despatch-1-py3-none-any.whl"
"""


def pins(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==([^\s;]+)", LOCKS[lock], re.MULTILINE))


# --- the locks


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_place_to_download_from(lock: str) -> None:
    assert not re.search(r"[a-z+]+://|^\s*-(i|f|e)\b|--(extra-)?index|--find-links|\.(org|com|io)\b", LOCKS[lock])


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_and_hashes_everything(lock: str) -> None:
    entries = LOCKS[lock].replace("\\\n", " ").strip().splitlines()
    assert entries
    assert [line for line in entries if not re.match(r"[a-z0-9-]+==\S.*--hash=sha256:[0-9a-f]{64}", line)] == []


def test_the_application_carries_no_number_crunchers() -> None:
    heavy = {"numpy", "onnxruntime", "pillow", "networkx", "pandas", "scipy", "pyside6", "pyside6-addons"}
    assert heavy & pins("run").keys() == set()
    assert heavy & pins("dev").keys() == set()


@pytest.mark.parametrize("extra", ["", "build", "dev"])
def test_the_locks_hold_what_the_project_asks_for(extra: str) -> None:
    asked = PROJECT["optional-dependencies"][extra] if extra else PROJECT["dependencies"]
    locked = pins("dev" if extra == "dev" else "run")
    for requirement in map(Requirement, asked):
        assert requirement.specifier.contains(locked[canonicalize_name(requirement.name)]), f"{requirement}: lock anew"


def test_testing_uses_the_versions_that_run() -> None:
    assert pins("run").items() <= pins("dev").items()


def test_this_environment_is_the_locked_one() -> None:
    strays = {}
    for package, version in pins("dev").items():
        try:
            here = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            continue
        strays |= {package: here} if here != version else {}
    if Path(sys.prefix) != ROOT / ".venv":
        pytest.skip("tests run outside .venv")
    assert strays == {}


# --- what it asks of the system


def test_any_python_can_read_far_enough_to_be_told_it_is_too_old() -> None:
    ast.parse((ROOT / "start.py").read_text("utf-8"), feature_version=(3, 7))


def test_a_library_that_is_not_there_is_missed() -> None:
    assert not start.can_load("libdespatch-never-made.so.1")


def test_fonts_are_found_where_they_are(tmp_path: Path) -> None:
    assert not start.has_fonts([str(tmp_path), str(tmp_path / "absent")])
    (tmp_path / "truetype").mkdir()
    (tmp_path / "truetype" / "Plain.TTF").touch()
    assert start.has_fonts([str(tmp_path)])


@pytest.fixture
def system_programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand-ins for apt-get and sudo, which write down how they were called; the folder they stand in."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    stand_in(folder, "apt-get", 'echo "apt-get $* ${DEBIAN_FRONTEND:-}" >> "$0.calls"')
    return folder


def stand_in(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    (folder / name).chmod(0o755)


INSTALLED = """apt-get -q update
apt-get -q install -y --no-install-recommends libegl1 libgl1 noninteractive
"""


def calls(folder: Path) -> str:
    return "".join(f"{line.rstrip()}\n" for line in (folder / "apt-get.calls").read_text("utf-8").splitlines())


@needs_posix
def test_root_installs_what_is_missing(system_programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.delenv("DEBIAN_FRONTEND", raising=False)
    start.install_system_packages(["libegl1", "libgl1"])
    assert calls(system_programs) == INSTALLED


@needs_posix
def test_sudo_that_asks_nothing_is_used(system_programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.delenv("DEBIAN_FRONTEND", raising=False)
    stand_in(system_programs, "sudo", '[ "$1" = -n ] && shift && exec "$@"')
    start.install_system_packages(["libegl1", "libgl1"])
    assert calls(system_programs) == INSTALLED


@needs_posix
def test_without_rights_the_exact_command_is_told(system_programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    stand_in(system_programs, "sudo", "exit 1")
    with pytest.raises(start.Stop, match=r"apt-get install -y --no-install-recommends libegl1 libgl1$"):
        start.install_system_packages(["libegl1", "libgl1"])
    assert not (system_programs / "apt-get.calls").exists()


@needs_posix
def test_an_archive_out_of_reach_is_said_in_a_sentence(system_programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    stand_in(
        system_programs, "apt-get", '[ "$2" = update ] || { echo "E: Unable to locate package libegl1"; exit 100; }'
    )
    with pytest.raises(start.Stop, match="archive could not be reached; check the network"):
        start.install_system_packages(["libegl1"])


# --- set-up, from nothing


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project as small as can be, set up by the real start.py, that needs no network."""
    if start.missing_packages():
        pytest.skip("this system lacks packages that start.py would install")
    folder = tmp_path / "checkout"
    (folder / "packaging" / "locks").mkdir(parents=True)
    (folder / "desktop").mkdir()
    (folder / "start.py").write_text((ROOT / "start.py").read_text("utf-8"), "utf-8")
    (folder / "backend.py").write_text(BACKEND, "utf-8")
    (folder / "pyproject.toml").write_text(
        '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n', "utf-8"
    )
    (folder / "desktop" / "__init__.py").touch()
    (folder / "desktop" / "__main__.py").write_text(
        "import os, sys\n"
        "def main():\n    print('despatch', *sys.argv[1:], os.environ.get('QT_QPA_PLATFORM', 'a window'))\n"
        "if __name__ == '__main__':\n    main()\n",
        "utf-8",
    )
    lock(folder, "")
    return folder


def lock(folder: Path, text: str) -> None:
    for kind in ("run", "dev"):
        (folder / "packaging" / "locks" / f"{kind}.txt").write_text(text, "utf-8")


def command(*arguments: str) -> list[str]:
    return [start.base_python(), "start.py", *arguments]


def surroundings(port: int = 9) -> dict[str, str]:
    dropped = ("PIP_", "DISPLAY", "WAYLAND_DISPLAY", "QT_", "PYTHON", "COVERAGE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    index = {"PIP_INDEX_URL": f"http://127.0.0.1:{port}/", "PIP_CONFIG_FILE": os.devnull, "PIP_RETRIES": "1"}
    return {**kept, **index, "NO_PROXY": "127.0.0.1"}


def started(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command(*arguments), cwd=folder, env=surroundings(), capture_output=True, encoding="utf-8")


def test_the_first_start_sets_up_and_the_second_only_starts(project: Path) -> None:
    first = started(project, "run", "inspect", "a b")
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout.splitlines()[0].startswith("Setting up Despatch")
    assert first.stdout.splitlines()[-1] == "despatch inspect a b a window"
    second = started(project, "run")
    assert second.stdout == "despatch a window\n"
    if sys.platform == "linux":
        shown = started(project).stdout.splitlines()
        assert shown[0].startswith("There is no display here")
        assert shown[1:] == [f"despatch tour {project / 'tour'} offscreen"]
    assert started(project, "tour", "its pictures", "light").stdout == "despatch tour its pictures light offscreen\n"
    unsaid = started(project, "tour")
    assert (unsaid.returncode, unsaid.stderr.partition(":")[0]) == (1, "Say which folder to draw the tour into")
    own = project / ".venv" / ("Scripts/despatch.exe" if os.name == "nt" else "bin/despatch")
    assert subprocess.run([own, "--version"], capture_output=True, check=True, cwd=project.parent).stdout


def test_a_network_cut_is_one_sentence_and_the_next_start_mends_it(project: Path) -> None:
    lock(project, "nowhere==1.0 --hash=sha256:" + "0" * 64 + "\n")
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    cut = subprocess.run(command("run"), cwd=project, env=surroundings(port), capture_output=True, encoding="utf-8")
    assert cut.returncode == 1
    assert cut.stderr.startswith("The package index could not be reached")
    assert len(cut.stderr.splitlines()) == 1
    lock(project, "")
    assert started(project, "run").returncode == 0


@needs_posix
def test_a_set_up_killed_in_the_middle_is_made_again(project: Path) -> None:
    lock(project, "nowhere==1.0 --hash=sha256:" + "0" * 64 + "\n")
    with socket.create_server(("127.0.0.1", 0)) as index:
        environment = surroundings(index.getsockname()[1])
        running = subprocess.Popen(command("run"), cwd=project, env=environment, start_new_session=True, stdout=-3)
        index.settimeout(300)
        index.accept()[0].close()  # pip has come to ask: the environment is there, and nothing is in it
        os.killpg(running.pid, signal.SIGKILL)
        running.wait(60)
    left = project / ".venv" / "left-behind"
    left.touch()
    lock(project, "")
    mended = started(project, "run")
    assert mended.returncode == 0, mended.stderr
    assert mended.stdout.splitlines()[-1] == "despatch a window"
    assert not left.exists()


def test_an_unknown_word_shows_what_there_is() -> None:
    asked = subprocess.run(command("explode"), cwd=ROOT, capture_output=True, encoding="utf-8")
    assert asked.returncode == 2
    assert "python3 start.py test" in asked.stdout


def test_two_first_starts_at_once_make_one_environment(project: Path) -> None:
    pair = [
        subprocess.Popen(command("run"), cwd=project, env=surroundings(), stdout=-1, stderr=-1, encoding="utf-8")
        for _ in range(2)
    ]
    said = [running.communicate(timeout=300) for running in pair]
    assert [(running.returncode, errors) for running, (_, errors) in zip(pair, said, strict=True)] == [(0, "")] * 2
    assert sorted(len(words.splitlines()) for words, _ in said) == [1, 2], "only one of them sets up"


def test_nothing_but_the_standard_library_is_imported_before_set_up() -> None:
    """Also on Windows and macOS: what only POSIX systems have is imported and called where it has been asked for."""
    tree = ast.parse((ROOT / "start.py").read_text("utf-8"))
    named = {alias.name.partition(".")[0] for node in tree.body if isinstance(node, ast.Import) for alias in node.names}
    named |= {str(node.module) for node in tree.body if isinstance(node, ast.ImportFrom)}
    assert named <= sys.stdlib_module_names | {"__future__"}
    assert named & {"fcntl", "pwd", "grp", "resource", "termios", "msvcrt", "winreg"} == set()
