-- What a person wrote over what a file says of itself, the trash, and the labels of documents.

ALTER TABLE document ADD COLUMN journal TEXT NOT NULL DEFAULT '';
ALTER TABLE document ADD COLUMN edits TEXT NOT NULL DEFAULT '{}';   -- JSON: field, and its value
ALTER TABLE document ADD COLUMN trashed TEXT NOT NULL DEFAULT '';   -- UTC, ISO 8601, or ''

CREATE TABLE label (
    document_id TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    kind        TEXT NOT NULL CHECK (kind IN ('tag', 'collection')),
    name        TEXT NOT NULL,
    PRIMARY KEY (document_id, kind, name)
) WITHOUT ROWID;

CREATE INDEX label_by_name ON label (kind, name);
CREATE INDEX document_by_trashed ON document (trashed) WHERE trashed <> '';
