//! `djr cache`, and the page about caches.

use crate::support::Project;
use crate::support::page::{page_text, snippets_of};

const FILES: &str = "\n[caches.default]\nbackend = 'file'\nlocation = 'var/cache'\n";

fn project() -> Project {
    Project::new().setting(FILES)
}

#[test]
fn what_is_set_is_there_for_the_next_command() {
    let project = project();
    for (value, shown) in [
        ("hello", "hello"),
        ("12", "12"),
        ("-5", "-5"),
        ("[1, null, \"x\"]", "[1, null, \"x\"]"),
        ("{\"é\": 1e3}", "{\"é\": 1000.0}"),
        ("99999999999999999999999", "99999999999999999999999"),
    ] {
        let run = project.djr(["cache", "set", "k", value]).success();
        assert_eq!(run.stdout(), "kept 1 key\n");
        let run = project.djr(["cache", "get", "k"]).success();
        assert_eq!(run.stdout(), format!("{shown}\n"));
    }
    project.djr(["cache", "set", "k", "12", "--text"]).success();
    let run = project.djr(["cache", "get", "k", "--json"]).success();
    assert!(run.stdout().contains("\"value\":\"12\""), "{run}");
}

#[test]
fn what_is_deleted_expired_or_cleared_is_not_there() {
    let project = project();
    project.djr(["cache", "set", "a", "1"]).success();
    project
        .djr(["cache", "set", "b", "1", "--timeout", "0"])
        .success();
    project
        .djr(["cache", "set", "c", "1", "--timeout", "never"])
        .success();
    let run = project.djr(["cache", "delete", "a", "nothing"]).success();
    assert_eq!(run.stdout(), "deleted 1 key\n");
    for key in ["a", "b"] {
        let run = project.djr(["cache", "get", key]);
        assert_eq!(run.code(), Some(1), "{run}");
        assert!(
            run.stderr()
                .contains(&format!("nothing is kept under `{key}`"))
        );
    }
    assert_eq!(project.djr(["cache", "clear"]).code(), Some(3));
    project.djr(["cache", "clear", "--noinput"]).success();
    assert_eq!(project.djr(["cache", "get", "c"]).code(), Some(1));
}

#[test]
fn each_cache_is_counted() {
    let table = "\n[caches.table]\nbackend = 'database'\nlocation = 'kept'\n[caches.memory]\n";
    let project = Project::new().setting(FILES).setting(table).migrated();
    project.djr(["createcachetable"]).success();
    project.djr(["cache", "set", "a", "1"]).success();
    for key in ["a", "b"] {
        project
            .djr(["cache", "set", key, "1", "--alias", "table"])
            .success();
    }
    let run = project.djr(["cache", "stats"]).success();
    insta::assert_snapshot!(run.stdout());
}

#[test]
fn a_cache_that_commands_do_not_see_is_refused_by_its_name() {
    let project = Project::new();
    let run = project.djr(["cache", "get", "k"]);
    assert_eq!(run.code(), Some(3), "{run}");
    assert!(
        run.stderr()
            .contains("the cache `default` is not shared: its backend is `locmem`")
    );
    let run = project.djr(["cache", "get", "k", "--alias", "pages"]);
    assert!(run.stderr().contains("no cache is called `pages`"), "{run}");
    let project = Project::new().setting("\n[caches.default]\nbackend = 'redis'\n");
    let run = project.djr(["cache", "get", "k"]);
    assert!(
        run.stderr()
            .contains("needs `location`, the address of its server"),
        "{run}"
    );
}

#[test]
fn every_snippet_of_the_page_about_caches_passes_check() {
    let snippets = snippets_of("caching.md", "djr.toml");
    assert_eq!(snippets.len(), 5);
    for snippet in snippets {
        let project = Project::empty();
        project.djr(["startproject", "blog", "."]).success();
        project.write("more.toml", &snippet);
        project.djr(["check", "--settings", "more.toml"]).success();
    }
}

#[test]
fn the_page_about_caches_types_commands_that_work() {
    let more = "\n[caches.pages]\nbackend = 'file'\nlocation = 'var/pages'\n";
    let project = project().setting(more);
    let page = page_text("caching.md");
    let commands: Vec<_> = page
        .lines()
        .filter_map(|line| line.strip_prefix("    djr "))
        .map(|line| line.split(" #").next().unwrap().trim())
        .collect();
    assert_eq!(commands.len(), 7);
    for command in commands {
        let arguments: Vec<String> = shell_words(command);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        project.djr(arguments).success();
    }
}

/// The words of a command, some of them in quotes.
fn shell_words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for c in command.chars() {
        match quote {
            Some(end) if c == end => quote = None,
            None if c == '"' || c == '\'' => quote = Some(c),
            None if c == ' ' => words.push(String::new()),
            _ => words.last_mut().unwrap().push(c),
        }
    }
    words
}
