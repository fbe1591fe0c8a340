//! Defaults of days, times and moments in a project whose `time_zone` is not UTC, as Django has them.
//!
//! The expected values were asked of Django 5.2 (`effective_default`, `db_default_sql`, checks); the clock
//! of the tests stands at 2026-01-02 03:04:05 UTC.

use crate::support::Project;

const FIELDS: [(&str, &str); 13] = [
    (
        "naive",
        "{ type = \"DateTimeField\", default = 2026-01-02T03:04:05 }",
    ),
    (
        "aware",
        "{ type = \"DateTimeField\", default = 2026-01-02T00:30:00+02:00 }",
    ),
    (
        "midnight",
        "{ type = \"DateTimeField\", default = 2026-01-02 }",
    ),
    (
        "text",
        "{ type = \"DateTimeField\", default = \"2026-01-02T03:04:05\" }",
    ),
    (
        "given",
        "{ type = \"DateTimeField\", db_default = 2026-01-02T03:04:05 }",
    ),
    (
        "moment_now",
        "{ type = \"DateTimeField\", default = { function = \"now\" } }",
    ),
    (
        "moment_today",
        "{ type = \"DateTimeField\", default = { function = \"today\" } }",
    ),
    (
        "moment_auto",
        "{ type = \"DateTimeField\", auto_now = true }",
    ),
    (
        "day_now",
        "{ type = \"DateField\", default = { function = \"now\" } }",
    ),
    (
        "day_today",
        "{ type = \"DateField\", default = { function = \"today\" } }",
    ),
    ("day_auto", "{ type = \"DateField\", auto_now = true }"),
    (
        "time_now",
        "{ type = \"TimeField\", default = { function = \"now\" } }",
    ),
    ("time_auto", "{ type = \"TimeField\", auto_now = true }"),
];

/// What Django gives an existing row in each of the fields.
fn expected(zone: &str) -> [&'static str; 13] {
    match zone {
        "America/New_York" => [
            "2026-01-02 08:04:05",
            "2026-01-01 22:30:00",
            "2026-01-02 05:00:00",
            "2026-01-02 08:04:05",
            "2026-01-02 08:04:05",
            "2026-01-02 03:04:05",
            "2026-01-01 05:00:00",
            "2026-01-02 03:04:05",
            "2026-01-01",
            "2026-01-01",
            "2026-01-01",
            "03:04:05",
            "22:04:05",
        ],
        _ => [
            "2026-01-01 21:34:05",
            "2026-01-01 22:30:00",
            "2026-01-01 18:30:00",
            "2026-01-01 21:34:05",
            "2026-01-01 21:34:05",
            "2026-01-02 03:04:05",
            "2026-01-01 18:30:00",
            "2026-01-02 03:04:05",
            "2026-01-02",
            "2026-01-02",
            "2026-01-02",
            "03:04:05",
            "08:34:05",
        ],
    }
}

#[test]
fn defaults_of_days_and_moments_are_those_of_the_time_zone() {
    for zone in ["America/New_York", "Asia/Kolkata"] {
        let project = Project::new().app("a").replaced(
            "debug = true",
            &format!("debug = true\ntime_zone = \"{zone}\""),
        );
        project.write(
            "a/models.toml",
            "[A.fields]\nx = { type = \"IntegerField\" }\n",
        );
        project.djr(["makemigrations"]).success();
        project.djr(["migrate"]).success();
        project
            .database()
            .execute("INSERT INTO a_a (x) VALUES (1)", ())
            .unwrap();
        let fields = FIELDS.map(|(name, field)| format!("{name} = {field}\n"));
        project.write(
            "a/models.toml",
            &format!(
                "[A]\nconstraints = [{{ name = \"late\", check = {{ naive__gt = 2020-01-01T03:04:05 }} }}]\n\
                 [A.fields]\nx = {{ type = \"IntegerField\" }}\n{}",
                fields.concat()
            ),
        );
        project.djr(["makemigrations"]).success();
        project.djr(["migrate"]).success();
        for ((name, _), expected) in FIELDS.iter().zip(expected(zone)) {
            let found = project.texts(&format!("SELECT {name} FROM a_a"));
            assert_eq!(found, [expected], "{name} in {zone}");
        }
        let late = match zone {
            "America/New_York" => "2020-01-01 08:04:05",
            _ => "2019-12-31 21:34:05",
        };
        let table = project
            .texts("SELECT sql FROM sqlite_master WHERE name = 'a_a'")
            .concat();
        assert!(table.contains(&format!("\"naive\" > '{late}'")), "{table}");
        project.djr(["check", "--database", "default"]).success();
        // A fixture that leaves them out gets the same.
        project.write("f.json", "[{\"model\": \"a.a\", \"pk\": 2, \"fields\": {\"x\": 1, \"moment_auto\": \"2020-01-02T03:04:05Z\", \"day_auto\": \"2020-01-02\", \"time_auto\": \"03:04:05\"}}]");
        project.djr(["loaddata", "f.json"]).success();
        for column in [1, 2, 6, 8, 9, 11] {
            let (name, _) = FIELDS[column];
            let found = project.texts(&format!("SELECT {name} FROM a_a WHERE id = 2"));
            assert_eq!(found, [expected(zone)[column]], "{name} in {zone}");
        }
    }
}
