//! The schema of a file as it is, and its differences from another.

use std::collections::{BTreeMap, BTreeSet};

use crate::db::{Connection, DatabaseError, SqlValue, quote_name, script};

/// The tables of a file by name, its views and its triggers; those of SQLite and of djr itself left out.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DatabaseSchema {
    tables: BTreeMap<String, SchemaTable>,
    scripts: BTreeMap<String, ViewOrTrigger>,
}

/// A view or a trigger.
#[derive(Clone, Debug, Eq, PartialEq)]
struct ViewOrTrigger {
    /// What it is, and for a trigger on which table.
    place: String,
    definition: String,
}

#[derive(Clone, Debug, Eq, PartialEq)]
struct SchemaTable {
    columns: BTreeMap<String, SchemaColumn>,
    /// By what it is known by, whatever else it is called.
    indexes: BTreeMap<String, SchemaIndex>,
    references: BTreeSet<String>,
    /// The parts of its definition, sorted.
    parts: BTreeSet<String>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
struct SchemaIndex {
    /// Its name; the columns of one that a constraint made.
    name: String,
    /// What it covers; empty for one that a constraint made.
    text: String,
}

#[derive(Clone, Debug, Eq, PartialEq)]
struct SchemaColumn {
    kind: String,
    null: bool,
    default: Option<String>,
    primary_key: bool,
}

impl DatabaseSchema {
    /// Reads the schema that `connection` sees.
    pub fn of(connection: &Connection) -> Result<Self, DatabaseError> {
        let sql = r"SELECT name, sql FROM sqlite_master WHERE type = 'table'
            AND name NOT LIKE 'sqlite\_%' ESCAPE '\' AND name NOT LIKE 'djr\_%' ESCAPE '\'";
        let mut tables = BTreeMap::new();
        for row in connection.query(sql, &[])? {
            let (name, definition): (String, String) = (row.get(0)?, row.get(1)?);
            tables.insert(
                name.clone(),
                SchemaTable::of(connection, &name, &definition)?,
            );
        }
        Ok(Self {
            tables,
            scripts: scripts(connection)?,
        })
    }

    /// What is different in `live`, a sentence each; tables in `known` may be there or not.
    pub fn differences(&self, live: &Self, known: &[String]) -> Vec<String> {
        let mut found = Vec::new();
        for (name, table) in &self.tables {
            match live.tables.get(name) {
                Some(live) => table.compare(live, name, &mut found),
                None => found.push(format!("the table `{name}` is missing")),
            }
        }
        for name in live.tables.keys() {
            if !self.tables.contains_key(name) && !known.contains(name) {
                found.push(format!("the table `{name}` is in no migration"));
            }
        }
        for (name, script) in &self.scripts {
            match live.scripts.get(name) {
                Some(live) => script.compare(live, &mut found),
                None => found.push(format!("the {} is missing", script.place)),
            }
        }
        for (name, script) in &live.scripts {
            if !self.scripts.contains_key(name) && !known.contains(name) {
                found.push(format!("the {} is in no migration", script.place));
            }
        }
        found
    }
}

impl ViewOrTrigger {
    fn compare(&self, live: &Self, found: &mut Vec<String>) {
        let (place, is, wanted) = (&self.place, &live.definition, &self.definition);
        if live.place != self.place || is != wanted {
            found.push(format!("the {place} is `{is}`, not `{wanted}`"));
        }
    }
}

fn scripts(connection: &Connection) -> Result<BTreeMap<String, ViewOrTrigger>, DatabaseError> {
    let sql = r"SELECT type, name, tbl_name, sql FROM sqlite_master
        WHERE type IN ('view', 'trigger') AND name NOT LIKE 'djr\_%' ESCAPE '\'";
    let mut found = BTreeMap::new();
    for row in connection.query(sql, &[])? {
        let text = |index| row.get::<String>(index);
        let (name, table) = (text(1)?, text(2)?);
        let place = match text(0)?.as_str() {
            "view" => format!("view `{name}`"),
            _ => format!("trigger `{name}` of `{table}`"),
        };
        let definition = script::normalized(&text(3)?);
        found.insert(name, ViewOrTrigger { place, definition });
    }
    Ok(found)
}

impl SchemaTable {
    fn of(connection: &Connection, name: &str, definition: &str) -> Result<Self, DatabaseError> {
        let sql = r#"SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_xinfo(?)"#;
        let mut columns = BTreeMap::new();
        for row in connection.query(sql, &[name.into()])? {
            let column = SchemaColumn {
                kind: row.get::<String>(1)?.to_lowercase(),
                null: !row.get::<bool>(2)?,
                default: row.get(3)?,
                primary_key: row.get::<i64>(4)? > 0,
            };
            columns.insert(row.get(0)?, column);
        }
        let sql = r#"SELECT "table", "from", coalesce("to", ''), on_update, on_delete
            FROM pragma_foreign_key_list(?)"#;
        let mut references = BTreeSet::new();
        for row in connection.query(sql, &[name.into()])? {
            let text = |index| row.get::<String>(index);
            let (table, from, to) = (text(0)?, text(1)?, text(2)?);
            let (update, delete) = (text(3)?, text(4)?);
            references.insert(format!(
                "`{from}` to `{table}`.`{to}` (on update {update}, on delete {delete})"
            ));
        }
        Ok(Self {
            columns,
            indexes: indexes(connection, name)?,
            references,
            parts: script::table_definition_parts(definition)
                .into_iter()
                .collect(),
        })
    }

