-- The shape of a browser's places: numbers of microseconds, triggers with conditions, partial indexes, tables without keys.
CREATE TABLE moz_sites (id INTEGER PRIMARY KEY, prefix TEXT NOT NULL, host TEXT NOT NULL, frecency INTEGER NOT NULL, UNIQUE (prefix, host));
CREATE TABLE moz_pages (id INTEGER PRIMARY KEY, url LONGVARCHAR, title LONGVARCHAR, rev_host LONGVARCHAR, visit_count INTEGER DEFAULT 0, hidden INTEGER DEFAULT 0 NOT NULL,
  typed INTEGER DEFAULT 0 NOT NULL, frecency INTEGER DEFAULT -1 NOT NULL, last_visit_date INTEGER , guid TEXT, url_hash INTEGER DEFAULT 0 NOT NULL ,
  description TEXT, site_id INTEGER REFERENCES moz_sites(id), recalc INTEGER NOT NULL DEFAULT 0);
CREATE INDEX moz_pages_url_hashindex ON moz_pages (url_hash);
CREATE INDEX moz_pages_hostindex ON moz_pages (rev_host);
CREATE UNIQUE INDEX moz_pages_guid_uniqueindex ON moz_pages (guid);
CREATE INDEX moz_pages_frecent ON moz_pages (frecency DESC, last_visit_date) WHERE hidden = 0;
CREATE TABLE moz_visits (id INTEGER PRIMARY KEY, from_visit INTEGER, page_id INTEGER, visit_date INTEGER, visit_type INTEGER, session INTEGER, source INTEGER DEFAULT 0 NOT NULL);
CREATE INDEX moz_visits_pagedateindex ON moz_visits (page_id, visit_date);
CREATE TABLE moz_marks (id INTEGER PRIMARY KEY, type INTEGER, fk INTEGER DEFAULT NULL, parent INTEGER, position INTEGER, title LONGVARCHAR, keyword_id INTEGER,
  dateAdded INTEGER, lastModified INTEGER, guid TEXT, syncStatus INTEGER NOT NULL DEFAULT 0, syncChangeCounter INTEGER NOT NULL DEFAULT 1);
CREATE INDEX moz_marks_itemindex ON moz_marks (fk, type);
CREATE UNIQUE INDEX moz_marks_guid ON moz_marks (guid);
CREATE TABLE moz_marks_deleted (guid TEXT PRIMARY KEY, dateRemoved INTEGER NOT NULL DEFAULT 0);
CREATE TABLE moz_typed (page_id INTEGER NOT NULL, input LONGVARCHAR NOT NULL, use_count INTEGER, PRIMARY KEY (page_id, input));
CREATE TABLE moz_notes (id INTEGER PRIMARY KEY, page_id INTEGER NOT NULL, content LONGVARCHAR, flags INTEGER DEFAULT 0, expiration INTEGER DEFAULT 0, FOREIGN KEY (page_id) REFERENCES moz_pages(id) ON DELETE CASCADE);
CREATE TABLE moz_meta (key TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;
CREATE TABLE moz_recent (url TEXT, at, score REAL);
CREATE TABLE moz_words (word TEXT UNIQUE NOT NULL, page_id INTEGER, post_data TEXT);
CREATE TRIGGER moz_marks_afterdelete AFTER DELETE ON moz_marks FOR EACH ROW WHEN OLD.guid NOTNULL
  BEGIN INSERT OR IGNORE INTO moz_marks_deleted (guid, dateRemoved) VALUES (OLD.guid, 7); END;
CREATE TRIGGER moz_visits_count AFTER INSERT ON moz_visits FOR EACH ROW
  BEGIN UPDATE moz_pages SET visit_count = visit_count + (SELECT NEW.visit_type NOT IN (0, 4, 7)),
    last_visit_date = MAX(IFNULL(last_visit_date, 0), NEW.visit_date) WHERE id = NEW.page_id; END;
CREATE TRIGGER moz_pages_sites AFTER UPDATE OF frecency ON moz_pages FOR EACH ROW WHEN NEW.site_id NOT NULL
  BEGIN UPDATE moz_sites SET frecency = frecency + NEW.frecency - OLD.frecency WHERE id = NEW.site_id; END;
INSERT INTO moz_sites VALUES (1, 'https://', 'example.com', 0);
INSERT INTO moz_pages VALUES (1, 'https://example.com/', 'Ex', 'moc.elpmaxe.', 0, 0, 1, 2000, NULL, 'aaaaaaaaaaaa', 47356411089529, NULL, 1, 0),
  (2, 'https://example.com/b', NULL, NULL, 0, 1, 0, -1, NULL, NULL, -1, 'd', NULL, 1), (3, NULL, NULL, NULL, 0, 0, 0, -1, NULL, NULL, 0, NULL, NULL, 0);
INSERT INTO moz_visits VALUES (1, 0, 1, 1700000000000000, 1, 0, 0), (2, 1, 1, 1700000000000001, 4, 0, 0);
INSERT INTO moz_marks VALUES (1, 2, NULL, 0, 0, '', NULL, 1, 2, 'root________', 1, 1), (2, 1, 1, 1, 0, 'x', NULL, 3, 4, 'bbbbbbbbbbbb', 0, 1), (3, 1, 1, 1, 1, NULL, NULL, 3, 4, NULL, 0, 1);
DELETE FROM moz_marks WHERE id = 2;
INSERT INTO moz_typed VALUES (1, 'exa', 1), (1, 'ex', 3);
INSERT INTO moz_notes VALUES (1, 1, 'note', 0, 4);
INSERT INTO moz_meta VALUES ('sync/lastSync', 1700000000), ('origin_mean', 'x');
INSERT INTO moz_recent VALUES ('a', 1, 0.5), ('a', 'one', 0.5), (NULL, x'01', NULL), ('b', 2.5, 1);
DELETE FROM moz_recent WHERE at = 'one';
INSERT INTO moz_words VALUES ('w', 1, NULL), ('v', 1, 'p');
