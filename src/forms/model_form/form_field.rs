//! The field of a form for a field of a model: Django's `formfield()`.

use std::sync::Arc;

use crate::clock::Zone;
use crate::forms::field::{Coercion, FileLimits, FormField, FormFieldKind};
use crate::forms::form_choices::FormChoice;
use crate::forms::model_choices::ModelChoices;
use crate::forms::read::{BLANK_LABEL, PathListing, form_choices, initial_of};
use crate::forms::validator::FormValidator;
use crate::forms::widget::{Widget, WidgetClass};
use crate::models::expression::Condition;
use crate::models::{Field, FieldKind, ModelKey, ModelSet as _, Registry};
use crate::text::{self, PythonPattern};
use crate::values::FieldValue;

/// The greatest number of a column of 64 bits.
const MAX_BIG: i64 = i64::MAX;

/// The field of a form for `field`; none for what no form fills in, such as a key that counts up.
pub fn form_field(registry: &Registry, field: &Field, zone: &Zone) -> Option<FormField> {
    if !field.editable || is_set_by_clock(field) {
        return None;
    }
    let is_path = matches!(field.kind, FieldKind::FilePath { .. });
    let mut found = if field.choices.is_empty() || is_path {
        plain(registry, field)?
    } else {
        with_choices(field)?
    };
    found.label = text::capitalized(&field.verbose_name());
    field.help_text.clone_into(&mut found.help_text);
    found.required = !field.blank && !is_plain_boolean(field);
    if let Some(default) = &field.default
        && let Some(initial) = initial_of(&found, default, zone)
    {
        found.show_hidden_initial = matches!(default, crate::models::FieldDefault::Function(_));
        found.initial = initial;
    }
    let validators = field.validators.iter().filter_map(FormValidator::of);
    found.model_validators = validators.collect();
    found.model_validators.extend(range_validators(&field.kind));
    for (code, message) in &field.error_messages {
        found = found.message(code, message);
    }
    Some(found)
}

/// Whether its value is taken from the clock, and so by nobody from a form.
fn is_set_by_clock(field: &Field) -> bool {
    match field.kind {
        FieldKind::Date(auto) | FieldKind::DateTime(auto) | FieldKind::Time(auto) => {
            auto.auto_now || auto.auto_now_add
        }
        _ => false,
    }
}

/// A box cannot be required: that would mean that it has to be ticked.
fn is_plain_boolean(field: &Field) -> bool {
    matches!(field.kind, FieldKind::Boolean) && field.choices.is_empty()
}

fn with_choices(field: &Field) -> Option<FormField> {
    if field.kind.is_auto() || field.many_to_many().is_some() || field.relation().is_some() {
        return None;
    }
    let include_blank = match field.kind {
        FieldKind::Boolean => field.default.is_none(),
        _ => field.blank || field.default.is_none(),
    };
    let mut choices = form_choices(&field.choices);
    let has_blank = crate::forms::form_choices::has_choice(&choices, "");
    if include_blank && !has_blank {
        choices.insert(0, FormChoice::option("", BLANK_LABEL));
    }
    let mut found = FormField::new(
        &field.name,
        FormFieldKind::TypedChoice(coercion(&field.kind)),
    );
    found.choices = Arc::new(choices);
    found.empty_is_null = field.null;
    Some(found)
}

fn coercion(kind: &FieldKind) -> Coercion {
    match kind {
        FieldKind::Boolean => Coercion::Bool,
        FieldKind::Float => Coercion::Float,
        FieldKind::Decimal { .. } => Coercion::Decimal,
        FieldKind::Uuid => Coercion::Uuid,
        kind if kind.is_integer() => Coercion::Int,
        _ => Coercion::Str,
    }
}

fn plain(registry: &Registry, field: &Field) -> Option<FormField> {
    let name = field.name.as_str();
    let formats = Vec::new;
    let mut found = match &field.kind {
        FieldKind::Auto
        | FieldKind::SmallAuto
        | FieldKind::BigAuto
        | FieldKind::Binary { .. }
        | FieldKind::Generated { .. }
        | FieldKind::CompositePrimaryKey { .. } => return None,
        FieldKind::Boolean if field.null => FormField::new(name, FormFieldKind::NullBoolean),
        FieldKind::Boolean => FormField::new(name, FormFieldKind::Boolean),
        FieldKind::Date(_) => FormField::new(
            name,
            FormFieldKind::Date {
                input_formats: formats(),
            },
        ),
        FieldKind::DateTime(_) => FormField::new(
            name,
            FormFieldKind::DateTime {
                input_formats: formats(),
            },
        ),
        FieldKind::Time(_) => FormField::new(
            name,
            FormFieldKind::Time {
                input_formats: formats(),
            },
        ),
        FieldKind::Duration => FormField::new(name, FormFieldKind::Duration),
        FieldKind::Decimal {
            max_digits,
            decimal_places,
        } => {
            let mut found = FormField::new(name, FormFieldKind::Decimal);
            found.limits.max_digits = Some(*max_digits);
            found.limits.decimal_places = Some(*decimal_places);
            found
        }
        FieldKind::Float => FormField::new(name, FormFieldKind::Float),
        kind if kind.is_integer() => integer(name, kind),
        FieldKind::Json => FormField::new(name, FormFieldKind::Json),
        FieldKind::Uuid => FormField::new(name, FormFieldKind::Uuid),
        FieldKind::FilePath {
            path,
            pattern,
            recursive,
            allow_files,
            allow_folders,
            ..
        } => {
            let listing = PathListing {
                pattern: pattern
                    .as_deref()
                    .and_then(|text| PythonPattern::parse(text).ok()),
                recursive: *recursive,
                allow_files: *allow_files,
                allow_folders: *allow_folders,
            };
            let mut found = FormField::new(name, FormFieldKind::FilePath);
            let blank = field.blank.then(|| FormChoice::option("", BLANK_LABEL));
            let paths = listing.choices(std::path::Path::new(path), path);
            let choices = blank.into_iter().chain(paths.unwrap_or_default());
            found.choices = Arc::new(choices.collect());
            found
        }
        FieldKind::File { max_length, .. } | FieldKind::Image { max_length, .. } => {
            let limits = FileLimits {
                max_length: Some(*max_length),
                ..FileLimits::default()
            };
            let is_image = matches!(field.kind, FieldKind::Image { .. });
            FormField::new(
                name,
                if is_image {
                    FormFieldKind::Image(limits)
                } else {
                    FormFieldKind::File(limits)
                },
            )
        }
        FieldKind::ForeignKey(_) | FieldKind::OneToOne(_) | FieldKind::ManyToMany(_) => {
            related(registry, field)?
        }
        _ => text_field(field),
    };
    let is_char = matches!(
        field.kind,
        FieldKind::Char { .. }
            | FieldKind::Email { .. }
            | FieldKind::Slug { .. }
            | FieldKind::Url { .. }
    );
    found.empty_is_null = field.null && is_char;
    Some(found)
}

