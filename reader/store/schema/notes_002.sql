-- What is open about a note's place since its text changed, and what it was about before.

ALTER TABLE annotation ADD COLUMN state TEXT NOT NULL DEFAULT '';
ALTER TABLE annotation ADD COLUMN earlier TEXT NOT NULL DEFAULT '';    -- JSON of a target, or ''

CREATE INDEX annotation_by_state ON annotation (document_id) WHERE state <> '';

-- A row that was damaged stays one.
UPDATE annotation SET crc = crc32(
    id, document_id, "start", "end", text_hash, exact, prefix, suffix, colour, style, motivation,
    note, tags, created, modified, deleted, revision, state, earlier
) WHERE crc = crc32(
    id, document_id, "start", "end", text_hash, exact, prefix, suffix, colour, style, motivation,
    note, tags, created, modified, deleted, revision
);
