//! A field of a form in a template: Django's `BoundField`.

use std::fmt;
use std::sync::Arc;

use crate::forms::bound_field::{BoundFieldRef, ErrorListStyle, LabelOptions};
use crate::forms::error_list::ErrorList;
use crate::forms::form::Form;
use crate::forms::html::{AttributeValue, HtmlAttributes};
use crate::forms::objects::bound_widget::BoundWidget;
use crate::forms::objects::declared_field::declared_field;
use crate::forms::objects::form_values::{value_of, value_of_input};
use crate::forms::widget::{Widget, WidgetClass};
use crate::http::FormData;
use crate::templates::escape;
use crate::templates::value::{
    Enumerator, Error, Kwargs, Object, ObjectRepr, State, Value, call_own, from_args,
};

fn safe(html: String) -> Value {
    Value::from_safe_string(html)
}

/// A field of a form, with what was sent in it.
#[derive(Debug)]
pub(super) struct BoundField {
    pub(super) form: Arc<Form>,
    pub(super) index: usize,
}

impl BoundField {
    fn get(&self) -> BoundFieldRef<'_> {
        BoundFieldRef {
            form: &self.form,
            index: self.index,
        }
    }

    fn html(&self) -> String {
        let mut out = String::new();
        self.get().write(&mut out);
        out
    }

    fn widget_html(&self, widget: &Widget, args: &[Value]) -> Result<Value, Error> {
        let (kwargs,): (Kwargs,) = from_args(args)?;
        let attributes = attributes_of(kwargs.get("attrs")?)?;
        kwargs.assert_all_used()?;
        let mut out = String::new();
        self.get().write_widget(&mut out, widget, &attributes);
        Ok(safe(out))
    }

    fn label_html(&self, args: &[Value], tag: &'static str) -> Result<Value, Error> {
        let (contents, kwargs): (Option<Value>, Kwargs) = from_args(args)?;
        let contents = match contents {
            Some(contents) => Some(contents),
            None => kwargs.get::<Option<Value>>("contents")?,
        };
        let contents = contents.filter(Value::is_true).map(|contents| {
            if contents.is_safe() {
                contents.to_string()
            } else {
                escape(&contents.to_string())
            }
        });
        let options = LabelOptions {
            contents,
            attributes: attributes_of(kwargs.get("attrs")?)?,
            suffix: kwargs.get("label_suffix")?,
            tag: Some(tag),
        };
        kwargs.assert_all_used()?;
        let mut out = String::new();
        self.get().write_label(&mut out, &options);
        Ok(safe(out))
    }

    fn value(&self) -> Value {
        let field = self.get();
        // A password that was sent is never shown again, here neither.
        if field.field().widget.class == WidgetClass::PasswordInput {
            return Value::from(());
        }
        value_of_input(&field.value(), &self.form.definition.zone)
    }

    /// What was sent for it, as its widget reads it.
    fn sent(&self) -> Value {
        let bound = self.get();
        let field = bound.field();
        if field.widget.class == WidgetClass::PasswordInput {
            return Value::from(());
        }
        let nothing = FormData::default();
        let data = self.form.data.as_ref().unwrap_or(&nothing);
        let sent = field.widget.read(data, &bound.html_name(), field.required);
        value_of_input(&sent, &self.form.definition.zone)
    }

    fn widget_of(&self, method: &str) -> Option<Widget> {
        let field = self.get().field();
        Some(match method {
            "as_widget" => field.widget.clone(),
            "as_text" => Widget::new(WidgetClass::TextInput),
            "as_textarea" => Widget::new(WidgetClass::Textarea),
            "as_hidden" => Widget::new(field.kind.hidden_widget()),
            _ => return None,
        })
    }

    fn group(&self) -> Value {
        let mut out = String::new();
        self.get().write_group(&mut out);
        safe(out)
    }

    /// Its options, or itself where it is one element.
    fn subwidgets(&self) -> Vec<Value> {
        if !self.get().has_options() {
            return vec![safe(self.html())];
        }
        let name = self.get().html_name();
        let options = self.get().options().into_iter();
        let widgets = options.map(|option| {
            Value::from_object(BoundWidget {
                widget: self.get().field().widget.clone(),
                name: name.clone(),
                option,
            })
        });
        widgets.collect()
    }

    /// What it has under this name.
    fn own(&self, name: &str) -> Option<Value> {
        if let Some(widget) = self.widget_of(name) {
            return self.widget_html(&widget, &[]).ok();
        }
        let bound = self.get();
        let field = bound.field();
        Some(match name {
            "__html__" => safe(self.html()),
            "aria_describedby" => Value::from(bound.described_by()),
            "as_field_group" | "render" => self.group(),
            "auto_id" => Value::from(bound.auto_id()),
            "css_classes" => Value::from(bound.css_classes("")),
            "data" => self.sent(),
            "errors" => Value::from_object(ErrorList::new(
                bound.errors().to_vec(),
                ErrorListStyle::of_field(&bound.auto_id()),
            )),
            "field" => declared_field(&self.form, field),
            "form" => Value::from_dyn_object(Arc::clone(&self.form)),
            "help_text" => safe(field.help_text.clone()),
            "html_initial_id" => Value::from(bound.initial_id()),
            "html_initial_name" => Value::from(bound.initial_name()),
            "html_name" => Value::from(bound.html_name()),
            "id_for_label" => Value::from(bound.id_for_label().unwrap_or_default()),
            "initial" => value_of(self.form.initial_at(self.index), &self.form.definition.zone),
            "is_hidden" => Value::from(bound.is_hidden()),
            "label" => Value::from(field.label.as_str()),
            "label_tag" => self.label_html(&[], "label").ok()?,
            "legend_tag" => self.label_html(&[], "legend").ok()?,
            "name" => Value::from(field.name.as_str()),
            "required" => Value::from(field.required),
            "subwidgets" => Value::from(self.subwidgets()),
            "use_fieldset" => Value::from(bound.use_fieldset()),
            "value" => self.value(),
            "widget_type" => Value::from(field.widget.class.widget_type()),
            _ => return None,
        })
    }
}

