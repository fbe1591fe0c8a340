//! `djr check`, as a user runs it.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::PermissionsExt as _;

use insta::assert_snapshot;

use crate::support::Project;

fn started() -> Project {
    let place = Project::empty();
    place.djr(["startproject", "blog", "."]).success();
    place
}

#[test]
fn finds_nothing_in_a_new_project() {
    let project = started();
    let before = project.names("");
    assert_snapshot!(project.djr(["check"]), @"
    exit code: 0
    ----- stdout -----
    no problems found
    ");
    assert_snapshot!(project.djr(["check", "--json"]), @r#"
    exit code: 0
    ----- stdout -----
    {"schema":1,"result":{"summary":"no problems found","findings":[]}}
    "#);
    assert_eq!(project.names(""), before);
}

#[test]
fn names_all_mistakes_at_once_with_their_places() {
    let project = started()
        .replaced("debug = true", "debgu = true")
        .replaced(
            "\"sessions\", \"messages\", \"static",
            "\"messages\", \"nope\", \"static",
        )
        .replaced("url = \"/static/\"", "url = \"static\"")
        .replaced(
            "trusted_proxies = []",
            "trusted_proxies = [\"10.0.0.0/99\"]",
        );
    fs::set_permissions(project.path(".env"), fs::Permissions::from_mode(0o644)).unwrap();
    assert_snapshot!(project.djr(["check"]), @"
    exit code: 1
    ----- stderr -----
    warning: others can read `.env` (its mode is 644)
    hint: `chmod 600 .env` keeps it for its owner
    error: djr.toml:10:1: unknown key `debgu` in `[project]`
    hint: did you mean `debug`?
    error: djr.toml:20:9: app `admin` needs `sessions` in `project.apps`
    error: djr.toml:20:54: app `nope` is not built in, and the project has no directory `nope`
    hint: `djr startapp nope` makes it
    error: djr.toml:23:27: middleware `sessions` needs the app `sessions` in `project.apps`
    error: djr.toml:49:20: `10.0.0.0/99` is neither an address nor a network
    hint: write `10.0.0.1`, `10.0.0.0/8` or `::1`
    error: djr.toml:63:7: `static.url` cannot be `static`: it begins and ends with `/`, or is `https://`, a host and a path that ends with `/`
    error: found 6 errors and 1 warning
    ");
    assert_eq!(project.djr(["check", "--json"]).code(), Some(1));
}

#[test]
fn names_mistakes_in_every_kind_of_file() {
    let project = started().app("posts");
    let urls = project.read("urls.toml");
    let project = project
        .replaced("login_url = \"login\"", "login_url = \"signin\"")
        .replaced("\"csrf\", ", "\"csfr\", ")
        .file(
            "urls.toml",
            &format!("{urls}\n[[urls]]\npath = \"a/<slugg:b>/\"\nview = \"tempalte\"\n"),
        )
        .file(
            "posts/models.toml",
            "[Post.fields]\ntitle = { type = \"CharFeld\" }\n",
        )
        .file(
            "posts/migrations/0001_initial.toml",
            "[[operations]]\nCreateModle = 3\n",
        )
        .file("templates/home.html", "{% extends \"bse.html\" %}\n")
        .file(
            "templates/about.html",
            "<p>{{ user.username|date:\"Y\" }}\n{% load static %}\n",
        );
    assert_snapshot!(project.djr(["check"]), @r#"
    exit code: 1
    ----- stderr -----
    error: djr.toml:23:49: unknown middleware `csfr`
    hint: did you mean `csrf`?
    error: djr.toml:34:13: no url is named `signin`
    hint: did you mean `signup`?
    hint: `auth.login_url` leads there
    error: posts/migrations/0001_initial.toml:2:1: `CreateModle` is not an operation
    hint: did you mean `CreateModel`?
    error: posts/models.toml:2:18: `CharFeld` is not a type
    hint: did you mean `CharField`?
    error: templates/about.html:1:4: `{{ user.username|date:"Y" }}` is the Django template language; templates here are Jinja
    hint: in Jinja this line is `<p>{{ user.username|date("Y") }}`
    error: templates/about.html:2:1: `{% load static %}` is the Django template language; templates here are Jinja
    hint: in Jinja this line is not needed: remove it
    error: templates/home.html:1:12: there is no template `bse.html`
    hint: did you mean `base.html`?
    error: urls.toml:34:8: unknown converter `slugg`
    hint: did you mean `slug`?
    error: urls.toml:35:8: unknown view `tempalte`
    hint: did you mean `template`?
    error: found 9 errors
    "#);
    project.djr(["check", "--tag", "models"]).exited(1);
    project.djr(["check", "--tag", "security"]).success();
    let templates = project.djr(["check", "--tag", "templates"]).stderr();
    assert!(!templates.contains(".toml"), "{templates}");
}

#[test]
fn names_urls_that_templates_ask_for_in_vain() {
    let project = started().file("templates/a.html", "<a href=\"{{ url('hoem') }}\">\n");
    assert_snapshot!(project.djr(["check"]), @"
    exit code: 1
    ----- stderr -----
    error: templates/a.html:1:17: no url is named `hoem`
    hint: did you mean `home`?
    error: found 1 error
    ");
}

#[test]
fn names_urls_that_do_not_take_the_arguments_of_a_template() {
    let urls = started().read("urls.toml");
    let post = "\n[[urls]]\npath = \"<int:pk>/\"\nname = \"post\"\nview = \"template\"\ntemplate = \"home.html\"\n";
    let wrong = "{{ url('home', 1) }}\n{{ url('post') }}\n{{ url('post', 'x') }}\n{{ url('post', user.id, 2) }}\n\
                 {{ url('post', slug=user.id) }}\n";
    let right = "{{ url('post', 1) }}{{ url('post', pk=user.id) }}{{ url('post', *values) }}{{ url(name, 1) }}";
    let project = started()
        .file("urls.toml", &(urls + post))
        .file("templates/a.html", wrong)
        .file("templates/b.html", right);
    assert_snapshot!(project.djr(["check"]), @"
    exit code: 1
    ----- stderr -----
    error: templates/a.html:1:8: the url `home` takes no arguments, not `1`
    error: templates/a.html:2:8: the url `post` takes the values in `<int:pk>/`, and none are given
    error: templates/a.html:3:8: the url `post` takes the values in `<int:pk>/`, not `x`
    error: templates/a.html:4:8: the url `post` takes the values in `<int:pk>/`, not `user.id`, `2`
    error: templates/a.html:5:8: the url `post` takes the values in `<int:pk>/`, not `slug=user.id`
    error: found 5 errors
    ");
}

#[test]
fn names_migrations_that_lead_nowhere() {
    let migration = "dependencies = [\"posts.0007_lost\"]\noperations = []\n";
    let project = started()
        .app("posts")
        .file("posts/migrations/0001_initial.toml", migration);
    assert_snapshot!(project.djr(["check", "--tag", "migrations"]), @"
    exit code: 1
    ----- stderr -----
    error: posts/migrations/0001_initial.toml:1:17: `posts.0001_initial` depends on `posts.0007_lost`, which does not exist
    error: found 1 error
    ");
}

#[test]
fn looks_no_further_than_a_settings_file_that_cannot_be_read() {
    let project = started().file("djr.toml", "[project]\nname = \napps = [1,,2]\n");
    assert_snapshot!(project.djr(["check"]), @"
    exit code: 1
    ----- stderr -----
    error: djr.toml:2:8: string values must be quoted, expected literal string
    error: djr.toml:3:11: extra comma in array, expected value
    error: found 2 errors
    ");
}

#[test]
fn says_what_to_change_before_a_site_goes_public() {
    let project = started();
    assert_snapshot!(project.djr(["check", "--deploy"]), @r#"
    exit code: 0
    ----- stdout -----
    found 9 warnings and no error
    ----- stderr -----
    warning: `ssl_redirect` is off: pages are served over plain HTTP too
    hint: set `ssl_redirect = true` in `[security]`, unless a proxy in front redirects
    warning: `hsts_seconds` is 0: browsers are not told to stay with HTTPS
    hint: start with `hsts_seconds = 3600` in `[security]`; raise it once all works over HTTPS
    warning: djr.toml:10:9: `debug` is on: errors would show the site's source to everybody
    hint: set `debug = false` in `[project]`, or DJR_PROJECT__DEBUG=false where the site runs
    warning: djr.toml:14:17: `allowed_hosts` is empty: without `debug` the site answers to no host name
    hint: list the names of the site: `allowed_hosts = ["example.com"]`
    warning: djr.toml:36:10: `signup` is on: every visitor may make an account
    hint: set `signup = false` in `[auth]`, unless that is what the site is for
    warning: djr.toml:42:17: `cookie_secure` of sessions is off: the cookie can be read on a plain HTTP connection
    hint: set `cookie_secure = true` in `[sessions]`
    warning: djr.toml:45:17: `cookie_secure` of csrf is off: the cookie can be read on a plain HTTP connection
    hint: set `cookie_secure = true` in `[csrf]`
    warning: djr.toml:55:11: `backend` of mail is not `smtp`: no mail leaves, those to reset a password included
    hint: set `backend = "smtp"` and `host` in `[mail]`; `djr sendtestemail` tries them
    warning: djr.toml:56:16: `default_from` is an address at `localhost`: mail servers refuse it, and nobody can answer
    hint: set `default_from` in `[mail]` to an address of the site's own domain
    "#);
    project
        .djr(["check", "--deploy", "--fail-level", "warning"])
        .exited(1);
    project
        .djr([
            "check",
            "--deploy",
            "--tag",
            "apps",
            "--fail-level",
            "warning",
        ])
        .success();
    let weak = started().file(".env", "DJR_SECRET_KEY=guess\n");
    assert!(
        weak.djr(["check", "--deploy"])
            .stderr()
            .contains("can be guessed")
    );
}

#[test]
fn a_host_a_path_a_header_or_a_cookie_that_cannot_work_is_found_with_its_line() {
    let project = Project::new()
        .setting("[sessions]\ncookie_name = \"a b\"\ncookie_samesite = \"None\"\ncookie_path = \"x\"")
        .setting("[csrf]\ncookie_name = \"messages\"\nheader_name = \"HTTP_X_CSRFTOKEN\"\ntrusted_origins = [\"https://a_b\"]")
        .setting("[security]\nssl_host = \"https://a.example\"")
        .setting("[static]\nroot = \"\"\nurl = \"https://cdn.example.com\"")
        .setting("[site]\ndomain = \"https://example.com\"")
        .replaced("debug = true", "debug = true\nallowed_hosts = [\"*.example.com\"]");
    let checked = project.djr(["check"]).exited(1).stderr().clone();
    for part in [
        "`project.allowed_hosts` cannot have `*.example.com`: `.example.com` is how",
        "`sessions.cookie_name` cannot be `a b`",
        "`sessions.cookie_samesite` is `None` and `sessions.cookie_secure` is off",
        "`sessions.cookie_path` cannot be `x`",
        "two cookies cannot both be called `messages`",
        "`csrf.header_name` cannot be `HTTP_X_CSRFTOKEN`: that is how Django writes the header `X-CSRFTOKEN`",
        "`https://a_b` is not an origin",
        "`security.ssl_host` cannot be `https://a.example`: a host is named without a scheme",
        "`static.root` must be a path",
        "`static.url` cannot be `https://cdn.example.com`",
        "`site.domain` is not a host: a host is named without a scheme",
    ] {
        let line = checked.lines().find(|line| line.contains(part));
        let line = line.unwrap_or_else(|| panic!("{part}\n{checked}"));
        assert!(line.starts_with("error: djr.toml:"), "{line}");
    }
}

#[test]
fn a_site_that_would_answer_to_no_host_does_not_start() {
    let project = started().env("DJR_PROJECT__DEBUG", "false");
    for command in ["runserver", "up"] {
        let refused = project.djr([command, "0"]).exited(1);
        let stderr = refused.stderr();
        assert!(
            stderr.contains("the site would answer to no host name"),
            "{stderr}"
        );
        assert!(
            stderr.contains("hint: list the names of the site"),
            "{stderr}"
        );
    }
    assert!(!project.path("db.sqlite3").exists());
}

#[test]
fn variables_of_an_orchestrator_do_not_stop_a_command() {
    let project = started()
        .env("DJR_PORT", "tcp://10.0.0.1:80")
        .env("DJR_SERVICE_HOST", "10.0.0.1")
        .env("DJR_PORT_80_TCP_ADDR", "10.0.0.1")
        .env("PORT", "");
    project.djr(["check"]).success();
}

#[test]
fn a_variable_that_is_not_utf8_is_an_error_that_names_it() {
    let latin1 = OsStr::from_bytes(b"caf\xe9");
    for name in [
        "DJR_SECRET_KEY",
        "DJR_SUPERUSER_PASSWORD",
        "DJANGO_SUPERUSER_PASSWORD",
        "DJR_MAIL__PASSWORD",
    ] {
        let project = Project::new();
        let refused = project.command(["check"]).env(name, latin1).run().exited(1);
        let expected = format!("error: environment variable {name}: `{name}` is not UTF-8\n");
        assert!(refused.stderr().contains(&expected), "{}", refused.stderr());
    }
    let project = started();
    project
        .command(["check"])
        .env("OTHER", latin1)
        .run()
        .success();
}

#[test]
fn a_lock_timeout_has_a_range() {
    let project = Project::new();
    let refused = project
        .djr(["migrate", "--lock-timeout", "18446744073709551615"])
        .exited(2);
    assert!(refused.stderr().contains("86400"), "{}", refused.stderr());
    project
        .djr(["migrate", "--lock-timeout", "86400"])
        .success();
}

#[test]
fn finds_nothing_in_a_site_that_is_ready_to_go_public() {
    let project = started()
        .replaced("debug = true", "debug = false")
        .replaced("allowed_hosts = []", "allowed_hosts = [\"example.com\"]")
        .replaced("cookie_secure = false", "cookie_secure = true")
        .replaced("# ssl_redirect = true", "ssl_redirect = true")
        .replaced(
            "# hsts_seconds = 3600",
            "hsts_seconds = 3600\nhsts_include_subdomains = true\nhsts_preload = true",
        )
        .replaced("backend = \"console\"", "backend = \"smtp\"")
        .replaced("webmaster@localhost", "site@example.com")
        .replaced("signup = true", "signup = false");
    assert_snapshot!(project.djr(["check", "--deploy"]), @"
    exit code: 0
    ----- stdout -----
    no problems found
    ");
}

#[test]
fn checks_only_the_parts_that_are_asked_for() {
    let project = started().replaced("debug = true", "debgu = true");
    project.djr(["check", "--tag", "staticfiles"]).success();
    project
        .djr(["check", "--tag", "staticfiles", "--tag", "settings"])
        .exited(1);
    assert_snapshot!(project.djr(["check", "--list-tags"]), @"
    exit code: 0
    ----- stdout -----
    settings     djr.toml, .env and the environment
    apps         the installed apps and what they need of each other
    models       models.toml of the apps, and the model of a user
    migrations   the migrations of the apps, and what they depend on
    urls         urls.toml, forms.toml, views and middleware
    templates    the templates of the project and of the apps
    security     what keeps the site and its users safe
    mail         how mail leaves
    staticfiles  where static files come from and go to
    ");
    assert_snapshot!(project.djr(["check", "--tag", "stattings"]), @"
    exit code: 2
    ----- stderr -----
    error: `--tag <TAG>` cannot be `stattings`
    hint: did you mean `settings`?
    ");
}

#[test]
fn misses_the_secret_key() {
    let project = started().file(".env", "");
    let transcript = project.djr(["check"]).exited(1).to_string();
    let (before, line) = transcript.split_once("DJR_SECRET_KEY=").unwrap();
    let (line, after) = line.split_at(50);
    assert_snapshot!(format!("{before}[LINE]{after}"), @"
    exit code: 1
    ----- stderr -----
    error: there is no secret key: `DJR_SECRET_KEY` is not set
    hint: this line in `.env` sets a new one: [LINE]
    error: found 1 error
    ");
    project.write(".env", &format!("DJR_SECRET_KEY={line}\n"));
    project.djr(["check"]).success();
}

#[test]
fn names_permissions_that_no_model_has() {
    let project = started();
    let urls = project.read("urls.toml");
    let project = project.file(
        "urls.toml",
        &format!(
            "{urls}\n[[urls]]\npath = 'a/'\nview = 'template'\ntemplate = 'home.html'\npermission_required = ['auth.add_usr', 'auth.add_user']\n"
        ),
    );
    assert_snapshot!(project.djr(["check"]), @"
    exit code: 0
    ----- stdout -----
    found 1 warning and no error
    ----- stderr -----
    warning: urls.toml:33:24: no model has the permission `auth.add_usr`
    hint: did you mean `auth.add_user`?
    ");
}

#[test]
fn names_methods_that_a_page_never_answers_and_rights_are_asked_for() {
    let project = started();
    let urls = project.read("urls.toml");
    let page = "\n[[urls]]\npath = 'a/'\nview = 'template'\ntemplate = 'home.html'\n\
                login_required = ['HEAD', 'OPTIONS']\npermission_required = { PUT = 'auth.add_user' }\n";
    let include = "include = \"auth.urls\"\n";
    assert!(urls.contains(include), "{urls}");
    let urls = urls.replace(include, &format!("{include}staff_required = ['DELETE']\n"));
    let project = project.file("urls.toml", &format!("{urls}{page}"));
    let told = project.djr(["check"]).to_string();
    assert_eq!(told.matches("warning: ").count(), 2, "{told}");
    for line in [
        "nothing here answers PUT\nhint: the page answers GET, HEAD, OPTIONS",
        "nothing here answers DELETE\nhint: the page answers ",
    ] {
        assert!(told.contains(line), "{told}");
    }
}

#[test]
fn files_of_visitors_lie_where_nothing_else_does() {
    for (setting, told) in [
        ("[media]\nroot = \".\"", "holds `db.sqlite3`"),
        (
            "[media]\nroot = \"static/../media/..\"",
            "holds `db.sqlite3`",
        ),
        ("[media]\nroot = \"static/files\"", "overlaps `static`"),
        (
            "[media]\nroot = \"./staticfiles\"",
            "overlaps `staticfiles`",
        ),
        ("[media]\nurl = \"/static/\"", "are both `/static/`"),
    ] {
        let project = started().setting(setting);
        let stderr = project.djr(["check"]).stderr();
        let is_told = stderr.contains(told) && stderr.contains("djr.toml:");
        assert!(is_told, "{setting}\n{stderr}");
    }
}
