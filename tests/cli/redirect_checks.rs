//! `djr check` follows redirects: they must arrive, and not where they began.

use insta::assert_snapshot;

use crate::support::Project;

/// A new project with these entries before its own, and `auth` in place of its `login_redirect_url`.
fn project(auth: &str, entries: &str) -> Project {
    let project = Project::empty();
    project.djr(["startproject", "blog", "."]).success();
    let urls = project.read("urls.toml");
    let project = project.file("urls.toml", &format!("{entries}\n{urls}"));
    project.replaced("login_redirect_url = \"/\"", auth)
}

const LOGIN: &str =
    "[[urls]]\npath = \"accounts/login/\"\nname = \"login\"\nview = \"auth.login\"\n";

#[test]
fn a_login_that_leads_to_itself_is_told() {
    let same = project("login_redirect_url = \"login\"", "");
    assert_snapshot!(same.djr(["check"]), @"
    exit code: 0
    ----- stdout -----
    found 1 warning and no error
    ----- stderr -----
    warning: djr.toml:35:22: after the form of `/accounts/login/` the same form is shown
    hint: `auth.login_redirect_url` leads there
    ");
    let entry = format!("{LOGIN}redirect_authenticated_user = true\n");
    let endless = project("login_redirect_url = \"/accounts/login\"", &entry);
    assert_snapshot!(endless.djr(["check"]), @"
    exit code: 1
    ----- stderr -----
    error: djr.toml:35:22: `/accounts/login/` redirects one who is logged in to `/accounts/login/`, without end
    hint: `auth.login_redirect_url` leads there
    error: found 1 error
    ");
    let of_its_own = format!("{entry}next_page = \"login\"\n");
    let endless = project("login_redirect_url = \"home\"", &of_its_own);
    assert_snapshot!(endless.djr(["check"]), @"
    exit code: 1
    ----- stderr -----
    error: urls.toml:4:8: `/accounts/login/` redirects one who is logged in to `/accounts/login/`, without end
    error: found 1 error
    ");
}

#[test]
fn pages_that_lead_back_are_told_once() {
    let entries = "[[urls]]\npath = \"a/\"\nname = \"a\"\nview = \"redirect\"\npattern_name = \"b\"\n\
                   [[urls]]\npath = \"b/\"\nname = \"b\"\nview = \"redirect\"\nurl = \"/a/?again=1#top\"\n";
    let circle = project("login_redirect_url = \"a\"", entries);
    assert_snapshot!(circle.djr(["check"]), @"
    exit code: 1
    ----- stderr -----
    error: urls.toml:4:8: `/a/` redirects one who is logged in to `/b/`, then to `/a/`, without end
    error: found 1 error
    ");
    let entry = format!("{LOGIN}login_required = true\n");
    let closed = project("login_redirect_url = \"home\"", &entry);
    assert_snapshot!(closed.djr(["check"]), @"
    exit code: 1
    ----- stderr -----
    error: djr.toml:34:13: `/accounts/login/` redirects one who is not logged in to `/accounts/login/`, without end
    hint: `auth.login_url` leads there
    error: found 1 error
    ");
}

#[test]
fn a_redirect_to_what_answers_only_post_is_told() {
    let entry = "[[urls]]\npath = \"accounts/password_change/\"\nname = \"password_change\"\n\
                 view = \"auth.password_change\"\nsuccess_url = \"logout\"\n";
    let closed = project("login_redirect_url = \"logout\"", entry);
    assert_snapshot!(closed.djr(["check"]), @"
    exit code: 1
    ----- stderr -----
    error: djr.toml:35:22: a redirect leads to `/accounts/logout/`, which does not answer GET
    hint: `auth.login_redirect_url` leads there
    error: urls.toml:4:8: a redirect leads to `/accounts/logout/`, which does not answer GET
    error: found 2 errors
    ");
}

#[test]
fn a_logout_may_lead_to_the_login_and_a_form_to_itself() {
    let entry = "[[urls]]\npath = \"accounts/password_change/\"\nname = \"password_change\"\n\
                 view = \"auth.password_change\"\nsuccess_url = \"password_change\"\n";
    let auth =
        "login_redirect_url = \"https://example.com/login\"\nlogout_redirect_url = \"login\"";
    project(auth, entry).djr(["check"]).success();
}

#[test]
fn a_redirect_to_a_url_that_takes_other_arguments_is_told() {
    let entries = "[[urls]]\npath = \"posts/<int:pk>/\"\nname = \"post\"\nview = \"template\"\ntemplate = \"home.html\"\n\
                   [[urls]]\npath = \"old/<int:id>/\"\nview = \"redirect\"\npattern_name = \"post\"\n\
                   [[urls]]\npath = \"older/<int:pk>/\"\nview = \"redirect\"\npattern_name = \"post\"\n\
                   [[urls]]\npath = \"latest/\"\nview = \"redirect\"\npattern_name = \"post\"\n";
    let wrong = project("login_redirect_url = \"post\"", entries);
    assert_snapshot!(wrong.djr(["check"]), @"
    exit code: 1
    ----- stderr -----
    error: djr.toml:35:22: the url `post` takes the values in `posts/<int:pk>/`, and none are given
    hint: `auth.login_redirect_url` leads there
    error: urls.toml:8:8: the url `post` takes the values in `posts/<int:pk>/`, not `id=...`
    error: urls.toml:16:8: the url `post` takes the values in `posts/<int:pk>/`, and none are given
    error: found 3 errors
    ");
}
