//! A field of a form with what was sent in it, and its HTML.

use std::borrow::Cow;

use crate::forms::error::ValidationError;
use crate::forms::field::{FormField, FormFieldKind};
use crate::forms::form::Form;
use crate::forms::form_value::FormInput;
use crate::forms::html::{HtmlAttributes, write_attribute};
use crate::forms::widget::{RenderedOption, Widget, WidgetClass, WidgetContext, clear_name};
use crate::json::Json;
use crate::templates::escape;
use crate::values::FieldValue;

/// A field of a form with what was sent in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct BoundFieldRef<'f> {
    pub(super) form: &'f Form,
    pub(super) index: usize,
}

/// What a label is made of.
#[derive(Clone, Debug, Default)]
pub(super) struct LabelOptions {
    /// Its text, as HTML, in place of the field's.
    pub(super) contents: Option<String>,
    pub(super) attributes: HtmlAttributes,
    pub(super) suffix: Option<String>,
    pub(super) tag: Option<&'static str>,
}

impl<'f> BoundFieldRef<'f> {
    pub(super) fn field(&self) -> &'f FormField {
        &self.form.definition.fields[self.index]
    }

    pub(super) fn html_name(&self) -> String {
        self.form.html_name(self.field())
    }

    pub(super) fn errors(&self) -> &'f [ValidationError] {
        self.form.errors_at(self.index)
    }

    pub(super) fn is_hidden(&self) -> bool {
        self.field().widget.is_hidden()
    }

    /// The id of its element.
    pub(super) fn auto_id(&self) -> String {
        format!("id_{}", self.html_name())
    }

    /// The name of the hidden element for what it started with.
    pub(super) fn initial_name(&self) -> String {
        format!("initial-{}", self.html_name())
    }

    /// The id of that element; as in Django it has the prefix of the form twice.
    pub(super) fn initial_id(&self) -> String {
        let id = self.auto_id();
        match self.form.prefix.as_str() {
            "" => format!("initial-{id}"),
            prefix => format!("initial-{prefix}-{id}"),
        }
    }

    fn id(&self) -> String {
        let own = self.field().widget.attributes.text("id");
        own.map_or_else(|| self.auto_id(), ToOwned::to_owned)
    }

    /// The id that its label points to; none where it has several elements.
    pub(super) fn id_for_label(&self) -> Option<String> {
        self.field().widget.id_for_label(&self.id())
    }

    pub(super) fn use_fieldset(&self) -> bool {
        self.field().widget.class.use_fieldset()
    }

    /// The ids of what describes the element: its advice and its errors.
    pub(super) fn described_by(&self) -> String {
        if self.is_hidden() || self.field().widget.attributes.is_on("aria-describedby") {
            return String::new();
        }
        let id = self.auto_id();
        let help = (!self.field().help_text.is_empty()).then(|| format!("{id}_helptext"));
        let errors = (!self.errors().is_empty()).then(|| format!("{id}_error"));
        let parts: Vec<_> = help.into_iter().chain(errors).collect();
        parts.join(" ")
    }

    /// The classes of what surrounds it.
    pub(super) fn css_classes(&self, extra: &str) -> String {
        let definition = &self.form.definition;
        let wrong = definition.error_css_class.as_deref();
        let wrong = wrong.filter(|_| !self.errors().is_empty());
        let required = definition.required_css_class.as_deref();
        let required = required.filter(|_| self.field().required);
        let mut classes: Vec<&str> = extra.split_whitespace().collect();
        for class in wrong.into_iter().chain(required) {
            if !classes.contains(&class) {
                classes.push(class);
            }
        }
        classes.join(" ")
    }

    /// What its element shows: what was sent, or what it starts with.
    pub(super) fn value(&self) -> FormInput<'f> {
        let shown = self.form.shown_at(self.index);
        match &self.field().kind {
            FormFieldKind::Json => self.json_value(shown),
            FormFieldKind::Duration => match shown {
                FormInput::Value(value) => {
                    FormInput::Text(Cow::Owned(crate::values::to_text(&value)))
                }
                shown => shown,
            },
            _ => shown,
        }
    }

    /// A document as it is written; what is not JSON as it was sent.
    fn json_value(&self, shown: FormInput<'f>) -> FormInput<'f> {
        let text = |document: &Json| {
            FormInput::Text(Cow::Owned(if self.field().widget.is_indented {
                document.to_python_indented()
            } else {
                document.to_python_unicode()
            }))
        };
        match &shown {
            FormInput::Missing => text(&Json::Null),
            FormInput::Text(sent) => match Json::parse(sent) {
                Some(document) if !self.field().disabled => text(&document),
                _ => shown,
            },
            FormInput::Value(value) => match &**value {
                FieldValue::Json(document) => text(document),
                FieldValue::Text(sent) => text(&Json::String(sent.clone())),
                FieldValue::Integer(number) => text(&Json::from(*number)),
                FieldValue::Boolean(value) => text(&Json::Boolean(*value)),
                _ => shown,
            },
            _ => shown,
        }
    }

    /// The attributes that the field adds to those of `widget`.
    fn attributes(&self, widget: &Widget, more: &HtmlAttributes) -> HtmlAttributes {
        let field = self.field();
        let mut all = more.clone();
        if self.form.has_focus(field) {
            all.set("autofocus", true);
        }
        if field.required && self.form.use_required_attribute && self.may_be_required(widget) {
            all.set("required", true);
        }
        if field.disabled {
            all.set("disabled", true);
        }
        if !widget.is_hidden() && !self.errors().is_empty() {
            all.set("aria-invalid", "true");
        }
        if !all.is_on("aria-describedby") && !self.use_fieldset() {
            let described_by = self.described_by();
            if !described_by.is_empty() {
                all.set("aria-describedby", described_by);
            }
        }
        all
    }

    fn may_be_required(&self, widget: &Widget) -> bool {
        if self.has_partly_required() && widget.is_multi() {
            return false;
        }
        let has_initial = self.form.initial_at(self.index).as_input().is_truthy();
        widget.may_be_required(has_initial, &self.form.choices_at(self.index))
    }

    /// Whether some of its parts have to be filled in, and others not.
    fn has_partly_required(&self) -> bool {
        let kind = &self.field().kind;
        matches!(kind, FormFieldKind::MultiValue(parts) if !parts.require_all_fields)
    }

    /// The widget, its parts `required` as the parts of the field are.
    fn widget(&self) -> Cow<'f, Widget> {
        let field = self.field();
        let FormFieldKind::MultiValue(parts) = &field.kind else {
            return Cow::Borrowed(&field.widget);
        };
        let is_required = field.required && self.form.use_required_attribute;
        if parts.require_all_fields || !is_required {
            return Cow::Borrowed(&field.widget);
        }
        let mut widget = field.widget.clone();
        for (part, inner) in widget.parts.iter_mut().zip(&parts.fields) {
            let may = part.widget.may_be_required(false, &inner.choices);
            part.widget
                .attributes
                .set("required", may && inner.required);
        }
        Cow::Owned(widget)
    }

    /// Its element as a template prints it, with the hidden one for what it started with.
    pub(super) fn write(&self, out: &mut String) {
        self.write_widget(out, &self.widget(), &HtmlAttributes::default());
        if self.field().show_hidden_initial {
            self.write_hidden_initial(out);
        }
    }

    /// Its element with `more` attributes, or that of another widget.
    pub(super) fn write_widget(&self, out: &mut String, widget: &Widget, more: &HtmlAttributes) {
        let mut attributes = self.attributes(widget, more);
        if !widget.attributes.has("id") {
            attributes.set_default("id", self.auto_id());
        }
        let name = self.html_name();
        let context = self.context(&name, self.value(), attributes);
        let choices = self.form.choices_at(self.index);
        widget.render(
            out,
            &WidgetContext {
                choices: &choices,
                ..context
            },
        );
    }

    fn context<'c>(
        &self,
        name: &'c str,
        value: FormInput<'c>,
        attributes: HtmlAttributes,
    ) -> WidgetContext<'c>
    where
        'f: 'c,
    {
        let data = self.form.data.as_ref();
        WidgetContext {
            is_cleared: data.is_some_and(|data| data.has(&clear_name(name))),
            name,
            value,
            attributes,
            choices: &[],
            is_required: self.field().required,
            zone: &self.form.definition.zone,
        }
    }

    fn write_hidden_initial(&self, out: &mut String) {
        let widget = Widget::new(self.field().kind.hidden_widget());
        let mut attributes = self.attributes(&widget, &HtmlAttributes::default());
        let name = self.initial_name();
        attributes.set_default("id", self.initial_id());
        let sent = self.form.data.as_ref().filter(|data| data.has(&name));
        let value = match sent {
            Some(data) => widget.read(data, &name, false),
            None => self.value(),
        };
        widget.render(out, &self.context(&name, value, attributes));
    }

    /// Its options, for widgets of several elements.
    pub(super) fn options(&self) -> Vec<RenderedOption> {
        let widget = &self.field().widget;
        let mut attributes = HtmlAttributes::default();
        attributes.set("id", self.id());
        let attributes = self.attributes(widget, &attributes);
        let name = self.html_name();
        let choices = self.form.choices_at(self.index);
        let context = self.context(&name, self.value(), attributes);
        widget.options(&WidgetContext {
            choices: &choices,
            ..context
        })
    }

    /// Whether it has options that a template can go through.
    pub(super) fn has_options(&self) -> bool {
        let class = self.field().widget.class;
        class.has_choices() || class == WidgetClass::NullBooleanSelect
    }

    pub(super) fn write_label(&self, out: &mut String, options: &LabelOptions) {
        let field = self.field();
        let contents = match &options.contents {
            Some(contents) => contents.clone(),
            None => escape(&field.label),
        };
        let suffix = options.suffix.as_deref().or(field.label_suffix.as_deref());
        let suffix = suffix.unwrap_or(&self.form.definition.label_suffix);
        let suffix = if contents.is_empty() || contents.ends_with([':', '?', '.', '!']) {
            String::new()
        } else {
            escape(suffix)
        };
        let tag = options.tag.unwrap_or("label");
        let mut attributes = options.attributes.clone();
        if let Some(id) = self.id_for_label() {
            attributes.set("for", id);
        }
        let required = self.form.definition.required_css_class.as_deref();
        if let Some(class) = required.filter(|_| field.required) {
            let own = attributes.text("class").map(|own| format!("{own} {class}"));
            attributes.set("class", own.unwrap_or_else(|| class.to_owned()));
        }
        out.push('<');
        out.push_str(tag);
        attributes.write(out);
        out.push('>');
        out.push_str(&contents);
        out.push_str(&suffix);
        out.push_str("</");
        out.push_str(tag);
        out.push('>');
    }

    /// Its advice in `element`.
    pub(super) fn write_help(&self, out: &mut String, element: &str) {
        let help = &self.field().help_text;
        if help.is_empty() {
            return;
        }
        out.push('<');
        out.push_str(element);
        out.push_str(" class=\"helptext\"");
        write_attribute(out, "id", &format!("{}_helptext", self.auto_id()));
        out.push('>');
        out.push_str(help);
        out.push_str("</");
        out.push_str(element);
        out.push('>');
    }

    /// Label, advice, errors and element, in a `fieldset` where there are several elements.
    pub(super) fn write_group(&self, out: &mut String) {
        let use_fieldset = self.use_fieldset();
        if use_fieldset {
            out.push_str("<fieldset");
            let described_by = self.described_by();
            if !described_by.is_empty() {
                write_attribute(out, "aria-describedby", &described_by);
            }
            out.push_str(">\n");
        }
        if !self.field().label.is_empty() {
            let tag = use_fieldset.then_some("legend");
            self.write_label(
                out,
                &LabelOptions {
                    tag,
                    ..LabelOptions::default()
                },
            );
            out.push('\n');
        }
        if !self.field().help_text.is_empty() {
            self.write_help(out, "div");
            out.push('\n');
        }
        if !self.errors().is_empty() {
            write_errors(
                out,
                self.errors(),
                &ErrorListStyle::of_field(&self.auto_id()),
            );
            out.push('\n');
        }
        self.write(out);
        if use_fieldset {
            out.push_str("</fieldset>");
        }
    }
}

/// How a list of errors is written.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct ErrorListStyle {
    pub(super) class: &'static str,
    /// The id of the field.
    pub(super) field_id: Option<String>,
}

impl ErrorListStyle {
    pub(super) fn of_field(id: &str) -> Self {
        Self {
            class: "errorlist",
            field_id: Some(id.to_owned()),
        }
    }

    pub(super) fn of_form() -> Self {
        Self {
            class: "errorlist nonfield",
            field_id: None,
        }
    }
}

/// Writes a list of errors; nothing where there are none.
pub(super) fn write_errors(out: &mut String, errors: &[ValidationError], style: &ErrorListStyle) {
    if errors.is_empty() {
        return;
    }
    out.push_str("<ul");
    write_attribute(out, "class", style.class);
    if let Some(id) = &style.field_id {
        write_attribute(out, "id", &format!("{id}_error"));
    }
    out.push('>');
    for error in errors {
        out.push_str("<li>");
        out.push_str(&escape(&error.message));
        out.push_str("</li>");
    }
    out.push_str("</ul>");
}
