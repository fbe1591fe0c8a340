//! What the tables of a plan are called before it, as far as its operations were looked at.

use std::collections::{BTreeMap, BTreeSet};

use crate::migrations::operations::StateTransition;
use crate::models::{Field, Model, ModelKey, ModelSet as _, ProjectState};

/// What the tables of a plan are called before it, as far as its operations were looked at.
#[derive(Debug)]
pub(super) struct TableOrigins {
    /// The tables that the database has before the plan.
    existing: BTreeSet<String>,
    /// The tables that the plan renames or makes, by their new names; those it makes have no origin.
    origins: BTreeMap<String, Option<String>>,
}

impl TableOrigins {
    pub(super) fn new(existing: impl IntoIterator<Item = String>) -> Self {
        Self {
            existing: existing.into_iter().collect(),
            origins: BTreeMap::new(),
        }
    }

    /// The tables that the database has before the plan.
    pub(super) fn existing(&self) -> &BTreeSet<String> {
        &self.existing
    }

    /// What the database calls `table`, whatever the case of its letters; none if it has no such table.
    pub(super) fn existing_name(&self, table: &str) -> Option<&String> {
        let mut existing = self.existing.iter();
        existing.find(|name| name.eq_ignore_ascii_case(table))
    }

    /// What `table` is called before the plan; none where the plan makes it.
    pub(super) fn origin(&self, table: &str) -> Option<String> {
        let known = self.origins.get(table).cloned();
        known.unwrap_or_else(|| self.existing_name(table).map(|_| table.to_owned()))
    }

    /// Whether the plan makes `table`.
    pub(super) fn is_made_by_plan(&self, table: &str) -> bool {
        let mut origins = self.origins.iter();
        origins.any(|(name, origin)| name.eq_ignore_ascii_case(table) && origin.is_none())
    }

    /// Keeps track of tables that an operation makes and renames.
    pub(super) fn follow(&mut self, transition: StateTransition<'_>) {
        let before = tables_of(transition.from_state);
        let after = tables_of(transition.to_state);
        let gone = missing_from(&before, &after);
        let new = missing_from(&after, &before);
        let all_renamed = gone.len() == new.len();
        let mut origins = Vec::new();
        for (index, table) in new.iter().enumerate() {
            // A model or field that only renames its table is the same one before and after.
            let same = gone.iter().find(|old| old.declared_by == table.declared_by);
            let old = same.or_else(|| gone.get(index).filter(|_| all_renamed));
            let origin = old.and_then(|old| self.origin(&old.name));
            origins.push((table.name.clone(), origin));
        }
        self.origins.extend(origins);
    }
}

/// The table that joins the ends of a many-to-many field, unless it has a model of its own.
pub(super) fn through_table(state: &ProjectState, model: &Model, field: &Field) -> Option<String> {
    let relation = field.many_to_many()?;
    let target = state.target(&relation.to)?;
    let through = model.auto_created_through(field, target)?;
    Some(through.db_table())
}

/// A table, and what declares it.
struct DeclaredTable {
    name: String,
    /// The model, and the many-to-many field if it is the table of one.
    declared_by: (ModelKey, Option<String>),
}

/// The tables of all models and many-to-many fields of `state`.
fn tables_of(state: &ProjectState) -> Vec<DeclaredTable> {
    let mut tables = Vec::new();
    // Those that are not managed may be there as well.
    let have_tables =
        |model: &&Model| model.options.proxy_for.is_none() && !state.is_swapped(model);
    for model in state.models().filter(have_tables) {
        tables.push(DeclaredTable {
            name: model.db_table(),
            declared_by: (model.key(), None),
        });
        for field in &model.fields {
            tables.extend(
                through_table(state, model, field).map(|name| DeclaredTable {
                    name,
                    declared_by: (model.key(), Some(field.name.clone())),
                }),
            );
        }
    }
    tables
}

/// The tables whose names none of `others` has.
fn missing_from<'t>(
    tables: &'t [DeclaredTable],
    others: &[DeclaredTable],
) -> Vec<&'t DeclaredTable> {
    let is_missing = |table: &&DeclaredTable| others.iter().all(|other| other.name != table.name);
    tables.iter().filter(is_missing).collect()
}
