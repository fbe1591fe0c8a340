//! Attributes of rows that `check` finds missing, and what it leaves alone.

use super::tests::{Calls, templates};
use super::{RowType, TemplateType};
use crate::models::ModelKey;

fn row_type(app: &str, name: &str, added: &[&str]) -> RowType {
    RowType {
        model: ModelKey::new(app, name),
        added: added.iter().map(|name| (*name).to_owned()).collect(),
    }
}

/// What views hand to templates.
pub(super) fn handed_to(template: &str) -> Vec<(String, TemplateType)> {
    if template != "typed.html" {
        return Vec::new();
    }
    let post = || row_type("posts", "post", &["comment_count"]);
    let handed = [
        ("posts", TemplateType::Rows(post())),
        ("page_obj", TemplateType::Page(post())),
        ("post", TemplateType::Row(post())),
        ("totals", TemplateType::Mapping(vec!["sum".to_owned()])),
        ("groups", TemplateType::Mappings(vec!["status".to_owned()])),
    ];
    handed.map(|(name, value)| (name.to_owned(), value)).into()
}

/// What rows have: a post an author and tags.
pub(super) fn attribute(model: &ModelKey, name: &str) -> Option<TemplateType> {
    let found = match (model.to_string().as_str(), name) {
        ("posts.post", "author") => TemplateType::Row(row_type("auth", "user", &[])),
        ("posts.post", "tags") => TemplateType::Rows(row_type("posts", "tag", &[])),
        _ if attributes(model).iter().any(|known| known == name) => TemplateType::Unknown,
        _ => return None,
    };
    Some(found)
}

/// The names that rows have.
pub(super) fn attributes(model: &ModelKey) -> Vec<String> {
    let names: &[&str] = match model.to_string().as_str() {
        "posts.post" => &["author", "tags", "title", "pk"],
        "auth.user" => &["username"],
        _ => &["name"],
    };
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// What `check` says of the template that views hand rows to, by line and column.
fn check(text: &str, others: &[(&str, &str)]) -> Vec<String> {
    let mut files = vec![("typed.html", text), ("base.html", "")];
    files.extend(others);
    let (folder, templates) = templates(&files);
    let folder = format!("{}/typed.html:", folder.path().display());
    let found = templates.check(&Calls);
    let told = found.iter().map(|finding| {
        let hints = finding.hints.iter().map(|hint| format!(" ({hint})"));
        finding.to_string().replace(&folder, "") + &hints.collect::<String>()
    });
    told.collect()
}

#[test]
fn an_attribute_that_a_row_does_not_have_is_found_with_the_nearest_name() {
    for (text, told) in [
        (
            "{{ post.titel }}",
            "1:9: a row of `posts.post` has no `titel` (did you mean `title`?)",
        ),
        (
            "{{ post.author.usernme|upper }}",
            "1:16: a row of `auth.user` has no `usernme` (did you mean `username`?)",
        ),
        (
            "{% for p in posts %}{{ p.autor.username }}{% endfor %}",
            "1:26: a row of `posts.post` has no `autor` (did you mean `author`?)",
        ),
        (
            "{% for p in posts.filter(x=1).order_by('y')[:5] %}{{ p.titel }}{% endfor %}",
            "1:56: a row of `posts.post` has no `titel` (did you mean `title`?)",
        ),
        (
            "{% for p in page_obj %}{{ p.comment_cuont }}{% endfor %}",
            "1:29: a row of `posts.post` has no `comment_cuont` (did you mean `comment_count`?)",
        ),
        (
            "{% for t in post.tags.all() %}{{ t.nmae }}{% endfor %}",
            "1:36: a row of `posts.tag` has no `nmae` (did you mean `name`?)",
        ),
        (
            "{{ posts.first().titel }}",
            "1:18: a row of `posts.post` has no `titel` (did you mean `title`?)",
        ),
        (
            "{{ posts[0].titel }}{{ 1 }}",
            "1:13: a row of `posts.post` has no `titel` (did you mean `title`?)",
        ),
        (
            "{{ (posts|first).titel }}",
            "1:18: a row of `posts.post` has no `titel` (did you mean `title`?)",
        ),
        (
            "{% if post.titel == 'x' %}{% endif %}",
            "1:12: a row of `posts.post` has no `titel` (did you mean `title`?)",
        ),
        (
            "{{ url('post', post.slgu) }}",
            "1:21: a row of `posts.post` has no `slgu` (it has `author`, `comment_count`, `pk`, `tags`, `title`)",
        ),
        (
            "{{ posts.cuont() }}",
            "1:10: a query has no `cuont` (did you mean `count`?)",
        ),
        (
            "{{ totals.smu }}",
            "1:11: there is no value `smu` (did you mean `sum`?)",
        ),
        (
            "{% for g in groups %}{{ g.stauts }}{% endfor %}",
            "1:27: there is no value `stauts` (did you mean `status`?)",
        ),
        (
            "{% with p = post %}{{ p.titel }}{% endwith %}",
            "1:25: a row of `posts.post` has no `titel` (did you mean `title`?)",
        ),
        (
            "{% block a %}{{ post.save() }}{% endblock %}",
            "1:22: a row of `posts.post` has no `save` (it has `author`, `comment_count`, `pk`, `tags`, `title`)",
        ),
    ] {
        assert_eq!(check(text, &[]), [told], "{text}");
    }
}

#[test]
fn nothing_is_said_of_what_may_be_anything() {
    for text in [
        "{{ post.title }}{{ post.author.username }}{{ post.comment_count }}{{ posts.count() }}{{ posts|length }}",
        "{% for p in posts %}{{ p.tags.count }}{{ loop.index }}{{ p.tags.all()|join(', ') }}{% else %}{{ other.x }}{% endfor %}",
        "{{ post.subtitle is defined }}{{ post.subtitle|default('-') }}",
        "{% set post = other %}{{ post.anything }}",
        "{% for post in others %}{{ post.anything }}{% endfor %}",
        "{% macro card(post) %}{{ post.anything }}{% endmacro %}{{ card(1) }}",
        "{% with post = other %}{{ post.anything }}{% endwith %}",
        "{{ post.title.anything }}{{ page_obj.has_next() }}{{ page_obj.paginator.count }}",
        "{% for k, v in totals.items() %}{{ k }}{% endfor %}{{ totals.sum.x }}",
        "{% for p in posts|groupby('x') %}{{ p.grouper }}{% endfor %}",
        "{% for p in posts|map(attribute='title') %}{{ p.anything }}{% endfor %}",
        "{{ (post or other).anything }}{{ unknown.anything }}",
    ] {
        assert_eq!(check(text, &[]), Vec::<String>::new(), "{text}");
    }
    // What others include, or may, knows their names.
    for other in [
        "{% set post = 1 %}{% include 'typed.html' %}",
        "{% extends 'typed.html' %}",
        "{% include name %}",
        "{% include ['nothing.html', 'typed.html'] ignore missing %}",
    ] {
        let said = check("{{ post.anything }}", &[("other.html", other)]);
        assert_eq!(said, Vec::<String>::new(), "{other}");
    }
}
