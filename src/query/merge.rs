//! The rows that two queries of one model have together: `&`, `|` and `^` of query sets.

use crate::models::expression::{Condition, QueryStep};
use crate::query::Query;

impl Query {
    /// The rows that both mean. None where the other is of another model, or a part of its rows was taken.
    pub fn and(self, other: &Self) -> Option<Self> {
        self.is_mergeable(other).then(|| {
            self.with_rows(|mut rows| {
                rows.steps.extend(other.rows.steps.iter().cloned());
                rows.is_distinct |= other.rows.is_distinct;
                rows.is_sticky = false;
                rows
            })
        })
    }

    /// The rows that one of them means. None where that cannot be said in one condition.
    pub fn or(self, other: &Self) -> Option<Self> {
        self.merged(other, Condition::Any)
    }

    /// The rows that one of them means and the other does not. None where that cannot be said in one condition.
    pub fn xor(self, other: &Self) -> Option<Self> {
        self.merged(other, Condition::Xor)
    }

    fn merged(mut self, other: &Self, join: fn(Vec<Condition>) -> Condition) -> Option<Self> {
        if !self.is_mergeable(other) {
            return None;
        }
        let sides = vec![self.take_condition(), other.clone().take_condition()];
        Some(self.filter(join(sides)))
    }

    fn is_mergeable(&self, other: &Self) -> bool {
        let is_plain = |query: &Self| !query.is_sliced() && !query.is_combined();
        self.model() == other.model() && is_plain(self) && is_plain(other)
    }

    /// What all of its conditions say together; it keeps its other steps.
    fn take_condition(&mut self) -> Condition {
        let steps = std::mem::take(&mut self.rows.steps);
        let mut conditions = Vec::new();
        for step in steps {
            match step {
                QueryStep::Filter(condition) => conditions.push(condition),
                other => self.rows.steps.push(other),
            }
        }
        Condition::All(conditions)
    }
}
