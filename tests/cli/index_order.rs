//! Indexes and constraints over fields that are new, or removed and made again, in one migration.

use crate::support::Project;

/// Migrates from `before` to `after` with a row in the table, and back again.
#[track_caller]
fn both_ways(before: &str, after: &str) {
    let project = Project::new().app("a");
    project.write("a/models.toml", before);
    project.djr(["makemigrations"]).success();
    project.djr(["migrate"]).success();
    let row = "INSERT INTO a_a (y) VALUES (1)";
    project.database().execute_batch(row).unwrap();
    project.write("a/models.toml", after);
    project.djr(["makemigrations"]).success();
    project.djr(["migrate"]).success();
    project.djr(["makemigrations", "--check"]).success();
    project.djr(["check", "--database", "default"]).success();
    project.djr(["migrate", "a", "0001"]).success();
    project.djr(["check", "--database", "default"]).success();
    assert_eq!(project.count("a_a"), 1);
}

const PLAIN: &str = "[A.fields]\ny = { type = \"IntegerField\" }\n";

#[test]
fn follow_a_field_that_is_made_again() {
    both_ways(
        "[A.fields]\ny = { type = \"IntegerField\" }\nx = { type = \"ManyToManyField\", to = \"auth.Group\" }\n",
        r#"
[A]
indexes = [{ name = "by_x", fields = ["x"] }, { name = "short", fields = ["y"], condition = { x = "a" } }]
constraints = [{ name = "pair", fields = ["x", "y"] }, { name = "small", check = { x__lt = "z" } }]
unique_together = [["x", "y"]]
[A.fields]
y = { type = "IntegerField" }
x = { type = "CharField", max_length = 5, default = "" }
"#,
    );
}

#[test]
fn follow_a_computed_field_whose_fields_are_new() {
    both_ways(
        PLAIN,
        r#"
[A]
indexes = [{ name = "by_sum", fields = ["sum"] }]
constraints = [{ name = "small", check = { sum__lt = 100 } }]
[A.fields]
y = { type = "IntegerField" }
sum = { type = "GeneratedField", expression = { F = "later" }, db_persist = true, output_field = { type = "IntegerField" } }
later = { type = "IntegerField", default = 2 }
"#,
    );
}

#[test]
fn follow_a_computed_field_that_is_made_again() {
    let computed = |from: &str| {
        format!(
            r#"
[A]
indexes = [{{ name = "by_sum", fields = ["sum"] }}]
[A.fields]
y = {{ type = "IntegerField" }}
x = {{ type = "IntegerField", default = 2 }}
sum = {{ type = "GeneratedField", expression = {{ F = "{from}" }}, db_persist = true, output_field = {{ type = "IntegerField" }} }}
"#
        )
    };
    let project = Project::new().app("a");
    project.write("a/models.toml", &computed("x"));
    project.djr(["makemigrations"]).success();
    project.djr(["migrate"]).success();
    project.write("a/models.toml", &computed("y"));
    project.djr(["makemigrations"]).success();
    project.djr(["migrate"]).success();
    project.djr(["check", "--database", "default"]).success();
}

#[test]
fn follow_a_reference_to_a_model_that_is_new() {
    both_ways(
        PLAIN,
        r#"
[A]
indexes = [{ name = "by_z", fields = ["z", "y"] }]
constraints = [{ name = "pair", fields = ["z", "y"] }, { name = "some", check = { z__isnull = true } }]
[A.fields]
y = { type = "IntegerField" }
z = { type = "ForeignKey", to = "a.Z", on_delete = "CASCADE", null = true }
[Z.fields]
back = { type = "ForeignKey", to = "a.A", on_delete = "CASCADE", null = true, related_name = "+" }
"#,
    );
}
