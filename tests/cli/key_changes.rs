//! Keys that change, and tables between that get a model: made, or refused, and never only recorded.

use crate::support::Project;

/// A project whose models have their first migration, applied.
fn migrated(models: &str, rows: &str) -> Project {
    let project = Project::new().app("a");
    project.write("a/models.toml", models);
    project.djr(["makemigrations"]).success();
    project.djr(["migrate"]).success();
    project.database().execute_batch(rows).unwrap();
    project
}

/// Writes `models`, makes their migration with `options`, applies it, and looks whether all is as it says.
fn change(project: &Project, models: &str, options: &[&str]) {
    project.write("a/models.toml", models);
    project
        .djr([&["makemigrations"][..], options].concat())
        .success();
    project.djr(["makemigrations", "--check"]).success();
    project.djr(["migrate"]).success();
    project.djr(["check", "--database", "default"]).success();
}

/// The columns of the primary key of `a_line`, in its order.
fn key(project: &Project) -> Vec<String> {
    project.texts("SELECT name FROM pragma_table_info('a_line') WHERE pk > 0 ORDER BY pk")
}

const NUMBERS: &str =
    "fields.x = { type = \"IntegerField\" }\nfields.y = { type = \"IntegerField\" }\n";

fn line(key: &str, more: &str) -> String {
    let key = match key {
        "" => String::new(),
        key => format!("fields.pk = {{ type = \"CompositePrimaryKey\", fields = [{key}] }}\n"),
    };
    format!("[Line]\n{key}{NUMBERS}{more}")
}

#[test]
fn a_composite_key_of_other_fields_is_that_of_the_table_both_ways() {
    let z = "fields.z = { type = \"IntegerField\" }\n";
    let project = migrated(
        &line("\"x\", \"y\"", z),
        "INSERT INTO a_line (x, y, z) VALUES (1, 2, 3), (1, 3, 4)",
    );
    change(&project, &line("\"x\", \"z\"", z), &[]);
    assert_eq!(key(&project), ["x", "z"]);
    let same = "INSERT INTO a_line (x, y, z) VALUES (1, 9, 3)";
    project.database().execute(same, ()).unwrap_err();
    // The order of the fields counts.
    change(&project, &line("\"z\", \"x\"", z), &[]);
    assert_eq!(key(&project), ["z", "x"]);
    project.djr(["migrate", "a", "0001"]).success();
    assert_eq!(key(&project), ["x", "y"]);
    assert_eq!(project.count("a_line"), 2);
}

#[test]
fn fields_join_and_leave_a_composite_key_as_they_come_and_go() {
    let models = line("\"x\", \"y\"", "");
    let project = migrated(&models, "INSERT INTO a_line (x, y) VALUES (1, 2), (2, 3)");
    let models = "[Line]\nfields.pk = { type = \"CompositePrimaryKey\", fields = [\"x\", \"z\"] }\n\
        fields.x = { type = \"IntegerField\" }\nfields.z = { type = \"CharField\", max_length = 9 }\n";
    let options = ["--no-rename", "a.Line.y", "--default", "a.Line.z='''new'''"];
    project.write("a/models.toml", models);
    let run = [&["makemigrations"][..], &options[2..]].concat();
    project.djr(&run).success();
    project.djr(["migrate"]).success();
    assert_eq!(key(&project), ["x", "z"]);
    let rows: Vec<(i64, String)> = project.rows("SELECT x, z FROM a_line ORDER BY x");
    assert_eq!(rows, [(1, "new".to_owned()), (2, "new".to_owned())]);
    project.djr(["check", "--database", "default"]).success();
    let renamed = models
        .replace("\"z\"", "\"w\"")
        .replace("fields.z", "fields.w");
    change(&project, &renamed, &["--rename", "a.Line.z=w"]);
    assert_eq!(key(&project), ["x", "w"]);
}

#[test]
fn an_id_gives_way_to_a_composite_key_and_comes_back() {
    let project = migrated(
        &line("", ""),
        "INSERT INTO a_line (x, y) VALUES (1, 2), (1, 3)",
    );
    change(&project, &line("\"x\", \"y\"", ""), &[]);
    assert_eq!(key(&project), ["x", "y"]);
    change(&project, &line("", ""), &[]);
    assert_eq!(key(&project), ["id"]);
    let rows: Vec<(i64, i64)> = project.rows("SELECT id, y FROM a_line ORDER BY y");
    assert_eq!(rows, [(1, 2), (2, 3)]);
    project.djr(["migrate", "a", "0001"]).success();
    assert_eq!(key(&project), ["id"]);
    assert_eq!(project.count("a_line"), 2);
}

