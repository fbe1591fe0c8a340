//! Lists of the admin: filters with counts and ranges, dates, fields that are changed in the list, and what an address may ask for.

use crate::admin::{LOG, allow, shown, site_with, titles};
use crate::attacks::browser::Browser;
use crate::blog::logged_in;
use crate::support::Project;

const ADMIN: &str = r#"
[Post]
list_display = ["title", "status", "price", "author", "reviewer", "published_at"]
list_editable = ["status", "price"]
list_filter = [
    "status",
    { field = "price", filter = "range" },
    { field = "published_at", filter = "range" },
    { field = "reviewer", filter = "isnull" },
    "tags",
    "author__is_staff",
]
search_fields = ["title"]
date_hierarchy = "published_at"
list_per_page = 10
list_max_show_all = 20

[Comment]
list_display = ["text", "post", "approved"]
list_filter = ["approved"]
show_facets = "always"
show_full_result_count = false
preserve_filters = false
sortable_by = ["text"]
list_display_links = []

[Tag]
show_facets = "never"
list_filter = ["name"]
"#;

fn site() -> Project {
    site_with(ADMIN)
}

fn list(browser: &mut Browser, query: &str) -> Vec<String> {
    titles(&shown(browser, &format!("/admin/posts/post/{query}")))
}

/// The address that the list at `query` leads to instead.
fn led_to(browser: &mut Browser, query: &str) -> String {
    let answer = browser.get(&format!("/admin/posts/post/{query}"));
    assert_eq!(answer.status, 302, "{query}");
    answer.header("location").unwrap().to_owned()
}

#[test]
fn filters_tell_how_many_rows_they_leave_and_take_ranges() {
    let project = site();
    let server = project.serve();
    let mut ada = logged_in(&server, "ada");
    let page = shown(&mut ada, "/admin/posts/post/");
    assert!(
        page.contains("Show counts") && !page.contains("class=\"count\""),
        "{page}"
    );
    let page = shown(&mut ada, "/admin/posts/post/?_facets=True");
    for expected in [
        "Published &amp; &lt;seen&gt; <span class=\"count\">(24)</span>",
        "Draft <span class=\"count\">(2)</span>",
        "Rust <span class=\"count\">(3)</span>",
        "Empty <span class=\"count\">(25)</span>",
        "Hide counts",
    ] {
        assert!(page.contains(expected), "{expected}\n{page}");
    }
    // What else was chosen counts, and the choice of the filter itself does not.
    let page = shown(
        &mut ada,
        "/admin/posts/post/?_facets=True&status__exact=DF&q=24",
    );
    assert!(
        page.contains("Draft <span class=\"count\">(1)</span>"),
        "{page}"
    );
    assert!(
        page.contains("&lt;seen&gt; <span class=\"count\">(0)</span>"),
        "{page}"
    );
    assert!(shown(&mut ada, "/admin/posts/comment/").contains("(3)</span>"));
    assert!(!shown(&mut ada, "/admin/posts/tag/?_facets=True").contains("class=\"count\""));
    assert_eq!(
        list(&mut ada, "?price__gte=24&price__lte=24.50"),
        ["Post 24"]
    );
    assert_eq!(list(&mut ada, "?price__lte=1.5&price__gte="), ["Post 1"]);
    assert_eq!(list(&mut ada, "?reviewer__isnull=False"), ["Of Bob"]);
    let days = "?published_at__gte=2025-12-31&published_at__lte=2025-12-31";
    assert_eq!(list(&mut ada, days), ["Of Bob"]);
    assert_eq!(
        led_to(&mut ada, "?price__gte=cheap"),
        "/admin/posts/post/?e=1"
    );
    assert_eq!(
        led_to(&mut ada, "?published_at__lte=2026-02-30"),
        "/admin/posts/post/?e=1"
    );
    let page = shown(
        &mut ada,
        "/admin/posts/post/?price__gte=24&status__exact=PB",
    );
    assert!(
        page.contains("<input type=\"hidden\" name=\"status__exact\" value=\"PB\">"),
        "{page}"
    );
    assert!(
        page.contains("name=\"price__gte\" value=\"24\" step=\"any\""),
        "{page}"
    );
}

