//! `djr update` and `djr destroy`: what a project keeps of its scaffold, and what that is good for.

use std::fs;
use std::time::Duration;

use insta::assert_snapshot;

use crate::support::{Project, faults};

/// A project made of the scaffold in `t/`.
fn place() -> Project {
    let place = Project::empty()
        .file(
            "t/scaffold.toml",
            "[variables.who]\ndefault = \"Ada\"\n[files]\nlast = \"djr.toml\"\n",
        )
        .file("t/djr.toml.j2", "[project]\nname = \"{{ name }}\"\n")
        .file("t/untouched.txt", "one\n")
        .file("t/both.txt", "one\ntwo\nthree\nfour\nfive\n")
        .file("t/same-line.txt", "one\n")
        .file("t/deleted.txt", "one\n")
        .file("t/gone.txt", "one\n")
        .file("t/gone-but-changed.txt", "one\n")
        .file("t/who.txt.j2", "{{ who }}\n");
    place
        .djr(["startproject", "one", "-t", "t", "-d", "who=Bob"])
        .success();
    place
}

/// What the scaffold and the user each do afterwards.
fn changed(place: &Project) {
    place.write("t/untouched.txt", "two\n");
    place.write("t/both.txt", "ONE\ntwo\nthree\nfour\nfive\n");
    place.write("t/same-line.txt", "theirs\n");
    place.write("t/deleted.txt", "two\n");
    place.write("t/added.txt", "new\n");
    place.write("t/who.txt.j2", "by {{ who }}, {{ what }}\n");
    place.write(
        "t/scaffold.toml",
        &format!(
            "{}[variables.what]\ndefault = \"made\"\n",
            place.read("t/scaffold.toml")
        ),
    );
    for name in ["gone.txt", "gone-but-changed.txt"] {
        fs::remove_file(place.path(format!("t/{name}"))).unwrap();
    }
    place.write("one/both.txt", "one\ntwo\nthree\nfour\nFIVE\n");
    place.write("one/same-line.txt", "mine\n");
    place.write("one/gone-but-changed.txt", "mine\n");
    fs::remove_file(place.path("one/deleted.txt")).unwrap();
}

fn update<'a>(place: &Project, words: &[&'a str]) -> crate::support::Transcript {
    let all: Vec<&'a str> = ["--project", "one", "update"]
        .iter()
        .chain(words)
        .copied()
        .collect();
    place.djr(all)
}

#[test]
fn three_versions_of_every_file_are_compared() {
    let place = place();
    assert_eq!(update(&place, &["--check"]).code(), Some(0));
    changed(&place);
    let before = place.names("one");
    let checked = update(&place, &["--check"]).exited(1);
    assert!(
        checked.stderr().contains("the scaffold has changed"),
        "{}",
        checked.stderr()
    );
    assert!(
        update(&place, &["--dry-run"])
            .success()
            .stdout()
            .contains("+two")
    );
    assert_eq!(place.names("one"), before);
    let updated = update(&place, &[]).exited(1);
    let told = updated.stdout();
    let told: Vec<_> = told.lines().skip(1).collect();
    assert_snapshot!(told.join("\n"), @"
    added     added.txt
    merged    both.txt
    kept      gone-but-changed.txt
    removed   gone.txt
    conflict  same-line.txt
    replaced  untouched.txt
    replaced  who.txt
    ");
    assert!(
        updated.stderr().contains("`same-line.txt`"),
        "{}",
        updated.stderr()
    );
    assert_eq!(place.read("one/untouched.txt"), "two\n");
    assert_eq!(place.read("one/both.txt"), "ONE\ntwo\nthree\nfour\nFIVE\n");
    assert_eq!(place.read("one/who.txt"), "by Bob, made\n");
    assert_eq!(place.read("one/gone-but-changed.txt"), "mine\n");
    assert!(!place.path("one/deleted.txt").exists() && !place.path("one/gone.txt").exists());
    let both = place.read("one/same-line.txt");
    for line in ["mine", "theirs", "======="] {
        assert!(both.lines().any(|other| other == line), "{both}");
    }
    let again = update(&place, &["--check"]).success().stdout();
    assert!(
        !again.contains("both.txt") && !again.contains("same-line.txt"),
        "{again}"
    );
}

#[test]
fn nothing_is_lost_when_an_update_is_killed_at_any_moment() {
    let place = place();
    changed(&place);
    let mine = place.read("one/both.txt");
    let mut delay = 0;
    let mut killed = 0;
    // Each run is ended a little later than the one before, until one comes to its end.
    while faults::kill_after(
        place.command(["--project", "one", "update"]),
        Duration::from_micros(delay),
    ) {
        killed += 1;
        delay += 150;
        let both = place.read("one/both.txt");
        assert!(
            both == mine || both.starts_with("ONE\n") && both.ends_with("FIVE\n"),
            "{both}"
        );
    }
    assert!(killed > 3, "{killed}");
    update(&place, &[]);
    assert_eq!(place.read("one/both.txt"), "ONE\ntwo\nthree\nfour\nFIVE\n");
    let names = place.names("one");
    let left: Vec<_> = names
        .iter()
        .filter(|name| name.contains("djr-tmp") || name.contains("journal"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn an_app_is_destroyed_where_nobody_has_changed_it() {
    let project = Project::empty();
    project.djr(["startproject", "blog", "."]).success();
    let before = (
        project.names(""),
        project.read("djr.toml"),
        project.read("urls.toml"),
    );
    project.djr(["startapp", "posts"]).success();
    project.write("posts/views.py", "mine = 1\n");
    let refused = project.djr(["destroy", "app", "posts"]).exited(3).stderr();
    assert!(refused.contains("`posts/views.py`"), "{refused}");
    fs::remove_file(project.path("posts/views.py")).unwrap();
    let shown = project
        .djr(["destroy", "app", "posts", "--dry-run"])
        .success()
        .stdout();
    assert!(shown.contains("posts/models.toml"), "{shown}");
    project.djr(["destroy", "app", "posts"]).success();
    let after = (
        project.names(""),
        project.read("djr.toml"),
        project.read("urls.toml"),
    );
    assert_eq!(after, before);
    assert!(
        project
            .djr(["destroy", "app", "posts"])
            .exited(1)
            .stderr()
            .contains("there is no `.djr/apps/posts.toml`")
    );
}
