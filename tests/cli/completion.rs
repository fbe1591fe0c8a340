//! What bash proposes after TAB, by the script in `completions/`.

use std::path::Path;
use std::process::Command;

use crate::support::Project;

/// Completes the last word of `$@` and prints what is proposed, a line each.
const COMPLETE: &str = r#"
source "$SCRIPT"
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_TYPE=9
_clap_complete_djr djr "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}" 2>/dev/null
printf '%s\n' "${COMPREPLY[@]}"
"#;

/// What is proposed for the last of `words`, without options and paths.
fn proposed(project: &Project, words: &[&str]) -> Vec<String> {
    let executable = Path::new(env!("CARGO_BIN_EXE_djr"));
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/completions/djr.bash");
    let output = Command::new("bash")
        .args(["-c", COMPLETE, "bash", "djr"])
        .args(words)
        .current_dir(project.root())
        .env(
            "PATH",
            format!("{}:/usr/bin:/bin", executable.parent().unwrap().display()),
        )
        .env("SCRIPT", script)
        .env_remove("DJR_PROJECT")
        .env_remove("DJR_SETTINGS")
        .output()
        .unwrap();
    let lines = String::from_utf8(output.stdout).unwrap();
    let names = lines
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('-'));
    names.map(str::to_owned).collect()
}

#[test]
fn names_of_the_project_are_proposed() {
    let project = Project::with_blog()
        .file("blog/fixtures/posts.json", "[]")
        .migrated()
        .superuser("ada", "a long one, xkcd");
    for (words, expected) in [
        (&["migr"][..], &["migrate"][..]),
        (&["migrate", "b"], &["blog"]),
        (&["sqlmigrate", "auth", "0001"], &["0001_initial"]),
        (&["changepassword", ""], &["ada"]),
        (&["dumpdata", "auth.U"], &["auth.User"]),
        (&["permissions", "grant", "auth.add_g"], &["auth.add_group"]),
        (&["loaddata", "po"], &["posts.json"]),
        (&["undo", "--database", ""], &["default"]),
        (&["inspectdb", "django_s"], &["django_session"]),
        (&["check", "--fail-level", "w"], &["warning"]),
    ] {
        assert_eq!(proposed(&project, words), expected, "{words:?}");
    }
}

#[test]
fn a_project_elsewhere_is_read_and_a_broken_one_proposes_nothing() {
    let project = Project::with_blog();
    let elsewhere = Project::empty();
    let root = project.root().to_str().unwrap();
    let words = ["--project", root, "makemigrations", "bl"];
    assert_eq!(proposed(&elsewhere, &words), ["blog"]);
    assert_eq!(proposed(&elsewhere, &["makemigrations", "bl"]), [""; 0]);
    project.write("djr.toml", "[project\n");
    assert_eq!(proposed(&project, &["makemigrations", "bl"]), [""; 0]);
}
