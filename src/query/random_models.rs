//! Random models, their rows, and conditions on them, for the property test.

use std::fmt::Write as _;

use crate::models::Literal;
use crate::models::expression::{Comparison, Condition, Expression, Lookup};

/// Numbers that decide on everything; at their end all decisions are the first.
pub(super) struct Tape<'t>(pub(super) std::slice::Iter<'t, u8>);

impl Tape<'_> {
    /// A number below `count`.
    pub(super) fn below(&mut self, count: usize) -> usize {
        usize::from(self.0.next().copied().unwrap_or_default()) % count
    }

    pub(super) fn is_true(&mut self) -> bool {
        self.below(2) == 1
    }
}

/// A reference of a model to a model before it, or to itself.
pub(super) struct Reference {
    pub(super) to: usize,
    /// Whether it may be null; then it becomes null where its row is deleted.
    pub(super) is_nullable: bool,
}

/// A row: a number, a letter, and the rows it refers to.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct NaiveRow {
    pub(super) number: Option<i64>,
    pub(super) letter: &'static str,
    pub(super) refers_to: Vec<Option<usize>>,
}

pub(super) struct Models(pub(super) Vec<Vec<Reference>>);

pub(super) type Rows = Vec<Vec<NaiveRow>>;

pub(super) const LETTERS: [&str; 3] = ["a", "b", "ab"];

/// A step of a path.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Step {
    /// To the row that a reference leads to.
    Forwards(usize),
    /// To the rows of a model that refer by a reference.
    Backwards(usize, usize),
}

/// A comparison at the end of a path.
#[derive(Clone, Debug)]
pub(super) struct Leaf {
    pub(super) path: Vec<Step>,
    pub(super) test: Test,
}

