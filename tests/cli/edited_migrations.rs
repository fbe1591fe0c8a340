//! Migrations whose files changed after they were applied.

use insta::assert_snapshot;

use crate::support::Project;

const INITIAL: &str = "blog/migrations/0001_initial.toml";
const CHECKSUM_TABLE: &str = "djr_migration_checksums";

fn edit_applied_migration(project: &Project) {
    let text = project.read(INITIAL);
    project.write(INITIAL, &text.replace("max_length = 50", "max_length = 60"));
}

fn recorded_names(project: &Project) -> Vec<String> {
    let sql = format!("SELECT app || '.' || name FROM {CHECKSUM_TABLE} ORDER BY app, name");
    project.texts(&sql)
}

fn warns_of_the_edit(project: &Project) -> bool {
    let warned = project.djr(["migrate"]).success().stderr();
    warned.contains("has changed since it was applied")
}

#[test]
fn an_edit_is_a_warning_wherever_migrations_are_looked_at() {
    let project = Project::with_blog().migrated();
    edit_applied_migration(&project);
    assert_snapshot!(project.djr(["migrate"]), @"
    exit code: 0
    ----- stdout -----
    nothing to migrate
    ----- stderr -----
    warning: `blog.0001_initial` has changed since it was applied
    hint: the database is as it was before; write what changes as a new migration, or take the file as it is: `djr migrate --accept-edits`
    ");
    assert_snapshot!(project.djr(["showmigrations", "blog"]), @"
    exit code: 0
    ----- stdout -----
    blog
     [X] 0001_initial (changed since it was applied)
    ");
    assert_snapshot!(project.djr(["check", "--database"]), @r#"
    exit code: 1
    ----- stderr -----
    warning: `blog.0001_initial` has changed since it was applied
    hint: the database is as it was before; write what changes as a new migration, or take the file as it is: `djr migrate --accept-edits`
    error: `blog_author`.`name` is of type varchar(50), not varchar(60) ["type:blog_author.name"]
    error: the schema of the database `default` is not what its applied migrations lead to
    hint: what is meant can be accepted in djr.toml: `[checks] accepted = ["type:blog_author.name"]`
    "#);
    drop(
        project
            .djr(["check", "--database", "--fail-level", "warning"])
            .exited(1),
    );
    let plan = project.djr(["migrate", "--json"]).success().json();
    let warning = "`blog.0001_initial` has changed since it was applied";
    assert_eq!(plan["result"]["warnings"][0], warning);
    let shown = project
        .djr(["showmigrations", "blog", "--json"])
        .success()
        .json();
    assert_eq!(shown["result"][0]["migrations"][0]["edited"], true);
}

#[test]
fn another_look_is_no_edit() {
    let project = Project::with_blog().migrated();
    let text = project.read(INITIAL);
    let spaced = text
        .replace("{ name", "{  name")
        .replace("[[operations]]", "# why\n[[operations]]");
    project.write(
        INITIAL,
        &format!("dependencies = ['auth.0001_initial']\n{spaced}"),
    );
    assert!(!warns_of_the_edit(&project));
    edit_applied_migration(&project);
    assert!(warns_of_the_edit(&project));
    project.write(INITIAL, &text);
    assert!(!warns_of_the_edit(&project));
}

#[test]
fn an_edit_can_be_accepted() {
    let project = Project::with_blog().migrated();
    edit_applied_migration(&project);
    assert_snapshot!(project.djr(["migrate", "--accept-edits"]), @"
    exit code: 0
    ----- stdout -----
    taken as they are now: `blog.0001_initial`
    ");
    assert!(!warns_of_the_edit(&project));
    assert_snapshot!(project.djr(["migrate", "--accept-edits"]), @"
    exit code: 0
    ----- stdout -----
    no applied migration has changed
    ");
}

#[test]
fn the_table_comes_last_and_only_with_migrations_of_the_projects_own() {
    let own = "SELECT name FROM sqlite_master WHERE name LIKE 'djr%'";
    let project = Project::new().migrated();
    assert!(project.texts(own).is_empty());
    let project = Project::with_blog().migrated();
    let last = "SELECT name FROM sqlite_master ORDER BY rowid DESC LIMIT 1";
    assert_eq!(project.texts(last), [CHECKSUM_TABLE]);
    assert_eq!(recorded_names(&project), ["blog.0001_initial"]);
}

#[test]
fn nothing_is_written_where_nothing_is_done() {
    let project = Project::with_blog().migrated();
    let version = "PRAGMA data_version";
    let file = project.database();
    let before: i64 = file.query_row(version, (), |row| row.get(0)).unwrap();
    assert!(!warns_of_the_edit(&project));
    edit_applied_migration(&project);
    assert!(warns_of_the_edit(&project));
    let after: i64 = file.query_row(version, (), |row| row.get(0)).unwrap();
    assert_eq!(before, after);
}

#[test]
fn what_django_applied_or_was_only_recorded_is_not_known() {
    let project = Project::with_blog();
    project.djr(["migrate", "sessions"]).success();
    project.djr(["migrate", "auth"]).success();
    project.djr(["migrate", "blog", "--fake"]).success();
    project.djr(["migrate"]).success();
    edit_applied_migration(&project);
    assert!(!warns_of_the_edit(&project));
    let project = Project::with_blog().migrated();
    let again = "UPDATE django_migrations SET applied = '2001-02-03 04:05:06'";
    project.database().execute_batch(again).unwrap();
    edit_applied_migration(&project);
    assert!(
        !warns_of_the_edit(&project),
        "the checksum is of another application"
    );
}

#[test]
fn a_checksum_goes_with_its_record() {
    let project = Project::with_blog().migrated();
    project.second_migration("");
    project.djr(["migrate"]).success();
    assert_eq!(
        recorded_names(&project),
        ["blog.0001_initial", "blog.0002_next"]
    );
    project.djr(["migrate", "blog", "0001"]).success();
    assert_eq!(recorded_names(&project), ["blog.0001_initial"]);
    project.djr(["migrate"]).success();
    std::fs::remove_file(project.path("blog/migrations/0002_next.toml")).unwrap();
    assert!(
        !warns_of_the_edit(&project),
        "a file that is gone was not edited"
    );
    project.djr(["migrate", "blog", "--prune"]).success();
    assert_eq!(recorded_names(&project), ["blog.0001_initial"]);
    project.djr(["migrate", "blog", "zero"]).success();
    assert!(recorded_names(&project).is_empty());
}

#[test]
fn a_squashed_migration_may_lose_what_it_replaces() {
    let project = Project::with_blog();
    project.second_migration("[[operations]]\nAddField = { model = 'Post', name = 'title', field = { type = 'TextField', default = '' } }\n",
    );
    project.djr(["squashmigrations", "blog", "0002"]).success();
    let project = project.migrated();
    assert!(!warns_of_the_edit(&project));
    let path = "blog/migrations/0001_squashed_0002_next.toml";
    for old in ["0001_initial", "0002_next"] {
        std::fs::remove_file(project.path(format!("blog/migrations/{old}.toml"))).unwrap();
    }
    let text = project.read(path);
    let kept = text.lines().filter(|line| !line.starts_with("replaces"));
    project.write(path, &kept.collect::<Vec<_>>().join("\n"));
    assert!(!warns_of_the_edit(&project));
    project.write(path, &text.replace("TextField", "CharField"));
    assert!(warns_of_the_edit(&project));
}
