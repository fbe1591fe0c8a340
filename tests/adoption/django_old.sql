-- Tables as Django 1.7, 1.11 and 2.0 made them, and as no later version alters them.
CREATE TABLE "legacy_author" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(40) NOT NULL UNIQUE,
    "nick" varchar(50) NOT NULL, "age" integer unsigned NOT NULL, "rank" smallint unsigned NULL, "ok" bool NULL,
    "price" decimal NOT NULL, "ip" char(39) NULL, "key" char(32) NULL);
CREATE INDEX "legacy_author_e2e42a07" ON "legacy_author" ("nick");
CREATE TABLE "legacy_tag" ("slug" varchar(50) NOT NULL PRIMARY KEY, "parent_id" varchar(50) NULL REFERENCES "legacy_tag" ("slug"));
CREATE INDEX "legacy_tag_6be37982" ON "legacy_tag" ("parent_id");
CREATE TABLE "legacy_book" ("id" integer NOT NULL PRIMARY KEY, "title" varchar(10) NOT NULL,
    "author_id" integer NOT NULL REFERENCES "legacy_author" ("id"), "one_id" integer NULL UNIQUE REFERENCES "legacy_author" ("id"),
    UNIQUE ("author_id", "title"));
CREATE INDEX "legacy_book_4f331e2f" ON "legacy_book" ("author_id");
CREATE TABLE "legacy_book_tags" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    "book_id" integer NOT NULL REFERENCES "legacy_book" ("id"), "tag_id" varchar(50) NOT NULL REFERENCES "legacy_tag" ("slug"),
    UNIQUE ("book_id", "tag_id"));
CREATE INDEX "legacy_book_tags_0a4572cc" ON "legacy_book_tags" ("book_id");
CREATE INDEX "legacy_book_tags_5659cca2" ON "legacy_book_tags" ("tag_id");
CREATE TABLE "legacy_sub" ("author_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "legacy_author" ("id"), "extra" integer NOT NULL);
CREATE TABLE "legacy_rule" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "a" integer NOT NULL, "b" varchar(5) NULL,
    CONSTRAINT "rule" CHECK (("a" > 1 OR NOT ("b" = 'q' AND "b" IS NOT NULL))));
CREATE INDEX "legacy_rule_down" ON "legacy_rule" ("a"DESC, "b");
