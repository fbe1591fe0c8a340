//! Days, times, moments and durations over all of the range that Django knows.

use crate::support::Project;

const FIELDS: [(&str, &str); 5] = [
    ("day", "DateField"),
    ("moment", "DateTimeField"),
    ("time", "TimeField"),
    ("lasts", "DurationField"),
    ("text", "TextField"),
];

fn models(kinds: &[(&str, &str)]) -> String {
    let fields = kinds.iter();
    let fields =
        fields.map(|(name, kind)| format!("{name} = {{ type = '{kind}', null = true }}\n"));
    format!("[A.fields]\n{}", fields.collect::<String>())
}

fn project() -> Project {
    let project = Project::new()
        .replaced("\"staticfiles\"", "\"staticfiles\", \"a\"")
        .file("a/models.toml", &models(&FIELDS));
    project.djr(["makemigrations", "a"]).success();
    project.migrated()
}

/// The one value of `column` as it is stored and as it is dumped.
fn kept(project: &Project, column: &str) -> (String, String) {
    let stored = project.texts(&format!(
        "SELECT CAST({column} AS text) FROM a_a WHERE {column} IS NOT NULL"
    ));
    let dump = project.djr(["dumpdata", "a"]).success().stdout();
    let dump: serde_json::Value = serde_json::from_str(&dump).unwrap();
    let dumped = dump[0]["fields"][column].as_str().unwrap().to_owned();
    (stored[0].clone(), dumped)
}

