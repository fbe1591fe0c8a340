//! Recognizes tags of the Django template language, and finds the Jinja forms of them.

use crate::templates::django_expression::{call, filters, variable, words};
use crate::templates::own_tag::OwnTags;
use crate::templates::own_tag_form::own_tag_form;
use crate::templates::tag_scanner::{Tag, TagKind, tags};

/// A tag of the Django template language that Jinja does not have.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct DjangoTag {
    /// Where it begins, in bytes.
    pub(super) offset: usize,
    /// The tag as written.
    pub(super) written: String,
    /// What to write: the whole line in Jinja, or advice.
    pub(super) hint: String,
}

/// All tags of the Django template language in `source`.
pub(super) fn django_tags(source: &str, own: &OwnTags) -> Vec<DjangoTag> {
    let all = tags(source);
    let mut found = Vec::new();
    for tag in &all {
        if let Some(form) = jinja_form(tag, own) {
            let hint = match form {
                JinjaForm::Advice(advice) => advice.to_owned(),
                _ => match line_in_jinja(source, &all, tag, own).as_str() {
                    "" => "in Jinja this line is not needed: remove it".to_owned(),
                    line => format!("in Jinja this line is `{line}`"),
                },
            };
            found.push(DjangoTag {
                offset: tag.start,
                written: source[tag.start..tag.end].to_owned(),
                hint,
            });
        }
    }
    found
}

/// A tag of the Django template language with a message for whoever wrote it.
pub(super) struct ExplainedTag {
    pub(super) offset: usize,
    pub(super) message: String,
    pub(super) hints: Vec<String>,
}

impl From<DjangoTag> for ExplainedTag {
    fn from(tag: DjangoTag) -> Self {
        Self {
            offset: tag.offset,
            message: format!(
                "`{}` is the Django template language; templates here are Jinja",
                tag.written
            ),
            hints: vec![tag.hint],
        }
    }
}

/// The first Django tag on the line of this number.
pub(super) fn django_tag_on_line(text: &str, line: usize, own: &OwnTags) -> Option<ExplainedTag> {
    let line_of = |offset: usize| text[..offset].matches('\n').count() + 1;
    let tag = django_tags(text, own);
    tag.into_iter()
        .find(|tag| line_of(tag.offset) == line)
        .map(Into::into)
}

