-- The library's list. The documents themselves are files: documents/<id>/<edition>/document.json.

CREATE TABLE document (
    id          TEXT PRIMARY KEY,   -- SHA-256 of the original file
    original    TEXT NOT NULL,      -- its file name in documents/<id>/
    edition     INTEGER NOT NULL,   -- the edition that is shown
    source      TEXT NOT NULL,      -- the name of the file that was imported
    title       TEXT NOT NULL,
    authors     TEXT NOT NULL,      -- JSON list
    published   TEXT NOT NULL,
    kind        TEXT NOT NULL,
    doi         TEXT NOT NULL,
    sections    INTEGER NOT NULL,
    characters  INTEGER NOT NULL,
    "references" INTEGER NOT NULL,
    minutes     INTEGER NOT NULL,
    indexed     INTEGER NOT NULL,   -- 1 when the search index holds it as it is
    imported    TEXT NOT NULL       -- UTC, ISO 8601
);

CREATE INDEX document_by_doi ON document (doi) WHERE doi <> '';

-- What a file was read as; a better importer makes a new edition and leaves the earlier ones.
CREATE TABLE edition (
    document_id TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    number      INTEGER NOT NULL,
    importer    TEXT NOT NULL,
    text_hash   TEXT NOT NULL,      -- SHA-256 of the text
    file_hash   TEXT NOT NULL,      -- SHA-256 of document.json
    PRIMARY KEY (document_id, number)
) WITHOUT ROWID;

CREATE TABLE asset (
    document_id TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    edition     INTEGER NOT NULL,
    name        TEXT NOT NULL,
    file_hash   TEXT NOT NULL,
    PRIMARY KEY (document_id, edition, name)
) WITHOUT ROWID;

CREATE TABLE fact (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
