-- What may be an edition of what, as a person is asked, and what the person said.

-- Where a document came from; one that an earlier Offprint took in has no row.
CREATE TABLE origin (
    document_id TEXT PRIMARY KEY REFERENCES document (id) ON DELETE CASCADE,
    address     TEXT NOT NULL,      -- as it says itself, without scheme and "www."
    batch       TEXT NOT NULL       -- the import that it came in: what lies side by side in one
) WITHOUT ROWID;                    -- is never asked about

CREATE INDEX origin_by_address ON origin (address) WHERE address <> '';

CREATE TABLE offer (
    document_id TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE,   -- the one that came
    earlier_id  TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE,   -- the one that was there
    older       INTEGER NOT NULL DEFAULT 0,     -- 1 when what came is the older one, by its date
    made        TEXT NOT NULL,                  -- UTC, ISO 8601
    answer      TEXT NOT NULL DEFAULT '' CHECK (answer IN ('', 'edition', 'apart', 'parted')),
    answered    TEXT NOT NULL DEFAULT '',       -- UTC, ISO 8601, or ''
    PRIMARY KEY (document_id, earlier_id)
) WITHOUT ROWID;

CREATE INDEX offer_by_earlier ON offer (earlier_id);

-- Sources of which a person said that what is offered from them is always an edition: a JSON list
-- of the host of the address, or of the file's name and the title. Our own guide is one.
CREATE TABLE always (source TEXT PRIMARY KEY) WITHOUT ROWID;

INSERT INTO always VALUES ('["guide.md", "A Guide to Offprint"]');

-- Earlier editions stay in the search from now on.
UPDATE document SET indexed = 0 WHERE later <> '';
