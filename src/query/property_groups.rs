//! Random models, rows, aggregates and set operations: the database computes what a naive evaluation in memory does.

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::vec;
use proptest::prelude::*;

use crate::models::Literal;
use crate::models::expression::{
    AggregateExpression, AggregateFunction, Comparison, Condition, Expression, Lookup, SetOperation,
};
use crate::query::naive_evaluation::{Evaluation, Joined, keys_of};
use crate::query::random_models::{Leaf, Models, Step, Tape, Tree, path_to};
use crate::query::tests::Library;
use crate::query::{NamedExpression, Query};
use crate::values::FieldValue;

const FUNCTIONS: [AggregateFunction; 4] = [
    AggregateFunction::Count,
    AggregateFunction::Sum,
    AggregateFunction::Max,
    AggregateFunction::Min,
];

/// An aggregate of the numbers at the end of a path.
#[derive(Clone, Debug)]
struct RandomAggregate {
    function: AggregateFunction,
    path: Vec<Step>,
    distinct: bool,
    filter: Option<Leaf>,
}

impl RandomAggregate {
    fn random(models: &Models, tape: &mut Tape<'_>, model: usize) -> Self {
        let place = tape.below(FUNCTIONS.len());
        Self {
            function: FUNCTIONS[place],
            path: models.random_path(tape, model),
            distinct: place < 2 && tape.is_true(),
            filter: tape.is_true().then(|| models.random_leaf(tape, model)),
        }
    }

    fn expression(&self) -> Expression {
        Expression::from(AggregateExpression {
            function: self.function,
            of: Some(Expression::F(path_to(&self.path, "number"))),
            distinct: self.distinct,
            filter: self.filter.as_ref().map(Leaf::condition),
            default: None,
        })
    }

    /// The paths that it joins.
    fn paths(&self) -> Vec<&[Step]> {
        let filter = self.filter.iter().map(|leaf| leaf.path.as_slice());
        std::iter::once(self.path.as_slice())
            .chain(filter)
            .collect()
    }

    /// Its value where these rows, joined so, make a group.
    fn of(&self, evaluation: &Evaluation<'_>, group: &[(usize, Joined)]) -> Option<i64> {
        let counts = |(row, joined): &&(usize, Joined)| {
            let filter = self.filter.as_ref();
            filter.is_none_or(|leaf| evaluation.leaf_is_true(leaf, *row, joined))
        };
        let counted = group.iter().filter(counts);
        let number = |(row, joined): &(usize, Joined)| evaluation.number(*row, &self.path, joined);
        let mut numbers: Vec<_> = counted.filter_map(number).collect();
        if self.distinct {
            numbers = numbers
                .into_iter()
                .collect::<BTreeSet<_>>()
                .into_iter()
                .collect();
        }
        match self.function {
            AggregateFunction::Count => i64::try_from(numbers.len()).ok(),
            AggregateFunction::Sum => (!numbers.is_empty()).then(|| numbers.iter().sum()),
            AggregateFunction::Max => numbers.into_iter().max(),
            _ => numbers.into_iter().min(),
        }
    }
}

fn value(number: Option<i64>) -> FieldValue {
    number.map_or(FieldValue::Null, FieldValue::Integer)
}

