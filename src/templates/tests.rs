//! Templates as a page meets them.

use std::fs;
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use tempfile::TempDir;

use super::value::{Object, Value};
use super::{
    CheckCalls, Context, TemplateFunctions, TemplateSources, TemplateType, Templates, UrlCall,
    attribute_tests,
};
use crate::apps::{App, AppLabel, AppSource, Apps};
use crate::clock::Zone;
use crate::diagnostic::Finding;
use crate::models::ModelKey;
use crate::templates::functions::fragment_tests::fragments;

pub(super) fn templates(files: &[(&str, &str)]) -> (TempDir, Templates) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let functions = TemplateFunctions {
        url: Box::new(|name, args, kwargs| match name {
            "post" => Ok(format!("/posts/{}/{}", args.join("/"), kwargs.len())),
            _ => Err(format!("no url is named `{name}`")),
        }),
        static_url: Arc::new(|path| format!("/static/{path}")),
        static_prefix: "/static/".to_owned(),
        media_prefix: "/media/".to_owned(),
        fragments: fragments(),
    };
    let sources = TemplateSources::new(vec![folder.path().to_owned()], &Apps::default());
    let templates = Templates::new(sources, &Zone::utc(), functions);
    (folder, templates.noting_undefined(true))
}

fn render(text: &str, context: Context) -> String {
    let (_folder, templates) = templates(&[("a.html", text)]);
    templates.render("a.html", context).unwrap().0
}

#[test]
fn escapes_as_django_and_leaves_slashes() {
    let context = Context::default().with("a", "<a href='/x'>\"&");
    let escaped = "&lt;a href=&#x27;/x&#x27;&gt;&quot;&amp;";
    assert_eq!(
        render("{{ a }}|{{ a|e }}|{{ a|safe }}", context),
        format!("{escaped}|{escaped}|<a href='/x'>\"&")
    );
}

#[test]
fn text_files_are_not_escaped() {
    let (_folder, templates) = templates(&[("a.txt", "{{ a }}"), ("a.svg", "{{ a }}")]);
    let context = || Context::default().with("a", "<&>");
    assert_eq!(templates.render("a.txt", context()).unwrap().0, "<&>");
    assert_eq!(
        templates.render("a.svg", context()).unwrap().0,
        "&lt;&amp;&gt;"
    );
}

#[test]
fn writes_values_as_django_does() {
    let context = Context::default()
        .with("yes", true)
        .with("none", ())
        .with("n", 3);
    assert_eq!(
        render(
            "{{ yes }} {{ none }} {{ n }} {{ missing }}{{ a.b }}|",
            context
        ),
        "True None 3 |"
    );
}

#[test]
fn calls_functions_of_the_project() {
    let text = "{{ url('post', 3, pk=4) }} {{ static('a.css') }} {{ t|date('Y') }}{{ x|date }}";
    let context = Context::default().with("t", 1_700_000_000);
    assert_eq!(render(text, context), "/posts/3/1 /static/a.css 2023");
}

#[test]
fn a_template_builds_on_others() {
    let files = [
        ("base.html", "<h1>{% block title %}Base{% endblock %}</h1>"),
        (
            "deep/page.html",
            "{% extends 'base.html' %}{% block title %}{{ super() }} Page{% endblock %}",
        ),
    ];
    let (_folder, templates) = templates(&files);
    let page = templates
        .render("deep/page.html", Context::default())
        .unwrap()
        .0;
    assert_eq!(page, "<h1>Base Page</h1>");
}

#[test]
fn an_error_shows_the_line_of_the_included_template() {
    let files = [
        ("page.html", "<p>\n{% include 'part.html' %}"),
        ("part.html", "one\n  {{ url('psot') }}\nthree"),
    ];
    let (folder, templates) = templates(&files);
    let error = templates
        .render("page.html", Context::default())
        .unwrap_err();
    let excerpt = error.excerpt.unwrap();
    assert_eq!(error.message, "no url is named `psot`");
    assert_eq!(excerpt.location.path, folder.path().join("part.html"));
    assert_eq!((excerpt.location.line, excerpt.location.column), (2, 6));
    assert_eq!(excerpt.lines[1], (2, "  {{ url('psot') }}".to_owned()));
}

