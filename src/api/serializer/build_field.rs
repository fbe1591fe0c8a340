//! Makes the field of a serializer for a field of a model (`rest_framework.utils.field_mapping`).

use std::sync::Arc;

use crate::api::serializer::field::{
    FileField, RelatedTarget, SerializerChoice, SerializerField, SerializerKind,
};
use crate::clock::Zone;
use crate::forms::{FormField, FormValidator, form_field};
use crate::json::Json;
use crate::models::{
    Choice, ConstraintKind, Field, FieldKind, IpProtocol, Literal, Model, ModelSet as _,
    ReferenceError, Registry, ReverseRelation, Validator,
};
use crate::query::{OmittedValue, omitted_value};
use crate::values::{self, FieldValue};

/// A field that is shown and never read.
pub(super) fn read_only(name: &str, kind: SerializerKind) -> SerializerField {
    SerializerField {
        name: name.to_owned(),
        kind,
        read_only: true,
        write_only: false,
        required: false,
        allow_null: false,
        allow_blank: false,
        label: capitalized(&name.replace('_', " ")),
        help_text: String::new(),
        max_length: None,
        min_length: None,
        min_value: None,
        max_value: None,
        source: None,
        unique_among: Vec::new(),
        validators: Vec::new(),
        default: None,
    }
}

/// The field for `field` of `model`; with `url_name`, rows are written as their addresses.
pub(super) fn of_model(
    registry: &Registry,
    model: &Model,
    field: &Field,
    url_name: Option<String>,
) -> Result<SerializerField, ReferenceError> {
    let kind = kind(registry, field, url_name)?;
    let is_automatic = match &field.kind {
        FieldKind::Date(auto) | FieldKind::DateTime(auto) | FieldKind::Time(auto) => {
            auto.auto_now || auto.auto_now_add
        }
        FieldKind::ManyToMany(relation) => relation.through.is_some(),
        kind => kind.is_auto() || field.generated().is_some(),
    };
    let mut built = SerializerField {
        read_only: is_automatic || matches!(kind, SerializerKind::Binary) || !field.editable,
        allow_null: field.null,
        label: label(&field.name, field),
        help_text: field.help_text.clone(),
        source: Some(field.clone()),
        ..read_only(&field.name, kind)
    };
    if built.read_only {
        return Ok(built);
    }
    built.required = !(field.default.is_some() || field.blank || field.null);
    // An address is not a text for Django.
    let is_text = built.kind.is_text() && !matches!(built.kind, SerializerKind::IpAddress);
    built.allow_blank = field.blank && (is_text || matches!(built.kind, SerializerKind::Choice(_)));
    built.unique_among = unique_among(model, field);
    let mut declared = field.validators.clone();
    set_limits(&mut built, field, &mut declared);
    built.validators = declared.iter().filter_map(FormValidator::of).collect();
    Ok(built)
}

/// The field for the way back `way`, which is shown and never read.
pub(super) fn of_reverse(
    registry: &Registry,
    way: &ReverseRelation<'_>,
    name: &str,
    url_name: Option<String>,
) -> Option<SerializerField> {
    let (model, many) = reverse_target(registry, way)?;
    let target = RelatedTarget {
        model: Arc::clone(model),
        field: model.primary_key()?.clone(),
        url_name,
        limit_choices_to: None,
    };
    let kind = if many {
        SerializerKind::ManyRelated {
            target,
            allow_empty: true,
        }
    } else {
        SerializerKind::Related(target)
    };
    Some(read_only(name, kind))
}

/// The model that `field` leads to, and whether to many rows of it.
pub(super) fn target<'r>(registry: &'r Registry, field: &Field) -> Option<(&'r Arc<Model>, bool)> {
    let (to, many) = match (field.relation(), field.many_to_many()) {
        (Some(relation), _) => (&relation.to, false),
        (_, Some(relation)) => (&relation.to, true),
        _ => return None,
    };
    let key = to.resolve(registry.user_model_key());
    Some((registry.shared(key)?, many))
}

/// The model that has the way back, and whether many of its rows belong to one.
pub(super) fn reverse_target<'r>(
    registry: &'r Registry,
    way: &ReverseRelation<'_>,
) -> Option<(&'r Arc<Model>, bool)> {
    let many = !matches!(way.field.kind, FieldKind::OneToOne(_));
    Some((registry.shared(&way.model.key())?, many))
}