#[test]
fn rows_that_a_new_composite_key_does_not_tell_apart_are_named() {
    let project = migrated(
        &line("", ""),
        "INSERT INTO a_line (x, y) VALUES (1, 2), (1, 2)",
    );
    project.write("a/models.toml", &line("\"x\", \"y\"", ""));
    project.djr(["makemigrations"]).success();
    let transcript = project.djr(["migrate"]).exited(1);
    let told = "`a.0002_remove_line_id_line_pk` failed at `Add field pk to Line`";
    assert!(transcript.stderr().contains(told), "{transcript}");
    assert_eq!(key(&project), ["id"]);
}

const REFERRING: &str =
    "[Post]\nfields.line = { type = \"ForeignKey\", to = \"Line\", on_delete = \"CASCADE\" }\n";

#[test]
fn a_key_that_references_hold_does_not_become_another_field() {
    let code = "fields.code = { type = \"CharField\", max_length = 9, unique = true }\n";
    let models = |code: &str| format!("{}{REFERRING}", line("", code));
    let project = migrated(
        &models(code),
        "INSERT INTO a_line (x, y, code) VALUES (1, 2, 'c'); INSERT INTO a_post (line_id) VALUES (1)",
    );
    project.write(
        "a/models.toml",
        &models(&code.replace("unique", "primary_key")),
    );
    let transcript = project.djr(["makemigrations"]).exited(3);
    for told in [
        "the key of `a.line` cannot change from `id` to `code`: `a.post.line` holds the values",
        "remove `a.post.line` in a migration of its own first",
    ] {
        assert!(transcript.stderr().contains(told), "{transcript}");
    }
    project.djr(["makemigrations", "--check"]).exited(1);
    assert_eq!(project.names("a/migrations").len(), 1);
    // That is followed.
    change(&project, &line("", code), &[]);
    change(
        &project,
        &line("", &code.replace("unique", "primary_key")),
        &[],
    );
    assert_eq!(key(&project), ["code"]);
    let again = format!(
        "{}{}",
        line("", &code.replace("unique", "primary_key")),
        REFERRING.replace("}\n", ", null = true }\n")
    );
    change(&project, &again, &[]);
    // A reference that says which field it means does not stand in the way.
    let project = migrated(
        &models(code).replace("\"Line\",", "\"Line\", to_field = \"code\","),
        "INSERT INTO a_line (x, y, code) VALUES (1, 2, 'c'); INSERT INTO a_post (line_id) VALUES ('c')",
    );
    change(
        &project,
        &models(&code.replace("unique", "primary_key"))
            .replace("\"Line\",", "\"Line\", to_field = \"code\","),
        &[],
    );
    assert_eq!(key(&project), ["code"]);
}

#[test]
fn a_key_keeps_its_references_when_its_type_changes() {
    let id = |class: &str| {
        format!(
            "[Line]\nfields.id = {{ type = \"{class}\", primary_key = true }}\n{NUMBERS}{REFERRING}"
        )
    };
    let project = migrated(
        &id("BigAutoField"),
        "INSERT INTO a_line (x, y) VALUES (1, 2); INSERT INTO a_post (line_id) VALUES (1)",
    );
    for class in ["AutoField", "IntegerField", "BigAutoField"] {
        change(&project, &id(class), &[]);
        assert_eq!(
            project.count("a_post JOIN a_line ON a_line.id = line_id"),
            1
        );
    }
}

