"""Nothing readable on the disk: not in the database, its log, its temporary files."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.db.test_store import ROOT

# The writer looks, from inside SQLite's own work, for open files in the temporary folder: SQLite deletes its temporary
# files as soon as they are open, so that nothing of them can be seen from outside or afterwards.
WRITER = """
import os, sys
from pathlib import Path
from db.annotations import Annotations
from db.bodies import Bodies
from db.finding import Finding
from db.packs import Packs
from db.records import AnnotationRecord, BodyRecord, PackRecord, VersionRecord
from db.store import Store
from db.versions import Versions

folder, temporary, mode = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
seen = set()

def watch():
    for name in os.listdir("/proc/self/fd"):
        try:
            target = os.readlink(f"/proc/self/fd/{name}")
        except FileNotFoundError:
            continue
        if target.startswith(temporary):
            seen.add(target)
    return 0

store = Store.open(folder, bytes(range(32)))
store.rows(f"PRAGMA temp_store={mode}")
store.rows("PRAGMA cache_size=-200")
store.database.conn.set_progress_handler(watch, 200)
Bodies(store).add(BodyRecord("b", "xylophonebody", "o", "r", b"xylophoneroot", "s"))
Packs(store).put(PackRecord("p", "b", "xylophonepack", "2026-01-01", "", "", "public", 1, "", "", b"xylophoneindex"))
versions, finding = Versions(store), Finding(store)
versions.put(VersionRecord("aa", "p", "paper", "t", "xylophonekey", "s", 1, "stored", 400))
texts = [(page, b"xylophonewords", f"xylophonetext{page} board " * 300) for page in range(60)]
versions.put_texts("aa", texts)
finding.add("p", "paper", "aa", [(page, text) for page, _, text in texts])
Annotations(store).put(AnnotationRecord("n", "p", "paper", "aa", 0, "note", "c", "{}", "xylophonenote", "", ""))
found = finding.find("xylophonetext7*", 50)
assert found and "xylophonetext7" in found[0].snippet
store.rows("SELECT text, random() AS r FROM texts, pragma_function_list ORDER BY text, r LIMIT 100 OFFSET 3000")
with store.transaction():
    finding.remove_version("aa", "paper")
print(len(seen), flush=True)
sys.stdin.readline()
"""


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="watches open files through /proc")
@pytest.mark.parametrize(("mode", "leaks"), [("MEMORY", False), ("FILE", True)])
def test_no_word_lies_readable_on_the_disk(tmp_path: Path, mode: str, leaks: bool) -> None:
    """The second run shows that the first could have failed: with temporary files allowed the watcher sees them."""
    folder, temporary = tmp_path / "home", tmp_path / "temporary"
    temporary.mkdir()
    surroundings = {"TMPDIR": str(temporary), "SQLITE_TMPDIR": str(temporary), "PYTHONPATH": str(ROOT)}
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder), str(temporary), mode],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=surroundings,
    )  # fmt: skip
    assert writer.stdout
    assert writer.stdin
    seen = int(writer.stdout.readline())
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    readable = [file.name for file in files if b"xylophone" in file.read_bytes()]
    writer.communicate("\n")
    assert {"despatch.db", "despatch.db-wal"} <= {file.name for file in files}
    assert readable == []
    assert (seen > 0) == leaks
    assert writer.returncode == 0
