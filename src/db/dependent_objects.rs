//! Views, triggers and search tables: what names tables and columns of others, and whether it works.

use std::collections::BTreeMap;

use crate::db::script::{tokens_without_comments, unquoted};
use crate::db::{Connection, DatabaseError, quote_name};

/// The views, triggers and search tables of a file that do not work as they stand.
///
/// SQLite looks at them when they are used, not when the tables change that they name.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct DependentObjects {
    is_empty: bool,
    broken: BTreeMap<String, Breakage>,
}

/// An object that does not work, and why.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct BrokenObject {
    /// What it is, for people.
    pub what: String,
    /// What SQLite says.
    pub why: String,
}

#[derive(Clone, Debug, Eq, PartialEq)]
struct Breakage {
    why: String,
    /// The table of a trigger.
    table: Option<String>,
    /// Whether it works all the same, since SQLite takes a name in quotes that it does not find for a text.
    works_with_texts: bool,
}

/// A trigger that a statement of one kind sets off.
struct Trigger {
    name: String,
    table: String,
    /// `DELETE`, `INSERT` or `UPDATE`.
    event: String,
    sql: String,
}

impl DependentObjects {
    /// Compiles all of them, without running anything.
    pub fn read(connection: &Connection) -> Result<Self, DatabaseError> {
        let sql = "SELECT type, name, tbl_name, sql FROM sqlite_master
            WHERE type IN ('view', 'trigger') OR (type = 'table' AND sql LIKE 'create virtual %')";
        let rows = connection.query(sql, &[])?;
        let mut found = Self {
            is_empty: rows.is_empty(),
            broken: BTreeMap::new(),
        };
        let mut triggers = Vec::new();
        for row in rows {
            let (name, table, sql): (String, String, String) =
                (row.get(1)?, row.get(2)?, row.get(3)?);
            match row.get::<String>(0)?.as_str() {
                "view" => {
                    let statement = format!("SELECT * FROM {}", quote_name(&name));
                    found.compile(connection, format!("the view `{name}`"), &statement, None);
                }
                "trigger" => triggers.push(Trigger::new(name, table, sql)),
                _ => found.add_search_table(connection, &name, &sql),
            }
        }
        found.add_triggers(connection, &triggers)?;
        Ok(found)
    }

    /// Whether there are none at all.
    pub fn is_empty(&self) -> bool {
        self.is_empty
    }

    /// Whether there are any that do not work, and none of them is a trigger of `table`.
    ///
    /// A trigger that is left behind by its table would be lost.
    pub fn has_broken_beside(&self, table: &str) -> bool {
        let own = |found: &Breakage| {
            let of = found.table.as_ref();
            of.is_some_and(|of| of.eq_ignore_ascii_case(table))
        };
        !self.broken.is_empty() && !self.broken.values().any(own)
    }

    /// Those that work in `before` and do not any more.
    pub fn newly_broken(&self, before: &Self) -> Vec<BrokenObject> {
        let is_new = |what: &str, found: &Breakage| {
            let before = before.broken.get(what);
            before.is_none_or(|before| before.works_with_texts && !found.works_with_texts)
        };
        let broken = self.broken.iter();
        broken
            .filter(|(what, found)| is_new(what, found))
            .map(|(what, found)| BrokenObject {
                what: what.clone(),
                why: found.why.clone(),
            })
            .collect()
    }

    /// Notes `what` as broken if `statement`, which needs it, does not compile.
    fn compile(
        &mut self,
        connection: &Connection,
        what: String,
        statement: &str,
        table: Option<&str>,
    ) {
        if let Err(error) = connection.compile_strictly(statement) {
            let found = Breakage {
                why: error.reason(),
                table: table.map(ToOwned::to_owned),
                works_with_texts: connection.compile(statement).is_ok(),
            };
            self.broken.insert(what, found);
        }
    }

    /// A table of full text search reads the texts of its rows from another table.
    fn add_search_table(&mut self, connection: &Connection, name: &str, sql: &str) {
        let Some(content) = content_table(sql) else {
            return;
        };
        let columns = "SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0 ORDER BY cid";
        // The module that makes such tables may not be there.
        let Ok(columns) = connection.column::<String>(columns, &[name.into()]) else {
            return;
        };
        let columns: Vec<_> = columns.iter().map(|column| quote_name(column)).collect();
        let statement = format!(
            "SELECT {} FROM {}",
            columns.join(", "),
            quote_name(&content)
        );
        let what = format!("the search table `{name}`");
        self.compile(connection, what, &statement, None);
    }

