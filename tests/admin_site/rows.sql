CREATE TABLE IF NOT EXISTS legacy_table (id INTEGER PRIMARY KEY, title VARCHAR(50) NOT NULL);
INSERT INTO legacy_table (id, title) VALUES (1, 'old');
INSERT INTO catalog_seat ("row", number, name) VALUES (1, 2, 'window'), (1, 3, '<aisle>');
