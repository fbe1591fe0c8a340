//! Forms and their fields as templates see them, under Django's names.

use std::fmt;
use std::sync::Arc;

use crate::forms::bound_field::{BoundFieldRef, ErrorListStyle, LabelOptions};
use crate::forms::error::ValidationError;
use crate::forms::error_dict::{ErrorDict, FieldErrors};
use crate::forms::error_list::ErrorList;
use crate::forms::form::Form;
use crate::forms::form_value::FormInput;
use crate::forms::html::{AttributeValue, HtmlAttributes};
use crate::forms::layout::FormLayout;
use crate::forms::widget::{RenderedOption, Widget, WidgetClass};
use crate::templates::escape;
use crate::templates::value::{
    Enumerator, Error, Kwargs, Object, ObjectRepr, State, Value, from_args, map, unknown_method,
};

impl Form {
    fn bound(self: &Arc<Self>, index: usize) -> BoundField {
        let form = Arc::clone(self);
        BoundField { form, index }
    }

    fn bound_objects(self: &Arc<Self>, keep: impl Fn(&BoundFieldRef<'_>) -> bool) -> Vec<Value> {
        let fields = self.bound_fields().filter(keep);
        fields
            .map(|field| Value::from_object(self.bound(field.index)))
            .collect()
    }

    fn hidden_objects(self: &Arc<Self>) -> Vec<Value> {
        let visible: Vec<_> = self
            .bound_fields()
            .map(|field| !field.is_hidden())
            .collect();
        self.bound_objects(|field| !visible[field.index])
    }

    fn error_map(&self) -> Value {
        let field_errors = |name: &str, errors: &[ValidationError], style| FieldErrors {
            name: name.to_owned(),
            errors: errors.to_vec(),
            list: ErrorList::new(errors.to_vec(), style),
        };
        let of_fields = self.bound_fields().map(|field| {
            let style = ErrorListStyle::of_field(&field.auto_id());
            field_errors(&field.field().name, field.errors(), style)
        });
        let (own, style) = (self.non_field_errors(), ErrorListStyle::of_form());
        let all = of_fields.chain([field_errors("__all__", own, style)]);
        Value::from_object(ErrorDict::new(all))
    }

    /// Whether a field, or with `None` the form, has an error, of this code if one is given.
    fn has_error(&self, args: &[Value]) -> Result<Value, Error> {
        let (name, code): (Option<String>, Option<String>) = from_args(args)?;
        let errors = match &name {
            Some(name) if name != "__all__" => self.errors(name),
            _ => self.non_field_errors(),
        };
        let has_code =
            |error: &ValidationError| code.as_ref().is_none_or(|code| error.code == **code);
        Ok(Value::from(errors.iter().any(has_code)))
    }

    fn non_field_list(&self) -> ErrorList {
        ErrorList::new(self.non_field_errors().to_vec(), ErrorListStyle::of_form())
    }
}

fn safe(html: String) -> Value {
    Value::from_safe_string(html)
}

impl Object for Form {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Iterable
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let key = key.as_str()?;
        // A field goes before what the form itself has of that name, as `form["errors"]` in Django.
        if let Some(index) = self.definition.position(key) {
            return Some(Value::from_object(self.bound(index)));
        }
        Some(match key {
            "__html__" => safe(self.html(FormLayout::Div)),
            "errors" => self.error_map(),
            "non_field_errors" => Value::from_object(self.non_field_list()),
            "is_bound" => Value::from(self.is_bound()),
            "is_multipart" => Value::from(self.definition.is_multipart()),
            "prefix" => Value::from(self.prefix.as_str()),
            "instance" => self.instance.clone()?,
            "label_suffix" => Value::from(self.definition.label_suffix.as_str()),
            "visible_fields" => self.bound_objects(|field| !field.is_hidden()).into(),
            "hidden_fields" => self.hidden_objects().into(),
            "changed_data" => self.changed_data().into_iter().collect(),
            _ => return None,
        })
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(self.bound_objects(|_| true))
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
        if method == "has_error" {
            return self.has_error(args);
        }
        from_args::<()>(args)?;
        if let Some(layout) = FormLayout::of_method(method) {
            return Ok(safe(self.html(layout)));
        }
        Ok(match method {
            "is_valid" => Value::from(self.is_valid()),
            "has_changed" => Value::from(self.has_changed()),
            "is_multipart" => Value::from(self.definition.is_multipart()),
            "non_field_errors" => Value::from_object(self.non_field_list()),
            "visible_fields" => self.bound_objects(|field| !field.is_hidden()).into(),
            "hidden_fields" => self.hidden_objects().into(),
            _ => return Err(unknown_method("form", method)),
        })
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Self::html(self, FormLayout::Div))
    }
}

