//! A field as a definition holds it: with the validators and the attributes that its class and its limits give it.

use crate::forms::field::FormField;
use crate::forms::field::kind::FormFieldKind;
use crate::forms::field::number::step_of_places;
use crate::forms::html::HtmlAttributes;
use crate::forms::validator::ValidatorCheck;
use crate::forms::widget::{Widget, WidgetClass};
use crate::models::IpProtocol;
use crate::values::to_text;

impl FormField {
    /// The field with all its validators, in Django's order, and all attributes of its widget.
    #[must_use]
    pub fn finished(mut self) -> Self {
        if self.is_finished {
            return self;
        }
        self.is_finished = true;
        self.finish_parts();
        if let Some(check) = self.class_check() {
            self.validators.insert(0, check.into());
        }
        self.validators
            .extend(self.limit_checks().into_iter().map(Into::into));
        self.set_widget_attributes();
        self
    }

    fn finish_parts(&mut self) {
        match &mut self.kind {
            FormFieldKind::Combo(fields) => {
                for field in fields.iter_mut() {
                    field.required = false;
                    *field = field.clone().finished();
                }
            }
            FormFieldKind::MultiValue(parts) | FormFieldKind::SplitDateTime(parts) => {
                for field in &mut parts.fields {
                    field.required &= !parts.require_all_fields;
                    *field = field.clone().finished();
                }
                if self.widget.class == WidgetClass::MultiWidget && self.widget.parts.is_empty() {
                    let widgets = parts.fields.iter().map(|field| field.widget.clone());
                    let multi = Widget::multi(widgets.collect());
                    self.widget.parts = multi.parts;
                    self.widget.separator.clone_from(&parts.separator);
                }
            }
            _ => {}
        }
    }

    /// What every field of its class is checked for.
    pub(super) fn class_check(&self) -> Option<ValidatorCheck> {
        Some(match &self.kind {
            FormFieldKind::Email => ValidatorCheck::Email(vec!["localhost".to_owned()]),
            FormFieldKind::Url { .. } => ValidatorCheck::url(),
            FormFieldKind::Slug {
                allow_unicode: false,
            } => ValidatorCheck::Slug,
            FormFieldKind::Slug {
                allow_unicode: true,
            } => ValidatorCheck::UnicodeSlug,
            FormFieldKind::GenericIpAddress { protocol, .. } => match protocol {
                IpProtocol::Both => ValidatorCheck::Ip,
                IpProtocol::Ipv4 => ValidatorCheck::Ipv4,
                IpProtocol::Ipv6 => ValidatorCheck::Ipv6,
            },
            FormFieldKind::Image(_) => ValidatorCheck::image_extension(),
            _ => return None,
        })
    }

    fn limit_checks(&self) -> Vec<ValidatorCheck> {
        let limits = &self.limits;
        let mut checks = Vec::new();
        if self.kind.is_text() {
            checks.extend(limits.min_length.map(ValidatorCheck::MinLength));
            checks.extend(limits.max_length.map(ValidatorCheck::MaxLength));
            checks.push(ValidatorCheck::NoNullCharacters);
        }
        if self.kind.is_number() {
            checks.extend(limits.max_value.clone().map(ValidatorCheck::MaxValue));
            checks.extend(limits.min_value.clone().map(ValidatorCheck::MinValue));
            checks.extend(
                limits
                    .step_size
                    .clone()
                    .map(|step| ValidatorCheck::StepSize {
                        step,
                        offset: limits.min_value.clone(),
                    }),
            );
        }
        if let FormFieldKind::Decimal = self.kind {
            checks.push(ValidatorCheck::Digits {
                max_digits: limits.max_digits,
                decimal_places: limits.decimal_places,
            });
        }
        checks
    }

    fn set_widget_attributes(&mut self) {
        let mut more = HtmlAttributes::default();
        let limits = &self.limits;
        if self.kind.is_text() && !self.widget.is_hidden() {
            let lengths = [
                ("maxlength", limits.max_length),
                ("minlength", limits.min_length),
            ];
            for (name, length) in lengths {
                if let Some(length) = length {
                    more.set(name, length.to_string());
                }
            }
        }
        if self.kind.is_number() && self.widget.class == WidgetClass::NumberInput {
            let values = [
                ("min", &limits.min_value),
                ("max", &limits.max_value),
                ("step", &limits.step_size),
            ];
            for (name, value) in values {
                if let Some(value) = value {
                    more.set(name, to_text(value));
                }
            }
            if !self.widget.attributes.has("step") {
                more.set_default("step", self.usual_step());
            }
        }
        if let FormFieldKind::Image(_) = self.kind
            && self.widget.class.is_file()
            && !self.widget.attributes.has("accept")
        {
            more.set("accept", "image/*");
        }
        for (name, value) in more.iter() {
            if name == "step" && *value == "".into() {
                continue;
            }
            self.widget.attributes.set(name, value.clone());
        }
    }

    /// The `step` of a number that says none; nothing for whole numbers.
    fn usual_step(&self) -> String {
        match (&self.kind, self.limits.decimal_places) {
            (FormFieldKind::Integer, _) => String::new(),
            (FormFieldKind::Decimal, Some(places)) => step_of_places(places),
            _ => "any".to_owned(),
        }
    }
}