#[test]
fn links_that_get_a_model_of_their_own_are_refused_or_taken_over_with_their_table() {
    let post = |tags: &str| {
        format!(
            "[Post]\nfields.title = {{ type = \"CharField\", max_length = 9 }}\n\
             fields.tags = {{ type = \"ManyToManyField\", to = \"Tag\"{tags} }}\n\
             [Tag]\nfields.name = {{ type = \"CharField\", max_length = 9 }}\n"
        )
    };
    let through = |table: &str, more: &str| {
        format!(
            "{}[Tagging]\n{table}\nfields.post = {{ type = \"ForeignKey\", to = \"Post\", on_delete = \"CASCADE\" }}\n\
             fields.tag = {{ type = \"ForeignKey\", to = \"Tag\", on_delete = \"CASCADE\" }}\n{more}",
            post(", through = \"Tagging\"")
        )
    };
    let project = migrated(
        &post(""),
        "INSERT INTO a_post (title) VALUES ('p'); INSERT INTO a_tag (name) VALUES ('t');
         INSERT INTO a_post_tags (post_id, tag_id) VALUES (1, 1)",
    );
    project.write("a/models.toml", &through("", ""));
    let transcript = project.djr(["makemigrations"]).exited(3);
    for told in [
        "`a.post.tags` cannot go through `a.tagging`: its links are rows of `a_post_tags`",
        "with `db_table = \"a_post_tags\"`, no key of its own and foreign keys `post` and `tag`",
    ] {
        assert!(transcript.stderr().contains(told), "{transcript}");
    }
    // That is followed, also with a field more.
    let table = "db_table = \"a_post_tags\"";
    let more = "fields.since = { type = \"IntegerField\", default = 7 }\n";
    change(&project, &through(table, more), &[]);
    let rows: Vec<(i64, i64, i64)> = project.rows("SELECT post_id, tag_id, since FROM a_post_tags");
    assert_eq!(rows, [(1, 1, 7)]);
    project.djr(["migrate", "a", "0001"]).success();
    assert_eq!(project.count("a_post_tags"), 1);
    project.djr(["migrate"]).success();
    // There is no way back in one step.
    project.write("a/models.toml", &post(""));
    let transcript = project.djr(["makemigrations"]).exited(3);
    let told = "`a.post.tags` cannot do without `through`";
    assert!(transcript.stderr().contains(told), "{transcript}");
    project.write("a/models.toml", &through(table, more));
    project.djr(["makemigrations", "--check"]).success();
}

#[test]
fn a_model_that_is_managed_from_now_on_gets_the_table_that_nobody_made() {
    for made in [false, true] {
        let project = migrated(&format!("[Line]\nmanaged = false\n{NUMBERS}"), "");
        if made {
            let table =
                "CREATE TABLE a_line (id integer PRIMARY KEY AUTOINCREMENT, x integer, y integer);
                         INSERT INTO a_line (x, y) VALUES (1, 2)";
            project.database().execute_batch(table).unwrap();
        }
        project.write("a/models.toml", &format!("[Line]\n{NUMBERS}"));
        project.djr(["makemigrations"]).success();
        project.djr(["migrate"]).success();
        assert_eq!(project.count("a_line"), i64::from(made));
        project.djr(["migrate", "a", "0001"]).success();
        assert_eq!(project.count("a_line"), i64::from(made));
    }
}

#[test]
fn a_set_of_unique_fields_comes_after_the_fields_that_are_new_in_it() {
    let owner = "[Owner.fields]\nn = { type = \"IntegerField\" }\n";
    let models = |name: &str, field: &str| {
        format!(
            "{owner}[Line]\nunique_together = [[\"t\", \"{name}\"]]\n\
             fields.t = {{ type = \"IntegerField\" }}\nfields.{name} = {{ {field} }}\n"
        )
    };
    let reference = "type = \"ForeignKey\", to = \"Owner\", on_delete = \"CASCADE\", null = true";
    let computed = "type = \"GeneratedField\", expression = { add = [\"t\", 1] }, db_persist = true, \
                    output_field = { type = \"IntegerField\" }";
    for field in [reference, "type = \"DateField\", null = true", computed] {
        let rows = "INSERT INTO a_line (t, p) VALUES (1, 2), (2, 2)";
        let former = models("p", "type = \"IntegerField\", null = true");
        let project = migrated(&former, rows);
        change(&project, &models("q", field), &[]);
        assert_eq!(project.count("a_line"), 2);
        project.djr(["migrate", "a", "0001"]).success();
    }
}