/// A field of a form, with what was sent in it.
#[derive(Debug)]
struct BoundField {
    form: Arc<Form>,
    index: usize,
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
        self.template_value(&field.value())
    }

    fn template_value(&self, input: &FormInput<'_>) -> Value {
        match input {
            FormInput::Boolean(value) => Value::from(*value),
            FormInput::List(items) => items.iter().map(|item| self.template_value(item)).collect(),
            FormInput::Stored(file) => map([("name", &file.name), ("url", &file.url)]),
            input => {
                let text = input.to_text(&self.form.definition.zone);
                text.map_or_else(|| Value::from(()), |text| Value::from(text.into_owned()))
            }
        }
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

    /// What `form.title.field` has.
    fn definition(&self) -> Value {
        let field = self.get();
        let field = field.field();
        map([
            ("required", Value::from(field.required)),
            ("disabled", Value::from(field.disabled)),
            ("label", Value::from(field.label.as_str())),
            ("help_text", safe(field.help_text.clone())),
            ("max_length", Value::from(field.limits.max_length)),
            ("widget_type", Value::from(field.widget.class.widget_type())),
        ])
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
        let bound = self.get();
        let field = bound.field();
        Some(match key.as_str()? {
            "__html__" => safe(self.html()),
            "name" => Value::from(field.name.as_str()),
            "html_name" => Value::from(bound.html_name()),
            "html_initial_name" => Value::from(format!("initial-{}", bound.html_name())),
            "html_initial_id" => Value::from(format!("initial-{}", bound.auto_id())),
            "label" => Value::from(field.label.as_str()),
            "help_text" => safe(field.help_text.clone()),
            "errors" => Value::from_object(ErrorList::new(
                bound.errors().to_vec(),
                ErrorListStyle::of_field(&bound.auto_id()),
            )),
            "id_for_label" => Value::from(bound.id_for_label().unwrap_or_default()),
            "auto_id" => Value::from(bound.auto_id()),
            "aria_describedby" => Value::from(bound.described_by()),
            "widget_type" => Value::from(field.widget.class.widget_type()),
            "use_fieldset" => Value::from(bound.use_fieldset()),
            "is_hidden" => Value::from(bound.is_hidden()),
            "required" => Value::from(field.required),
            "field" => self.definition(),
            "form" => Value::from_dyn_object(Arc::clone(&self.form)),
            "data" => match &self.form.data {
                Some(_) => self.value(),
                None => Value::from(()),
            },
            "initial" => self.template_value(&self.form.initial_at(self.index).as_input()),
            "subwidgets" => Value::from(self.subwidgets()),
            _ => return None,
        })
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
        let field = self.get().field();
        Ok(match method {
            "as_widget" => return self.widget_html(&field.widget, args),
            "as_text" => return self.widget_html(&Widget::new(WidgetClass::TextInput), args),
            "as_textarea" => return self.widget_html(&Widget::new(WidgetClass::Textarea), args),
            "as_hidden" => {
                return self.widget_html(&Widget::new(field.kind.hidden_widget()), args);
            }
            "as_field_group" => {
                let mut out = String::new();
                self.get().write_group(&mut out);
                safe(out)
            }
            "label_tag" => return self.label_html(args, "label"),
            "legend_tag" => return self.label_html(args, "legend"),
            "css_classes" => {
                let (extra,): (Option<String>,) = from_args(args)?;
                Value::from(self.get().css_classes(&extra.unwrap_or_default()))
            }
            "value" => self.value(),
            _ => return Err(unknown_method("field", method)),
        })
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.html())
    }
}

/// One of the elements of a field.
#[derive(Debug)]
struct BoundWidget {
    widget: Widget,
    name: String,
    option: RenderedOption,
}

impl BoundWidget {
    fn html(&self, wrap: bool) -> String {
        let mut out = String::new();
        let is_select = self.widget.class.input_type() == "select";
        if is_select {
            self.widget.write_select_option(&mut out, &self.option);
        } else {
            self.widget
                .write_option(&mut out, &self.name, &self.option, wrap);
        }
        out
    }

    fn data(&self) -> Value {
        let option = &self.option;
        map([
            ("name", Value::from(self.name.as_str())),
            ("value", Value::from(option.option.value.as_str())),
            ("label", Value::from(option.option.label.as_str())),
            ("selected", Value::from(option.is_selected)),
            ("index", Value::from(option.index.as_str())),
            ("type", Value::from(self.widget.input_type())),
        ])
    }
}

impl Object for BoundWidget {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        Some(match key.as_str()? {
            "__html__" => safe(self.html(true)),
            "tag" => safe(self.html(false)),
            "choice_label" => Value::from(self.option.option.label.as_str()),
            "id_for_label" => {
                let id = self.option.attributes.text("id");
                id.map_or_else(|| Value::from(()), Value::from)
            }
            "data" => self.data(),
            _ => return None,
        })
    }

    fn call_method(
        self: &Arc<Self>,
        _: &mut State<'_, '_>,
        method: &str,
        args: &[Value],
    ) -> Result<Value, Error> {
        if method != "tag" {
            return Err(unknown_method("widget", method));
        }
        let (wrap,): (Option<bool>,) = from_args(args)?;
        Ok(safe(self.html(wrap.unwrap_or(false))))
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.html(true))
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
