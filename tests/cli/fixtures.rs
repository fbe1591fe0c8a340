//! `djr dumpdata` and `djr loaddata`.

use crate::support::Project;

const MODELS: &str = include_str!("../parity/fixture_app/models.toml");
const MIGRATION: &str = include_str!("../parity/fixture_app/migrations/0001_initial.toml");
const ANIMALS: &str = include_str!("../parity/fixture_app/animals.json");

/// A project with an app that has a field of every kind.
fn fixture_app() -> Project {
    let apps = r#""staticfiles"]"#;
    Project::new()
        .replaced(apps, r#""staticfiles", "fixture_app"]"#)
        .file("fixture_app/models.toml", MODELS)
        .file("fixture_app/migrations/0001_initial.toml", MIGRATION)
        .file("fixture_app/fixtures/animals.json", ANIMALS)
        .migrated()
}

fn dump(project: &Project, arguments: &[&str]) -> String {
    let arguments = [&["dumpdata"], arguments].concat();
    project.djr(arguments).success().stdout()
}

/// Loads `objects` as a fixture, which must be refused; returns the first line of the error.
fn refused(project: &Project, objects: &str) -> String {
    project.write("bad.json", objects);
    let run = project.djr(["loaddata", "bad.json"]).exited(1);
    run.stderr().lines().next().unwrap().to_owned()
}

#[test]
fn what_was_loaded_is_dumped_again_and_loads_elsewhere() {
    let project = fixture_app();
    let run = project.djr(["loaddata", "animals"]).success();
    assert_eq!(run.stdout(), "loaded 15 objects from 1 fixture\n");
    let whole = dump(&project, &[]);
    let again = fixture_app();
    again.write("whole.json", &whole);
    again.djr(["loaddata", "whole"]).success();
    assert_eq!(dump(&again, &[]), whole);

    let natural = ["--natural-foreign", "--natural-primary", "--indent", "2"];
    let named = dump(&project, &natural);
    again.djr(["flush", "--noinput"]).success();
    again.write("named.json", &named);
    again.djr(["loaddata", "named.json"]).success();
    assert_eq!(dump(&again, &natural), named);
}

#[test]
fn jsonl_and_gzip_hold_the_same() {
    let project = fixture_app();
    project.djr(["loaddata", "animals"]).success();
    let whole = dump(&project, &[]);
    for name in ["a.jsonl", "a.json.gz", "b.jsonl.gz"] {
        let format = if name.contains("jsonl") {
            "jsonl"
        } else {
            "json"
        };
        let run = project.djr(["dumpdata", "--format", format, "-o", name]);
        assert!(run.success().stdout().contains(name));
        let again = fixture_app();
        std::fs::copy(project.path(name), again.path(name)).unwrap();
        again.djr(["loaddata", name]).success();
        assert_eq!(dump(&again, &[]), whole, "{name}");
    }
    let mode = std::os::unix::fs::PermissionsExt::mode(
        &std::fs::metadata(project.path("a.jsonl"))
            .unwrap()
            .permissions(),
    );
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_failed_dump_leaves_the_file_as_it_was() {
    let project = Project::new().file("all.json", "before");
    project.djr(["dumpdata", "-o", "all.json"]).exited(1);
    assert_eq!(project.read("all.json"), "before");
    let project = project.migrated();
    let file = project.database();
    file.execute(
        "INSERT INTO django_session VALUES ('k', 'd', 'yesterday')",
        (),
    )
    .unwrap();
    let run = project.djr(["dumpdata", "-o", "all.json"]).exited(1);
    assert_eq!(
        run.stderr(),
        "error: sessions.session k: `expire_date` holds `yesterday`, which is not a value of a DateTimeField\n"
    );
    assert_eq!(project.read("all.json"), "before");
    assert_eq!(
        project
            .names("")
            .iter()
            .filter(|name| name.contains("djr-tmp"))
            .count(),
        0
    );
}

#[test]
fn labels_keys_and_exclusions_choose_what_is_dumped() {
    let project = Project::new().migrated();
    assert_eq!(dump(&project, &["auth.group"]), "[]");
    assert_eq!(
        dump(&project, &["AUTH.Group", "--indent", "2"]).len(),
        "[]".len() + 2
    );
    assert_eq!(
        dump(
            &project,
            &[
                "contenttypes.contenttype",
                "--pks",
                "2,1",
                "--format",
                "jsonl"
            ]
        ),
        "{\"model\": \"contenttypes.contenttype\",\"pk\": 1,\"fields\": {\"app_label\": \"admin\",\"model\": \"logentry\"}}\n\
         {\"model\": \"contenttypes.contenttype\",\"pk\": 2,\"fields\": {\"app_label\": \"auth\",\"model\": \"permission\"}}\n"
    );
    assert_eq!(
        dump(&project, &["-e", "auth", "-e", "contenttypes.ContentType"]),
        "[]"
    );
    for (arguments, message) in [
        (["auth.Grup", "admin"], "there is no model `auth.Grup`"),
        (["auth", "--pks=1"], "`--pks` needs exactly one model"),
        (
            ["auth.user", "--pks=x"],
            "`x` is not a primary key of `auth.user`: not a whole number",
        ),
    ] {
        let run = project
            .djr([&["dumpdata"], &arguments[..]].concat())
            .exited(1);
        assert!(run.stderr().contains(message), "{run}");
    }
}

#[test]
fn nothing_is_loaded_where_one_object_is_wrong_and_the_error_names_it() {
    let project = fixture_app();
    let group = r#"{"model": "auth.group", "pk": 1, "fields": {"name": "g"}},"#;
    for (object, message) in [
        (
            r#"{"model": "auth.grup", "fields": {}}"#,
            "object 2 (auth.grup): there is no model `auth.grup`",
        ),
        (
            r#"{"model": "auth.group", "pk": 2, "fields": {"nam": "x"}}"#,
            "object 2 (auth.group 2): the model has no field `nam`",
        ),
        (
            r#"{"model": "auth.group", "pk": "x", "fields": {"name": "x"}}"#,
            "object 2 (auth.group x): `pk` is \"x\", which is not a whole number",
        ),
        (
            r#"{"model": "auth.group", "pk": 2, "fields": {"name": "g"}}"#,
            "object 2 (auth.group 2): UNIQUE constraint failed: auth_group.name",
        ),
        (
            r#"{"model": "fixture_app.chip", "pk": 2, "fields": {}}"#,
            "object 2 (fixture_app.chip 2): `number` is missing, and it has no default",
        ),
        (
            r#"{"model": "fixture_app.keeper", "pk": "k", "fields": {"user": ["nobody"]}}"#,
            "object 2 (fixture_app.keeper k): `user` refers to auth.user [\"nobody\"], which does not exist",
        ),
        (
            r#"{"model": "auth.group", "fields": []}"#,
            "object 2 (auth.group): it has no `fields`",
        ),
        (
            "7",
            "object 2: an object with `model` and `fields` is expected",
        ),
    ] {
        let error = refused(&project, &format!("[{group}\n\n{object}]"));
        assert_eq!(error, format!("error: bad.json:3: {message}"));
        assert_eq!(project.count("auth_group"), 0, "{object}");
    }
    let error = refused(&project, &format!("[{group}\n{{\"model\": }}]"));
    assert_eq!(error, "error: bad.json:2: `}` where a value is expected");
    for (object, message) in [
        (
            r#"{"model": "fixture_app.visit", "pk": 4, "fields": {"chip": 7}}"#,
            "fixture_app.visit 4: `chip_id` refers to 7, which is not in `fixture_app_chip`",
        ),
        (
            r#"{"model": "auth.user", "pk": 3, "fields": {"username": "u", "password": "!", "groups": [8]}}"#,
            "`groups` of auth.user 3: `group_id` refers to 8, which is not in `auth_group`",
        ),
    ] {
        assert_eq!(
            refused(&project, &format!("[{group}{object}]")),
            format!("error: {message}")
        );
        assert_eq!(project.count("auth_group"), 0, "{object}");
    }
}

#[test]
fn a_row_that_is_there_is_replaced_with_all_its_references() {
    let project = Project::new().migrated();
    let load = |objects: &str| {
        let run = project.command(["loaddata", "-"]).stdin(objects).run();
        run.success().stdout()
    };
    load(
        r#"[{"model": "auth.group", "pk": 1, "fields": {"name": "a", "permissions": [1, 2, 3]}}]"#,
    );
    let loaded = load(
        r#"[{"model": "auth.group", "pk": 1, "fields": {"name": "b", "permissions": [3, 4]}},
                          {"model": "auth.group", "fields": {"name": "b", "permissions": [["add_user", "auth", "user"], 4]}}]"#,
    );
    assert_eq!(loaded, "loaded 2 objects from 1 fixture\n");
    let named = dump(&project, &["auth.group", "--natural-foreign"]);
    assert_eq!(
        named,
        r#"[{"model": "auth.group", "pk": 1, "fields": {"name": "b", "permissions": [["view_logentry", "admin", "logentry"], ["add_user", "auth", "user"]]}}]"#
    );
}

#[test]
fn what_does_not_exist_is_passed_over_on_demand() {
    let project = Project::new().migrated().file(
        "old.json",
        r#"[{"model": "gone.thing", "pk": 1, "fields": {}},
            {"model": "auth.group", "pk": 1, "fields": {"name": "g", "colour": "red"}},
            {"model": "sessions.session", "pk": "k", "fields": {"session_data": "", "expire_date": "2030-01-01"}}]"#,
    );
    project.djr(["loaddata", "old"]).exited(1);
    let run = project.djr(["loaddata", "old", "-i", "--exclude", "sessions"]);
    assert_eq!(
        run.success().stdout(),
        "loaded 1 object of 3 from 1 fixture\n"
    );
    assert_eq!(project.count("auth_group"), 1);
    assert_eq!(project.count("django_session"), 0);
}

