//! The pages of errors of a new project, over a running server.

use crate::support::Project;
use crate::test_server::Client;

fn answer(address: &str, request: &str) -> (u16, String) {
    let mut client = Client::connect(address);
    client.send(format!("{request}\r\n\r\n"));
    let response = client.response();
    (response.status, response.text())
}

#[test]
fn every_error_of_a_new_project_has_a_page_in_its_looks() {
    let project = Project::empty();
    project.djr(["startproject", "blog", "."]).success();
    project.djr(["migrate"]).success();
    let project = project
        .replaced("debug = true", "debug = false")
        .replaced("allowed_hosts = []", "allowed_hosts = [\"localhost\"]")
        .file("templates/broken.html", "{{ url('nowhere') }}");
    let urls = project.read("urls.toml");
    let entry = "[[urls]]\npath = \"broken/\"\nview = \"template\"\ntemplate = \"broken.html\"\n";
    let project = project.file("urls.toml", &format!("{urls}\n{entry}"));
    let server = project.serve();
    let form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 0";
    for (head, status, title) in [
        (
            "GET / HTTP/1.1\r\nHost: evil.com".to_owned(),
            400,
            "This request cannot be read",
        ),
        (
            "GET /%00 HTTP/1.1\r\nHost: localhost".to_owned(),
            400,
            "This request cannot be read",
        ),
        (
            "GET /nowhere/ HTTP/1.1\r\nHost: localhost".to_owned(),
            404,
            "There is no such page",
        ),
        (
            "GET /accounts/logout/ HTTP/1.1\r\nHost: localhost".to_owned(),
            405,
            "This page does not work that way",
        ),
        (
            format!("POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\n{form}"),
            403,
            "The form was not accepted",
        ),
        (
            "GET /broken/ HTTP/1.1\r\nHost: localhost".to_owned(),
            500,
            "Something went wrong",
        ),
        (
            "POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999"
                .to_owned(),
            413,
            "What was sent is too large",
        ),
        (
            format!(
                "GET / HTTP/1.1\r\nHost: localhost\r\nCookie: a={}",
                "x".repeat(70_000)
            ),
            431,
            "The address or the cookies are too long",
        ),
    ] {
        let (found, page) = answer(server.address(), &head);
        assert_eq!(found, status, "{head}\n{page}");
        assert!(
            page.contains(&format!("<h1>{title}</h1>")),
            "{head}\n{page}"
        );
        let in_looks = status == 500 || page.contains("class=\"site-header\"");
        assert!(in_looks, "{head}\n{page}");
    }
}

#[test]
fn a_program_is_told_how_much_it_may_send_in_its_own_words() {
    let project = Project::empty();
    project.djr(["startproject", "blog", "."]).success();
    project.djr(["migrate"]).success();
    let project = project.setting("[server]\nmax_body_size = 2048\nmax_upload_size = 4096");
    let server = project.serve();
    let told = |kind: &str, accept: &str| {
        let head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000";
        answer(
            server.address(),
            &format!("{head}\r\nContent-Type: {kind}\r\nAccept: {accept}"),
        )
    };
    let form = "multipart/form-data; boundary=b";
    let json = "{\"detail\":\"What was sent is too large: Up to 2.0 KB can be sent at once.\"}";
    assert_eq!(
        told("application/json", "application/json"),
        (413, json.to_owned())
    );
    let (status, text) = told(form, "text/plain");
    assert!(
        status == 413 && text.ends_with("Up to 4.0 KB can be sent at once.\n"),
        "{text}"
    );
    let (_, page) = told(form, "text/html");
    assert!(
        page.contains("up to 4.0\u{a0}KB can be sent at once"),
        "{page}"
    );
}