/// What a new row has in `field`, where the model says so.
pub(super) fn default(registry: &Registry, field: &Field, zone: &Zone) -> Option<FieldValue> {
    if field.default.is_none() && !field.null {
        return None;
    }
    match omitted_value(field, registry.value_kind(field).ok()?, zone) {
        Ok(OmittedValue::Value(value)) => Some(value),
        _ => None,
    }
}

/// What people call the field `name`.
pub(super) fn label(name: &str, field: &Field) -> String {
    match &field.verbose_name {
        Some(declared) => capfirst(declared),
        None => capitalized(&name.replace('_', " ")),
    }
}

fn kind(
    registry: &Registry,
    field: &Field,
    url_name: Option<String>,
) -> Result<SerializerKind, ReferenceError> {
    if !field.choices.is_empty() {
        return Ok(SerializerKind::Choice(choices(field, registry.time_zone())));
    }
    if let Some(related) = related(registry, field, url_name)? {
        return Ok(related);
    }
    Ok(match field.value_kind() {
        FieldKind::Boolean => SerializerKind::Boolean,
        FieldKind::Char { .. } | FieldKind::Text { .. } => SerializerKind::Char,
        FieldKind::FilePath { .. } => SerializerKind::FilePath(paths(registry, field)),
        FieldKind::Email { .. } => SerializerKind::Email,
        FieldKind::Slug { allow_unicode, .. } => SerializerKind::Slug {
            allow_unicode: *allow_unicode,
        },
        FieldKind::Url { .. } => SerializerKind::Url,
        FieldKind::Uuid => SerializerKind::Uuid,
        FieldKind::GenericIpAddress { .. } => SerializerKind::IpAddress,
        FieldKind::Float => SerializerKind::Float,
        FieldKind::Decimal {
            max_digits,
            decimal_places,
        } => SerializerKind::Decimal {
            max_digits: *max_digits,
            decimal_places: *decimal_places,
        },
        FieldKind::DateTime(_) => SerializerKind::DateTime,
        FieldKind::Date(_) => SerializerKind::Date,
        FieldKind::Time(_) => SerializerKind::Time,
        FieldKind::Duration => SerializerKind::Duration,
        FieldKind::Json => SerializerKind::Json,
        FieldKind::Binary { .. } => SerializerKind::Binary,
        FieldKind::File { .. } | FieldKind::Image { .. } => SerializerKind::File(FileField {
            form_field: form_field(registry, field, registry.time_zone())
                .map(|form_field| Arc::new(form_field.finished())),
            is_image: matches!(field.kind, FieldKind::Image { .. }),
            storage: field.storage().unwrap_or_default().to_owned(),
        }),
        _ => SerializerKind::Integer,
    })
}

fn related(
    registry: &Registry,
    field: &Field,
    url_name: Option<String>,
) -> Result<Option<SerializerKind>, ReferenceError> {
    let Some((model, many)) = target(registry, field) else {
        return Ok(None);
    };
    let key = || {
        model
            .primary_key()
            .ok_or_else(|| ReferenceError::NoPrimaryKey(model.key()))
    };
    let (to, limit_choices_to) = match (field.relation(), field.many_to_many()) {
        (Some(relation), _) => (
            registry.target_field(relation)?.1,
            &relation.limit_choices_to,
        ),
        (_, Some(relation)) => (key()?, &relation.limit_choices_to),
        _ => return Ok(None),
    };
    let target = RelatedTarget {
        model: Arc::clone(model),
        field: to.clone(),
        url_name,
        limit_choices_to: limit_choices_to.clone(),
    };
    Ok(Some(if many {
        SerializerKind::ManyRelated {
            target,
            allow_empty: field.blank,
        }
    } else {
        SerializerKind::Related(target)
    }))
}

/// The paths that a form would offer.
fn paths(registry: &Registry, field: &Field) -> Vec<SerializerChoice> {
    let form_field = form_field(registry, field, registry.time_zone());
    let options = form_field.iter().flat_map(FormField::options);
    let choices = options.map(|option| SerializerChoice {
        text: option.value.clone(),
        value: FieldValue::Text(option.value.clone()),
        label: option.label.clone(),
    });
    choices.collect()
}