impl Object for BoundField {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Iterable
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        if let Some(index) = key.as_usize() {
            return self.subwidgets().into_iter().nth(index);
        }
        self.own(key.as_str()?)
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(self.subwidgets())
    }

    fn is_true(self: &Arc<Self>) -> bool {
        true
    }

    fn call_method(
        self: &Arc<Self>,
        _: &mut State<'_, '_>,
        method: &str,
        args: &[Value],
    ) -> Result<Value, Error> {
        if let Some(widget) = self.widget_of(method) {
            return self.widget_html(&widget, args);
        }
        match method {
            "label_tag" => self.label_html(args, "label"),
            "legend_tag" => self.label_html(args, "legend"),
            "css_classes" => {
                let (extra,): (Option<String>,) = from_args(args)?;
                Ok(Value::from(
                    self.get().css_classes(&extra.unwrap_or_default()),
                ))
            }
            _ => call_own("field", method, args, |name| {
                let is_plain = ["as_field_group", "render", "value"].contains(&name);
                is_plain.then(|| self.own(name)).flatten()
            }),
        }
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.html())
    }
}

/// The attributes in `as_widget(attrs={"class": "wide"})`.
fn attributes_of(given: Option<Value>) -> Result<HtmlAttributes, Error> {
    let mut attributes = HtmlAttributes::default();
    let Some(given) = given.filter(|given| !given.is_none() && !given.is_undefined()) else {
        return Ok(attributes);
    };
    for name in given.try_iter()? {
        let value = given.get_item(&name)?;
        let is_boolean = value.kind() == Value::from(true).kind();
        let value = if is_boolean {
            AttributeValue::from(value.is_true())
        } else {
            AttributeValue::Text(value.to_string())
        };
        attributes.set(&name.to_string(), value);
    }
    Ok(attributes)
}
