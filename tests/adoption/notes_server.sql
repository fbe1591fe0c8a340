-- The shape of a notes server: keys of text, a search table of an older module, computed columns, JSON, settings without a row number.
CREATE TABLE notebooks (id TEXT PRIMARY KEY, title TEXT NOT NULL DEFAULT "", created_time INT NOT NULL, parent_id TEXT NOT NULL DEFAULT "", user_data TEXT NOT NULL DEFAULT "",
  is_shared NUMERIC NOT NULL DEFAULT 0);
CREATE INDEX notebooks_title ON notebooks (title);
CREATE TABLE notes (id TEXT PRIMARY KEY, parent_id TEXT NOT NULL DEFAULT "", title TEXT NOT NULL DEFAULT "", body TEXT NOT NULL DEFAULT "", created_time INT NOT NULL, updated_time INT NOT NULL,
  is_conflict INT NOT NULL DEFAULT 0, latitude NUMERIC NOT NULL DEFAULT 0, altitude NUMERIC NOT NULL DEFAULT 0, author TEXT NOT NULL DEFAULT "", source_url TEXT NOT NULL DEFAULT "", is_todo INT NOT NULL DEFAULT 0,
  `order` NUMERIC NOT NULL DEFAULT 0, markup_language INT NOT NULL DEFAULT 1, size INT GENERATED ALWAYS AS (length(body)) STORED, first_line TEXT AS (substr(body, 1, instr(body || char(10), char(10)) - 1)));
CREATE INDEX notes_updated_time ON notes (updated_time);
CREATE INDEX notes_is_conflict ON notes (is_conflict);
CREATE INDEX notes_size ON notes (size);
CREATE TABLE notes_normalized (id TEXT NOT NULL, title TEXT NOT NULL DEFAULT "", body TEXT NOT NULL DEFAULT "", is_todo INT NOT NULL DEFAULT 0);
CREATE INDEX notes_normalized_id ON notes_normalized (id);
CREATE VIRTUAL TABLE notes_fts USING fts4(content="notes_normalized", notindexed="id", id, title, body);
CREATE TRIGGER notes_fts_before_update BEFORE UPDATE ON notes_normalized BEGIN DELETE FROM notes_fts WHERE docid=old.rowid; END;
CREATE TRIGGER notes_fts_before_delete BEFORE DELETE ON notes_normalized BEGIN DELETE FROM notes_fts WHERE docid=old.rowid; END;
CREATE TRIGGER notes_after_update AFTER UPDATE ON notes_normalized BEGIN INSERT INTO notes_fts(docid, id, title, body) SELECT rowid, id, title, body FROM notes_normalized WHERE new.rowid = notes_normalized.rowid; END;
CREATE TRIGGER notes_after_insert AFTER INSERT ON notes_normalized BEGIN INSERT INTO notes_fts(docid, id, title, body) SELECT rowid, id, title, body FROM notes_normalized WHERE new.rowid = notes_normalized.rowid; END;
CREATE TABLE tags (id TEXT PRIMARY KEY, title TEXT NOT NULL DEFAULT "" COLLATE NOCASE, created_time INT NOT NULL);
CREATE TABLE note_tags (id TEXT PRIMARY KEY, note_id TEXT NOT NULL, tag_id TEXT NOT NULL, created_time INT NOT NULL);
CREATE INDEX note_tags_note_id ON note_tags (note_id);
CREATE TABLE settings (`key` TEXT PRIMARY KEY, `value` TEXT) WITHOUT ROWID;
CREATE TABLE sync_items (id INTEGER PRIMARY KEY, sync_target INT NOT NULL, sync_time INT NOT NULL DEFAULT 0, item_type INT NOT NULL, item_id TEXT NOT NULL, force_sync INT NOT NULL DEFAULT 0, meta TEXT CHECK (meta IS NULL OR json_valid(meta)));
CREATE TABLE revisions (id TEXT PRIMARY KEY, parent_id TEXT NOT NULL DEFAULT "", item_type INT NOT NULL, body_diff TEXT NOT NULL DEFAULT "", metadata JSON, CHECK (item_type BETWEEN 1 AND 20));
CREATE VIEW tags_with_note_count AS SELECT tags.id as id, tags.title as title, COUNT(notes.id) as note_count
  FROM tags LEFT JOIN note_tags nt on nt.tag_id = tags.id LEFT JOIN notes on notes.id = nt.note_id GROUP BY tags.id;
CREATE TABLE version (version INT);
INSERT INTO notebooks VALUES ('f1', 'Home', 1700000000000, '', '', 0), ('f2', 'Work', 1700000000001, 'f1', '{}', 1);
INSERT INTO notes (id, parent_id, title, body, created_time, updated_time, latitude, `order`) VALUES ('n1', 'f1', 'Shopping', 'milk' || char(10) || 'eggs', 1, 2, 48.1, 0.5), ('n2', 'f2', '', '', 1, 3, 0, 7);
INSERT INTO notes_normalized VALUES ('n1', 'shopping', 'milk eggs', 0), ('n2', '', '', 1);
INSERT INTO tags VALUES ('t1', 'food', 1), ('t2', 'Später', 2);
INSERT INTO note_tags VALUES ('x1', 'n1', 't1', 1), ('x2', 'n2', 't1', 2);
INSERT INTO settings VALUES ('locale', 'de'), ('empty', NULL);
INSERT INTO sync_items VALUES (1, 2, 3, 1, 'n1', 0, '{"a": [1]}'), (2, 2, 3, 1, 'n2', 1, NULL);
INSERT INTO revisions VALUES ('r1', '', 1, '@@ -1 +1', '{}'), ('r2', 'r1', 2, '', NULL);
INSERT INTO version VALUES (42);
