//! The admin of `tests/admin_site/`, which has a model of every kind: each page, and each form sent as it is.

use std::collections::BTreeSet;
use std::path::Path;

use djr::models::read::CLASSES;

use crate::attacks::browser::Browser;
use crate::blog::PASSWORD;
use crate::sites::copied;
use crate::support::Project;
use crate::support::form::{sent_unchanged, unescaped};

/// Columns that saving changes, whatever was sent.
const SET_BY_CLOCK: [&str; 1] = ["updated_at"];

/// Tables that every visit to the admin writes.
const OF_THE_VISIT: [&str; 2] = ["django_admin_log", "django_session"];

/// The project with its rows, the superuser `ada`, and `MANY` events.
#[track_caller]
pub(crate) fn admin_site() -> Project {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/admin_site");
    let project = copied(&source);
    project.djr(["makemigrations"]).success();
    let project = project.migrated().superuser("ada", PASSWORD);
    project.djr(["loaddata", "rows"]).success();
    project
        .database()
        .execute_batch(&project.read("rows.sql"))
        .unwrap();
    project
}

/// The browser of `name`, who is logged in to the admin.
#[track_caller]
pub(crate) fn of_staff(address: &str, name: &str) -> Browser {
    let mut browser = Browser::new(address);
    let fields = [("username", name), ("password", PASSWORD)];
    let answer = browser.submit("/admin/login/", &fields);
    assert_eq!(answer.status, 302, "{}", answer.text());
    browser
}

/// The paths in links of `page` that begin with `start` and end with `end`, each once, in their order.
pub(crate) fn links(page: &str, start: &str, end: &str) -> Vec<String> {
    let mut found = Vec::new();
    for link in page.split("href=\"").skip(1) {
        let link = unescaped(link.split('"').next().unwrap_or_default());
        if link.starts_with(start) && link.ends_with(end) && !found.contains(&link) {
            found.push(link);
        }
    }
    found
}

/// The lists of all models that `browser` may see.
#[track_caller]
pub(crate) fn lists(browser: &mut Browser) -> Vec<String> {
    let index = browser.get("/admin/").text();
    let found = links(&index, "/admin/", "/").into_iter();
    let found =
        found.filter(|link| link.split('/').count() == 5 && !link.contains("password_change"));
    found.collect()
}

/// All rows of all tables that only a form writes, each as text.
fn rows(project: &Project) -> Vec<String> {
    let tables = project.texts("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'djr_%'");
    let tables = tables
        .into_iter()
        .filter(|table| !OF_THE_VISIT.contains(&table.as_str()));
    let rows = tables.flat_map(|table| {
        let columns = project.texts(&format!("SELECT name FROM pragma_table_xinfo('{table}')"));
        let columns = columns
            .into_iter()
            .filter(|column| !SET_BY_CLOCK.contains(&column.as_str()));
        let columns: Vec<_> = columns
            .map(|column| format!("quote(\"{column}\")"))
            .collect();
        let sql = format!(
            "SELECT '{table} ' || {} FROM \"{table}\"",
            columns.join(" || ', ' || ")
        );
        project.texts(&sql)
    });
    let mut rows: Vec<_> = rows.collect();
    rows.sort();
    rows
}

/// The fields that the form at `path` sends as it is.
#[track_caller]
fn form_at(browser: &mut Browser, path: &str) -> Vec<(String, String)> {
    let answer = browser.get(path);
    assert_eq!(answer.status, 200, "{path}\n{}", answer.text());
    sent_unchanged(&answer.text())
}

/// Sends `fields` to `path`, which must accept them.
#[track_caller]
fn send(browser: &mut Browser, path: &str, fields: &[(String, String)]) {
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let answer = browser.post(path, &fields);
    let page = answer.text();
    let shown = page.split("<main").nth(1).unwrap_or_default();
    assert_eq!(answer.status, 302, "{path} {fields:?}\n{shown}");
}

#[test]
fn every_type_of_field_and_every_kind_of_model_is_there() {
    let models = include_str!("../admin_site/catalog/models.toml");
    let missing = CLASSES
        .iter()
        .filter(|class| !models.contains(&format!("type = \"{class}\"")));
    assert_eq!(missing.collect::<Vec<_>>(), Vec::<&&str>::new());
    let mut names: BTreeSet<_> = models
        .lines()
        .filter_map(|line| line.strip_prefix('[')?.strip_suffix(']'))
        .collect();
    names.retain(|name| !name.contains('.') && *name != "Stamped");
    let project = admin_site();
    let server = project.serve();
    let mut ada = of_staff(server.address(), "ada");
    let shown = lists(&mut ada).into_iter().filter_map(|list| {
        Some(
            list.strip_prefix("/admin/catalog/")?
                .trim_end_matches('/')
                .to_owned(),
        )
    });
    let declared = names.iter().map(|name| name.to_lowercase());
    assert_eq!(shown.collect::<BTreeSet<_>>(), declared.collect());
}

