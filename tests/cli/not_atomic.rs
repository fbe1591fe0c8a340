//! Migrations with `atomic = false`: what is committed when, and how a run goes on from there.

use std::thread;

use insta::assert_snapshot;

use crate::support::Project;

const BIG: &str = "dependencies = ['blog.0001_initial']
    atomic = false
    [[operations]]
    AddField = { model = 'Author', name = 'age', field = { type = 'IntegerField', default = 1 } }
    [[operations]]
    RunSQL = { sql = 'VACUUM', reverse_sql = 'VACUUM' }
    [[operations]]
    RunSQL = { sql = \"INSERT INTO blog_author (name, age) VALUES ('Cid', 7)\", reverse_sql = \"DELETE FROM blog_author WHERE name = 'Cid'\" }
    [[operations]]
    CreateModel = { name = 'Tag', fields = { word = { type = 'TextField' } } }\n";
const MORE: &str = "dependencies = ['blog.0002_big']
    [[operations]]
    CreateModel = { name = 'Note', fields = { text = { type = 'TextField' } } }\n";

/// A migrated blog with two authors, before a migration that is not atomic and one that is.
fn before_it() -> Project {
    let project = Project::with_blog()
        .migrated()
        .env("DJR_TEST_NOW", "2020-01-02T03:04:05Z");
    let insert = "INSERT INTO blog_author (name) VALUES ('Ann'), ('Bob')";
    project.database().execute_batch(insert).unwrap();
    project
        .file("blog/migrations/0002_big.toml", BIG)
        .file("blog/migrations/0003_more.toml", MORE)
}

/// The same, but its third operation fails.
fn that_fails() -> Project {
    let big = BIG.replace("(name, age) VALUES", "(nonsense) VALUES");
    before_it().file("blog/migrations/0002_big.toml", &big)
}

fn own_tables(project: &Project) -> Vec<String> {
    let sql = "SELECT name FROM sqlite_master WHERE name LIKE 'djr%' ORDER BY name";
    project.texts(sql)
}

fn half_done(project: &Project) -> bool {
    own_tables(project).contains(&"djr_half_done_migration".to_owned())
}

fn columns(project: &Project) -> Vec<String> {
    let sql = "SELECT name FROM pragma_table_info('blog_author')";
    project.texts(sql)
}

#[test]
fn the_plan_names_where_it_is_committed() {
    let project = Project::with_blog()
        .file("blog/migrations/0002_big.toml", BIG)
        .file("blog/migrations/0003_more.toml", MORE);
    let plan = project.djr(["migrate", "blog", "--plan"]).success();
    assert_snapshot!(plan.stdout(), @"
    would apply blog.0001_initial
        Create model Author
        Create model Post
    would commit that
    would apply blog.0002_big, each operation committed on its own
        Add field age to Author
        Raw SQL operation
        Raw SQL operation
        Create model Tag
    would apply blog.0003_more
        Create model Note
    ");
    let plan = project.djr(["migrate", "blog", "--plan", "--json"]);
    let plan = plan.success().json();
    let steps = plan["result"]["steps"].as_array().unwrap();
    let transactions: Vec<_> = steps
        .iter()
        .map(|step| step["transaction"].as_u64())
        .collect();
    assert_eq!(transactions, [Some(1), None, Some(3)]);
    assert!(!project.path("db.sqlite3").exists());
}

#[test]
fn all_of_it_is_applied_and_undone() {
    let project = before_it();
    assert_snapshot!(project.djr(["migrate"]), @"
    exit code: 0
    ----- stdout -----
    applied 2 migrations
    ----- stderr -----
    applying blog.0002_big, each operation committed on its own
    applying blog.0003_more
    ");
    assert_eq!(project.count("blog_author"), 3);
    assert!(!half_done(&project));
    project.djr(["migrate", "--check"]).success();
    project.djr(["check", "--database"]).success();
    project.djr(["migrate", "blog", "0001"]).success();
    assert_eq!(columns(&project), ["id", "name"]);
    assert_eq!(project.count("blog_author"), 2);
    assert!(!half_done(&project));
    project.djr(["check", "--database"]).success();
}

#[test]
fn a_failure_names_the_boundary_and_the_next_run_goes_on_from_there() {
    let project = that_fails();
    assert_snapshot!(project.djr(["migrate"]), @"
    exit code: 1
    ----- stderr -----
    applying blog.0002_big, each operation committed on its own
    error: the run stopped on its way; half done: `blog.0002_big`, 2 of 4 operations in effect; not begun: `blog.0003_more`
    caused by: `blog.0002_big` failed at `Raw SQL operation`
    caused by: the database does not accept `INSERT INTO blog_author (nonsense) VALUES ('Cid', 7)`
    caused by: table blog_author has no column named nonsense
    hint: repair the cause and run the command again: it goes on from there
    hint: or go back from there: `djr migrate blog 0001_initial`
    ");
    assert_eq!(columns(&project), ["id", "name", "age"]);
    project.djr(["check", "--database"]).success();
    let shown = project.djr(["showmigrations", "blog"]).success().stdout();
    assert_snapshot!(shown, @"
    blog
     [X] 0001_initial
     [ ] 0002_big (2 operations in effect)
     [ ] 0003_more
    ");
    assert_snapshot!(project.djr(["migrate", "--plan"]).success().stdout(), @"
    would apply blog.0002_big, each operation committed on its own; 2 operations in effect
        Raw SQL operation
        Create model Tag
    would apply blog.0003_more
        Create model Note
    ");
    project.write("blog/migrations/0002_big.toml", BIG);
    project.djr(["migrate"]).success();
    assert_eq!(project.count("blog_author"), 3);
    assert!(!half_done(&project));
    project.djr(["migrate", "--check"]).success();
}

#[test]
fn what_came_before_stays_with_its_permissions() {
    let project = Project::with_blog()
        .file(
            "blog/migrations/0002_big.toml",
            &BIG.replace("VACUUM", "nonsense"),
        )
        .file("blog/migrations/0003_more.toml", MORE);
    project.djr(["migrate", "auth"]).success();
    let error = project
        .djr(["migrate", "blog", "--json"])
        .exited(1)
        .stderr();
    let error: serde_json::Value = serde_json::from_str(&error).unwrap();
    assert_eq!(
        error["error"]["message"],
        "the run stopped on its way; applied and committed: `blog.0001_initial`; \
         half done: `blog.0002_big`, 1 of 4 operations in effect; not begun: `blog.0003_more`"
    );
    let permissions =
        "SELECT codename FROM auth_permission WHERE codename LIKE 'add_%' ORDER BY id";
    let known = project.texts(permissions);
    assert!(known.contains(&"add_author".to_owned()), "{known:?}");
    assert!(!known.contains(&"add_tag".to_owned()), "{known:?}");
}

#[test]
fn what_is_half_done_can_be_undone() {
    let project = that_fails();
    drop(project.djr(["migrate"]).exited(1));
    project.djr(["migrate", "blog", "0001_initial"]).success();
    assert_eq!(columns(&project), ["id", "name"]);
    assert!(!half_done(&project));
    project.djr(["check", "--database"]).success();
}

#[test]
fn a_half_done_migration_keeps_the_operations_that_ran() {
    let project = that_fails();
    drop(project.djr(["migrate"]).exited(1));
    project.write(
        "blog/migrations/0002_big.toml",
        &BIG.replace("default = 1", "default = 2"),
    );
    assert_snapshot!(project.djr(["migrate"]), @"
    exit code: 3
    ----- stderr -----
    error: `blog.0002_big` is half done, and its first 2 operations changed since
    hint: put those back as they were, or finish by hand and take it for applied: `djr migrate blog 0002_big --fake`
    ");
    project.djr(["migrate", "--fake"]).success();
    assert!(!half_done(&project));
}

#[test]
fn one_snapshot_does_for_all_parts() {
    let project = before_it().file(
        "blog/migrations/0003_more.toml",
        "dependencies = ['blog.0002_big']\n\
         [[operations]]\nRemoveField = { model = 'Author', name = 'name' }\n",
    );
    let told = project.djr(["migrate"]).success().stderr();
    assert_eq!(told.matches("snapshot `").count(), 1, "{told}");
    assert_eq!(columns(&project), ["id", "age"]);
    project.djr(["undo"]).success();
    assert_eq!(columns(&project), ["id", "name"]);
    assert_eq!(project.count("blog_author"), 2);
    drop(project.djr(["migrate", "--check"]).exited(1));
}

#[test]
fn a_transaction_that_a_script_leaves_open_is_taken_back() {
    let script = "BEGIN; DELETE FROM blog_author";
    let project = before_it().file(
        "blog/migrations/0002_big.toml",
        &BIG.replace("VACUUM", script),
    );
    let error = project.djr(["migrate", "--no-snapshot"]).exited(1).stderr();
    assert!(
        error.contains("begins a transaction and does not end it"),
        "{error}"
    );
    assert_eq!(project.count("blog_author"), 2);
}

#[test]
fn a_rehearsal_goes_through_all_parts() {
    let project = before_it();
    let told = project.djr(["migrate", "--rehearse"]).success().stdout();
    assert!(told.contains("would apply blog.0003_more"), "{told}");
    assert!(told.contains("nothing was changed"), "{told}");
    assert_eq!(columns(&project), ["id", "name"]);
    let project = that_fails();
    let error = project.djr(["migrate", "--rehearse"]).exited(1).stderr();
    assert!(error.contains("nothing was changed"), "{error}");
    assert!(!error.contains("committed"), "{error}");
}

#[test]
fn eight_at_once_run_each_operation_once() {
    let project = before_it();
    thread::scope(|scope| {
        let run = || project.djr(["migrate"]);
        let runs: Vec<_> = (0..8).map(|_| scope.spawn(run)).collect();
        for run in runs {
            drop(run.join().unwrap().success());
        }
    });
    assert_eq!(project.count("blog_author"), 3);
    assert!(!half_done(&project));
    let recorded = "SELECT name FROM django_migrations WHERE app = 'blog'";
    assert_eq!(project.texts(recorded).len(), 3);
}

#[test]
fn its_statements_stand_outside_of_a_transaction() {
    let project = before_it();
    let sql = project
        .djr(["sqlmigrate", "blog", "0002"])
        .success()
        .stdout();
    assert!(sql.contains("VACUUM;"), "{sql}");
    assert!(!sql.contains("BEGIN"), "{sql}");
}
