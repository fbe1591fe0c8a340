//! Answers to what scaffolds ask for.

use std::collections::BTreeMap;

use minijinja::Value;

/// The values of variables by their names.
pub type Answers = BTreeMap<String, Value>;

/// Answers that were given before anything is asked.
#[derive(Clone, Debug, Default)]
pub struct GivenAnswers(Vec<GivenAnswer>);

/// An answer and where it was given.
#[derive(Clone, Debug)]
pub(super) struct GivenAnswer {
    pub(super) name: String,
    pub(super) value: AnswerValue,
    /// Where it was given: `-d`, the path of a file, the name of a variable of the environment.
    pub(super) place: String,
}

/// What was given: text as it was typed, or a value of a file.
#[derive(Clone, Debug)]
pub(super) enum AnswerValue {
    Text(String),
    Value(Value),
}

impl GivenAnswers {
    /// Adds an answer as text. Of several for one name the last counts.
    pub fn add_text(&mut self, name: &str, text: &str, place: &str) {
        self.add(name, AnswerValue::Text(text.to_owned()), place);
    }

    /// Adds an answer as a value.
    pub fn add_value(&mut self, name: &str, value: Value, place: &str) {
        self.add(name, AnswerValue::Value(value), place);
    }

    /// All of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = &GivenAnswer> {
        self.0.iter()
    }

    /// These and `others`, which count more.
    pub(super) fn with(mut self, others: &Self) -> Self {
        self.0.extend(others.0.iter().cloned());
        self
    }

    fn add(&mut self, name: &str, value: AnswerValue, place: &str) {
        self.0.push(GivenAnswer {
            name: name.to_owned(),
            value,
            place: place.to_owned(),
        });
    }

    /// The answer for `name` that counts.
    pub(super) fn get(&self, name: &str) -> Option<&GivenAnswer> {
        self.0.iter().rev().find(|given| given.name == name)
    }
}
