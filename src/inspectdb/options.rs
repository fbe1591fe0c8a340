//! The indexes and constraints of a model, from those of its table.

use std::collections::BTreeSet;

use crate::db::introspection::TableIndex;
use crate::inspectdb::index_definition::{IndexDefinition, is_field_index, is_valid_index_name};
use crate::inspectdb::inspected_field::{InspectedField, field_of};
use crate::inspectdb::inspected_table::InspectedTable;
use crate::inspectdb::model_draft::ModelDraft;
use crate::inspectdb::sql::{Sql, Token, parse};
use crate::inspectdb::sql_to_model::SqlToModel;
use crate::inspectdb::table_definition::{CheckClause, TableDefinition};
use crate::models::expression::{Comparison, Condition, Expression, IndexExpression, Lookup};
use crate::models::write::{constraint, index, texts};
use crate::models::{Constraint, ConstraintKind, Index, IndexField, Literal};

/// What a model declares of its table, beside its fields.
#[derive(Clone, Debug, Default)]
pub(super) struct ModelDeclarations {
    pub(super) unique_together: Vec<String>,
    pub(super) indexes: Vec<String>,
    pub(super) constraints: Vec<String>,
    /// Statements that a model cannot say.
    pub(super) left_out: Vec<String>,
}

/// Puts the options of one table together.
struct DeclarationsReader<'t> {
    table: &'t InspectedTable,
    fields: &'t [InspectedField],
    /// Names of indexes and constraints, which the whole database shares.
    taken: &'t mut BTreeSet<String>,
    found: ModelDeclarations,
}

/// The options of the model of `table`.
pub(super) fn options(model: &ModelDraft<'_>, taken: &mut BTreeSet<String>) -> ModelDeclarations {
    let ModelDraft { table, fields, .. } = model;
    let definition = &table.definition;
    let mut reader = DeclarationsReader {
        table,
        fields,
        taken,
        found: ModelDeclarations::default(),
    };
    for (name, columns) in &definition.uniques {
        reader.unique_constraint(name, columns);
    }
    for found in &table.indexes {
        reader.index(found, definition);
    }
    for check in &definition.checks {
        reader.check(check);
    }
    reader.found
}

/// Whether the column is unique by itself, without a constraint that has a name.
pub(super) fn is_unique(table: &InspectedTable, column: &str) -> bool {
    table.indexes.iter().any(|index| {
        let only = match IndexDefinition::of(index) {
            Some(declared) => declared.only_column() == Some(column),
            None => columns(index) == [column] && !is_named(&table.definition, index),
        };
        index.unique && only
    })
}

/// Whether a constraint with a name made the index.
fn is_named(definition: &TableDefinition, index: &TableIndex) -> bool {
    let own = columns(index);
    definition
        .uniques
        .iter()
        .any(|(_, columns)| *columns == own)
}

fn columns(index: &TableIndex) -> Vec<&str> {
    let columns = index.columns.iter();
    columns.filter_map(|(name, _)| name.as_deref()).collect()
}

