//! `djr createcachetable`.

use std::thread;

use crate::support::Project;

const CACHES: &str = r#"
[caches.default]
backend = "database"
location = "my_cache_table"

[caches.pages]
backend = "database"
location = "pages"

[caches.memory]
"#;

const TABLE: &str = "CREATE TABLE \"my_cache_table\" (
    \"cache_key\" varchar(255) NOT NULL PRIMARY KEY,
    \"value\" text NOT NULL,
    \"expires\" datetime NOT NULL
)";

const INDEX: &str = "CREATE INDEX \"my_cache_table_expires\" ON \"my_cache_table\" (\"expires\")";

fn schema(project: &Project) -> Vec<(String,)> {
    project.rows(
        "SELECT sql FROM sqlite_master WHERE tbl_name = 'my_cache_table' AND sql IS NOT NULL \
         ORDER BY rowid",
    )
}

#[test]
fn makes_the_table_of_every_database_cache() {
    let project = Project::new().setting(CACHES).migrated();
    let run = project.djr(["createcachetable"]).success();
    assert_eq!(
        run.stdout(),
        "created cache table `my_cache_table`\ncreated cache table `pages`\n"
    );
    assert_eq!(schema(&project), [(TABLE.to_owned(),), (INDEX.to_owned(),)]);
    let run = project.djr(["createcachetable"]).success();
    assert_eq!(
        run.stdout(),
        "cache table `my_cache_table` exists already\ncache table `pages` exists already\n"
    );
}

#[test]
fn makes_the_tables_it_is_told_to() {
    let project = Project::new().migrated();
    let run = project.djr(["createcachetable"]).success();
    assert!(run.stdout().contains("no cache of the settings"), "{run}");
    let run = project.djr(["createcachetable", "one", "a\"b", "--json"]);
    let report = run.success().json();
    assert_eq!(report["result"]["tables"][1]["name"], "a\"b");
    assert_eq!(report["result"]["tables"][1]["created"], true);
}

#[test]
fn only_prints_the_sql_when_asked_to() {
    let project = Project::new();
    let run = project.djr(["createcachetable", "my_cache_table", "--dry-run"]);
    assert_eq!(run.success().stdout(), format!("{TABLE};\n{INDEX};\n"));
    assert!(!project.path("db.sqlite3").exists());
}

#[test]
fn refuses_a_table_that_keeps_something_else() {
    let project = Project::new().migrated();
    let run = project.djr(["createcachetable", "auth_user"]).exited(3);
    assert!(run.stderr().contains("is not a cache table"), "{run}");
}

#[test]
fn is_made_once_by_eight_at_once() {
    let project = Project::new().setting(CACHES);
    let made: usize = thread::scope(|scope| {
        let runs: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| project.djr(["createcachetable"]).success().stdout()))
            .collect();
        let outputs = runs.into_iter().map(|run| run.join().unwrap());
        outputs
            .map(|output| output.matches("created cache table").count())
            .sum()
    });
    assert_eq!(made, 2);
    assert_eq!(schema(&project).len(), 2);
}
