//! What a user model says of several fields, or of several users, at once, and who does not keep to it.

use std::fmt;

use crate::auth::UserField;
use crate::diagnostic::SCHEMA_MISMATCH;
use crate::models::{Constraint, ConstraintKind, Model};
use crate::text;

/// Why the table does not take a user.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct UserConflict {
    /// The fields it is about.
    pub fields: Vec<String>,
    /// What is wrong, as a clause, or the message of the model.
    pub problem: String,
    /// Whether the model asks for nothing of the kind, as where a migration is not applied.
    pub is_schema_mismatch: bool,
}

impl UserConflict {
    /// The code of the finding that tells it.
    pub fn code(&self) -> &'static str {
        if self.is_schema_mismatch {
            SCHEMA_MISMATCH
        } else {
            "user-conflict"
        }
    }
}

impl fmt::Display for UserConflict {
    /// Behind the names of the fields.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.fields.is_empty() {
            let fields = text::quoted(self.fields.iter().map(String::as_str));
            write!(f, "{fields}: ")?;
        }
        f.write_str(&self.problem)
    }
}

/// What the model says of several fields, or of several users, at once.
#[derive(Clone, Debug, Default)]
pub struct UserConstraints {
    /// What people call a user.
    noun: String,
    /// Sets of fields whose values, taken together, no two users share.
    pub(super) unique: Vec<Vec<String>>,
    named: Vec<Constraint>,
}

impl UserConstraints {
    /// The constraints of a user model.
    pub fn of(model: &Model) -> Self {
        let alone = model.columns().filter(|field| field.is_unique());
        let alone = alone.map(|field| vec![field.name.clone()]);
        let named = model.options.constraints.iter();
        let sets = named.filter_map(|constraint| match &constraint.kind {
            ConstraintKind::Unique(fields) => Some(fields.clone()),
            _ => None,
        });
        let together = model.options.unique_together.iter().cloned();
        Self {
            noun: model.verbose_name(),
            unique: alone.chain(together).chain(sets).collect(),
            named: model.options.constraints.clone(),
        }
    }

    /// The model's own message for the constraint that `meant` picks.
    fn message(&self, meant: impl Fn(&Constraint) -> bool) -> Option<String> {
        let found = self.named.iter().find(|constraint| meant(constraint))?;
        found.violation_error_message.clone()
    }

    /// The conflict where another user has the same in `fields`.
    pub(super) fn taken(&self, fields: &[&UserField]) -> UserConflict {
        let names: Vec<_> = fields
            .iter()
            .map(|field| field.field.name.clone())
            .collect();
        let own_message = match fields {
            [field] => {
                let mut messages = field.field.error_messages.iter();
                let unique = messages.find(|(code, _)| code == "unique");
                unique.map(|(_, message)| message.clone())
            }
            _ => None,
        };
        let own_message = own_message.or_else(|| {
            self.message(|constraint| {
                matches!(&constraint.kind, ConstraintKind::Unique(unique) if *unique == names)
            })
        });
        let usual = || {
            let called: Vec<_> = fields
                .iter()
                .map(|field| field.field.verbose_name())
                .collect();
            let (noun, called) = (text::with_article(&self.noun), called.join(" and "));
            format!("{noun} with this {called} exists already")
        };
        UserConflict {
            problem: own_message.unwrap_or_else(usual),
            is_schema_mismatch: !self.unique.contains(&names),
            fields: names,
        }
    }

    /// The conflict with the constraint called `name`.
    pub(super) fn violated(&self, name: &str) -> UserConflict {
        let usual = || format!("the constraint `{name}` does not allow this");
        let own_message = self.message(|constraint| constraint.name == name);
        UserConflict {
            fields: Vec::new(),
            problem: own_message.unwrap_or_else(usual),
            is_schema_mismatch: !self.named.iter().any(|constraint| constraint.name == name),
        }
    }
}
