//! From what is asked for to answers.
//!
//! A [`Questionnaire`] knows what was given beforehand, and asks for the rest one by one; whoever shows the questions may
//! go back. Values are checked where they come from.

use std::sync::Arc;

use minijinja::{Environment, Value};

use crate::scaffold::answers::{AnswerValue, Answers, GivenAnswer, GivenAnswers};
use crate::scaffold::manifest::{ScaffoldVariable, VariableDefault, VariableKind};
use crate::scaffold::{ScaffoldError, environment};
use crate::text;

/// What is asked for, what was answered, and what comes next.
#[derive(Debug)]
pub struct Questionnaire {
    variables: Vec<ScaffoldVariable>,
    given: GivenAnswers,
    /// What the scaffold knows without asking.
    standard: Answers,
    environment: Arc<Environment<'static>>,
    /// What was decided so far, in the order of the variables.
    steps: Vec<Step>,
}

#[derive(Debug)]
enum Step {
    /// Its condition is false.
    Skipped,
    /// It was given, or taken over without asking.
    Known(Value),
    /// A person answered.
    Answered(Value),
}

/// A question.
#[derive(Debug)]
pub struct VariableQuestion<'q> {
    /// What is asked for.
    pub variable: &'q ScaffoldVariable,
    /// What it is without an answer.
    pub default: Option<Value>,
}

impl Questionnaire {
    pub(super) fn new(
        variables: Vec<ScaffoldVariable>,
        given: GivenAnswers,
        standard: Answers,
    ) -> Result<Self, ScaffoldError> {
        for answer in given.iter() {
            let is_known = variables
                .iter()
                .any(|variable| variable.name == answer.name);
            // What a file says beyond this scaffold may be meant for another version of it.
            if !is_known {
                let names: Vec<_> = variables
                    .iter()
                    .map(|variable| variable.name.clone())
                    .collect();
                return Err(ScaffoldError::UnknownAnswer {
                    name: answer.name.clone(),
                    place: answer.place.clone(),
                    names,
                });
            }
        }
        Ok(Self {
            variables,
            given,
            standard,
            environment: Arc::new(environment::environment()),
            steps: Vec::new(),
        })
    }

    /// The next question, after those that are answered already; `None` at the end.
    pub fn next_question(&mut self) -> Result<Option<VariableQuestion<'_>>, ScaffoldError> {
        loop {
            let Some(variable) = self.variables.get(self.steps.len()) else {
                return Ok(None);
            };
            let known = self.answers();
            if !self.is_wanted(variable, &known)? {
                self.steps.push(Step::Skipped);
                continue;
            }
            if let Some(given) = self.given.get(&variable.name) {
                let value = checked(variable, given)?;
                self.steps.push(Step::Known(value));
                continue;
            }
            let default = self.default(variable, &known)?;
            let variable = &self.variables[self.steps.len()];
            return Ok(Some(VariableQuestion { variable, default }));
        }
    }

    /// Answers the present question by `text`, nothing being the default; otherwise says what is wrong with it.
    pub fn answer(&mut self, text: &str) -> Result<(), String> {
        let Some(variable) = self.variables.get(self.steps.len()) else {
            return Ok(());
        };
        let default = self.default(variable, &self.answers()).unwrap_or_default();
        let value = match default {
            Some(default) if text.trim().is_empty() => default,
            _ if text.trim().is_empty() && !takes_nothing(variable) => {
                return Err("there must be an answer".to_owned());
            }
            _ => variable.parse(text)?,
        };
        self.steps.push(Step::Answered(value));
        Ok(())
    }

    /// Goes back to the last question that a person answered; whether there is one.
    pub fn back(&mut self) -> bool {
        let last = self
            .steps
            .iter()
            .rposition(|step| matches!(step, Step::Answered(_)));
        if let Some(last) = last {
            self.steps.truncate(last);
        }
        last.is_some()
    }

    /// The answers where nobody is asked: what was given, and the defaults; fails with all that have none.
    pub fn with_defaults(mut self) -> Result<Answers, ScaffoldError> {
        let mut missing = Vec::new();
        while let Some(question) = self.next_question()? {
            let value = question.default.unwrap_or_else(|| {
                missing.push(question.variable.name.clone());
                Value::from("")
            });
            self.steps.push(Step::Known(value));
        }
        if missing.is_empty() {
            Ok(self.finish())
        } else {
            Err(ScaffoldError::MissingAnswers(missing))
        }
    }

    /// All answers, when there is no question any more.
    pub fn finish(self) -> Answers {
        let mut answers = self.answers();
        answers.retain(|name, _| !self.standard.contains_key(name));
        answers
    }

    /// What is known at this point, the standard values among it. A variable that was skipped is its type's nothing.
    fn answers(&self) -> Answers {
        let mut answers = self.standard.clone();
        for (variable, step) in self.variables.iter().zip(&self.steps) {
            let value = match step {
                Step::Known(value) | Step::Answered(value) => value.clone(),
                Step::Skipped => nothing(&variable.kind),
            };
            answers.insert(variable.name.clone(), value);
        }
        answers
    }

    fn is_wanted(
        &self,
        variable: &ScaffoldVariable,
        known: &Answers,
    ) -> Result<bool, ScaffoldError> {
        let Some(when) = &variable.when else {
            return Ok(true);
        };
        environment::is_true(&self.environment, when, known)
    }

    fn default(
        &self,
        variable: &ScaffoldVariable,
        known: &Answers,
    ) -> Result<Option<Value>, ScaffoldError> {
        let template = match &variable.default {
            None => return Ok(None),
            Some(VariableDefault::Value(value)) => return Ok(Some(value.clone())),
            Some(VariableDefault::Template(template)) => template,
        };
        let rendered = self.environment.render_str(template, known);
        let rendered = rendered.map_err(|source| ScaffoldError::Variable {
            name: variable.name.clone(),
            message: environment::message(&source),
        })?;
        let value = variable.parse(&rendered);
        let value = value.map_err(|message| ScaffoldError::Variable {
            name: variable.name.clone(),
            message: format!("its default is `{rendered}`, but {message}"),
        })?;
        Ok(Some(value))
    }
}

