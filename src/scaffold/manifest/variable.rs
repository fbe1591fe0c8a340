//! What a scaffold asks for.

use minijinja::Environment;

use crate::document::{Item, Problems, Table, TableReader, Value};
use crate::text::PythonPattern;

/// What a scaffold asks for.
#[derive(Clone, Debug)]
pub struct ScaffoldVariable {
    /// What its files call it.
    pub name: String,
    /// What sort of value it has.
    pub kind: VariableKind,
    /// What a person is asked.
    pub prompt: String,
    /// A sentence more.
    pub help: Option<String>,
    /// What it is without an answer: a template of the answers before it, or a value.
    pub default: Option<VariableDefault>,
    /// It is asked for where this expression of the answers before it is true.
    pub when: Option<String>,
}

/// What sort of value a variable has.
#[derive(Clone, Debug)]
pub enum VariableKind {
    /// A line of text that the pattern, if there is one, matches whole.
    Text(Option<TextForm>),
    /// The same, shown neither while it is typed nor afterwards, and not recorded.
    Secret(Option<TextForm>),
    /// Yes or no.
    Boolean,
    /// A whole number within bounds.
    Integer {
        /// The least.
        min: Option<i64>,
        /// The most.
        max: Option<i64>,
    },
    /// One of several.
    Choice(Vec<VariableChoice>),
    /// Any number of several.
    Choices(Vec<VariableChoice>),
}

/// A regular expression that a text must fit whole.
#[derive(Clone, Debug)]
pub struct TextForm {
    text: String,
    pattern: PythonPattern,
}

/// One of the values that a variable may have.
#[derive(Clone, Debug)]
pub struct VariableChoice {
    /// The value.
    pub value: String,
    /// What a person sees.
    pub label: String,
}

/// What a variable is without an answer.
#[derive(Clone, Debug)]
pub enum VariableDefault {
    /// A template.
    Template(String),
    /// A value.
    Value(minijinja::Value),
}

/// The types, as a manifest has them.
const TYPES: [&str; 6] = ["string", "bool", "integer", "choice", "choices", "secret"];

/// Names that the files of every scaffold know.
pub(in crate::scaffold) const STANDARD_NAMES: [&str; 5] =
    ["name", "title", "label", "secret_key", "djr_version"];

/// Reads `[variables.NAME]`, all of them.
pub(super) fn read_all(
    fields: &TableReader<'_>,
    environment: &Environment<'_>,
) -> Vec<ScaffoldVariable> {
    let problems = fields.problems();
    let Some(all) = fields.table("variables") else {
        return Vec::new();
    };
    let mut variables = Vec::new();
    for entry in all.source().entries() {
        let name = entry.key.as_str();
        if STANDARD_NAMES.contains(&name) || !crate::text::is_identifier(name) {
            let message = if crate::text::is_identifier(name) {
                format!("`{name}` is known to every scaffold already")
            } else {
                format!("`{name}` is not a name: letters, digits and `_`, no digit first")
            };
            problems.push(entry.error("invalid-name", message));
        }
        match entry.item.as_table() {
            Some(table) => variables.extend(read(name, table, environment, problems)),
            None => problems.push(entry.item.error(
                "wrong-type",
                format!(
                    "`{name}` must be a table, not {}",
                    entry.item.value.type_name()
                ),
            )),
        }
    }
    variables
}

fn read(
    name: &str,
    table: &Table,
    environment: &Environment<'_>,
    problems: &Problems,
) -> Option<ScaffoldVariable> {
    let fields = table.reader(problems);
    let kind = kind(&fields);
    let default = fields.item("default");
    let default = default.and_then(|item| default_of(item, kind.as_ref(), environment, problems));
    let when = fields.item("when");
    let when = when.and_then(|item| expression("when", item, environment, problems));
    let prompt: Option<String> = fields.optional("prompt");
    let help = fields.optional("help");
    fields.finish();
    Some(ScaffoldVariable {
        name: name.to_owned(),
        kind: kind?,
        prompt: prompt.unwrap_or_else(|| name.replace('_', " ")),
        help,
        default,
        when,
    })
}

fn kind(fields: &TableReader<'_>) -> Option<VariableKind> {
    let name: String = fields.or("type", "string".to_owned());
    let pattern = |fields: &TableReader<'_>| pattern(fields);
    match name.as_str() {
        "string" => Some(VariableKind::Text(pattern(fields))),
        "secret" => Some(VariableKind::Secret(pattern(fields))),
        "bool" => Some(VariableKind::Boolean),
        "integer" => Some(VariableKind::Integer {
            min: fields.optional("min"),
            max: fields.optional("max"),
        }),
        "choice" => choices(fields).map(VariableKind::Choice),
        "choices" => choices(fields).map(VariableKind::Choices),
        _ => {
            let item = fields.item("type")?;
            let message = format!("there is no type `{name}`");
            let finding = item.error("unknown-type", message);
            fields.problems().push(finding.suggest_or(
                &name,
                TYPES,
                format!("the types are {}", crate::text::quoted(TYPES.into_iter())),
            ));
            None
        }
    }
}

fn pattern(fields: &TableReader<'_>) -> Option<TextForm> {
    let item = fields.item("pattern")?;
    let text: String = fields.optional("pattern")?;
    match PythonPattern::parse(&format!("^(?:{text})$")) {
        Ok(pattern) => Some(TextForm { text, pattern }),
        Err(error) => {
            let message = format!("`{text}` is not a regular expression: {error}");
            fields
                .problems()
                .push(item.error("invalid-pattern", message));
            None
        }
    }
}

