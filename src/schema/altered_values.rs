//! What rows hold in a column whose type changes.

use crate::db::{SqlValue, quote_name};
use crate::models::{Field, FieldKind, Model, ModelSet as _};
use crate::schema::altered_model::AlteredModel;
use crate::schema::{Direction, SchemaEditor, SchemaError};
use crate::values::{from_column, quote_value};

/// The longest value that an error shows.
const LONGEST: usize = 40;

/// The SQL of what a value of `before`, in `column`, is as one of `after`.
///
/// A day becomes its midnight, and a moment its day or its time; all of them are text to SQLite.
pub(super) fn converted_value_sql(before: &FieldKind, after: &FieldKind, column: String) -> String {
    match (before, after) {
        (FieldKind::Date(_), FieldKind::DateTime(_)) => {
            format!("substr({column}, 1, 10) || ' 00:00:00'")
        }
        (FieldKind::DateTime(_), FieldKind::Date(_)) => format!("substr({column}, 1, 10)"),
        (FieldKind::DateTime(_), FieldKind::Time(_)) => format!("substr({column}, 12)"),
        _ => column,
    }
}

impl SchemaEditor<'_> {
    /// Makes sure that every row holds a value of `new` in the column that held those of `old`.
    ///
    /// SQLite would keep anything, and nobody could read it afterwards.
    pub(super) fn check_altered_values(
        &self,
        altered: AlteredModel<'_>,
        old: &Field,
        new: &Field,
    ) -> Result<(), SchemaError> {
        let Some(transaction) = self.transaction else {
            return Ok(());
        };
        let (before, after) = (altered.from.value_kind(old)?, altered.to.value_kind(new)?);
        if before.class_name() == after.class_name() || new.generated().is_some() {
            return Ok(());
        }
        // On the way back, rows that came since stay as they are, and their values can be brought forwards again.
        if self.direction == Direction::Backwards && !is_of_time(after) {
            return Ok(());
        }
        let (model, column) = (altered.model, quote_name(&new.column()));
        let mut columns = key_columns(model);
        columns.push(column.clone());
        let sql = format!(
            "SELECT {} FROM {} WHERE {column} IS NOT NULL",
            columns.join(", "),
            quote_name(&model.db_table())
        );
        transaction.for_each(&sql, &[], |row| {
            let mut values = row.into_values();
            let value = values.pop().unwrap_or(SqlValue::Null);
            let read = from_column(after, &value).map(drop);
            read.ok_or_else(|| {
                let key: Vec<_> = values.iter().map(shown).collect();
                SchemaError::UnreadableValue {
                    row: key.join(", "),
                    table: model.db_table(),
                    column: new.column(),
                    found: shown(&value),
                    kind: new.kind.class_name(),
                }
            })
        })
    }
}

fn is_of_time(kind: &FieldKind) -> bool {
    matches!(
        kind,
        FieldKind::Date(_) | FieldKind::DateTime(_) | FieldKind::Time(_)
    )
}

/// The columns that a row is named by, quoted.
fn key_columns(model: &Model) -> Vec<String> {
    let key = model.primary_key();
    let names = match key.map(|key| &key.kind) {
        Some(FieldKind::CompositePrimaryKey { fields }) => fields.clone(),
        _ => key.map(|key| key.name.clone()).into_iter().collect(),
    };
    let fields = names.iter().filter_map(|name| model.field(name));
    fields.map(|field| quote_name(&field.column())).collect()
}

fn shown(value: &SqlValue) -> String {
    let text = quote_value(value);
    match text.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("{}...", &text[..cut]),
        None => text,
    }
}