#[test]
fn a_form_of_any_model_that_is_sent_as_it_is_changes_nothing() {
    let project = admin_site();
    let server = project.serve();
    let mut ada = of_staff(server.address(), "ada");
    let before = rows(&project);
    let mut sent = 0;
    for list in lists(&mut ada) {
        let page = ada.get(&list);
        assert_eq!(page.status, 200, "{list}\n{}", page.text());
        for change in links(&page.text(), &list, "/change/") {
            for page in ["history/", "delete/", ""] {
                let path = change.replace("change/", page);
                let status = ada.get(&path).status;
                let is_shown = status == 200 || page.is_empty() && status == 302;
                let is_refused = page == "delete/" && change.contains("/seat/") && status == 403;
                assert!(is_shown || is_refused, "{status} {path}");
            }
            if change.contains("/seat/") {
                continue;
            }
            let fields = form_at(&mut ada, &change);
            send(&mut ada, &change, &fields);
            assert_eq!(rows(&project), before, "{change} {fields:?}");
            sent += 1;
        }
    }
    assert!(sent > 30, "{sent}");
    let told = "SELECT DISTINCT change_message FROM django_admin_log WHERE action_flag = 2";
    assert_eq!(project.texts(told), ["[]"]);
}

#[test]
fn a_row_of_any_model_is_deleted_and_added_again_from_what_its_form_showed() {
    let project = admin_site();
    let server = project.serve();
    let mut ada = of_staff(server.address(), "ada");
    let mut added = 0;
    for list in lists(&mut ada) {
        if ["/auth/user/", "/seat/"]
            .iter()
            .any(|other| list.contains(other))
        {
            continue;
        }
        let page = ada.get(&list).text();
        let Some(change) = links(&page, &list, "/change/").pop() else {
            continue;
        };
        let before = project.count(
            &list
                .trim_matches('/')
                .replace("admin/", "")
                .replace('/', "_")
                .replace("catalog_legacy", "legacy_table"),
        );
        let mut fields = form_at(&mut ada, &change);
        fields.retain(|(name, _)| !name.contains("_set-") && !name.starts_with("membership"));
        let delete = change.replace("/change/", "/delete/");
        let token = ada.token(&delete);
        let answer = ada.post(
            &delete,
            &[("csrfmiddlewaretoken", &*token), ("post", "yes")],
        );
        assert!(
            [200, 302].contains(&answer.status),
            "{delete} {}",
            answer.text()
        );
        let is_kept = answer.status == 200;
        if is_kept {
            assert!(
                answer.text().contains("Cannot delete"),
                "{delete} {}",
                answer.text()
            );
            continue;
        }
        let add = format!("{list}add/");
        let shown = form_at(&mut ada, &add);
        let management = shown
            .into_iter()
            .filter(|(name, _)| name.ends_with("_FORMS"));
        fields.extend(management);
        send(&mut ada, &add, &fields);
        let table = list
            .trim_matches('/')
            .replace("admin/", "")
            .replace('/', "_")
            .replace("catalog_legacy", "legacy_table");
        assert_eq!(project.count(&table), before, "{list}");
        added += 1;
    }
    assert!(added >= 12, "{added}");
}

#[test]
fn a_key_of_several_columns_is_shown_and_not_changed() {
    let project = admin_site();
    let server = project.serve();
    let mut ada = of_staff(server.address(), "ada");
    let list = ada.get("/admin/catalog/seat/").text();
    let rows = links(&list, "/admin/catalog/seat/", "/change/");
    assert_eq!(rows.len(), 2, "{list}");
    let page = ada.get(&rows[0]);
    assert_eq!(page.status, 200, "{}", page.text());
    assert!(!page.text().contains("name=\"_save\""), "{}", page.text());
    let token = ada.token("/admin/");
    let sent = [
        ("csrfmiddlewaretoken", &*token),
        ("row", "9"),
        ("number", "9"),
        ("name", "x"),
    ];
    for path in [
        &rows[0],
        &rows[0].replace("/change/", "/delete/"),
        "/admin/catalog/seat/add/",
    ] {
        assert_eq!(ada.post(path, &sent).status, 403, "{path}");
    }
    assert_eq!(project.count("catalog_seat"), 2);
    for other in ["1", "1,2,3", "x,y", "9,9", ","] {
        assert_eq!(
            ada.get(&format!("/admin/catalog/seat/{other}/change/"))
                .status,
            302,
            "{other}"
        );
    }
}

/// Rows of the largest table.
const MANY: usize = 100_000;

#[test]
fn a_list_of_a_hundred_thousand_rows_is_read_in_pages() {
    let project = admin_site();
    let events = format!(
        "WITH RECURSIVE n(i) AS (SELECT 3 UNION ALL SELECT i + 1 FROM n WHERE i < {MANY})
         INSERT INTO catalog_event (id, name, person_id, place_id, status, at)
         SELECT i, 'Event ' || i, 1 + i % 3, 1 + i % 2, CASE WHEN i % 2 THEN 'PB' ELSE 'DF' END, '2026-01-01 10:00:00' FROM n"
    );
    project.database().execute_batch(&events).unwrap();
    let server = project.serve();
    let mut ada = of_staff(server.address(), "ada");
    for (query, first) in [
        ("", "Event 100000"),
        ("?p=2", "Event 99900"),
        ("?status__exact=PB", "Event 99999"),
        ("?q=Event+777", "Event 99777"),
        ("?o=1", "&lt;i&gt;Closing"),
    ] {
        let page = ada.get(&format!("/admin/catalog/event/{query}"));
        assert_eq!(page.status, 200, "{query}");
        let text = page.text();
        let row = text.split("<th scope=\"row\"").nth(1).unwrap_or_default();
        let row = row.split("</th>").next().unwrap_or_default();
        assert!(row.contains(first), "{query}: {row}");
    }
}