    fn add_triggers(
        &mut self,
        connection: &Connection,
        triggers: &[Trigger],
    ) -> Result<(), DatabaseError> {
        let mut groups: BTreeMap<_, Vec<&Trigger>> = BTreeMap::new();
        for trigger in triggers {
            let key = (trigger.table.as_str(), trigger.event.as_str());
            groups.entry(key).or_default().push(trigger);
        }
        for ((table, event), triggers) in groups {
            let columns = writable_columns(connection, table)?;
            let statement = statement_that_sets_off(event, table, &columns);
            self.compile(connection, described(&triggers), &statement, Some(table));
            for trigger in triggers {
                // SQLite does not look at these: such a trigger never runs.
                if let Some(column) = trigger.missing_column(connection)? {
                    let found = Breakage {
                        why: format!("no such column: {column}"),
                        table: Some(table.to_owned()),
                        works_with_texts: false,
                    };
                    self.broken.insert(described(&[trigger]), found);
                }
            }
        }
        Ok(())
    }
}

impl Trigger {
    fn new(name: String, table: String, sql: String) -> Self {
        let event = tokens_without_comments(&sql)
            .map(str::to_uppercase)
            .find(|token| ["DELETE", "INSERT", "UPDATE"].contains(&token.as_str()));
        Self {
            event: event.unwrap_or_default(),
            name,
            table,
            sql,
        }
    }

    /// A column after `UPDATE OF` that its table does not have.
    fn missing_column(&self, connection: &Connection) -> Result<Option<String>, DatabaseError> {
        let is = |token: &&str, word: &str| token.eq_ignore_ascii_case(word);
        let mut head = tokens_without_comments(&self.sql)
            .skip_while(|token| !is(token, "UPDATE"))
            .skip(1);
        if self.event != "UPDATE" || !head.next().is_some_and(|token| is(&token, "OF")) {
            return Ok(None);
        }
        let sql = "SELECT name FROM pragma_table_xinfo(?)";
        let columns: Vec<String> = connection.column(sql, &[(&self.table).into()])?;
        let named = head
            .take_while(|token| !is(token, "ON"))
            .filter(|token| *token != ",")
            .map(unquoted);
        let is_missing = |name: &String| {
            let mut columns = columns.iter();
            columns.all(|found| !found.eq_ignore_ascii_case(name))
        };
        Ok(named.into_iter().find(is_missing))
    }
}

/// Triggers that one statement sets off, for people.
fn described(triggers: &[&Trigger]) -> String {
    let names: Vec<_> = triggers
        .iter()
        .map(|trigger| trigger.name.as_str())
        .collect();
    match (triggers, names.as_slice()) {
        (_, [name]) => format!("the trigger `{name}`"),
        ([first, ..], _) => format!("a trigger of `{}` (`{}`)", first.table, names.join("`, `")),
        _ => String::new(),
    }
}

fn writable_columns(connection: &Connection, table: &str) -> Result<Vec<String>, DatabaseError> {
    let sql = "SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0 ORDER BY cid";
    connection.column(sql, &[table.into()])
}

/// A statement that compiles the triggers of `table`, or of a view of that name, for `event`.
fn statement_that_sets_off(event: &str, table: &str, columns: &[String]) -> String {
    let settings: Vec<_> = columns
        .iter()
        .map(|column| format!("{0} = {0}", quote_name(column)))
        .collect();
    let table = quote_name(table);
    match event {
        "DELETE" => format!("DELETE FROM {table}"),
        "INSERT" => format!("INSERT INTO {table} DEFAULT VALUES"),
        _ => format!("UPDATE {table} SET {}", settings.join(", ")),
    }
}

/// The table that the statement of a virtual table names as its `content`.
fn content_table(sql: &str) -> Option<String> {
    let tokens: Vec<_> = tokens_without_comments(sql).collect();
    let mut windows = tokens.windows(3);
    windows.find_map(|window| match window {
        [name, "=", value] if name.eq_ignore_ascii_case("content") => {
            Some(unquoted(value)).filter(|value| !value.is_empty())
        }
        _ => None,
    })
}
