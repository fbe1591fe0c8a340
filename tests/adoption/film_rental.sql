-- The shape of a film rental: triggers that stamp rows, types with arguments of their own, checks with LIKE, views.
CREATE TABLE performer (performer_id numeric NOT NULL, first_name VARCHAR(45) NOT NULL, last_name VARCHAR(45) NOT NULL,
    last_update TIMESTAMP NOT NULL, PRIMARY KEY (performer_id));
CREATE INDEX idx_performer_last_name ON performer(last_name);
CREATE TRIGGER performer_ai AFTER INSERT ON performer
 BEGIN
  UPDATE performer SET last_update = DATETIME('NOW')  WHERE rowid = new.rowid;
 END;
CREATE TABLE nation (nation_id SMALLINT NOT NULL, nation VARCHAR(50) NOT NULL, last_update TIMESTAMP, PRIMARY KEY (nation_id));
CREATE TABLE town (town_id int NOT NULL, town VARCHAR(50) NOT NULL, nation_id SMALLINT NOT NULL, last_update TIMESTAMP NOT NULL,
    PRIMARY KEY (town_id), CONSTRAINT fk_town_nation FOREIGN KEY (nation_id) REFERENCES nation (nation_id) ON DELETE NO ACTION ON UPDATE CASCADE);
CREATE INDEX idx_fk_nation_id ON town(nation_id);
CREATE TRIGGER town_au AFTER UPDATE ON town
 BEGIN
  UPDATE town SET last_update = DATETIME('NOW')  WHERE rowid = new.rowid AND 0;
 END;
CREATE TABLE tongue (tongue_id SMALLINT NOT NULL PRIMARY KEY, name CHAR(20) NOT NULL);
CREATE TABLE movie (
  movie_id int NOT NULL,
  title VARCHAR(255) NOT NULL,
  description BLOB SUB_TYPE TEXT DEFAULT NULL,
  release_year VARCHAR(4) DEFAULT NULL,
  tongue_id SMALLINT NOT NULL,
  original_tongue_id SMALLINT DEFAULT NULL,
  rental_duration SMALLINT  DEFAULT 3 NOT NULL,
  rental_rate DECIMAL(4,2) DEFAULT 4.99 NOT NULL,
  rating VARCHAR(10) DEFAULT 'G',
  special_features VARCHAR(100) DEFAULT NULL,
  PRIMARY KEY (movie_id),
  CONSTRAINT CHECK_special_features CHECK(special_features is null or special_features like '%Trailers%' or special_features like '%Deleted Scenes%'),
  CONSTRAINT CHECK_rating CHECK(rating in ('G','PG','R')),
  CONSTRAINT fk_movie_tongue FOREIGN KEY (tongue_id) REFERENCES tongue (tongue_id),
  CONSTRAINT fk_movie_original FOREIGN KEY (original_tongue_id) REFERENCES tongue (tongue_id)
);
CREATE INDEX idx_fk_tongue_id ON movie(tongue_id);
CREATE TABLE movie_performer (performer_id numeric NOT NULL, movie_id int NOT NULL, PRIMARY KEY (performer_id, movie_id),
    FOREIGN KEY (performer_id) REFERENCES performer (performer_id), FOREIGN KEY (movie_id) REFERENCES movie (movie_id) ON DELETE CASCADE);
CREATE TABLE movie_text (movie_id SMALLINT NOT NULL, title VARCHAR(255) NOT NULL, PRIMARY KEY (movie_id));
CREATE TABLE shop (shop_id INTEGER PRIMARY KEY, manager_id INTEGER NOT NULL REFERENCES worker (worker_id), town_id INT REFERENCES town);
CREATE TABLE worker (worker_id INTEGER PRIMARY KEY, name VARCHAR(45), picture BLOB, shop_id INTEGER NOT NULL REFERENCES shop (shop_id),
    active SMALLINT DEFAULT 1 NOT NULL, since YEAR);
CREATE TABLE rental (rental_id INT NOT NULL PRIMARY KEY, rental_date TIMESTAMP NOT NULL, movie_id INT NOT NULL REFERENCES movie,
    worker_id INTEGER NOT NULL REFERENCES worker, return_date TIMESTAMP DEFAULT NULL, amount DECIMAL(5,2) NOT NULL, note TEXT);
CREATE UNIQUE INDEX idx_rental_uq ON rental (rental_date, movie_id, worker_id);
CREATE VIEW movie_list AS SELECT movie.movie_id AS FID, movie.title AS title, tongue.name AS tongue, movie.rental_rate AS price
    FROM movie LEFT JOIN tongue USING (tongue_id);
CREATE VIEW sales_by_shop AS SELECT s.shop_id, sum(r.amount) AS total FROM rental r JOIN worker w ON w.worker_id = r.worker_id
    JOIN shop s ON s.shop_id = w.shop_id GROUP BY s.shop_id;
INSERT INTO performer VALUES (1, 'PIA', 'GRAU', '2006-02-15 04:34:33'), (2, 'NICO', 'WAHL', '2006-02-15 04:34:33');
UPDATE performer SET last_update = '2006-02-15 04:34:33';
INSERT INTO nation VALUES (1, 'Aldovia', '2006-02-15'), (2, 'Borduria', NULL);
INSERT INTO town VALUES (1, 'A Town', 1, '2006-02-15 04:45:25'), (2, 'B Town', 2, '2006-02-15 04:45:25');
INSERT INTO tongue VALUES (1, 'English'), (2, 'Italian');
INSERT INTO movie VALUES (1, 'ACADEMY DOG', 'An epic', '2006', 1, NULL, 6, 0.99, 'PG', 'Deleted Scenes,x'), (2, 'ACE FISH', NULL, NULL, 1, 2, 3, 4.99, 'G', NULL);
INSERT INTO movie_performer VALUES (1, 1), (2, 1), (2, 2);
INSERT INTO movie_text VALUES (1, 'ACADEMY DOG');
INSERT INTO worker VALUES (1, 'Mike', x'89504e47', 1, 1, 1999), (2, 'Jon', NULL, 1, 0, NULL);
INSERT INTO shop VALUES (1, 1, 2);
INSERT INTO rental VALUES (1, '2005-05-24 22:53:30', 1, 1, NULL, 2.99, 'late'), (2, '2005-05-24 22:54:33', 2, 2, '2005-05-28 19:40:33', 4, NULL);
