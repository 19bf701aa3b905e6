"""The shape the migrations arrive at, written down in schema.sql to be read: `python -m db.schema` writes it anew."""

import secrets
import tempfile
from pathlib import Path

from db.store import Store

FILE = Path(__file__).with_name("schema.sql")


def schema_of(store: Store) -> str:
    """Every statement that makes the store as it stands, without the tables that FTS5 makes for itself."""
    made = store.rows(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'finding\\_%' ESCAPE '\\' ORDER BY rowid"
    )
    return "-- Generated from the migrations by `python -m db.schema`; do not edit.\n\n" + "".join(
        f"{sql};\n\n" for (sql,) in made
    )


def write() -> None:
    """Migrate an empty store and write down what it became."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder), secrets.token_bytes(32))
        try:
            FILE.write_text(schema_of(store), "utf-8")
        finally:
            store.close()


if __name__ == "__main__":
    write()