fn text_field(field: &Field) -> FormField {
    let kind = match &field.kind {
        FieldKind::Email { .. } => FormFieldKind::Email,
        FieldKind::Url { .. } => FormFieldKind::Url {
            assume_scheme: "http".to_owned(),
        },
        FieldKind::Slug { allow_unicode, .. } => FormFieldKind::Slug {
            allow_unicode: *allow_unicode,
        },
        FieldKind::GenericIpAddress {
            protocol,
            unpack_ipv4,
        } => FormFieldKind::GenericIpAddress {
            protocol: *protocol,
            // The model unpacks, not the form.
            unpack_ipv4: *unpack_ipv4,
        },
        _ => FormFieldKind::Char,
    };
    let mut found = FormField::new(&field.name, kind);
    if let Some(length) = field.kind.max_length() {
        found.limits.max_length = Some(length);
    }
    if let FieldKind::Text { .. } = field.kind {
        found.widget = Widget::new(WidgetClass::Textarea);
    }
    found
}

fn integer(name: &str, kind: &FieldKind) -> FormField {
    let mut found = FormField::new(name, FormFieldKind::Integer);
    let number = |number| Some(FieldValue::Integer(number));
    match kind {
        FieldKind::BigInteger => {
            found.limits.min_value = number(-MAX_BIG - 1);
            found.limits.max_value = number(MAX_BIG);
        }
        FieldKind::PositiveBigInteger => {
            found.limits.min_value = number(0);
            found.limits.max_value = number(MAX_BIG);
        }
        FieldKind::PositiveInteger | FieldKind::PositiveSmallInteger => {
            found.limits.min_value = number(0);
        }
        _ => {}
    }
    found
}

/// What the column of a whole number takes, in the messages of Django.
fn range_validators(kind: &FieldKind) -> Vec<FormValidator> {
    use crate::forms::validator::ValidatorCheck;
    let (least, most) = match kind {
        FieldKind::SmallInteger => (-32_768, 32_767),
        FieldKind::Integer => (-2_147_483_648, 2_147_483_647),
        FieldKind::PositiveSmallInteger => (0, 32_767),
        FieldKind::PositiveInteger => (0, 2_147_483_647),
        FieldKind::PositiveBigInteger => (0, MAX_BIG),
        _ => return Vec::new(),
    };
    vec![
        ValidatorCheck::MinValue(FieldValue::Integer(least)).into(),
        ValidatorCheck::MaxValue(FieldValue::Integer(most)).into(),
    ]
}

/// A choice of rows, those that the field limits it to.
fn related(registry: &Registry, field: &Field) -> Option<FormField> {
    let (to, limit, to_field) = match (field.relation(), field.many_to_many()) {
        (Some(relation), _) => (
            &relation.to,
            &relation.limit_choices_to,
            relation.to_field.clone(),
        ),
        (None, Some(relation)) => {
            // Django leaves out what a model of its own stands between only where it is not editable so.
            (&relation.to, &relation.limit_choices_to, None)
        }
        (None, None) => return None,
    };
    let target = registry.target(to)?;
    let is_multiple = field.many_to_many().is_some();
    let is_chosen = field.default.is_some() && !field.blank;
    let choices = ModelChoices {
        model: ModelKey::new(&target.app_label, &target.name),
        filters: limit.iter().cloned().collect::<Vec<Condition>>(),
        order_by: Vec::new(),
        to_field,
        blank: field.blank,
        empty_label: (!is_multiple && !is_chosen).then(|| BLANK_LABEL.to_owned()),
        label: None,
    };
    let choices = Box::new(choices);
    Some(FormField::new(
        &field.name,
        if is_multiple {
            FormFieldKind::ModelMultipleChoice(choices)
        } else {
            FormFieldKind::ModelChoice(choices)
        },
    ))
}