/// What to write instead of a Django tag.
#[derive(Debug, Eq, PartialEq)]
enum JinjaForm {
    /// These tags.
    Jinja(String),
    /// Nothing: it is simply left out.
    Nothing,
    /// Something else altogether.
    Advice(&'static str),
}

/// The line that holds `tag`, each Django tag in it replaced.
fn line_in_jinja(source: &str, all: &[Tag<'_>], tag: &Tag<'_>, own: &OwnTags) -> String {
    let begin = source[..tag.start]
        .rfind('\n')
        .map_or(0, |newline| newline + 1);
    let end = source[tag.end..]
        .find('\n')
        .map_or(source.len(), |newline| tag.end + newline);
    let (mut line, mut at) = (String::new(), begin);
    for other in all
        .iter()
        .filter(|other| other.start >= begin && other.end <= end)
    {
        line.push_str(&source[at..other.start]);
        match jinja_form(other, own) {
            Some(JinjaForm::Jinja(form)) => line.push_str(&form),
            Some(JinjaForm::Nothing) => {}
            Some(JinjaForm::Advice(_)) | None => line.push_str(&source[other.start..other.end]),
        }
        at = other.end;
    }
    line.push_str(&source[at..end]);
    line.trim().to_owned()
}

fn jinja_form(tag: &Tag<'_>, own: &OwnTags) -> Option<JinjaForm> {
    match tag.kind {
        TagKind::Variable => {
            variable(tag.inner).map(|inner| JinjaForm::Jinja(format!("{{{{ {inner} }}}}")))
        }
        TagKind::Block => {
            block(tag.inner).or_else(|| own_tag_form(&words(tag.inner), own).map(JinjaForm::Jinja))
        }
    }
}

fn block(inner: &str) -> Option<JinjaForm> {
    let words = words(inner);
    let (name, arguments) = words.split_first()?;
    let form = match (*name, arguments) {
        ("csrf_token", _) => JinjaForm::Jinja("{{ csrf_input }}".to_owned()),
        ("empty", _) => JinjaForm::Jinja("{% else %}".to_owned()),
        ("verbatim", _) => JinjaForm::Jinja("{% raw %}".to_owned()),
        ("endverbatim", _) => JinjaForm::Jinja("{% endraw %}".to_owned()),
        ("comment", _) => JinjaForm::Jinja("{#".to_owned()),
        ("endcomment", _) => JinjaForm::Jinja("#}".to_owned()),
        (
            "url"
            | "static"
            | "now"
            | "querystring"
            | "widthratio"
            | "get_static_prefix"
            | "get_media_prefix"
            | "get_current_timezone",
            _,
        ) => JinjaForm::Jinja(call(name, arguments)),
        ("trans" | "translate", [text, ..]) => JinjaForm::Jinja(format!("{{{{ {text} }}}}")),
        ("autoescape", ["off"]) => JinjaForm::Jinja("{% autoescape false %}".to_owned()),
        ("autoescape", ["on"]) => JinjaForm::Jinja("{% autoescape true %}".to_owned()),
        ("include", [template, "with", rest @ ..]) => {
            let names: Vec<_> = rest.iter().filter(|word| **word != "only").collect();
            let names: Vec<_> = names.iter().map(|word| word.replace('=', " = ")).collect();
            let form = format!(
                "{{% with {} %}}{{% include {template} %}}{{% endwith %}}",
                names.join(", ")
            );
            JinjaForm::Jinja(form)
        }
        ("ifequal", [left, right]) => JinjaForm::Jinja(format!("{{% if {left} == {right} %}}")),
        ("ifnotequal", [left, right]) => JinjaForm::Jinja(format!("{{% if {left} != {right} %}}")),
        ("endifequal" | "endifnotequal", _) => JinjaForm::Jinja("{% endif %}".to_owned()),
        ("firstof", values) if !values.is_empty() => {
            JinjaForm::Jinja(format!("{{{{ {} }}}}", values.join(" or ")))
        }
        ("cycle", values) if !values.is_empty() => {
            JinjaForm::Jinja(format!("{{{{ loop.cycle({}) }}}}", values.join(", ")))
        }
        (
            "load"
            | "localize"
            | "endlocalize"
            | "blocktrans"
            | "blocktranslate"
            | "endblocktrans"
            | "endblocktranslate"
            | "get_current_language"
            | "get_current_language_bidi"
            | "get_available_languages",
            _,
        ) => JinjaForm::Nothing,
        ("spaceless", _) => JinjaForm::Jinja("{% filter spaceless %}".to_owned()),
        ("endspaceless", _) => JinjaForm::Jinja("{% endfilter %}".to_owned()),
        ("lorem", arguments) => JinjaForm::Jinja(lorem(arguments)),
        ("templatetag", [kind]) => JinjaForm::Jinja(template_tag(kind)?),
        ("filter", [filter]) if filter.contains(':') => {
            let call = filters(&format!("|{filter}"));
            JinjaForm::Jinja(format!("{{% filter {} %}}", &call[1..]))
        }
        ("cache", [timeout, name, vary @ ..]) => {
            let name = format!("\"{}\"", name.trim_matches(['"', '\'']));
            let arguments = [&[*timeout, name.as_str()], vary].concat();
            JinjaForm::Jinja(format!("{{% call cache({}) %}}", arguments.join(", ")))
        }
        ("endcache", _) => JinjaForm::Jinja("{% endcall %}".to_owned()),
        ("regroup", _) => JinjaForm::Advice(
            "Jinja has the filter `groupby` for this: `{% for group in posts|groupby(\"year\") %}`",
        ),
        ("ifchanged" | "endifchanged", _) => {
            JinjaForm::Advice("in a loop Jinja has `{% if loop.changed(value) %}`")
        }
        ("resetcycle", _) => {
            JinjaForm::Advice("`loop.cycle` begins anew with each loop: a loop within another does")
        }
        ("localtime" | "endlocaltime" | "timezone" | "endtimezone", _) => JinjaForm::Advice(
            "moments are shown in the zone of the project; the filter `timezone(\"Europe/Paris\")` shows one in another",
        ),
        ("debug", []) => {
            JinjaForm::Advice("with `debug` on, an error page shows what a page knows")
        }
        ("if" | "elif" | "for" | "with" | "set", _) => {
            JinjaForm::Jinja(format!("{{% {} %}}", variable(inner)?))
        }
        _ => return None,
    };
    Some(form)
}

/// `lorem 3 p random` as a call.
fn lorem(arguments: &[&str]) -> String {
    let arguments: Vec<_> = arguments
        .iter()
        .map(|word| match *word {
            "w" | "p" | "b" => format!("\"{word}\""),
            "random" => "random=true".to_owned(),
            count => count.to_owned(),
        })
        .collect();
    format!("{{{{ lorem({}) }}}}", arguments.join(", "))
}

/// What the tag `templatetag` of this kind writes, as a text of Jinja.
fn template_tag(kind: &str) -> Option<String> {
    let text = match kind {
        "openblock" => "{%",
        "closeblock" => "%}",
        "openvariable" => "{{",
        "closevariable" => "}}",
        "openbrace" => "{",
        "closebrace" => "}",
        "opencomment" => "{#",
        "closecomment" => "#}",
        _ => return None,
    };
    Some(format!("{{{{ \"{text}\" }}}}"))
}

#[cfg(test)]
mod tests {
    use super::OwnTags;

    fn django_tags(source: &str) -> Vec<super::DjangoTag> {
        super::django_tags(source, &OwnTags::new())
    }

    fn hint(source: &str) -> String {
        let found = django_tags(source);
        assert_eq!(found.len(), 1, "{source}: {found:?}");
        found[0].hint.clone()
    }

    #[test]
    fn shows_the_jinja_form_of_the_very_line() {
        for (django, jinja) in [
            ("{% csrf_token %}", "{{ csrf_input }}"),
            (
                "  <a href=\"{% url 'post' post.id %}\">",
                "<a href=\"{{ url('post', post.id) }}\">",
            ),
            (
                "{% url 'post' pk=3 as link %}",
                "{% set link = url('post', pk=3) %}",
            ),
            (
                "<img src=\"{% static \"a b.png\" %}\">",
                "<img src=\"{{ static(\"a b.png\") }}\">",
            ),
            ("{% empty %}", "{% else %}"),
            (
                "{{ post.date|date:\"Y m\"|upper }}",
                "{{ post.date|date(\"Y m\")|upper }}",
            ),
            ("{% if a|length_is:3 %}b", "{% if a|length_is(3) %}b"),
            ("{{ block.super }}", "{{ super() }}"),
            ("{% spaceless %}<p> <b>", "{% filter spaceless %}<p> <b>"),
            ("{% querystring page=2 %}", "{{ querystring(page=2) }}"),
            (
                "{% widthratio a b 100 as c %}",
                "{% set c = widthratio(a, b, 100) %}",
            ),
            (
                "{% lorem 3 p random %}",
                "{{ lorem(3, \"p\", random=true) }}",
            ),
            ("{% templatetag openblock %}", "{{ \"{%\" }}"),
            (
                "{% get_static_prefix as p %}",
                "{% set p = get_static_prefix() %}",
            ),
            ("{% filter cut:\" \" %}", "{% filter cut(\" \") %}"),
            (
                "{{ forloop.counter }}. {{ title }}",
                "{{ loop.index }}. {{ title }}",
            ),
            ("{% trans \"Log in\" %}", "{{ \"Log in\" }}"),
            (
                "{% include 'a.html' with b=c only %}",
                "{% with b = c %}{% include 'a.html' %}{% endwith %}",
            ),
            (
                "{% cache 500 sidebar user.id %}",
                "{% call cache(500, \"sidebar\", user.id) %}",
            ),
        ] {
            let source = format!("first\n{django}\nlast");
            assert_eq!(hint(&source), format!("in Jinja this line is `{jinja}`"));
        }
        assert_eq!(
            hint("{% load static %}"),
            "in Jinja this line is not needed: remove it"
        );
    }

    #[test]
    fn leaves_jinja_alone() {
        let source = "{% extends 'base.html' %}{% block a %}{{ super() }}{{ x|date('Y:m') }}\
            {% for a in b %}{{ loop.index }}{% else %}{% endfor %}{{ 'forloop.counter|a:b' }}\
            {{ url('a', pk=1) }}{% if a == {'b': 1} %}{% endif %}{% include 'x' %}{% endblock %}";
        assert_eq!(django_tags(source), []);
    }
}
