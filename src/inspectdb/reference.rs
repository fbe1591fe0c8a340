//! What a column refers to, as far as a field can.

use crate::db::Affinity;
use crate::db::introspection::{ForeignKey, RelationKind, TableColumn};
use crate::inspectdb::inspected_table::InspectedTable;
use crate::inspectdb::known_model::KnownModel;
use crate::inspectdb::options::is_unique;

/// What the columns of a table may refer to.
#[derive(Clone, Copy)]
pub(super) struct ReferenceReader<'t> {
    pub(super) table: &'t InspectedTable,
    /// All tables that become models.
    pub(super) tables: &'t [InspectedTable],
    pub(super) known: &'t [KnownModel],
}

/// What a column refers to.
pub(super) struct ColumnReference<'t> {
    pub(super) key: &'t ForeignKey,
    /// The model, as the field names it.
    pub(super) to: String,
    /// The table, if it becomes a model, and the column of it.
    pub(super) target: Option<(&'t InspectedTable, &'t TableColumn)>,
}

impl<'t> ReferenceReader<'t> {
    /// What `column` refers to, or why no field can refer to it; nothing where it refers to nothing.
    pub(super) fn read(
        self,
        column: &TableColumn,
    ) -> Result<Option<ColumnReference<'t>>, &'static str> {
        let Some(key) = self.table.reference(&column.name) else {
            return Ok(None);
        };
        if column.generated {
            return Err("the database computes it");
        }
        if let Some((to, target)) = self.model(key) {
            let target_column =
                target_column(target, key).ok_or("which is not one unique column")?;
            if Affinity::of(&column.declared) != Affinity::of(&target_column.declared) {
                return Err("whose values are of another type");
            }
            if self.leads_back(column) {
                return Err("which refers back to it");
            }
            let target = Some((target, target_column));
            return Ok(Some(ColumnReference { key, to, target }));
        }
        let mut known = self.known.iter();
        let same = |model: &&KnownModel| model.table.eq_ignore_ascii_case(&key.table);
        let known = known.find(same).ok_or("which has no model")?;
        let is_key = |name: &str| {
            let target = key.target.as_deref().unwrap_or(name);
            target.eq_ignore_ascii_case(name)
        };
        if !known.key.as_deref().is_some_and(is_key) {
            return Err("which is not one unique column");
        }
        Ok(Some(ColumnReference {
            key,
            to: known.label.clone(),
            target: None,
        }))
    }

    /// The table that becomes a model, and the name that a field has for it.
    fn model(self, key: &ForeignKey) -> Option<(String, &'t InspectedTable)> {
        let table = self.find(&key.table)?;
        let to = if table.name == self.table.name {
            "self".to_owned()
        } else {
            table.model.clone()
        };
        Some((to, table))
    }

    fn find(self, name: &str) -> Option<&'t InspectedTable> {
        let is_it = |table: &&InspectedTable| {
            table.kind == RelationKind::Table && table.name.eq_ignore_ascii_case(name)
        };
        self.tables.iter().find(is_it)
    }

    /// Whether keys that are references themselves lead from `column` back to it.
    fn leads_back(self, column: &TableColumn) -> bool {
        let (mut table, mut name) = (self.table, column.name.clone());
        for _ in 0..=self.tables.len() {
            let Some(key) = table.reference(&name) else {
                return false;
            };
            let Some(target) = self.find(&key.table) else {
                return false;
            };
            let Some(column) = target_column(target, key) else {
                return false;
            };
            (table, name) = (target, column.name.clone());
        }
        true
    }
}

/// The column that is referred to, if it alone tells one row from all others.
fn target_column<'t>(target: &'t InspectedTable, key: &ForeignKey) -> Option<&'t TableColumn> {
    let only_key = target.only_key();
    let Some(name) = &key.target else {
        return only_key;
    };
    let column = target.column(name)?;
    let is_key = only_key.is_some_and(|key| key.name == column.name);
    (is_key || is_unique(target, &column.name)).then_some(column)
}
