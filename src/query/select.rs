//! Rows of a model as one `SELECT`: columns, order and conditions by the names of fields.

use crate::db::SqlValue;
use crate::db::sql::{Join, JoinKind, OrderBy, SelectStatement, SqlExpression, TableSource};
use crate::models::{Field, FieldKind, Model, ModelSet as _, ReferenceError, Registry};
use crate::query::{QueryError, key_fields};

/// What the table of [`ModelSelect::join_through`] is called.
const THROUGH: &str = "through";

/// A selected column: whose it is, and what it holds.
#[derive(Clone, Copy, Debug)]
pub struct SelectedColumn<'r> {
    /// The field.
    pub field: &'r Field,
    /// What it holds, references followed.
    pub kind: &'r FieldKind,
}

/// Rows of a model, in some order, with columns of it and of what it refers to.
#[derive(Debug)]
pub struct ModelSelect<'r> {
    registry: &'r Registry,
    model: &'r Model,
    joined: Vec<JoinedReference<'r>>,
    statement: SelectStatement,
}

/// A reference whose model is joined; the table is called by the place of this in the list.
#[derive(Debug)]
struct JoinedReference<'r> {
    /// The table that refers.
    from: usize,
    field: &'r Field,
}

/// The last step of a path: a field of the model behind some joins.
struct PathEnd<'r> {
    table: usize,
    field: &'r Field,
    /// Whether the path names the reference itself: `author_id`.
    by_attribute: bool,
}

impl PathEnd<'_> {
    fn column(&self) -> SqlExpression {
        column(self.table, &self.field.column())
    }
}

impl<'r> ModelSelect<'r> {
    /// The rows of `model`.
    pub fn new(registry: &'r Registry, model: &'r Model) -> Self {
        Self {
            registry,
            model,
            joined: Vec::new(),
            statement: SelectStatement::from_alias(model.db_table(), alias(0)),
        }
    }

    /// The statement so far.
    pub fn statement(&self) -> &SelectStatement {
        &self.statement
    }

    /// The statement.
    pub fn into_statement(self) -> SelectStatement {
        self.statement
    }

    /// Selects the column at the end of `path`, such as `title` or `content_type__model`.
    pub fn column(&mut self, path: &str) -> Result<SelectedColumn<'r>, QueryError> {
        let end = self.walk(path)?;
        self.statement.columns.push(end.column());
        Ok(SelectedColumn {
            field: end.field,
            kind: self.registry.value_kind(end.field)?,
        })
    }

    /// Selects the column `column` of the table of [`ModelSelect::join_through`].
    pub fn through_column(&mut self, column: &str) {
        let column = SqlExpression::column_of(THROUGH, column);
        self.statement.columns.push(column);
    }

    /// Joins the rows of `table`, whose `column` refers to this model's primary key.
    pub fn join_through(&mut self, table: &str, column: &str) -> Result<(), QueryError> {
        let key = self.primary_key()?.column();
        let through = Join {
            kind: JoinKind::Inner,
            source: TableSource::with_alias(table, THROUGH),
            on: self::column(0, &key).equals(SqlExpression::column_of(THROUGH, column)),
        };
        self.statement.joins.insert(0, through);
        Ok(())
    }

    /// Keeps the rows whose `column` in the table of [`ModelSelect::join_through`] is one of `values`.
    pub fn filter_through_in(&mut self, column: &str, values: Vec<SqlValue>) {
        self.filter(SqlExpression::column_of(THROUGH, column).is_in(values));
    }

    /// Keeps the rows whose column at the end of `path` is one of `values`.
    pub fn filter_in(&mut self, path: &str, values: Vec<SqlValue>) -> Result<(), QueryError> {
        let column = self.walk(path)?.column();
        self.filter(column.is_in(values));
        Ok(())
    }

    fn filter(&mut self, condition: SqlExpression) {
        let statement = std::mem::take(&mut self.statement);
        self.statement = statement.filter(condition);
    }

    /// Orders by `term`, such as `-published_at`; a reference orders as its model does.
    pub fn order_by(&mut self, term: &str) -> Result<(), QueryError> {
        self.order_term(term, false)
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
            let order = OrderBy::ascending(column(0, &field.column()));
            self.statement.order_by.push(order);
        }
        Ok(())
    }

    fn primary_key(&self) -> Result<&'r Field, ReferenceError> {
        let model = self.model;
        let key = model.primary_key().filter(|field| field.has_column());
        key.ok_or_else(|| ReferenceError::NoPrimaryKey(model.key()))
    }

    /// Follows the orders of models referred to; none leads back to itself, which is a mistake of models.
    fn order_term(&mut self, term: &str, reverse: bool) -> Result<(), QueryError> {
        let (path, descending) = match term.strip_prefix('-') {
            Some(path) => (path, !reverse),
            None => (term, reverse),
        };
        let end = self.walk(path)?;
        if let Some(relation) = end.field.relation()
            && !end.by_attribute
        {
            let (target, _) = self.registry.target_field(relation)?;
            let terms = &target.options.ordering;
            for term in terms {
                let (sign, inner) = match term.strip_prefix('-') {
                    Some(inner) => ("-", inner),
                    None => ("", term.as_str()),
                };
                self.order_term(&format!("{sign}{path}__{inner}"), descending)?;
            }
            if !terms.is_empty() {
                return Ok(());
            }
        }
        self.statement.order_by.push(OrderBy {
            descending,
            ..OrderBy::ascending(end.column())
        });
        Ok(())
    }

    /// Follows the references of `path`, joining what is not joined yet.
    fn walk(&mut self, path: &str) -> Result<PathEnd<'r>, QueryError> {
        let (mut table, mut model) = (0, self.model);
        let mut names = path.split("__").peekable();
        loop {
            let part = names.next().unwrap_or_default();
            let (field, by_attribute) = find(model, part)?;
            if names.peek().is_none() {
                return Ok(PathEnd {
                    table,
                    field,
                    by_attribute,
                });
            }
            (table, model) = self.join(table, field, model)?;
        }
    }

    fn join(
        &mut self,
        from: usize,
        field: &'r Field,
        model: &'r Model,
    ) -> Result<(usize, &'r Model), QueryError> {
        let relation = field.relation();
        let relation = relation.ok_or_else(|| unknown(model, &field.name))?;
        let (target, to) = self.registry.target_field(relation)?;
        let mut joined = self.joined.iter();
        let same = |join: &JoinedReference<'_>| join.from == from && join.field.name == field.name;
        if let Some(index) = joined.position(same) {
            return Ok((index + 1, target));
        }
        self.joined.push(JoinedReference { from, field });
        let table = self.joined.len();
        self.statement.joins.push(Join {
            // Once a row may be missing, so may all that it refers to.
            kind: JoinKind::LeftOuter,
            source: TableSource::with_alias(target.db_table(), alias(table)),
            on: column(from, &field.column()).equals(column(table, &to.column())),
        });
        Ok((table, target))
    }
}

fn find<'r>(model: &'r Model, part: &str) -> Result<(&'r Field, bool), ReferenceError> {
    if part == "pk" {
        let key = model.primary_key();
        let key = key.ok_or_else(|| ReferenceError::NoPrimaryKey(model.key()))?;
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

fn unknown(model: &Model, field: &str) -> ReferenceError {
    ReferenceError::UnknownField {
        model: model.key(),
        field: field.to_owned(),
    }
}

/// What a table is called: that of the model itself is 0, joined ones follow.
fn alias(table: usize) -> String {
    format!("t{table}")
}

fn column(table: usize, column: &str) -> SqlExpression {
    SqlExpression::column_of(&alias(table), column)
}
