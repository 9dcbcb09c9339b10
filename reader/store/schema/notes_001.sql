-- One user's notes. Every row carries a CRC-32 of its other values: SQLite's own check does not see
-- a flipped bit inside a text.

CREATE TABLE annotation (
    number      INTEGER PRIMARY KEY,
    id          TEXT NOT NULL UNIQUE,
    document_id TEXT NOT NULL,
    "start"     INTEGER NOT NULL,   -- code points of the text whose SHA-256 is text_hash
    "end"       INTEGER NOT NULL,
    text_hash   TEXT NOT NULL,
    exact       TEXT NOT NULL,
    prefix      TEXT NOT NULL,
    suffix      TEXT NOT NULL,
    colour      TEXT NOT NULL,
    style       TEXT NOT NULL,
    motivation  TEXT NOT NULL,
    note        TEXT NOT NULL,      -- Markdown
    tags        TEXT NOT NULL,      -- JSON list
    created     TEXT NOT NULL,      -- UTC, ISO 8601, as the next two
    modified    TEXT NOT NULL,
    deleted     TEXT NOT NULL,      -- when it went to the trash, or ''
    revision    INTEGER NOT NULL,
    crc         INTEGER NOT NULL
);

CREATE INDEX annotation_by_place ON annotation (document_id, "start", "end");

CREATE INDEX annotation_by_document ON annotation (document_id) WHERE deleted = '';

-- The words of quotes, notes and tags, to be found again. It holds no text of its own.
CREATE VIRTUAL TABLE word USING fts5 (
    exact, note, tags,
    content = 'annotation', content_rowid = 'number',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);

CREATE TRIGGER word_added AFTER INSERT ON annotation BEGIN
    INSERT INTO word (rowid, exact, note, tags) VALUES (new.number, new.exact, new.note, new.tags);
END;

CREATE TRIGGER word_removed AFTER DELETE ON annotation BEGIN
    INSERT INTO word (word, rowid, exact, note, tags)
    VALUES ('delete', old.number, old.exact, old.note, old.tags);
END;

CREATE TRIGGER word_changed AFTER UPDATE OF exact, note, tags ON annotation BEGIN
    INSERT INTO word (word, rowid, exact, note, tags)
    VALUES ('delete', old.number, old.exact, old.note, old.tags);
    INSERT INTO word (rowid, exact, note, tags) VALUES (new.number, new.exact, new.note, new.tags);
END;

-- What the person did at one time; undone at one time. Steps and operations are only ever added.
CREATE TABLE step (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    kind    TEXT NOT NULL,          -- 'edit', 'undo' or 'redo'
    of      INTEGER NOT NULL,       -- the edit that is undone or redone, else 0
    made    TEXT NOT NULL,          -- UTC, ISO 8601
    device  TEXT NOT NULL,
    undone  INTEGER NOT NULL        -- the undo that holds now, or 0: the one value that changes
);

CREATE INDEX step_to_undo ON step (id) WHERE kind = 'edit' AND undone = 0;
CREATE INDEX step_to_redo ON step (undone) WHERE undone > 0;

CREATE TABLE operation (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    step          INTEGER NOT NULL REFERENCES step (id),
    annotation_id TEXT NOT NULL,
    document_id   TEXT NOT NULL,
    before        TEXT,             -- JSON of the fields that changed; all when gone; NULL when made
    after         TEXT,             -- JSON of the fields that changed; all when made; NULL when gone
    crc           INTEGER NOT NULL
);

CREATE INDEX operation_by_step ON operation (step);
CREATE INDEX operation_by_annotation ON operation (annotation_id);
CREATE INDEX operation_by_document ON operation (document_id, step);

CREATE TABLE position (
    document_id TEXT PRIMARY KEY,
    "offset"    INTEGER NOT NULL,
    fraction    REAL NOT NULL,
    updated     TEXT NOT NULL,
    crc         INTEGER NOT NULL
);

CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL,            -- JSON
    crc   INTEGER NOT NULL
);
