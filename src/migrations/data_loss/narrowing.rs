//! Whether a field that is altered may lose what rows hold in it.

use crate::models::{Field, FieldKind, ModelSet as _, ProjectState, ReferenceError};

/// What happens to values of the column when the field `before` becomes `after`; none if all stay.
pub(super) fn narrowing(
    before: &Field,
    after: &Field,
    from_state: &ProjectState,
    to_state: &ProjectState,
) -> Result<Option<&'static str>, ReferenceError> {
    if before.generated().is_some() {
        return Ok(None);
    }
    if after.generated().is_some() {
        return Ok(Some("becomes generated"));
    }
    let (old_kind, new_kind) = (from_state.value_kind(before)?, to_state.value_kind(after)?);
    let loses_nulls = before.null && !after.null;
    Ok(kind_narrowing(old_kind, new_kind).or(loses_nulls.then_some("loses its nulls")))
}

/// What happens to values that fit `before` and may not fit `after`; none if all fit.
fn kind_narrowing(before: &FieldKind, after: &FieldKind) -> Option<&'static str> {
    if let (Some(old), Some(new)) = (text_length(before), text_length(after)) {
        return (new < old).then_some("gets shorter");
    }
    if let (Some(old), Some(new)) = (integer_range(before), integer_range(after)) {
        return (new.0 > old.0 || new.1 < old.1).then_some("holds fewer numbers");
    }
    if let (
        FieldKind::Decimal {
            max_digits: digits,
            decimal_places: places,
        },
        FieldKind::Decimal {
            max_digits,
            decimal_places,
        },
    ) = (before, after)
    {
        let whole = |digits: &u32, places: &u32| digits.saturating_sub(*places);
        let fewer =
            decimal_places < places || whole(max_digits, decimal_places) < whole(digits, places);
        return fewer.then_some("gets fewer digits");
    }
    (before.class_name() != after.class_name()).then_some("changes its type")
}

/// How many characters a kind of text holds.
fn text_length(kind: &FieldKind) -> Option<u64> {
    match kind {
        FieldKind::Binary { .. } => None,
        FieldKind::Text { .. } | FieldKind::Char { max_length: None } => Some(u64::MAX),
        kind => kind.max_length(),
    }
}

/// The least and the greatest whole number of a kind.
fn integer_range(kind: &FieldKind) -> Option<(i64, i64)> {
    Some(match kind {
        FieldKind::SmallInteger | FieldKind::SmallAuto => {
            (i64::from(i16::MIN), i64::from(i16::MAX))
        }
        FieldKind::Integer | FieldKind::Auto => (i64::from(i32::MIN), i64::from(i32::MAX)),
        FieldKind::BigInteger | FieldKind::BigAuto => (i64::MIN, i64::MAX),
        FieldKind::PositiveSmallInteger => (0, i64::from(i16::MAX)),
        FieldKind::PositiveInteger => (0, i64::from(i32::MAX)),
        FieldKind::PositiveBigInteger => (0, i64::MAX),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::kind_narrowing;
    use crate::models::{AutoNow, FieldKind};

    #[test]
    fn what_still_fits_is_not_a_loss() {
        let char = |max_length| FieldKind::Char {
            max_length: Some(max_length),
        };
        let decimal = |max_digits, decimal_places| FieldKind::Decimal {
            max_digits,
            decimal_places,
        };
        let text = FieldKind::Text { max_length: None };
        for (before, after) in [
            (char(10), char(20)),
            (char(10), text.clone()),
            (FieldKind::Integer, FieldKind::BigInteger),
            (FieldKind::Auto, FieldKind::BigAuto),
            (decimal(8, 2), decimal(9, 2)),
        ] {
            assert_eq!(
                kind_narrowing(&before, &after),
                None,
                "{before:?} {after:?}"
            );
        }
        for (before, after) in [
            (char(20), char(10)),
            (text, char(10)),
            (FieldKind::Integer, FieldKind::PositiveInteger),
            (FieldKind::BigInteger, FieldKind::Integer),
            (decimal(8, 2), decimal(8, 3)),
            (decimal(8, 2), decimal(8, 1)),
            (char(10), FieldKind::Integer),
            (
                FieldKind::DateTime(AutoNow::default()),
                FieldKind::Date(AutoNow::default()),
            ),
        ] {
            assert!(
                kind_narrowing(&before, &after).is_some(),
                "{before:?} {after:?}"
            );
        }
    }
}
