//! What only a person can decide, and what was decided.

use std::collections::BTreeMap;
use std::path::Path;

use crate::diagnostic::Finding;
use crate::document::{Document, Problems};
use crate::models::{Field, FieldDefault, FieldKind, ModelKey, read, write};

/// Something only a person can decide.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the fields are names")]
pub enum MigrationQuestion {
    /// Is this model the other one under another name?
    RenamedModel {
        app_label: String,
        old: String,
        new: String,
    },
    /// Is this field the other one under another name?
    RenamedField {
        app_label: String,
        model: String,
        old: String,
        field: Box<Field>,
    },
    /// What do the existing rows get?
    Default {
        app_label: String,
        model: String,
        field: Box<Field>,
        /// Whether the column is there and may hold nulls.
        had_null: bool,
    },
}

impl MigrationQuestion {
    /// What it is about: `posts.Post.title`.
    pub fn subject(&self) -> String {
        match self {
            Self::RenamedModel { app_label, old, .. } => format!("{app_label}.{old}"),
            Self::RenamedField {
                app_label,
                model,
                old,
                ..
            } => format!("{app_label}.{model}.{old}"),
            Self::Default {
                app_label,
                model,
                field,
                ..
            } => format!("{app_label}.{model}.{}", field.name),
        }
    }

    /// What it asks, without a question mark.
    pub fn text(&self) -> String {
        let subject = self.subject();
        match self {
            Self::RenamedModel { new, .. } => format!("was `{subject}` renamed to `{new}`"),
            Self::RenamedField { field, .. } => format!(
                "was `{subject}` renamed to `{}` (a {})",
                field.name,
                field.kind.class_name()
            ),
            Self::Default { had_null: true, .. } => {
                format!("what do the rows without a value in `{subject}` get")
            }
            Self::Default { .. } => format!("what do the existing rows get in `{subject}`"),
        }
    }

    /// A value that existing rows could get, as TOML.
    pub fn suggestion(&self) -> String {
        match self {
            Self::Default { field, .. } => suggestion(field),
            _ => String::new(),
        }
    }

    /// The options of `makemigrations` that answer it, one of which is to be typed.
    pub fn options(&self) -> Vec<String> {
        let subject = self.subject();
        match self {
            Self::RenamedModel { new, .. } => renaming(&subject, new),
            Self::RenamedField { field, .. } => renaming(&subject, &field.name),
            Self::Default {
                field, had_null, ..
            } => {
                let value = suggestion(field);
                let mut options = vec![format!("--default {subject}={}", shell_quoted(&value))];
                if *had_null {
                    options.push(format!("--no-default {subject}"));
                }
                options
            }
        }
    }
}

fn renaming(subject: &str, new: &str) -> Vec<String> {
    ["--rename", "--no-rename"]
        .map(|option| format!("{option} {subject}={new}"))
        .to_vec()
}

fn shell_quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// A value that fits the field, as TOML.
fn suggestion(field: &Field) -> String {
    let text = match field.value_kind() {
        FieldKind::Date(_) => "{ function = \"today\" }",
        FieldKind::DateTime(_) => "{ function = \"now\" }",
        FieldKind::Time(_) => "00:00:00",
        FieldKind::Boolean => "false",
        FieldKind::Uuid => "{ function = \"uuid4\" }",
        FieldKind::Json => "{}",
        FieldKind::GenericIpAddress { .. } => "\"127.0.0.1\"",
        FieldKind::ForeignKey(_) | FieldKind::OneToOne(_) => "1",
        kind if kind.allows_empty_strings() => "\"\"",
        _ => "0",
    };
    text.to_owned()
}

/// What existing rows get.
#[derive(Clone, Debug, PartialEq)]
pub enum DefaultAnswer {
    /// This.
    Value(FieldDefault),
    /// Nothing: no row lacks a value.
    NotNeeded,
}

/// What was decided.
#[derive(Clone, Debug, std::default::Default)]
pub struct MigrationAnswers {
    renames: Vec<Renaming>,
    defaults: BTreeMap<(ModelKey, String), DefaultAnswer>,
}

