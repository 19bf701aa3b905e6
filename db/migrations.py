"""How the store came to its shape: small steps, each recorded in the transaction that takes it. Never edit one; add."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlite_utils import Database

Step = Callable[["Database"], None]


def m001_bodies_and_packs(database: "Database") -> None:
    """Who sends packs, who we are to them, and the packs that came."""
    _each(
        database,
        """CREATE TABLE bodies (
            id TEXT PRIMARY KEY, name TEXT NOT NULL, organisation TEXT NOT NULL, repository TEXT NOT NULL,
            root BLOB NOT NULL, secretary TEXT NOT NULL, confirmed_at TEXT NOT NULL, confirmed_until TEXT NOT NULL,
            trouble TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE identities (
            body_id TEXT PRIMARY KEY REFERENCES bodies ON DELETE CASCADE, member TEXT NOT NULL, device TEXT NOT NULL,
            "key" TEXT NOT NULL, recipient TEXT NOT NULL, tag TEXT NOT NULL, phrase TEXT NOT NULL,
            admitted INTEGER NOT NULL
        ) STRICT""",
        """CREATE TABLE packs (
            id TEXT PRIMARY KEY, body_id TEXT NOT NULL REFERENCES bodies ON DELETE CASCADE, title TEXT NOT NULL,
            held_on TEXT NOT NULL, starts TEXT NOT NULL, place TEXT NOT NULL, session TEXT NOT NULL,
            edition INTEGER NOT NULL, despatched TEXT NOT NULL, note TEXT NOT NULL, "index" BLOB NOT NULL,
            opened_at TEXT NOT NULL, seen_edition INTEGER NOT NULL
        ) STRICT""",
        "CREATE INDEX packs_of_body ON packs (body_id)",
    )


def m002_versions_and_pages(database: "Database") -> None:
    """The papers' files, their pages, and which pages were seen."""
    _each(
        database,
        """CREATE TABLE versions (
            sha256 TEXT NOT NULL, pack_id TEXT NOT NULL REFERENCES packs ON DELETE CASCADE, paper_id TEXT NOT NULL,
            target TEXT NOT NULL, "key" TEXT NOT NULL, sealed_sha256 TEXT NOT NULL, sealed_length INTEGER NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('wanted', 'fetching', 'stored', 'indexed', 'refused')),
            pages INTEGER NOT NULL, done INTEGER NOT NULL, trouble TEXT NOT NULL,
            PRIMARY KEY (sha256, paper_id)
        ) STRICT""",
        "CREATE INDEX versions_of_pack ON versions (pack_id)",
        "CREATE INDEX versions_of_paper ON versions (paper_id)",
        """CREATE TABLE pages (
            sha256 TEXT NOT NULL, "index" INTEGER NOT NULL, width REAL NOT NULL, height REAL NOT NULL,
            label TEXT NOT NULL, has_text INTEGER NOT NULL, PRIMARY KEY (sha256, "index")
        ) STRICT, WITHOUT ROWID""",
        # Text lies plain inside the sealed file: packing it would save a tenth of the store, and would take from SQL
        # the words it needs to take a page out of the index again.
        """CREATE TABLE texts (
            sha256 TEXT NOT NULL, page INTEGER NOT NULL, words BLOB NOT NULL, text TEXT NOT NULL,
            PRIMARY KEY (sha256, page)
        ) STRICT""",
        # One file can be a paper of two packs: its pages go when the last of them goes.
        """CREATE TRIGGER versions_gone AFTER DELETE ON versions
        WHEN NOT EXISTS (SELECT 1 FROM versions WHERE sha256 = old.sha256) BEGIN
            DELETE FROM pages WHERE sha256 = old.sha256;
            DELETE FROM texts WHERE sha256 = old.sha256;
        END""",
        """CREATE TABLE seen_pages (
            pack_id TEXT NOT NULL REFERENCES packs ON DELETE CASCADE, paper_id TEXT NOT NULL, page INTEGER NOT NULL,
            at TEXT NOT NULL, PRIMARY KEY (pack_id, paper_id, page)
        ) STRICT, WITHOUT ROWID""",
    )


def m003_finding(database: "Database") -> None:
    """The search index: which page of which paper holds which word."""
    _each(
        database,
        """CREATE TABLE found_pages (
            id INTEGER PRIMARY KEY, pack_id TEXT NOT NULL, paper_id TEXT NOT NULL, sha256 TEXT NOT NULL,
            page INTEGER NOT NULL, UNIQUE (sha256, paper_id, page),
            FOREIGN KEY (sha256, paper_id) REFERENCES versions ON DELETE CASCADE,
            FOREIGN KEY (sha256, page) REFERENCES texts ON DELETE RESTRICT ON UPDATE RESTRICT
        ) STRICT""",
        """CREATE VIEW found_texts AS
            SELECT found_pages.id AS id, found_pages.pack_id AS pack, texts.text AS text
            FROM found_pages JOIN texts USING (sha256, page)""",
        # pack is a word of each page, so that a search within one pack never visits the others. Prefixes of two and
        # three letters are kept because that many words begin with them; longer ones are few enough to gather.
        """CREATE VIRTUAL TABLE finding USING fts5(
            pack, text, content='found_texts', content_rowid='id',
            tokenize='unicode61 remove_diacritics 2', prefix='2 3'
        )""",
        # Without secure-delete the words of a destroyed page would stay in the index.
        "INSERT INTO finding (finding, rank) VALUES ('secure-delete', 1)",
        "INSERT INTO finding (finding, rank) VALUES ('rank', 'bm25(0.0, 1.0)')",
        """CREATE TRIGGER found_pages_in AFTER INSERT ON found_pages BEGIN
            INSERT INTO finding (rowid, pack, text) SELECT id, pack, text FROM found_texts WHERE id = new.id;
        END""",
        """CREATE TRIGGER found_pages_out BEFORE DELETE ON found_pages BEGIN
            INSERT INTO finding (finding, rowid, pack, text)
            SELECT 'delete', id, pack, text FROM found_texts WHERE id = old.id;
        END""",
        # A page's words are taken out of the index with the text they went in with: it must not change in between.
        """CREATE TRIGGER texts_kept BEFORE UPDATE OF text ON texts
        WHEN EXISTS (SELECT 1 FROM found_pages WHERE sha256 = old.sha256 AND page = old.page) BEGIN
            SELECT raise(ABORT, 'the text of an indexed page cannot change');
        END""",
    )


def m004_notes_and_places(database: "Database") -> None:
    """What the reader wrote, named and left open, and the choices made."""
    _each(
        database,
        """CREATE TABLE annotations (
            id TEXT PRIMARY KEY, pack_id TEXT NOT NULL REFERENCES packs ON DELETE CASCADE, paper_id TEXT NOT NULL,
            sha256 TEXT NOT NULL, page INTEGER NOT NULL, kind TEXT NOT NULL, colour TEXT NOT NULL, anchor TEXT NOT NULL,
            words TEXT NOT NULL, created TEXT NOT NULL, changed TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX annotations_of_pack ON annotations (pack_id)",
        """CREATE TABLE bookmarks (
            id TEXT PRIMARY KEY, pack_id TEXT NOT NULL REFERENCES packs ON DELETE CASCADE, paper_id TEXT NOT NULL,
            sha256 TEXT NOT NULL, page INTEGER NOT NULL, y REAL NOT NULL, name TEXT NOT NULL, created TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX bookmarks_of_pack ON bookmarks (pack_id)",
        """CREATE TABLE places (
            pack_id TEXT PRIMARY KEY REFERENCES packs ON DELETE CASCADE, paper_id TEXT NOT NULL, page INTEGER NOT NULL,
            y REAL NOT NULL, x REAL NOT NULL, zoom REAL NOT NULL, fit TEXT NOT NULL, at TEXT NOT NULL
        ) STRICT""",
        "CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
    )


def m005_offices(database: "Database") -> None:
    """The secretary's side: bodies served, their rosters, papers sealed, editions despatched."""
    _each(
        database,
        """CREATE TABLE offices (
            body_id TEXT PRIMARY KEY, name TEXT NOT NULL, organisation TEXT NOT NULL, repository TEXT NOT NULL,
            root_key TEXT NOT NULL, daily_key TEXT NOT NULL, identity TEXT NOT NULL, recipient TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE roster (
            body_id TEXT NOT NULL REFERENCES offices ON DELETE CASCADE, tag TEXT NOT NULL, member TEXT NOT NULL,
            device TEXT NOT NULL, recipient TEXT NOT NULL, phrase TEXT NOT NULL, state TEXT NOT NULL,
            secret TEXT NOT NULL, PRIMARY KEY (body_id, tag)
        ) STRICT""",
        """CREATE TABLE sealed_papers (
            body_id TEXT NOT NULL REFERENCES offices ON DELETE CASCADE, sha256 TEXT NOT NULL, target TEXT NOT NULL,
            "key" TEXT NOT NULL, sealed_sha256 TEXT NOT NULL, sealed_length INTEGER NOT NULL, length INTEGER NOT NULL,
            pages INTEGER NOT NULL, tags TEXT NOT NULL, PRIMARY KEY (body_id, sha256)
        ) STRICT""",
        """CREATE TABLE despatches (
            body_id TEXT NOT NULL REFERENCES offices ON DELETE CASCADE, pack_id TEXT NOT NULL, edition INTEGER NOT NULL,
            despatched TEXT NOT NULL, "index" BLOB NOT NULL, PRIMARY KEY (body_id, pack_id, edition)
        ) STRICT""",
    )


def m006_leaving_and_earlier_editions(database: "Database") -> None:
    """What is being taken off this computer, and the edition a member saw last, to say what is new in the next."""
    _each(
        database,
        "ALTER TABLE bodies ADD COLUMN leaving INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE packs ADD COLUMN seen_index BLOB NOT NULL DEFAULT x''",
        "ALTER TABLE packs ADD COLUMN put_away INTEGER NOT NULL DEFAULT 0",
    )


def m007_structures_and_pace(database: "Database") -> None:
    """Contents and printed numbers of the files, numbers put right by hand, and how long pages are looked at."""
    _each(
        database,
        "CREATE TABLE structures (sha256 TEXT PRIMARY KEY, outline TEXT NOT NULL, stamps TEXT NOT NULL) STRICT",
        """CREATE TRIGGER structures_gone AFTER DELETE ON versions
        WHEN NOT EXISTS (SELECT 1 FROM versions WHERE sha256 = old.sha256) BEGIN
            DELETE FROM structures WHERE sha256 = old.sha256;
        END""",
        # Papers read before are read once more: they stay readable and found meanwhile.
        "UPDATE versions SET state = 'stored' WHERE state = 'indexed'",
        """CREATE TABLE printed_pages (
            pack_id TEXT NOT NULL REFERENCES packs ON DELETE CASCADE, paper_id TEXT NOT NULL, page INTEGER NOT NULL,
            label TEXT NOT NULL, PRIMARY KEY (pack_id, paper_id, page)
        ) STRICT""",
        """CREATE TABLE dwells (
            pack_id TEXT NOT NULL REFERENCES packs ON DELETE CASCADE, paper_id TEXT NOT NULL, page INTEGER NOT NULL,
            seconds REAL NOT NULL, at TEXT NOT NULL, PRIMARY KEY (pack_id, paper_id, page)
        ) STRICT""",
    )


def m008_looks(database: "Database") -> None:
    """How pages are looked at, and where each paper was left."""
    _each(
        database,
        "ALTER TABLE places ADD COLUMN mode TEXT NOT NULL DEFAULT 'continuous'",
        "ALTER TABLE places ADD COLUMN turn INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE places ADD COLUMN number INTEGER NOT NULL DEFAULT 0",
        """CREATE TABLE paper_places (
            pack_id TEXT NOT NULL REFERENCES packs ON DELETE CASCADE, paper_id TEXT NOT NULL, page INTEGER NOT NULL,
            y REAL NOT NULL, x REAL NOT NULL, zoom REAL NOT NULL, fit TEXT NOT NULL, at TEXT NOT NULL,
            mode TEXT NOT NULL, turn INTEGER NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (pack_id, paper_id)
        ) STRICT""",
        # What was open stays as it was left, also after the first jump away from it.
        "INSERT INTO paper_places SELECT pack_id, paper_id, page, y, x, zoom, fit, at, mode, turn, number FROM places",
    )


def m009_two_panes(database: "Database") -> None:
    """What stood beside a pack in a second pane; it goes with either pack."""
    _each(
        database,
        """CREATE TABLE panes (
            pack_id TEXT PRIMARY KEY REFERENCES packs ON DELETE CASCADE,
            other TEXT NOT NULL REFERENCES packs ON DELETE CASCADE, kept TEXT NOT NULL
        ) STRICT""",
    )


def m010_finding_in_every_script(database: "Database") -> None:
    """Vowel signs belong to words, and each page says whether its words can be had at all."""
    _each(
        database,
        "ALTER TABLE pages DROP COLUMN has_text",
        "ALTER TABLE pages ADD COLUMN legible TEXT NOT NULL DEFAULT ''",
        "DROP TRIGGER found_pages_in",
        "DROP TRIGGER found_pages_out",
        "DROP TRIGGER texts_kept",
        "DROP TABLE finding",
        "DROP VIEW found_texts",
        # What was read before says nothing of how well: intake reads every paper once more, quietly.
        "DELETE FROM found_pages",
        "DELETE FROM texts",
        "UPDATE versions SET state = 'stored' WHERE state = 'indexed'",
        # Plain English is indexed as it is kept; anything else by words brought to one spelling beforehand.
        'ALTER TABLE texts ADD COLUMN "keys" TEXT',
        """CREATE VIEW found_texts AS
            SELECT found_pages.id AS id, found_pages.pack_id AS pack, coalesce(texts."keys", texts.text) AS text
            FROM found_pages JOIN texts USING (sha256, page)""",
        """CREATE VIRTUAL TABLE finding USING fts5(
            pack, text, content='found_texts', content_rowid='id',
            tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'", prefix='2 3'
        )""",
        "INSERT INTO finding (finding, rank) VALUES ('secure-delete', 1)",
        "INSERT INTO finding (finding, rank) VALUES ('rank', 'bm25(0.0, 1.0)')",
        "CREATE VIRTUAL TABLE finding_words USING fts5vocab('finding', 'col')",
        """CREATE TRIGGER found_pages_in AFTER INSERT ON found_pages BEGIN
            INSERT INTO finding (rowid, pack, text) SELECT id, pack, text FROM found_texts WHERE id = new.id;
        END""",
        """CREATE TRIGGER found_pages_out BEFORE DELETE ON found_pages BEGIN
            INSERT INTO finding (finding, rowid, pack, text)
            SELECT 'delete', id, pack, text FROM found_texts WHERE id = old.id;
        END""",
        """CREATE TRIGGER texts_kept BEFORE UPDATE OF text, "keys" ON texts
        WHEN EXISTS (SELECT 1 FROM found_pages WHERE sha256 = old.sha256 AND page = old.page) BEGIN
            SELECT raise(ABORT, 'the text of an indexed page cannot change');
        END""",
    )


def m011_more_kinds_of_marks(database: "Database") -> None:
    """What is drawn on a page, and whom a question is for; the marks of before have neither."""
    _each(database, "ALTER TABLE annotations ADD COLUMN details TEXT NOT NULL DEFAULT ''")


def m012_notes_that_were_carried(database: "Database") -> None:
    """What became of notes when their papers were replaced, and with which edition a version came."""
    _each(
        database,
        "ALTER TABLE annotations ADD COLUMN carried TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE bookmarks ADD COLUMN carried TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE versions ADD COLUMN edition INTEGER NOT NULL DEFAULT 0",
    )


def m013_what_papers_say(database: "Database") -> None:
    """What was recognised in each file: items, minutes, decisions, actions, risks."""
    _each(
        database,
        """CREATE TABLE findings (
            sha256 TEXT NOT NULL, number INTEGER NOT NULL, kind TEXT NOT NULL, ref TEXT NOT NULL, page INTEGER NOT NULL,
            text TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (sha256, number)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TRIGGER findings_gone AFTER DELETE ON versions
        WHEN NOT EXISTS (SELECT 1 FROM versions WHERE sha256 = old.sha256) BEGIN
            DELETE FROM findings WHERE sha256 = old.sha256;
        END""",
        # Papers read by recognisers of an earlier edition (0: by none) are read once more.
        "ALTER TABLE structures ADD COLUMN recognised INTEGER NOT NULL DEFAULT 0",
    )


def m014_people_of_a_body(database: "Database") -> None:
    """Devices sign what they send, the secretary's roster tells them of each other, and knows whose they are."""
    _each(
        database,
        "ALTER TABLE identities ADD COLUMN signing TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE roster ADD COLUMN signing TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE roster ADD COLUMN person TEXT NOT NULL DEFAULT ''",
        # Until now one name was one member.
        """CREATE TEMP TABLE people AS
            SELECT body_id, lower(member) AS name, lower(hex(randomblob(8))) AS person FROM roster GROUP BY 1, 2""",
        """UPDATE roster SET person = (
            SELECT people.person FROM people WHERE people.body_id = roster.body_id AND people.name = lower(member)
        )""",
        "DROP TABLE people",
        """CREATE TABLE fellows (
            body_id TEXT NOT NULL REFERENCES bodies ON DELETE CASCADE, tag TEXT NOT NULL, person TEXT NOT NULL,
            member TEXT NOT NULL, device TEXT NOT NULL, recipient TEXT NOT NULL, signing TEXT NOT NULL,
            number INTEGER NOT NULL, present INTEGER NOT NULL, PRIMARY KEY (body_id, tag)
        ) STRICT""",
    )


def m015_retention(database: "Database") -> None:
    """How long notes are kept: what the member chose, what was told before, and what is left of those destroyed."""
    _each(
        database,
        """CREATE TABLE retention_choices (
            subject TEXT NOT NULL CHECK (subject IN ('pack', 'body')), id TEXT NOT NULL,
            choice TEXT NOT NULL CHECK (choice IN ('keep', 'hold', 'confirmed')), words TEXT NOT NULL,
            PRIMARY KEY (subject, id, choice)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TRIGGER retention_of_pack_gone AFTER DELETE ON packs BEGIN
            DELETE FROM retention_choices WHERE subject = 'pack' AND id = old.id;
        END""",
        """CREATE TRIGGER retention_of_body_gone AFTER DELETE ON bodies BEGIN
            DELETE FROM retention_choices WHERE subject = 'body' AND id = old.id;
        END""",
        """CREATE TABLE retention_notices (
            pack_id TEXT PRIMARY KEY REFERENCES packs ON DELETE CASCADE, due TEXT NOT NULL, told TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE receipts (
            id TEXT PRIMARY KEY, body_id TEXT NOT NULL REFERENCES bodies ON DELETE CASCADE, pack_id TEXT NOT NULL,
            title TEXT NOT NULL, held_on TEXT NOT NULL, rule TEXT NOT NULL, days INTEGER NOT NULL,
            confirmed TEXT NOT NULL, told TEXT NOT NULL, at TEXT NOT NULL, notes INTEGER NOT NULL,
            bookmarks INTEGER NOT NULL, kept INTEGER NOT NULL, cleared INTEGER NOT NULL
        ) STRICT""",
        # What was destroyed is known by its random id alone, and cannot come back by whatever way it is brought.
        "CREATE TABLE destroyed (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
        """CREATE TRIGGER annotations_stay_destroyed BEFORE INSERT ON annotations
        WHEN EXISTS (SELECT 1 FROM destroyed WHERE id = new.id) BEGIN SELECT raise(IGNORE); END""",
        """CREATE TRIGGER bookmarks_stay_destroyed BEFORE INSERT ON bookmarks
        WHEN EXISTS (SELECT 1 FROM destroyed WHERE id = new.id) BEGIN SELECT raise(IGNORE); END""",
    )


def m016_references(database: "Database") -> None:
    """What papers point to, what that leads to, what of it was rejected, and links made by hand."""
    _each(
        database,
        "CREATE TABLE pointers (sha256 TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT",
        """CREATE TRIGGER pointers_gone AFTER DELETE ON versions
        WHEN NOT EXISTS (SELECT 1 FROM versions WHERE sha256 = old.sha256) BEGIN
            DELETE FROM pointers WHERE sha256 = old.sha256;
        END""",
        """CREATE TABLE found_links (
            pack_id TEXT NOT NULL REFERENCES packs ON DELETE CASCADE, paper_id TEXT NOT NULL, number INTEGER NOT NULL,
            sha256 TEXT NOT NULL, page INTEGER NOT NULL, target_pack TEXT NOT NULL, target_paper TEXT NOT NULL,
            target_page INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (pack_id, paper_id, number)
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX found_links_to ON found_links (target_pack, target_paper)",
        """CREATE TABLE rejected_links (
            pack_id TEXT NOT NULL REFERENCES packs ON DELETE CASCADE, paper_id TEXT NOT NULL, "key" TEXT NOT NULL,
            PRIMARY KEY (pack_id, paper_id, "key")
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE own_links (
            id TEXT PRIMARY KEY, kind TEXT NOT NULL, words TEXT NOT NULL, created TEXT NOT NULL, changed TEXT NOT NULL,
            from_pack TEXT NOT NULL REFERENCES packs ON DELETE CASCADE, from_anchor TEXT NOT NULL,
            from_carried TEXT NOT NULL, to_pack TEXT NOT NULL REFERENCES packs ON DELETE CASCADE,
            to_anchor TEXT NOT NULL, to_carried TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX own_links_from ON own_links (from_pack)",
        "CREATE INDEX own_links_to ON own_links (to_pack)",
    )


def m017_notes_on_their_way(database: "Database") -> None:
    """Notes that members share, and that one member has on several computers."""
    _each(
        database,
        """CREATE TABLE note_states (
            id TEXT PRIMARY KEY, pack_id TEXT NOT NULL REFERENCES packs ON DELETE CASCADE, author TEXT NOT NULL,
            "row" TEXT NOT NULL, state TEXT NOT NULL, stale TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX note_states_of_pack ON note_states (pack_id)",
        """CREATE TABLE note_streams (
            body_id TEXT NOT NULL REFERENCES bodies ON DELETE CASCADE, tag TEXT NOT NULL, sequence INTEGER NOT NULL,
            PRIMARY KEY (body_id, tag)
        ) STRICT""",
        """CREATE TABLE note_sent (
            body_id TEXT NOT NULL REFERENCES bodies ON DELETE CASCADE, tag TEXT NOT NULL, entry TEXT NOT NULL,
            digest TEXT NOT NULL, PRIMARY KEY (body_id, tag, entry)
        ) STRICT""",
        """CREATE TABLE note_taken (
            body_id TEXT NOT NULL REFERENCES bodies ON DELETE CASCADE, author TEXT NOT NULL, sequence INTEGER NOT NULL,
            digest TEXT NOT NULL, whole INTEGER NOT NULL, PRIMARY KEY (body_id, author, sequence, digest)
        ) STRICT""",
        """CREATE TABLE note_letters (
            body_id TEXT NOT NULL REFERENCES bodies ON DELETE CASCADE, name TEXT NOT NULL, number INTEGER NOT NULL,
            PRIMARY KEY (body_id, name)
        ) STRICT""",
        """CREATE TABLE note_held (
            body_id TEXT NOT NULL REFERENCES bodies ON DELETE CASCADE, author TEXT NOT NULL, entry TEXT NOT NULL,
            item TEXT NOT NULL, PRIMARY KEY (body_id, author, entry)
        ) STRICT""",
        """CREATE TRIGGER note_states_destroyed AFTER INSERT ON destroyed BEGIN
            DELETE FROM note_states WHERE id = new.id;
            DELETE FROM note_held WHERE substr(entry, 1, 16) = new.id;
        END""",
    )


def m018_what_ends_on_every_computer(database: "Database") -> None:
    """The member's choices travel between their computers, each with when it was made; taken back, words are NULL.
    Links end with notes; and of each letter that lies in a repository it is known which notes it carries."""
    _each(
        database,
        "DROP TRIGGER retention_of_pack_gone",
        "DROP TRIGGER retention_of_body_gone",
        """CREATE TABLE chosen (
            subject TEXT NOT NULL CHECK (subject IN ('note', 'pack', 'body')), id TEXT NOT NULL,
            choice TEXT NOT NULL CHECK (choice IN ('keep', 'hold', 'confirmed', 'told')), words TEXT, at TEXT NOT NULL,
            PRIMARY KEY (subject, id, choice)
        ) STRICT, WITHOUT ROWID""",
        "INSERT INTO chosen SELECT subject, id, choice, words, '' FROM retention_choices",
        "INSERT INTO chosen SELECT 'pack', pack_id, 'told', due || ' ' || told, '' FROM retention_notices",
        "DROP TABLE retention_choices",
        "DROP TABLE retention_notices",
        "ALTER TABLE chosen RENAME TO retention_choices",
        """CREATE TRIGGER retention_of_pack_gone BEFORE DELETE ON packs BEGIN
            DELETE FROM retention_choices WHERE subject = 'note'
                AND id IN (SELECT id FROM annotations WHERE pack_id = old.id);
            DELETE FROM retention_choices WHERE subject = 'pack' AND id = old.id;
        END""",
        """CREATE TRIGGER retention_of_body_gone AFTER DELETE ON bodies BEGIN
            DELETE FROM retention_choices WHERE subject = 'body' AND id = old.id;
        END""",
        "ALTER TABLE own_links ADD COLUMN keep INTEGER NOT NULL DEFAULT 0",
        """CREATE TRIGGER own_links_stay_destroyed BEFORE INSERT ON own_links
        WHEN EXISTS (SELECT 1 FROM destroyed WHERE id = new.id) BEGIN SELECT raise(IGNORE); END""",
        "ALTER TABLE receipts ADD COLUMN links INTEGER NOT NULL DEFAULT 0",
        """CREATE TABLE letter_notes (
            body_id TEXT NOT NULL REFERENCES bodies ON DELETE CASCADE, tag TEXT NOT NULL, name TEXT NOT NULL,
            entry TEXT NOT NULL, PRIMARY KEY (body_id, name, entry)
        ) STRICT, WITHOUT ROWID""",
        # What stands for the words of a note goes with them: whoever guessed them could tell by it.
        """CREATE TRIGGER notes_sent_destroyed AFTER INSERT ON destroyed BEGIN
            UPDATE note_sent SET digest = '' WHERE entry = new.id;
            DELETE FROM retention_choices WHERE subject = 'note' AND id = new.id;
        END""",
    )


ALL: tuple[Step, ...] = (
    m001_bodies_and_packs,
    m002_versions_and_pages,
    m003_finding,
    m004_notes_and_places,
    m005_offices,
    m006_leaving_and_earlier_editions,
    m007_structures_and_pace,
    m008_looks,
    m009_two_panes,
    m010_finding_in_every_script,
    m011_more_kinds_of_marks,
    m012_notes_that_were_carried,
    m013_what_papers_say,
    m014_people_of_a_body,
    m015_retention,
    m016_references,
    m017_notes_on_their_way,
    m018_what_ends_on_every_computer,
)


def done(connection: Any) -> list[str]:
    """The steps this store has been through, in order; none for a new file. connection: SQLCipher's own."""
    there = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migrations'")
    if there.fetchone() is None:
        return []
    return [name for (name,) in connection.execute("SELECT name FROM migrations ORDER BY name")]


def run(database: "Database", step: Step) -> None:
    """Take one step and record it, inside the caller's transaction."""
    database.execute("CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT")
    step(database)
    database.execute("INSERT INTO migrations VALUES (?, strftime('%Y-%m-%dT%H:%M:%SZ'))", [step.__name__])


def _each(database: "Database", *statements: str) -> None:
    for statement in statements:
        database.execute(statement)
