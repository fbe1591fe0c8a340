//! A user model of the project's own: no command knows the name of the built-in one's table.

use crate::support::{Project, Terminal};

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

/// The same with a field that every user needs.
fn demanding() -> Project {
    with_field("employee = { type = \"IntegerField\" }")
}

/// The same with one field more.
fn with_field(field: &str) -> Project {
    let fields = format!("{FIELDS}{field}\n");
    Project::new()
        .replaced("\"staticfiles\"]", "\"staticfiles\", \"people\"]")
        .setting("[auth]\nuser_model = \"people.Person\"")
        .file(
            "people/models.toml",
            &format!(
                "[Person.fields]\nid = {{ type = \"BigAutoField\", primary_key = true }}{fields}"
            ),
        )
        .file(
            "people/migrations/0001_initial.toml",
            &format!("{}{fields}", MIGRATION.trim()),
        )
        .migrated()
}

#[test]
fn has_fields_that_are_asked_for() {
    let project = demanding();
    let run = project
        .command(["createsuperuser", "--noinput", "--username", "alice"])
        .env("DJR_SUPERUSER_PASSWORD", "Xk29!fooBAR");
    let run = run.run().exited(1);
    assert_eq!(
        run.stderr(),
        "error: the user model requires `employee`\n\
         hint: pass `--field employee=VALUE` or set `DJR_SUPERUSER_EMPLOYEE`\n"
    );
    let run = project
        .djr(["ensure", "user", "--username", "bob"])
        .exited(1);
    assert!(run.stderr().contains("`--field employee=VALUE`"), "{run}");
    let bob = ["ensure", "user", "--username", "bob", "--field"];
    let run = project.djr([&bob[..], &["employee=x"]].concat()).exited(1);
    assert!(
        run.stderr()
            .contains("`employee`: this is not a whole number"),
        "{run}"
    );
    project.djr([&bob[..], &["employee=7"]].concat()).success();
    project
        .command(["createsuperuser", "--noinput", "--username", "alice"])
        .env("DJR_SUPERUSER_EMPLOYEE", "8")
        .run()
        .success();
    let run = project.command(["users", "import", "-", "--format", "csv"]);
    let run = run.stdin("username,employee,nickname\neve,9,Evie\n");
    run.run().success();
    project
        .djr(["users", "set", "eve", "--field", "nickname=E"])
        .success();
    let sql = "SELECT username, employee, nickname FROM people_person ORDER BY employee";
    let rows: Vec<(String, i64, String)> = project.rows(sql);
    let row =
        |name: &str, employee, nickname: &str| (name.to_owned(), employee, nickname.to_owned());
    assert_eq!(
        rows,
        [row("bob", 7, ""), row("alice", 8, ""), row("eve", 9, "E")]
    );
    let run = project.djr(["users", "list", "--group", "any"]).exited(1);
    assert!(
        run.stderr().contains("neither groups nor permissions"),
        "{run}"
    );
}