#[derive(Clone, Debug)]
struct Renaming {
    model: ModelKey,
    field: Option<String>,
    /// The new name; `None` for any.
    new: Option<String>,
    decided: bool,
}

impl MigrationAnswers {
    /// Whether a model, or one of its fields, was renamed to `new`, if that was decided.
    pub(super) fn renamed(&self, model: &ModelKey, field: Option<&str>, new: &str) -> Option<bool> {
        let about = |found: &&Renaming| found.model == *model && found.field.as_deref() == field;
        let new = if field.is_none() {
            new.to_lowercase()
        } else {
            new.to_owned()
        };
        let mut found = self.renames.iter().filter(about);
        if let Some(exact) = found.clone().find(|found| found.new.as_ref() == Some(&new)) {
            return Some(exact.decided);
        }
        // Renamed to something else, or to nothing at all.
        found
            .any(|found| found.decided || found.new.is_none())
            .then_some(false)
    }

    pub(super) fn default_of(&self, model: &ModelKey, field: &str) -> Option<&DefaultAnswer> {
        self.defaults.get(&(model.clone(), field.to_owned()))
    }

    /// Notes the answer to a question about a name.
    pub fn decide(&mut self, question: &MigrationQuestion, decided: bool) {
        let (model, field, new) = match question {
            MigrationQuestion::RenamedModel {
                app_label,
                old,
                new,
            } => (ModelKey::new(app_label, old), None, new.to_lowercase()),
            MigrationQuestion::RenamedField {
                app_label,
                model,
                old,
                field,
            } => {
                let key = ModelKey::new(app_label, model);
                (key, Some(old.clone()), field.name.clone())
            }
            MigrationQuestion::Default { .. } => return,
        };
        self.renames.push(Renaming {
            model,
            field,
            new: Some(new),
            decided,
        });
    }

    /// Notes the answer to a question about a default.
    pub fn give(&mut self, question: &MigrationQuestion, answer: DefaultAnswer) {
        if let MigrationQuestion::Default {
            app_label,
            model,
            field,
            ..
        } = question
        {
            let key = (ModelKey::new(app_label, model), field.name.clone());
            self.defaults.insert(key, answer);
        }
    }

    /// Reads `posts.Post.title=headline` or `posts.Post=Article`; without `=`, any new name is meant.
    pub fn read_renaming(&mut self, text: &str, decided: bool) -> Result<(), Finding> {
        let option = if decided { "--rename" } else { "--no-rename" };
        let (old, new) = match text.split_once('=') {
            Some((old, new)) => (old, Some(new)),
            None => (text, None),
        };
        let parts: Vec<_> = old.split('.').collect();
        let (model, field) = match parts.as_slice() {
            [label, model] => (ModelKey::new(label, model), None),
            [label, model, field] => (ModelKey::new(label, model), Some((*field).to_owned())),
            _ => return Err(unreadable(option, text)),
        };
        let is_missing = parts.iter().any(|part| part.is_empty()) || new == Some("");
        if is_missing || decided && new.is_none() {
            return Err(unreadable(option, text));
        }
        let lower = |new: &str| match field {
            None => new.to_lowercase(),
            Some(_) => new.to_owned(),
        };
        let new = new.map(lower);
        self.renames.push(Renaming {
            model,
            field,
            new,
            decided,
        });
        Ok(())
    }

    /// Reads `posts.Post.slug='""'`, the value as TOML.
    pub fn read_default(&mut self, text: &str) -> Result<(), Finding> {
        let pair = text.split_once('=').and_then(|(subject, value)| {
            let key = subject_of(subject)?;
            Some((key, value))
        });
        let Some((key, value)) = pair else {
            return Err(unreadable("--default", text));
        };
        let default = default_from(value)?;
        self.defaults.insert(key, DefaultAnswer::Value(default));
        Ok(())
    }

