//! What the relations of a row lead to: `post.tags`, `author.post_set`, `user.profile`.

use std::sync::Arc;

use crate::query::{ModelInstance, Query, RelatedAccessor, RelatedRows};
use crate::templates::value::Value;
use crate::views::HttpError;
use crate::views::rows::row_batch::RowRelation;
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
                    let rows = rows.iter().map(Arc::clone).collect();
                    let batch = RowBatch::shared(loader, &accessor.target.key(), rows)?;
                    let query = query.unwrap_or_else(|| Query::of(accessor.target));
                    return Ok(Value::from_object(QueryValue::loaded(batch, query)));
                }
                None => {}
            }
            if accessor.is_many {
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
        let batch = RowBatch::shared(&loader, &row.model().key(), vec![Arc::clone(row)])?;
        Ok(Value::from_object(Self::new(batch, 0)))
    }
}
