//! The API as people meet it, and as it describes itself.

use super::api::{site, token};
use super::test_site::{Browser, header, text};
use crate::http::percent::{encode, safe};

fn person(browser: Browser) -> Browser {
    browser
        .header("Host", "testserver")
        .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
}

fn sent(browser: &Browser, path: &str, fields: &[(&str, &str)]) -> crate::http::Response {
    let secret = browser.cookie("csrftoken").unwrap_or_default();
    let fields = [&[("csrfmiddlewaretoken", secret.as_str())], fields].concat();
    let pairs = fields
        .iter()
        .map(|(name, value)| format!("{name}={}", encode(value, safe::NOTHING)));
    let body = pairs.collect::<Vec<_>>().join("&");
    browser.send_body(
        "POST",
        path,
        "application/x-www-form-urlencoded",
        body.into_bytes(),
    )
}

#[test]
fn a_person_reads_writes_and_deletes_without_javascript() {
    let site = site();
    let browser = person(site.browser());
    browser.log_in("root");
    let list = browser.get("/api/notes/");
    assert_eq!(
        (list.status, header(&list, "Content-Type")),
        (200, "text/html; charset=utf-8")
    );
    assert!(
        text(&list).contains("note 0") && text(&list).contains("name=\"_content\""),
        "{}",
        text(&list)
    );
    let made = sent(
        &browser,
        "/api/notes/",
        &[
            ("_content", r#"{"text": "<script>alert(1)"}"#),
            ("_method", "POST"),
        ],
    );
    assert_eq!(made.status, 201, "{}", text(&made));
    assert!(
        !text(&made).contains("<script>") && text(&made).contains("&lt;script&gt;"),
        "{}",
        text(&made)
    );
    let changed = sent(
        &browser,
        "/api/notes/1/",
        &[("_content", r#"{"text": "changed"}"#), ("_method", "PATCH")],
    );
    assert!(
        changed.status == 200 && text(&changed).contains("changed"),
        "{}",
        text(&changed)
    );
    let gone = sent(&browser, "/api/notes/1/", &[("_method", "DELETE")]);
    assert_eq!(gone.status, 200);
    assert_eq!(browser.get("/api/notes/1/").status, 404);
}

/// What the model says of a new row need not be looked up.
#[test]
fn a_document_begins_with_what_a_new_row_has() {
    let site = site();
    let browser = person(site.browser());
    browser.log_in("root");
    let page = browser.get("/api/books/");
    let (_, box_of_text) = text(&page).split_once("spellcheck=\"false\">\n").unwrap();
    let (document, _) = box_of_text.split_once("</textarea>").unwrap();
    insta::assert_snapshot!(document.replace("&quot;", "\""), @r#"
    {
        "title": "",
        "author": null,
        "tags": [],
        "price": null,
        "pages": null,
        "status": "DF",
        "published": null,
        "in_print": true,
        "isbn": "",
        "secret": ""
    }
    "#);
}

#[test]
fn a_person_sends_files_beside_the_document() {
    let site = site();
    let browser = person(site.browser());
    browser.log_in("root");
    let page = browser.get("/api/documents/");
    let page = text(&page);
    for part in [
        "enctype=\"multipart/form-data\"",
        "<input type=\"file\" id=\"file-paper\" name=\"paper\">",
        "name=\"picture\" accept=\"image/*\"",
    ] {
        assert!(page.contains(part), "{part} {page}");
    }
    let send = |document: &str, file: &str| {
        let secret = browser.cookie("csrftoken").unwrap_or_default();
        let part = |head: &str, value: &str| {
            format!("--xYz\r\nContent-Disposition: form-data; {head}\r\n\r\n{value}\r\n")
        };
        let body = [
            part("name=\"csrfmiddlewaretoken\"", &secret),
            part("name=\"_method\"", "POST"),
            part("name=\"_content\"", document),
            part(&format!("name=\"paper\"; filename=\"{file}\""), file),
            // An input that nobody filled in is sent without a name.
            part("name=\"picture\"; filename=\"\"", ""),
            "--xYz--\r\n".to_owned(),
        ]
        .concat();
        let kind = "multipart/form-data; boundary=xYz";
        browser.send_body("POST", "/api/documents/", kind, body.into_bytes())
    };
    let made = send("{\"title\": \"Report\"}", "report.txt");
    assert_eq!(made.status, 201, "{}", text(&made));
    assert!(text(&made).contains("/papers/report"), "{}", text(&made));
    for (document, file, said) in [
        ("{\"title\": \"Report\"}", "", "No file was submitted."),
        ("{\"title\": \"Report\"}", "report.exe", "not allowed"),
        ("[]", "report.txt", "Expected a dictionary"),
        ("{", "report.txt", "JSON parse error"),
    ] {
        let refused = send(document, file);
        assert_eq!(refused.status, 400, "{document} {file}");
        assert!(text(&refused).contains(said), "{said} {}", text(&refused));
    }
}

#[test]
fn a_form_of_another_site_changes_nothing() {
    let site = site();
    let browser = person(site.browser());
    browser.log_in("root");
    let forged = browser.send_body(
        "POST",
        "/api/notes/1/",
        "application/x-www-form-urlencoded",
        b"_method=DELETE".to_vec(),
    );
    assert_eq!(forged.status, 403, "{}", text(&forged));
    assert_eq!(browser.get("/api/notes/1/").status, 200);
}

#[test]
fn a_visitor_sees_no_form_for_what_is_not_allowed() {
    let site = site();
    let browser = person(site.browser());
    let refused = browser.get("/api/notes/");
    assert_eq!(refused.status, 401);
    assert!(!text(&refused).contains("<form"), "{}", text(&refused));
    let open = browser.get("/api/tags/");
    assert!(
        open.status == 200
            && text(&open).contains("&lt;Novel&gt;")
            && !text(&open).contains("<form"),
        "{}",
        text(&open)
    );
}

/// A browser never sends a token by itself: nothing is to be forged.
#[test]
fn a_token_needs_no_csrf_and_is_not_logged() {
    let site = site();
    let token = token(&site, "root");
    let browser = site
        .browser()
        .header("Host", "testserver")
        .header("Authorization", &format!("Bearer {token}"));
    let made = browser.send_body(
        "POST",
        "/api/notes/",
        "application/json",
        br#"{"text": "by token"}"#.to_vec(),
    );
    assert_eq!(made.status, 201, "{}", text(&made));
    let log = browser.log().join("\n");
    assert!(!log.contains(&token), "{log}");
}

#[test]
fn the_schema_names_every_entry_and_resolves_its_references() {
    let site = site();
    let browser = site.browser().header("Host", "testserver");
    let answer = browser.get("/schema/");
    assert_eq!(
        (answer.status, header(&answer, "Content-Type")),
        (200, "application/vnd.oai.openapi+json")
    );
    let document: serde_json::Value = serde_json::from_str(text(&answer)).unwrap();
    assert_eq!(document["openapi"], "3.1.0");
    for path in [
        "/api/books/",
        "/api/books/{pk}/",
        "/api/nested/",
        "/api/slow/{pk}/",
    ] {
        assert!(document["paths"][path].is_object(), "{path}");
    }
    assert!(document["paths"]["/api/nested/"]["post"].is_null());
    let shown = &document["components"]["schemas"]["Book"]["properties"];
    assert!(
        shown["secret"].is_null() && shown["added"]["readOnly"] == true,
        "{shown}"
    );
    for part in text(&answer).split("#/components/schemas/").skip(1) {
        let name = part.split('"').next().unwrap();
        assert!(
            document["components"]["schemas"][name].is_object(),
            "{name}"
        );
    }
}

#[test]
fn mistakes_of_an_entry_are_told_with_their_place_and_the_nearest_name() {
    let site = site();
    site.write(
        "urls.toml",
        r#"
[[urls]]
path = "api/books/"
view = "api.model"
model = "library.Book"
fields = ["id", "titel", "author"]
read_only = ["prize"]
search_fields = ["author__nme"]
ordering_fields = ["tilte"]
filter_fields = { price = ["gte", "bigger"] }
permissions = "AllowAnyone"
pagination = "pages"
actions = ["lst"]
throttle = { anon = "often" }
nested = { title = ["id"] }
hyperlinks = { author = "nowhere" }
save = { nobody = 1 }
pagesize = 3
"#,
    );
    let findings = site.read().unwrap_err().into_inner();
    let told: Vec<_> = findings
        .iter()
        .map(|finding| format!("{finding} {:?}", finding.hints))
        .collect();
    let told = told.join("\n");
    for expected in [
        "6:17",
        "titel",
        "did you mean `title`",
        "7:14",
        "prize",
        "8:18",
        "nme",
        "9:20",
        "tilte",
        "bigger",
        "did you mean `AllowAny`",
        "did you mean `page`",
        "did you mean `list`",
        "is not a rate",
        "no url is named `nowhere-detail`",
        "nobody",
        "did you mean `page_size`",
    ] {
        assert!(told.contains(expected), "{expected}\n{told}");
    }
}

/// Each block of TOML in the documentation is read, those of `urls.toml` one by one.
#[test]
fn the_snippets_of_the_documentation_are_read() {
    let document = include_str!("../../../docs/api.md");
    let blocks = document.split("```toml\n").skip(1);
    let blocks: Vec<_> = blocks
        .map(|block| block.split("```").next().unwrap())
        .collect();
    let models = blocks
        .iter()
        .find(|block| block.starts_with("# posts/models.toml"));
    let site = site().replaced("'library']", "'posts']");
    site.write("posts/models.toml", models.unwrap());
    let entries: Vec<_> = blocks
        .iter()
        .filter(|block| block.contains("[[urls]]"))
        .collect();
    assert!(entries.len() > 4, "{}", entries.len());
    for entry in entries {
        site.write("urls.toml", entry);
        if let Err(findings) = site.read() {
            panic!("{entry}\n{:?}", findings.into_inner());
        }
    }
}