#[test]
fn fixtures_are_found_by_name() {
    let project = fixture_app()
        .file("empty.json", "[]")
        .file("twice.json", "[]")
        .file("twice.jsonl", "");
    project
        .djr(["loaddata", "fixture_app/fixtures/animals.json"])
        .success();
    project
        .djr(["loaddata", "animals", "--app", "fixture_app"])
        .success();
    let run = project.djr(["loaddata", "empty"]).success();
    assert_eq!(run.stderr(), "warning: 1 fixture without any object\n");
    for (name, message) in [
        ("nope", "error: there is no fixture `nope`\n"),
        (
            "twice",
            "error: several files are fixture `twice`: `twice.json`, `twice.jsonl`\n",
        ),
        (
            "animals.xml",
            "error: `animals.xml` is in no format that can be read\n",
        ),
    ] {
        let run = project.djr(["loaddata", name]).exited(1);
        assert!(run.stderr().starts_with(message), "{run}");
    }
}

#[test]
fn a_list_through_a_model_makes_its_rows_with_what_they_usually_hold() {
    let project = Project::new()
        .replaced(r#""staticfiles"]"#, r#""staticfiles", "band"]"#)
        .file(
            "band/models.toml",
            r#"
[Person.fields]
name = { type = "CharField", max_length = 20 }
[Group.fields]
members = { type = "ManyToManyField", to = "Person", through = "Membership" }
[Membership.fields]
group = { type = "ForeignKey", to = "Group", on_delete = "CASCADE" }
person = { type = "ForeignKey", to = "Person", on_delete = "CASCADE" }
role = { type = "CharField", max_length = 9, default = "singer" }
since = { type = "DateTimeField", auto_now_add = true }
"#,
        );
    project.djr(["makemigrations"]).success();
    project.djr(["migrate"]).success();
    let load = |members: &str| {
        let objects = format!(
            r#"[{{"model": "band.person", "pk": 1, "fields": {{"name": "Ann"}}}},
                {{"model": "band.person", "pk": 2, "fields": {{"name": "Bob"}}}},
                {{"model": "band.group", "pk": 5, "fields": {{"members": {members}}}}}]"#
        );
        project.write("band.json", &objects);
        project.djr(["loaddata", "band.json"]).success();
        let sql = "SELECT person_id, role, since IS NOT NULL FROM band_membership ORDER BY id";
        project.rows::<(i64, String, bool)>(sql)
    };
    let singer = |person| (person, "singer".to_owned(), true);
    assert_eq!(load("[1, 2]"), [singer(1), singer(2)]);
    assert_eq!(load("[2]"), [singer(2)]);
    assert_eq!(load("[2, 1]"), [singer(2), singer(1)]);
}

