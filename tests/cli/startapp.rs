//! `djr startapp`, as a user runs it.

use std::fs;
use std::os::unix::fs::symlink;
use std::thread;

use insta::assert_snapshot;

use crate::support::Project;

#[test]
fn makes_an_app_once() {
    let project = Project::new().file("urls.toml", "urls = []\n");
    assert_snapshot!(project.djr(["startapp", "posts"]), @r#"
    exit code: 0
    ----- stdout -----
    made app `posts` in `posts`, added it to `djr.toml`
    ----- stderr -----
    next: give it a path in `urls.toml`:

        [[urls]]
        path = "posts/"
        include = "posts.urls"
    "#);
    assert_snapshot!(project.names("posts").join("\n"), @"
    admin.toml
    migrations
    models.toml
    static
    static/posts
    templates
    templates/posts
    templates/posts/index.html
    tests.py
    urls.toml
    views.py
    ");
    assert!(
        project
            .read("djr.toml")
            .contains("\"staticfiles\", \"posts\"]")
    );
    let before = project.read("djr.toml");
    assert_snapshot!(project.djr(["startapp", "posts", "--json"]), @r#"
    exit code: 0
    ----- stdout -----
    {"schema":1,"result":{"app":"posts","files":[]}}
    "#);
    assert_eq!(project.read("djr.toml"), before);
}

#[test]
fn refuses_a_label_that_cannot_work() {
    let project = Project::new();
    for label in ["auth", "templates", "my-posts"] {
        project.djr(["startapp", label]).exited(1);
    }
    assert_snapshot!(project.djr(["startapp", "auth"]), @"
    exit code: 1
    ----- stderr -----
    error: `auth` cannot be the name of an app: a built-in app is called so
    hint: `auth_app` would do
    ");
    assert_snapshot!(project.djr(["startapp", "static"]), @"
    exit code: 1
    ----- stderr -----
    error: `static` cannot be the name of an app: a directory of every project is called so
    hint: `static_app` would do
    ");
    assert_eq!(project.names(""), [".env", "djr.toml"]);
}

#[test]
fn names_what_is_in_the_way_and_changes_nothing() {
    let project = Project::new()
        .file("posts/urls.toml", "mine")
        .file("posts/models.toml", "mine");
    let settings = project.read("djr.toml");
    assert_snapshot!(project.djr(["startapp", "posts"]), @"
    exit code: 3
    ----- stderr -----
    error: 2 files are in the way: `posts/models.toml`, `posts/urls.toml`
    hint: move or remove what is in the way; nothing was written
    ");
    assert_eq!(project.read("djr.toml"), settings);
    assert_eq!(project.names("posts"), ["models.toml", "urls.toml"]);
}

#[test]
fn writes_through_no_link() {
    let project = Project::new();
    let elsewhere = Project::empty();
    symlink(elsewhere.root(), project.path("posts")).unwrap();
    project.djr(["startapp", "posts"]).exited(3);
    assert!(elsewhere.names("").is_empty());
    fs::rename(project.path("djr.toml"), project.path("real.toml")).unwrap();
    symlink("real.toml", project.path("djr.toml")).unwrap();
    assert_snapshot!(project.djr(["startapp", "news"]), @"
    exit code: 1
    ----- stderr -----
    error: `djr.toml` is a symbolic link, so the app cannot be added to it safely
    hint: replace the link by the file itself
    ");
}

#[test]
fn adds_eight_apps_at_once_and_loses_none() {
    let project = Project::new();
    let labels = ["a", "b", "c", "d", "e", "f", "g", "h"];
    thread::scope(|scope| {
        for label in labels {
            let project = &project;
            scope.spawn(move || project.djr(["startapp", label]).success());
            scope.spawn(move || project.djr(["startapp", label]).success());
        }
    });
    let settings = project.read("djr.toml");
    for label in labels {
        assert_eq!(
            settings.matches(&format!("\"{label}\"")).count(),
            1,
            "{settings}"
        );
        assert_eq!(project.names(label).len(), 11);
    }
}

#[test]
fn the_urls_of_the_app_are_included_and_its_page_is_there_at_once() {
    let place = Project::empty();
    place.djr(["startproject", "blog", "."]).success();
    let urls = place.read("urls.toml");
    assert_snapshot!(place.djr(["startapp", "posts"]), @"
    exit code: 0
    ----- stdout -----
    made app `posts` in `posts`, added it to `djr.toml` and `urls.toml`
    ----- stderr -----
    next: its page is at `/posts/`, its models go into `posts/models.toml`
    ");
    let included = "\n[[urls]]\npath = \"posts/\"\ninclude = \"posts.urls\"\n";
    assert_eq!(place.read("urls.toml"), urls + included);
    assert_snapshot!(place.djr(["check"]), @"
    exit code: 0
    ----- stdout -----
    no problems found
    ");
    let run = place.djr(["test"]).success();
    assert!(run.stderr().contains("Ran 1 test in "), "{run}");
    let again = place.djr(["startapp", "posts"]).success().stdout();
    assert_eq!(again, "app `posts` is there already\n");
}
