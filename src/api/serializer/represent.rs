//! Writes rows as JSON (`to_representation`), straight into what is sent.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::api::addresses;
use crate::api::serializer::Serializer;
use crate::api::serializer::field::{RelatedTarget, SerializerField, SerializerKind};
use crate::clock::{Moment, Zone};
use crate::json::{Json, JsonStyle, JsonWriter};
use crate::models::{ModelSet as _, Registry};
use crate::query::{ModelInstance, Prefetch, Query, RelatedRows};
use crate::values::{self, FieldValue};
use crate::views::Request;

/// What rows are written with.
#[derive(Clone, Copy)]
pub(in crate::api) struct Representation<'r, 's> {
    /// The zone of moments.
    pub(in crate::api) zone: &'r Zone,
    /// The request that addresses are written for.
    pub(in crate::api) request: Option<&'r Request<'s>>,
}

impl Serializer {
    /// `query`, with all rows read along that are shown.
    pub(in crate::api) fn select(&self, query: Query) -> Query {
        let (mut related, mut prefetches) = (Vec::new(), Vec::new());
        self.paths("", &mut related, &mut prefetches);
        // Without a name, all would be read along.
        let query = if related.is_empty() {
            query
        } else {
            query.select_related(related)
        };
        query.prefetch_related(prefetches.into_iter().map(Prefetch::new))
    }

    /// The relations that are shown, behind `prefix`: those to one row, and those to many.
    fn paths(&self, prefix: &str, related: &mut Vec<String>, prefetches: &mut Vec<String>) {
        for field in self.fields.iter().filter(|field| !field.write_only) {
            let path = format!("{prefix}{}", field.name);
            match &field.kind {
                SerializerKind::ManyRelated { .. } => prefetches.push(path),
                SerializerKind::Related(target) if field.source.is_none() || needs_row(target) => {
                    prefetches.push(path);
                }
                SerializerKind::Nested { serializer, many } => {
                    // Behind a relation to many all is read per relation.
                    let single =
                        !many && !prefix_is_many(prefix, prefetches) && field.source.is_some();
                    if single {
                        related.push(path.clone());
                    } else {
                        prefetches.push(path.clone());
                    }
                    serializer.paths(&format!("{path}__"), related, prefetches);
                }
                _ => {}
            }
        }
    }

    /// Writes `row`.
    pub(in crate::api) fn write(
        &self,
        writer: &mut JsonWriter,
        row: &ModelInstance,
        with: Representation<'_, '_>,
    ) {
        writer.open(b'{');
        for field in self.fields.iter().filter(|field| !field.write_only) {
            writer.key(&field.name);
            field.write(writer, row, with);
        }
        writer.close(b'}');
    }
}

impl Serializer {
    /// What a new row holds by itself in the fields that can be sent, as a document.
    pub(in crate::api) fn new_row(&self, registry: &Registry) -> Option<Json> {
        let row = ModelInstance::new(registry, &self.model).ok()?;
        let mut writer = JsonWriter::new(JsonStyle::WITHOUT_SPACES);
        let with = Representation {
            zone: registry.time_zone(),
            request: None,
        };
        writer.open(b'{');
        for field in self.fields.iter().filter(|field| !field.read_only) {
            writer.key(&field.name);
            field.write(&mut writer, &row, with);
        }
        writer.close(b'}');
        Json::parse(&writer.into_text())
    }
}

/// Whether rows are written by something that the reference itself does not hold.
fn needs_row(target: &RelatedTarget) -> bool {
    target.url_name.is_some() && !target.field.primary_key
}

fn prefix_is_many(prefix: &str, prefetches: &[String]) -> bool {
    prefetches
        .iter()
        .any(|path| prefix.starts_with(&format!("{path}__")))
}

impl SerializerField {
    fn write(&self, writer: &mut JsonWriter, row: &ModelInstance, with: Representation<'_, '_>) {
        match &self.kind {
            SerializerKind::Identity { url_name } => {
                write_address(writer, url_name, row.key(), with);
            }
            SerializerKind::Related(target) => self.write_related(writer, row, target, with),
            SerializerKind::ManyRelated { target, .. } => {
                writer.open(b'[');
                for other in many(row, &self.name) {
                    write_target(writer, target, other, with);
                }
                writer.close(b']');
            }
            SerializerKind::Nested {
                serializer,
                many: true,
            } => {
                writer.open(b'[');
                for other in many(row, &self.name) {
                    serializer.write(writer, other, with);
                }
                writer.close(b']');
            }
            SerializerKind::Nested {
                serializer,
                many: false,
            } => match one(row, &self.name) {
                Some(other) => serializer.write(writer, other, with),
                None => writer.token("null"),
            },
            _ => match row.get(&self.name) {
                Some(value) => self.write_value(writer, value, with),
                None => writer.token("null"),
            },
        }
    }

