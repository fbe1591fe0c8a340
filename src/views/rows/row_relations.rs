//! The rows that belong to a row: what `post.tags` and `author.post_set` are.

use crate::models::{FieldKind, Model, ModelSet as _, Registry, ReverseRelation};
use crate::query::{ModelInstance, Query};
use crate::templates::value::Value;
use crate::values::FieldValue;
use crate::views::HttpError;
use crate::views::rows::conditions::equals;
use crate::views::rows::{QueryValue, RowBatch, RowValue};

impl RowValue {
    /// What the relation called `name` leads to, asked for once.
    pub(super) fn related(&self, name: &str) -> Result<Value, HttpError> {
        self.batch.kept(self.index, name, || {
            let (loader, model) = (&self.batch.loader, &self.batch.model.model);
            let Some(row) = self.instance() else {
                return Ok(Value::UNDEFINED);
            };
            let found = related_query(loader.registry(), model, name, row)?;
            let Some(RelatedQuery { query, is_many }) = found else {
                return Ok(Value::UNDEFINED);
            };
            if is_many {
                return Ok(Value::from_object(QueryValue::new(loader, query)));
            }
            let Some(query) = query else {
                return Ok(Value::from(()));
            };
            let batch = RowBatch::fetch(loader, &query.slice(0, Some(1)))?;
            Ok(match batch.len() {
                0 => Value::from(()),
                _ => Value::from_object(Self::new(batch, 0)),
            })
        })
    }
}

/// The rows of a relation of one row.
struct RelatedQuery {
    /// The rows; none where the row refers to nothing.
    query: Option<Query>,
    /// Whether they may be several.
    is_many: bool,
}

/// What the relation of `model` called `name` leads to from `row`.
fn related_query(
    registry: &Registry,
    model: &Model,
    name: &str,
    row: &ModelInstance,
) -> Result<Option<RelatedQuery>, HttpError> {
    if let Some(field) = model.field(name) {
        let way = ReverseRelation::new(registry, model, field);
        let target = field.kind.target().and_then(|to| registry.target(to));
        let (Some(way), Some(target)) = (way, target) else {
            return Ok(None);
        };
        return Ok(Some(RelatedQuery {
            query: Some(Query::of(target).filter(equals(&way.query_name, row.key()))),
            is_many: true,
        }));
    }
    let key = model.key();
    let models = registry.models();
    let mut ways = models.flat_map(|other| ReverseRelation::of(registry, other));
    let Some(way) = ways.find(|way| way.target == key && way.accessor == name) else {
        return Ok(None);
    };
    let value = match way.field.relation() {
        Some(relation) => {
            let (_, to) = registry.target_field(relation)?;
            row.get(&to.name).unwrap_or(&FieldValue::Null)
        }
        None => row.key(),
    };
    let query = Query::of(way.model).filter(equals(&way.field.name, value));
    Ok(Some(RelatedQuery {
        query: (*value != FieldValue::Null).then_some(query),
        is_many: !matches!(way.field.kind, FieldKind::OneToOne(_)),
    }))
}
