//! `[handlers]` of `urls.toml`, and what a client that reads no pages gets.

use super::test_site::{TestSite, URLS, header, text};

#[test]
fn handlers_take_the_place_of_the_pages_of_errors_and_know_what_djangos_know() {
    let handlers = "[handlers]\n400 = 'e/400.html'\n403 = 'e/403.html'\n404 = 'e/404.html'\n405 = 'e/405.html'\n\
                    500 = 'e/500.html'\ncsrf = { template = 'e/csrf.html' }\n";
    let site = TestSite::new("allowed_hosts = ['localhost']");
    site.write("urls.toml", &format!("{handlers}{URLS}"));
    for (name, page) in [
        ("400", "bad {{ site.title }}"),
        ("403", "not for {{ user.username }}: {{ exception }}"),
        (
            "404",
            "no {{ request_path }} ({{ exception }}) {{ request.method }}",
        ),
        ("405", "only {{ allow }}"),
        ("500", "sorry from {{ site.title }}{{ user.username }}"),
        (
            "csrf",
            "{{ title }}: {{ reason }} {{ no_cookie }} {{ no_referer }}",
        ),
    ] {
        site.write(&format!("templates/e/{name}.html"), page);
    }
    let browser = site.browser();
    browser.log_in("alice");
    for (method, path, status, page) in [
        ("GET", "/a b/", 404, "no /a%20b/ (Resolver404) GET"),
        ("POST", "/nowhere/", 404, "no /nowhere/ (Resolver404) POST"),
        ("HEAD", "/nowhere/", 404, "no /nowhere/ (Resolver404) HEAD"),
        ("GET", "/staff/", 403, "not for alice: "),
        ("GET", "/put/", 405, "only POST, PUT"),
        ("GET", "/broken/", 500, "sorry from Blog"),
    ] {
        let found = browser.send(method, path, &[]);
        assert_eq!(found.status, status, "{path}");
        assert!(text(&found).starts_with(page), "{path}: {}", text(&found));
    }
    let fresh = site.browser();
    let forged = fresh.post("/plain/", &[("a", "1")]);
    let expected = "Forbidden: CSRF cookie not set. True False";
    assert_eq!((forged.status, text(&forged)), (403, expected));
    let bad = fresh.header("Host", "evil.com").get("/plain/");
    assert_eq!((bad.status, text(&bad)), (400, "bad Blog"));
}

#[test]
fn a_handler_may_be_any_view_and_keeps_the_status_of_the_error() {
    let site = TestSite::new("allowed_hosts = ['localhost']");
    let handlers = "[handlers]\n404 = { view = 'redirect', url = '/plain/' }\n\
                    500 = { view = 'template', template = 'plain.html' }\n";
    site.write("urls.toml", &format!("{handlers}{URLS}"));
    let browser = site.browser();
    let moved = browser.get("/nowhere/");
    assert_eq!((moved.status, header(&moved, "Location")), (302, "/plain/"));
    let broken = browser.get("/broken/");
    assert_eq!((broken.status, text(&broken)), (500, "plain"));
}

#[test]
fn a_handler_that_is_a_template_is_told_its_context() {
    let site = TestSite::new("allowed_hosts = ['localhost']");
    let context = "context = { tagline = 'well', names = { model = 'auth.User', values_list = ['username'], flat = true } }";
    let handlers = ["400", "403", "404", "405", "500", "csrf"];
    let handlers = handlers.map(|name| format!("{name} = {{ template = 'e.html', {context} }}"));
    let handlers = handlers.join("\n") + "\n";
    site.write("urls.toml", &format!("[handlers]\n{handlers}{URLS}"));
    site.write(
        "templates/e.html",
        "{{ tagline }} {{ names|join }} {{ exception }}",
    );
    let browser = site.browser();
    browser.log_in("alice");
    for (method, path, status, page) in [
        ("GET", "/nowhere/", 404, "well alice Resolver404"),
        ("GET", "/staff/", 403, "well alice "),
        ("GET", "/put/", 405, "well alice "),
        ("GET", "/broken/", 500, "well  "),
        ("POST", "/plain/", 403, "well alice "),
    ] {
        let found = browser.send(method, path, &[]);
        assert_eq!((found.status, text(&found)), (status, page), "{path}");
    }
    let bad = site.browser().header("Host", "evil.com").get("/plain/");
    assert_eq!((bad.status, text(&bad)), (400, "well alice "));
    let program = site
        .browser()
        .header("Accept", "application/json")
        .get("/nowhere/");
    assert_eq!(text(&program), "{\"detail\":\"There is no such page\"}");
}

