-- What is typed and not kept yet, and which notes a person removed for good.

CREATE TABLE draft (
    id            TEXT PRIMARY KEY, -- of the editor that it is typed in
    annotation_id TEXT NOT NULL,
    document_id   TEXT NOT NULL,
    annotation    TEXT NOT NULL,    -- JSON of the annotation as it was before
    note          TEXT NOT NULL,
    tags          TEXT NOT NULL,    -- as they are typed
    typed         TEXT NOT NULL,    -- UTC, ISO 8601
    "session"     TEXT NOT NULL,    -- of the program that it is typed in, as long as that runs
    crc           INTEGER NOT NULL
);

-- A copy that holds such a note need not be kept for it.
CREATE TABLE purged (
    annotation_id TEXT PRIMARY KEY
) WITHOUT ROWID;