#[test]
fn an_address_cannot_ask_for_what_is_not_offered() {
    let project = site();
    let server = project.serve();
    let mut ada = logged_in(&server, "ada");
    // As in Django fields of the model itself can be asked for, and those that a filter leads to.
    assert_eq!(list(&mut ada, "?title__startswith=Of"), ["Of Bob"]);
    assert_eq!(list(&mut ada, "?author__id__exact=2"), ["Of Bob"]);
    assert_eq!(list(&mut ada, "?pk__in=3,4").len(), 2);
    assert_eq!(list(&mut ada, "?author__is_staff__exact=1").len(), 10);
    assert_eq!(list(&mut ada, "?status__exact=XX").len(), 0);
    for refused in [
        "?author__password__startswith=p",
        "?author__username=ada",
        "?author__posts__title=x",
        "?reviewer__email__contains=a",
        "?tags__posts__author__id=1",
        "?comment__text=x",
    ] {
        assert_eq!(
            ada.get(&format!("/admin/posts/post/{refused}")).status,
            400,
            "{refused}"
        );
    }
    for wrong in [
        "?nonsense=1",
        "?id__exact=abc",
        "?title__sounds_like=x",
        "?p=99",
        "?published_at__year=abc",
        "?published_at__year=2026&published_at__month=13",
        "?published_at__year=99999",
    ] {
        assert_eq!(led_to(&mut ada, wrong), "/admin/posts/post/?e=1", "{wrong}");
    }
    assert_eq!(list(&mut ada, "?e=1").len(), 10);
    // A number that is none stands for the first page; rows are sorted by columns alone.
    assert_eq!(list(&mut ada, "?p=x").len(), 10);
    assert_eq!(list(&mut ada, "?o=author__password").len(), 10);
    let comments = shown(&mut ada, "/admin/posts/comment/?o=2");
    assert!(
        !comments.contains("aria-sort") && !comments.contains("<th scope=\"row\""),
        "{comments}"
    );
}

#[test]
fn dates_lead_through_the_rows_in_the_time_zone_of_the_project() {
    let project = site().replaced(
        "debug = true",
        "debug = true\ntime_zone = \"Europe/Vienna\"",
    );
    let server = project.serve();
    let mut ada = logged_in(&server, "ada");
    let links = |page: &str| {
        let (_, rest) = page.split_once("<nav class=\"date-hierarchy\"").unwrap();
        let (nav, _) = rest.split_once("</nav>").unwrap();
        let parts = nav
            .split('>')
            .skip(1)
            .map(|part| part.split('<').next().unwrap().trim());
        parts
            .filter(|part| !part.is_empty())
            .map(ToOwned::to_owned)
            .collect::<Vec<_>>()
    };
    // On the clocks of Vienna the post of the last minutes of 2025 is one of 2026.
    let page = shown(&mut ada, "/admin/posts/post/");
    assert_eq!(
        links(&page),
        ["‹ All dates", "January 2026", "February 2026", "March 2026"]
    );
    let page = shown(
        &mut ada,
        "/admin/posts/post/?published_at__year=2026&published_at__month=1",
    );
    assert_eq!(titles(&page).len(), 9);
    assert_eq!(links(&page)[..3], ["‹ 2026", "January 1", "January 3"]);
    let day = "?published_at__year=2026&published_at__month=1&published_at__day=1";
    let page = shown(&mut ada, &format!("/admin/posts/post/{day}"));
    assert_eq!(titles(&page), ["Of Bob"]);
    assert_eq!(links(&page), ["‹ January 2026", "January 1"]);
    assert!(
        page.contains("?published_at__year=2026&amp;published_at__month=1\""),
        "{page}"
    );
    assert_eq!(list(&mut ada, "?published_at__year=2025").len(), 0);
}

