//! Many-to-many fields that change: their tables between.

use crate::db::quote_name;
use crate::models::Field;
use crate::schema::altered_model::AlteredModel;
use crate::schema::auto_created_through::auto_created_through;
use crate::schema::live_model::LiveModel;
use crate::schema::remake_plan::TableRemake;
use crate::schema::table_change::TableChange;
use crate::schema::{SchemaEditor, SchemaError};

impl SchemaEditor<'_> {
    /// Makes the table of `old` into that of `new`.
    pub fn alter_many_to_many(
        &mut self,
        altered: AlteredModel<'_>,
        old: &Field,
        new: &Field,
    ) -> Result<(), SchemaError> {
        let before = auto_created_through(altered.from, altered.old, old)?;
        let after = auto_created_through(altered.to, altered.model, new)?;
        let (Some(before), Some(after)) = (before, after) else {
            return Ok(());
        };
        let [(from, from_new), (to, to_new)] =
            [1, 2].map(|end| (&before.fields[end], &after.fields[end]));
        let is_renamed = before.db_table() != after.db_table();
        if is_renamed && self.transaction.is_none() {
            self.create_table(altered.to, &after)?;
            self.execute(&format!(
                "INSERT INTO {} (id, {}, {}) SELECT id, {}, {} FROM {}",
                quote_name(&after.db_table()),
                from_new.column(),
                to_new.column(),
                from.column(),
                to.column(),
                quote_name(&before.db_table())
            ))?;
            return self.drop_table(&before.db_table());
        }
        let mut renamed = before.clone();
        if is_renamed {
            // A new table, as Django makes it, would have nothing that is in no model.
            self.rename_table(&before.db_table(), &after.db_table())?;
            renamed.options.db_table = Some(after.db_table());
        }
        self.remake_table_of(TableRemake {
            live: LiveModel {
                state: altered.from,
                model: &renamed,
            },
            state: altered.to,
            model: &renamed,
            change: &TableChange::Alter(&[(to, to_new), (from, from_new)]),
        })
    }
}
