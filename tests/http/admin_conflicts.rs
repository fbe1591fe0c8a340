//! What two people write at once in the admin.

use crate::admin_forms::{LOG, PAGE, post_fields, shown, site, version, with};
use crate::blog::logged_in;

#[test]
fn of_two_editors_the_second_is_shown_both_versions() {
    let project = site();
    let server = project.serve();
    let (mut ada, mut eve) = (logged_in(&server, "ada"), logged_in(&server, "ada"));
    let (first, second) = (
        version(&shown(&mut ada, PAGE)),
        version(&shown(&mut eve, PAGE)),
    );
    let sent = with(post_fields("Of ada", &first), &[("tags", "3")]);
    assert_eq!(ada.submit(PAGE, &sent).status, 302);
    let sent = with(
        post_fields("Of eve", &second),
        &[("body", "Eve wrote this")],
    );
    let answer = eve.submit(PAGE, &sent);
    assert_eq!(answer.status, 200);
    let page = answer.text();
    for expected in [
        "Somebody else changed this meanwhile",
        "name=\"_keep-title\" value=\"theirs\"",
        "Of ada",
        "Of eve",
        "name=\"_keep-tags\"",
        "&lt;Empty&gt;",
        "Eve wrote this",
    ] {
        assert!(page.contains(expected), "{expected}\n{page}");
    }
    let untouched = page
        .split("name=\"_keep-tags\" value=\"theirs\"")
        .nth(1)
        .unwrap();
    assert!(untouched.starts_with(" checked"), "{page}");
    // What she alone changed is not asked for.
    assert!(!page.contains("_keep-body"), "{page}");
    assert_eq!(
        project.texts("SELECT title FROM posts_post WHERE id = 1"),
        ["Of ada"]
    );
    let newer = version(&page);
    let sent = with(
        post_fields("Of eve", &newer),
        &[
            ("body", "Eve wrote this"),
            ("_keep-title", "theirs"),
            ("_keep-tags", "theirs"),
        ],
    );
    let answer = eve.submit(PAGE, &sent);
    assert_eq!(answer.status, 302, "{}", answer.text());
    let row = "SELECT p.title || '/' || body || '/' || group_concat(t.tag_id) FROM posts_post p JOIN posts_post_tags t ON t.post_id = p.id WHERE p.id = 1 GROUP BY p.id";
    assert_eq!(project.texts(row), ["Of ada/Eve wrote this/3"]);
    assert_eq!(
        project.texts(LOG).last().unwrap(),
        r#"[{"changed": {"fields": ["Body"]}}]"#
    );
}

#[test]
fn a_row_of_an_inline_is_not_overwritten_either_and_an_altered_version_shows_all() {
    let project = site();
    let server = project.serve();
    let mut ada = logged_in(&server, "ada");
    let seen = version(&shown(&mut ada, PAGE));
    let sql = "UPDATE posts_comment SET text = 'theirs' WHERE id = 1";
    project.database().execute_batch(sql).unwrap();
    let sent = with(
        post_fields("Post 1", &seen),
        &[("comment_set-0-text", "mine")],
    );
    let page = ada.submit(PAGE, &sent).text();
    let expected = "Comment “theirs on Post 1”: Text";
    assert!(
        page.contains(expected) && page.contains("_keep-comment_set-0-text"),
        "{page}"
    );
    let newer = version(&page);
    let sent = with(
        post_fields("Post 1", &newer),
        &[("comment_set-0-text", "mine")],
    );
    assert_eq!(ada.submit(PAGE, &sent).status, 302);
    assert_eq!(
        project.texts("SELECT text FROM posts_comment WHERE id = 1"),
        ["mine"]
    );
    // A version that was made up is that of nothing: what differs is asked for.
    let sent = with(
        post_fields("New", "{}:x"),
        &[("comment_set-0-text", "mine")],
    );
    let page = ada.submit(PAGE, &sent).text();
    assert!(
        page.contains("_keep-title") && !page.contains("_keep-body"),
        "{page}"
    );
}

#[test]
fn two_who_send_at_the_same_moment_do_not_both_win() {
    let project = site();
    let server = project.serve();
    let browsers = ["Of ada", "Of eve"].map(|title| {
        let mut browser = logged_in(&server, "ada");
        let seen = version(&shown(&mut browser, PAGE));
        (browser, seen, title)
    });
    let threads = browsers.map(|(mut browser, seen, title)| {
        std::thread::spawn(move || browser.submit(PAGE, &post_fields(title, &seen)).status)
    });
    let mut statuses = threads.map(|thread| thread.join().unwrap());
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 302]);
    assert_eq!(project.count("django_admin_log"), 1);
}
