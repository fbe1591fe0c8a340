//! The rows that fields are chosen from.

use std::sync::Arc;

use crate::db::{Connection, Connections, DatabaseError};
use crate::forms::form_choices::FormChoice;
use crate::forms::model_choices::{ChoiceRows, FoundRow, ModelChoices};
use crate::forms::page_choices::PageChoices;
use crate::models::expression::{Comparison, Condition, Expression, Lookup};
use crate::models::{Literal, Model, ModelSet as _, Registry};
use crate::query::{Query, QueryError};
use crate::storage::Storages;
use crate::values::{FieldValue, from_text, to_text};

/// What forms read and write rows by.
#[derive(Debug)]
pub struct FormDatabase {
    /// The models.
    pub registry: Arc<Registry>,
    /// The connections of the thread.
    pub connections: Arc<Connections>,
    /// Where files are stored.
    pub storages: Arc<Storages>,
}

impl FormDatabase {
    /// Reads and writes rows of `registry` over `connections`, and files of `storages`.
    pub fn new(
        registry: &Arc<Registry>,
        connections: &Arc<Connections>,
        storages: &Arc<Storages>,
    ) -> Arc<Self> {
        Arc::new(Self {
            registry: Arc::clone(registry),
            connections: Arc::clone(connections),
            storages: Arc::clone(storages),
        })
    }

    /// What the fields of one page are chosen from.
    pub fn page_choices(self: &Arc<Self>) -> Arc<PageChoices> {
        PageChoices::new(Arc::<Self>::clone(self))
    }

    /// What `work` returns over the connection of the default database.
    pub(in crate::forms) fn with<T, E: From<DatabaseError>>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        self.connections.with(work)
    }

    /// For each row its key, or the field that is sent for it, and its label.
    fn labels(&self, choices: &ModelChoices) -> Result<Vec<FormChoice>, QueryError> {
        let Some(model) = self.registry.find(&choices.model) else {
            return Ok(Vec::new());
        };
        let sent = choices.to_field.as_deref().unwrap_or("pk");
        let label = RowLabel::of(model, choices.label.as_deref());
        let paths: Vec<_> = std::iter::once(sent).chain(label.fields()).collect();
        let query = query_of(choices);
        // Without an order the database may choose another from page to page.
        let query = if query.is_ordered(model) {
            query
        } else {
            query.order_by(["pk"])
        };
        let query = query.on(&self.registry)?;
        let rows = self.with(|connection| query.values_list(connection, &paths))?;
        let choices = rows.into_iter().map(|row| {
            let texts: Vec<_> = row.iter().map(to_text).collect();
            let (sent, values) = texts
                .split_first()
                .map_or(("", &[][..]), |(sent, rest)| (sent.as_str(), rest));
            FormChoice::option(sent, label.write(model, sent, values))
        });
        Ok(choices.collect())
    }

    /// Of the rows those whose key, or other field that is sent, is one of `values`: that, and the key.
    fn keys(
        &self,
        choices: &ModelChoices,
        values: &[FieldValue],
    ) -> Result<Vec<[FieldValue; 2]>, QueryError> {
        let sent = choices.to_field.as_deref().unwrap_or("pk");
        let operands = values.iter().filter_map(literal_of).map(Expression::Value);
        let among = Condition::Compare(Comparison {
            field: sent.to_owned(),
            lookup: Lookup::In,
            operands: operands.collect(),
        });
        let is_key = choices.to_field.is_none();
        let paths = if is_key { vec!["pk"] } else { vec![sent, "pk"] };
        let query = query_of(choices).filter(among).values(paths);
        let query = query.on(&self.registry)?;
        let rows = self.with(|connection| query.values(connection))?.rows;
        let pairs = rows.into_iter().filter_map(|row| {
            let mut row = row.into_iter();
            let sent = row.next()?;
            let key = if is_key { sent.clone() } else { row.next()? };
            Some([sent, key])
        });
        Ok(pairs.collect())
    }
}