/// Whether an empty answer is a value.
fn takes_nothing(variable: &ScaffoldVariable) -> bool {
    match &variable.kind {
        VariableKind::Text(pattern) | VariableKind::Secret(pattern) => pattern.is_none(),
        VariableKind::Choices(_) => true,
        _ => false,
    }
}

fn nothing(kind: &VariableKind) -> Value {
    match kind {
        VariableKind::Boolean => false.into(),
        VariableKind::Integer { .. } => 0.into(),
        VariableKind::Choices(_) => Vec::<String>::new().into(),
        _ => "".into(),
    }
}

/// The value that was given, if it is one of the variable.
fn checked(variable: &ScaffoldVariable, given: &GivenAnswer) -> Result<Value, ScaffoldError> {
    let text = match &given.value {
        AnswerValue::Text(text) => text.clone(),
        AnswerValue::Value(value) if matches!(variable.kind, VariableKind::Choices(_)) => {
            let items = value
                .try_iter()
                .map(|items| items.map(|item| item.to_string()));
            items.map_or_else(
                |_| value.to_string(),
                |items| items.collect::<Vec<_>>().join(","),
            )
        }
        AnswerValue::Value(value) => value.to_string(),
    };
    variable
        .parse(&text)
        .map_err(|message| ScaffoldError::Answer {
            name: variable.name.clone(),
            place: given.place.clone(),
            message: text::escape_control(&message),
        })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Answers, GivenAnswers, Questionnaire};
    use crate::scaffold::environment::environment;
    use crate::scaffold::manifest::Manifest;

    const VARIABLES: &str = r#"
        [variables.site]
        default = "{{ name|title }}"
        [variables.comments]
        type = "bool"
        default = true
        [variables.moderator]
        when = "comments"
        pattern = "[a-z]+"
        [variables.rows]
        type = "integer"
        min = 1
        max = 9
        default = 5
        [variables.colours]
        type = "choices"
        choices = ["red", { value = "green", label = "Green" }]
        default = ["red"]
    "#;

    fn questionnaire(given: GivenAnswers) -> Questionnaire {
        let manifest = Manifest::parse(Path::new("scaffold.toml"), VARIABLES, &environment());
        let standard = Answers::from([("name".to_owned(), "blog".into())]);
        Questionnaire::new(manifest.unwrap().variables, given, standard).unwrap()
    }

    fn asked(questions: &mut Questionnaire) -> Option<(String, String)> {
        let question = questions.next_question().unwrap()?;
        let default = question.default.map(|default| default.to_string());
        Some((question.variable.name.clone(), default.unwrap_or_default()))
    }

    #[test]
    fn questions_follow_from_answers_and_can_be_gone_back_to() {
        let mut questions = questionnaire(GivenAnswers::default());
        let pair = |name: &str, default: &str| Some((name.to_owned(), default.to_owned()));
        assert_eq!(asked(&mut questions), pair("site", "Blog"));
        questions.answer("").unwrap();
        assert_eq!(asked(&mut questions), pair("comments", "True"));
        questions.answer("no").unwrap();
        assert_eq!(asked(&mut questions), pair("rows", "5"));
        assert!(questions.back());
        assert_eq!(asked(&mut questions), pair("comments", "True"));
        questions.answer("").unwrap();
        assert_eq!(asked(&mut questions), pair("moderator", ""));
        assert!(questions.answer("").is_err() && questions.answer("A B").is_err());
        questions.answer("ada").unwrap();
        asked(&mut questions);
        assert!(questions.answer("10").is_err());
        questions.answer("9").unwrap();
        asked(&mut questions);
        questions.answer("2, red").unwrap();
        assert_eq!(asked(&mut questions), None);
        let answers = questions.finish();
        assert_eq!(answers["colours"].to_string(), "['green', 'red']");
        assert_eq!(answers["site"].as_str(), Some("Blog"));
        assert!(!answers.contains_key("name"));
    }

    #[test]
    fn what_is_given_is_not_asked_and_what_is_missing_is_named() {
        let error = questionnaire(GivenAnswers::default()).with_defaults();
        assert_eq!(
            error.unwrap_err().to_string(),
            "there is no answer for `moderator`"
        );
        let mut given = GivenAnswers::default();
        given.add_text("comments", "no", "-d");
        let answers = questionnaire(given.clone()).with_defaults().unwrap();
        assert_eq!(answers["moderator"].as_str(), Some(""));
        given.add_text("rows", "many", "-d");
        let error = questionnaire(given).with_defaults().unwrap_err();
        assert_eq!(
            error.to_string(),
            "`rows` of -d: `many` is not a whole number"
        );
    }
}
