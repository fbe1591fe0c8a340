//! Which row a statement failed at, where SQLite only names the column or the constraint.

use crate::db::introspection::{column_names, key_columns};
use crate::db::literal::sql_literal;
use crate::db::{Connection, DatabaseError, SqlValue, quote_name, script};

/// The row that breaks the constraint `error` tells of, for people; none where it cannot be told.
pub fn violating_row(connection: &Connection, error: &DatabaseError) -> Option<String> {
    let DatabaseError::Statement { sql, source } = error else {
        return None;
    };
    let message = source.to_string();
    let (kind, what) = message.split_once(" constraint failed: ")?;
    if kind == "CHECK" {
        return Rows::copied(sql)?.refused(connection, what);
    }
    if let Some(index) = UniqueIndex::parse(sql) {
        return index.alike(connection);
    }
    let mut columns = Vec::new();
    let mut table = "";
    for name in what.split(", ") {
        let (owner, column) = name.rsplit_once('.')?;
        table = owner;
        columns.push(column.to_owned());
    }
    let rows = Rows::copied(sql).unwrap_or_else(|| Rows::of(table));
    let known = column_names(connection, table).ok()?;
    if !columns.iter().all(|column| known.contains(column)) {
        return None;
    }
    match kind {
        "NOT NULL" => rows.without_value(connection, columns.first()?),
        "UNIQUE" => rows.alike(connection, &columns),
        _ => None,
    }
}

/// Rows as a statement would have written them.
struct Rows {
    /// The table whose definition they do not fit.
    table: String,
    /// What stands before a `SELECT` from them.
    with: String,
    /// What they are selected from.
    from: String,
    /// The columns of a copy, as they are written.
    columns: String,
}

impl Rows {
    fn of(table: &str) -> Self {
        Self {
            table: table.to_owned(),
            with: String::new(),
            from: quote_name(table),
            columns: String::new(),
        }
    }

    /// The rows of a remake: those of the old table, as the new one was to have them.
    fn copied(sql: &str) -> Option<Self> {
        let rest = sql.strip_prefix("INSERT INTO ")?;
        let (name, rest) = rest.split_once(' ')?;
        let (columns, rest) = script::parenthesized(rest)?;
        let select = rest.trim_start();
        let table = name.trim_matches('"').to_owned();
        (table.starts_with("new__") && select.starts_with("SELECT ")).then(|| Self {
            table,
            with: format!("WITH moved ({columns}) AS ({select}) "),
            from: "moved".to_owned(),
            columns: columns.to_owned(),
        })
    }

    /// The name of the table as people know it.
    fn name(&self) -> &str {
        self.table.strip_prefix("new__").unwrap_or(&self.table)
    }

    /// What tells one row from the others.
    fn key(&self, connection: &Connection) -> Option<String> {
        let names = key_columns(connection, &self.table).ok()?;
        let names: Vec<_> = names.iter().map(|name| quote_name(name)).collect();
        match names.len() {
            0 if self.with.is_empty() => Some("rowid".to_owned()),
            0 => None,
            _ => Some(names.join(" || ', ' || ")),
        }
    }

    fn first(&self, connection: &Connection, select: &str) -> Option<Vec<SqlValue>> {
        let (with, from) = (&self.with, &self.from);
        let sql = format!("{with}SELECT {}", select.replace("{from}", from));
        Some(connection.query_one(&sql, &[]).ok()??.into_values())
    }

    fn without_value(&self, connection: &Connection, column: &str) -> Option<String> {
        let (key, name) = (self.key(connection)?, quote_name(column));
        let select = format!(
            "{key}, count(*) OVER () FROM {{from}} WHERE {name} IS NULL ORDER BY 1 LIMIT 1"
        );
        let values = self.first(connection, &select)?;
        let [key, SqlValue::Integer(count)] = &values[..] else {
            return None;
        };
        let (table, others) = (self.name(), others(count - 1));
        Some(format!(
            "row {} of `{table}` has no `{column}`{others}",
            sql_literal(key)
        ))
    }

    fn alike(&self, connection: &Connection, columns: &[String]) -> Option<String> {
        let names: Vec<_> = columns.iter().map(|column| quote_name(column)).collect();
        let filled = format!("{} IS NOT NULL", names.join(" IS NOT NULL AND "));
        let values = self.grouped(connection, &names.join(", "), &filled)?;
        let same = columns.iter().zip(&values[3..]);
        let same: Vec<_> = same
            .map(|(column, value)| format!("`{column}` = {}", sql_literal(value)))
            .collect();
        self.told(&values, &same.join(", "))
    }

