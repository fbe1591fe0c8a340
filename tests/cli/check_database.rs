//! `djr check --database`: the live schema beside what the migrations lead to.

use insta::assert_snapshot;

use crate::support::Project;

#[test]
fn a_migrated_database_has_not_drifted_after_any_kind_of_change() {
    let project = Project::with_blog().migrated();
    project.djr(["check", "--database"]).success();
    project.second_migration("[[operations]]\nAddField = { model = 'Author', name = 'age', field = { type = 'PositiveIntegerField', null = true } }\n\
         [[operations]]\nRenameField = { model = 'Author', old_name = 'name', new_name = 'title' }\n\
         [[operations]]\nAlterField = { model = 'Author', name = 'title', field = { type = 'SlugField', unique = true } }\n\
         [[operations]]\nRenameModel = { old_name = 'Author', new_name = 'Writer' }\n\
         [[operations]]\nAddIndex = { model = 'Writer', index = { name = 'by_age', fields = ['-age'] } }\n\
         [[operations]]\nRunSQL = { sql = 'CREATE TABLE own (id integer)', reverse_sql = 'DROP TABLE own' }\n",
    );
    project.djr(["migrate"]).success();
    project.djr(["check", "--database", "default"]).success();
    project.djr(["migrate", "blog", "0001"]).success();
    project.djr(["check", "--database"]).success();
    project.djr(["migrate", "blog", "zero"]).success();
    project.djr(["check", "--database"]).success();
}

#[test]
fn every_difference_is_named() {
    let project = Project::with_blog().migrated();
    project
        .database()
        .execute_batch(
            "ALTER TABLE blog_author ADD COLUMN extra text;
             ALTER TABLE blog_author DROP COLUMN name;
             DROP INDEX blog_post_author_id_dd7a8485;
             CREATE INDEX own ON blog_post (id);
             CREATE TABLE stray (id integer);
             DROP TABLE django_session;
             CREATE TABLE new (id integer NOT NULL PRIMARY KEY, name varchar(9) NULL DEFAULT 'x');
             DROP TABLE auth_group;
             ALTER TABLE new RENAME TO auth_group;",
        )
        .unwrap();
    assert_snapshot!(project.djr(["check", "--database"]), @r#"
    exit code: 1
    ----- stderr -----
    error: `auth_group`.`name` is of type varchar(9), not varchar(150) ["type:auth_group.name"]
    error: `auth_group`.`name` may be null, and should not be ["null:auth_group.name"]
    error: the default of `auth_group`.`name` is 'x', not none ["default:auth_group.name"]
    error: `auth_group` lacks unique (name) ["missing-unique:auth_group.(name)"]
    error: the column `blog_author`.`name` is missing ["missing-column:blog_author.name"]
    error: the column `blog_author`.`extra` is in no migration ["extra-column:blog_author.extra"]
    error: `blog_post` lacks the index `blog_post_author_id_dd7a8485`: `CREATE INDEX "blog_post_author_id_dd7a8485" ON "blog_post" ("author_id")` ["missing-index:blog_post.blog_post_author_id_dd7a8485"]
    error: the index `own` of `blog_post` is in no migration ["extra-index:blog_post.own"]
    error: the table `django_session` is missing ["missing-table:django_session"]
    error: the table `stray` is in no migration ["extra-table:stray"]
    error: the schema of the database `default` is not what its applied migrations lead to
    hint: what is meant can be accepted in djr.toml: `[checks] accepted = ["type:auth_group.name"]`
    "#);
    let error = project
        .djr(["check", "--database", "--json"])
        .exited(1)
        .stderr();
    assert!(error.contains("\"drift\""), "{error}");
}

#[test]
fn a_check_that_is_left_out_is_a_difference_too() {
    let project = Project::with_blog();
    project.write(
        "blog/migrations/0001_initial.toml",
        "[[operations]]\nCreateModel = { name = 'Author', fields = { age = { type = 'IntegerField' }, data = { type = 'JSONField' } }, \
         options = { constraints = [{ name = 'adult', check = { age__gt = 17 } }] } }\n",
    );
    let project = project.migrated();
    project.database()
        .execute_batch(
            "DROP TABLE blog_author;
             CREATE TABLE blog_author (id integer NOT NULL PRIMARY KEY AUTOINCREMENT, age integer NOT NULL,
                 data text NOT NULL, CHECK (age > 16))",
        )
        .unwrap();
    assert_snapshot!(project.djr(["check", "--database"]), @r#"
    exit code: 1
    ----- stderr -----
    error: `blog_author` lacks `CHECK (( JSON_VALID ( "data" ) OR "data" IS NULL ))` ['missing-check:blog_author.( JSON_VALID ( "data" ) OR "data" IS NULL )']
    error: `blog_author` lacks `CHECK ("age" > 17)` ["missing-check:blog_author.adult"]
    error: `CHECK (age > 16)` of `blog_author` is in no migration ["extra-check:blog_author.age > 16"]
    error: the schema of the database `default` is not what its applied migrations lead to
    hint: what is meant can be accepted in djr.toml: `[checks] accepted = ['missing-check:blog_author.( JSON_VALID ( "data" ) OR "data" IS NULL )']`
    "#);
}

#[test]
fn views_and_triggers_are_compared_too() {
    let project = Project::with_blog();
    let script = "CREATE VIEW names AS SELECT name FROM blog_author; \
                  CREATE TRIGGER loud AFTER INSERT ON blog_author BEGIN SELECT 1; END";
    project.second_migration(&format!(
        "[[operations]]\nRunSQL = {{ sql = \"{script}\", reverse_sql = '' }}\n"
    ));
    let project = project.migrated();
    project.djr(["check", "--database"]).success();
    project
        .database()
        .execute_batch(
            "DROP VIEW names;
             DROP TRIGGER loud;
             CREATE TRIGGER loud AFTER INSERT ON blog_author BEGIN SELECT 2; END;
             CREATE TRIGGER own AFTER DELETE ON blog_post BEGIN SELECT 1; END;
             CREATE VIEW mine AS SELECT 1 AS one",
        )
        .unwrap();
    assert_snapshot!(project.djr(["check", "--database"]), @r#"
    exit code: 1
    ----- stderr -----
    error: the trigger `loud` of `blog_author` is `create trigger loud after insert on blog_author begin select 2 ; end`, not `create trigger loud after insert on blog_author begin select 1 ; end` ["trigger:loud"]
    error: the view `names` is missing ["missing-view:names"]
    warning: the view `mine` is in no migration ["extra-view:mine"]
    warning: the trigger `own` of `blog_post` is in no migration ["extra-trigger:own"]
    error: the schema of the database `default` is not what its applied migrations lead to
    hint: what is meant can be accepted in djr.toml: `[checks] accepted = ["trigger:loud"]`
    "#);
}
