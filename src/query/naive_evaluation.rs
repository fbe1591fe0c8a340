//! What queries of random models find, computed in memory without a thought to how a database does it.

use std::collections::{BTreeMap, BTreeSet};

use crate::query::random_models::{Leaf, Models, Rows, Step, Tree};
use crate::values::FieldValue;

/// The rows that a row is joined with: for each path of which there may be several, one of them, or none.
pub(super) type Joined = BTreeMap<Vec<Step>, Option<usize>>;

/// The rows of one model among those of all.
pub(super) struct Evaluation<'e> {
    pub(super) models: &'e Models,
    pub(super) rows: &'e Rows,
    pub(super) model: usize,
}

impl Evaluation<'_> {
    /// Where `path` leads from `row`: a model, and one of its rows.
    fn follow(&self, row: usize, path: &[Step], joined: &Joined) -> (usize, Option<usize>) {
        let mut at = (self.model, Some(row));
        for (index, step) in path.iter().enumerate() {
            at = match (*step, at) {
                (Step::Forwards(place), (model, row)) => {
                    let to = row.and_then(|row| self.rows[model][row].refers_to[place]);
                    (self.models.0[model][place].to, to)
                }
                (Step::Backwards(other, _), _) => (other, joined[&path[..=index]]),
            };
        }
        at
    }

    /// All choices of rows that `row` can be joined with along `paths`.
    pub(super) fn choices(&self, row: usize, paths: &[&[Step]]) -> Vec<Joined> {
        let ends = paths.iter().flat_map(|path| {
            let ends = (0..path.len()).filter(|end| matches!(path[*end], Step::Backwards(..)));
            ends.map(|end| path[..=end].to_vec())
        });
        let mut prefixes: Vec<_> = ends.collect::<BTreeSet<_>>().into_iter().collect();
        prefixes.sort_by_key(Vec::len);
        let mut found = vec![Joined::new()];
        for prefix in prefixes {
            let joined = found.into_iter().flat_map(|joined| {
                let others = self.referring(row, &prefix, &joined).into_iter();
                let with = |other| {
                    let one = std::iter::once((prefix.clone(), other));
                    joined.clone().into_iter().chain(one).collect()
                };
                others.map(with).collect::<Vec<Joined>>()
            });
            found = joined.collect();
        }
        found
    }

    /// The rows at the end of `path`, whose last step leads to any number of them; none stands for no row.
    fn referring(&self, row: usize, path: &[Step], joined: &Joined) -> Vec<Option<usize>> {
        let (last, before) = path.split_last().unwrap();
        let Step::Backwards(other, place) = *last else {
            panic!()
        };
        let (_, from) = self.follow(row, before, joined);
        let others = self.rows[other].iter().enumerate();
        let referring =
            others.filter(|(_, other)| from.is_some() && other.refers_to[place] == from);
        let found: Vec<_> = referring.map(|(index, _)| Some(index)).collect();
        if found.is_empty() { vec![None] } else { found }
    }

    /// Whether some choice of joined rows makes `tree` hold for `row`.
    pub(super) fn holds(&self, tree: &Tree, row: usize) -> bool {
        let choices = self.choices(row, &tree.paths());
        choices.iter().any(|joined| self.is_true(tree, row, joined))
    }

    /// Whether `tree` is true of `row` where each comparison may be about other rows: what `exclude` leaves out.
    pub(super) fn is_excluded(&self, tree: &Tree, row: usize) -> bool {
        match tree {
            Tree::Leaf(_) => self.holds(tree, row),
            Tree::All(parts) => parts.iter().all(|part| self.is_excluded(part, row)),
            Tree::Any(parts) => parts.iter().any(|part| self.is_excluded(part, row)),
            Tree::Xor(parts) => is_odd(parts, |part| self.is_excluded(part, row)),
        }
    }

    pub(super) fn is_true(&self, tree: &Tree, row: usize, joined: &Joined) -> bool {
        match tree {
            Tree::Leaf(leaf) => self.leaf_is_true(leaf, row, joined),
            Tree::All(parts) => parts.iter().all(|part| self.is_true(part, row, joined)),
            Tree::Any(parts) => parts.iter().any(|part| self.is_true(part, row, joined)),
            Tree::Xor(parts) => is_odd(parts, |part| self.is_true(part, row, joined)),
        }
    }

    pub(super) fn leaf_is_true(&self, leaf: &Leaf, row: usize, joined: &Joined) -> bool {
        let (model, row) = self.follow(row, &leaf.path, joined);
        leaf.holds_for(row.map(|row| &self.rows[model][row]))
    }

    /// The number of the row at the end of `path`.
    pub(super) fn number(&self, row: usize, path: &[Step], joined: &Joined) -> Option<i64> {
        let (model, row) = self.follow(row, path, joined);
        self.rows[model][row?].number
    }
}

/// Whether an odd number of `parts` is meant.
fn is_odd(parts: &[Tree], is_meant: impl Fn(&Tree) -> bool) -> bool {
    parts.iter().filter(|part| is_meant(part)).count() % 2 == 1
}

/// The places of rows whose keys these are.
pub(super) fn keys_of(values: &[FieldValue]) -> Vec<usize> {
    let key = |value: &FieldValue| match value {
        FieldValue::Integer(key) => usize::try_from(*key).unwrap() - 1,
        other => panic!("{other:?}"),
    };
    values.iter().map(key).collect()
}