    /// Reads `posts.Post.slug`, a column that has no nulls.
    pub fn read_no_default(&mut self, text: &str) -> Result<(), Finding> {
        let key = subject_of(text).ok_or_else(|| unreadable("--no-default", text))?;
        self.defaults.insert(key, DefaultAnswer::NotNeeded);
        Ok(())
    }

    /// Finds what was decided about models and fields that are on neither side.
    pub(super) fn misses(&self, knows: impl Fn(&ModelKey, Option<&str>) -> bool) -> Vec<Finding> {
        let is_new = |found: &Renaming| match (&found.field, &found.new) {
            (Some(_), Some(new)) => knows(&found.model, Some(new)),
            (None, Some(new)) => knows(&ModelKey::new(&found.model.app_label, new), None),
            (_, None) => false,
        };
        let renames = self.renames.iter().filter(|found| {
            // A rename that is written down already does no harm.
            !knows(&found.model, found.field.as_deref()) && !is_new(found)
        });
        let renames = renames.map(|found| named(&found.model, found.field.as_deref()));
        let defaults = self.defaults.keys();
        let defaults = defaults.filter(|(model, field)| !knows(model, Some(field)));
        let defaults = defaults.map(|(model, field)| named(model, Some(field)));
        let missed = renames.chain(defaults).map(|name| {
            let message = format!("neither the models nor the migrations have `{name}`");
            let hint = "write `app.Model.field`, as in `posts.Post.title`";
            Finding::error("unknown-name", message).hint(hint)
        });
        missed.collect()
    }
}

fn named(model: &ModelKey, field: Option<&str>) -> String {
    match field {
        Some(field) => format!("{model}.{field}"),
        None => model.to_string(),
    }
}

fn subject_of(text: &str) -> Option<(ModelKey, String)> {
    let parts: Vec<_> = text.split('.').collect();
    match parts.as_slice() {
        [label, model, field] if parts.iter().all(|part| !part.is_empty()) => {
            Some((ModelKey::new(label, model), (*field).to_owned()))
        }
        _ => None,
    }
}

fn unreadable(option: &str, text: &str) -> Finding {
    let finding = Finding::error("usage", format!("`{option} {text}` cannot be read"));
    let example = match option {
        "--default" => r#"--default posts.Post.slug='""'"#,
        "--no-default" => "--no-default posts.Post.slug",
        "--rename" => "--rename posts.Post.title=headline",
        _ => "--no-rename posts.Post.title=headline",
    };
    finding.hint(format!("write it as in `{example}`"))
}

/// A default, from TOML.
pub(crate) fn default_from(value: &str) -> Result<FieldDefault, Finding> {
    let wrong = || {
        Finding::error("usage", format!("`{value}` is not a TOML value"))
            .hint(r#"write text between quotes: `'"text"'`"#)
    };
    let text = format!("default = {value}");
    let document = Document::parse(Path::new("default"), &text).map_err(|_| wrong())?;
    if document.root().entries().len() != 1 {
        return Err(wrong());
    }
    let problems = Problems::default();
    let fields = document.root().reader(&problems);
    let default = read::default(&fields, "default");
    let default = problems.finish(default).map_err(|_| {
        let functions = crate::models::DefaultFunction::ALL.map(|(name, _)| name);
        let finding = Finding::error("usage", format!("`{value}` does not name a function"));
        finding.hint(format!("one of {}", crate::text::quoted(functions)))
    })?;
    default.ok_or_else(wrong)
}

/// Whether `field` can hold `default`; what it would take otherwise.
pub(crate) fn check_default(field: &Field, default: &FieldDefault) -> Result<(), Finding> {
    let FieldDefault::Value(value) = default else {
        return Ok(());
    };
    if crate::models::accepts(field.value_kind(), value) {
        return Ok(());
    }
    let message = format!(
        "{} cannot stand in a {}",
        write::literal(value),
        field.kind.class_name()
    );
    Err(Finding::error("usage", message).hint(crate::models::value_hint(field.value_kind())))
}