#[test]
fn a_list_makes_no_rows_whose_model_between_needs_more() {
    let project = Project::new()
        .replaced(r#""staticfiles"]"#, r#""staticfiles", "band"]"#)
        .file(
            "band/models.toml",
            r#"
[Person.fields]
band = { type = "ForeignKey", to = "Group", on_delete = "CASCADE", null = true }
[Group.fields]
members = { type = "ManyToManyField", to = "Person", through = "Membership", related_name = "groups" }
[Membership.fields]
group = { type = "ForeignKey", to = "Group", on_delete = "CASCADE" }
person = { type = "ForeignKey", to = "Person", on_delete = "CASCADE" }
since = { type = "DateField" }
"#,
        );
    project.djr(["makemigrations"]).success();
    project.djr(["migrate"]).success();
    let person = r#"{"model": "band.person", "pk": 1, "fields": {"band_id": 5}}"#;
    let group = |members: &str| {
        format!(
            r#"[{person}, {{"model": "band.group", "pk": 5, "fields": {{"members": {members}}}}}]"#
        )
    };
    assert_eq!(
        refused(&project, &group("[1]")),
        "error: bad.json:1: object 2 (band.group 5): `members` makes no rows: `band.membership.since` between has no default"
    );
    project.write("good.json", &group("[]"));
    project.djr(["loaddata", "good.json"]).success();
    // A reference may be named as its column is.
    let bands = project.rows::<(i64, i64)>("SELECT id, band_id FROM band_person");
    assert_eq!(bands, [(1, 5)]);
}

#[test]
fn a_fixture_may_be_for_one_database_alone() {
    let project = Project::new()
        .setting("[databases.default]\nname = \"db.sqlite3\"\n[databases.other]\nname = \"other.sqlite3\"")
        .migrated();
    project.djr(["migrate", "--database", "other"]).success();
    let group =
        |name: &str| format!(r#"[{{"model": "auth.group", "fields": {{"name": "{name}"}}}}]"#);
    project.write("f.other.json", &group("others"));
    let run = project.djr(["loaddata", "f"]).exited(1);
    assert!(run.stderr().contains("there is no fixture `f`"), "{run}");
    let other = ["loaddata", "f", "--database", "other"];
    project.djr(other).success();
    let dump = project.djr(["dumpdata", "auth.group", "--database", "other"]);
    assert!(dump.success().stdout().contains("others"));
    project.write("f.json", &group("all"));
    project.djr(["loaddata", "f"]).success();
    let run = project.djr(other).exited(1);
    let message = "error: several files are fixture `f`: `f.other.json`, `f.json`";
    assert!(run.stderr().starts_with(message), "{run}");
}

#[test]
fn a_file_that_is_empty_or_in_utf_16_is_not_a_fixture() {
    let project = fixture_app()
        .file("empty.json", "")
        .file("spaces.json", " \n");
    let utf_16 = |mark: [u8; 2], text: &str, to_bytes: fn(u16) -> [u8; 2]| {
        let units = text.encode_utf16().flat_map(to_bytes);
        mark.into_iter().chain(units).collect::<Vec<u8>>()
    };
    let little = utf_16([0xff, 0xfe], "[]", u16::to_le_bytes);
    let big = utf_16([0xfe, 0xff], "{}", u16::to_be_bytes);
    std::fs::write(project.path("little.json"), &little).unwrap();
    std::fs::write(project.path("big.jsonl"), big).unwrap();
    std::fs::write(project.path("nothing.json.gz"), "").unwrap();
    let empty = "this is empty; a fixture without objects is `[]`";
    let utf_16 = "this is UTF-16, not UTF-8";
    for (name, line, message) in [
        ("empty.json", 1, empty),
        ("spaces.json", 2, empty),
        ("little.json", 1, utf_16),
        ("big.jsonl", 1, utf_16),
    ] {
        let run = project.djr(["loaddata", name]).exited(1);
        let error = format!("error: {name}:{line}: {message}\n");
        assert!(run.stderr().starts_with(&error), "{run}");
        let convert = format!("hint: `iconv -f UTF-16 -t UTF-8 {name}` writes it as UTF-8");
        assert_eq!(run.stderr().contains(&convert), message == utf_16, "{run}");
    }
    project.djr(["loaddata", "nothing.json.gz"]).exited(1);
    std::fs::write(project.path("users.json"), little).unwrap();
    let run = project.djr(["users", "import", "users.json"]).exited(1);
    assert!(run.stderr().contains(utf_16), "{run}");
    project.write("none.jsonl", "");
    project.djr(["loaddata", "none.jsonl"]).success();
}

#[test]
fn a_composite_key_wins_over_the_fields_it_is_made_of() {
    let project = Project::new()
        .replaced(r#""staticfiles"]"#, r#""staticfiles", "a"]"#)
        .file(
            "a/models.toml",
            r#"
[C.fields]
pk = { type = "CompositePrimaryKey", fields = ["x", "y"] }
x = { type = "IntegerField" }
y = { type = "IntegerField" }
"#,
        );
    project.djr(["makemigrations"]).success();
    project.djr(["migrate"]).success();
    let objects = r#"[{"model": "a.c", "pk": [6, 2], "fields": {"x": 5, "y": 1}},
        {"model": "a.c", "pk": null, "fields": {"x": 3, "y": 4}}]"#;
    project.write("c.json", objects);
    project.djr(["loaddata", "c.json"]).success();
    let rows = project.texts("SELECT x || ',' || y FROM a_c ORDER BY x");
    assert_eq!(rows, ["3,4", "6,2"]);
}
