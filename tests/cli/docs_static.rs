//! The snippets of `docs/static.md` do what the page promises.

use crate::support::Project;
use crate::support::page::{page_text, snippets};

/// The options that every command has.
const COMMON: [&str; 7] = [
    "--force-color",
    "--help",
    "--no-color",
    "--project",
    "--settings",
    "--verbosity",
    "--version",
];

/// A project with the files of the page; several snippets of one file follow each other in it.
fn project() -> Project {
    let mut project = Project::new().without_admin();
    for (file, text) in snippets("static.md") {
        project = match file.as_str() {
            "djr.toml" => project.setting(&text),
            file => project.file(file, &text),
        };
    }
    project
}

#[test]
fn the_files_of_the_page_are_collected_under_the_names_it_tells() {
    let project = project();
    let transcript = project.djr(["collectstatic", "--noinput"]).success();
    let transcript = transcript.to_string();
    assert!(transcript.contains("4 static files copied"), "{transcript}");
    assert!(page_text("static.md").contains("4 static files copied to `staticfiles`"));
    assert_eq!(
        project.read("staticfiles/vendor/htmx/htmx.min.js"),
        "var htmx = {};\n"
    );
    let names = project.names("staticfiles/css");
    let hashed = names
        .iter()
        .find(|name| name.starts_with("site.") && *name != "site.css");
    let text = project.read(format!("staticfiles/css/{}", hashed.unwrap()));
    assert!(text.starts_with("@import url(\"base."), "{text}");
    assert!(text.contains("url(\"../img/paper."), "{text}");
}

#[test]
fn the_settings_of_the_page_compress_files() {
    let project = project();
    project.write("static/long.js", &"long ".repeat(100));
    let command = project.command(["collectstatic", "--noinput"]);
    command
        .env("DJR_SETTINGS", "compressed.toml")
        .run()
        .success();
    for name in ["long.js.br", "long.js.gz"] {
        assert!(project.path("staticfiles").join(name).exists(), "{name}");
    }
}

#[test]
fn the_message_of_the_page_is_the_one_that_is_shown() {
    let project = project();
    let text = project.read("static/css/site.css");
    project.write(
        "static/css/site.css",
        &text.replace("paper.svg", "papre.svg"),
    );
    let transcript = project.djr(["collectstatic", "--noinput"]).exited(1);
    let transcript = transcript.to_string();
    let page = page_text("static.md");
    let message = page
        .lines()
        .find(|line| line.starts_with("static/css/site.css:"));
    assert!(transcript.contains(message.unwrap()), "{transcript}");
}

#[test]
fn the_page_names_every_option_and_every_setting() {
    let page = page_text("static.md");
    let help = project()
        .djr(["help", "collectstatic"])
        .success()
        .to_string();
    let words = help.split(|c: char| !(c.is_alphanumeric() || c == '-'));
    let is_option = |word: &&str| {
        let name = word.strip_prefix("--");
        name.is_some_and(|name| name.starts_with(char::is_alphabetic))
    };
    for option in words.filter(is_option) {
        let is_common = COMMON.contains(&option);
        assert!(page.contains(option) || is_common, "{option}");
    }
}
