//! Pages for users with a permission, and what pages know of permissions.

use super::test_site::{TestSite, header, text};

fn site() -> TestSite {
    TestSite::new("debug = true")
}

#[test]
fn a_page_with_a_permission_asks_for_a_login_once_and_then_refuses() {
    let site = site();
    let browser = site.browser();
    let asked = browser.get("/write/");
    let login = "/accounts/login/?next=/write/";
    assert_eq!((asked.status, header(&asked, "Location")), (302, login));
    browser.log_in("alice");
    assert_eq!(browser.get("/write/").status, 403);
    let expected = "Forbidden (without the permission `posts.add_post`): /write/";
    assert!(browser.log().iter().any(|line| line == expected));
    site.grant("add_post");
    assert_eq!(text(&browser.get("/write/")), "of alice");
    assert_eq!(browser.get("/edit/").status, 403);
    site.grant("change_post");
    assert_eq!(browser.get("/edit/").status, 200);
}

#[test]
fn a_page_for_the_staff_refuses_others() {
    let site = site();
    let browser = site.browser();
    let asked = browser.get("/staff/");
    let login = "/accounts/login/?next=/staff/";
    assert_eq!((asked.status, header(&asked, "Location")), (302, login));
    browser.log_in("alice");
    assert_eq!(browser.get("/staff/").status, 403);
    let sql = "UPDATE auth_user SET is_staff = 1";
    site.connection().execute(sql, &[]).unwrap();
    assert_eq!(browser.get("/staff/").status, 200);
    assert_eq!(browser.get("/write/").status, 403);
}

#[test]
fn a_superuser_sees_every_page_while_it_is_active() {
    let site = site();
    let browser = site.browser();
    browser.log_in("alice");
    let set = |sql: &str| site.connection().execute(sql, &[]).unwrap();
    set("UPDATE auth_user SET is_superuser = 1");
    assert_eq!(browser.get("/edit/").status, 200);
    assert_eq!(browser.get("/staff/").status, 403);
    set("UPDATE auth_user SET is_active = 0");
    assert_eq!(browser.get("/edit/").status, 302);
}

#[test]
fn a_template_knows_what_its_reader_may_do() {
    let site = site();
    let browser = site.browser();
    let nothing = "False False False False False False False   ";
    assert_eq!(text(&browser.get("/may/")), nothing);
    browser.log_in("alice");
    assert_eq!(text(&browser.get("/may/")), nothing);
    site.grant("add_post");
    assert_eq!(
        text(&browser.get("/may/")),
        "True False True True False True False  posts.add_post editors"
    );
    for sql in [
        "UPDATE auth_user SET is_superuser = 1",
        "DELETE FROM auth_permission WHERE codename != 'add_post'",
    ] {
        site.connection().execute(sql, &[]).unwrap();
    }
    assert_eq!(
        text(&browser.get("/may/")),
        "True True True True True True True shop posts.add_post editors"
    );
}

#[test]
fn a_permission_that_cannot_be_read_is_not_granted() {
    let site = site();
    site.write(
        "templates/may.html",
        "{{ 'posts.add_post' in perms }}{{ perms.posts.add_post }}",
    );
    let browser = site.browser();
    browser.log_in("alice");
    site.grant("add_post");
    site.connection()
        .execute("ALTER TABLE auth_permission RENAME TO lost", &[])
        .unwrap();
    assert_eq!(browser.get("/write/").status, 500);
    assert_eq!(text(&browser.get("/may/")), "FalseFalse");
    assert!(
        browser
            .log()
            .iter()
            .any(|line| line.contains("auth_permission"))
    );
}

#[test]
fn single_methods_of_a_page_ask_for_rights() {
    let site = site();
    let page = "\n[[urls]]\npath = 'act/'\nview = 'redirect'\nurl = '/plain/'\nlogin_required = ['POST']\n\
                permission_required = { DELETE = 'posts.add_post' }\n";
    let part = "\n[[urls]]\npath = 'read/'\nview = 'template'\ntemplate = 'mine.html'\nstaff_required = ['GET']\n";
    site.write(
        "urls.toml",
        &format!("{}{page}{part}", super::test_site::URLS),
    );
    let browser = site.browser();
    let to =
        |answer: &crate::http::Response| (answer.status, header(answer, "Location").to_owned());
    let (plain, login) = (
        (302, "/plain/".to_owned()),
        (302, "/accounts/login/?next=/act/".to_owned()),
    );
    assert_eq!(to(&browser.get("/act/")), plain);
    assert_eq!(to(&browser.submit("/act/", &[])), login);
    assert_eq!(browser.send("OPTIONS", "/read/", &[]).status, 200);
    assert_eq!(browser.send("HEAD", "/read/", &[]).status, 302);
    browser.log_in("alice");
    let token = browser.cookie("csrftoken").unwrap();
    let browser = browser.header("X-CSRFToken", &token);
    assert_eq!(to(&browser.send("POST", "/act/", &[])), plain);
    assert_eq!(browser.send("DELETE", "/act/", &[]).status, 403);
    site.grant("add_post");
    assert_eq!(to(&browser.send("DELETE", "/act/", &[])), plain);
    assert_eq!(browser.send("HEAD", "/read/", &[]).status, 403);
}