/// A key as a condition compares it; none for what no key is.
fn literal_of(value: &FieldValue) -> Option<Literal> {
    match value {
        FieldValue::Integer(number) => Some(Literal::Integer(*number)),
        FieldValue::Float(number) => Some(Literal::Float(*number)),
        FieldValue::Null | FieldValue::Bytes(_) | FieldValue::Json(_) => None,
        value => Some(Literal::String(to_text(value))),
    }
}

/// How a row is called: pieces of text with fields between, of `{{ name }}` in the `str` of its model.
struct RowLabel {
    pieces: Vec<LabelPiece>,
}

enum LabelPiece {
    Text(String),
    Field(String),
}

impl RowLabel {
    fn of(model: &Model, own: Option<&str>) -> Self {
        if let Some(field) = own {
            return Self {
                pieces: vec![LabelPiece::Field(field.to_owned())],
            };
        }
        let mut pieces = Vec::new();
        let mut rest = model.options.str_template.as_deref().unwrap_or_default();
        while let Some((text, after)) = rest.split_once("{{") {
            let Some((name, behind)) = after.split_once("}}") else {
                break;
            };
            pieces.push(LabelPiece::Text(text.to_owned()));
            let path = name.trim().replace('.', "__");
            let is_path = path.chars().all(|c| c.is_alphanumeric() || c == '_');
            if is_path {
                pieces.push(LabelPiece::Field(path));
            }
            rest = behind;
        }
        if !rest.is_empty() {
            pieces.push(LabelPiece::Text(rest.to_owned()));
        }
        Self { pieces }
    }

    fn fields(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            LabelPiece::Field(name) => Some(name.as_str()),
            LabelPiece::Text(_) => None,
        })
    }

    fn write(&self, model: &Model, key: &str, values: &[String]) -> String {
        if self.pieces.is_empty() {
            return format!("{} object ({key})", model.name);
        }
        let mut values = values.iter();
        let pieces = self.pieces.iter().map(|piece| match piece {
            LabelPiece::Text(text) => text.clone(),
            LabelPiece::Field(_) => values.next().cloned().unwrap_or_default(),
        });
        pieces.collect()
    }
}

impl ChoiceRows for FormDatabase {
    fn options(&self, choices: &ModelChoices) -> Vec<FormChoice> {
        // A page cannot say more of a broken database than the query that follows it.
        self.labels(choices).unwrap_or_default()
    }

    fn find(&self, choices: &ModelChoices, sent: &[&str]) -> Vec<FoundRow> {
        let Some(model) = self.registry.find(&choices.model) else {
            return vec![FoundRow::Missing; sent.len()];
        };
        let field = match &choices.to_field {
            Some(name) => model.field(name),
            None => model.primary_key(),
        };
        let Some(field) = field else {
            return vec![FoundRow::Missing; sent.len()];
        };
        let zone = self.registry.time_zone();
        let Ok(kind) = self.registry.value_kind(field) else {
            return vec![FoundRow::Missing; sent.len()];
        };
        let values = sent.iter().map(|text| from_text(kind, text, zone).ok());
        let values: Vec<_> = values.collect();
        let given: Vec<_> = values.iter().flatten().cloned().collect();
        let known = self.keys(choices, &given).unwrap_or_default();
        let found = values.iter().map(|value| {
            let Some(value) = value else {
                return FoundRow::Invalid;
            };
            let pair = known.iter().find(|[sent, _]| sent == value);
            // A reference holds what it refers to: the key, or the other field.
            pair.map_or(FoundRow::Missing, |[sent, key]| {
                FoundRow::Key(
                    if choices.to_field.is_some() {
                        sent
                    } else {
                        key
                    }
                    .clone(),
                )
            })
        });
        found.collect()
    }
}

/// The rows that may be chosen, in their order.
fn query_of(choices: &ModelChoices) -> Query {
    let query = Query::new(choices.model.clone());
    let query = choices.filters.iter().cloned().fold(query, Query::filter);
    if choices.order_by.is_empty() {
        return query;
    }
    query.order_by(choices.order_by.clone())
}