#[test]
fn names_that_nobody_defined_are_told_with_their_place() {
    let files = [
        (
            "base.html",
            "{% if user_agent %}x{% endif %}{% block b %}{% endblock %}",
        ),
        (
            "page.html",
            "{% extends 'base.html' %}{% block b %}\n {{ titel }}{{ a|default('x') }}{% if c is defined %}{% endif %}{{ range(1) }}{% endblock %}",
        ),
    ];
    let (folder, templates) = templates(&files);
    let (_, undefined) = templates
        .render("page.html", Context::default().with("title", "x"))
        .unwrap();
    let mut told: Vec<_> = undefined
        .iter()
        .map(|undefined| {
            let location = undefined.location.clone().unwrap();
            let path = location
                .path
                .strip_prefix(folder.path())
                .unwrap()
                .display()
                .to_string();
            format!(
                "{path}:{}:{} {}",
                location.line, location.column, undefined.name
            )
        })
        .collect();
    told.sort();
    assert_eq!(told, ["base.html:1:7 user_agent", "page.html:2:5 titel"]);
}

#[test]
fn a_form_of_the_django_language_is_answered_in_jinja() {
    let (_folder, templates) = templates(&[("a.html", "<form>\n{% csrf_token %}\n")]);
    let error = templates.render("a.html", Context::default()).unwrap_err();
    assert!(
        error
            .message
            .starts_with("`{% csrf_token %}` is the Django template language"),
        "{error}"
    );
    assert_eq!(error.hints, ["in Jinja this line is `{{ csrf_input }}`"]);
    assert_eq!(error.excerpt.unwrap().location.line, 2);
}

#[test]
fn checks_every_template_at_once() {
    let files = [
        ("a.html", "{% load static %}\n{{ x|date:\"Y\" }}"),
        ("b.html", "{% if %}"),
        (
            "c.html",
            "{% extends 'bsae.html' %}{{ url('psot') }}{% include 'x' ignore missing %}",
        ),
        ("d.html", "{{ url('post') }}"),
        ("picture.png", "{% if %}"),
    ];
    let (folder, templates) = templates(&files);
    let found: Vec<_> = templates
        .check(&Calls)
        .iter()
        .map(|finding| {
            let text = finding.to_string();
            text.replace(&format!("{}/", folder.path().display()), "")
        })
        .collect();
    assert_eq!(found.len(), 5, "{found:#?}");
    assert!(
        found[0].starts_with("a.html:1:1: `{% load static %}` is the Django"),
        "{found:#?}"
    );
    assert!(
        found[1].starts_with("a.html:2:1: `{{ x|date:\"Y\" }}` is the Django"),
        "{found:#?}"
    );
    assert!(found[2].starts_with("b.html:1:"), "{found:#?}");
    assert_eq!(found[3], "c.html:1:12: there is no template `bsae.html`");
    assert_eq!(found[4], "c.html:1:33: no url is named `psot`");
}

/// A project with one url and one static file.
pub(super) struct Calls;

impl CheckCalls for Calls {
    fn handed_to(&self, template: &str) -> Vec<(String, TemplateType)> {
        attribute_tests::handed_to(template)
    }

    fn is_handed(&self, name: &str) -> bool {
        name == "handed"
    }

    fn attribute(&self, model: &ModelKey, name: &str) -> Option<TemplateType> {
        attribute_tests::attribute(model, name)
    }

    fn attributes(&self, model: &ModelKey) -> Vec<String> {
        attribute_tests::attributes(model)
    }

    fn url(&self, call: &UrlCall) -> Option<Finding> {
        let name = call.name.as_str();
        (name != "post").then(|| Finding::error("unknown-url", format!("no url is named `{name}`")))
    }

