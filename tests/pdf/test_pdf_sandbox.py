"""What a locked process can no longer do. Tried in a child: a lock cannot be taken off again."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = str(Path(__file__).parents[2])
ATTEMPTS = """
import ctypes, json, mmap, os, socket, subprocess, sys, threading
sys.path.insert(0, sys.argv[1])
from desktop.pdf import {layer}
{also}
old = socket.socket()
port = int(sys.argv[3])
unused = os.open("/dev/null", os.O_WRONLY)
report = {lock}

def tried(action):
    try:
        action()
    except (OSError, RuntimeError, MemoryError, ValueError) as error:
        return type(error).__name__
    return "done"

print(json.dumps([report, {{
    "read a file": tried(lambda: open(sys.argv[2]).read()),
    "make a file": tried(lambda: open(sys.argv[2] + ".new", "w")),
    "list a folder": tried(lambda: os.listdir("/")),
    "new socket": tried(lambda: socket.socket()),
    "connect": tried(lambda: old.connect(("127.0.0.1", port))),
    "start a program": tried(lambda: subprocess.run(["/bin/true"])),
    "fork": tried(lambda: os.fork() or os._exit(0)),
    "signal another": tried(lambda: os.kill(os.getppid(), 0)),
    "memory to run": tried(lambda: mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)),
    "three gigabytes": tried(lambda: mmap.mmap(-1, 3 << 30)),
    "some memory": tried(lambda: bytearray(64 << 20)),
}}]), flush=True)
os._exit(0)
"""


def attempts(tmp_path: Path, layer: str, lock: str, also: str = "") -> tuple[object, dict[str, str]]:
    import socket

    if sys.platform != "linux":
        pytest.skip("Linux's layers")
    (tmp_path / "file").write_text("words")
    with socket.create_server(("127.0.0.1", 0)) as server:
        arguments = [ROOT, str(tmp_path / "file"), str(server.getsockname()[1])]
        code = ATTEMPTS.format(layer=layer, lock=lock, also=also)
        ended = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    report, results = json.loads(ended.stdout)
    return report, results


def test_everything_together(tmp_path):
    report, results = attempts(tmp_path, "sandbox", "sandbox.lock(2048)")
    if not all(state.startswith("on") for state in report.values()):
        pytest.skip(f"this system has not all layers: {report}")
    assert results.pop("some memory") == "done"
    assert set(results.values()).isdisjoint({"done"}), results
    assert results["three gigabytes"] in ("OSError", "MemoryError")
    assert not (tmp_path / "file.new").exists()


def test_landlock_alone_closes_files_and_connections(tmp_path):
    report, results = attempts(tmp_path, "landlock", "landlock.forbid_everything()")
    if not str(report).startswith("on"):
        pytest.skip(str(report))
    closed = ["read a file", "make a file", "list a folder"]
    if "no connections" in str(report):
        closed.append("connect")
    assert {results[name] for name in closed} == {"PermissionError"}
    assert results["new socket"] == "done"


def test_seccomp_alone_closes_everything_but_memory(tmp_path):
    report, results = attempts(tmp_path, "sandbox", "sandbox._seccomp()")
    if not str(report).startswith("on"):
        pytest.skip(str(report))
    assert results.pop("some memory") == results.pop("three gigabytes") == "done"
    assert set(results.values()) <= {"PermissionError", "RuntimeError"}, results


def test_a_missing_layer_is_told_and_the_others_hold(tmp_path):
    report, results = attempts(tmp_path, "sandbox", "sandbox.lock(2048)", "sandbox.pyseccomp = None")
    assert report["seccomp"] == "off: libseccomp is not installed"
    assert report["limits"] == "on"
    assert results["new socket"] == results["start a program"] == "OSError", "no more open files"


def test_a_worker_tells_what_holds(client):
    report = client.sandbox_report().result(60)
    assert report["limits"].startswith("on")
    if sys.platform == "linux":
        assert set(report) == {"no core dump", "landlock", "limits", "seccomp"}
