//! What the environment and `.env` say, the environment first.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use crate::crypto::Secret;
use crate::diagnostic::{Finding, Location};
use crate::document::{Document, Item, Origin, Problems, Value};
use crate::settings::reference::{self, SettingType};
use crate::text;

/// Variables that begin with `DJR_` and are not settings.
const RESERVED: [&str; 4] = ["DJR_PROJECT", "DJR_SETTINGS", "DJR_SECRET_KEY", "DJR_BLESS"];
const RESERVED_PREFIXES: [&str; 2] = ["DJR_SUPERUSER_", "DJR_TEST_"];

/// The variables of the process over those of `.env`.
#[derive(Clone, Debug, Default)]
pub struct Environment(BTreeMap<String, Variable>);

#[derive(Clone, Debug)]
struct Variable {
    /// Any of them may be a password.
    value: Secret,
    origin: Origin,
}

impl Environment {
    /// Reads the process's variables and the `.env` of the project at `root`.
    pub(super) fn read(root: &Path, problems: &Problems) -> Self {
        let mut variables = BTreeMap::new();
        let path = root.join(".env");
        match fs::read_to_string(&path) {
            Ok(text) => read_dotenv(&path, &text, &mut variables, problems),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => {
                let message = format!("cannot read `.env`: {error}");
                let finding = Finding::error("unreadable-file", message);
                problems.push(
                    finding.hint("`ls -l .env` shows whose it is; its owner alone may read it"),
                );
            }
        }
        for (name, value) in std::env::vars_os() {
            if let (Ok(name), Ok(value)) = (name.into_string(), value.into_string()) {
                let origin = Origin::named(&format!("environment variable {name}"));
                let value = Secret::new(value);
                variables.insert(name, Variable { value, origin });
            }
        }
        Self(variables)
    }

    /// The value of the variable `name`; an empty one counts as unset.
    pub fn get(&self, name: &str) -> Option<&str> {
        let variable = self.0.get(name)?;
        (!variable.value.is_empty()).then_some(variable.value.expose())
    }

    /// Whether the variable `name` is set, if only to nothing.
    pub fn contains(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// The settings among the variables, by path.
    pub(super) fn settings(&self, problems: &Problems) -> BTreeMap<String, Item> {
        let mut settings = BTreeMap::new();
        for (name, variable) in &self.0 {
            let Some(rest) = name.strip_prefix("DJR_") else {
                continue;
            };
            if is_reserved(name) {
                continue;
            }
            let path = rest.to_lowercase().replace("__", ".");
            match type_of(&path) {
                Some(value_type) => {
                    if let Some(item) = parse_value(name, value_type, variable, problems) {
                        settings.insert(path, item);
                    }
                }
                None => problems.push(unknown(name, variable)),
            }
        }
        settings
    }
}

fn is_reserved(name: &str) -> bool {
    RESERVED.contains(&name)
        || RESERVED_PREFIXES
            .iter()
            .any(|prefix| name.starts_with(prefix))
}

fn type_of(path: &str) -> Option<SettingType> {
    if path.starts_with("site.") {
        return Some(SettingType::String);
    }
    reference::find(path).map(|key| key.value_type)
}

fn unknown(name: &str, variable: &Variable) -> Finding {
    let names: Vec<_> = reference::keys()
        .iter()
        .map(|key| format!("DJR_{}", key.path.to_uppercase().replace('.', "__")))
        .collect();
    let known = names.iter().map(String::as_str).chain(RESERVED);
    let finding = Finding::error("unknown-variable", format!("no setting is called `{name}`"))
        .at(variable.origin.location());
    finding.suggest_or(
        name,
        known,
        "a setting is `DJR_` and its path: `DJR_SESSIONS__COOKIE_AGE`",
    )
}

/// The value of `variable` as the type its setting has.
fn parse_value(
    name: &str,
    value_type: SettingType,
    variable: &Variable,
    problems: &Problems,
) -> Option<Item> {
    let text = variable.value.trim();
    let value = match value_type {
        SettingType::String => Some(Value::String(variable.value.expose().to_owned())),
        SettingType::Integer => text.parse().ok().map(Value::Integer),
        SettingType::Number => text.parse().ok().map(Value::Float),
        SettingType::Boolean => boolean(text).map(Value::Boolean),
        SettingType::Strings => string_list(text, &variable.origin),
    };
    if value.is_none() {
        let expected = match value_type {
            SettingType::String => "text",
            SettingType::Integer => "a whole number",
            SettingType::Number => "a number",
            SettingType::Boolean => "`true` or `false`",
            SettingType::Strings => "a list: `a,b` or `[\"a\", \"b\"]`",
        };
        let message = format!("`{name}` must be {expected}, not `{text}`");
        problems.push(Finding::error("wrong-type", message).at(variable.origin.location()));
    }
    Some(Item {
        value: value?,
        origin: variable.origin.clone(),
    })
}

fn boolean(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "true" | "1" | "yes" | "on" => Some(true),
        "false" | "0" | "no" | "off" | "" => Some(false),
        _ => None,
    }
}

