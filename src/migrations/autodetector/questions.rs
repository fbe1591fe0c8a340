//! The questions that only a person can decide (`MigrationQuestioner`).

use crate::models::{Field, FieldKind};

/// A question that only a person can decide.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the fields are names")]
pub enum MigrationQuestion {
    /// Is this model the other one under another name?
    RenamedModel {
        app_label: String,
        old: String,
        new: String,
    },
    /// Is this model the one of another app, with the same table or with one to be renamed?
    MovedModel {
        app_label: String,
        old: String,
        new_app_label: String,
        new: String,
        /// The table that both have; none if it is to be renamed.
        table: Option<String>,
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
    /// The model or field that it is about, as in `posts.Post.title`.
    pub fn subject(&self) -> String {
        match self {
            Self::RenamedModel { app_label, old, .. } | Self::MovedModel { app_label, old, .. } => {
                format!("{app_label}.{old}")
            }
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
            Self::MovedModel {
                new_app_label,
                new,
                table: Some(table),
                ..
            } => format!(
                "was `{subject}` moved to `{new_app_label}.{new}`, which has its table `{table}`"
            ),
            Self::MovedModel {
                new_app_label, new, ..
            } => format!("was `{subject}` moved to `{new_app_label}.{new}`"),
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

    /// What the two answers to a question about a name lead to, where that is not clear from the name.
    pub fn consequences(&self) -> Option<&'static str> {
        let has_table = matches!(self, Self::MovedModel { table: Some(_), .. });
        let is_move = matches!(self, Self::MovedModel { .. });
        let same = "the first keeps table and rows, the second drops them and makes an empty table";
        let other = "the first renames the table and keeps the rows, the second drops them";
        is_move.then_some(if has_table { same } else { other })
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
            Self::RenamedModel { new, .. } => rename_options(&subject, new),
            Self::MovedModel {
                new_app_label, new, ..
            } => rename_options(&subject, &format!("{new_app_label}.{new}")),
            Self::RenamedField { field, .. } => rename_options(&subject, &field.name),
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

fn rename_options(subject: &str, new: &str) -> Vec<String> {
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
