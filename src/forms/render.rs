//! Forms and their fields as templates see them, under Django's names.

use std::fmt;
use std::sync::Arc;

use crate::forms::widget::HtmlAttribute;
use crate::forms::{ErrorList, Form, FormField, Widget};
use crate::templates::escape;
use crate::templates::value::{
    Enumerator, Error, Kwargs, Object, ObjectRepr, State, Value, from_args, map, unknown_method,
};

impl Form {
    fn field(self: &Arc<Self>, name: &str) -> Option<Value> {
        let index = self.fields.iter().position(|field| field.name == name)?;
        Some(self.bound(index))
    }

    fn bound(self: &Arc<Self>, index: usize) -> Value {
        let form = Arc::clone(self);
        Value::from_object(BoundField { form, index })
    }

    fn bound_fields(self: &Arc<Self>) -> impl Iterator<Item = BoundField> {
        let form = Arc::clone(self);
        (0..self.fields.len()).map(move |index| BoundField {
            form: Arc::clone(&form),
            index,
        })
    }

    /// Each field in a `div`, the errors of no field before them.
    fn as_div(self: &Arc<Self>) -> String {
        let group = |field: BoundField| format!("<div>{}</div>\n", field.as_group());
        self.all(group)
    }

    /// Each field in a `p`, its errors before it.
    fn as_p(self: &Arc<Self>) -> String {
        self.all(|field| {
            let (label, input) = (field.label_tag(), field.as_widget());
            let (errors, help) = (html(field.errors()), field.help("span"));
            format!("{errors}<p>{label}{input}{help}</p>\n")
        })
    }

    fn all(self: &Arc<Self>, group: impl Fn(BoundField) -> String) -> String {
        let groups: Vec<_> = self.bound_fields().map(group).collect();
        format!("{}{}", html(self.non_field_errors()), groups.concat())
    }

    fn errors(&self) -> Value {
        let of_fields = self.fields.iter().map(|field| {
            let errors = self.errors_of(field);
            (field.name.as_str(), errors)
        });
        let all = of_fields.chain([("__all__", self.non_field_errors())]);
        let some = all.filter(|(_, errors)| !errors.errors.is_empty());
        map(some.map(|(name, errors)| (name, Value::from_object(errors))))
    }
}

/// A list of errors, where a template would print it.
fn html(errors: ErrorList) -> String {
    Value::from_object(errors).to_string()
}

impl Object for Form {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Iterable
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let key = key.as_str()?;
        Some(match key {
            "__html__" => Value::from_safe_string(self.as_div()),
            "errors" => self.errors(),
            "non_field_errors" => Value::from_object(self.non_field_errors()),
            "is_bound" => Value::from(self.is_bound()),
            name => return self.field(name),
        })
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        let fields = self.bound_fields().map(Value::from_object);
        Enumerator::Values(fields.collect())
    }

    fn is_true(self: &Arc<Self>) -> bool {
        true
    }

    fn call_method(
        self: &Arc<Self>,
        _: &mut State<'_, '_>,
        method: &str,
        _: &[Value],
    ) -> Result<Value, Error> {
        Ok(match method {
            "as_div" => Value::from_safe_string(self.as_div()),
            "as_p" => Value::from_safe_string(self.as_p()),
            "non_field_errors" => Value::from_object(self.non_field_errors()),
            "is_valid" => Value::from(self.is_valid()),
            "visible_fields" => self.bound_fields().map(Value::from_object).collect(),
            _ => return Err(unknown_method("form", method)),
        })
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.as_div())
    }
}

/// A field of a form, with what was sent in it.
#[derive(Debug)]
struct BoundField {
    form: Arc<Form>,
    index: usize,
}

impl BoundField {
    fn field(&self) -> &FormField {
        &self.form.fields[self.index]
    }

    fn errors(&self) -> ErrorList {
        self.form.errors_of(self.field())
    }

    /// The ids of what describes the element: its advice and its errors.
    fn described_by(&self) -> String {
        let (id, field) = (self.field().id(), self.field());
        let help = (!field.help_text.is_empty()).then(|| format!("{id}_helptext"));
        let errors = (!self.errors().errors.is_empty()).then(|| format!("{id}_error"));
        let parts: Vec<_> = help.into_iter().chain(errors).collect();
        parts.join(" ")
    }