fn above(name: &str, number: i64) -> Condition {
    Condition::Compare(Comparison {
        field: name.to_owned(),
        lookup: Lookup::Gt,
        operands: vec![Expression::Value(Literal::Integer(number))],
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn groups_are_those_of_a_naive_evaluation(bytes in vec(any::<u8>(), 0..260)) {
        let tape = &mut Tape(bytes.iter());
        let models = Models::random(tape);
        let model = tape.below(models.0.len());
        let tree = models.random_tree(tape, model, 1);
        let aggregates = [(); 2].map(|()| RandomAggregate::random(&models, tape, model));
        let least = i64::try_from(tape.below(3)).unwrap();
        let rows = models.random_rows(tape);
        let library = Library::of(&models.toml(), "UTC", &models.script(&rows));
        let (registry, connection) = (&library.registry, &library.connection);
        let evaluation = Evaluation { models: &models, rows: &rows, model };
        let query = Query::of(registry.get(&format!("library.M{model}")).unwrap()).filter(tree.condition());

        // Each row as often as there are rows that it is joined with.
        let mut paths = tree.paths();
        let joined = |row: usize, paths: &[&[Step]]| {
            let choices = evaluation.choices(row, paths).into_iter();
            let choices = choices.filter(|joined| evaluation.is_true(&tree, row, joined));
            choices.map(|joined| (row, joined)).collect::<Vec<_>>()
        };
        let all = |paths: &[&[Step]]| -> Vec<_> { (0..rows[model].len()).flat_map(|row| joined(row, paths)).collect() };
        let count = query.clone().on(registry).unwrap().count(connection).unwrap();
        prop_assert_eq!(count, i64::try_from(all(&paths).len()).unwrap(), "{:?}\n{}", query, models.toml());

        let [first, second] = &aggregates;
        paths.extend(first.paths());
        paths.extend(second.paths());
        let annotated = query.clone().annotate("a", first.expression()).annotate("b", second.expression());
        let of_rows = annotated.clone().values(["pk", "a", "b"]).order_by(["pk"]);
        let found = of_rows.on(registry).unwrap().values(connection).unwrap().rows;
        let groups = (0..rows[model].len()).map(|row| (row, joined(row, &paths)));
        let groups: Vec<_> = groups.filter(|(_, group)| !group.is_empty()).collect();
        let expected: Vec<_> = groups.iter().map(|(row, group)| {
            let key = FieldValue::Integer(i64::try_from(row + 1).unwrap());
            vec![key, value(first.of(&evaluation, group)), value(second.of(&evaluation, group))]
        }).collect();
        prop_assert_eq!(&found, &expected, "{:?}\n{}", annotated, models.toml());

        let having = annotated.clone().filter(above("a", least)).order_by(["pk"]).on(registry).unwrap();
        let kept = groups.iter().filter(|(_, group)| first.of(&evaluation, group).is_some_and(|number| number > least));
        let kept: Vec<_> = kept.map(|(row, _)| *row).collect();
        prop_assert_eq!(keys_of(&having.keys(connection).unwrap()), kept.clone(), "{:?}\n{}", annotated, models.toml());
        prop_assert_eq!(having.count(connection).unwrap(), i64::try_from(kept.len()).unwrap());

        let mut letters: BTreeMap<&str, Vec<_>> = BTreeMap::new();
        for (row, joined) in all(&paths) {
            letters.entry(rows[model][row].letter).or_default().push((row, joined));
        }
        let by_letter = query.clone().values(["letter"]).annotate("a", first.expression());
        let by_letter = by_letter.annotate("b", second.expression()).order_by(["letter"]);
        let found = by_letter.clone().on(registry).unwrap().values(connection).unwrap().rows;
        let expected: Vec<_> = letters.iter().map(|(letter, group)| {
            let letter = FieldValue::Text((*letter).to_owned());
            vec![letter, value(first.of(&evaluation, group)), value(second.of(&evaluation, group))]
        }).collect();
        prop_assert_eq!(&found, &expected, "{:?}\n{}", by_letter, models.toml());

        let together = [("a", first), ("b", second)].map(|(name, aggregate)| NamedExpression {
            name: name.to_owned(),
            expression: aggregate.expression(),
        });
        let found = query.clone().on(registry).unwrap().aggregate(connection, &together).unwrap();
        let expected = [first, second].map(|aggregate| value(aggregate.of(&evaluation, &all(&paths))));
        prop_assert_eq!(&found, &expected, "{:?}\n{}", query, models.toml());
    }

    #[test]
    fn set_operations_are_those_of_sets(bytes in vec(any::<u8>(), 0..260)) {
        let tape = &mut Tape(bytes.iter());
        let models = Models::random(tape);
        let model = tape.below(models.0.len());
        let trees = [(); 3].map(|()| models.random_tree(tape, model, 1));
        let operation = [SetOperation::Union, SetOperation::Intersection, SetOperation::Difference][tape.below(3)];
        let rows = models.random_rows(tape);
        let library = Library::of(&models.toml(), "UTC", &models.script(&rows));
        let (registry, connection) = (&library.registry, &library.connection);
        let evaluation = Evaluation { models: &models, rows: &rows, model };
        let of = |tree: &Tree| {
            let query = Query::of(registry.get(&format!("library.M{model}")).unwrap()).filter(tree.condition());
            let found = (0..rows[model].len()).filter(|row| evaluation.holds(tree, *row));
            (query, found.collect::<BTreeSet<_>>())
        };
        let [(query, set), (second, of_second), (third, of_third)] = [&trees[0], &trees[1], &trees[2]].map(of);
        let combined = query.combine(operation, [second, third]);
        let others = of_second.iter().chain(&of_third).copied();
        let expected: BTreeSet<_> = match operation {
            SetOperation::Intersection => set.iter().copied().filter(|row| of_second.contains(row) && of_third.contains(row)).collect(),
            SetOperation::Difference => set.difference(&others.collect()).copied().collect(),
            _ => set.iter().copied().chain(others).collect(),
        };
        let ordered = combined.order_by(["-number", "pk"]).on(registry).unwrap();
        let mut in_order: Vec<_> = expected.iter().copied().collect();
        in_order.sort_by_key(|row| (std::cmp::Reverse(rows[model][*row].number), *row));
        let keys: Vec<_> = ordered.instances(connection).unwrap().iter().map(|row| row.key().clone()).collect();
        prop_assert_eq!(keys_of(&keys), in_order, "{:?}\n{}", ordered, models.toml());
        prop_assert_eq!(ordered.count(connection).unwrap(), i64::try_from(expected.len()).unwrap());
        prop_assert_eq!(ordered.exists(connection).unwrap(), !expected.is_empty());
    }
}