fn choices(field: &Field, zone: &Zone) -> Vec<SerializerChoice> {
    let mut choices = Vec::new();
    let mut add = |value: &Literal, label: &str| {
        let read = values::from_literal(field.value_kind(), value, zone);
        choices.extend(read.map(|value| SerializerChoice {
            text: values::to_text(&value),
            value,
            label: label.to_owned(),
        }));
    };
    for choice in &field.choices {
        match choice {
            Choice::Value(value, label) => add(value, label),
            Choice::Group(_, group) => group.iter().for_each(|(value, label)| add(value, label)),
        }
    }
    choices
}

/// The rows among which a value of `field` is unique.
fn unique_among(model: &Model, field: &Field) -> Vec<Option<crate::models::expression::Condition>> {
    let mut among = Vec::new();
    if field.is_unique() {
        among.push(None);
    }
    for constraint in &model.options.constraints {
        match &constraint.kind {
            ConstraintKind::Unique(fields)
                if *fields == [field.name.as_str()] && among.is_empty() =>
            {
                among.push(None);
            }
            ConstraintKind::UniqueIndex {
                fields, condition, ..
            } if *fields == [field.name.as_str()] => {
                among.push(condition.clone());
            }
            _ => {}
        }
    }
    among
}

/// Limits of length and value, taken from the kind and from validators, which then are not asked again.
fn set_limits(built: &mut SerializerField, field: &Field, declared: &mut Vec<Validator>) {
    if let SerializerKind::File(_) = built.kind {
        built.max_length = field.kind.max_length();
        // The field of the form asks them.
        declared.clear();
    }
    if built.kind.is_text() {
        built.max_length = match &field.kind {
            // An address is not a text for Django.
            FieldKind::GenericIpAddress { .. } => None,
            kind => kind.max_length(),
        };
        if let Some(Literal::Integer(least)) = take_limit(declared, "MinLengthValidator") {
            built.min_length = u64::try_from(least).ok();
        }
        declared.splice(0..0, kind_validator(field));
    }
    if matches!(built.kind, SerializerKind::Integer) {
        let least = take_limit(declared, "MinValueValidator");
        let most = take_limit(declared, "MaxValueValidator");
        let smallest = if is_positive(&field.kind) {
            0
        } else {
            i64::MIN
        };
        built.min_value = Some(integer(least.as_ref()).unwrap_or(FieldValue::Integer(smallest)));
        built.max_value = Some(integer(most.as_ref()).unwrap_or(FieldValue::Integer(i64::MAX)));
    }
}

/// The check of the model that Django REST framework keeps beside its own.
fn kind_validator(field: &Field) -> Option<Validator> {
    let name = match &field.kind {
        FieldKind::Slug {
            allow_unicode: true,
            ..
        } => "validate_unicode_slug",
        FieldKind::GenericIpAddress {
            protocol: IpProtocol::Ipv4,
            ..
        } => "validate_ipv4_address",
        FieldKind::GenericIpAddress {
            protocol: IpProtocol::Ipv6,
            ..
        } => "validate_ipv6_address",
        _ => return None,
    };
    let arguments = Vec::new();
    Some(Validator { name, arguments })
}

fn take_limit(validators: &mut Vec<Validator>, name: &str) -> Option<Literal> {
    let of_name = |validator: &Validator| validator.name == name;
    let found = validators.iter().find(|validator| of_name(validator))?;
    let limit = found
        .arguments
        .iter()
        .find(|(name, _)| name == "limit_value");
    let limit = limit.map(|(_, value)| value.clone());
    validators.retain(|validator| !of_name(validator));
    limit
}

fn integer(limit: Option<&Literal>) -> Option<FieldValue> {
    match limit {
        Some(Literal::Integer(number)) => Some(FieldValue::Integer(*number)),
        _ => None,
    }
}

fn is_positive(kind: &FieldKind) -> bool {
    matches!(
        kind,
        FieldKind::PositiveBigInteger
            | FieldKind::PositiveInteger
            | FieldKind::PositiveSmallInteger
    )
}

/// Python's `str.capitalize`.
fn capitalized(text: &str) -> String {
    capfirst(&text.to_lowercase())
}

/// Django's `capfirst`.
fn capfirst(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// The value of a choice as `OPTIONS` tells it.
pub(in crate::api) fn choice_json(choice: &SerializerChoice) -> Json {
    match &choice.value {
        FieldValue::Integer(number) => Json::from(*number),
        FieldValue::Boolean(value) => Json::from(*value),
        FieldValue::Float(number) => Json::Number(crate::json::python::float(*number)),
        _ => Json::String(choice.text.clone()),
    }
}