#[test]
fn what_lies_in_the_range_of_django_is_loaded_and_dumped_again() {
    let project = project();
    for (column, value, stored, dumped) in [
        ("day", "0001-01-01", "0001-01-01", "0001-01-01"),
        ("day", "9999-12-31", "9999-12-31", "9999-12-31"),
        (
            "moment",
            "0001-01-01T00:00:00Z",
            "0001-01-01 00:00:00",
            "0001-01-01T00:00:00Z",
        ),
        (
            "moment",
            "9999-12-31T23:59:59.999Z",
            "9999-12-31 23:59:59.999000",
            "9999-12-31T23:59:59.999Z",
        ),
        (
            "moment",
            "9999-12-31T23:59:59+23:59",
            "9999-12-31 00:00:59",
            "9999-12-31T00:00:59Z",
        ),
        ("time", "23:59:59.999", "23:59:59.999000", "23:59:59.999"),
        (
            "lasts",
            "-106751992 19:59:05.224192",
            "-9223372036854775808",
            "-106751992 19:59:05.224192",
        ),
        (
            "lasts",
            "106751991 04:00:54.775807",
            "9223372036854775807",
            "106751991 04:00:54.775807",
        ),
    ] {
        let fixture =
            format!(r#"[{{"model": "a.a", "pk": 1, "fields": {{"{column}": "{value}"}}}}]"#);
        project.write("a.json", &fixture);
        project.djr(["loaddata", "a.json"]).success();
        let expected = (stored.to_owned(), dumped.to_owned());
        assert_eq!(kept(&project, column), expected, "{value}");
        let dump = project.djr(["dumpdata", "a"]).success().stdout();
        project.write("a.json", &dump);
        project.djr(["loaddata", "a.json"]).success();
        assert_eq!(kept(&project, column), expected, "{value}");
    }
}

#[test]
fn what_lies_out_of_the_range_is_refused_when_it_is_loaded() {
    let project = project();
    for (column, value, expected) in [
        ("day", "0000-01-01", "a date such as"),
        ("day", "10000-01-01", "a date such as"),
        ("day", "2026-02-30", "a date such as"),
        ("moment", "0000-12-31T23:59:59Z", "a date and time such as"),
        (
            "moment",
            "0001-01-01T00:00:00+05:00",
            "a date and time such as",
        ),
        (
            "moment",
            "9999-12-31T23:59:59-05:00",
            "a date and time such as",
        ),
        (
            "moment",
            "2026-01-02T03:04:05+24:00",
            "a date and time such as",
        ),
        ("time", "24:00", "a time such as"),
        ("lasts", "106751991 04:00:54.775808", "a duration such as"),
    ] {
        let fixture =
            format!(r#"[{{"model": "a.a", "pk": 1, "fields": {{"{column}": "{value}"}}}}]"#);
        project.write("a.json", &fixture);
        let run = project.djr(["loaddata", "a.json"]).exited(1);
        let message = format!("`{column}` is \"{value}\", which is not {expected}");
        assert!(run.stderr().contains(&message), "{run}");
    }
    assert_eq!(project.count("a_a"), 0);
}

#[test]
fn a_default_out_of_the_range_is_refused_with_its_line() {
    for (kind, default) in [
        ("DateField", "'0000-01-01'"),
        ("DateField", "'2026-02-30'"),
        ("DateTimeField", "'9999-12-31T23:59:59-05:00'"),
        ("DateTimeField", "0001-01-01T00:00:00+05:00"),
        ("DateTimeField", "'2026-01-02T03:04:05+24:00'"),
        ("TimeField", "'24:00'"),
        ("DurationField", "9223372036855"),
    ] {
        let models = format!("[A.fields]\nf = {{ type = '{kind}', default = {default} }}\n");
        let project = Project::new()
            .replaced("\"staticfiles\"", "\"staticfiles\", \"a\"")
            .file("a/models.toml", &models);
        let run = project.djr(["check"]).exited(1);
        assert!(run.stderr().contains("error: a/models.toml:2:"), "{run}");
    }
}

#[test]
fn moments_at_the_end_of_the_calendar_are_listed() {
    let project = project().superuser("alice", "Xk29!fooBAR");
    let database = project.database();
    database
        .execute_batch(
            "UPDATE auth_user SET date_joined = '0001-01-01 00:00:00', last_login = '9999-12-31 23:59:59.999999';
             INSERT INTO django_session VALUES ('abcdefgh', 'x', '9999-12-31 23:59:59.999999');",
        )
        .unwrap();
    for command in [
        &["users", "list"][..],
        &["users", "show", "alice"],
        &["sessions", "list", "--anonymous"],
        &["dumpdata", "auth.User", "sessions"],
    ] {
        let run = project.djr(command).success();
        assert!(run.stdout().contains("9999-12-31"), "{run}");
    }
}

/// The project with one row and the field `text`, which holds `value`, made one of `kind`.
fn changed(column: &str, value: &str, kind: &str) -> Project {
    let project = project();
    let sql = format!("INSERT INTO a_a (id, {column}) VALUES (7, ?), (8, NULL)");
    project.database().execute(&sql, [value]).unwrap();
    let fields = FIELDS.map(|(name, old)| (name, if name == column { kind } else { old }));
    project.write("a/models.toml", &models(&fields));
    project.djr(["makemigrations", "a"]).success();
    project
}

/// The dumped values are those that Django reads from the same rows.
#[test]
fn a_change_of_type_makes_days_moments_and_times_what_they_can_be_read_as() {
    for (column, value, kind, stored, dumped) in [
        (
            "day",
            "2026-01-02",
            "DateTimeField",
            "2026-01-02 00:00:00",
            "2026-01-02T00:00:00Z",
        ),
        (
            "moment",
            "2026-01-02 03:04:05.678000",
            "DateField",
            "2026-01-02",
            "2026-01-02",
        ),
        (
            "moment",
            "2026-01-02 03:04:05.678000",
            "TimeField",
            "03:04:05.678000",
            "03:04:05.678",
        ),
        ("day", "2026-01-02", "TextField", "2026-01-02", "2026-01-02"),
        (
            "moment",
            "2026-01-02 03:04:05",
            "TextField",
            "2026-01-02 03:04:05",
            "2026-01-02 03:04:05",
        ),
        (
            "text",
            "2026-01-02",
            "DateField",
            "2026-01-02",
            "2026-01-02",
        ),
        (
            "text",
            "2026-01-02",
            "DateTimeField",
            "2026-01-02",
            "2026-01-02T00:00:00Z",
        ),
        (
            "text",
            "2026-01-02T03:04:05+02:00",
            "DateTimeField",
            "2026-01-02T03:04:05+02:00",
            "2026-01-02T01:04:05Z",
        ),
    ] {
        let project = changed(column, value, kind);
        project.djr(["migrate"]).success();
        let expected = (stored.to_owned(), dumped.to_owned());
        assert_eq!(kept(&project, column), expected, "{value} {kind}");
        project.djr(["check", "--database"]).success();
        // No day belongs to a time: only the snapshot leads back.
        if kind != "TimeField" {
            project.djr(["migrate", "a", "0001"]).success();
            project.djr(["migrate"]).success();
        }
    }
}

#[test]
fn a_change_of_type_that_would_leave_rows_unreadable_is_refused_and_names_the_row() {
    for (column, value, kind, class) in [
        ("time", "03:04:05", "DateTimeField", "a DateTimeField"),
        ("time", "03:04:05", "DateField", "a DateField"),
        ("day", "2026-01-02", "TimeField", "a TimeField"),
        ("text", "soon", "DateField", "a DateField"),
        ("text", "soon", "IntegerField", "an IntegerField"),
        ("text", "soon", "UUIDField", "a UUIDField"),
    ] {
        let project = changed(column, value, kind);
        let run = project.djr(["migrate"]).exited(3);
        let message =
            format!("row 7 of `a_a` has `{column}` = '{value}', which is not a value of {class}");
        assert!(run.stderr().contains(&message), "{run}");
        assert!(run.stderr().contains("nothing was changed"), "{run}");
        let stored = project.texts(&format!("SELECT {column} FROM a_a WHERE id = 7"));
        assert_eq!(stored, [value]);
    }
}
