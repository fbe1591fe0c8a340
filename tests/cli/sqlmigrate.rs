//! `djr sqlmigrate` prints what Django's prints, but for what is told here.

use insta::assert_snapshot;

use crate::support::Project;

/// Django's output for all built-in migrations, both ways, recorded from Django 5.2.19.
const RECORDED: &str = include_str!("golden/sqlmigrate.txt");

#[test]
fn prints_the_statements_of_django() {
    let project = Project::new();
    let mut compared = 0;
    for block in RECORDED.split("### ").skip(1) {
        let (head, body) = block.split_once('\n').unwrap();
        let (command, _) = head.split_once("   ").unwrap();
        let arguments: Vec<_> = command.split(' ').collect();
        let printed = project.djr(arguments).success().stdout();
        let expected = body.lines().filter(|line| !line.starts_with("[stderr]"));
        let expected: Vec<_> = expected
            .filter(|line| !line.is_empty())
            .map(plain)
            .collect();
        let found: Vec<_> = printed
            .lines()
            .filter(|line| !line.is_empty())
            .map(plain)
            .collect();
        assert_eq!(found, expected, "{head}");
        compared += 1;
    }
    assert_eq!(compared, 36);
}

/// A line without the two differences there are.
///
/// Django prints the columns of a remade table in another order than it makes
/// them in; and what it does in Python has no name there, but one here.
fn plain(line: &str) -> String {
    let named = [
        "-- Forget the names of content types",
        "-- Move permissions to proxy models",
    ];
    if named.contains(&line) {
        return "-- Raw Python operation".to_owned();
    }
    let Some(columns) = line.strip_prefix("CREATE TABLE \"new__") else {
        return line.to_owned();
    };
    let mut columns: Vec<_> = columns.trim_end_matches(");").split(['(', ',']).collect();
    columns.sort_unstable();
    columns.join("|").replace(' ', "")
}

#[test]
fn what_it_prints_is_what_migrate_executes() {
    let project = Project::new();
    let script = project
        .djr(["sqlmigrate", "auth", "0012"])
        .success()
        .stdout();
    let table = script
        .lines()
        .find(|line| line.starts_with("CREATE TABLE"))
        .unwrap();
    project.djr(["migrate"]).success();
    let file = project.database();
    let sql = "SELECT sql FROM sqlite_master WHERE name = 'auth_user'";
    let made: String = file.query_row(sql, (), |row| row.get(0)).unwrap();
    assert_eq!(table.replace("new__", ""), format!("{made};"));
}

#[test]
fn names_what_it_does_not_find() {
    let project = Project::new();
    assert_snapshot!(project.djr(["sqlmigrate", "auht", "0001"]), @"
    exit code: 1
    ----- stderr -----
    error: no app is labelled `auht`
    hint: did you mean `auth`?
    ");
    assert_snapshot!(project.djr(["sqlmigrate", "contenttypes", "000"]), @"
    exit code: 1
    ----- stderr -----
    error: several migrations of `contenttypes` begin with `000`: `0001_initial`, `0002_remove_content_type_name`
    hint: write more of the name
    ");
    assert_snapshot!(project.djr(["sqlmigrate", "auth", "0006"]), @"
    exit code: 0
    ----- stderr -----
    `auth.0006_require_contenttypes_0002` has no operations
    ");
}
