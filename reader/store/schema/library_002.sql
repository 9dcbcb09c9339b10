-- Which document is a later edition of which.

ALTER TABLE document ADD COLUMN pmid TEXT NOT NULL DEFAULT '';
ALTER TABLE document ADD COLUMN later TEXT NOT NULL DEFAULT '';  -- the id of the latest edition, or ''

CREATE INDEX document_by_any_doi ON document (lower(doi)) WHERE doi <> '';
CREATE INDEX document_by_pmid ON document (pmid) WHERE pmid <> '';
CREATE INDEX document_by_title ON document (title);
CREATE INDEX document_by_source ON document (source);
CREATE INDEX document_by_later ON document (later) WHERE later <> '';
CREATE INDEX edition_by_text ON edition (text_hash);
