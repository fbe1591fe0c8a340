//! `djr startproject`, as a user runs it.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::thread;

use insta::assert_snapshot;

use crate::support::{Project, faults};

#[test]
fn makes_a_project_once() {
    let place = Project::empty();
    assert_snapshot!(place.djr(["startproject", "blog"]), @"
    exit code: 0
    ----- stdout -----
    made project `blog` in `blog`: 19 files
    ----- stderr -----
    next: `cd blog`, then `djr up`
    ");
    let mode = place
        .path("blog/.env")
        .metadata()
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    let key = place.read("blog/.env");
    assert_snapshot!(place.djr(["startproject", "blog"]), @"
    exit code: 0
    ----- stdout -----
    project `blog` is in `blog` already
    ----- stderr -----
    next: `cd blog`, then `djr up`
    ");
    assert_eq!(place.read("blog/.env"), key);
    assert_snapshot!(place.names("").join("\n"), @"
    blog
    blog/.djr
    blog/.djr/scaffold.tar.gz
    blog/.djr/scaffold.toml
    blog/.env
    blog/.gitignore
    blog/README.md
    blog/djr.toml
    blog/static
    blog/static/favicon.svg
    blog/static/site.css
    blog/templates
    blog/templates/400.html
    blog/templates/403.html
    blog/templates/403_csrf.html
    blog/templates/404.html
    blog/templates/405.html
    blog/templates/413.html
    blog/templates/431.html
    blog/templates/500.html
    blog/templates/base.html
    blog/templates/home.html
    blog/urls.toml
    ");
}

#[test]
fn every_project_gets_its_own_key() {
    let place = Project::empty();
    for directory in ["one", "two"] {
        place.djr(["startproject", "blog", directory]).success();
    }
    assert_ne!(place.read("one/.env"), place.read("two/.env"));
    assert_eq!(place.read("one/djr.toml"), place.read("two/djr.toml"));
}

#[test]
fn passes_its_own_check() {
    let place = Project::empty();
    place.djr(["startproject", "blog", "."]).success();
    assert_snapshot!(place.djr(["check"]), @"
    exit code: 0
    ----- stdout -----
    no problems found
    ");
}

#[test]
fn keeps_what_is_in_a_fresh_clone() {
    let place = Project::empty()
        .file(".git/HEAD", "ref: refs/heads/main\n")
        .file("LICENSE", "mine");
    assert_snapshot!(place.djr(["startproject", "blog", "."]), @"
    exit code: 0
    ----- stdout -----
    made project `blog` in `.`: 19 files
    ----- stderr -----
    next: `djr up`
    ");
    assert_eq!(place.read("LICENSE"), "mine");
}

#[test]
fn names_every_file_in_the_way_and_writes_nothing() {
    let place = Project::empty()
        .file("blog/README.md", "mine")
        .file("blog/templates/base.html", "mine");
    symlink("/", place.path("blog/static")).unwrap();
    let before = place.names("");
    assert_snapshot!(place.djr(["startproject", "blog"]), @"
    exit code: 3
    ----- stderr -----
    error: 3 files are in the way: `blog/README.md`, `blog/static`, `blog/templates/base.html`
    hint: move or remove what is in the way; nothing was written
    ");
    assert_eq!(place.names(""), before);
    assert_eq!(place.read("blog/README.md"), "mine");
}

#[test]
fn leaves_a_project_alone_that_somebody_has_worked_on() {
    let place = Project::empty();
    place.djr(["startproject", "blog"]).success();
    place.write("blog/templates/home.html", "mine");
    assert_snapshot!(place.djr(["startproject", "blog", "--up"]), @"
    exit code: 3
    ----- stderr -----
    error: 1 file is in the way: `blog/templates/home.html`
    hint: there is a project: `djr --project blog up` serves it
    hint: move or remove what is in the way; nothing was written
    ");
    assert_eq!(place.read("blog/templates/home.html"), "mine");
}

#[test]
fn refuses_a_name_that_cannot_work() {
    let place = Project::empty();
    assert_snapshot!(place.djr(["startproject", "my-blog"]), @"
    exit code: 1
    ----- stderr -----
    error: `my-blog` cannot be the name of a project: letters, digits and `_` only, and no digit first
    hint: `my_blog` would do
    ");
    assert_snapshot!(place.djr(["startproject", "sessions", "--json"]), @r#"
    exit code: 1
    ----- stderr -----
    {"schema":1,"error":{"code":"invalid-name","message":"`sessions` cannot be the name of a project: a built-in app is called so","causes":[],"hints":["`sessions_site` would do"],"findings":[]}}
    "#);
    assert_snapshot!(place.djr(["startproject", "../blog"]), @"
    exit code: 1
    ----- stderr -----
    error: `../blog` cannot be the name of a project: letters, digits and `_` only, and no digit first
    hint: `blog` would do
    ");
    assert!(place.names("").is_empty());
}

#[test]
fn says_why_a_place_cannot_be_used() {
    let place = Project::empty().file("file", "mine");
    symlink("nowhere", place.path("link")).unwrap();
    assert_snapshot!(place.djr(["startproject", "blog", "file"]), @"
    exit code: 3
    ----- stderr -----
    error: 1 file is in the way: `file`
    hint: move or remove what is in the way; nothing was written
    ");
    assert_snapshot!(place.djr(["startproject", "blog", "link"]), @"
    exit code: 1
    ----- stderr -----
    error: `link` is a symbolic link that leads nowhere
    hint: remove it, or make the directory it leads to
    ");
    assert_snapshot!(place.djr(["startproject", "blog", "no/such/place"]), @"
    exit code: 1
    ----- stderr -----
    error: cannot create `no/such/place`
    caused by: No such file or directory (os error 2)
    hint: make the directory first: `mkdir -p no/such`
    ");
    assert_eq!(place.read("file"), "mine");
}

#[test]
fn follows_a_link_to_a_directory() {
    let place = Project::empty();
    fs::create_dir(place.path("real")).unwrap();
    symlink("real", place.path("link")).unwrap();
    place.djr(["startproject", "blog", "link"]).success();
    assert!(place.path("real/djr.toml").is_file());
    assert!(place.path("link").symlink_metadata().unwrap().is_symlink());
}

#[test]
fn leaves_one_project_when_eight_start_at_once() {
    for directory in ["new", "existing"] {
        let place = Project::empty();
        fs::create_dir(place.path("existing")).unwrap();
        let start = || place.djr(["startproject", "blog", directory]).success();
        let outputs: Vec<_> = thread::scope(|scope| {
            let runs: Vec<_> = (0..8).map(|_| scope.spawn(start)).collect();
            runs.into_iter()
                .map(|run| run.join().unwrap().stdout())
                .collect()
        });
        let made = outputs
            .iter()
            .filter(|output| output.starts_with("made"))
            .count();
        assert_eq!(made, 1, "{outputs:?}");
        assert_eq!(place.names(directory).len(), 22);
    }
}

#[test]
#[cfg_attr(without_setpriv, ignore = "needs setpriv")]
fn says_why_it_cannot_write() {
    let place = Project::empty();
    fs::set_permissions(place.root(), fs::Permissions::from_mode(0o555)).unwrap();
    let transcript = faults::unprivileged(place.command(["startproject", "blog"]));
    assert_snapshot!(transcript, @"
    exit code: 1
    ----- stderr -----
    error: cannot create `blog`
    caused by: Permission denied (os error 13)
    hint: see with `ls -ld .` who may write there; nothing was changed
    ");
    fs::set_permissions(place.root(), fs::Permissions::from_mode(0o755)).unwrap();
    assert!(place.names("").is_empty());
}
