//! Random models, rows and queries: the database finds, changes and deletes what a naive evaluation in memory does.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;

use crate::models::Literal;
use crate::models::expression::Expression;
use crate::query::naive_evaluation::{Evaluation, keys_of};
use crate::query::random_models::{Leaf, Models, Rows, Tape, Test, Tree};
use crate::query::tests::Library;
use crate::query::{FieldUpdate, Query};

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

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn the_database_does_what_a_naive_evaluation_does(bytes in vec(any::<u8>(), 0..260)) {
        let tape = &mut Tape(bytes.iter());
        let models = Models::random(tape);
        let model = tape.below(models.0.len());
        let trees: Vec<_> = (0..=tape.below(2)).map(|_| models.random_tree(tape, model, 2)).collect();
        let excluded: Vec<_> = (0..tape.below(2)).map(|_| models.random_tree(tape, model, 2)).collect();
        let rows = models.random_rows(tape);
        let library = Library::of(&models.toml(), "UTC", &models.script(&rows));
        let (registry, connection) = (&library.registry, &library.connection);
        let of = |model: usize| Query::of(registry.get(&format!("library.M{model}")).unwrap());
        let query = trees.iter().fold(of(model), |query, tree| query.filter(tree.condition()));
        let query = excluded.iter().fold(query, |query, tree| query.exclude(tree.condition()));

        let evaluation = Evaluation { models: &models, rows: &rows, model };
        let mut expected: Vec<_> = (0..rows[model].len())
            .filter(|row| trees.iter().all(|tree| evaluation.holds(tree, *row)))
            .filter(|row| !excluded.iter().any(|tree| evaluation.is_excluded(tree, *row)))
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
