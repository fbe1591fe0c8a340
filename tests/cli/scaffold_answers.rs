//! What a scaffold asks for, who answers, and what is written where something is there already.

use insta::assert_snapshot;

use crate::support::{Project, Terminal};

const MANIFEST: &str = r#"
[variables.site]
prompt = "Name of the site"
help = "It stands in the title of every page."
default = "{{ title }}"
[variables.kind]
type = "choice"
choices = ["shop", { value = "club", label = "A club of members" }]
default = "shop"
[variables.members]
type = "integer"
min = 1
when = "kind == 'club'"
[variables.token]
type = "secret"
default = "{{ random_secret(20) }}"
[files]
generated = ["secret.txt"]
"#;

fn place() -> Project {
    Project::empty()
        .file("t/scaffold.toml", MANIFEST)
        .file("t/a.txt.j2", "{{ site }}, {{ kind }}, {{ members }}\n")
        .file("t/secret.txt.j2", "TOKEN={{ token }}\n")
}

#[test]
fn answers_come_from_options_a_file_and_the_environment() {
    let place = place()
        .file(
            "answers.toml",
            "kind = \"club\"\nmembers = 3\nsite = \"From a file\"\n",
        )
        .env("DJR_ANSWER_SITE", "From the environment")
        .env("DJR_ANSWER_MEMBERS", "2");
    let words = [
        "startproject",
        "one",
        "-t",
        "t",
        "--answers",
        "answers.toml",
        "-d",
        "site=Given",
    ];
    place.djr(words).success();
    assert_eq!(place.read("one/a.txt"), "Given, club, 3\n");
    let words = ["startproject", "two", "-t", "t", "-d", "kind=club"];
    place.djr(words).success();
    assert_eq!(place.read("two/a.txt"), "From the environment, club, 2\n");
    let record = place.read("two/.djr/scaffold.toml");
    assert!(
        record.contains("kind = \"club\"") && !record.contains("token"),
        "{record}"
    );
    let secret = place.read("two/secret.txt");
    assert_eq!(secret.len(), "TOKEN=\n".len() + 20);
}

