//! What a field's value is: in a program, in a column, in JSON, in TOML and as text.
//!
//! * [`FieldValue`] is a value as a program sees it; [`Decimal`] and [`Uuid`] are Python's.
//! * For each kind of field one codec says how its values are read; [`from_column`], [`from_json`],
//!   [`from_literal`] and [`from_text`] choose it by the kind.
//! * [`to_column()`], [`write_json()`] and [`to_text()`] lead back, as Django's SQLite backend, its serializers and its sessions do.
//! * [`declared_default`] and [`auto_now_value`] are what a new row gets; [`clean()`] checks what a person typed.
//!
//! A reference holds a value of the field it refers to: callers follow it and pass that field's kind.

mod binary;
mod boolean;
mod by_kind;
mod clean;
mod codec;
mod date_time;
mod decimal;
mod decimal_arithmetic;
mod decimal_codec;
mod default;
mod duration;
mod field_value;
mod float;
mod integer;
mod ip_address;
mod json;
mod text;
mod to_column;
mod to_literal;
mod to_text;
mod untyped;
mod uuid;
mod uuid_codec;
mod validators;
mod write_json;

pub use by_kind::{from_column, from_json, from_literal, from_text, no_value};
pub use clean::clean;
pub use decimal::{Decimal, DigitCount};
pub use decimal_arithmetic::DecimalError;
pub use default::{InvalidDefault, auto_now_value, checked_literal, declared_default, empty_value};
pub use duration::parse as parse_duration;
pub use field_value::FieldValue;
pub use to_column::{into_column, quote_value, to_column};
pub use to_literal::to_literal;
pub use to_text::to_text;
pub use uuid::Uuid;
pub use validators::{
    IMAGE_EXTENSIONS, URL_SCHEMES, is_domain_name, is_email, is_email_of, is_slug, is_url,
    is_username, pattern_mistake,
};
pub use write_json::write_json;

#[cfg(test)]
mod tests;