    fn attributes(&self, more: Vec<HtmlAttribute>) -> Vec<HtmlAttribute> {
        let field = self.field();
        let plain = |name: &str| (name.to_owned(), None);
        let valued = |name: &str, value: String| (name.to_owned(), Some(value));
        let mut all: Vec<HtmlAttribute> = Vec::new();
        all.extend(self.form.has_focus(field).then(|| plain("autofocus")));
        all.extend(field.attributes());
        all.extend(field.required.then(|| plain("required")));
        let wrong = !self.errors().errors.is_empty();
        all.extend(wrong.then(|| valued("aria-invalid", "true".to_owned())));
        let described_by = self.described_by();
        all.extend((!described_by.is_empty()).then(|| valued("aria-describedby", described_by)));
        all.push(valued("id", field.id()));
        for (name, value) in more {
            match all.iter_mut().find(|(known, _)| *known == name) {
                Some(known) => known.1 = value,
                None => all.push((name, value)),
            }
        }
        all
    }

    fn as_widget(&self) -> String {
        self.widget_with(Vec::new())
    }

    fn widget_with(&self, more: Vec<HtmlAttribute>) -> String {
        let field = self.field();
        let value_of = self.form.value_of(field);
        field
            .widget
            .render(&field.name, value_of, &self.attributes(more))
    }

    fn label_tag(&self) -> String {
        let (id, label) = (self.field().id(), &self.field().label);
        let suffix = if label.ends_with([':', '?', '.', '!']) {
            ""
        } else {
            ":"
        };
        format!(
            r#"<label for="{}">{}{suffix}</label>"#,
            escape(&id),
            escape(label)
        )
    }

    fn help(&self, element: &str) -> String {
        let field = self.field();
        if field.help_text.is_empty() {
            return String::new();
        }
        let (id, text) = (escape(&field.id()), &field.help_text);
        format!(r#"<{element} class="helptext" id="{id}_helptext">{text}</{element}>"#)
    }

    fn as_group(&self) -> String {
        let (errors, input) = (html(self.errors()), self.as_widget());
        format!("{}{}{errors}{input}", self.label_tag(), self.help("div"))
    }
}

impl Object for BoundField {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let field = self.field();
        Some(match key.as_str()? {
            "__html__" => Value::from_safe_string(self.as_widget()),
            "name" | "html_name" => Value::from(field.name.as_str()),
            "label" => Value::from(field.label.as_str()),
            "help_text" => Value::from_safe_string(field.help_text.clone()),
            "errors" => Value::from_object(self.errors()),
            "id_for_label" | "auto_id" => Value::from(field.id()),
            "aria_describedby" => Value::from(self.described_by()),
            "widget_type" => Value::from(field.widget.widget_type()),
            "required" => Value::from(field.required),
            "is_hidden" => Value::from(false),
            _ => return None,
        })
    }

    fn call_method(
        self: &Arc<Self>,
        _: &mut State<'_, '_>,
        method: &str,
        args: &[Value],
    ) -> Result<Value, Error> {
        Ok(match method {
            "as_widget" => Value::from_safe_string(self.widget_with(attributes_of(args)?)),
            "as_field_group" => Value::from_safe_string(self.as_group()),
            "label_tag" => Value::from_safe_string(self.label_tag()),
            // A password that was sent is never shown again, here neither.
            "value" if self.field().widget == Widget::PasswordInput => Value::from(()),
            "value" => self
                .form
                .value_of(self.field())
                .map_or_else(|| Value::from(()), Value::from),
            _ => return Err(unknown_method("field", method)),
        })
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.as_widget())
    }
}

/// The attributes in `as_widget(attrs={"class": "wide"})`.
fn attributes_of(args: &[Value]) -> Result<Vec<HtmlAttribute>, Error> {
    let (kwargs,): (Kwargs,) = from_args(args)?;
    let Some(attributes) = kwargs.get::<Option<Value>>("attrs")? else {
        return kwargs.assert_all_used().map(|()| Vec::new());
    };
    kwargs.assert_all_used()?;
    let mut all = Vec::new();
    for name in attributes.try_iter()? {
        let value = attributes.get_item(&name)?;
        let value = (!value.is_true() || value.kind() != Value::from(true).kind())
            .then(|| value.to_string());
        all.push((name.to_string(), value));
    }
    Ok(all)
}
