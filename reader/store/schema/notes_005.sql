-- The area of a page that a note is on, as urn:sha256:<of the file>#page=<number>&xywh=<x,y,w,h>;
-- '' for a note on text.

ALTER TABLE annotation ADD COLUMN area TEXT NOT NULL DEFAULT '';

-- A row that was damaged stays one.
UPDATE annotation SET crc = crc32(
    id, document_id, "start", "end", text_hash, exact, prefix, suffix, colour, style, motivation,
    note, tags, created, modified, deleted, revision, state, earlier, area
) WHERE crc = crc32(
    id, document_id, "start", "end", text_hash, exact, prefix, suffix, colour, style, motivation,
    note, tags, created, modified, deleted, revision, state, earlier
);