/// What the list at `query` would send if nothing was changed in it, with a token.
fn sent(browser: &mut Browser, query: &str) -> Vec<(String, String)> {
    let page = shown(browser, &format!("/admin/posts/post/{query}"));
    let (_, form) = page.split_once("<form id=\"changelist-form\"").unwrap();
    let (form, _) = form.split_once("</form>").unwrap();
    let attribute = |tag: &str, name: &str| {
        let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
        Some(rest.split_once('"')?.0.to_owned())
    };
    let mut fields = Vec::new();
    for tag in form.split("<input ").skip(1) {
        let tag = format!(" {}", tag.split_once('>').unwrap().0);
        if !tag.contains("type=\"checkbox\"") {
            let value = attribute(&tag, "value").unwrap_or_default();
            fields.push((attribute(&tag, "name").unwrap(), value));
        }
    }
    for select in form.split("<select ").skip(1) {
        let (select, _) = select.split_once("</select>").unwrap();
        let name = attribute(&format!(" {select}"), "name").unwrap();
        let chosen = select
            .split("<option ")
            .find(|option| option.contains(" selected"));
        let value = chosen.and_then(|option| attribute(&format!(" {option}"), "value"));
        fields.push((name, value.unwrap_or_default()));
    }
    fields
}

fn with(fields: &[(String, String)], changes: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut all = fields.to_vec();
    for (name, value) in changes {
        all.retain(|(known, _)| known != name);
        all.push(((*name).to_owned(), (*value).to_owned()));
    }
    all
}

fn post(browser: &mut Browser, query: &str, fields: &[(String, String)]) -> (u16, String) {
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| (&**name, &**value))
        .collect();
    let answer = browser.post(&format!("/admin/posts/post/{query}"), &fields);
    (answer.status, answer.text())
}

#[test]
fn rows_are_changed_in_the_list_with_an_entry_in_the_history_of_each() {
    let project = site();
    let server = project.serve();
    let mut ada = logged_in(&server, "ada");
    let query = "?o=3&status__exact=DF";
    let fields = sent(&mut ada, query);
    assert!(
        fields
            .iter()
            .any(|(name, value)| name == "form-0-price" && value == "24.50"),
        "{fields:?}"
    );
    assert!(
        fields
            .iter()
            .any(|(name, value)| name == "form-0-id" && value == "24"),
        "{fields:?}"
    );
    let save = ("_save", "Save");
    // What is wrong is told at its row, and nothing is saved.
    let wrong = with(
        &fields,
        &[save, ("form-0-price", "much"), ("form-1-price", "7")],
    );
    let (status, page) = post(&mut ada, query, &wrong);
    assert_eq!(status, 200);
    assert!(
        page.contains("Please correct the errors below.") && page.contains("Enter a number."),
        "{page}"
    );
    assert!(
        page.contains("value=\"much\"") && page.contains("value=\"7\""),
        "{page}"
    );
    let right = with(
        &fields,
        &[
            save,
            ("form-0-price", "3.99"),
            ("form-1-price", "7"),
            ("form-1-status", "PB"),
        ],
    );
    assert_eq!(post(&mut ada, query, &right).0, 302);
    assert_eq!(
        project.texts(
            "SELECT price || ' ' || status FROM posts_post WHERE id IN (24, 25) ORDER BY id"
        ),
        ["3.99 DF", "7 PB"]
    );
    assert_eq!(
        project.texts(LOG),
        [
            r#"2 24 Post 24 [{"changed": {"fields": ["Price"]}}]"#,
            r#"2 25 Post 25 [{"changed": {"fields": ["Status", "Price"]}}]"#,
        ]
    );
    let page = shown(&mut ada, &format!("/admin/posts/post/{query}"));
    assert!(
        page.contains("2 posts were changed successfully."),
        "{page}"
    );
    // Nothing changed, nothing told.
    let fields = sent(&mut ada, query);
    assert_eq!(post(&mut ada, query, &with(&fields, &[save])).0, 302);
    assert_eq!(project.count("django_admin_log"), 2);
    // A row that the list does not find cannot be changed through it.
    let other = with(&fields, &[save, ("form-0-id", "1"), ("form-0-price", "1")]);
    assert_eq!(post(&mut ada, query, &other).0, 302);
    assert!(shown(&mut ada, "/admin/posts/post/").contains("Nothing has been saved."));
    assert_eq!(project.count("django_admin_log"), 2);
}

