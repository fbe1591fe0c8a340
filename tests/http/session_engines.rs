//! Log in and out with each session engine; the page about sessions.

use crate::attacks::browser::Browser;
use crate::attacks::site;
use crate::support::Project;
use crate::support::page::snippets_of;

const PASSWORD: &str = "a wholly new passphrase 7";

/// A site whose sessions are kept by `engine`, with a cache in files.
fn site_with(engine: &str) -> Project {
    let settings = format!(
        "[sessions]\nengine = \"{engine}\"\n\n[caches.default]\nbackend = \"file\"\nlocation = \"kept\"\n\n[auth.costs]"
    );
    site().replaced("[auth.costs]", &settings)
}

#[test]
fn who_logs_in_is_known_until_they_log_out_whatever_keeps_the_session() {
    for engine in ["database", "cached_db", "cache", "file", "signed_cookies"] {
        let project = site_with(engine).superuser("grace", PASSWORD);
        let server = project.serve();
        let mut browser = Browser::new(server.address());
        assert_eq!(browser.log_in("grace", PASSWORD).status, 302, "{engine}");
        assert_eq!(browser.username().as_deref(), Some("grace"), "{engine}");
        let kept = browser.cookie("sessionid").unwrap().to_owned();
        let token = browser.token("/accounts/password_change/");
        let out = browser.post("/accounts/logout/", &[("csrfmiddlewaretoken", &token)]);
        assert_eq!(out.status, 200, "{engine}");
        assert_eq!(browser.username(), None, "{engine}");
        // A copy of the cookie is worth nothing any more, but where it is the session itself.
        let mut thief = Browser::new(server.address());
        thief.set_cookie("sessionid", &kept);
        let known = thief.username();
        assert_eq!(known.is_some(), engine == "signed_cookies", "{engine}");
        let is_table = ["database", "cached_db"].contains(&engine);
        let listed = project.djr(["sessions", "list"]);
        let listed = if is_table {
            listed.success()
        } else {
            listed.exited(1)
        };
        assert!(
            is_table || listed.stderr().contains("cannot be listed"),
            "{listed}"
        );
        project.djr(["clearsessions"]).success();
    }
}

#[test]
fn a_session_that_a_command_ends_is_over_though_a_cache_has_a_copy() {
    let project = site_with("cached_db").superuser("grace", PASSWORD);
    let server = project.serve();
    for end in [
        &["sessions", "end", "--user", "grace"][..],
        &["sessions", "end", "--all", "--noinput"],
    ] {
        let mut browser = Browser::new(server.address());
        browser.log_in("grace", PASSWORD);
        assert_eq!(browser.username().as_deref(), Some("grace"));
        project.djr(end).success();
        assert_eq!(browser.username(), None, "{end:?}");
    }
}

#[test]
fn what_is_in_memory_outlives_a_change_of_files() {
    let settings = "[sessions]\nengine = \"cache\"\n\n[auth.costs]";
    let project = site().replaced("[auth.costs]", settings);
    let project = project.replaced("allowed_hosts", "debug = true\nallowed_hosts");
    let server = project.serve();
    let mut browser = Browser::new(server.address());
    assert_eq!(browser.log_in("ada", "correct horse battery").status, 302);
    for (file, content) in [
        ("templates/mine.html", "mine: {{ user.username }} again"),
        (
            "djr.toml",
            &(project.read("djr.toml") + "\n[site]\nname = 'x'\n"),
        ),
    ] {
        project.write(file, content);
        assert_eq!(browser.username().as_deref(), Some("ada again"), "{file}");
    }
}

#[test]
fn an_engine_without_its_cache_is_told() {
    let project = site().replaced(
        "[auth.costs]",
        "[sessions]\nengine = \"cache\"\ncache_alias = \"fast\"\n\n[auth.costs]",
    );
    let told = project.djr(["check"]).exited(1).stderr();
    assert!(told.contains("`[caches]` has no `fast`"), "{told}");
}

#[test]
fn a_serializer_that_runs_what_it_reads_is_refused() {
    let serializer = |name: &str| {
        let lines = format!("[sessions]\nserializer = \"{name}\"\n\n[auth.costs]");
        site().replaced("[auth.costs]", &lines).djr(["check"])
    };
    serializer("json").success();
    let told = serializer("pickle").exited(1).stderr();
    assert!(told.contains("must be one of `json`"), "{told}");
}

#[test]
fn every_snippet_of_the_page_about_sessions_passes_check() {
    let snippets = snippets_of("sessions.md", "djr.toml");
    assert_eq!(snippets.len(), 4);
    for snippet in snippets {
        let project = Project::empty();
        project.djr(["startproject", "blog", "."]).success();
        project.write("more.toml", &snippet);
        project.djr(["check", "--settings", "more.toml"]).success();
    }
}