#[derive(Clone, Debug)]
pub(super) enum Test {
    NumberIs(i64),
    NumberAbove(i64),
    NumberIsNull(bool),
    NumberIn(i64, i64),
    LetterIs(&'static str),
    LetterContains(&'static str),
    KeyIsNull(bool),
}

/// What one call of `filter` asks for.
#[derive(Clone, Debug)]
pub(super) enum Tree {
    Leaf(Leaf),
    All(Vec<Self>),
    Any(Vec<Self>),
    Xor(Vec<Self>),
}

impl Models {
    pub(super) fn random(tape: &mut Tape<'_>) -> Self {
        let count = 2 + tape.below(2);
        let models = (0..count).map(|own| {
            let references = (0..=tape.below(2)).map(|_| {
                let to = tape.below(own + 1);
                let is_nullable = to == own || tape.is_true();
                Reference { to, is_nullable }
            });
            references.collect()
        });
        Self(models.collect())
    }

    pub(super) fn toml(&self) -> String {
        let mut text = String::new();
        for (own, references) in self.0.iter().enumerate() {
            writeln!(
                text,
                "[M{own}]\nfields.number = {{ type = 'IntegerField', null = true }}"
            )
            .unwrap();
            writeln!(
                text,
                "fields.letter = {{ type = 'CharField', max_length = 9 }}"
            )
            .unwrap();
            for (place, Reference { to, is_nullable }) in references.iter().enumerate() {
                let on_delete = if *is_nullable { "SET_NULL" } else { "CASCADE" };
                writeln!(
                    text,
                    "fields.r{place} = {{ type = 'ForeignKey', to = 'M{to}', on_delete = '{on_delete}', \
                     null = {is_nullable}, related_name = 'b{own}_{place}' }}"
                )
                .unwrap();
            }
        }
        text
    }

    pub(super) fn random_rows(&self, tape: &mut Tape<'_>) -> Rows {
        let mut rows: Rows = Vec::new();
        for references in &self.0 {
            // Every model has a row, so that a reference has somewhere to lead.
            let count = 1 + tape.below(5);
            let own = rows.len();
            rows.push(Vec::new());
            for _ in 0..count {
                let refers_to = references.iter().map(|Reference { to, is_nullable }| {
                    let there = rows[*to].len();
                    let is_null = there == 0 || *is_nullable && tape.below(3) == 0;
                    (!is_null).then(|| tape.below(there))
                });
                let refers_to = refers_to.collect();
                let number = tape.below(5);
                rows[own].push(NaiveRow {
                    number: (number > 0).then(|| i64::try_from(number).unwrap()),
                    letter: LETTERS[tape.below(3)],
                    refers_to,
                });
            }
        }
        rows
    }

    pub(super) fn script(&self, rows: &Rows) -> Vec<serde_json::Value> {
        let mut script = Vec::new();
        for (own, references) in self.0.iter().enumerate() {
            let columns = (0..references.len()).map(|place| format!(", r{place}_id INTEGER"));
            let columns: String = columns.collect();
            script.push(format!(
                "CREATE TABLE library_m{own} (id INTEGER PRIMARY KEY, number INTEGER, letter TEXT{columns})"
            ));
            for (index, row) in rows[own].iter().enumerate() {
                let null = || "NULL".to_owned();
                let number = row.number.map_or_else(null, |number| number.to_string());
                let refers_to = row.refers_to.iter();
                let refers_to = refers_to
                    .map(|to| format!(", {}", to.map_or_else(null, |to| (to + 1).to_string())));
                script.push(format!(
                    "INSERT INTO library_m{own} VALUES ({}, {number}, '{}'{})",
                    index + 1,
                    row.letter,
                    refers_to.collect::<String>()
                ));
            }
        }
        script.into_iter().map(Into::into).collect()
    }

    /// A path of up to two steps from `model`.
    pub(super) fn random_path(&self, tape: &mut Tape<'_>, model: usize) -> Vec<Step> {
        let (mut path, mut at) = (Vec::new(), model);
        for _ in 0..tape.below(3) {
            let forwards = (0..self.0[at].len()).map(Step::Forwards);
            let referring = self.0.iter().enumerate().flat_map(|(other, references)| {
                let back = references
                    .iter()
                    .enumerate()
                    .filter(|(_, reference)| reference.to == at);
                back.map(move |(place, _)| Step::Backwards(other, place))
                    .collect::<Vec<_>>()
            });
            let steps: Vec<_> = forwards.chain(referring).collect();
            if steps.is_empty() {
                break;
            }
            let step = steps[tape.below(steps.len())];
            at = match step {
                Step::Forwards(place) => self.0[at][place].to,
                Step::Backwards(other, _) => other,
            };
            path.push(step);
        }
        path
    }

    pub(super) fn random_leaf(&self, tape: &mut Tape<'_>, model: usize) -> Leaf {
        let path = self.random_path(tape, model);
        let number = i64::try_from(tape.below(4)).unwrap();
        let test = match tape.below(7) {
            0 => Test::NumberIs(number),
            1 => Test::NumberAbove(number),
            2 => Test::NumberIsNull(tape.is_true()),
            3 => Test::NumberIn(number, number + 1),
            4 => Test::LetterIs(LETTERS[tape.below(3)]),
            5 => Test::LetterContains(LETTERS[tape.below(3)]),
            _ => Test::KeyIsNull(tape.is_true()),
        };
        Leaf { path, test }
    }

    pub(super) fn random_tree(&self, tape: &mut Tape<'_>, model: usize, depth: usize) -> Tree {
        let join = tape.below(4);
        if depth == 0 || join == 0 {
            return Tree::Leaf(self.random_leaf(tape, model));
        }
        let parts = (0..2 + tape.below(2)).map(|_| self.random_tree(tape, model, depth - 1));
        let parts = parts.collect();
        match join {
            1 => Tree::All(parts),
            2 => Tree::Any(parts),
            _ => Tree::Xor(parts),
        }
    }
}

/// The path of the field `name` behind the steps.
pub(super) fn path_to(steps: &[Step], name: &str) -> String {
    let steps = steps.iter().map(|step| match step {
        Step::Forwards(place) => format!("r{place}__"),
        Step::Backwards(other, place) => format!("b{other}_{place}__"),
    });
    steps.collect::<String>() + name
}

impl Leaf {
    pub(super) fn condition(&self) -> Condition {
        let (field, lookup, operands) = match &self.test {
            Test::NumberIs(number) => ("number", Lookup::Exact, vec![Literal::Integer(*number)]),
            Test::NumberAbove(number) => ("number", Lookup::Gt, vec![Literal::Integer(*number)]),
            Test::NumberIsNull(is) => ("number", Lookup::IsNull, vec![Literal::Boolean(*is)]),
            Test::NumberIn(one, other) => (
                "number",
                Lookup::In,
                vec![Literal::Integer(*one), Literal::Integer(*other)],
            ),
            Test::LetterIs(letter) => (
                "letter",
                Lookup::Exact,
                vec![Literal::String((*letter).to_owned())],
            ),
            Test::LetterContains(letter) => (
                "letter",
                Lookup::Contains,
                vec![Literal::String((*letter).to_owned())],
            ),
            Test::KeyIsNull(is) => ("id", Lookup::IsNull, vec![Literal::Boolean(*is)]),
        };
        Condition::Compare(Comparison {
            field: path_to(&self.path, field),
            lookup,
            operands: operands.into_iter().map(Expression::Value).collect(),
        })
    }

    pub(super) fn holds_for(&self, row: Option<&NaiveRow>) -> bool {
        let number = row.and_then(|row| row.number);
        let letter = row.map(|row| row.letter);
        match &self.test {
            Test::NumberIs(wanted) => number == Some(*wanted),
            Test::NumberAbove(least) => number.is_some_and(|number| number > *least),
            Test::NumberIsNull(is) => number.is_none() == *is,
            Test::NumberIn(one, other) => {
                number.is_some_and(|number| number == *one || number == *other)
            }
            Test::LetterIs(wanted) => letter == Some(*wanted),
            Test::LetterContains(part) => letter.is_some_and(|letter| letter.contains(part)),
            Test::KeyIsNull(is) => row.is_none() == *is,
        }
    }
}

impl Tree {
    pub(super) fn condition(&self) -> Condition {
        let conditions = |parts: &[Self]| parts.iter().map(Self::condition).collect();
        match self {
            Self::Leaf(leaf) => leaf.condition(),
            Self::All(parts) => Condition::All(conditions(parts)),
            Self::Any(parts) => Condition::Any(conditions(parts)),
            Self::Xor(parts) => Condition::Xor(conditions(parts)),
        }
    }

    /// The paths of its comparisons.
    pub(super) fn paths(&self) -> Vec<&[Step]> {
        let leaves = self.leaves().into_iter();
        leaves.map(|leaf| leaf.path.as_slice()).collect()
    }

    fn leaves(&self) -> Vec<&Leaf> {
        match self {
            Self::Leaf(leaf) => vec![leaf],
            Self::All(parts) | Self::Any(parts) | Self::Xor(parts) => {
                parts.iter().flat_map(Self::leaves).collect()
            }
        }
    }
}
