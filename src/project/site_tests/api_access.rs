//! What an entry of an API asks of who sends a request, beside `permissions`.

use super::api::{site, token};
use super::test_site::{Browser, TestSite, header, text};
use crate::http::Response;

const URLS: &str = "
[[urls]]
path = 'guarded/tags/'
name = 'guarded'
view = 'api.model'
model = 'library.Tag'
fields = '__all__'
permissions = 'AllowAny'
login_required = ['POST']
permission_required = { PUT = 'library.add_tag', DELETE = 'library.change_tag' }

[[urls]]
path = 'members/'
name = 'members'
view = 'api.model'
model = 'library.Tag'
fields = '__all__'
permissions = 'AllowAny'
login_required = true

[[urls]]
path = 'guarded/'
view = 'api.root'
login_required = true

[[urls]]
path = 'guarded-schema/'
view = 'api.schema'
login_required = ['GET']

[[urls]]
path = 'open-schema/'
view = 'api.schema'

[[urls]]
path = 'accounts/'
include = 'auth.urls'
";

fn guarded() -> TestSite {
    let site = site();
    site.write("urls.toml", URLS);
    site
}

fn program(site: &TestSite, username: &str) -> Browser {
    let browser = site.browser().header("Host", "testserver");
    let browser = browser.header("Accept", "application/json");
    match username {
        "" => browser,
        name => browser.header("Authorization", &format!("Token {}", token(site, name))),
    }
}

fn send(browser: &Browser, method: &str, path: &str) -> Response {
    let body = r#"{"slug": "made", "label": "Made"}"#;
    browser.send_body(method, path, "application/json", body.into())
}

#[test]
fn single_methods_of_an_api_ask_for_rights_and_say_so_as_an_api_does() {
    let site = guarded();
    let (visitor, alice, bob) = (
        program(&site, ""),
        program(&site, "alice"),
        program(&site, "bob"),
    );
    let list = "/guarded/tags/";
    assert_eq!(send(&visitor, "GET", list).status, 200);
    let refused = send(&visitor, "POST", list);
    assert_eq!(
        (refused.status, header(&refused, "WWW-Authenticate")),
        (401, "Token")
    );
    let expected = r#"{"detail":"Authentication credentials were not provided."}"#;
    assert_eq!(text(&refused), expected);
    assert_eq!(send(&alice, "POST", list).status, 201);
    let row = "/guarded/tags/made/";
    for (browser, method, status) in [
        (&visitor, "PUT", 401),
        (&alice, "PUT", 403),
        (&bob, "PUT", 200),
        (&visitor, "PATCH", 200),
        (&visitor, "DELETE", 401),
        (&bob, "DELETE", 403),
    ] {
        assert_eq!(send(browser, method, row).status, status, "{method}");
    }
    assert!(!text(&send(&visitor, "OPTIONS", list)).contains("actions"));
    assert!(text(&send(&alice, "OPTIONS", list)).contains("\"actions\":{\"POST\""));
}

#[test]
fn a_form_of_a_page_that_means_another_method_is_asked_for_its_rights() {
    let site = guarded();
    assert_eq!(
        send(&program(&site, "alice"), "POST", "/guarded/tags/").status,
        201
    );
    let browser = site
        .browser()
        .header("Host", "testserver")
        .header("Accept", "text/html");
    browser.log_in("bob");
    let fields = [("_method", "DELETE")];
    let refused = browser.submit("/guarded/tags/made/", &fields);
    assert_eq!(refused.status, 403, "{}", text(&refused));
    assert!(!text(&refused).contains("value=\"DELETE\""));
    assert_eq!(browser.get("/guarded/tags/made/").status, 200);
}

#[test]
fn a_token_opens_what_asks_for_a_login_and_nobody_is_sent_to_a_page() {
    let site = guarded();
    let (visitor, alice) = (program(&site, ""), program(&site, "alice"));
    for path in ["/members/", "/guarded/", "/guarded-schema/"] {
        let refused = visitor.get(path);
        assert_eq!(
            (refused.status, header(&refused, "Location")),
            (401, ""),
            "{path}"
        );
        assert_eq!(alice.get(path).status, 200, "{path}");
    }
    assert_eq!(visitor.send("OPTIONS", "/guarded-schema/", &[]).status, 200);
}

#[test]
fn the_description_of_an_api_says_which_operations_ask_for_a_login() {
    let site = guarded();
    let page = program(&site, "").get("/open-schema/");
    let schema: serde_json::Value = serde_json::from_str(text(&page)).unwrap();
    let list = &schema["paths"]["/guarded/tags/"];
    assert!(list["get"]["security"].is_null() && list["post"]["security"].is_array());
    let row = &schema["paths"]["/guarded/tags/{pk}/"];
    assert!(row["patch"]["security"].is_null() && row["delete"]["security"].is_array());
}
