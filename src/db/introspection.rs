//! What tables and indexes a database file has.

use crate::db::{Connection, DatabaseError, SqlValue, quote_name};

/// The names of all tables, those of SQLite itself left out.
pub fn table_names(connection: &Connection) -> Result<Vec<String>, DatabaseError> {
    let sql = r"SELECT name FROM sqlite_master
        WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY name";
    connection.column(sql, &[])
}

/// What a name in a schema stands for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum RelationKind {
    /// A table of rows.
    Table,
    /// A table that a module of SQLite keeps, such as one of FTS5.
    Virtual,
    /// A table in which such a module keeps what it needs.
    Shadow,
    /// A view.
    View,
}

/// A table or a view.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SchemaRelation {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: RelationKind,
}

/// All tables by name, and then all views; those of SQLite itself left out.
pub fn relations(connection: &Connection) -> Result<Vec<SchemaRelation>, DatabaseError> {
    let sql = r"SELECT name, type FROM pragma_table_list
        WHERE schema = 'main' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY type = 'view', name";
    let rows = connection.query(sql, &[])?;
    let relations = rows.iter().map(|row| {
        let kind = match row.get::<String>(1)?.as_str() {
            "virtual" => RelationKind::Virtual,
            "shadow" => RelationKind::Shadow,
            "view" => RelationKind::View,
            _ => RelationKind::Table,
        };
        Ok(SchemaRelation {
            name: row.get(0)?,
            kind,
        })
    });
    relations.collect()
}

/// Whether a row of `table` has a value in `column` for which `condition` holds, an SQL text that
/// names the value `v`.
pub fn has_value(
    connection: &Connection,
    table: &str,
    column: &str,
    condition: &str,
) -> Result<bool, DatabaseError> {
    let (table, column) = (quote_name(table), quote_name(column));
    let sql = format!(
        "SELECT EXISTS (SELECT 1 FROM (SELECT {column} AS v FROM {table}) WHERE v IS NOT NULL AND {condition})"
    );
    let found: Vec<bool> = connection.column(&sql, &[])?;
    Ok(found.contains(&true))
}

/// The names of the columns of `table`, in order; none where there is no such table.
pub fn column_names(connection: &Connection, table: &str) -> Result<Vec<String>, DatabaseError> {
    let sql = "SELECT name FROM pragma_table_info(?) ORDER BY cid";
    connection.column(sql, &[table.into()])
}

/// The names of the columns of the primary key of `table`, in its order; none where it has none.
pub fn key_columns(connection: &Connection, table: &str) -> Result<Vec<String>, DatabaseError> {
    let sql = "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk";
    connection.column(sql, &[table.into()])
}

/// The names of the declared unique indexes of `table` over just these columns.
pub fn unique_indexes(
    connection: &Connection,
    table: &str,
    columns: &[String],
) -> Result<Vec<String>, DatabaseError> {
    let sql =
        r#"SELECT name FROM pragma_index_list(?) WHERE "unique" AND origin = 'c' AND NOT partial"#;
    let mut found = Vec::new();
    for name in connection.column::<String>(sql, &[table.into()])? {
        // An expression has no name, and is none of these columns.
        let sql = "SELECT coalesce(name, '') FROM pragma_index_info(?) ORDER BY seqno";
        if connection.column::<String>(sql, &[(&name).into()])? == columns {
            found.push(name);
        }
    }
    Ok(found)
}

/// A column as its table declares it.
#[derive(Clone, Debug, PartialEq)]
pub struct TableColumn {
    /// Its name.
    pub name: String,
    /// Its type in lower case.
    pub declared: String,
    /// Whether its type is written in lower case.
    pub is_lower_case: bool,
    /// Whether it accepts no value.
    pub null: bool,
    /// Its place in the primary key, from 1; 0 outside of it.
    pub key: i64,
    /// Whether the database computes it.
    pub generated: bool,
    /// The SQL of its default, if it has one.
    pub default: Option<String>,
}

/// A reference of one column.
#[derive(Clone, Debug, PartialEq)]
pub struct ForeignKey {
    /// The column that refers.
    pub column: String,
    /// The table referred to.
    pub table: String,
    /// The column referred to; none for the primary key.
    pub target: Option<String>,
    /// What happens when the row referred to goes, such as `CASCADE`.
    pub on_delete: String,
}

/// An index over columns.
#[derive(Clone, Debug, PartialEq)]
pub struct TableIndex {
    /// Its name.
    pub name: String,
    /// Whether no two rows have the same values.
    pub unique: bool,
    /// Whether the table's own declaration made it.
    pub automatic: bool,
    /// Whether it covers some rows only.
    pub partial: bool,
    /// The columns, each with whether it runs backwards; none stands for an expression.
    pub columns: Vec<(Option<String>, bool)>,
    /// The statement that made it; empty for one that the table's own declaration made.
    pub sql: String,
}

