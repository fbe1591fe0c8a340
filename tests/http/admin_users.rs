//! The pages of users in the admin: who adds them, sets their passwords, and what nobody can give away.

use crate::attacks::browser::Browser;
use crate::blog::{PASSWORD, POST_PAGES, blog, logged_in};
use crate::support::Project;

const NEW: &str = "quite another passphrase 8";

fn site() -> Project {
    let urls = "[[urls]]\npath = \"admin/\"\ninclude = \"admin.urls\"\n";
    let templates = [("list.html", "list"), ("detail.html", "{{ object }}")];
    let project = blog(&[POST_PAGES, urls].concat(), &templates);
    let sql = "UPDATE auth_user SET is_superuser = 1, is_staff = 1 WHERE username = 'ada';
        UPDATE auth_user SET is_staff = 1 WHERE username = 'bob'";
    project.database().execute_batch(sql).unwrap();
    project
}

/// Gives `bob` the permissions of these code names.
fn allow(project: &Project, codenames: &[&str]) {
    for codename in codenames {
        let sql = format!(
            "INSERT INTO auth_user_user_permissions (user_id, permission_id)
             SELECT u.id, p.id FROM auth_user u, auth_permission p WHERE u.username = 'bob' AND p.codename = '{codename}'"
        );
        project.database().execute_batch(&sql).unwrap();
    }
}

fn key(project: &Project, table: &str, condition: &str) -> String {
    let sql = format!("SELECT CAST(id AS TEXT) FROM {table} WHERE {condition}");
    project.texts(&sql).remove(0)
}

#[track_caller]
fn page(browser: &mut Browser, path: &str) -> String {
    let answer = browser.get(path);
    assert_eq!(answer.status, 200, "{path}\n{}", answer.text());
    answer.text()
}

