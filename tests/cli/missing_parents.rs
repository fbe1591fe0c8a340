//! A migration that is recorded without one that it needs: the way out that is named can be followed.

use crate::support::Project;

/// A migrated project whose `b.0001` is recorded, and `a.0001`, which it needs, is not.
fn project() -> Project {
    let project = Project::new().app("a").app("b");
    project.write(
        "a/models.toml",
        "[A]\nfields.t = { type = \"TextField\" }\n",
    );
    project.write(
        "b/models.toml",
        "[B]\nfields.a = { type = \"ForeignKey\", to = \"a.A\", on_delete = \"CASCADE\" }\n",
    );
    project.djr(["makemigrations"]).success();
    project.djr(["migrate"]).success();
    let forget = "DELETE FROM django_migrations WHERE app = 'a'";
    project.database().execute(forget, ()).unwrap();
    project
}

fn recorded(project: &Project) -> Vec<(String,)> {
    project.rows("SELECT app FROM django_migrations WHERE app IN ('a', 'b') ORDER BY app")
}

#[test]
fn is_recorded_where_its_tables_are_there() {
    for way in [
        &["--fake-initial"][..],
        &["a", "0001", "--fake"],
        &["a", "--fake"],
    ] {
        let project = project();
        let refused = project.djr(["migrate"]).exited(3);
        assert!(
            refused.stderr().contains("migrate a 0001_initial --fake"),
            "{refused}"
        );
        project
            .djr([&["migrate", "--plan"], way].concat())
            .success();
        assert_eq!(recorded(&project).len(), 1);
        project.djr([&["migrate"], way].concat()).success();
        assert_eq!(recorded(&project), [("a".to_owned(),), ("b".to_owned(),)]);
        project.djr(["migrate", "--check"]).success();
        project.djr(["migrate", "b", "zero"]).success();
    }
}

#[test]
fn is_not_run_behind_the_one_that_needs_it() {
    let project = project();
    let rename = "ALTER TABLE a_a RENAME TO elsewhere";
    project.database().execute(rename, ()).unwrap();
    let refused = project.djr(["migrate", "--fake-initial"]).exited(3);
    assert!(
        refused.stderr().contains("`b.0001_initial` is applied"),
        "{refused}"
    );
    assert_eq!(recorded(&project), [("b".to_owned(),)]);
    // What is faked elsewhere does not put it right.
    project
        .djr(["migrate", "sessions", "zero", "--fake"])
        .exited(3);
}
