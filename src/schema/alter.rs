//! Fields, unique sets and constraints that change.

use crate::db::introspection::TableIndex;
use crate::db::{introspection, quote_name};
use crate::models::{Field, Model, ModelSet as _, ProjectState, Relation};
use crate::schema::altered_model::AlteredModel;
use crate::schema::auto_created_through::auto_created_through;
use crate::schema::changed_state::ChangedState;
use crate::schema::live_model::LiveModel;
use crate::schema::model_indexes::unique_index;
use crate::schema::remake_plan::TableRemake;
use crate::schema::table_change::TableChange;
use crate::schema::{SchemaEditor, SchemaError, column, column_type};

impl SchemaEditor<'_> {
    /// Makes `old`, a field of the model, into `new`.
    pub fn alter_field(
        &mut self,
        altered: AlteredModel<'_>,
        old: &Field,
        new: &Field,
    ) -> Result<(), SchemaError> {
        if !field_should_be_altered(altered, old, new) {
            return Ok(());
        }
        match (old.many_to_many(), new.many_to_many()) {
            // A key of several columns is not a column, but the table says which they are.
            (None, None) if !old.has_column() && !new.has_column() => {
                self.remake_altered(altered, old, new)
            }
            (None, None) if !discards_values(old, new) => self.alter_column(altered, old, new),
            (Some(before), Some(after)) if before.through.is_none() && after.through.is_none() => {
                self.alter_many_to_many(altered, old, new)
            }
            (Some(before), Some(after)) if before.through.is_some() && after.through.is_some() => {
                Ok(())
            }
            _ => Err(SchemaError::IncompatibleKinds {
                field: new.name.clone(),
                from: old.kind.class_name(),
                to: new.kind.class_name(),
            }),
        }
    }

    fn remake_altered(
        &mut self,
        altered: AlteredModel<'_>,
        old: &Field,
        new: &Field,
    ) -> Result<(), SchemaError> {
        self.remake_table_of(TableRemake {
            live: LiveModel {
                state: altered.from,
                model: altered.old,
            },
            state: altered.to,
            model: altered.model,
            change: &TableChange::Alter(&[(old, new)]),
        })
    }

    fn alter_column(
        &mut self,
        altered: AlteredModel<'_>,
        old: &Field,
        new: &Field,
    ) -> Result<(), SchemaError> {
        let AlteredModel {
            from, to, model, ..
        } = altered;
        let refers = |field: &Field| {
            field
                .relation()
                .is_some_and(|relation| relation.db_constraint)
        };
        let (before, after) = (
            column::column_sql(from, altered.old, old)?,
            column::column_sql(to, model, new)?,
        );
        if old.column() != new.column() && before == after && !refers(old) && !refers(new) {
            return self.rename_column(&model.db_table(), &old.column(), &new.column());
        }
        if old.is_unique() && !new.is_unique() {
            self.check_references(from, &model.db_table(), Some(&old.column()))?;
        }
        self.remake_altered(altered, old, new)?;
        self.check_altered_values(altered, old, new)?;
        let type_changed = column_type::type_sql(from, altered.old, old)?
            != column_type::type_sql(to, model, new)?
            || column_type::collation(from, altered.old, old)?
                != column_type::collation(to, model, new)?;
        if new.is_unique() && type_changed {
            self.remake_related_tables(to, model, new)?;
        }
        Ok(())
    }

    /// Remakes the tables whose columns have the type of `field`, which they refer to.
    fn remake_related_tables(
        &mut self,
        state: &ProjectState,
        target: &Model,
        field: &Field,
    ) -> Result<(), SchemaError> {
        let refers = |model: &Model, relation: &Relation| {
            let models = ChangedState { state, model };
            let found = models.target_field(relation);
            found.is_ok_and(|(model, to)| model.key() == target.key() && to.name == field.name)
        };
        for model in state.models().filter(|model| state.is_migrated(model)) {
            let mut relations = model.fields.iter().filter_map(Field::relation);
            let is_other = model.key() != target.key();
            if is_other && relations.any(|relation| refers(model, relation)) {
                self.remake_table(state, model, &TableChange::Nothing)?;
            }
            if !field.primary_key {
                continue;
            }
            for between in model
                .fields
                .iter()
                .filter(|field| field.many_to_many().is_some())
            {
                let through = auto_created_through(state, model, between)?;
                if let Some(through) = through
                    && through
                        .fields
                        .iter()
                        .filter_map(Field::relation)
                        .any(|end| {
                            state
                                .target(&end.to)
                                .is_some_and(|end| end.key() == target.key())
                        })
                {
                    self.remake_table(state, &through, &TableChange::Nothing)?;
                }
            }
        }
        Ok(())
    }

    /// Makes and drops the indexes of fields that are unique together.
    pub fn alter_unique_together(
        &mut self,
        state: &ProjectState,
        old: &Model,
        new: &Model,
    ) -> Result<(), SchemaError> {
        let (before, after) = (&old.options.unique_together, &new.options.unique_together);
        let mut is_in_table = false;
        for names in before.iter().filter(|names| !after.contains(names)) {
            let index = unique_index(old, names)?;
            let columns = index.columns.iter().map(|(column, _)| column.clone());
            let columns: Vec<_> = columns.collect();
            let found = self.unique_index_names(&index.table, &columns, index.name())?;
            is_in_table |= found.is_empty();
            for name in found {
                self.deferred.retain(|index| index.name() != name);
                self.execute(&format!("DROP INDEX {}", quote_name(&name)))?;
            }
        }
        if is_in_table {
            // It makes those that are new, too.
            return self.remake_table_of(TableRemake {
                live: LiveModel { state, model: old },
                state,
                model: new,
                change: &TableChange::Nothing,
            });
        }
        for names in after.iter().filter(|names| !before.contains(names)) {
            self.make_index(&unique_index(new, names)?)?;
        }
        Ok(())
    }

    /// The unique indexes over `columns`: `usual` and any beside it, or the only other one; none where
    /// the table itself says so, as tables of others do.
    fn unique_index_names(
        &self,
        table: &str,
        columns: &[String],
        usual: String,
    ) -> Result<Vec<String>, SchemaError> {
        let Some(transaction) = self.transaction else {
            return Ok(vec![usual]);
        };
        let names = introspection::unique_indexes(transaction, table, columns)?;
        if names.len() == 1 || names.contains(&usual) {
            return Ok(names);
        }
        let is_said = |index: &TableIndex| {
            let own = index.columns.iter().filter_map(|(name, _)| name.as_ref());
            index.automatic && index.unique && own.eq(columns)
        };
        let live = introspection::indexes(transaction, table)?;
        if names.is_empty() && live.iter().any(is_said) {
            return Ok(names);
        }
        Err(SchemaError::UniqueIndexNotFound {
            table: table.to_owned(),
            columns: columns.join(", "),
            found: names.len(),
        })
    }
}

/// Whether values that somebody entered would give way to computed ones, or to none.
fn discards_values(old: &Field, new: &Field) -> bool {
    let becomes_computed = old.generated().is_none() && new.generated().is_some();
    becomes_computed || old.has_column() != new.has_column()
}

/// Whether the schema knows a difference between the two fields.
fn field_should_be_altered(altered: AlteredModel<'_>, old: &Field, new: &Field) -> bool {
    if old.column() != new.column() {
        return true;
    }
    let (before, mut after) = (old.schema_attributes(), new.schema_attributes());
    let table = |state: &ProjectState, field: &Field| {
        let relation = field.relation()?;
        state.target(&relation.to).map(Model::db_table)
    };
    let same_table = table(altered.from, old) == table(altered.to, new);
    if let (Some(relation), true) = (before.relation(), same_table) {
        after.set_target(&relation.to);
    }
    before != after
}
