-- The shape of a mail program: searched through FTS tables that triggers fill, columns without types, an index over an expression.
CREATE TABLE folders (id INTEGER PRIMARY KEY, folderURI TEXT NOT NULL, dirtyStatus INTEGER NOT NULL, name TEXT NOT NULL, indexingPriority INTEGER NOT NULL);
CREATE TABLE threads (id INTEGER PRIMARY KEY, subject TEXT NOT NULL, oldestMessageDate INTEGER, newestMessageDate INTEGER);
CREATE INDEX threads_subject ON threads (subject);
CREATE INDEX threads_newest ON threads (newestMessageDate);
CREATE TABLE mails (id INTEGER PRIMARY KEY, folderID INTEGER REFERENCES folders(id), messageKey INTEGER, threadID INTEGER NOT NULL REFERENCES threads(id), date INTEGER,
  headerMessageID TEXT, deleted INTEGER NOT NULL DEFAULT 0, jsonAttributes TEXT, notability INTEGER NOT NULL DEFAULT 0, subject TEXT, body TEXT);
CREATE INDEX mails_headerID ON mails (headerMessageID);
CREATE INDEX mails_location ON mails (folderID, messageKey);
CREATE INDEX mails_deleted ON mails (deleted) WHERE deleted = 1;
CREATE INDEX mails_lower ON mails (lower(subject));
CREATE INDEX mails_flags ON mails (json_extract(jsonAttributes, '$.flags'));
CREATE VIRTUAL TABLE mails_text USING fts5(subject, body, content='mails', content_rowid='id');
CREATE TRIGGER mails_text_insert AFTER INSERT ON mails BEGIN INSERT INTO mails_text(rowid, subject, body) VALUES (new.id, new.subject, new.body); END;
CREATE TRIGGER mails_text_delete AFTER DELETE ON mails BEGIN INSERT INTO mails_text(mails_text, rowid, subject, body) VALUES ('delete', old.id, old.subject, old.body); END;
CREATE TRIGGER mails_text_update AFTER UPDATE ON mails BEGIN
  INSERT INTO mails_text(mails_text, rowid, subject, body) VALUES ('delete', old.id, old.subject, old.body);
  INSERT INTO mails_text(rowid, subject, body) VALUES (new.id, new.subject, new.body);
END;
CREATE TABLE people (id INTEGER PRIMARY KEY, directoryUUID TEXT, contactUUID TEXT, popularity INTEGER, frecency INTEGER, name TEXT, jsonAttributes TEXT);
CREATE TABLE identities (id INTEGER PRIMARY KEY, contactID INTEGER NOT NULL REFERENCES people(id), kind TEXT NOT NULL, value TEXT NOT NULL, description NOT NULL, relay INTEGER NOT NULL);
CREATE UNIQUE INDEX identities_kind_value ON identities (kind, value);
CREATE TABLE attributes (attributeID INTEGER REFERENCES definitions(id), messageID INTEGER REFERENCES mails(id), threadID, value NUMERIC);
CREATE INDEX attributes_attribFastDeletion ON attributes (messageID);
CREATE TABLE definitions (id INTEGER PRIMARY KEY, attributeType INTEGER NOT NULL, extensionName TEXT NOT NULL, name TEXT NOT NULL, parameter BLOB, UNIQUE (extensionName, name));
CREATE TABLE spam_tokens (token, spam DEFAULT 0, ham DEFAULT 0);
CREATE VIRTUAL TABLE people_boxes USING rtree(id, minx, maxx);
CREATE VIEW unread AS SELECT id, subject, length(body) AS size FROM mails WHERE deleted = 0;
INSERT INTO folders VALUES (1, 'mailbox://a/INBOX', 0, 'INBOX', 50), (2, 'imap://b/Sent', 1, 'Sent', 60);
INSERT INTO threads VALUES (1, 'Hello', 1, 2), (2, '', NULL, NULL);
INSERT INTO mails VALUES (1, 1, 10, 1, 1700000000000000, 'a@b', 0, '{"flags":["x"]}', 5, 'Hello world', 'the quick fox'), (2, NULL, NULL, 1, 2, NULL, 1, NULL, 0, NULL, 'lazy dog'), (5, 2, 1, 2, 3, 'c@d', 0, '{}', 0, 'Bye', NULL);
INSERT INTO people VALUES (1, NULL, NULL, 3, 100, 'Ann', NULL), (2, 'u', 'v', 0, 0, 'Bob', '{}');
INSERT INTO identities VALUES (1, 1, 'email', 'ann@example.com', '', 0), (2, 2, 'email', 'bob@example.com', 5, 1);
INSERT INTO definitions VALUES (1, 0, 'gloda', 'from', NULL), (2, 0, 'gloda', 'to', x'01');
INSERT INTO attributes VALUES (1, 1, 1, 1), (2, 1, '1', 2.5), (2, 5, NULL, 'x'), (2, 5, NULL, 'x');
INSERT INTO spam_tokens VALUES ('viagra', 12, 0), ('hello', 1, 30.5), (NULL, 0, 0);
INSERT INTO people_boxes VALUES (1, 0.0, 1.5);