fn string_list(text: &str, origin: &Origin) -> Option<Value> {
    if text.starts_with('[') {
        let document = Document::parse(origin.path(), &format!("list = {text}")).ok()?;
        return document.root().get("list").map(|item| item.value.clone());
    }
    let words = text
        .split(',')
        .map(str::trim)
        .filter(|word| !word.is_empty());
    let items = words.map(|word| Item::text(word, origin.clone()));
    Some(Value::Array(items.collect()))
}

/// Reads `NAME=value` lines: comments, `export`, and single or double quotes as in a shell, without substitution.
fn read_dotenv(
    path: &Path,
    text: &str,
    variables: &mut BTreeMap<String, Variable>,
    problems: &Problems,
) {
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let location = Location {
            path: path.to_owned(),
            line: index + 1,
            column: 1,
        };
        let Some((name, value)) = assignment(line) else {
            let finding = Finding::error("dotenv-syntax", "this line is not `NAME=value`");
            problems.push(finding.at(location));
            continue;
        };
        let origin = Origin::named(&location.to_string());
        let value = Secret::new(value);
        variables.insert(name.to_owned(), Variable { value, origin });
    }
}

fn assignment(line: &str) -> Option<(&str, String)> {
    let line = line.strip_prefix("export ").unwrap_or(line);
    let (name, value) = line.split_once('=')?;
    let name = name.trim();
    text::is_identifier(name).then_some((name, unquoted(value.trim())?))
}

fn unquoted(value: &str) -> Option<String> {
    for quote in ['"', '\''] {
        if let Some(rest) = value.strip_prefix(quote) {
            let (inner, after) = rest.split_once(quote)?;
            let after = after.trim();
            return (after.is_empty() || after.starts_with('#')).then(|| inner.to_owned());
        }
    }
    let bare = value.split_once(" #").map_or(value, |(before, _)| before);
    Some(bare.trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;

    use super::{Environment, Problems, read_dotenv};
    use crate::document::Value;

    fn parse(text: &str) -> (Environment, Problems) {
        let problems = Problems::default();
        let mut variables = BTreeMap::new();
        read_dotenv(Path::new(".env"), text, &mut variables, &problems);
        (Environment(variables), problems)
    }

    #[test]
    fn reads_quotes_comments_and_export() {
        let (environment, problems) =
            parse("# a comment\nexport A=1\nB='x # y' # z\nC=\"d=e\"\nD=f # g\nE=\n");
        let values = ["A", "B", "C", "D"].map(|name| environment.get(name).unwrap());
        assert_eq!(values, ["1", "x # y", "d=e", "f"]);
        assert_eq!(environment.get("E"), None);
        assert!(environment.contains("E"));
        assert!(problems.into_findings().is_empty());
    }

    #[test]
    fn names_the_line_that_is_no_assignment() {
        let (_, problems) = parse("A=1\nnonsense\nB='open\n");
        let found: Vec<_> = problems
            .into_findings()
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(
            found,
            [
                ".env:2:1: this line is not `NAME=value`",
                ".env:3:1: this line is not `NAME=value`"
            ]
        );
    }

    #[test]
    fn gives_each_setting_its_type() {
        let (environment, problems) = parse(
            "DJR_PROJECT__DEBUG=yes\nDJR_SESSIONS__COOKIE_AGE=60\nDJR_PROJECT__ALLOWED_HOSTS=a, b\nDJR_SITE__TITLE=7\n",
        );
        let settings = environment.settings(&problems);
        assert!(matches!(
            settings["project.debug"].value,
            Value::Boolean(true)
        ));
        assert!(matches!(
            settings["sessions.cookie_age"].value,
            Value::Integer(60)
        ));
        assert!(
            matches!(&settings["project.allowed_hosts"].value, Value::Array(items) if items.len() == 2)
        );
        assert_eq!(settings["site.title"].as_str(), Some("7"));
        assert!(problems.into_findings().is_empty());
    }

    #[test]
    fn finds_the_setting_a_variable_means() {
        let (environment, problems) =
            parse("DJR_PROJECT__DEBGU=1\nDJR_SESSIONS__COOKIE_AGE=soon\nDJR_TEST_X=1\n");
        environment.settings(&problems);
        let found = problems.into_findings();
        assert_eq!(found[0].hints, ["did you mean `DJR_PROJECT__DEBUG`?"]);
        assert_eq!(
            found[1].message,
            "`DJR_SESSIONS__COOKIE_AGE` must be a whole number, not `soon`"
        );
        assert_eq!(found.len(), 2);
    }
}
