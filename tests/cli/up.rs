//! `djr up` and `djr startproject --up`, as a user runs them.

use std::net::TcpListener;

use insta::assert_snapshot;

use crate::support::{Project, Server};

fn started() -> Project {
    let place = Project::empty();
    place.djr(["startproject", "blog", "."]).success();
    place
}

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
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    let (address, next) = (address.to_string(), (address.port() + 1).to_string());
    let project = superuser(started());
    // The last step fails, so that the run ends; what it did stays.
    let steps = || {
        let transcript = project.djr(["up", address.as_str()]).exited(1).to_string();
        transcript
            .replace(&address, "[TAKEN]")
            .replace(&next, "[NEXT]")
    };
    assert_snapshot!(steps(), @"
    exit code: 1
    ----- stderr -----
    check      no problems found
    migrate    applied 18 migrations
    cache      made table `djr_cache`
    superuser  made `ada`
    error: cannot listen at [TAKEN]: the port is in use
    hint: stop the other server, or take another port: `djr runserver [NEXT]`
    ");
    assert_snapshot!(steps(), @"
    exit code: 1
    ----- stderr -----
    check      no problems found
    migrate    nothing to migrate
    cache      nothing to make
    superuser  there is one
    error: cannot listen at [TAKEN]: the port is in use
    hint: stop the other server, or take another port: `djr runserver [NEXT]`
    ");
}

#[test]
fn serves_nothing_without_a_superuser_and_nobody_to_ask() {
    let project = started();
    assert_snapshot!(project.djr(["up", "127.0.0.1:0"]), @"
    exit code: 1
    ----- stderr -----
    check      no problems found
    migrate    applied 18 migrations
    cache      made table `djr_cache`
    error: there is no superuser, and no terminal to ask for one
    hint: set `DJR_SUPERUSER_USERNAME` and `DJR_SUPERUSER_PASSWORD`
    hint: or run `djr createsuperuser` on a terminal
    ");
}

#[test]
fn does_nothing_for_a_project_with_mistakes() {
    let project =
        superuser(started()).file("urls.toml", "[[urls]]\npath = \"\"\nview = \"tempalte\"\n");
    assert_snapshot!(project.djr(["up", "127.0.0.1:0"]), @"
    exit code: 1
    ----- stderr -----
    error: djr.toml:34:13: no url is named `login`
    hint: `auth.login_url` leads there
    error: urls.toml:3:8: unknown view `tempalte`
    hint: did you mean `template`?
    error: found 2 errors
    ");
    assert!(!project.path("db.sqlite3").exists());
}

#[test]
fn refuses_an_address_that_is_none_before_anything_else() {
    let project = started();
    assert_snapshot!(project.djr(["up", "localhost:http"]), @"
    exit code: 2
    ----- stderr -----
    error: cannot listen at `localhost:http`: it is neither a port nor an address with a port, such as `8000`, `0:8000` or `[::1]:8000`
    ");
    assert!(!project.path("db.sqlite3").exists());
}
