//! A small SQL prompt, for machines without SQLite's own.

use crate::db::script::statements;
use crate::db::{Connection, DatabaseError, SqlValue, introspection};

/// What became of a line.
#[derive(Debug, PartialEq)]
pub enum SqlShellOutput {
    /// The statement goes on.
    Incomplete,
    /// The lines to show.
    Lines(Vec<String>),
    /// The end was asked for.
    Quit,
}

/// A prompt on a connection; statements may go over several lines.
#[derive(Debug)]
pub struct SqlShell<'c> {
    connection: &'c Connection,
    pending: String,
}

impl<'c> SqlShell<'c> {
    /// A prompt on `connection`.
    pub fn new(connection: &'c Connection) -> Self {
        Self {
            connection,
            pending: String::new(),
        }
    }

    /// Takes a line: a part of a statement, or `.tables`, `.schema [TABLE]`, `.quit`.
    pub fn line(&mut self, line: &str) -> Result<SqlShellOutput, DatabaseError> {
        if self.pending.trim().is_empty() && line.starts_with('.') {
            return self.command(line.trim());
        }
        self.pending.push_str(line);
        self.pending.push('\n');
        // A statement is complete when one more word begins another.
        let complete = {
            let with_more = format!("{}\nx", self.pending);
            statements(&with_more)
                .last()
                .is_some_and(|last| last == "x")
        };
        if !complete && !self.pending.trim().is_empty() {
            return Ok(SqlShellOutput::Incomplete);
        }
        self.finish()
    }

    /// Runs what is left, though it does not end in `;`.
    pub fn finish(&mut self) -> Result<SqlShellOutput, DatabaseError> {
        let script = std::mem::take(&mut self.pending);
        let mut lines = Vec::new();
        for statement in statements(&script) {
            for row in self.connection.query(&statement, &[])? {
                let values: Vec<_> = row.into_values().iter().map(shown).collect();
                lines.push(values.join("|"));
            }
        }
        Ok(SqlShellOutput::Lines(lines))
    }

    fn command(&self, command: &str) -> Result<SqlShellOutput, DatabaseError> {
        let mut words = command.split_whitespace();
        let lines = match words.next() {
            Some(".quit" | ".exit" | ".q") => return Ok(SqlShellOutput::Quit),
            Some(".tables") => introspection::table_names(self.connection)?,
            Some(".schema") => self.schema(words.next())?,
            _ => vec!["statements end in `;`; .tables, .schema [TABLE] and .quit help".to_owned()],
        };
        Ok(SqlShellOutput::Lines(lines))
    }

    fn schema(&self, table: Option<&str>) -> Result<Vec<String>, DatabaseError> {
        let sql = "SELECT sql || ';' FROM sqlite_master WHERE sql IS NOT NULL \
                   AND (?1 IS NULL OR tbl_name = ?1) ORDER BY rowid";
        self.connection
            .column(sql, &[table.map(str::to_owned).into()])
    }
}

/// A value as SQLite's own prompt shows it.
fn shown(value: &SqlValue) -> String {
    match value {
        SqlValue::Null => String::new(),
        SqlValue::Integer(number) => number.to_string(),
        SqlValue::Real(number) => format!("{number:?}"),
        SqlValue::Text(text) => text.clone(),
        SqlValue::Blob(bytes) => String::from_utf8_lossy(bytes).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{SqlShell, SqlShellOutput};
    use crate::db::{Database, Durability};

    #[test]
    fn answers_statements_that_go_over_lines_and_its_own_commands() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::new(folder.path().join("db.sqlite3"), Duration::from_secs(5));
        database.open_for_migrations().unwrap().commit().unwrap();
        let connection = database.open(Durability::Full).unwrap();
        let mut shell = SqlShell::new(&connection);
        let lines =
            |lines: &[&str]| SqlShellOutput::Lines(lines.iter().map(|l| (*l).to_owned()).collect());
        assert_eq!(
            shell.line("CREATE TABLE a (b,").unwrap(),
            SqlShellOutput::Incomplete
        );
        assert_eq!(shell.line(" c);").unwrap(), lines(&[]));
        assert_eq!(shell.line(".tables").unwrap(), lines(&["a"]));
        assert_eq!(
            shell.line(".schema a").unwrap(),
            lines(&["CREATE TABLE a (b,\n c);"])
        );
        assert_eq!(
            shell
                .line("INSERT INTO a VALUES (1, 'x;y'); SELECT * FROM a;")
                .unwrap(),
            lines(&["1|x;y"])
        );
        assert!(shell.line("SELECT nope;").is_err());
        assert_eq!(shell.line("SELECT 2").unwrap(), SqlShellOutput::Incomplete);
        assert_eq!(shell.finish().unwrap(), lines(&["2"]));
        assert_eq!(shell.line(".quit").unwrap(), SqlShellOutput::Quit);
    }
}
