-- How a user reads each document: a row each, where six settings held all documents before.

CREATE TABLE reading (
    document_id TEXT PRIMARY KEY,
    opened      TEXT NOT NULL,      -- UTC, ISO 8601; '' when never
    percent     INTEGER NOT NULL,
    view_mode   TEXT NOT NULL,      -- 'pages' or 'text'
    rotation    INTEGER NOT NULL,   -- quarter turns clockwise
    page        INTEGER NOT NULL,   -- the one at the upper edge, from 1; 0 for none
    share       REAL NOT NULL,      -- of that page, above the edge
    "offset"    INTEGER NOT NULL,   -- the first code point in sight with it
    crc         INTEGER NOT NULL
);

CREATE INDEX reading_by_opened ON reading (opened);

-- A setting that is damaged or of another shape counts as never set.
INSERT INTO reading
WITH sound AS (
    SELECT name, CASE WHEN crc = crc32(name, value) AND json_valid(value)
        THEN value ELSE '{}' END AS value
    FROM setting
    WHERE name IN (
        'read_last', 'progress', 'running_text', 'page_turns', 'page_places', 'last_document'
    )
), told AS (
    SELECT name, key AS document_id, type, json_each.value AS value
    FROM sound, json_each(sound.value)
    WHERE typeof(key) = 'text' AND name <> 'last_document'
    UNION ALL
    SELECT name, json_extract(value, '$'), 'text', ''
    FROM sound
    WHERE name = 'last_document' AND json_type(value) = 'text' AND json_extract(value, '$') <> ''
)
SELECT
    document_id,
    coalesce(max(CASE WHEN name = 'read_last' AND type = 'text' THEN value END), ''),
    coalesce(max(CASE WHEN name = 'progress' AND type IN ('integer', 'real')
        THEN min(100, max(0, CAST(value AS INTEGER))) END), 0),
    CASE WHEN max(name = 'running_text' AND type = 'true') THEN 'text' ELSE 'pages' END,
    coalesce(max(CASE WHEN name = 'page_turns' AND type = 'integer'
        THEN (value % 4 + 4) % 4 END), 0),
    coalesce(max(CASE WHEN name = 'page_places' AND type = 'array'
        THEN CAST(json_extract(value, '$[0]') AS INTEGER) END), 0),
    coalesce(max(CASE WHEN name = 'page_places' AND type = 'array'
        THEN CAST(json_extract(value, '$[1]') AS REAL) END), 0.0),
    coalesce(max(CASE WHEN name = 'page_places' AND type = 'array'
        THEN CAST(json_extract(value, '$[2]') AS INTEGER) END), -1),
    0
FROM told
GROUP BY document_id
-- Of two that were opened in one second, the last one comes last.
ORDER BY max(name = 'last_document');

UPDATE reading SET crc = crc32(
    document_id, opened, percent, view_mode, rotation, page, share, "offset"
);

DELETE FROM setting WHERE name IN (
    'read_last', 'progress', 'running_text', 'page_turns', 'page_places', 'last_document'
);