#[test]
fn who_may_only_look_at_rows_changes_none_in_the_list() {
    let project = site();
    allow(&project, "view_post");
    let server = project.serve();
    let (mut ada, mut bob) = (logged_in(&server, "ada"), logged_in(&server, "bob"));
    let fields = sent(&mut ada, "");
    let page = shown(&mut bob, "/admin/posts/post/");
    assert!(
        !page.contains("form-0-price") && !page.contains("_save"),
        "{page}"
    );
    let token = bob.token("/accounts/password_change/");
    let fields = with(
        &fields,
        &[
            ("_save", "Save"),
            ("csrfmiddlewaretoken", &token),
            ("form-0-price", "1"),
        ],
    );
    assert_eq!(post(&mut bob, "", &fields).0, 403);
    allow(&project, "change_post");
    assert!(shown(&mut bob, "/admin/posts/post/").contains("form-0-price"));
    assert_eq!(post(&mut bob, "", &fields).0, 302);
}

#[test]
fn the_form_of_a_row_leads_back_to_the_part_of_the_list() {
    let project = site();
    let server = project.serve();
    let mut ada = logged_in(&server, "ada");
    let page = shown(&mut ada, "/admin/posts/post/?status__exact=DF&q=24");
    let form = "/admin/posts/post/24/change/?_changelist_filters=status__exact%3DDF%26q%3D24";
    assert!(page.contains(&format!("href=\"{form}\"")), "{page}");
    assert!(
        page.contains("/admin/posts/post/add/?_changelist_filters="),
        "{page}"
    );
    let shown_form = shown(&mut ada, form);
    assert!(
        shown_form.contains("/24/delete/?_changelist_filters=status__exact"),
        "{shown_form}"
    );
    let delete = form.replace("change/?", "delete/?");
    let answer = ada.submit(&delete, &[("post", "yes")]);
    assert_eq!(
        answer.header("location").unwrap(),
        "/admin/posts/post/?status__exact=DF&q=24"
    );
    let page = shown(&mut ada, "/admin/posts/comment/?approved__exact=1");
    assert!(!page.contains("_changelist_filters"), "{page}");
}

#[test]
fn all_rows_are_on_one_page_where_they_are_not_too_many() {
    let project = site();
    let server = project.serve();
    let mut ada = logged_in(&server, "ada");
    assert!(!shown(&mut ada, "/admin/posts/post/").contains(">Show all</a>"));
    assert_eq!(list(&mut ada, "?all=").len(), 10);
    let page = shown(
        &mut ada,
        "/admin/posts/post/?author__id__exact=1&price__gte=10",
    );
    assert!(
        page.contains("price__gte=10&amp;all=1\">Show all</a>"),
        "{page}"
    );
    assert_eq!(
        list(&mut ada, "?author__id__exact=1&price__gte=10&all=1").len(),
        16
    );
}

/// How many statements a page took, as the debug panel tells.
fn statements(browser: &mut Browser, path: &str) -> usize {
    let page = shown(browser, path);
    let (before, _) = page.split_once(" queries in ").unwrap();
    let number = before.rsplit(' ').next().unwrap();
    number.parse().unwrap()
}

#[test]
fn a_page_of_many_rows_takes_no_more_statements_than_one_of_few() {
    let project = site();
    let server = project.serve();
    let mut ada = logged_in(&server, "ada");
    let few = statements(&mut ada, "/admin/posts/comment/");
    // The session, the user, the count, the rows with their posts, and the counts of the filter.
    assert!(few <= 5, "{few}");
    let more = "WITH RECURSIVE n(i) AS (SELECT 5 UNION ALL SELECT i + 1 FROM n WHERE i < 90)
        INSERT INTO posts_comment (id, post_id, text, approved) SELECT i, 1 + i % 26, 'text ' || i, 1 FROM n";
    project.database().execute_batch(more).unwrap();
    assert_eq!(statements(&mut ada, "/admin/posts/comment/"), few);
}
