//! A table that somebody makes again by hand, to have what no model can say.

use djr::db::CreateTableParts;
use rusqlite::Connection;

/// The statement of a table, taken apart.
pub(super) struct HandWrittenTable {
    name: String,
    /// The definitions of columns, then those of constraints.
    pub(super) parts: Vec<String>,
    columns: usize,
    options: Vec<String>,
}

impl HandWrittenTable {
    pub(super) fn read(connection: &Connection, name: &str) -> Self {
        let sql = "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?";
        let sql: String = connection.query_row(sql, [name], |row| row.get(0)).unwrap();
        let written = CreateTableParts::of(&sql);
        let options = written.suffix.split(',').map(str::trim);
        Self {
            name: name.to_owned(),
            columns: written.parts.len() - written.constraints().count(),
            options: options
                .filter(|option| !option.is_empty())
                .map(ToOwned::to_owned)
                .collect(),
            parts: written.parts.into_iter().map(|part| part.sql).collect(),
        }
    }

    pub(super) fn add_column(&mut self, sql: &str) {
        self.parts.insert(self.columns, sql.to_owned());
        self.columns += 1;
    }

    pub(super) fn add_to_column(&mut self, column: &str, sql: &str) {
        let start = format!("\"{column}\" ");
        let mut columns = self.parts.iter_mut();
        let part = columns.find(|part| part.starts_with(&start)).unwrap();
        match part.split_once(" DEFERRABLE") {
            Some((head, _)) => *part = format!("{head} {sql} DEFERRABLE INITIALLY DEFERRED"),
            None => *part = format!("{part} {sql}"),
        }
    }

    pub(super) fn add_option(&mut self, option: &str) {
        if option == "WITHOUT ROWID" {
            self.take_out(" AUTOINCREMENT");
        } else {
            for part in &mut self.parts[..self.columns] {
                *part = with_strict_type(part);
            }
        }
        self.remove_option(option);
        self.options.push(option.to_owned());
    }

    pub(super) fn remove_option(&mut self, option: &str) {
        self.options.retain(|own| !own.eq_ignore_ascii_case(option));
    }

    pub(super) fn take_out(&mut self, sql: &str) {
        for part in &mut self.parts {
            *part = part.replace(sql, "");
        }
    }

    /// Puts the table in the place of the one that is there, with its rows, indexes and triggers.
    pub(super) fn replace(&self, connection: &Connection) {
        let table = &self.name;
        let objects = "SELECT sql FROM sqlite_master WHERE tbl_name = ? COLLATE NOCASE AND type <> 'table' AND sql IS NOT NULL";
        let mut objects = connection.prepare(objects).unwrap();
        let objects = objects.query_map([table], |row| row.get(0)).unwrap();
        let objects: Vec<String> = objects.map(Result::unwrap).collect();
        let (parts, options) = (self.parts.join(", "), self.options.join(", "));
        let make = format!("CREATE TABLE hand_written ({parts}) {options}");
        connection
            .execute_batch("PRAGMA foreign_keys = OFF; BEGIN")
            .unwrap();
        connection
            .execute_batch(&make)
            .unwrap_or_else(|error| panic!("{make}: {error}"));
        let columns = "SELECT '\"' || replace(name, '\"', '\"\"') || '\"' FROM pragma_table_xinfo(?1) WHERE hidden = 0 AND name IN \
            (SELECT name FROM pragma_table_xinfo('hand_written') WHERE hidden = 0)";
        let mut columns = connection.prepare(columns).unwrap();
        let columns = columns.query_map([table], |row| row.get(0)).unwrap();
        let columns: Vec<String> = columns.map(Result::unwrap).collect();
        let columns = columns.join(", ");
        let statements = format!(
            "INSERT INTO hand_written ({columns}) SELECT {columns} FROM \"{table}\"; DROP TABLE \"{table}\";
             PRAGMA legacy_alter_table = ON; ALTER TABLE hand_written RENAME TO \"{table}\";
             PRAGMA legacy_alter_table = OFF; {}; COMMIT",
            objects.join(";\n")
        );
        connection
            .execute_batch(&statements)
            .unwrap_or_else(|error| panic!("{make}; {statements}: {error}"));
    }
}

/// The definition of a column with the type that a strict table has for it.
fn with_strict_type(part: &str) -> String {
    let types = [
        (" integer unsigned", " integer"),
        (" bigint", " integer"),
        (" smallint", " integer"),
    ];
    let mut part = part.to_owned();
    for (kind, strict) in types {
        part = part.replacen(kind, strict, 1);
    }
    match part.split_once(" varchar(") {
        Some((head, tail)) => {
            let (_, tail) = tail.split_once(')').unwrap();
            format!("{head} text{tail}")
        }
        None => part,
    }
}
