//! What the form of a row starts with: Django's `model_to_dict`.

use crate::forms::form_value::{FormValue, StoredFile};
use crate::forms::model_form::{ModelForm, ModelFormError};
use crate::models::expression::{Comparison, Condition, Expression, Lookup};
use crate::models::{Field, FieldKind, Literal};
use crate::query::Query;
use crate::values::{FieldValue, to_text};

impl ModelForm {
    /// Has the fields of the model start with what the row holds.
    pub(super) fn set_initial_values(&mut self) -> Result<(), ModelFormError> {
        let options = std::sync::Arc::clone(&self.options);
        for name in &options.fields {
            let Some(field) = options.model.field(name) else {
                continue;
            };
            let value = if field.many_to_many().is_some() {
                FormValue::List(self.related_keys(field)?)
            } else {
                match self.instance.get(name) {
                    Some(value) => self.initial_value(field, value),
                    None => continue,
                }
            };
            self.form.set_initial(name, value);
        }
        Ok(())
    }

    fn initial_value(&self, field: &Field, value: &FieldValue) -> FormValue {
        match (&field.kind, value) {
            (FieldKind::File { .. } | FieldKind::Image { .. }, FieldValue::Text(name)) => {
                FormValue::Stored(StoredFile {
                    name: name.clone(),
                    url: self.database.storages.url(field, name),
                })
            }
            (_, value) => FormValue::Value(value.clone()),
        }
    }

    /// The keys of the rows that it refers to many of.
    fn related_keys(&self, field: &Field) -> Result<Vec<FieldValue>, ModelFormError> {
        let key = match self.instance.key() {
            FieldValue::Null => return Ok(Vec::new()),
            FieldValue::Integer(number) => Literal::Integer(*number),
            other => Literal::String(to_text(other)),
        };
        let own = Condition::Compare(Comparison {
            field: "pk".to_owned(),
            lookup: Lookup::Exact,
            operands: vec![Expression::Value(key)],
        });
        let query = Query::of(&self.options.model).filter(own);
        let query = query.order_by::<String>([]).on(&self.database.registry)?;
        let rows = self
            .database
            .with(|connection| query.values_list(connection, &[&field.name]))?;
        let keys = rows.into_iter().flatten();
        Ok(keys.filter(|key| *key != FieldValue::Null).collect())
    }
}