#[test]
fn mistakes_in_answers_are_told_and_write_nothing() {
    let place = place().file("answers.toml", "\nkind = \"klub\"\n");
    assert_snapshot!(place.djr(["startproject", "one", "-t", "t", "-d", "kidn=club"]), @"
    exit code: 2
    ----- stderr -----
    error: the scaffold does not ask for `kidn`, which is in -d
    hint: did you mean `kind`?
    ");
    assert_snapshot!(place.djr(["startproject", "one", "-t", "t", "--answers", "answers.toml"]), @"
    exit code: 1
    ----- stderr -----
    error: `kind` of answers.toml:2:1: `klub` is not one of `shop`, `club`
    ");
    assert_snapshot!(place.djr(["startproject", "one", "-t", "t", "-d", "kind=club"]), @"
    exit code: 1
    ----- stderr -----
    error: there is no answer for `members`
    hint: give -d members=…, or `--answers FILE`
    ");
    assert!(!place.path("one").exists());
}

#[test]
fn a_person_is_asked_and_may_go_back() {
    let place = place();
    let mut terminal = Terminal::start(place.command(["startproject", "one", "-t", "t"]), "true");
    terminal.answer("Name of the site [One]", "Ours\r");
    terminal.answer("kind [shop]", "klub\r");
    terminal.wait_for("is not one of");
    terminal.answer("kind [shop]", "<\r");
    terminal.answer("Name of the site [One]", "Theirs\r");
    terminal.answer("kind [shop]", "2\r");
    terminal.answer("members", "0\r");
    terminal.wait_for("at least 1");
    terminal.answer("members", "7\r");
    terminal.answer("token", "\r");
    terminal.wait_for("made project");
    assert_eq!(place.read("one/a.txt"), "Theirs, club, 7\n");
}

#[test]
fn mistakes_of_a_manifest_are_told_with_their_places() {
    let manifest = "[variables.name]\n[variables.a]\ntype = \"choise\"\nwhen = \"a b\"\n[file]\n";
    let place = Project::empty()
        .file("t/scaffold.toml", manifest)
        .file("u/scaffold.toml", "")
        .file("u/a.txt.j2", "one\n{{ nothing }}\n");
    let told = place
        .djr(["startproject", "one", "-t", "t"])
        .exited(1)
        .stderr();
    for expected in [
        "scaffold.toml:1:12: `name` is known to every scaffold already",
        "scaffold.toml:3:8: there is no type `choise`",
        "did you mean `choice`?",
        "scaffold.toml:4:8: `a b` is not an expression",
        "scaffold.toml:5:2: unknown key `file`",
    ] {
        assert!(told.contains(expected), "{expected}\n{told}");
    }
    let told = place
        .djr(["startproject", "one", "-t", "u"])
        .exited(1)
        .stderr();
    assert!(told.contains("a.txt.j2") && told.contains(":2"), "{told}");
}

#[test]
fn files_that_differ_are_replaced_kept_or_asked_about() {
    let place = place();
    place.djr(["startproject", "one", "-t", "t"]).success();
    place.write("one/a.txt", "mine\n");
    let again = ["startproject", "one", "-t", "t"];
    let refused = place.djr(again).exited(3).stderr();
    assert!(refused.contains("`one/a.txt`"), "{refused}");
    let shown = place
        .djr([&again[..], &["--dry-run"]].concat())
        .success()
        .stdout();
    assert!(
        shown.contains("differs  a.txt") && shown.contains("-mine"),
        "{shown}"
    );
    assert!(shown.contains("+One, shop,"), "{shown}");
    place.djr([&again[..], &["--skip"]].concat()).success();
    assert_eq!(place.read("one/a.txt"), "mine\n");
    let mut terminal = Terminal::start(
        place.command(
            [
                &again[..],
                &["-d", "site=One", "-d", "kind=shop", "-d", "token=x"],
            ]
            .concat(),
        ),
        "true",
    );
    terminal.answer("`a.txt` differs", "d\r");
    terminal.wait_for("-mine");
    terminal.answer("`a.txt` differs", "y\r");
    terminal.wait_for("made project");
    assert_eq!(place.read("one/a.txt"), "One, shop, 0\n");
    place.write("one/a.txt", "mine\n");
    place.djr([&again[..], &["--force"]].concat()).success();
    assert_eq!(place.read("one/a.txt"), "One, shop, 0\n");
}

#[test]
fn a_project_starts_as_a_repository() {
    let place = Project::empty()
        .env("GIT_AUTHOR_NAME", "Ada")
        .env("GIT_AUTHOR_EMAIL", "ada@example.com")
        .env("GIT_COMMITTER_NAME", "Ada")
        .env("GIT_COMMITTER_EMAIL", "ada@example.com");
    place.djr(["startproject", "blog", "--git"]).success();
    let log = std::process::Command::new("git")
        .args(["log", "--format=%s %an", "--name-only"])
        .current_dir(place.path("blog"))
        .output()
        .unwrap();
    let log = String::from_utf8(log.stdout).unwrap();
    assert!(log.starts_with("Start blog Ada"), "{log}");
    assert!(
        log.contains(".djr/scaffold.toml") && !log.contains(".env\n"),
        "{log}"
    );
}

#[test]
fn the_scaffolds_in_the_binary_are_listed() {
    let place = Project::empty();
    let listed = place.djr(["startproject", "--list"]).success().stdout();
    assert!(listed.contains("default  "), "{listed}");
    let listed = place.djr(["startapp", "--list", "--json"]).success().json();
    let first = &listed["result"]["scaffolds"][0];
    assert_eq!(first["name"], "default");
    assert!(!first["description"].as_str().unwrap().is_empty());
}
