//! Makes sure that rows refer to rows, and names the first that does not.

use crate::db::{Connection, SqlValue, broken_reference};
use crate::serializers::LoadError;
use crate::serializers::key_text::key_text;
use crate::serializers::load::model_target::ModelTarget;

/// Checks the rows of `table` and of the tables between it and others.
pub(super) fn check_constraints(
    connection: &Connection,
    table: &ModelTarget<'_>,
) -> Result<(), LoadError> {
    let own = table.model.db_table();
    let keys = table.save.keys().iter();
    let keys: Vec<_> = keys.map(|key| table.save.fields[*key].column()).collect();
    check_table(connection, &own, &keys, |key| {
        format!("{} {key}", table.model.key())
    })?;
    for list in &table.lists {
        let through = &list.through;
        let describe = |key: &str| format!("`{}` of {} {key}", list.field.name, table.model.key());
        let source = std::slice::from_ref(&through.source_column);
        check_table(connection, &through.table, source, describe)?;
    }
    Ok(())
}

/// Checks one table, whose rows `describe` names by the values of their columns `keys`.
fn check_table(
    connection: &Connection,
    table: &str,
    keys: &[String],
    describe: impl Fn(&str) -> String,
) -> Result<(), LoadError> {
    let Some(broken) = broken_reference(connection, table, keys)? else {
        return Ok(());
    };
    let value = match &broken.value {
        SqlValue::Text(text) => format!("`{text}`"),
        value => key_text(value),
    };
    Err(LoadError::BrokenReference {
        object: describe(&key_text(&broken.key)),
        column: broken.column,
        value,
        target: broken.target,
    })
}
