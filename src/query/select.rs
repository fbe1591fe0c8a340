//! A question to the rows of a model, compiled to one `SELECT`.

use std::fmt::Write as _;

use crate::db::{SqlValue, quote_name};
use crate::models::{Field, FieldKind, Model, Registry};
use crate::query::QueryError;
use crate::query::kind::{key_fields, target_field, value_kind};

/// A column of a question: whose it is, and what it holds.
#[derive(Clone, Copy, Debug)]
pub struct Column<'r> {
    /// The field.
    pub field: &'r Field,
    /// What it holds, references followed.
    pub kind: &'r FieldKind,
}

/// Rows of a model, in some order, with columns of it and of what it refers to.
#[derive(Debug)]
pub struct Select<'r> {
    registry: &'r Registry,
    model: &'r Model,
    joins: Vec<Join<'r>>,
    between: String,
    columns: Vec<String>,
    conditions: Vec<String>,
    values: Vec<SqlValue>,
    order: Vec<String>,
}

/// A table that a reference leads to.
#[derive(Debug)]
struct Join<'r> {
    from: usize,
    field: &'r Field,
    clause: String,
}

/// The last step of a path: a field of the model behind some joins.
struct Step<'r> {
    alias: usize,
    field: &'r Field,
    /// Whether the path names the reference itself: `author_id`.
    by_attribute: bool,
}

impl<'r> Select<'r> {
    /// The rows of `model`.
    pub fn new(registry: &'r Registry, model: &'r Model) -> Self {
        Self {
            registry,
            model,
            joins: Vec::new(),
            between: String::new(),
            columns: Vec::new(),
            conditions: Vec::new(),
            values: Vec::new(),
            order: Vec::new(),
        }
    }