#[test]
fn has_fields_that_a_person_is_asked_for() {
    let project = demanding();
    let run = project.command(["createsuperuser", "--username", "alice", "--email", ""]);
    let mut terminal = Terminal::start(run, "echo \"code=$?\"");
    terminal.answer("Employee:", "seven\r");
    terminal.answer("this is not a whole number", "7\r");
    terminal.answer("Password:", "Xk29!fooBAR\r");
    terminal.answer("Password (again):", "Xk29!fooBAR\r");
    terminal.wait_for("code=0");
    let rows: Vec<(i64,)> = project.rows("SELECT employee FROM people_person");
    assert_eq!(rows, [(7,)]);
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

#[test]
fn check_names_a_field_that_the_sign_up_cannot_ask_for() {
    let urls = "[[urls]]\npath = \"accounts/\"\ninclude = \"auth.urls\"\n";
    let badge = |options: &str| {
        let to = "to = \"auth.Group\", on_delete = \"CASCADE\"";
        format!("badge = {{ type = \"ForeignKey\", {to}{options} }}")
    };
    let model = |shoe_size: &str| {
        let fields = FIELDS.replace(
            "shoe_size = { type = \"IntegerField\", default = 42 }",
            shoe_size,
        );
        format!("[Person.fields]\nid = {{ type = \"BigAutoField\", primary_key = true }}{fields}")
    };
    let project = Project::new()
        .replaced("\"staticfiles\"]", "\"staticfiles\", \"people\"]")
        .setting("[auth]\nuser_model = \"people.Person\"\nsignup = true")
        .file("urls.toml", urls)
        .file("people/models.toml", &model(&badge("")));
    let check = ["check", "--tag", "urls"];
    let refused = project.djr(check).exited(1);
    let told = refused.stderr();
    assert!(told.contains("cannot ask for the field `badge`"), "{told}");
    for asked in [
        &badge(", null = true"),
        "shoe_size = { type = \"IntegerField\" }",
    ] {
        project.write("people/models.toml", &model(asked));
        project.djr(check).success();
    }
    project.write("people/models.toml", &model(&badge("")));
    let closed = project
        .read("djr.toml")
        .replace("signup = true", "signup = false");
    project.write("djr.toml", &closed);
    project.djr(check).success();
}

#[test]
fn takes_the_names_of_the_model_that_it_swaps_out() {
    let many = |to: &str| {
        format!(
            "{{ type = \"ManyToManyField\", to = \"{to}\", blank = true, related_name = \"user_set\", related_query_name = \"user\" }}"
        )
    };
    let person = format!(
        "[Person]\ndb_table = \"auth_user\"\nfields.password = {{ type = \"CharField\", max_length = 128 }}\nfields.username = {{ type = \"CharField\", max_length = 150, unique = true }}\n\
         fields.groups = {}\nfields.user_permissions = {}\n",
        many("auth.Group"),
        many("auth.Permission")
    );
    let project = Project::new()
        .replaced("\"staticfiles\"]", "\"staticfiles\", \"people\"]")
        .setting("[auth]\nuser_model = \"people.Person\"")
        .file("people/models.toml", &person);
    project.djr(["check", "--tag", "models"]).success();
    project.djr(["makemigrations"]).success();
    // Two models that are not swapped out still clash.
    let other = person.replace("Person", "Other");
    project.write("people/models.toml", &format!("{person}{other}"));
    let refused = project.djr(["check", "--tag", "models"]).exited(1);
    assert!(refused.stderr().contains("clashes with"), "{refused}");
    assert!(
        refused.stderr().contains("`auth_user` is one of"),
        "{refused}"
    );
}

#[test]
fn json_of_its_own_is_imported_from_json_as_it_stands_and_from_csv_as_text() {
    let project = with_field("prefs = { type = 'JSONField', default = { function = 'dict' } }");
    let deep = format!("{}{}", "[".repeat(500), "]".repeat(500));
    let list = format!(
        r#"[{{"username": "a", "prefs": {{"x": [1.50, true]}}}}, {{"username": "b", "prefs": {deep}}},
            {{"username": "c", "prefs": "\"text\""}}, {{"username": "d", "prefs": 7}}]"#
    );
    project.write("users.json", &list);
    project.write("users.csv", "username,prefs\ne,\"{\"\"y\"\": 1}\"\n");
    for file in ["users.json", "users.csv"] {
        project.djr(["users", "import", file]).success();
    }
    let kept = project.texts("SELECT prefs FROM people_person ORDER BY username");
    let expected = [
        r#"{"x": [1.5, true]}"#,
        &deep,
        "\"text\"",
        "7",
        r#"{"y": 1}"#,
    ];
    assert_eq!(kept, expected);
    project.write("wrong.json", r#"[{"username": "f", "prefs": "oops"}]"#);
    let run = project.djr(["users", "import", "wrong.json"]).exited(1);
    assert!(
        run.stderr()
            .contains("wrong.json:1:2: `prefs`: this is not JSON"),
        "{run}"
    );
}

#[test]
fn a_field_whose_name_is_beyond_ascii_is_given_as_any_other() {
    let project = with_field("\"größe\" = { type = 'IntegerField' }");
    let run = project
        .djr(["ensure", "user", "--username", "bob"])
        .exited(1);
    assert!(run.stderr().contains("`--field größe=VALUE`"), "{run}");
    let bob = ["ensure", "user", "--username", "bob", "--field", "größe=7"];
    project.djr(bob).success();
    project
        .command(["createsuperuser", "--noinput", "--username", "ann"])
        .env("DJR_SUPERUSER_GRÖSSE", "8")
        .run()
        .success();
    project.write("users.csv", "username,größe\neve,9\n");
    project.djr(["users", "import", "users.csv"]).success();
    let sizes: Vec<(i64,)> = project.rows("SELECT größe FROM people_person ORDER BY id");
    assert_eq!(sizes, [(7,), (8,), (9,)]);
}
