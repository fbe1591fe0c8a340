-- The shape of a book library: link tables, texts compared without case, triggers that guard references, views with subqueries.
CREATE TABLE writers ( id   INTEGER PRIMARY KEY,
                              name TEXT NOT NULL COLLATE NOCASE,
                              sort TEXT COLLATE NOCASE,
                              link TEXT NOT NULL DEFAULT "",
                              UNIQUE(name)
                             );
CREATE TABLE volumes ( id      INTEGER PRIMARY KEY AUTOINCREMENT,
                             title     TEXT NOT NULL DEFAULT 'Unknown' COLLATE NOCASE,
                             sort      TEXT COLLATE NOCASE,
                             timestamp TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
                             pubdate   TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
                             series_index REAL NOT NULL DEFAULT 1.0,
                             author_sort TEXT COLLATE NOCASE,
                             isbn TEXT DEFAULT "" COLLATE NOCASE,
                             path TEXT NOT NULL DEFAULT "",
                             flags INTEGER NOT NULL DEFAULT 1,
                             uuid TEXT,
                             has_cover BOOL DEFAULT 0,
                             last_modified TIMESTAMP NOT NULL DEFAULT "2000-01-01 00:00:00+00:00");
CREATE TABLE volumes_writers_link ( id INTEGER PRIMARY KEY, volume INTEGER NOT NULL, writer INTEGER NOT NULL, UNIQUE(volume, writer));
CREATE TABLE series ( id INTEGER PRIMARY KEY, name TEXT NOT NULL COLLATE NOCASE, sort TEXT COLLATE NOCASE, UNIQUE (name));
CREATE TABLE volumes_series_link ( id INTEGER PRIMARY KEY, volume INTEGER NOT NULL, series INTEGER NOT NULL, UNIQUE(volume));
CREATE TABLE remarks ( id INTEGER PRIMARY KEY, volume INTEGER NOT NULL, text TEXT NOT NULL COLLATE NOCASE, UNIQUE(volume));
CREATE TABLE ratings ( id INTEGER PRIMARY KEY, rating INTEGER CHECK(rating > -1 AND rating < 11), link TEXT NOT NULL DEFAULT '', UNIQUE (rating));
CREATE TABLE formats ( id INTEGER PRIMARY KEY, volume INTEGER NOT NULL, format TEXT NOT NULL COLLATE NOCASE, uncompressed_size INTEGER NOT NULL, name TEXT NOT NULL, UNIQUE(volume, format));
CREATE TABLE identifiers ( id INTEGER PRIMARY KEY, volume INTEGER NOT NULL, type TEXT NOT NULL DEFAULT "isbn" COLLATE NOCASE, val TEXT NOT NULL COLLATE NOCASE, UNIQUE(volume, type));
CREATE TABLE preferences ( id INTEGER PRIMARY KEY, key TEXT NOT NULL, val TEXT NOT NULL, UNIQUE(key));
CREATE TABLE conversion_options ( id INTEGER PRIMARY KEY, format TEXT NOT NULL COLLATE NOCASE, volume INTEGER, data BLOB NOT NULL, UNIQUE(format,volume));
CREATE TABLE last_read ( volume INTEGER NOT NULL, user TEXT NOT NULL, pos_frac REAL NOT NULL DEFAULT 0, PRIMARY KEY (user, volume)) WITHOUT ROWID;
CREATE VIRTUAL TABLE volumes_search USING fts5(title, content='volumes', content_rowid='id', tokenize = 'porter unicode61');
CREATE INDEX volumes_writers_link_aidx ON volumes_writers_link (writer);
CREATE INDEX volumes_idx ON volumes (sort COLLATE NOCASE);
CREATE INDEX writers_idx ON volumes (author_sort COLLATE NOCASE);
CREATE INDEX formats_idx ON formats (volume);
CREATE VIEW meta AS
        SELECT id, title,
               (SELECT group_concat(name) FROM writers WHERE writers.id IN (SELECT writer from volumes_writers_link WHERE volume=volumes.id)) writers,
               (SELECT name FROM series WHERE series.id IN (SELECT series from volumes_series_link WHERE volume=volumes.id)) series,
               (SELECT text FROM remarks WHERE volume=volumes.id) remarks,
               series_index, path, uuid
        FROM volumes;
CREATE VIEW tag_browser_series AS SELECT id, name, (SELECT COUNT(id) FROM volumes_series_link WHERE series=series.id) count, sort AS sort FROM series;
CREATE TRIGGER volumes_delete_trg AFTER DELETE ON volumes BEGIN
    DELETE FROM volumes_writers_link WHERE volume=OLD.id;
    DELETE FROM volumes_series_link WHERE volume=OLD.id;
    DELETE FROM remarks WHERE volume=OLD.id;
END;
CREATE TRIGGER volumes_insert_trg AFTER INSERT ON volumes BEGIN
    UPDATE volumes SET sort=upper(NEW.title), uuid='u-' || NEW.id WHERE id=NEW.id;
END;
CREATE TRIGGER fkc_insert_remarks BEFORE INSERT ON remarks BEGIN
    SELECT CASE WHEN ((SELECT id from volumes WHERE id=NEW.volume) IS NULL) THEN RAISE(ABORT, 'Foreign key violation: volume not in volumes') END;
END;
CREATE TRIGGER fkc_update_link BEFORE UPDATE OF volume ON volumes_writers_link BEGIN
    SELECT CASE WHEN ((SELECT id from volumes WHERE id=NEW.volume) IS NULL) THEN RAISE(ABORT, 'Foreign key violation') END;
END;
INSERT INTO writers VALUES (1, 'Ann Ö', 'Ö, Ann', ''), (2, 'bob', NULL, 'x');
INSERT INTO volumes (title, author_sort, has_cover, isbn) VALUES ('The First', 'Ö, Ann', 1, NULL), ('second', NULL, NULL, '978');
INSERT INTO volumes (id, title) VALUES (40, 'gone');
DELETE FROM volumes WHERE id = 40;
UPDATE volumes SET timestamp = '2020-05-05 05:05:05+00:00', pubdate = NULL;
INSERT INTO volumes_writers_link VALUES (1, 1, 1), (2, 2, 1), (3, 2, 2);
INSERT INTO series VALUES (1, 'Saga', 'saga');
INSERT INTO volumes_series_link VALUES (1, 1, 1);
INSERT INTO remarks VALUES (1, 1, '<p>good</p>');
INSERT INTO ratings VALUES (1, 8, ''), (2, 0, '');
INSERT INTO formats VALUES (1, 1, 'EPUB', 12345, 'first');
INSERT INTO identifiers VALUES (1, 1, 'isbn', '978'), (2, 1, 'doi', '10.1');
INSERT INTO preferences VALUES (1, 'bools', 'true');
INSERT INTO conversion_options VALUES (1, 'PIPE', NULL, x'8005'), (2, 'PIPE', 1, x'');
INSERT INTO last_read VALUES (1, 'ann', 0.25);
INSERT INTO volumes_search(volumes_search) VALUES ('rebuild');
