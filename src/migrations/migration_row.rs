//! How the row of a migration is found in the tables that are about migrations.

use crate::db::sql::SqlExpression;
use crate::migrations::MigrationKey;

/// Whether a row of a table of migrations is that of `key`.
pub(super) fn is_of_migration(key: &MigrationKey) -> SqlExpression {
    let is =
        |column, value: &String| SqlExpression::column(column).equals(SqlExpression::value(value));
    SqlExpression::All(vec![is("app", &key.app_label), is("name", &key.name)])
}
