//! Values read by the codec of their kind of field.

use crate::clock::{Moment, Zone};
use crate::db::SqlValueRef;
use crate::json::Json;
use crate::models::{FieldKind, Literal};
use crate::values::FieldValue;
use crate::values::binary::BinaryCodec;
use crate::values::boolean::BooleanCodec;
use crate::values::codec::Codec;
use crate::values::date_time::{DateCodec, DateTimeCodec, TimeCodec};
use crate::values::decimal_codec::DecimalCodec;
use crate::values::duration::DurationCodec;
use crate::values::float::FloatCodec;
use crate::values::integer::IntegerCodec;
use crate::values::ip_address::IpAddressCodec;
use crate::values::json::JsonCodec;
use crate::values::text::TextCodec;
use crate::values::untyped::UntypedCodec;
use crate::values::uuid_codec::UuidCodec;

/// What `value`, from a column of this kind, means; none where it means nothing.
pub fn from_column<'v>(kind: &FieldKind, value: impl Into<SqlValueRef<'v>>) -> Option<FieldValue> {
    let value = value.into();
    if value == SqlValueRef::Null {
        return Some(no_value(kind));
    }
    with_codec(kind, |codec| codec.read_column(value))
}

/// The value of a fixture for a field of this kind; `zone` is that of moments without one.
///
/// `Err` says what was expected, such as `a whole number`.
pub fn from_json(kind: &FieldKind, value: &Json, zone: &Zone) -> Result<FieldValue, &'static str> {
    if *value == Json::Null {
        return Ok(no_value(kind));
    }
    with_codec(kind, |codec| codec.read_json(value, zone))
}

/// What a field of this kind holds where there is no value: Django gives a file an empty name instead.
pub fn no_value(kind: &FieldKind) -> FieldValue {
    match kind {
        FieldKind::File { .. } | FieldKind::Image { .. } => FieldValue::Text(String::new()),
        _ => FieldValue::Null,
    }
}

/// The value of a literal for a field of this kind; none where the kind cannot hold it.
///
/// `zone` is that of moments without one.
pub fn from_literal(kind: &FieldKind, literal: &Literal, zone: &Zone) -> Option<FieldValue> {
    if let (FieldKind::DateTime(_), Literal::Datetime(text) | Literal::String(text)) =
        (kind, literal)
    {
        return Moment::parse(text, zone).map(FieldValue::Moment);
    }
    with_codec(kind, |codec| codec.read_literal(literal))
}

/// The value that a person typed for a field of this kind; `zone` is that of moments without one.
pub fn from_text(kind: &FieldKind, text: &str, zone: &Zone) -> Result<FieldValue, &'static str> {
    with_codec(kind, |codec| codec.read_text(text, zone))
}

/// What `apply` returns for the codec of `kind`.
fn with_codec<T>(kind: &FieldKind, apply: impl FnOnce(&dyn Codec) -> T) -> T {
    match kind {
        FieldKind::Auto
        | FieldKind::SmallAuto
        | FieldKind::BigAuto
        | FieldKind::BigInteger
        | FieldKind::Integer
        | FieldKind::PositiveBigInteger
        | FieldKind::PositiveInteger
        | FieldKind::PositiveSmallInteger
        | FieldKind::SmallInteger => apply(&IntegerCodec),
        FieldKind::Binary { .. } => apply(&BinaryCodec),
        FieldKind::Boolean => apply(&BooleanCodec),
        FieldKind::Char { .. }
        | FieldKind::Email { .. }
        | FieldKind::File { .. }
        | FieldKind::FilePath { .. }
        | FieldKind::Image { .. }
        | FieldKind::Slug { .. }
        | FieldKind::Text { .. }
        | FieldKind::Url { .. } => apply(&TextCodec),
        FieldKind::Date(_) => apply(&DateCodec),
        FieldKind::DateTime(_) => apply(&DateTimeCodec),
        FieldKind::Time(_) => apply(&TimeCodec),
        FieldKind::Decimal {
            max_digits,
            decimal_places,
        } => apply(&DecimalCodec {
            max_digits: *max_digits,
            decimal_places: *decimal_places,
        }),
        FieldKind::Duration => apply(&DurationCodec),
        FieldKind::Float => apply(&FloatCodec),
        FieldKind::GenericIpAddress { unpack_ipv4, .. } => apply(&IpAddressCodec {
            unpack_ipv4: *unpack_ipv4,
        }),
        FieldKind::Json => apply(&JsonCodec),
        FieldKind::Uuid => apply(&UuidCodec),
        FieldKind::Generated { output_field, .. } => with_codec(&output_field.kind, apply),
        FieldKind::ForeignKey(_)
        | FieldKind::OneToOne(_)
        | FieldKind::ManyToMany(_)
        | FieldKind::CompositePrimaryKey { .. } => apply(&UntypedCodec),
    }
}