/// The statement that made `table`; empty where there is none.
pub fn table_sql(connection: &Connection, table: &str) -> Result<String, DatabaseError> {
    let sql = "SELECT sql FROM sqlite_master WHERE type IN ('table', 'view') AND name = ?";
    let found: Vec<String> = connection.column(sql, &[table.into()])?;
    Ok(found.into_iter().next().unwrap_or_default())
}

/// The columns of `table`, in order.
pub fn columns(connection: &Connection, table: &str) -> Result<Vec<TableColumn>, DatabaseError> {
    let sql = r#"SELECT name, lower(type), "notnull", pk, hidden, dflt_value, type = lower(type) FROM pragma_table_xinfo(?)
        WHERE hidden <> 1 ORDER BY cid"#;
    let rows = connection.query(sql, &[table.into()])?;
    let columns = rows.iter().map(|row| {
        Ok(TableColumn {
            name: row.get(0)?,
            declared: row.get(1)?,
            null: !row.get::<bool>(2)?,
            key: row.get(3)?,
            generated: row.get::<i64>(4)? > 1,
            default: row.get(5)?,
            is_lower_case: row.get(6)?,
        })
    });
    columns.collect()
}

/// The references of single columns of `table`.
pub fn foreign_keys(
    connection: &Connection,
    table: &str,
) -> Result<Vec<ForeignKey>, DatabaseError> {
    let sql = r#"SELECT min("from"), "table", min("to"), on_delete FROM pragma_foreign_key_list(?)
        GROUP BY id HAVING COUNT(*) = 1 ORDER BY id DESC"#;
    let rows = connection.query(sql, &[table.into()])?;
    let keys = rows.iter().map(|row| {
        Ok(ForeignKey {
            column: row.get(0)?,
            table: row.get(1)?,
            target: row.get(2)?,
            on_delete: row.get(3)?,
        })
    });
    keys.collect()
}

/// A column that refers to a table.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ReferringColumn {
    /// Its table.
    pub table: String,
    /// Its name.
    pub column: String,
}

/// The columns that refer to `table`, or to its column `column` only.
pub fn columns_referring_to(
    connection: &Connection,
    table: &str,
    column: Option<&str>,
) -> Result<Vec<ReferringColumn>, DatabaseError> {
    let sql = r#"SELECT m.name, f."from" FROM sqlite_master m, pragma_foreign_key_list(m.name) f
        WHERE m.type = 'table' AND f."table" = ?1 COLLATE NOCASE AND (?2 IS NULL OR ?2 = coalesce(f."to",
        (SELECT name FROM pragma_table_info(?1) WHERE pk = 1)) COLLATE NOCASE)"#;
    let column = column.map_or(SqlValue::Null, SqlValue::from);
    let rows = connection.query(sql, &[table.into(), column])?;
    let columns = rows.iter().map(|row| {
        Ok(ReferringColumn {
            table: row.get(0)?,
            column: row.get(1)?,
        })
    });
    columns.collect()
}

/// The columns of each reference of `table` that has several.
pub fn compound_foreign_keys(
    connection: &Connection,
    table: &str,
) -> Result<Vec<String>, DatabaseError> {
    let sql = r#"SELECT group_concat("from", ', ') FROM pragma_foreign_key_list(?)
        GROUP BY id HAVING COUNT(*) > 1 ORDER BY id DESC"#;
    connection.column(sql, &[table.into()])
}

/// The indexes of `table`, the oldest first.
pub fn indexes(connection: &Connection, table: &str) -> Result<Vec<TableIndex>, DatabaseError> {
    let sql = r#"SELECT l.name, l."unique", l.origin, l.partial, coalesce(m.sql, '') FROM pragma_index_list(?) l
        LEFT JOIN sqlite_master m ON m.type = 'index' AND m.name = l.name ORDER BY l.seq DESC"#;
    let mut indexes = Vec::new();
    for row in connection.query(sql, &[table.into()])? {
        let name: String = row.get(0)?;
        let sql = r#"SELECT name, "desc" FROM pragma_index_xinfo(?) WHERE "key" ORDER BY seqno"#;
        let parts = connection.query(sql, &[(&name).into()])?;
        let parts = parts.iter().map(|part| Ok((part.get(0)?, part.get(1)?)));
        indexes.push(TableIndex {
            unique: row.get(1)?,
            automatic: row.get::<String>(2)? != "c",
            partial: row.get(3)?,
            sql: row.get(4)?,
            columns: parts.collect::<Result<_, DatabaseError>>()?,
            name,
        });
    }
    Ok(indexes)
}
