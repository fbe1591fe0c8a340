//! Random models, rows and queries: the database finds, changes and deletes what a naive evaluation in memory does.

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::vec;
use proptest::prelude::*;

use crate::models::Literal;
use crate::models::expression::Expression;
use crate::query::random_models::{Leaf, Models, Rows, Step, Tape, Test, Tree};
use crate::query::tests::Library;
use crate::query::{FieldUpdate, Query};
use crate::values::FieldValue;

/// The rows that a row is joined with: for each path of which there may be several, one of them, or none.
type Joined = BTreeMap<Vec<Step>, Option<usize>>;

struct Evaluation<'e> {
    models: &'e Models,
    rows: &'e Rows,
    model: usize,
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

    /// Whether some choice of joined rows makes `tree` hold for `row`.
    fn holds(&self, tree: &Tree, row: usize) -> bool {
        let leaves = tree.leaves();
        let prefixes = leaves.iter().flat_map(|leaf| {
            let ends =
                (0..leaf.path.len()).filter(|end| matches!(leaf.path[*end], Step::Backwards(..)));
            ends.map(|end| leaf.path[..=end].to_vec())
        });
        let mut prefixes: Vec<_> = prefixes.collect::<BTreeSet<_>>().into_iter().collect();
        prefixes.sort_by_key(Vec::len);
        self.any_choice(tree, row, &prefixes, &mut Joined::new())
    }

    fn any_choice(
        &self,
        tree: &Tree,
        row: usize,
        prefixes: &[Vec<Step>],
        joined: &mut Joined,
    ) -> bool {
        let Some((prefix, rest)) = prefixes.split_first() else {
            return self.is_true(tree, row, joined);
        };
        let (last, before) = prefix.split_last().unwrap();
        let Step::Backwards(other, place) = *last else {
            panic!()
        };
        let (_, from) = self.follow(row, before, joined);
        let others = self.rows[other].iter().enumerate();
        let referring =
            others.filter(|(_, other)| from.is_some() && other.refers_to[place] == from);
        let mut choices: Vec<_> = referring.map(|(index, _)| Some(index)).collect();
        if choices.is_empty() {
            choices.push(None);
        }
        choices.into_iter().any(|choice| {
            joined.insert(prefix.clone(), choice);
            self.any_choice(tree, row, rest, joined)
        })
    }

    fn is_true(&self, tree: &Tree, row: usize, joined: &Joined) -> bool {
        match tree {
            Tree::Leaf(leaf) => {
                let (model, row) = self.follow(row, &leaf.path, joined);
                leaf.holds_for(row.map(|row| &self.rows[model][row]))
            }
            Tree::All(parts) => parts.iter().all(|part| self.is_true(part, row, joined)),
            Tree::Any(parts) => parts.iter().any(|part| self.is_true(part, row, joined)),
        }
    }
}

/// All rows that go with those of `model` at the places `gone`.
fn cascade(models: &Models, rows: &Rows, model: usize, gone: &[usize]) -> BTreeSet<(usize, usize)> {
    let mut all: BTreeSet<_> = gone.iter().map(|row| (model, *row)).collect();
    loop {
        let before = all.len();
        for (own, references) in models.0.iter().enumerate() {
            for (index, row) in rows[own].iter().enumerate() {
                let goes = references
                    .iter()
                    .zip(&row.refers_to)
                    .any(|(reference, to)| {
                        !reference.is_nullable
                            && to.is_some_and(|to| all.contains(&(reference.to, to)))
                    });
                if goes {
                    all.insert((own, index));
                }
            }
        }
        if all.len() == before {
            return all;
        }
    }
}

fn keys_of(values: &[FieldValue]) -> Vec<usize> {
    let key = |value: &FieldValue| match value {
        FieldValue::Integer(key) => usize::try_from(*key).unwrap() - 1,
        other => panic!("{other:?}"),
    };
    values.iter().map(key).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn the_database_does_what_a_naive_evaluation_does(bytes in vec(any::<u8>(), 0..260)) {
        let tape = &mut Tape(bytes.iter());
        let models = Models::random(tape);
        let model = tape.below(models.0.len());
        let trees: Vec<_> = (0..=tape.below(2)).map(|_| models.random_tree(tape, model, 2)).collect();
        let excluded: Vec<_> = (0..tape.below(2)).map(|_| models.random_leaf(tape, model)).collect();
        let rows = models.random_rows(tape);
        let library = Library::of(&models.toml(), "UTC", &models.script(&rows));
        let (registry, connection) = (&library.registry, &library.connection);
        let of = |model: usize| Query::of(registry.get(&format!("library.M{model}")).unwrap());
        let query = trees.iter().fold(of(model), |query, tree| query.filter(tree.condition()));
        let query = excluded.iter().fold(query, |query, leaf| query.exclude(leaf.condition()));

        let evaluation = Evaluation { models: &models, rows: &rows, model };
        let mut expected: Vec<_> = (0..rows[model].len())
            .filter(|row| trees.iter().all(|tree| evaluation.holds(tree, *row)))
            .filter(|row| !excluded.iter().any(|leaf| evaluation.holds(&Tree::Leaf(leaf.clone()), *row)))
            .collect();
        let found = query.clone().on(registry).unwrap().keys(connection).unwrap();
        let found: BTreeSet<_> = keys_of(&found).into_iter().collect();
        prop_assert_eq!(&found, &expected.iter().copied().collect(), "{:?}\n{}", query, models.toml());

        let distinct = query.clone().distinct().order_by(["-letter", "number", "pk"]);
        expected.sort_by_key(|row| (std::cmp::Reverse(rows[model][*row].letter), rows[model][*row].number, *row));
        let ordered = distinct.clone().on(registry).unwrap();
        prop_assert_eq!(keys_of(&ordered.keys(connection).unwrap()), expected.clone());
        prop_assert_eq!(ordered.count(connection).unwrap(), i64::try_from(expected.len()).unwrap());
        prop_assert_eq!(ordered.exists(connection).unwrap(), !expected.is_empty());
        let sliced = distinct.slice(1, Some(3)).on(registry).unwrap().keys(connection).unwrap();
        let middle: Vec<_> = expected.iter().copied().skip(1).take(2).collect();
        prop_assert_eq!(keys_of(&sliced), middle);

        let nine = FieldUpdate::new("number", Expression::Value(Literal::Integer(9)));
        let rows_of = query.clone().on(registry).unwrap();
        let is_taken_back = connection.transaction(|connection| {
            let count = rows_of.update(connection, &[nine])?;
            let changed = of(model).filter(Tree::Leaf(Leaf { path: Vec::new(), test: Test::NumberIs(9) }).condition());
            let changed = changed.on(registry)?.keys(connection)?;
            assert_eq!((count, keys_of(&changed).into_iter().collect()), (expected.len(), found.clone()));
            Err::<(), _>(crate::query::QueryError::NoFields)
        });
        prop_assert!(is_taken_back.is_err());

        let gone = cascade(&models, &rows, model, &expected);
        let deleted = rows_of.delete(connection).unwrap();
        prop_assert_eq!(deleted.total, gone.len());
        for (own, rows) in rows.iter().enumerate() {
            let left = of(own).order_by(["pk"]).on(registry).unwrap().keys(connection).unwrap();
            let stays = (0..rows.len()).filter(|row| !gone.contains(&(own, *row)));
            prop_assert_eq!(keys_of(&left), stays.collect::<Vec<_>>());
        }
    }
}