#[test]
fn a_table_has_a_column_at_any_time_though_all_its_fields_change() {
    let code = "fields.code = { type = \"CharField\", max_length = 9, primary_key = true }\n";
    let number = "fields.number = { type = \"UUIDField\", null = true }\n";
    let project = migrated(
        &format!("[Line]\n{code}"),
        "INSERT INTO a_line VALUES ('b')",
    );
    for (models, expected) in [
        ("[Line.fields]\n".to_owned(), vec!["id"]),
        (line("\"x\", \"y\"", ""), vec!["x", "y"]),
        (format!("[Line]\n{number}"), vec!["id"]),
        (format!("[Line]\n{code}"), vec!["code"]),
    ] {
        let defaults = ["a.Line.x=1", "a.Line.y=2", "a.Line.code='b'"];
        let used = defaults.iter().filter(|name| {
            let name = name
                .trim_start_matches("a.Line.")
                .split_once('=')
                .unwrap()
                .0;
            expected.contains(&name)
        });
        let options: Vec<&str> = used.flat_map(|name| ["--default", *name]).collect();
        project.write("a/models.toml", &models);
        project
            .djr([&["makemigrations"][..], &options].concat())
            .success();
        project.djr(["migrate"]).success();
        project.djr(["check", "--database", "default"]).success();
        assert_eq!(key(&project), expected);
        assert_eq!(project.count("a_line"), 1);
    }
    project.djr(["migrate", "a", "0004"]).success();
    assert_eq!(key(&project), ["id"]);
    assert_eq!(project.count("a_line"), 1);
}

#[test]
fn rows_that_the_new_key_does_not_tell_apart_are_named_by_what_they_share() {
    let z = "fields.z = { type = \"IntegerField\" }\n";
    let project = migrated(
        &line("\"x\", \"y\"", z),
        "INSERT INTO a_line (x, y, z) VALUES (1, 2, 3), (1, 3, 3)",
    );
    project.write("a/models.toml", &line("\"x\", \"z\"", z));
    project.djr(["makemigrations"]).success();
    let told = project.djr(["migrate"]).exited(1).stderr();
    assert!(
        told.contains("hint: rows of `a_line` have the same `x` = 1, `z` = 3\n"),
        "{told}"
    );
    assert!(
        told.contains("change them first so that no two are alike"),
        "{told}"
    );
    assert_eq!(key(&project), ["x", "y"]);
}

#[test]
fn a_field_that_holds_no_value_of_its_own_is_not_part_of_a_key() {
    for (field, why) in [
        ("{ type = \"IntegerField\", null = true }", "it may be null"),
        (
            "{ type = \"ManyToManyField\", to = \"auth.Group\" }",
            "it has no column",
        ),
        (
            "{ type = \"GeneratedField\", expression = { F = \"x\" }, db_persist = true, output_field = { type = \"IntegerField\" } }",
            "it is computed",
        ),
    ] {
        let project = Project::new().app("a");
        let models = line("\"x\", \"z\"", &format!("fields.z = {field}\n"));
        project.write("a/models.toml", &models);
        let told = project.djr(["check"]).exited(1).stderr();
        let expected = format!("a/models.toml:2:45: `z` cannot be part of the primary key: {why}");
        assert!(told.contains(&expected), "{told}");
    }
}

#[test]
fn links_that_lead_to_another_model_and_find_nothing_there_name_the_migration() {
    let fields = |to: &str| {
        format!(
            "[B.fields]\nn = {{ type = \"IntegerField\" }}\n[C.fields]\nn = {{ type = \"IntegerField\" }}\n\
             [A.fields]\nn = {{ type = \"IntegerField\" }}\nbs = {{ type = \"ManyToManyField\", to = \"a.{to}\" }}\n"
        )
    };
    let rows = "INSERT INTO a_b VALUES (1, 2); INSERT INTO a_a VALUES (1, 3); \
                INSERT INTO a_a_bs (a_id, b_id) VALUES (1, 1)";
    let project = migrated(&fields("B"), rows);
    project.write("a/models.toml", &fields("C"));
    project.djr(["makemigrations"]).success();
    let told = project.djr(["migrate"]).exited(3).stderr();
    let expected = "error: after `a.0002_alter_a_bs`, rows refer to others that do not exist: \
                    row 1 of `a_a_bs` has `c_id` = 1, which is not in `a_c`\n";
    assert!(told.contains(expected), "{told}");
}
