//! Views and triggers: what is there beside what should be.

use std::collections::BTreeMap;

use crate::db::schema_objects::{ViewOrTrigger, views_and_triggers};
use crate::db::{Connection, DatabaseError};
use crate::migrations::drift::difference::{DifferenceKind, SchemaDifference};

/// The views and triggers of a database by name.
pub(super) struct Scripts(BTreeMap<String, ViewOrTrigger>);

impl Scripts {
    pub(super) fn read(connection: &Connection) -> Result<Self, DatabaseError> {
        let found = views_and_triggers(connection)?.into_iter();
        let named = found.map(|script| (script.name.clone(), script));
        Ok(Self(named.collect()))
    }

    /// The differences of `live`, but for what belongs to a table in `known`, and views of such names.
    pub(super) fn compare(&self, live: &Self, known: &[String]) -> Vec<SchemaDifference> {
        let mut found = Vec::new();
        for (name, script) in &self.0 {
            let place = place(script);
            match live.0.get(name) {
                Some(live)
                    if live.table == script.table && live.definition == script.definition => {}
                Some(live) => {
                    let (is, wanted) = (&live.definition, &script.definition);
                    let message = format!("the {place} is `{is}`, not `{wanted}`");
                    found.push(SchemaDifference::error(kind(script), name, message));
                }
                None => {
                    let message = format!("the {place} is missing");
                    found.push(SchemaDifference::error(missing(script), name, message));
                }
            }
        }
        for (name, script) in &live.0 {
            let table = script.table.as_ref().unwrap_or(name);
            let is_known = known.iter().any(|known| known.eq_ignore_ascii_case(table));
            if !self.0.contains_key(name) && !is_known {
                let message = format!("the {} is in no migration", place(script));
                let difference = SchemaDifference::error(extra(script), name, message);
                found.push(difference.warning_unless(false));
            }
        }
        found
    }
}

fn place(script: &ViewOrTrigger) -> String {
    match &script.table {
        None => format!("view `{}`", script.name),
        Some(table) => format!("trigger `{}` of `{table}`", script.name),
    }
}

fn kind(script: &ViewOrTrigger) -> DifferenceKind {
    match script.table {
        None => DifferenceKind::View,
        Some(_) => DifferenceKind::Trigger,
    }
}

fn missing(script: &ViewOrTrigger) -> DifferenceKind {
    match script.table {
        None => DifferenceKind::MissingView,
        Some(_) => DifferenceKind::MissingTrigger,
    }
}

fn extra(script: &ViewOrTrigger) -> DifferenceKind {
    match script.table {
        None => DifferenceKind::ExtraView,
        Some(_) => DifferenceKind::ExtraTrigger,
    }
}
