//! What the definition of a table says that SQLite's pragmas do not tell.

use std::collections::BTreeMap;

use crate::inspectdb::sql::{Sql, Token, closing, parse, split, tokens};

/// A check and its name, if it has one.
#[derive(Clone, Debug)]
pub(super) struct CheckClause {
    pub(super) name: Option<String>,
    pub(super) condition: Vec<Token>,
}

/// What the database computes a column from, and whether it keeps it.
#[derive(Clone, Debug)]
pub(super) struct GeneratedColumn {
    pub(super) expression: Vec<Token>,
    pub(super) stored: bool,
}

/// The definition of a table.
#[derive(Clone, Debug, Default)]
pub(super) struct TableDefinition {
    /// Collations, by the lower-case names of columns.
    pub(super) collations: BTreeMap<String, String>,
    /// Computed columns, likewise.
    pub(super) generated: BTreeMap<String, GeneratedColumn>,
    pub(super) checks: Vec<CheckClause>,
    /// Named sets of columns that are unique together.
    pub(super) uniques: Vec<(String, Vec<String>)>,
    /// Whether the rows have no numbers.
    pub(super) without_rowid: bool,
}

impl TableDefinition {
    /// Reads `CREATE TABLE`; empty for a view.
    pub(super) fn read(sql: &str) -> Self {
        let mut found = Self::default();
        let all = tokens(sql);
        let is_table = all.get(1).is_some_and(|token| token.is("TABLE"));
        let open = all.iter().position(|token| token.is("("));
        let Some((open, end)) = open
            .filter(|_| is_table)
            .and_then(|open| Some((open, closing(&all, open)?)))
        else {
            return found;
        };
        found.without_rowid = all[end..].iter().any(|token| token.is("WITHOUT"));
        for part in split(&all[open + 1..end]) {
            let words = ["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"];
            match part {
                [first, ..] if words.iter().any(|word| first.is(word)) => found.clauses("", part),
                [first, rest @ ..] => {
                    let column = first.name().unwrap_or_default().to_lowercase();
                    found.clauses(&column, rest);
                }
                [] => {}
            }
        }
        found
    }

    /// Whether a check sees to it that the column holds JSON, as Django writes it.
    pub(super) fn is_json(&self, column: &str) -> bool {
        let is_valid = |sql: &Sql| match sql {
            Sql::Call(name, arguments) => {
                let is_it = |sql: &Sql| matches!(sql, Sql::Column(name) if name.eq_ignore_ascii_case(column));
                name == "JSON_VALID" && arguments.len() == 1 && is_it(&arguments[0])
            }
            _ => false,
        };
        self.checks
            .iter()
            .any(|check| match parse(&check.condition) {
                Some(Sql::Binary(or, left, right)) if or == "OR" => {
                    is_valid(&left) && matches!(*right, Sql::IsNull(_, true))
                }
                _ => false,
            })
    }

    /// The clauses of a column, or one of the table.
    fn clauses(&mut self, column: &str, part: &[Token]) {
        let (mut at, mut name) = (0, None);
        while let Some(token) = part.get(at) {
            let next = part.get(at + 1);
            if token.is("CONSTRAINT") {
                name = next.and_then(Token::name).map(ToOwned::to_owned);
                at += 2;
                continue;
            }
            if token.is("COLLATE") {
                let collation = next.and_then(Token::name).unwrap_or_default();
                self.collations
                    .insert(column.to_owned(), collation.to_owned());
            }
            let opens = next.is_some_and(|next| next.is("("));
            let Some(end) = opens.then(|| closing(part, at + 1)).flatten() else {
                at += 1;
                continue;
            };
            let inner = &part[at + 2..end];
            if token.is("CHECK") {
                let condition = inner.to_vec();
                self.checks.push(CheckClause {
                    name: name.take(),
                    condition,
                });
            } else if token.is("AS") {
                let stored = part.get(end + 1).is_some_and(|word| word.is("STORED"));
                let expression = inner.to_vec();
                self.generated
                    .insert(column.to_owned(), GeneratedColumn { expression, stored });
            } else if token.is("UNIQUE")
                && let Some(name) = name.take()
            {
                let columns = inner.iter().filter_map(Token::name);
                self.uniques
                    .push((name, columns.map(ToOwned::to_owned).collect()));
            }
            at = end + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::TableDefinition;

    #[test]
    fn clauses_are_found_where_they_stand() {
        let found = TableDefinition::read(
            "CREATE TABLE \"a (b)\" (x text COLLATE nocase DEFAULT 'CHECK (1)' /* ) */ NOT NULL,
             [y z] integer CHECK (x <> ')') GENERATED ALWAYS AS (length(x)) STORED, v AS (x),
             CONSTRAINT \"one\" CHECK ((x = 'a') AND y > 1), CONSTRAINT two UNIQUE (x, \"y z\"), UNIQUE (x),
             FOREIGN KEY (x) REFERENCES b (c))",
        );
        assert_eq!(found.collations["x"], "nocase");
        assert!(found.generated["y z"].stored && !found.generated["v"].stored);
        let names: Vec<_> = found
            .checks
            .iter()
            .map(|check| check.name.as_deref())
            .collect();
        assert_eq!(names, [None, Some("one")]);
        assert_eq!(
            found.uniques,
            [("two".to_owned(), vec!["x".to_owned(), "y z".to_owned()])]
        );
        assert!(
            TableDefinition::read("CREATE VIEW v AS SELECT (1)")
                .checks
                .is_empty()
        );
    }
}
