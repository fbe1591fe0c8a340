//! What the environment and `.env` say, the environment first.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use crate::crypto::Secret;
use crate::diagnostic::{Finding, Location};
use crate::document::{Item, Origin, Problems, Table, Value};
use crate::settings::reference;
use crate::settings::{dotenv, foreign_variables, site, variable_value};
use crate::text;

/// Variables that begin with `DJR_` and are not settings.
const RESERVED: [&str; 4] = ["DJR_PROJECT", "DJR_SETTINGS", "DJR_SECRET_KEY", "DJR_BLESS"];
const RESERVED_PREFIXES: [&str; 2] = ["DJR_SUPERUSER_", "DJR_TEST_"];

/// Variables that name paths, which need not be UTF-8.
const PATHS: [&str; 2] = ["DJR_PROJECT", "DJR_SETTINGS"];

/// What the names of the variables begin with whose value counts.
const READ_PREFIXES: [&str; 2] = ["DJR_", "DJANGO_SUPERUSER_"];

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
        let mut environment = Self::default();
        let path = root.join(".env");
        match fs::read(&path) {
            Ok(bytes) => environment.add_dotenv(&path, &bytes, problems),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => problems.push(unreadable(&error)),
        }
        for (name, value) in std::env::vars_os() {
            let shown = name.to_string_lossy().into_owned();
            let origin = Origin::named(&format!("environment variable {shown}"));
            match (name.into_string(), value.into_string()) {
                (Ok(name), Ok(value)) => {
                    let value = Secret::new(value);
                    environment.0.insert(name, Variable { value, origin });
                }
                _ if is_read(&shown) => problems.push(not_utf8(&shown, &origin)),
                _ => {}
            }
        }
        environment
    }

    /// The variables of a `.env` of these bytes and no others.
    pub(super) fn of_dotenv(bytes: &[u8], problems: &Problems) -> Self {
        let mut environment = Self::default();
        environment.add_dotenv(Path::new(".env"), bytes, problems);
        environment
    }

    fn add_dotenv(&mut self, path: &Path, bytes: &[u8], problems: &Problems) {
        let location = |line| Location {
            path: path.to_owned(),
            line,
            column: 1,
        };
        if text::is_utf16(bytes) {
            let finding = Finding::error("dotenv-syntax", "this is UTF-16, not UTF-8");
            let hint = "save it as UTF-8; PowerShell does with `Out-File -Encoding utf8`";
            return problems.push(finding.at(location(1)).hint(hint));
        }
        for found in dotenv::parse(bytes) {
            match found {
                Ok(found) => {
                    let origin = Origin::named(&location(found.line).to_string());
                    let value = found.value;
                    self.0.insert(found.name, Variable { value, origin });
                }
                Err(error) => {
                    let finding = Finding::error("dotenv-syntax", error.mistake.to_string());
                    let finding = finding.at(location(error.line));
                    problems.push(finding.hint(error.mistake.hint()));
                }
            }
        }
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

    /// The settings among the variables, by path, but for those of `[site]`.
    pub(super) fn settings(&self, problems: &Problems) -> BTreeMap<String, Item> {
        let text = Value::String(String::new());
        let mut settings = BTreeMap::new();
        for (name, variable) in self.candidates() {
            let path = path_of(name);
            if site::is_below(&path) {
                continue;
            }
            if let Some(key) = reference::find(&path) {
                let example = key.default.as_ref().map_or(&text, |item| &item.value);
                if let Some(item) = variable.parse(name, example, problems) {
                    settings.insert(path, item);
                }
            } else if !foreign_variables::is_foreign(name, &variable.value, |name| self.get(name)) {
                problems.push(unknown(name, variable));
            }
        }
        settings
    }

    /// `site`, the table of that name in the files, with the variables laid over it.
    pub(super) fn laid_over_site(&self, site: &Table, problems: &Problems) -> Table {
        let mut merged = site.clone();
        for (name, variable) in self.candidates() {
            let path = path_of(name);
            if !site::is_below(&path) {
                continue;
            }
            match site::find(site, &path) {
                Some(found) => {
                    if let Some(item) = variable.parse(name, &found.item.value, problems) {
                        merged.set(&found.keys, item);
                    }
                }
                None => problems.push(site::unknown(name, &path, site).at(variable.location())),
            }
        }
        merged
    }

    /// The variables that may be settings.
    fn candidates(&self) -> impl Iterator<Item = (&str, &Variable)> {
        let all = self
            .0
            .iter()
            .map(|(name, variable)| (name.as_str(), variable));
        all.filter(|(name, _)| name.starts_with("DJR_") && !is_reserved(name))
    }
}

impl Variable {
    fn location(&self) -> Location {
        self.origin.location()
    }

    /// The value as the type of `example`, which it takes the place of.
    fn parse(&self, name: &str, example: &Value, problems: &Problems) -> Option<Item> {
        let value = variable_value::parse(&self.value, example, &self.origin);
        if value.is_none() {
            // Not what it is: any text may be a secret in the wrong place.
            let message = format!("`{name}` must be {}", variable_value::expected(example));
            problems.push(Finding::error("wrong-type", message).at(self.location()));
        }
        Some(Item {
            value: value?,
            origin: self.origin.clone(),
        })
    }
}

