-- Whether the folder of a document has a copy of what a person said of it: its title, its details,
-- its headings, tags and collections, the trash, which edition it is of which, and the answers.

ALTER TABLE document ADD COLUMN copied INTEGER NOT NULL DEFAULT 1; -- 0: it is behind; -1: not known

CREATE INDEX document_by_copied ON document (copied) WHERE copied < 1;

UPDATE document SET copied = -1;

CREATE TRIGGER document_said AFTER UPDATE OF title, edits, trashed, later ON document
WHEN (OLD.title, OLD.edits, OLD.trashed, OLD.later)
    IS NOT (NEW.title, NEW.edits, NEW.trashed, NEW.later)
BEGIN
    UPDATE document SET copied = 0 WHERE id = NEW.id;
END;

CREATE TRIGGER label_given AFTER INSERT ON label
BEGIN
    UPDATE document SET copied = 0 WHERE id = NEW.document_id;
END;

CREATE TRIGGER label_taken AFTER DELETE ON label
BEGIN
    UPDATE document SET copied = 0 WHERE id = OLD.document_id;
END;

CREATE TRIGGER offer_made AFTER INSERT ON offer
BEGIN
    UPDATE document SET copied = 0 WHERE id = NEW.document_id;
END;

CREATE TRIGGER offer_answered AFTER UPDATE OF answer ON offer
BEGIN
    UPDATE document SET copied = 0 WHERE id = NEW.document_id;
END;
