//! One row, under the names that Django's model instances have.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use crate::query::ModelInstance;
use crate::templates::value::{
    DynObject, Error, IDENTITY, Object, ObjectRepr, State, Value, from_field, unknown_method,
};
use crate::values::{self, FieldValue};
use crate::views::HttpError;
use crate::views::rows::RowValue;
use crate::views::rows::file_value::FileValue;
use crate::views::rows::meta_value::MetaValue;
use crate::views::rows::row_model::{RowAttribute, choice_label};

impl RowValue {
    /// What `name` is of this row; `None` where its model has no such name.
    pub(crate) fn attribute(&self, name: &str) -> Result<Option<Value>, HttpError> {
        let (batch, model) = (&self.batch, &self.batch.model);
        let Some(row) = self.instance() else {
            return Ok(None);
        };
        match name {
            "pk" => return Ok(Some(from_field(row.key(), batch.loader.zone()))),
            IDENTITY => return Ok(Some(identity(row))),
            "_meta" => {
                return Ok(Some(Value::from_object(MetaValue(Arc::clone(
                    &model.model,
                )))));
            }
            "get_absolute_url" if model.has_url => {
                return self.absolute_url_text().map(|url| Some(Value::from(url)));
            }
            _ => {}
        }
        let Some(attribute) = model.attribute(name) else {
            return match row.annotation(name) {
                Some(computed) => Ok(Some(from_field(computed, batch.loader.zone()))),
                None => self.read_along(name),
            };
        };
        Ok(Some(match attribute {
            RowAttribute::Value(place) => from_field(&*self.value(*place)?, batch.loader.zone()),
            RowAttribute::File(place) => self.file(*place)?,
            RowAttribute::Display(place) => self.display(*place)?,
            RowAttribute::Reference(place) => self.referred(*place, name)?,
            RowAttribute::Single | RowAttribute::Many => self.related(name)?,
        }))
    }

    /// The value of the field at `place`; one that was left out is read for all rows of its list.
    fn value(&self, place: usize) -> Result<Cow<'_, FieldValue>, HttpError> {
        let Some(row) = self.instance() else {
            return Ok(Cow::Owned(FieldValue::Null));
        };
        match row.at(place) {
            Some(value) => Ok(Cow::Borrowed(value)),
            None => self.batch.deferred(self.index, place).map(Cow::Owned),
        }
    }

    fn file(&self, place: usize) -> Result<Value, HttpError> {
        let name = match &*self.value(place)? {
            FieldValue::Text(name) => name.clone(),
            _ => String::new(),
        };
        let field = self.batch.model.field(place);
        let storage = field.and_then(|field| self.batch.loader.storage(field));
        Ok(Value::from_object(FileValue::new(name, storage)))
    }

    fn display(&self, place: usize) -> Result<Value, HttpError> {
        let value = self.value(place)?;
        let field = self.batch.model.field(place);
        let label = field.and_then(|field| choice_label(field, &values::to_literal(&value)));
        let shown = || from_field(&value, self.batch.loader.zone());
        Ok(label.map_or_else(shown, Value::from))
    }

    /// Where its page is, by the `url` of its model.
    pub(crate) fn absolute_url_text(&self) -> Result<String, HttpError> {
        self.write_template("url")
    }

    fn write_template(&self, option: &'static str) -> Result<String, HttpError> {
        let batch = &self.batch;
        batch
            .loader
            .write_template(option, &batch.model, Value::from_object(self.clone()))
    }

    /// The row as text: what `str` of its model says, else `Post object (3)`.
    pub(crate) fn text(&self) -> Result<String, HttpError> {
        if self.batch.model.has_str {
            return self.write_template("str");
        }
        Ok(self.instance().map(ToString::to_string).unwrap_or_default())
    }
}

/// What makes a row equal to others: its model and its key.
fn identity(row: &ModelInstance) -> Value {
    let key = Value::from(values::to_text(row.key()));
    Value::from(vec![Value::from(row.model().key().to_string()), key])
}

impl Object for RowValue {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        let found = self.attribute(key);
        found.unwrap_or_else(|error| Some(error.to_template_error().into()))
    }

    fn call_method(
        self: &Arc<Self>,
        _: &mut State<'_, '_>,
        method: &str,
        args: &[Value],
    ) -> Result<Value, Error> {
        let is_method = method.starts_with("get_") && args.is_empty();
        let found = is_method.then(|| self.attribute(method)).transpose();
        let found = found.map_err(|error| error.to_template_error())?.flatten();
        found.ok_or_else(|| unknown_method(&self.batch.model.model.name, method))
    }

    fn is_true(self: &Arc<Self>) -> bool {
        true
    }

    /// Rows are the same that have the same model and key.
    fn custom_cmp(self: &Arc<Self>, other: &DynObject) -> Option<Ordering> {
        let other = other.downcast_ref::<Self>()?;
        let (row, other) = (self.instance()?, other.instance()?);
        if row.model().key() != other.model().key() {
            return Some(row.model().key().cmp(&other.model().key()));
        }
        Some(match (row.key(), other.key()) {
            (FieldValue::Integer(key), FieldValue::Integer(other)) => key.cmp(other),
            (key, other) => values::to_text(key).cmp(&values::to_text(other)),
        })
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.text() {
            Ok(text) => f.write_str(&text),
            Err(error) => {
                // A page cannot fail while it prints: the row is told as if it had no text of its own.
                self.batch.loader.log(&error);
                f.write_str(&self.instance().map(ToString::to_string).unwrap_or_default())
            }
        }
    }
}
