//! Several server processes on one cache.

use std::collections::BTreeSet;
use std::thread;

use crate::attacks::browser::Browser;
use crate::page_cache::{PASSWORD, cached_site, get};
use crate::support::cache_server::TestServer;
use crate::support::{Project, Server};

/// A site whose pages and sessions are in `redis` alone.
fn site_on(redis: &TestServer) -> Project {
    let settings = format!(
        "[sessions]\nengine = \"cache\"\n\n[caches.default]\nbackend = \"redis\"\nlocation = \"redis://127.0.0.1:{}\"\n",
        redis.port
    );
    cached_site().replaced(
        "[caches.default]\nbackend = \"file\"\nlocation = \"kept\"",
        &settings,
    )
}

/// Another server of the site, with `value` for the variable of the environment called `name`.
fn serve_with(project: &Project, name: &str, value: &str) -> Server {
    let command = project.command(["runserver", "127.0.0.1:0"]);
    Server::start(command.env(name, value))
}

fn logged_in(server: &Server) -> Browser {
    let mut browser = Browser::new(server.address());
    assert_eq!(browser.log_in("grace", PASSWORD).status, 302);
    browser
}

/// The name that `server` knows the session of `browser` by.
fn known(browser: &Browser, server: &Server) -> Option<String> {
    let mut moved = Browser::new(server.address());
    moved.set_cookie("sessionid", browser.cookie("sessionid").unwrap());
    let found = moved.username()?;
    // Random words follow.
    found.split('<').next().map(ToOwned::to_owned)
}

#[test]
#[cfg_attr(without_redis, ignore = "needs redis-server")]
fn sites_with_prefixes_of_their_own_never_see_what_the_other_keeps() {
    let redis = TestServer::redis();
    let project = site_on(&redis);
    let prefixed = |prefix| serve_with(&project, "DJR_CACHES__DEFAULT__KEY_PREFIX", prefix);
    let (first, second, again) = (prefixed("blog"), prefixed("shop"), prefixed("blog"));
    let page = get(&first, "/random/").text();
    assert_eq!(get(&again, "/random/").text(), page);
    let other = get(&second, "/random/").text();
    assert_ne!(other, page);
    assert_eq!(get(&second, "/random/").text(), other);
    let browser = logged_in(&first);
    assert_eq!(known(&browser, &again).as_deref(), Some("grace"));
    assert_eq!(known(&browser, &second), None);
    // Whose session it is counts for pages as well.
    assert_eq!(known(&logged_in(&second), &first), None);
    let mut out = Browser::new(again.address());
    out.set_cookie("sessionid", browser.cookie("sessionid").unwrap());
    let token = out.token("/accounts/password_change/");
    out.post("/accounts/logout/", &[("csrfmiddlewaretoken", &token)]);
    assert_eq!(known(&browser, &first), None);
}

#[test]
#[cfg_attr(without_redis, ignore = "needs redis-server")]
fn prefixes_of_pages_part_pages_and_leave_sessions_together() {
    let redis = TestServer::redis();
    let project = site_on(&redis);
    let prefixed = |prefix| serve_with(&project, "DJR_PAGE_CACHE__KEY_PREFIX", prefix);
    let (first, second) = (prefixed("one"), prefixed("two"));
    assert_ne!(
        get(&first, "/random/").text(),
        get(&second, "/random/").text()
    );
    assert_eq!(known(&logged_in(&first), &second).as_deref(), Some("grace"));
}

#[test]
#[cfg_attr(without_redis, ignore = "needs redis-server")]
fn a_page_is_made_once_by_several_processes() {
    let redis = TestServer::redis();
    let project = site_on(&redis);
    let servers = [project.serve(), project.serve(), project.serve()];
    for server in &servers {
        // What a server does when it is first asked takes time of its own.
        get(server, "/fresh/");
    }
    let asked = thread::scope(|scope| {
        let addresses = servers.iter().chain(&servers).map(Server::address);
        let asked: Vec<_> = addresses
            .map(|address| scope.spawn(|| Browser::new(address).get("/slow/").text()))
            .collect();
        asked
            .into_iter()
            .map(|asked| asked.join().unwrap())
            .collect::<BTreeSet<_>>()
    });
    assert_eq!(asked.len(), 1);
    // Nothing is left of who was to make it.
    assert_eq!(get(&servers[0], "/slow/?x=1").status, 200);
}