    fn compare(&self, live: &Self, name: &str, found: &mut Vec<String>) {
        let before = found.len();
        for (column, wanted) in &self.columns {
            let place = format!("`{name}`.`{column}`");
            let Some(live) = live.columns.get(column) else {
                found.push(format!("the column {place} is missing"));
                continue;
            };
            wanted.compare(live, &place, found);
        }
        for column in live
            .columns
            .keys()
            .filter(|key| !self.columns.contains_key(*key))
        {
            found.push(format!("the column `{name}`.`{column}` is in no migration"));
        }
        self.compare_indexes(live, name, found);
        for missing in self.references.difference(&live.references) {
            found.push(format!("`{name}` lacks the foreign key {missing}"));
        }
        for extra in live.references.difference(&self.references) {
            found.push(format!(
                "the foreign key of `{name}` {extra} is in no migration"
            ));
        }
        if found.len() > before {
            return;
        }
        // What the pragmas do not tell: checks, collations, computed columns, deferred keys.
        for missing in self.parts.difference(&live.parts) {
            found.push(format!("the definition of `{name}` lacks `{missing}`"));
        }
        for extra in live.parts.difference(&self.parts) {
            found.push(format!(
                "the definition of `{name}` has `{extra}`, which is in no migration"
            ));
        }
    }

    fn compare_indexes(&self, live: &Self, name: &str, found: &mut Vec<String>) {
        for (key, wanted) in &self.indexes {
            let SchemaIndex { name: index, text } = wanted;
            match live.indexes.get(key) {
                None if text.is_empty() => found.push(format!("`{name}` lacks {index}")),
                None => found.push(format!("`{name}` lacks the index {index}: {text}")),
                Some(live) if live.name == *index && live.text != *text => {
                    let is = &live.text;
                    found.push(format!("the index {index} of `{name}` is {is}, not {text}"));
                }
                Some(_) => {}
            }
        }
        let live = live.indexes.iter();
        for (_, extra) in live.filter(|(key, _)| !self.indexes.contains_key(*key)) {
            let index = &extra.name;
            found.push(format!("the index {index} of `{name}` is in no migration"));
        }
    }
}

impl SchemaColumn {
    fn compare(&self, live: &Self, place: &str, found: &mut Vec<String>) {
        if self.kind != live.kind {
            found.push(format!(
                "{place} is of type {}, not {}",
                live.kind, self.kind
            ));
        }
        if self.null != live.null {
            let (is, wanted) = if live.null {
                ("may be null", "not be")
            } else {
                ("may not be null", "may be")
            };
            found.push(format!("{place} {is}, and should {wanted}"));
        }
        if self.default != live.default {
            let shown = |default: &Option<String>| default.clone().unwrap_or("none".to_owned());
            let (is, wanted) = (shown(&live.default), shown(&self.default));
            found.push(format!("the default of {place} is {is}, not {wanted}"));
        }
        if self.primary_key != live.primary_key {
            let is = if live.primary_key { "is" } else { "is not" };
            found.push(format!("{place} {is} part of the primary key"));
        }
    }
}

fn indexes(
    connection: &Connection,
    table: &str,
) -> Result<BTreeMap<String, SchemaIndex>, DatabaseError> {
    let sql = r"SELECT l.name, l.origin, m.sql FROM pragma_index_list(?) l
        LEFT JOIN sqlite_master m ON m.name = l.name AND m.type = 'index'";
    let mut found = BTreeMap::new();
    for row in connection.query(sql, &[table.into()])? {
        let name: String = row.get(0)?;
        let (key, index) = if let SqlValue::Text(text) = row.get::<SqlValue>(2)? {
            declared(&name, &text)
        } else {
            constrained(connection, &name, row.get::<String>(1)? == "pk")?
        };
        // Two that are alike are two.
        let keys = (1..).map(|number| format!("{key} {number}"));
        let free = keys.into_iter().find(|key| !found.contains_key(key));
        found.insert(free.unwrap_or(key), index);
    }
    Ok(found)
}

/// An index of a statement of its own.
///
/// A name that nobody gave is made from those that table and columns had when the table was last
/// made: the way there, and back, leaves other names than a straight way.
fn declared(name: &str, text: &str) -> (String, SchemaIndex) {
    let index = SchemaIndex {
        name: quote_name(name),
        text: format!("`{}`", script::normalized(text)),
    };
    (index_identity(name, text), index)
}

/// What an index is known by: the name that somebody gave it, or what it covers.
pub fn index_identity(name: &str, statement: &str) -> String {
    if !is_made(name) {
        return name.to_owned();
    }
    script::normalized(statement).replacen(&name.to_lowercase(), "", 1)
}

/// Whether a name ends as those do that are made for fields: in a digest, `_uniq` at most behind it.
fn is_made(name: &str) -> bool {
    let name = name.strip_suffix("_uniq").unwrap_or(name);
    name.rsplit_once('_').is_some_and(|(_, digest)| {
        digest.len() == 8 && digest.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

/// The index that a constraint of the table made; SQLite numbers these by their place, which a
/// remake changes.
fn constrained(
    connection: &Connection,
    name: &str,
    is_key: bool,
) -> Result<(String, SchemaIndex), DatabaseError> {
    let sql = "SELECT coalesce(name, '?') FROM pragma_index_info(?) ORDER BY seqno";
    let columns: Vec<String> = connection.column(sql, &[name.into()])?;
    let kind = if is_key { "primary key" } else { "unique" };
    let name = format!("{kind} ({})", columns.join(", "));
    let text = String::new();
    Ok((name.clone(), SchemaIndex { name, text }))
}