    /// Two keys, the number of groups, and the values that the first group shares.
    fn grouped(&self, connection: &Connection, by: &str, condition: &str) -> Option<Vec<SqlValue>> {
        let key = self.key(connection)?;
        let select = format!(
            "min({key}), max({key}), count(*) OVER (), {by} FROM {{from}} \
             WHERE {condition} GROUP BY {by} HAVING count(*) > 1 ORDER BY 1 LIMIT 1"
        );
        let values = self.first(connection, &select)?;
        (values.len() > 3).then_some(values)
    }

    fn told(&self, values: &[SqlValue], same: &str) -> Option<String> {
        let [first, last, SqlValue::Integer(count), ..] = values else {
            return None;
        };
        let (first, last) = (sql_literal(first), sql_literal(last));
        let (table, others) = (self.name(), others(count - 1));
        // A key that is to become unique names several rows.
        if first == last {
            return Some(format!("rows of `{table}` have the same {same}{others}"));
        }
        Some(format!(
            "rows {first} and {last} of `{table}` both have {same}{others}"
        ))
    }

    /// The row that the check called `what` refuses.
    fn refused(&self, connection: &Connection, what: &str) -> Option<String> {
        let sql = "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?";
        let definition: Vec<String> = connection.column(sql, &[(&self.table).into()]).ok()?;
        let definition = definition.first()?;
        // SQLite calls a check without a name by its text, of which a quoted name at its start is all.
        let (called, quoted) = (
            format!("CONSTRAINT {} ", quote_name(what)),
            quote_name(what),
        );
        let mut checks = definition.match_indices("CHECK ").filter_map(|(at, _)| {
            let (check, _) = script::parenthesized(&definition[at + "CHECK ".len()..])?;
            let is_called = definition[..at].ends_with(&called);
            (is_called || check == what || check.starts_with(&quoted)).then_some(check)
        });
        checks.find_map(|check| self.refused_by(connection, check))
    }

    fn refused_by(&self, connection: &Connection, check: &str) -> Option<String> {
        let columns = self.columns.split(", ");
        let columns: Vec<_> = columns.filter(|name| check.contains(name)).collect();
        let (key, list) = (self.key(connection)?, columns.join(", "));
        let select = format!(
            "{key}, count(*) OVER (), {list} FROM {{from}} WHERE NOT ({check}) ORDER BY 1 LIMIT 1"
        );
        let values = self.first(connection, &select)?;
        let [key, SqlValue::Integer(count), values @ ..] = &values[..] else {
            return None;
        };
        let held = columns.iter().zip(values);
        let held: Vec<_> = held
            .map(|(name, value)| format!("`{}` = {}", name.trim_matches('"'), sql_literal(value)))
            .collect();
        Some(format!(
            "row {} of `{}` has {}{}",
            sql_literal(key),
            self.name(),
            held.join(", "),
            others(count - 1)
        ))
    }
}

/// An index that could not be made.
struct UniqueIndex<'s> {
    table: &'s str,
    what: &'s str,
    condition: &'s str,
}

impl<'s> UniqueIndex<'s> {
    fn parse(sql: &'s str) -> Option<Self> {
        let rest = sql.strip_prefix("CREATE UNIQUE INDEX ")?;
        let (_, rest) = rest.split_once(" ON ")?;
        let (table, rest) = rest.split_once(' ')?;
        let (what, rest) = script::parenthesized(rest)?;
        let condition = rest.trim_start().strip_prefix("WHERE ").unwrap_or("TRUE");
        Some(Self {
            table: table.trim_matches('"'),
            what,
            condition,
        })
    }

    fn alike(&self, connection: &Connection) -> Option<String> {
        let rows = Rows::of(self.table);
        // A group of rows has no order, and nulls are never alike.
        let parts = script::split_at_commas(self.what).into_iter().map(|part| {
            let part = part.trim_end_matches(" DESC").trim_end_matches(" ASC");
            part.to_owned()
        });
        let parts: Vec<_> = parts.collect();
        let filled = parts.join(" IS NOT NULL AND ");
        let condition = format!("({}) AND {filled} IS NOT NULL", self.condition);
        let values = rows.grouped(connection, &parts.join(", "), &condition)?;
        let same = parts.iter().zip(&values[3..]);
        let bare = |part: &str| match script::parenthesized(part) {
            Some((inside, "")) => inside.to_owned(),
            _ => part.trim_matches('"').to_owned(),
        };
        let same: Vec<_> = same
            .map(|(part, value)| format!("`{}` = {}", bare(part), sql_literal(value)))
            .collect();
        rows.told(&values, &same.join(", "))
    }
}

fn others(count: i64) -> String {
    if count < 1 {
        return String::new();
    }
    format!(", and {count} more like it")
}
