-- Generated from the migrations by `python -m db.schema`; do not edit.

CREATE TABLE migrations (name TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT;

CREATE TABLE bodies (
            id TEXT PRIMARY KEY, name TEXT NOT NULL, organisation TEXT NOT NULL, repository TEXT NOT NULL,
            root BLOB NOT NULL, secretary TEXT NOT NULL, confirmed_at TEXT NOT NULL, confirmed_until TEXT NOT NULL,
            trouble TEXT NOT NULL
        , leaving INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TABLE identities (
            body_id TEXT PRIMARY KEY REFERENCES bodies ON DELETE CASCADE, member TEXT NOT NULL, device TEXT NOT NULL,
            "key" TEXT NOT NULL, recipient TEXT NOT NULL, tag TEXT NOT NULL, phrase TEXT NOT NULL,
            admitted INTEGER NOT NULL
        , signing TEXT NOT NULL DEFAULT '') STRICT;

CREATE TABLE packs (
            id TEXT PRIMARY KEY, body_id TEXT NOT NULL REFERENCES bodies ON DELETE CASCADE, title TEXT NOT NULL,
            held_on TEXT NOT NULL, starts TEXT NOT NULL, place TEXT NOT NULL, session TEXT NOT NULL,
            edition INTEGER NOT NULL, despatched TEXT NOT NULL, note TEXT NOT NULL, "index" BLOB NOT NULL,
            opened_at TEXT NOT NULL, seen_edition INTEGER NOT NULL
        , seen_index BLOB NOT NULL DEFAULT x'', put_away INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE INDEX packs_of_body ON packs (body_id);

CREATE TABLE versions (
            sha256 TEXT NOT NULL, pack_id TEXT NOT NULL REFERENCES packs ON DELETE CASCADE, paper_id TEXT NOT NULL,
            target TEXT NOT NULL, "key" TEXT NOT NULL, sealed_sha256 TEXT NOT NULL, sealed_length INTEGER NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('wanted', 'fetching', 'stored', 'indexed', 'refused')),
            pages INTEGER NOT NULL, done INTEGER NOT NULL, trouble TEXT NOT NULL, edition INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (sha256, paper_id)
        ) STRICT;

CREATE INDEX versions_of_pack ON versions (pack_id);

CREATE INDEX versions_of_paper ON versions (paper_id);

CREATE TABLE pages (
            sha256 TEXT NOT NULL, "index" INTEGER NOT NULL, width REAL NOT NULL, height REAL NOT NULL,
            label TEXT NOT NULL, legible TEXT NOT NULL DEFAULT '', PRIMARY KEY (sha256, "index")
        ) STRICT, WITHOUT ROWID;

CREATE TABLE texts (
            sha256 TEXT NOT NULL, page INTEGER NOT NULL, words BLOB NOT NULL, text TEXT NOT NULL, "keys" TEXT,
            PRIMARY KEY (sha256, page)
        ) STRICT;

CREATE TRIGGER versions_gone AFTER DELETE ON versions
        WHEN NOT EXISTS (SELECT 1 FROM versions WHERE sha256 = old.sha256) BEGIN
            DELETE FROM pages WHERE sha256 = old.sha256;
            DELETE FROM texts WHERE sha256 = old.sha256;
        END;

CREATE TABLE seen_pages (
            pack_id TEXT NOT NULL REFERENCES packs ON DELETE CASCADE, paper_id TEXT NOT NULL, page INTEGER NOT NULL,
            at TEXT NOT NULL, PRIMARY KEY (pack_id, paper_id, page)
        ) STRICT, WITHOUT ROWID;

CREATE TABLE found_pages (
            id INTEGER PRIMARY KEY, pack_id TEXT NOT NULL, paper_id TEXT NOT NULL, sha256 TEXT NOT NULL,
            page INTEGER NOT NULL, UNIQUE (sha256, paper_id, page),
            FOREIGN KEY (sha256, paper_id) REFERENCES versions ON DELETE CASCADE,
            FOREIGN KEY (sha256, page) REFERENCES texts ON DELETE RESTRICT ON UPDATE RESTRICT
        ) STRICT;

CREATE TABLE annotations (
            id TEXT PRIMARY KEY, pack_id TEXT NOT NULL REFERENCES packs ON DELETE CASCADE, paper_id TEXT NOT NULL,
            sha256 TEXT NOT NULL, page INTEGER NOT NULL, kind TEXT NOT NULL, colour TEXT NOT NULL, anchor TEXT NOT NULL,
            words TEXT NOT NULL, created TEXT NOT NULL, changed TEXT NOT NULL
        , details TEXT NOT NULL DEFAULT '', carried TEXT NOT NULL DEFAULT '') STRICT;

CREATE INDEX annotations_of_pack ON annotations (pack_id);

CREATE TABLE bookmarks (
            id TEXT PRIMARY KEY, pack_id TEXT NOT NULL REFERENCES packs ON DELETE CASCADE, paper_id TEXT NOT NULL,
            sha256 TEXT NOT NULL, page INTEGER NOT NULL, y REAL NOT NULL, name TEXT NOT NULL, created TEXT NOT NULL
        , carried TEXT NOT NULL DEFAULT '') STRICT;

CREATE INDEX bookmarks_of_pack ON bookmarks (pack_id);

CREATE TABLE places (
            pack_id TEXT PRIMARY KEY REFERENCES packs ON DELETE CASCADE, paper_id TEXT NOT NULL, page INTEGER NOT NULL,
            y REAL NOT NULL, x REAL NOT NULL, zoom REAL NOT NULL, fit TEXT NOT NULL, at TEXT NOT NULL
        , mode TEXT NOT NULL DEFAULT 'continuous', turn INTEGER NOT NULL DEFAULT 0, number INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE offices (
            body_id TEXT PRIMARY KEY, name TEXT NOT NULL, organisation TEXT NOT NULL, repository TEXT NOT NULL,
            root_key TEXT NOT NULL, daily_key TEXT NOT NULL, identity TEXT NOT NULL, recipient TEXT NOT NULL
        ) STRICT;

CREATE TABLE roster (
            body_id TEXT NOT NULL REFERENCES offices ON DELETE CASCADE, tag TEXT NOT NULL, member TEXT NOT NULL,
            device TEXT NOT NULL, recipient TEXT NOT NULL, phrase TEXT NOT NULL, state TEXT NOT NULL,
            secret TEXT NOT NULL, signing TEXT NOT NULL DEFAULT '', person TEXT NOT NULL DEFAULT '', PRIMARY KEY (body_id, tag)
        ) STRICT;

CREATE TABLE sealed_papers (
            body_id TEXT NOT NULL REFERENCES offices ON DELETE CASCADE, sha256 TEXT NOT NULL, target TEXT NOT NULL,
            "key" TEXT NOT NULL, sealed_sha256 TEXT NOT NULL, sealed_length INTEGER NOT NULL, length INTEGER NOT NULL,
            pages INTEGER NOT NULL, tags TEXT NOT NULL, PRIMARY KEY (body_id, sha256)
        ) STRICT;

CREATE TABLE despatches (
            body_id TEXT NOT NULL REFERENCES offices ON DELETE CASCADE, pack_id TEXT NOT NULL, edition INTEGER NOT NULL,
            despatched TEXT NOT NULL, "index" BLOB NOT NULL, PRIMARY KEY (body_id, pack_id, edition)
        ) STRICT;

CREATE TABLE structures (sha256 TEXT PRIMARY KEY, outline TEXT NOT NULL, stamps TEXT NOT NULL, recognised INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TRIGGER structures_gone AFTER DELETE ON versions
        WHEN NOT EXISTS (SELECT 1 FROM versions WHERE sha256 = old.sha256) BEGIN
            DELETE FROM structures WHERE sha256 = old.sha256;
        END;

CREATE TABLE printed_pages (
            pack_id TEXT NOT NULL REFERENCES packs ON DELETE CASCADE, paper_id TEXT NOT NULL, page INTEGER NOT NULL,
            label TEXT NOT NULL, PRIMARY KEY (pack_id, paper_id, page)
        ) STRICT;

CREATE TABLE dwells (
            pack_id TEXT NOT NULL REFERENCES packs ON DELETE CASCADE, paper_id TEXT NOT NULL, page INTEGER NOT NULL,
            seconds REAL NOT NULL, at TEXT NOT NULL, PRIMARY KEY (pack_id, paper_id, page)
        ) STRICT;

CREATE TABLE paper_places (
            pack_id TEXT NOT NULL REFERENCES packs ON DELETE CASCADE, paper_id TEXT NOT NULL, page INTEGER NOT NULL,
            y REAL NOT NULL, x REAL NOT NULL, zoom REAL NOT NULL, fit TEXT NOT NULL, at TEXT NOT NULL,
            mode TEXT NOT NULL, turn INTEGER NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (pack_id, paper_id)
        ) STRICT;

CREATE TABLE panes (
            pack_id TEXT PRIMARY KEY REFERENCES packs ON DELETE CASCADE,
            other TEXT NOT NULL REFERENCES packs ON DELETE CASCADE, kept TEXT NOT NULL
        ) STRICT;

CREATE VIEW found_texts AS
            SELECT found_pages.id AS id, found_pages.pack_id AS pack, coalesce(texts."keys", texts.text) AS text
            FROM found_pages JOIN texts USING (sha256, page);

CREATE VIRTUAL TABLE finding USING fts5(
            pack, text, content='found_texts', content_rowid='id',
            tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'", prefix='2 3'
        );

CREATE TRIGGER found_pages_in AFTER INSERT ON found_pages BEGIN
            INSERT INTO finding (rowid, pack, text) SELECT id, pack, text FROM found_texts WHERE id = new.id;
        END;

CREATE TRIGGER found_pages_out BEFORE DELETE ON found_pages BEGIN
            INSERT INTO finding (finding, rowid, pack, text)
            SELECT 'delete', id, pack, text FROM found_texts WHERE id = old.id;
        END;

CREATE TRIGGER texts_kept BEFORE UPDATE OF text, "keys" ON texts
        WHEN EXISTS (SELECT 1 FROM found_pages WHERE sha256 = old.sha256 AND page = old.page) BEGIN
            SELECT raise(ABORT, 'the text of an indexed page cannot change');
        END;

CREATE TABLE findings (
            sha256 TEXT NOT NULL, number INTEGER NOT NULL, kind TEXT NOT NULL, ref TEXT NOT NULL, page INTEGER NOT NULL,
            text TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (sha256, number)
        ) STRICT, WITHOUT ROWID;

CREATE TRIGGER findings_gone AFTER DELETE ON versions
        WHEN NOT EXISTS (SELECT 1 FROM versions WHERE sha256 = old.sha256) BEGIN
            DELETE FROM findings WHERE sha256 = old.sha256;
        END;

CREATE TABLE fellows (
            body_id TEXT NOT NULL REFERENCES bodies ON DELETE CASCADE, tag TEXT NOT NULL, person TEXT NOT NULL,
            member TEXT NOT NULL, device TEXT NOT NULL, recipient TEXT NOT NULL, signing TEXT NOT NULL,
            number INTEGER NOT NULL, present INTEGER NOT NULL, PRIMARY KEY (body_id, tag)
        ) STRICT;

CREATE TABLE receipts (
            id TEXT PRIMARY KEY, body_id TEXT NOT NULL REFERENCES bodies ON DELETE CASCADE, pack_id TEXT NOT NULL,
            title TEXT NOT NULL, held_on TEXT NOT NULL, rule TEXT NOT NULL, days INTEGER NOT NULL,
            confirmed TEXT NOT NULL, told TEXT NOT NULL, at TEXT NOT NULL, notes INTEGER NOT NULL,
            bookmarks INTEGER NOT NULL, kept INTEGER NOT NULL, cleared INTEGER NOT NULL
        , links INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TABLE destroyed (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TRIGGER annotations_stay_destroyed BEFORE INSERT ON annotations
        WHEN EXISTS (SELECT 1 FROM destroyed WHERE id = new.id) BEGIN SELECT raise(IGNORE); END;

CREATE TRIGGER bookmarks_stay_destroyed BEFORE INSERT ON bookmarks
        WHEN EXISTS (SELECT 1 FROM destroyed WHERE id = new.id) BEGIN SELECT raise(IGNORE); END;

CREATE TABLE pointers (sha256 TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;

CREATE TRIGGER pointers_gone AFTER DELETE ON versions
        WHEN NOT EXISTS (SELECT 1 FROM versions WHERE sha256 = old.sha256) BEGIN
            DELETE FROM pointers WHERE sha256 = old.sha256;
        END;

CREATE TABLE found_links (
            pack_id TEXT NOT NULL REFERENCES packs ON DELETE CASCADE, paper_id TEXT NOT NULL, number INTEGER NOT NULL,
            sha256 TEXT NOT NULL, page INTEGER NOT NULL, target_pack TEXT NOT NULL, target_paper TEXT NOT NULL,
            target_page INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (pack_id, paper_id, number)
        ) STRICT, WITHOUT ROWID;

CREATE INDEX found_links_to ON found_links (target_pack, target_paper);

CREATE TABLE rejected_links (
            pack_id TEXT NOT NULL REFERENCES packs ON DELETE CASCADE, paper_id TEXT NOT NULL, "key" TEXT NOT NULL,
            PRIMARY KEY (pack_id, paper_id, "key")
        ) STRICT, WITHOUT ROWID;

CREATE TABLE own_links (
            id TEXT PRIMARY KEY, kind TEXT NOT NULL, words TEXT NOT NULL, created TEXT NOT NULL, changed TEXT NOT NULL,
            from_pack TEXT NOT NULL REFERENCES packs ON DELETE CASCADE, from_anchor TEXT NOT NULL,
            from_carried TEXT NOT NULL, to_pack TEXT NOT NULL REFERENCES packs ON DELETE CASCADE,
            to_anchor TEXT NOT NULL, to_carried TEXT NOT NULL
        , keep INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE INDEX own_links_from ON own_links (from_pack);

CREATE INDEX own_links_to ON own_links (to_pack);

CREATE TABLE note_states (
            id TEXT PRIMARY KEY, pack_id TEXT NOT NULL REFERENCES packs ON DELETE CASCADE, author TEXT NOT NULL,
            "row" TEXT NOT NULL, state TEXT NOT NULL, stale TEXT NOT NULL
        ) STRICT;

CREATE INDEX note_states_of_pack ON note_states (pack_id);

CREATE TABLE note_streams (
            body_id TEXT NOT NULL REFERENCES bodies ON DELETE CASCADE, tag TEXT NOT NULL, sequence INTEGER NOT NULL,
            PRIMARY KEY (body_id, tag)
        ) STRICT;

CREATE TABLE note_sent (
            body_id TEXT NOT NULL REFERENCES bodies ON DELETE CASCADE, tag TEXT NOT NULL, entry TEXT NOT NULL,
            digest TEXT NOT NULL, PRIMARY KEY (body_id, tag, entry)
        ) STRICT;

CREATE TABLE note_taken (
            body_id TEXT NOT NULL REFERENCES bodies ON DELETE CASCADE, author TEXT NOT NULL, sequence INTEGER NOT NULL,
            digest TEXT NOT NULL, whole INTEGER NOT NULL, PRIMARY KEY (body_id, author, sequence, digest)
        ) STRICT;

CREATE TABLE note_letters (
            body_id TEXT NOT NULL REFERENCES bodies ON DELETE CASCADE, name TEXT NOT NULL, number INTEGER NOT NULL,
            PRIMARY KEY (body_id, name)
        ) STRICT;

CREATE TABLE note_held (
            body_id TEXT NOT NULL REFERENCES bodies ON DELETE CASCADE, author TEXT NOT NULL, entry TEXT NOT NULL,
            item TEXT NOT NULL, PRIMARY KEY (body_id, author, entry)
        ) STRICT;

CREATE TRIGGER note_states_destroyed AFTER INSERT ON destroyed BEGIN
            DELETE FROM note_states WHERE id = new.id;
            DELETE FROM note_held WHERE substr(entry, 1, 16) = new.id;
        END;

CREATE TABLE "retention_choices" (
            subject TEXT NOT NULL CHECK (subject IN ('note', 'pack', 'body')), id TEXT NOT NULL,
            choice TEXT NOT NULL CHECK (choice IN ('keep', 'hold', 'confirmed', 'told')), words TEXT, at TEXT NOT NULL,
            PRIMARY KEY (subject, id, choice)
        ) STRICT, WITHOUT ROWID;

CREATE TRIGGER retention_of_pack_gone BEFORE DELETE ON packs BEGIN
            DELETE FROM retention_choices WHERE subject = 'note'
                AND id IN (SELECT id FROM annotations WHERE pack_id = old.id);
            DELETE FROM retention_choices WHERE subject = 'pack' AND id = old.id;
        END;

CREATE TRIGGER retention_of_body_gone AFTER DELETE ON bodies BEGIN
            DELETE FROM retention_choices WHERE subject = 'body' AND id = old.id;
        END;

CREATE TRIGGER own_links_stay_destroyed BEFORE INSERT ON own_links
        WHEN EXISTS (SELECT 1 FROM destroyed WHERE id = new.id) BEGIN SELECT raise(IGNORE); END;

CREATE TABLE letter_notes (
            body_id TEXT NOT NULL REFERENCES bodies ON DELETE CASCADE, tag TEXT NOT NULL, name TEXT NOT NULL,
            entry TEXT NOT NULL, PRIMARY KEY (body_id, name, entry)
        ) STRICT, WITHOUT ROWID;

CREATE TRIGGER notes_sent_destroyed AFTER INSERT ON destroyed BEGIN
            UPDATE note_sent SET digest = '' WHERE entry = new.id;
            DELETE FROM retention_choices WHERE subject = 'note' AND id = new.id;
        END;