fn choices(fields: &TableReader<'_>) -> Option<Vec<VariableChoice>> {
    let items: Vec<Item> = fields.required("choices")?;
    let mut choices = Vec::new();
    for item in &items {
        match &item.value {
            Value::String(value) => choices.push(VariableChoice {
                value: value.clone(),
                label: value.clone(),
            }),
            Value::Table(table) => {
                let fields = table.reader(fields.problems());
                let value: Option<String> = fields.required("value");
                let label: Option<String> = fields.optional("label");
                fields.finish();
                let value = value?;
                choices.push(VariableChoice {
                    label: label.unwrap_or_else(|| value.clone()),
                    value,
                });
            }
            other => {
                let message = format!(
                    "a choice must be a string or a table, not {}",
                    other.type_name()
                );
                fields.problems().push(item.error("wrong-type", message));
            }
        }
    }
    if choices.is_empty() {
        let message = "there must be something to choose from";
        fields
            .problems()
            .push(fields.item("choices")?.error("no-choices", message));
    }
    Some(choices)
}

/// What `item` says that a variable is without an answer.
fn default_of(
    item: &Item,
    kind: Option<&VariableKind>,
    environment: &Environment<'_>,
    problems: &Problems,
) -> Option<VariableDefault> {
    let value = match (&item.value, kind) {
        (Value::String(text), _) => {
            let compiled = environment.template_from_str(text).map(drop);
            if let Err(error) = compiled {
                let message = format!("`default` is not a template: {error}");
                problems.push(item.error("invalid-template", message));
            }
            return Some(VariableDefault::Template(text.clone()));
        }
        (Value::Boolean(value), Some(VariableKind::Boolean)) => (*value).into(),
        (Value::Integer(value), Some(VariableKind::Integer { .. })) => (*value).into(),
        (Value::Array(items), Some(VariableKind::Choices(_))) => items
            .iter()
            .filter_map(Item::as_str)
            .map(ToOwned::to_owned)
            .collect::<Vec<String>>()
            .into(),
        (other, Some(_)) => {
            let message = format!("`default` cannot be {} here", other.type_name());
            problems.push(item.error("wrong-type", message));
            return None;
        }
        (_, None) => return None,
    };
    Some(VariableDefault::Value(value))
}

/// The expression in `item`; what is wrong with it is reported.
pub(super) fn expression(
    key: &str,
    item: &Item,
    environment: &Environment<'_>,
    problems: &Problems,
) -> Option<String> {
    let Some(text) = item.as_str() else {
        let message = format!(
            "`{key}` must be an expression in a string, not {}",
            item.value.type_name()
        );
        problems.push(item.error("wrong-type", message));
        return None;
    };
    let compiled = environment.compile_expression(text).map(drop);
    if let Err(error) = compiled {
        let message = format!("`{text}` is not an expression: {error}");
        problems.push(item.error("invalid-expression", message));
        return None;
    }
    Some(text.to_owned())
}

impl ScaffoldVariable {
    /// Whether its value is neither shown nor recorded.
    pub fn is_secret(&self) -> bool {
        matches!(self.kind, VariableKind::Secret(_))
    }

    /// The value that `text` stands for; otherwise what is wrong with it.
    pub fn parse(&self, text: &str) -> Result<minijinja::Value, String> {
        let text = text.trim();
        match &self.kind {
            VariableKind::Text(form) | VariableKind::Secret(form) => match form {
                Some(form) if !form.pattern.is_match(text).unwrap_or(false) => {
                    Err(format!("it must have the form `{}`", form.text))
                }
                _ => Ok(text.into()),
            },
            VariableKind::Boolean => match text.to_lowercase().as_str() {
                "y" | "yes" | "true" | "on" | "1" => Ok(true.into()),
                "n" | "no" | "false" | "off" | "0" => Ok(false.into()),
                _ => Err(format!("`{text}` is neither `yes` nor `no`")),
            },
            VariableKind::Integer { min, max } => integer(text, *min, *max),
            VariableKind::Choice(choices) => Ok(choice(text, choices)?.into()),
            VariableKind::Choices(choices) => {
                let words = text
                    .split(',')
                    .map(str::trim)
                    .filter(|word| !word.is_empty());
                let chosen: Result<Vec<_>, _> = words.map(|word| choice(word, choices)).collect();
                Ok(chosen?.into())
            }
        }
    }
}

fn integer(text: &str, min: Option<i64>, max: Option<i64>) -> Result<minijinja::Value, String> {
    let number: i64 = text
        .parse()
        .map_err(|_| format!("`{text}` is not a whole number"))?;
    match (min, max) {
        (Some(min), _) if number < min => Err(format!("it must be at least {min}")),
        (_, Some(max)) if number > max => Err(format!("it must be at most {max}")),
        _ => Ok(number.into()),
    }
}

/// The value of `choices` that `text` is, or the number of.
fn choice(text: &str, choices: &[VariableChoice]) -> Result<String, String> {
    if let Some(found) = choices.iter().find(|choice| choice.value == text) {
        return Ok(found.value.clone());
    }
    let number = text
        .parse::<usize>()
        .ok()
        .and_then(|number| number.checked_sub(1));
    if let Some(found) = number.and_then(|number| choices.get(number)) {
        return Ok(found.value.clone());
    }
    let values = crate::text::quoted(choices.iter().map(|choice| choice.value.as_str()));
    Err(format!("`{text}` is not one of {values}"))
}
