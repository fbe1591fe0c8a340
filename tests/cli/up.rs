//! `djr up` and `djr startproject --up`, as a user runs them.

use std::net::TcpListener;

use insta::assert_snapshot;

use crate::support::{Project, Server};

fn superuser(project: Project) -> Project {
    project
        .env("DJR_SUPERUSER_USERNAME", "ada")
        .env("DJR_SUPERUSER_PASSWORD", "analytical engine")
}

fn page(server: &Server, path: &str) -> String {
    let response = ureq::get(server.url(path)).call();
    response.unwrap().body_mut().read_to_string().unwrap()
}

#[test]
fn takes_a_fresh_project_to_a_served_page() {
    let place = superuser(Project::empty());
    let start = ["startproject", "blog", "--up", "--address", "127.0.0.1:0"];
    let server = Server::start(place.command(start));
    let home = page(&server, "/");
    assert!(home.contains("Blog is up and running"), "{home}");
    assert!(page(&server, "/accounts/login/").contains("csrfmiddlewaretoken"));
    assert!(page(&server, "/static/site.css").contains("prefers-color-scheme"));
}

#[test]
fn says_what_each_step_did_and_does_it_once() {
    let project = superuser(Project::new()).file("urls.toml", "");
    let steps = || {
        let server = Server::start(project.command(["up", "127.0.0.1:0"]));
        let lines = server.lines_so_far();
        lines.join("\n")
    };
    assert_snapshot!(steps(), @"");
    assert_snapshot!(steps(), @"");
}

#[test]
fn serves_nothing_without_a_superuser_and_nobody_to_ask() {
    let project = Project::new().file("urls.toml", "");
    assert_snapshot!(project.djr(["up", "127.0.0.1:0"]), @"");
}

#[test]
fn does_nothing_for_a_project_with_mistakes() {
    let project = superuser(Project::new())
        .file("urls.toml", "[[urls]]\npath = \"\"\nview = \"tempalte\"\n");
    assert_snapshot!(project.djr(["up", "127.0.0.1:0"]), @"");
    assert!(!project.path("db.sqlite3").exists());
}

#[test]
fn names_a_port_that_is_taken() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let project = superuser(Project::new()).file("urls.toml", "");
    let transcript = project.djr(["up", address.as_str()]).exited(1);
    assert!(transcript.stderr().contains(&address), "{transcript}");
}

#[test]
fn refuses_an_address_that_is_none_before_anything_else() {
    let project = Project::new();
    assert_snapshot!(project.djr(["up", "localhost:http"]), @"");
    assert!(!project.path("db.sqlite3").exists());
}
