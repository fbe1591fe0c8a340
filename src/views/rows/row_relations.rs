//! What the relations of a row lead to: `post.tags`, `author.post_set`, `user.profile`.

use std::sync::Arc;

use crate::db::with_statement_cause;
use crate::query::{ModelInstance, Query, RelatedAccessor, RelatedRows};
use crate::templates::value::Value;
use crate::views::HttpError;
use crate::views::rows::row_batch::{BatchRows, RowRelation};
use crate::views::rows::{QueryValue, RowBatch, RowValue};

impl RowValue {
    /// What the relation called `name` leads to, asked for once.
    pub(super) fn related(&self, name: &str) -> Result<Value, HttpError> {
        let Some(row) = self.instance() else {
            return Ok(Value::UNDEFINED);
        };
        let relation = RowRelation::Named(name.to_owned());
        self.batch.kept(self.index, relation, || {
            let (loader, model) = (&self.batch.loader, &self.batch.model.model);
            let accessor = RelatedAccessor::find(loader.registry(), model, name)?;
            let query = accessor.query(row);
            match row.related(name) {
                Some(RelatedRows::One(found)) => return self.one(found.as_ref()),
                Some(RelatedRows::Many(rows)) => {
                    let rows = BatchRows::Shared(Arc::clone(rows));
                    let batch = RowBatch::shared(loader, &accessor.target.key(), rows)?;
                    let query = query.unwrap_or_else(|| Query::of(accessor.target));
                    return Ok(Value::from_object(QueryValue::loaded(batch, query)));
                }
                None => {}
            }
            let cause = self.cause(name, accessor.is_many);
            if accessor.is_many {
                return Ok(Value::from_object(QueryValue::caused(loader, query, cause)));
            }
            let Some(query) = query else {
                return Ok(Value::from(()));
            };
            let batch = with_statement_cause(cause.as_ref(), || {
                RowBatch::fetch(loader, &query.slice(0, Some(1)))
            })?;
            Ok(match batch.len() {
                0 => Value::from(()),
                _ => Value::from_object(Self::new(batch, 0)),
            })
        })
    }

    /// What a developer is told where each row of a list asks for its own `name`.
    fn cause(&self, name: &str, is_many: bool) -> Option<Arc<str>> {
        if self.batch.len() < 2 {
            return None;
        }
        let model = &self.batch.model.model.name;
        let mend = if is_many {
            format!(
                "`prefetch_related = [\"{name}\"]` reads them at once, and an annotation with `Count` counts them"
            )
        } else {
            format!("`select_related = [\"{name}\"]` reads them at once")
        };
        Some(Arc::from(format!(
            "each `{model}` of a list asks for its `{name}`: {mend}"
        )))
    }

    /// What was read along under a name of its own (`to_attr` of a prefetch): a list, or a row.
    pub(super) fn read_along(&self, name: &str) -> Result<Option<Value>, HttpError> {
        let found = self.instance().and_then(|row| row.related(name));
        let rows = match found {
            None => return Ok(None),
            Some(RelatedRows::One(found)) => return self.one(found.as_ref()).map(Some),
            Some(RelatedRows::Many(rows)) => rows,
        };
        let Some(first) = rows.first() else {
            return Ok(Some(Value::from(Vec::<Value>::new())));
        };
        let model = first.model().key();
        let relation = RowRelation::Named(name.to_owned());
        let list = self.batch.kept(self.index, relation, || {
            let rows = BatchRows::Shared(Arc::clone(rows));
            let batch = RowBatch::shared(&self.batch.loader, &model, rows)?;
            let rows = (0..batch.len()).map(|index| Self::new(Arc::clone(&batch), index));
            Ok(rows.map(Value::from_object).collect())
        });
        list.map(Some)
    }

    /// The row that the field called `name`, at `place` of the model, refers to.
    pub(super) fn referred(&self, place: usize, name: &str) -> Result<Value, HttpError> {
        let selected = self.instance().and_then(|row| row.related(name));
        if let Some(RelatedRows::One(found)) = selected {
            return self.batch.kept(self.index, RowRelation::Field(place), || {
                self.one(found.as_ref())
            });
        }
        Ok(match self.batch.referred(self.index, place)? {
            Some(row) => Value::from_object(row),
            None => Value::from(()),
        })
    }

    /// A row that was read along with this one.
    fn one(&self, row: Option<&Arc<ModelInstance>>) -> Result<Value, HttpError> {
        let Some(row) = row else {
            return Ok(Value::from(()));
        };
        let loader = Arc::clone(&self.batch.loader);
        let batch = RowBatch::shared(&loader, &row.model().key(), BatchRows::One(Arc::clone(row)))?;
        Ok(Value::from_object(Self::new(batch, 0)))
    }
}