    fn write_related(
        &self,
        writer: &mut JsonWriter,
        row: &ModelInstance,
        target: &RelatedTarget,
        with: Representation<'_, '_>,
    ) {
        if self.source.is_none() || needs_row(target) {
            return match one(row, &self.name) {
                Some(other) => write_target(writer, target, other, with),
                None => writer.token("null"),
            };
        }
        match (row.get(&self.name), &target.url_name) {
            (None | Some(FieldValue::Null), _) => writer.token("null"),
            (Some(key), Some(url_name)) => write_address(writer, url_name, key, with),
            (Some(value), None) => write_plain(writer, value, with.zone),
        }
    }

    fn write_value(
        &self,
        writer: &mut JsonWriter,
        value: &FieldValue,
        with: Representation<'_, '_>,
    ) {
        match (&self.kind, value) {
            (
                SerializerKind::Decimal {
                    max_digits,
                    decimal_places,
                },
                FieldValue::Decimal(number),
            ) => {
                let exact = number.quantize(*max_digits, *decimal_places);
                writer.string(&exact.as_ref().unwrap_or(number).plain());
            }
            (SerializerKind::File(file), FieldValue::Text(name)) => match with.request {
                _ if name.is_empty() => writer.token("null"),
                Some(request) => writer.string(&addresses::of_file(request, &file.storage, name)),
                None => writer.string(name),
            },
            _ => write_plain(writer, value, with.zone),
        }
    }
}

fn many<'r>(row: &'r ModelInstance, name: &str) -> impl Iterator<Item = &'r ModelInstance> {
    let rows = match row.related(name) {
        Some(RelatedRows::Many(rows)) => &rows[..],
        _ => &[],
    };
    rows.iter().map(AsRef::as_ref)
}

fn one<'r>(row: &'r ModelInstance, name: &str) -> Option<&'r ModelInstance> {
    match row.related(name) {
        Some(RelatedRows::One(row)) => row.as_deref(),
        _ => None,
    }
}

fn write_target(
    writer: &mut JsonWriter,
    target: &RelatedTarget,
    row: &ModelInstance,
    with: Representation<'_, '_>,
) {
    match &target.url_name {
        Some(url_name) => write_address(writer, url_name, row.key(), with),
        None => match row.get(&target.field.name) {
            Some(value) => write_plain(writer, value, with.zone),
            None => writer.token("null"),
        },
    }
}

fn write_address(
    writer: &mut JsonWriter,
    url_name: &str,
    key: &FieldValue,
    with: Representation<'_, '_>,
) {
    let address = with
        .request
        .and_then(|request| addresses::of_row(request, url_name, key));
    match address {
        Some(address) => writer.string(&address),
        None => writer.token("null"),
    }
}

/// Writes a value as Django REST framework does where its field says nothing else.
pub(in crate::api) fn write_plain(writer: &mut JsonWriter, value: &FieldValue, zone: &Zone) {
    match value {
        FieldValue::Null => writer.token("null"),
        FieldValue::Boolean(value) => writer.token(if *value { "true" } else { "false" }),
        FieldValue::Integer(number) => writer.integer(*number),
        // What JSON cannot say is left out rather than sent as something that is not JSON.
        FieldValue::Float(number) if !number.is_finite() => writer.token("null"),
        FieldValue::Float(number) => writer.float(*number),
        FieldValue::Text(text) => writer.string(text),
        FieldValue::Bytes(bytes) => writer.string(&STANDARD.encode(bytes)),
        FieldValue::Moment(moment) => writer.string(&moment_text(*moment, zone)),
        FieldValue::Json(document) => writer.json(document),
        other => writer.string(&values::to_text(other)),
    }
}

/// A moment as `isoformat` writes it in `zone`: `2026-11-20T18:22:29+01:00`, with `Z` for UTC.
pub(in crate::api) fn moment_text(moment: Moment, zone: &Zone) -> String {
    let micros = moment.unix_microseconds().rem_euclid(1_000_000);
    let mut text = moment.format(zone, "%Y-%m-%dT%H:%M:%S");
    if micros != 0 {
        use std::fmt::Write as _;
        // Writing to memory cannot fail.
        write!(text, ".{micros:06}").ok();
    }
    match moment.format(zone, "%:z").as_str() {
        "+00:00" => text.push('Z'),
        offset => text.push_str(offset),
    }
    text
}
