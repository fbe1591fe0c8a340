//! A user model of the project's own: no command knows the name of the built-in one's table.

use crate::support::Project;

const MIGRATION: &str = r#"
initial = true
dependencies = ["auth.0012_alter_user_first_name_max_length"]

[[operations]]
[operations.CreateModel]
name = "Person"

[operations.CreateModel.fields]
id = { type = "BigAutoField", auto_created = true, primary_key = true, serialize = false, verbose_name = "ID" }
"#;

const FIELDS: &str = r#"
password = { type = "CharField", max_length = 128 }
last_login = { type = "DateTimeField", null = true, blank = true }
is_superuser = { type = "BooleanField", default = false }
username = { type = "CharField", max_length = 150, unique = true }
first_name = { type = "CharField", max_length = 150, blank = true }
last_name = { type = "CharField", max_length = 150, blank = true }
email = { type = "EmailField", blank = true }
is_staff = { type = "BooleanField", default = false }
is_active = { type = "BooleanField", default = true }
date_joined = { type = "DateTimeField", default = { function = "now" } }
nickname = { type = "CharField", max_length = 30, blank = true }
shoe_size = { type = "IntegerField", default = 42 }
"#;

fn project() -> Project {
    Project::new()
        .replaced("\"staticfiles\"]", "\"staticfiles\", \"people\"]")
        .setting("[auth]\nuser_model = \"people.Person\"")
        .file(
            "people/models.toml",
            &format!(
                "[Person.fields]\nid = {{ type = \"BigAutoField\", primary_key = true }}{FIELDS}"
            ),
        )
        .file(
            "people/migrations/0001_initial.toml",
            &format!("{}{FIELDS}", MIGRATION.trim()),
        )
        .migrated()
}

#[test]
fn holds_the_superuser_and_the_password() {
    let project = project().superuser("alice", "Xk29!fooBAR");
    let row = "SELECT username, is_superuser, nickname, shoe_size, password FROM people_person";
    let rows: Vec<(String, bool, String, i64, String)> = project.rows(row);
    let (username, is_superuser, nickname, shoe_size, before) = rows.into_iter().next().unwrap();
    assert_eq!((&*username, is_superuser), ("alice", true));
    assert_eq!((&*nickname, shoe_size), ("", 42));
    project
        .command(["changepassword", "alice", "--password-file", "-"])
        .stdin("Xk29!fooBAZ")
        .run()
        .success();
    let rows: Vec<(String,)> = project.rows("SELECT password FROM people_person");
    assert_ne!(rows[0].0, before);
}

#[test]
fn is_named_where_it_does_not_exist() {
    let project = Project::new()
        .setting("[auth]\nuser_model = \"people.Nobody\"")
        .file("people/models.toml", "");
    let run = project.djr(["createsuperuser", "--noinput", "--username", "a"]);
    let run = run.exited(1);
    assert!(run.stderr().contains("people.nobody"), "{run}");
}