    fn cache(&self, alias: &str) -> Option<Finding> {
        let finding = || Finding::error("unknown-cache", format!("`[caches]` has no `{alias}`"));
        (alias != "pages").then(finding)
    }

    fn static_file(&self, path: &str) -> Option<Finding> {
        let finding = || Finding::warning("missing-static-file", format!("no file `{path}`"));
        (path != "a.css").then(finding)
    }
}

/// What `check` says of a template, by line and column.
pub(super) fn check(text: &str) -> Vec<String> {
    let (folder, templates) = templates(&[("a.html", text), ("base.html", "")]);
    let folder = format!("{}/a.html:", folder.path().display());
    let found = templates.check(&Calls);
    let told = found.iter().map(|finding| {
        let hints = finding.hints.iter().map(|hint| format!(" ({hint})"));
        finding.to_string().replace(&folder, "") + &hints.collect::<String>()
    });
    told.collect()
}

#[test]
fn check_finds_names_that_do_not_exist() {
    for (text, told) in [
        (
            "{{ x|uper }}",
            "1:6: there is no filter `uper` (did you mean `upper`?)",
        ),
        (
            "a\n{% if x is evn %}{% endif %}",
            "2:12: there is no test `evn` (did you mean `even`?)",
        ),
        (
            "{{ x + urll('home') }}",
            "1:8: there is no function `urll` (did you mean `url`?)",
        ),
        (
            "{% for a in x|frist if a|lst %}{% endfor %}",
            "1:15: there is no filter `frist` (did you mean `first`?)",
        ),
        (
            "{% filter uper %}{% endfilter %}",
            "1:11: there is no filter `uper` (did you mean `upper`?)",
        ),
        (
            "{% set a | trm %}{% endset %}",
            "1:12: there is no filter `trm` (did you mean `trim`?)",
        ),
        (
            "{{ {'a': [x|lowr]}.a[1:2] }}",
            "1:13: there is no filter `lowr` (did you mean `lower`?)",
        ),
        (
            "{% include 'bse.html' %}",
            "1:12: there is no template `bse.html` (did you mean `base.html`?)",
        ),
        (
            "{{ x|truncatechars }}",
            "1:6: the filter `truncatechars` takes 1 argument, not 0",
        ),
        (
            "{{ x|yesno('a,b', 2) }}",
            "1:6: the filter `yesno` takes at most 1 argument, not 2",
        ),
        (
            "{{ x|upper(1) }}",
            "1:6: the filter `upper` takes no argument, not 1",
        ),
        (
            "{{ x|intcoma }}",
            "1:6: there is no filter `intcoma` (did you mean `intcomma`?)",
        ),
        ("{{ static('b.css') }}", "1:11: no file `b.css`"),
        (
            "{{ now }}",
            "1:4: `now` is a function, which is called and not printed (write `{{ now() }}`)",
        ),
        (
            "{{ url() }}",
            "1:4: `url` needs the name of a url (write `{{ url(\"home\") }}`)",
        ),
        (
            "{{ static() }}",
            "1:4: `static` needs the path of a file (write `{{ static(\"site.css\") }}`)",
        ),
        (
            "{{ now|upper }}",
            "1:4: `now` is a function, which is called and not printed (write `{{ now() }}`)",
        ),
    ] {
        let found = check(text);
        assert_eq!(found.first().map(String::as_str), Some(told), "{text}");
    }
}

#[test]
fn check_leaves_alone_what_a_template_defines() {
    let text = "{% extends 'base.html' %}{% block a %}{{ super() }}{% endblock %}\
        {% macro field(now, b=1) %}{{ now }}{{ caller() }}{% endmacro %}{{ field(1) }}\
        {% from 'base.html' import x as y %}{{ y() }}{% import 'base.html' as m %}{{ m.z() }}\
        {% for url, static in items recursive %}{{ url }}{{ static }}{{ loop(items) }}{% endfor %}\
        {% set range = 1 %}{{ range }}{{ debug }}{{ now() }}{{ x is divisibleby 3 }}{{ x is not none }}\
        {% call(v) field(1) %}{{ v }}{% endcall %}{{ user.has_perm('x') }}{{ x|default('')|date('Y') }}";
    assert_eq!(check(text), Vec::<String>::new());
}

