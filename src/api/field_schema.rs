//! The fields of a serializer as JSON Schema.

use crate::api::json_object::object;
use crate::api::serializer::{
    RelatedTarget, Serializer, SerializerField, SerializerKind, choice_json, is_integer,
};
use crate::json::Json;
use crate::models::FieldKind;
use crate::values::FieldValue;

/// What a row looks like.
pub(super) fn shown(serializer: &Serializer) -> Json {
    let fields = serializer.fields.iter().filter(|field| !field.write_only);
    of_fields(fields, schema, |_| true)
}

/// What may be sent; with `partial` nothing is needed.
pub(super) fn sent(serializer: &Serializer, partial: bool) -> Json {
    let fields = serializer.fields.iter().filter(|field| !field.read_only);
    of_fields(fields, sent_schema, |field| field.required && !partial)
}

fn of_fields<'f>(
    fields: impl Iterator<Item = &'f SerializerField> + Clone,
    schema: impl Fn(&SerializerField) -> Json,
    is_required: impl Fn(&SerializerField) -> bool,
) -> Json {
    let required: Vec<_> = fields
        .clone()
        .filter(|field| is_required(field))
        .map(|field| field.name.as_str())
        .collect();
    let properties = fields.map(|field| (field.name.clone(), schema(field)));
    let mut pairs = vec![
        ("type", Json::from("object")),
        ("properties", Json::Object(properties.collect())),
    ];
    if !required.is_empty() {
        pairs.push(("required", Json::from(required)));
    }
    object(pairs)
}

/// A field as it is sent: of a file its bytes, which are shown by their address.
fn sent_schema(field: &SerializerField) -> Json {
    match field.kind {
        SerializerKind::File(_) => described(field, typed("string", Some("binary"))),
        _ => schema(field),
    }
}

fn schema(field: &SerializerField) -> Json {
    described(field, kind(field))
}

fn described(field: &SerializerField, mut pairs: Vec<(&'static str, Json)>) -> Json {
    if field.allow_null
        && let Some((_, kind)) = pairs.iter_mut().find(|(name, _)| *name == "type")
        && let Some(name) = kind.as_str()
    {
        *kind = Json::from(vec![name, "null"]);
    }
    pairs.push(("title", Json::from(field.label.as_str())));
    if !field.help_text.is_empty() {
        pairs.push(("description", Json::from(field.help_text.as_str())));
    }
    if field.read_only {
        pairs.push(("readOnly", Json::from(true)));
    }
    if field.write_only {
        pairs.push(("writeOnly", Json::from(true)));
    }
    object(pairs)
}

fn typed(name: &str, format: Option<&str>) -> Vec<(&'static str, Json)> {
    let mut pairs = vec![("type", Json::from(name))];
    pairs.extend(format.map(|format| ("format", Json::from(format))));
    pairs
}

fn kind(field: &SerializerField) -> Vec<(&'static str, Json)> {
    match &field.kind {
        SerializerKind::Boolean => typed("boolean", None),
        SerializerKind::Char | SerializerKind::Slug { .. } | SerializerKind::IpAddress => {
            text(field, None)
        }
        SerializerKind::Email => text(field, Some("email")),
        SerializerKind::Url => text(field, Some("uri")),
        SerializerKind::Uuid => typed("string", Some("uuid")),
        SerializerKind::Integer => {
            let mut pairs = typed("integer", None);
            let mut limit = |name, value: &Option<FieldValue>| {
                if let Some(FieldValue::Integer(number)) = value {
                    pairs.push((name, Json::from(*number)));
                }
            };
            limit("minimum", &field.min_value);
            limit("maximum", &field.max_value);
            pairs
        }
        SerializerKind::Float => typed("number", None),
        SerializerKind::Decimal { .. } => typed("string", Some("decimal")),
        SerializerKind::DateTime => typed("string", Some("date-time")),
        SerializerKind::Date => typed("string", Some("date")),
        SerializerKind::Time | SerializerKind::Duration => typed("string", None),
        SerializerKind::Binary => typed("string", Some("byte")),
        SerializerKind::File(_) | SerializerKind::Identity { .. } => typed("string", Some("uri")),
        SerializerKind::FilePath(choices) => {
            let values = choices.iter().map(choice_json).collect();
            vec![("enum", Json::Array(values))]
        }
        SerializerKind::Choice(choices) => {
            let mut values: Vec<_> = choices.iter().map(choice_json).collect();
            if field.allow_blank {
                values.push(Json::from(""));
            }
            if field.allow_null {
                values.push(Json::Null);
            }
            vec![("enum", Json::Array(values))]
        }
        SerializerKind::Json => Vec::new(),
        SerializerKind::Related(target) => related(target),
        SerializerKind::ManyRelated { target, .. } => array(object(related(target))),
        SerializerKind::Nested { serializer, many } if *many => array(shown(serializer)),
        SerializerKind::Nested { serializer, .. } => {
            vec![("allOf", Json::Array(vec![shown(serializer)]))]
        }
    }
}

fn text(field: &SerializerField, format: Option<&str>) -> Vec<(&'static str, Json)> {
    let mut pairs = typed("string", format);
    let mut limit = |name, limit: Option<u64>| {
        pairs.extend(limit.map(|limit| (name, Json::Number(limit.to_string()))));
    };
    limit("maxLength", field.max_length);
    limit("minLength", field.min_length);
    pairs
}

fn array(items: Json) -> Vec<(&'static str, Json)> {
    vec![("type", Json::from("array")), ("items", items)]
}

fn related(target: &RelatedTarget) -> Vec<(&'static str, Json)> {
    match target.field.value_kind() {
        _ if target.url_name.is_some() => typed("string", Some("uri")),
        kind if is_integer(kind) => typed("integer", None),
        FieldKind::Uuid => typed("string", Some("uuid")),
        FieldKind::ForeignKey(_) | FieldKind::OneToOne(_) => Vec::new(),
        _ => typed("string", None),
    }
}