impl DeclarationsReader<'_> {
    fn names(&self, columns: &[&str]) -> Option<Vec<String>> {
        let names = columns.iter().map(|column| field_of(self.fields, column));
        names.map(|name| name.map(ToOwned::to_owned)).collect()
    }

    /// `name`, if nothing else in the database has it.
    fn free(&mut self, name: &str) -> String {
        let numbered = (2..).map(|number| format!("{name}{number}"));
        let mut names = std::iter::once(name.to_owned()).chain(numbered);
        let free = names.find(|name| !self.taken.contains(name));
        let name = free.unwrap_or_default();
        self.taken.insert(name.clone());
        name
    }

    fn unique_constraint(&mut self, name: &str, columns: &[String]) {
        let columns: Vec<_> = columns.iter().map(String::as_str).collect();
        if let Some(names) = self.names(&columns) {
            let usual = format!("{}_unique", self.table.model.to_lowercase());
            let name = if name.is_empty() { &usual } else { name };
            self.constraint(name, ConstraintKind::Unique(names));
        }
    }

    fn constraint(&mut self, name: &str, kind: ConstraintKind) {
        let name = self.free(name);
        self.named_constraint(name, kind);
    }

    fn named_constraint(&mut self, name: String, kind: ConstraintKind) {
        self.found.constraints.push(constraint(&Constraint {
            name,
            kind,
            violation_error_message: None,
            violation_error_code: None,
        }));
    }

    fn index(&mut self, index: &TableIndex, definition: &TableDefinition) {
        let Some(declared) = IndexDefinition::of(index) else {
            let own = columns(index);
            if own.len() > 1 && !is_primary(self.table, &own) && !is_named(definition, index) {
                self.together(&own);
            }
            return;
        };
        let plain = declared.columns().filter(|_| declared.condition.is_none());
        if let (Some(columns), true) = (&plain, index.unique)
            && columns.iter().all(|(_, descending)| !descending)
        {
            let columns: Vec<_> = columns.iter().map(|(name, _)| *name).collect();
            if columns.len() > 1 {
                self.together(&columns);
            }
            return;
        }
        let is_field = declared
            .only_column()
            .is_some_and(|name| is_field_index(index, name));
        if !is_field && self.declared(index, &declared).is_none() {
            self.leave_out(&index.sql);
        }
    }

    fn together(&mut self, columns: &[&str]) {
        if let Some(names) = self.names(columns) {
            self.found.unique_together.push(texts(&names));
        }
    }

    /// An index with its own name, or a constraint that is one.
    fn declared(&mut self, found: &TableIndex, declared: &IndexDefinition) -> Option<()> {
        let sql_to_model = SqlToModel::new(self.fields);
        let condition = match &declared.condition {
            Some(tokens) => Some(sql_to_model.condition(tokens)?),
            None => None,
        };
        let (mut fields, mut expressions) = (Vec::new(), Vec::new());
        if let Some(columns) = declared.columns() {
            for (column, descending) in columns {
                let name = field_of(self.fields, column)?.to_owned();
                fields.push(IndexField { name, descending });
            }
        } else {
            let parts = declared.parts.iter().map(|part| sql_to_model.part(part));
            expressions = parts.collect::<Option<_>>()?;
        }
        if found.unique {
            self.unique_index(&found.name, fields, expressions, condition);
            return Some(());
        }
        // Under another name it would be another index, and this one nobody's.
        is_valid_index_name(&found.name).then_some(())?;
        self.found.indexes.push(index(&Index {
            name: Some(found.name.clone()),
            fields,
            expressions,
            condition,
        }));
        Some(())
    }

    fn unique_index(
        &mut self,
        name: &str,
        fields: Vec<IndexField>,
        mut expressions: Vec<IndexExpression>,
        condition: Option<Condition>,
    ) {
        let mut names = Vec::new();
        if fields.iter().any(|field| field.descending) {
            // The fields of a constraint run forwards; its expressions may not.
            expressions = fields
                .into_iter()
                .map(|field| IndexExpression {
                    expression: Expression::F(field.name),
                    descending: field.descending.then_some(true),
                })
                .collect();
        } else {
            names.extend(fields.into_iter().map(|field| field.name));
        }
        let kind = ConstraintKind::UniqueIndex {
            fields: names,
            expressions,
            condition,
        };
        self.named_constraint(name.to_owned(), kind);
    }

    fn check(&mut self, check: &CheckClause) {
        if self.is_implied(&check.condition) {
            return;
        }
        let condition = SqlToModel::new(self.fields).condition(&check.condition);
        let usual = format!("{}_check", self.table.model.to_lowercase());
        let name = check.name.clone().filter(|name| !name.is_empty());
        let name = name.unwrap_or(usual);
        if let Some(condition) = condition {
            return self.constraint(&name, ConstraintKind::Check(condition));
        }
        let named = check.name.as_ref().map(|name| format!("`{name}`, "));
        let sql = written(&check.condition);
        self.leave_out(&format!("{}CHECK ({sql})", named.unwrap_or_default()));
    }

    /// Whether the type of a field checks this by itself.
    fn is_implied(&self, tokens: &[Token]) -> bool {
        let class = |name: &str| {
            let field = self.fields.iter().find(|field| field.name == name);
            field.map_or("", |field| field.class.as_str())
        };
        match (
            parse(tokens),
            SqlToModel::new(self.fields).condition(tokens),
        ) {
            (
                _,
                Some(Condition::Compare(Comparison {
                    field,
                    lookup,
                    operands,
                })),
            ) => {
                let zero = [Expression::Value(Literal::Integer(0))];
                let is_positive = class(&field).starts_with("Positive");
                is_positive && lookup == Lookup::Gte && operands == zero
            }
            (Some(Sql::Binary(or, left, _)), None) if or == "OR" => {
                matches!(*left, Sql::Call(name, arguments) if name == "JSON_VALID"
                    && matches!(arguments.as_slice(), [Sql::Column(column)]
                        if field_of(self.fields, column).is_some_and(|name| class(name) == "JSONField")))
            }
            _ => false,
        }
    }

    fn leave_out(&mut self, sql: &str) {
        let words: Vec<_> = sql.split_whitespace().collect();
        self.found.left_out.push(words.join(" "));
    }
}

fn is_primary(table: &InspectedTable, columns: &[&str]) -> bool {
    let keys = table.columns.iter().filter(|column| column.key > 0);
    let names: Vec<_> = keys.map(|column| column.name.as_str()).collect();
    columns.len() == names.len() && columns.iter().all(|name| names.contains(name))
}

/// Tokens as SQL again.
pub(super) fn written(tokens: &[Token]) -> String {
    let text = |token: &Token| match token {
        Token::Word(text) | Token::Number(text) | Token::Symbol(text) => text.clone(),
        Token::Name(name) => crate::db::quote_name(name),
        Token::Text(text) => format!("'{}'", text.replace('\'', "''")),
    };
    tokens.iter().map(text).collect::<Vec<_>>().join(" ")
}