#[test]
fn a_bracket_that_is_not_closed_or_a_sign_that_compares_nothing_is_told_where_it_stands() {
    let told = check("<h1>\n{{ site.title is up</h1>\n<p>{{ x }}</p>");
    assert_eq!(told, ["2:1: `{{` is not closed: `}}` is missing"]);
    let told = check("{{ x }}\n{% if x <b>\n{% endif %}");
    assert_eq!(told, ["2:1: `{%` is not closed: `%}` is missing"]);
    let told = check("{% if y %}{% elif x = 1 %}{% endif %}");
    let expected = "1:21: `=` gives a name a value and compares nothing (write `==`)";
    assert_eq!(told, [expected]);
}

#[test]
fn a_page_says_which_name_does_not_exist() {
    for (text, message) in [
        ("{{ 'x'|uper }}", "there is no filter `uper`"),
        ("{{ 1 is evn }}", "there is no test `evn`"),
        ("{{ urll('post') }}", "there is no function `urll`"),
        (
            "{{ now }}",
            "`now` is a function, which is called and not printed",
        ),
        (
            "{{ now|upper }}",
            "`now` is a function, which is called and not printed",
        ),
        (
            "{% set a = now %}{{ a|default('x')|slugify }}",
            "`now` is a function, which is called and not printed",
        ),
        (
            "{% set a = now %}{{ a }}",
            "`now` is a function, which is called and not printed",
        ),
    ] {
        let (_folder, templates) = templates(&[("a.html", text)]);
        let error = templates.render("a.html", Context::default()).unwrap_err();
        assert_eq!(error.message, message);
        assert_eq!(error.excerpt.unwrap().location.line, 1);
    }
}

#[test]
fn a_page_of_the_projects_own_wins_over_one_that_came_with_the_binary() {
    static FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/auth/app");
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("templates/registration/login.html");
    fs::create_dir_all(page.parent().unwrap()).unwrap();
    fs::write(page, "mine").unwrap();
    let app = |label, source| App {
        label: AppLabel::new(label).unwrap(),
        source,
    };
    let apps = vec![
        app("auth", AppSource::Embedded(&FILES)),
        app("people", AppSource::Disk(folder.path().to_owned())),
    ];
    let sources = TemplateSources::new(Vec::new(), &Apps::new(apps));
    let found = sources.find("registration/login.html").unwrap().unwrap();
    assert_eq!(found.text, "mine");
    assert!(sources.has("registration/logged_out.html"));
}

#[test]
fn no_name_leads_out_of_the_directories() {
    let (folder, templates) = templates(&[("in/a.html", "x")]);
    let outside = folder.path().parent().unwrap().join("outside.html");
    for name in [
        "../outside.html",
        "in/../in/a.html",
        "/etc/passwd",
        "in\\a.html",
        "",
        outside.to_str().unwrap(),
    ] {
        assert!(!templates.has(name), "{name}");
        assert!(
            templates
                .render(name, Context::default())
                .unwrap_err()
                .is_missing,
            "{name}"
        );
    }
    assert!(templates.has("in/a.html"));
}

/// A value that cannot be read.
#[derive(Debug)]
struct Broken;

impl Object for Broken {
    fn get_value(self: &Arc<Self>, _: &Value) -> Option<Value> {
        let kind = super::value::ErrorKind::InvalidOperation;
        Some(super::value::Error::new(kind, "the database is locked").into())
    }
}

#[test]
fn a_lazy_value_that_fails_fails_the_page() {
    let (_folder, templates) = templates(&[
        ("a.html", "\n{{ user.name }}"),
        ("b.html", "{% if user.name %}{% endif %}"),
    ]);
    for name in ["a.html", "b.html"] {
        let context = Context::default().with("user", Value::from_object(Broken));
        let error = templates.render(name, context).unwrap_err();
        assert_eq!(error.message, "the database is locked");
    }
}
