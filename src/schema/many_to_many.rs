//! Many-to-many fields that change: their tables between.

use crate::db::quote_name;
use crate::models::Field;
use crate::schema::altered_model::AlteredModel;
use crate::schema::editor::auto_created_through;
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
        if before.db_table() == after.db_table() {
            let ends = [(to, to_new), (from, from_new)];
            let live = LiveModel {
                state: altered.from,
                model: &before,
            };
            return self.remake_table_of(TableRemake {
                live,
                state: altered.to,
                model: &before,
                change: &TableChange::Alter(&ends),
            });
        }
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
        self.drop_table(&before.db_table())
    }
}
