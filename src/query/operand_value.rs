//! What a column is compared with, as the database gets it.

use crate::clock::Zone;
use crate::db::SqlValue;
use crate::db::sql::SqlLookup;
use crate::models::expression::Lookup;
use crate::models::{FieldKind, Literal};
use crate::values;

/// The comparison that a lookup is, where its operands do not make it another.
pub(super) fn sql_lookup(lookup: Lookup) -> SqlLookup {
    match lookup {
        Lookup::Exact
        | Lookup::In
        | Lookup::Range
        | Lookup::IsNull
        | Lookup::HasKey
        | Lookup::HasKeys
        | Lookup::HasAnyKeys
        | Lookup::ContainedBy => SqlLookup::Exact,
        Lookup::IExact => SqlLookup::IExact,
        Lookup::Gt => SqlLookup::Gt,
        Lookup::Gte => SqlLookup::Gte,
        Lookup::Lt => SqlLookup::Lt,
        Lookup::Lte => SqlLookup::Lte,
        Lookup::Contains => SqlLookup::Contains,
        Lookup::IContains => SqlLookup::IContains,
        Lookup::StartsWith => SqlLookup::StartsWith,
        Lookup::IStartsWith => SqlLookup::IStartsWith,
        Lookup::EndsWith => SqlLookup::EndsWith,
        Lookup::IEndsWith => SqlLookup::IEndsWith,
        Lookup::Regex => SqlLookup::Regex,
        Lookup::IRegex => SqlLookup::IRegex,
    }
}

/// A literal as the column of `kind` holds it; for lookups in text, as text.
pub(super) fn operand_value(
    lookup: Lookup,
    kind: &FieldKind,
    literal: &Literal,
    zone: &Zone,
) -> Option<SqlValue> {
    if lookup.takes_text() || lookup.takes_keys() {
        let text = plain(literal)?;
        // A UUID is kept without hyphens, which text that is looked for in it may have.
        return Some(if is_text_of_uuid(lookup, kind) {
            text.replace('-', "").into()
        } else {
            text.into()
        });
    }
    if let Literal::Float(number) = literal
        && kind.is_integer()
    {
        return Some(whole(lookup, *number)?.into());
    }
    literal_column(kind, literal, zone)
}

/// Whether text is looked for in that of a UUID.
pub(super) fn is_text_of_uuid(lookup: Lookup, kind: &FieldKind) -> bool {
    let is_text = lookup.is_pattern() || lookup == Lookup::IExact;
    is_text && matches!(kind, FieldKind::Uuid)
}

/// The whole number that stands for one with a fraction where whole numbers are compared with it.
#[expect(
    clippy::cast_possible_truncation,
    reason = "what is beyond the range is not compared at all"
)]
fn whole(lookup: Lookup, number: f64) -> Option<i64> {
    let rounded = match lookup {
        Lookup::Gte | Lookup::Lt => number.ceil(),
        _ => number.trunc(),
    };
    (rounded.abs() < 9.2e18).then_some(rounded as i64)
}

/// `literal` as a column of `kind` holds it; text is read as a person would type the value.
pub(super) fn literal_column(kind: &FieldKind, literal: &Literal, zone: &Zone) -> Option<SqlValue> {
    let value = match literal {
        Literal::String(text) | Literal::Datetime(text) if is_read_as_typed(kind) => {
            values::from_text(kind, text, zone).ok()?
        }
        Literal::Integer(number) if is_text(kind) => return Some(number.to_string().into()),
        Literal::Integer(number @ 0..=1) if matches!(kind, FieldKind::Boolean) => {
            return Some((*number).into());
        }
        Literal::Boolean(value) if kind.is_integer() => return Some(i64::from(*value).into()),
        literal => values::from_literal(kind, literal, zone)?,
    };
    Some(values::to_column(&value))
}

/// Whether text stands for a value of another type; within JSON it stands for itself.
fn is_read_as_typed(kind: &FieldKind) -> bool {
    !is_text(kind) && !matches!(kind, FieldKind::Json)
}

fn is_text(kind: &FieldKind) -> bool {
    kind.allows_empty_strings() && !matches!(kind, FieldKind::Binary { .. })
}

fn plain(literal: &Literal) -> Option<String> {
    Some(match literal {
        Literal::String(text) | Literal::Datetime(text) => text.clone(),
        Literal::Integer(number) => number.to_string(),
        Literal::Float(number) => number.to_string(),
        Literal::Boolean(true) => "True".to_owned(),
        Literal::Boolean(false) => "False".to_owned(),
        Literal::Null | Literal::List(_) | Literal::Map(_) => return None,
    })
}