#[test]
fn a_handler_captures_nothing() {
    let site = TestSite::new("");
    let query = "{ model = 'auth.User', filter = { pk = { captured = 'pk' } } }";
    let handlers = format!(
        "[handlers]\n404 = {{ template = 'plain.html', context = {{ user = {query} }} }}\n"
    );
    site.write("urls.toml", &format!("{handlers}{URLS}"));
    let found = site.read().unwrap_err().to_string();
    let line = "urls.toml:2:7: the page of an error captures nothing, and so not `pk`";
    assert!(found.contains(line), "{found}");
}

#[test]
fn a_handler_that_fails_is_logged_and_the_plain_page_takes_its_place() {
    for handlers in [
        "404 = 'fails.html'\n500 = 'fails.html'",
        "404 = 'fails.html'\n500 = { view = 'redirect', pattern_name = 'post' }",
        "404 = { view = 'redirect', pattern_name = 'post' }",
    ] {
        let site = TestSite::new("allowed_hosts = ['localhost']");
        site.write("templates/fails.html", "{{ url('home', 1) }}");
        site.write("urls.toml", &format!("[handlers]\n{handlers}\n{URLS}"));
        let browser = site.browser();
        for path in ["/nowhere/", "/broken/"] {
            let page = browser.get(path);
            assert_eq!(page.status, 500, "{handlers}: {path}");
            let title = "<h1>Something went wrong</h1>";
            assert!(text(&page).contains(title), "{handlers}: {path}");
        }
        let log = browser.log();
        assert_eq!(log[0], "Not Found: /nowhere/");
        assert!(log[1].starts_with("Internal Server Error: "), "{log:?}");
    }
}

#[test]
fn a_handler_whose_template_is_missing_is_found_with_its_line() {
    let site = TestSite::new("");
    let handlers =
        "[handlers]\n404 = 'plian.html'\n500 = { template = 'no.html' }\n404x = 'plain.html'\n";
    site.write("urls.toml", &format!("{handlers}{URLS}"));
    let found = site.read().unwrap_err().to_string();
    for line in [
        "urls.toml:2:7: there is no template `plian.html`",
        "urls.toml:3:20: there is no template `no.html`",
        "urls.toml:4:1: unknown key `404x`",
    ] {
        assert!(found.contains(line), "{line}\n{found}");
    }
}

#[test]
fn a_program_gets_errors_as_json_or_text_and_no_page() {
    let site = TestSite::new("allowed_hosts = ['localhost']");
    site.write("templates/404.html", "page");
    for (accept, kind, body) in [
        (
            "application/json",
            "application/json",
            "{\"detail\":\"There is no such page\"}",
        ),
        (
            "application/vnd.api+JSON;q=0.5",
            "application/json",
            "{\"detail\":\"There is no such page\"}",
        ),
        (
            "image/png",
            "text/plain; charset=utf-8",
            "There is no such page\nIt may have moved, or the address has a mistake in it.\n",
        ),
        ("application/json, */*", "text/html; charset=utf-8", "page"),
        (
            "",
            "text/plain; charset=utf-8",
            "There is no such page\nIt may have moved, or the address has a mistake in it.\n",
        ),
    ] {
        let page = site.browser().header("Accept", accept).get("/nowhere/");
        assert_eq!(page.status, 404);
        assert_eq!(
            (header(&page, "Content-Type"), text(&page)),
            (kind, body),
            "{accept}"
        );
    }
    let debug = TestSite::new("debug = true");
    let broken = debug
        .browser()
        .header("Accept", "application/json")
        .get("/broken/");
    assert_eq!(broken.status, 500);
    assert!(
        text(&broken).starts_with("{\"detail\":\"the url `home` takes no arguments"),
        "{}",
        text(&broken)
    );
}