#[test]
fn a_user_is_added_with_a_password_and_logs_in_by_it() {
    let project = site();
    let server = project.serve();
    let mut ada = logged_in(&server, "ada");
    let add = "/admin/auth/user/add/";
    assert!(page(&mut ada, add).contains("Password-based authentication"));
    let sent = |name: &'static str, first: &'static str, second: &'static str| {
        [
            ("username", name),
            ("usable_password", "true"),
            ("password1", first),
            ("password2", second),
        ]
    };
    for (fields, told) in [
        (
            sent("eve", NEW, "other"),
            "two password fields didn’t match",
        ),
        (sent("eve", "", ""), "This field is required."),
        (sent("eve", "12345678", "12345678"), "entirely numeric"),
        (sent("bob", NEW, NEW), "That username is taken."),
    ] {
        let answer = ada.submit(add, &fields);
        assert_eq!(answer.status, 200);
        assert!(answer.text().contains(told), "{told}\n{}", answer.text());
    }
    let answer = ada.submit(add, &sent("eve", NEW, NEW));
    let eve = key(&project, "auth_user", "username = 'eve'");
    let change = format!("/admin/auth/user/{eve}/change/");
    assert_eq!(answer.header("location").unwrap(), change);
    let form = page(&mut ada, &change);
    assert!(form.contains("<strong>algorithm</strong>"), "{form}");
    assert!(form.contains("../password/") || form.contains(&format!("/{eve}/password/")));
    assert!(
        !form.contains(&project.texts("SELECT password FROM auth_user WHERE username = 'eve'")[0])
    );
    assert_eq!(
        Browser::new(server.address()).log_in("eve", NEW).status,
        302
    );
    let none = [("username", "sso"), ("usable_password", "false")];
    assert_eq!(ada.submit(add, &none).status, 302);
    let hashes =
        project.texts("SELECT substr(password, 1, 1) FROM auth_user WHERE username = 'sso'");
    assert_eq!(hashes, ["!"]);
    let log = project
        .texts("SELECT object_repr || ' ' || change_message FROM django_admin_log ORDER BY id");
    assert_eq!(log, [r#"eve [{"added": {}}]"#, r#"sso [{"added": {}}]"#]);
}

#[test]
fn a_password_is_set_in_a_form_of_its_own_and_who_sets_it_stays() {
    let project = site();
    let server = project.serve();
    let mut ada = logged_in(&server, "ada");
    let own = format!(
        "/admin/auth/user/{}/password/",
        key(&project, "auth_user", "username = 'ada'")
    );
    let passwords = [
        ("password1", NEW),
        ("password2", NEW),
        ("usable_password", "true"),
    ];
    assert_eq!(ada.submit(&own, &passwords).status, 302);
    assert!(page(&mut ada, "/admin/").contains("Password changed successfully."));
    assert_eq!(
        Browser::new(server.address())
            .log_in("ada", PASSWORD)
            .status,
        200
    );
    let bob = key(&project, "auth_user", "username = 'bob'");
    let of_bob = format!("/admin/auth/user/{bob}/password/");
    let disabled = [("usable_password", "false")];
    let answer = ada.submit(&of_bob, &disabled);
    assert_eq!(answer.header("location").unwrap(), of_bob);
    assert!(page(&mut ada, &of_bob).contains("Conflicting form data"));
    let disabled = [("usable_password", "false"), ("unset-password", "")];
    assert_eq!(ada.submit(&of_bob, &disabled).status, 302);
    assert_eq!(
        Browser::new(server.address())
            .log_in("bob", PASSWORD)
            .status,
        200
    );
    assert!(page(&mut ada, &of_bob).contains("Set password: bob"));
    let history = page(&mut ada, &format!("/admin/auth/user/{bob}/history/"));
    assert!(history.contains("Changed password."), "{history}");
}

#[test]
fn nobody_makes_somebody_more_than_they_are() {
    let project = site();
    allow(
        &project,
        &["change_user", "view_user", "change_group", "view_tag"],
    );
    let sql = "INSERT INTO auth_group (id, name) VALUES (1, 'writers');
        INSERT INTO auth_group_permissions (group_id, permission_id) SELECT 1, id FROM auth_permission WHERE codename = 'add_post'";
    project.database().execute_batch(sql).unwrap();
    let server = project.serve();
    let mut bob = logged_in(&server, "bob");
    let id = |name: &str| key(&project, "auth_user", &format!("username = '{name}'"));
    let own = format!("/admin/auth/user/{}/change/", id("bob"));
    let known = key(&project, "auth_permission", "codename = 'view_tag'");
    let other = key(&project, "auth_permission", "codename = 'delete_user'");
    let user = |more: (&'static str, String)| {
        let fields = [
            ("username", "bob".to_owned()),
            ("is_active", "on".to_owned()),
            ("is_staff", "on".to_owned()),
        ];
        fields.into_iter().chain([more]).collect::<Vec<_>>()
    };
    let send = |bob: &mut Browser, path: &str, fields: &[(&str, String)]| {
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| (*name, &**value))
            .collect();
        bob.submit(path, &fields)
    };
    for refused in [
        ("is_superuser", "on".to_owned()),
        ("user_permissions", other.clone()),
        ("groups", "1".to_owned()),
    ] {
        let name = refused.0;
        let answer = send(&mut bob, &own, &user(refused));
        assert_eq!(answer.status, 200, "{name}");
        assert!(answer.text().contains("nly "), "{name}\n{}", answer.text());
    }
    assert_eq!(project.count("auth_user_groups"), 0);
    let group = [("name", "writers".to_owned()), ("permissions", other)];
    let answer = send(&mut bob, "/admin/auth/group/1/change/", &group);
    assert!(
        answer
            .text()
            .contains("permissions that you have yourself: auth.delete_user"),
        "{}",
        answer.text()
    );
    // A superuser's form is shown and not changed.
    let ada = id("ada");
    let form = page(&mut bob, &format!("/admin/auth/user/{ada}/change/"));
    assert!(!form.contains("name=\"username\""), "{form}");
    assert_eq!(
        bob.get(&format!("/admin/auth/user/{ada}/password/")).status,
        403
    );
    // What one has may be given.
    assert_eq!(
        send(&mut bob, &own, &user(("user_permissions", known))).status,
        302
    );
    assert_eq!(
        project.texts("SELECT username FROM auth_user WHERE is_superuser"),
        ["ada"]
    );
    // Who adds users needs the permission to change them, too.
    assert_eq!(bob.get("/admin/auth/user/add/").status, 403);
}

#[test]
fn a_deletion_names_what_goes_and_what_it_lacks() {
    let project = site();
    allow(&project, &["delete_post", "view_post"]);
    let server = project.serve();
    let mut ada = logged_in(&server, "ada");
    let tree = page(&mut ada, "/admin/posts/post/1/delete/");
    assert!(
        tree.contains("Comment: <a href=\"/admin/posts/comment/1/change/\">"),
        "{tree}"
    );
    // Comments go with the post, and bob may not delete those.
    let mut bob = logged_in(&server, "bob");
    let lacking = page(&mut bob, "/admin/posts/post/1/delete/");
    assert!(
        lacking.contains("permission to delete the following types of objects"),
        "{lacking}"
    );
    assert!(lacking.contains("<li>comment</li>"), "{lacking}");
    assert_eq!(
        bob.submit("/admin/posts/post/3/delete/", &[("post", "yes")])
            .status,
        302
    );
    let token = bob.cookie("csrftoken").unwrap_or_default().to_owned();
    let sent = [("csrfmiddlewaretoken", &*token), ("post", "yes")];
    assert_eq!(bob.post("/admin/posts/post/1/delete/", &sent).status, 403);
    assert_eq!(project.count("posts_comment"), 4);
    let many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
        INSERT INTO posts_comment (post_id, text, approved) SELECT 1, 'more', 1 FROM n";
    project.database().execute_batch(many).unwrap();
    let tree = page(&mut ada, "/admin/posts/post/1/delete/");
    assert!(
        tree.contains("and 903 more") && tree.contains("Comments: 1003"),
        "{tree}"
    );
    let links = tree.matches("Comment: <a href=\"/admin/posts/comment/");
    assert_eq!(links.count(), 100);
}
