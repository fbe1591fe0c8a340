//! Forms beside those of a recorded Django.

use std::sync::Arc;

use serde_json::Value as Json;

use super::{Form, FormField, ValidationError};
use crate::http::QueryDict;
use crate::http::percent::{encode, safe};
use crate::templates::value::Value;
use crate::templates::{Context, render_page};

/// The form of `tests/parity/record_forms.py`.
fn sample() -> Form {
    let username = FormField::char("username")
        .attribute("autocapitalize", "none")
        .attribute("autocomplete", "username")
        .max_length(5);
    let email = FormField::email("email")
        .label("Email <address>")
        .help_text("Where to, and how")
        .initial("a@b.de");
    let terms = FormField::boolean("terms").initial(true).required();
    Form::new(vec![
        username,
        email,
        FormField::password("old_password", "current-password"),
        FormField::char("note").label("Any wishes?").optional(),
        FormField::boolean("stay"),
        terms,
    ])
}

/// One line end for every space that has one in it.
pub(super) fn squashed_lines(html: &str) -> String {
    let mut out = String::new();
    for (index, line) in html.trim().lines().enumerate() {
        let line = if index == 0 {
            line.trim_end()
        } else {
            line.trim()
        };
        if index > 0 && !out.ends_with('\n') {
            out.push('\n');
        }
        out.push_str(line);
    }
    out.trim().to_owned()
}

fn sent(fields: &[(&str, &str)]) -> Arc<QueryDict> {
    let pair = |(name, value): &(&str, &str)| format!("{name}={}", encode(value, safe::NOTHING));
    let text = fields.iter().map(pair).collect::<Vec<_>>().join("&");
    Arc::new(QueryDict::parse(&text, 100).unwrap())
}

fn render(form: &Form, template: &str) -> String {
    let context = Context::default().with("form", Value::from_object(form.clone()));
    render_page(template, context).unwrap()
}

/// The same HTML without the line ends between elements.
fn squashed(html: &str) -> String {
    html.trim().replace(">\n<", "><")
}

/// The form with what Django got.
fn bound(row: &Json) -> Form {
    let Some(data) = row["data"].as_object() else {
        return sample();
    };
    let fields: Vec<_> = data
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str().unwrap()))
        .collect();
    let mut form = sample().bind(sent(&fields));
    if let Some(message) = row["non_field_error"].as_str() {
        form.add_non_field_error(ValidationError::new(message, "invalid"), "");
    }
    form
}

#[test]
fn cleans_and_prints_as_django() {
    let text = include_str!("../../tests/parity/golden/forms.json");
    let rows: Vec<Json> = serde_json::from_str(text).unwrap();
    for row in &rows {
        let form = bound(row);
        for method in ["as_div", "as_p"] {
            let html = render(&form, &format!("{{{{ form.{method}() }}}}"));
            assert_eq!(squashed(&html), row[method].as_str().unwrap(), "{method}");
        }
        assert_eq!(
            render(&form, "{{ form }}"),
            render(&form, "{{ form.as_div() }}")
        );
        let template = "{% for name in form.errors %}{{ name }}:{{ form.errors[name]|join('/') }};{% endfor %}";
        let errors = row["errors"].as_object();
        let order = form.fields().iter().map(FormField::name);
        let in_order = order.chain(["__all__"]).filter_map(|name| {
            let messages = errors?.get(name)?;
            Some((name, messages))
        });
        let expected = in_order.map(|(name, messages)| {
            let messages: Vec<_> = messages
                .as_array()
                .unwrap()
                .iter()
                .map(|m| m.as_str().unwrap())
                .collect();
            format!("{name}:{};", crate::templates::escape(&messages.join("/")))
        });
        assert_eq!(render(&form, template), expected.collect::<String>());
        for field in ["username", "email", "old_password", "note"] {
            assert_eq!(form.text(field), row["cleaned"][field].as_str(), "{field}");
        }
        for field in ["stay", "terms"] {
            assert_eq!(
                form.checked(field),
                row["cleaned"][field] == true,
                "{field}"
            );
        }
    }
    assert_eq!(rows.len(), 6);
}

#[test]
fn the_cursor_starts_in_what_is_wrong() {
    let field = |form: &Form| {
        let html = render(form, "{% for field in form %}{{ field }}{% endfor %}");
        let (before, _) = html.split_once(" autofocus").unwrap();
        before.rsplit("name=\"").next().unwrap().to_owned()
    };
    let form = || {
        Form::new(vec![
            FormField::char("a").autofocus(),
            FormField::char("b"),
            FormField::char("c"),
        ])
    };
    assert!(field(&form()).starts_with('a'));
    assert!(field(&form().bind(sent(&[("a", "1"), ("c", "1")]))).starts_with('b'));
    let mut refused = form().bind(sent(&[("a", "1"), ("b", "1"), ("c", "1")]));
    assert!(refused.is_valid());
    refused.add_non_field_error(ValidationError::new("no", "invalid"), "c");
    assert!(!refused.is_valid() && field(&refused).starts_with('c'));
}

#[test]
fn templates_put_a_field_together_by_themselves() {
    let form = Form::new(vec![FormField::char("full_name").help_text("a < b")]);
    let parts = "{{ form.full_name.label }}|{{ form['full_name'].id_for_label }}|{{ form.full_name.help_text }}|\
                 {{ form.full_name.value() }}|";
    assert_eq!(
        render(&form, parts),
        "Full name|id_full_name|a &lt; b|None|"
    );
    let widget = "{{ form.full_name.as_widget(attrs={'class': 'wide', 'autocomplete': 'name', 'disabled': true}) }}";
    assert_eq!(
        render(&form, widget),
        "<input type=\"text\" name=\"full_name\" class=\"wide\" autocomplete=\"name\" disabled required \
         aria-describedby=\"id_full_name_helptext\" id=\"id_full_name\">"
    );
}

#[test]
fn a_password_that_was_sent_is_never_shown() {
    let form = Form::new(vec![
        FormField::password("password", "new-password"),
        FormField::char("other"),
    ]);
    let form = form.bind(sent(&[("password", "sesame")]));
    let page = render(
        &form,
        "{{ form }}{{ form.as_p() }}{{ form.password.value() }}",
    );
    assert!(!page.contains("sesame"), "{page}");
    assert_eq!(form.text("password"), Some("sesame"));
}

#[test]
fn a_text_is_brought_into_its_form_unless_it_is_too_long() {
    let form = Form::new(vec![
        FormField::char("name")
            .max_length(3)
            .normalize(str::to_uppercase),
    ]);
    let cleaned = |text| form.clone().bind(sent(&[("name", text)]));
    assert_eq!(cleaned(" ab ").text("name"), Some("AB"));
    assert_eq!(cleaned("abcd").text("name"), None);
}

#[test]
fn a_field_that_a_view_refuses_is_not_clean() {
    let mut form = Form::new(vec![FormField::char("name")]).bind(sent(&[("name", "bob")]));
    form.add_error("name", ValidationError::new("taken", "unique"));
    assert_eq!((form.is_valid(), form.text("name")), (false, None));
    assert!(render(&form, "{{ form.name.errors }}").contains("<li>taken</li>"));
}
