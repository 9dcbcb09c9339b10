-- Which documents are files of one article, as a person said: its web page and its PDF.

-- Each pair stands in it both ways, so that either document's copy says it.
CREATE TABLE same_article (
    document_id TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    other_id    TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    PRIMARY KEY (document_id, other_id),
    CHECK (document_id <> other_id)
) WITHOUT ROWID;

CREATE INDEX same_article_by_other ON same_article (other_id);

CREATE TRIGGER same_article_said AFTER INSERT ON same_article
BEGIN
    UPDATE document SET copied = 0 WHERE id = NEW.document_id;
END;

CREATE TRIGGER same_article_taken_back AFTER DELETE ON same_article
BEGIN
    UPDATE document SET copied = 0 WHERE id = OLD.document_id;
END;