    /// Asks for the column at the end of `path`, such as `title` or `content_type__model`.
    pub fn column(&mut self, path: &str) -> Result<Column<'r>, QueryError> {
        let step = self.walk(path)?;
        self.columns.push(name(step.alias, &step.field.column()));
        Ok(Column {
            field: step.field,
            kind: value_kind(self.registry, step.field)?,
        })
    }

    /// Asks for the column `column` of the table of [`Select::join_through`].
    pub fn through_column(&mut self, column: &str) {
        self.columns.push(format!("b.{}", quote_name(column)));
    }

    /// Joins the rows of `table`, whose `column` refers to this model's primary key.
    pub fn join_through(&mut self, table: &str, column: &str) -> Result<(), QueryError> {
        let key = self.primary_key()?.column();
        let clause = format!(
            " INNER JOIN {} b ON {} = b.{}",
            quote_name(table),
            name(0, &key),
            quote_name(column)
        );
        self.between = clause;
        Ok(())
    }

    /// Keeps the rows whose `column` in the table of [`Select::join_through`] is one of `values`.
    pub fn filter_through_in(&mut self, column: &str, values: Vec<SqlValue>) {
        let marks = vec!["?"; values.len()].join(", ");
        let column = quote_name(column);
        self.conditions.push(format!("b.{column} IN ({marks})"));
        self.values.extend(values);
    }

    /// Keeps the rows whose column at the end of `path` is one of `values`.
    pub fn filter_in(&mut self, path: &str, values: Vec<SqlValue>) -> Result<(), QueryError> {
        let step = self.walk(path)?;
        let marks = vec!["?"; values.len()].join(", ");
        let column = name(step.alias, &step.field.column());
        self.conditions.push(format!("{column} IN ({marks})"));
        self.values.extend(values);
        Ok(())
    }

    /// Orders by `term`, such as `-published_at`; a reference orders as its model does.
    pub fn order_by(&mut self, term: &str) -> Result<(), QueryError> {
        self.order_term(term, false, 0)
    }

    /// Orders as the model's own `ordering` says.
    pub fn order_by_default(&mut self) -> Result<(), QueryError> {
        for term in &self.model.options.ordering {
            self.order_by(term)?;
        }
        Ok(())
    }

    /// Orders by the primary key, whatever it refers to.
    pub fn order_by_key(&mut self) -> Result<(), QueryError> {
        for field in key_fields(self.model)? {
            self.order.push(format!("{} ASC", name(0, &field.column())));
        }
        Ok(())
    }

    /// The statement.
    pub fn sql(&self) -> String {
        let table = quote_name(&self.model.db_table());
        let mut sql = format!("SELECT {} FROM {table} t0", self.columns.join(", "));
        sql.push_str(&self.between);
        for join in &self.joins {
            sql.push_str(&join.clause);
        }
        for (word, parts, glue) in [
            ("WHERE", &self.conditions, " AND "),
            ("ORDER BY", &self.order, ", "),
        ] {
            if !parts.is_empty() {
                // Writing to a string cannot fail.
                write!(sql, " {word} {}", parts.join(glue)).ok();
            }
        }
        sql
    }

    /// The values of the statement's placeholders.
    pub fn values(&self) -> &[SqlValue] {
        &self.values
    }

    fn primary_key(&self) -> Result<&'r Field, QueryError> {
        let model = self.model;
        let key = model.primary_key().filter(|field| field.has_column());
        key.ok_or_else(|| QueryError::NoPrimaryKey(model.key()))
    }

    fn order_term(&mut self, term: &str, turned: bool, depth: usize) -> Result<(), QueryError> {
        let (path, descending) = match term.strip_prefix('-') {
            Some(path) => (path, !turned),
            None => (term, turned),
        };
        let step = self.walk(path)?;
        if step.field.relation().is_some() && !step.by_attribute && depth < 8 {
            let (target, _) = target_field(self.registry, step.field)?;
            let terms = &target.options.ordering;
            for term in terms {
                let (sign, inner) = match term.strip_prefix('-') {
                    Some(inner) => ("-", inner),
                    None => ("", term.as_str()),
                };
                self.order_term(&format!("{sign}{path}__{inner}"), descending, depth + 1)?;
            }
            if !terms.is_empty() {
                return Ok(());
            }
        }
        let direction = if descending { "DESC" } else { "ASC" };
        let column = name(step.alias, &step.field.column());
        self.order.push(format!("{column} {direction}"));
        Ok(())
    }

    /// Follows the references of `path`, joining what is not joined yet.
    fn walk(&mut self, path: &str) -> Result<Step<'r>, QueryError> {
        let (mut alias, mut model) = (0, self.model);
        let mut names = path.split("__").peekable();
        loop {
            let part = names.next().unwrap_or_default();
            let (field, by_attribute) = find(model, part)?;
            if names.peek().is_none() {
                return Ok(Step {
                    alias,
                    field,
                    by_attribute,
                });
            }
            (alias, model) = self.join(alias, field, model)?;
        }
    }

    fn join(
        &mut self,
        from: usize,
        field: &'r Field,
        model: &'r Model,
    ) -> Result<(usize, &'r Model), QueryError> {
        if field.relation().is_none() {
            return Err(unknown(model, &field.name));
        }
        let (target, to) = target_field(self.registry, field)?;
        let same = |join: &Join<'_>| join.from == from && join.field.name == field.name;
        if let Some(index) = self.joins.iter().position(same) {
            return Ok((index + 1, target));
        }
        let alias = self.joins.len() + 1;
        // Once a row may be missing, so may all that it refers to.
        let clause = format!(
            " LEFT OUTER JOIN {} t{alias} ON {} = {}",
            quote_name(&target.db_table()),
            name(from, &field.column()),
            name(alias, &to.column())
        );
        self.joins.push(Join {
            from,
            field,
            clause,
        });
        Ok((alias, target))
    }
}

fn find<'r>(model: &'r Model, part: &str) -> Result<(&'r Field, bool), QueryError> {
    if part == "pk" {
        let key = model.primary_key();
        let key = key.ok_or_else(|| QueryError::NoPrimaryKey(model.key()))?;
        return Ok((key, true));
    }
    let named = model.columns().find(|field| field.name == part);
    if let Some(field) = named {
        return Ok((field, false));
    }
    let mut columns = model.columns();
    let found = columns.find(|field| field.attname() == part);
    found
        .map(|field| (field, true))
        .ok_or_else(|| unknown(model, part))
}

fn unknown(model: &Model, field: &str) -> QueryError {
    QueryError::UnknownField {
        model: model.key(),
        field: field.to_owned(),
    }
}

fn name(alias: usize, column: &str) -> String {
    format!("t{alias}.{}", quote_name(column))
}