fn path_of(name: &str) -> String {
    let path = name.strip_prefix("DJR_").unwrap_or(name);
    path.to_lowercase().replace("__", ".")
}

fn is_read(name: &str) -> bool {
    !PATHS.contains(&name) && READ_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

fn is_reserved(name: &str) -> bool {
    RESERVED.contains(&name)
        || RESERVED_PREFIXES
            .iter()
            .any(|prefix| name.starts_with(prefix))
}

fn not_utf8(name: &str, origin: &Origin) -> Finding {
    let message = format!("`{name}` is not UTF-8");
    let finding = Finding::error("variable-not-utf8", message).at(origin.location());
    finding.hint("set it again in a terminal whose locale is UTF-8")
}

fn unreadable(error: &io::Error) -> Finding {
    let message = format!("cannot read `.env`: {error}");
    let finding = Finding::error("unreadable-file", message);
    if error.kind() == io::ErrorKind::PermissionDenied {
        return finding.hint("`ls -l .env` shows whose it is; its owner alone may read it");
    }
    finding
}

fn unknown(name: &str, variable: &Variable) -> Finding {
    let names: Vec<_> = reference::keys()
        .iter()
        .map(|key| format!("DJR_{}", key.path.to_uppercase().replace('.', "__")))
        .collect();
    let known = names.iter().map(String::as_str).chain(RESERVED);
    let finding = Finding::error("unknown-variable", format!("no setting is called `{name}`"))
        .at(variable.location());
    finding.suggest_or(
        name,
        known,
        "a setting is `DJR_` and its path: `DJR_SESSIONS__COOKIE_AGE`",
    )
}

#[cfg(test)]
mod tests {
    use super::{Environment, Problems};
    use crate::document::Value;

    fn parse(text: &str) -> (Environment, Problems) {
        let problems = Problems::default();
        let environment = Environment::of_dotenv(text.as_bytes(), &problems);
        (environment, problems)
    }

    fn messages(text: &str) -> Vec<String> {
        let (environment, problems) = parse(text);
        environment.settings(&problems);
        let found = problems.into_findings();
        found.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_variable_that_is_set_to_nothing_counts_as_unset() {
        let (environment, problems) = parse("A=1\nE=\n");
        assert_eq!(environment.get("A"), Some("1"));
        assert_eq!(environment.get("E"), None);
        assert!(environment.contains("E"));
        assert!(problems.into_findings().is_empty());
    }

    #[test]
    fn names_the_line_that_is_not_an_assignment() {
        assert_eq!(
            messages("A=1\nDJR_SECRET_KEY hush\nDJR_SECRET_KEY='open\n"),
            [
                ".env:2:1: this line is not `NAME=value`",
                ".env:3:1: a quote opens here and closes nowhere"
            ]
        );
    }

    #[test]
    fn gives_each_setting_its_type() {
        let (environment, problems) = parse(
            "DJR_PROJECT__DEBUG=yes\nDJR_SESSIONS__COOKIE_AGE=60\nDJR_PROJECT__ALLOWED_HOSTS='a, b'\n",
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
            "`DJR_SESSIONS__COOKIE_AGE` must be a whole number"
        );
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn a_value_that_may_be_a_secret_is_not_shown() {
        for variable in [
            "DJR_SECURITY__SECRET_KEY_FALLBACKS='[\"hush\", \"hush2\"'",
            "DJR_PROJECT__ALLOWED_HOSTS='[hush]'",
            "DJR_MAIL__PORT=hush",
        ] {
            let found = messages(variable);
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(!found[0].contains("hush"), "{found:?}");
        }
    }

    #[test]
    fn variables_of_orchestrators_are_passed_over() {
        let text = "DJR_PORT=tcp://10.0.0.1:80\nDJR_SERVICE_HOST=10.0.0.1\nDJR_SERVICE_PORT=80\n";
        assert_eq!(messages(text), [""; 0]);
        assert_eq!(messages("DJR_PORT=80\n").len(), 1);
        let link =
            "DJR_NAME=/web/djr\nDJR_PORT=tcp://10.0.0.1:80\nDJR_ENV_FOO=bar\nDJR_ENV_GPG_KEY=x\n";
        assert_eq!(messages(link), [""; 0]);
        assert_eq!(messages("DJR_ENV_FOO=bar\n").len(), 1);
    }

    #[test]
    fn a_file_in_utf_16_is_told_and_not_passed_over() {
        let text = "DJR_PROJECT__DEBUG=1\r\n";
        let units = |mark: &str| [mark, text].concat().encode_utf16().collect::<Vec<_>>();
        for mark in ["\u{feff}", ""] {
            let little: Vec<_> = units(mark)
                .iter()
                .flat_map(|unit| unit.to_le_bytes())
                .collect();
            let big: Vec<_> = units(mark)
                .iter()
                .flat_map(|unit| unit.to_be_bytes())
                .collect();
            for bytes in [little, big] {
                let problems = Problems::default();
                Environment::of_dotenv(&bytes, &problems);
                let found = problems.into_findings();
                assert_eq!(found[0].to_string(), ".env:1:1: this is UTF-16, not UTF-8");
                assert_eq!(found.len(), 1);
            }
        }
        assert_eq!(messages("A=\u{feff}\nB=\0\n"), [""; 0]);
    }
}
