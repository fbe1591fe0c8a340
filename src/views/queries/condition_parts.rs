//! What is left of a condition where a request has no value for some of its comparisons.
//!
//! A comparison on which nothing was asked is left out. One that cannot be answered, as that with the user of somebody who is
//! not logged in, counts as `NULL` does in SQL: it holds for no row, and neither does its `not`.

use crate::models::expression::Condition;

/// What a request can say of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ComparisonState {
    /// All its values are there.
    Complete,
    /// The visitor did not ask for it.
    NotAsked,
    /// It has no value, or one that its field cannot hold.
    Unanswerable,
}

/// What is left of a condition.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum RemainingCondition {
    /// A condition.
    Condition(Condition),
    /// Nothing was asked: all rows are meant.
    AllRows,
    /// No row is meant.
    NoRow,
}

/// `condition` without the comparisons that are not [`ComparisonState::Complete`].
pub(super) fn remaining(
    condition: &Condition,
    state: &dyn Fn(&Condition) -> ComparisonState,
) -> RemainingCondition {
    reduced(condition, state, false)
}

fn reduced(
    condition: &Condition,
    state: &dyn Fn(&Condition) -> ComparisonState,
    is_negated: bool,
) -> RemainingCondition {
    match condition {
        Condition::All(parts) => {
            let parts = reduced_parts(parts, state, is_negated);
            joined(parts, !is_negated, Condition::All)
        }
        Condition::Any(parts) => {
            let parts = reduced_parts(parts, state, is_negated);
            joined(parts, is_negated, Condition::Any)
        }
        // What is not known counts among them as what does not hold, whether it is negated or not.
        Condition::Xor(parts) => {
            let parts = reduced_parts(parts, state, is_negated);
            joined(parts, false, Condition::Xor)
        }
        Condition::Not(part) => match reduced(part, state, !is_negated) {
            RemainingCondition::Condition(part) => {
                RemainingCondition::Condition(Condition::Not(Box::new(part)))
            }
            rest => rest,
        },
        Condition::Compare(_) | Condition::Holds(_) => match state(condition) {
            ComparisonState::Complete => RemainingCondition::Condition(condition.clone()),
            ComparisonState::NotAsked => RemainingCondition::AllRows,
            ComparisonState::Unanswerable => RemainingCondition::NoRow,
        },
    }
}

fn reduced_parts(
    parts: &[Condition],
    state: &dyn Fn(&Condition) -> ComparisonState,
    is_negated: bool,
) -> Vec<RemainingCondition> {
    let parts = parts.iter();
    parts.map(|part| reduced(part, state, is_negated)).collect()
}

/// The parts that are left, joined by `join`; `needs_all` of them to be answerable, or any.
fn joined(
    parts: Vec<RemainingCondition>,
    needs_all: bool,
    join: fn(Vec<Condition>) -> Condition,
) -> RemainingCondition {
    let has_unanswerable = parts.contains(&RemainingCondition::NoRow);
    let left: Vec<_> = parts
        .into_iter()
        .filter_map(|part| match part {
            RemainingCondition::Condition(condition) => Some(condition),
            RemainingCondition::AllRows | RemainingCondition::NoRow => None,
        })
        .collect();
    if has_unanswerable && (needs_all || left.is_empty()) {
        return RemainingCondition::NoRow;
    }
    if left.is_empty() {
        return RemainingCondition::AllRows;
    }
    RemainingCondition::Condition(join(left))
}

#[cfg(test)]
mod tests {
    use super::{ComparisonState, RemainingCondition, remaining};
    use crate::models::Literal;
    use crate::models::expression::{Comparison, Condition, Expression, Lookup};

    /// A comparison called by what a request can say of it.
    fn comparison(name: &str) -> Condition {
        Condition::Compare(Comparison {
            field: name.to_owned(),
            lookup: Lookup::Exact,
            operands: vec![Expression::Value(Literal::Boolean(true))],
        })
    }

    fn all(names: &[&str]) -> Condition {
        Condition::All(names.iter().map(|name| comparison(name)).collect())
    }

    fn any(names: &[&str]) -> Condition {
        Condition::Any(names.iter().map(|name| comparison(name)).collect())
    }

    fn xor(names: &[&str]) -> Condition {
        Condition::Xor(names.iter().map(|name| comparison(name)).collect())
    }

    fn not(condition: Condition) -> Condition {
        Condition::Not(Box::new(condition))
    }

    fn left_of(condition: &Condition) -> RemainingCondition {
        let state = |part: &Condition| {
            let Condition::Compare(comparison) = part else {
                unreachable!("only comparisons are asked for")
            };
            match comparison.field.as_str() {
                "unasked" => ComparisonState::NotAsked,
                "unanswerable" => ComparisonState::Unanswerable,
                _ => ComparisonState::Complete,
            }
        };
        remaining(condition, &state)
    }

    #[test]
    fn what_was_not_asked_is_left_out() {
        let some = RemainingCondition::Condition;
        for (condition, left) in [
            (all(&["a", "unasked"]), some(all(&["a"]))),
            (any(&["a", "unasked"]), some(any(&["a"]))),
            (not(any(&["a", "unasked"])), some(not(any(&["a"])))),
            (all(&["unasked"]), RemainingCondition::AllRows),
            (not(any(&["unasked"])), RemainingCondition::AllRows),
            (xor(&["a", "unasked"]), some(xor(&["a"]))),
            (xor(&["unasked"]), RemainingCondition::AllRows),
        ] {
            assert_eq!(left_of(&condition), left, "{condition:?}");
        }
    }

    #[test]
    fn what_cannot_be_answered_holds_for_no_row_and_neither_does_its_opposite() {
        let some = RemainingCondition::Condition;
        for (condition, left) in [
            (any(&["a", "unanswerable"]), some(any(&["a"]))),
            (all(&["a", "unanswerable"]), RemainingCondition::NoRow),
            (any(&["unasked", "unanswerable"]), RemainingCondition::NoRow),
            (not(all(&["unanswerable"])), RemainingCondition::NoRow),
            (xor(&["a", "unanswerable"]), some(xor(&["a"]))),
            (not(xor(&["unanswerable"])), RemainingCondition::NoRow),
            (not(any(&["a", "unanswerable"])), RemainingCondition::NoRow),
            (not(all(&["a", "unanswerable"])), some(not(all(&["a"])))),
            (
                not(not(any(&["a", "unanswerable"]))),
                some(not(not(any(&["a"])))),
            ),
        ] {
            assert_eq!(left_of(&condition), left, "{condition:?}");
        }
    }
}
