//! Values of one field that must differ between rows (`UniqueValidator`).

use crate::api::serializer::Serializer;
use crate::api::serializer::context::SerializerContext;
use crate::api::serializer::field::SerializerField;
use crate::api::serializer::relations::equals;
use crate::models::expression::Condition;
use crate::query::{ModelInstance, Query, QueryError};
use crate::values::FieldValue;

impl Serializer {
    /// What is wrong with `value` as one that no other row has; `instance` is the row that is changed.
    pub(super) fn not_unique(
        &self,
        context: &SerializerContext<'_, '_>,
        field: &SerializerField,
        value: &FieldValue,
        instance: Option<&ModelInstance>,
    ) -> Result<Option<String>, QueryError> {
        for condition in &field.unique_among {
            let same = vec![equals(&field.name, value)];
            if self.is_taken(context, same, condition.as_ref(), instance)? {
                return Ok(Some(self.unique_message(field)));
            }
        }
        Ok(None)
    }

    /// What is said where another row has the same in the field `name`.
    pub(in crate::api) fn unique_message_of(&self, name: &str) -> String {
        let usual = || "This field must be unique.".to_owned();
        self.field(name)
            .map_or_else(usual, |field| self.unique_message(field))
    }

    fn unique_message(&self, field: &SerializerField) -> String {
        let declared = field.source.as_ref().and_then(|source| {
            let mut messages = source.error_messages.iter();
            messages.find(|(code, _)| code == "unique")
        });
        let usual = "%(model_name)s with this %(field_label)s already exists.";
        let message = declared.map_or(usual, |(_, message)| message.as_str());
        let label = field
            .source
            .as_ref()
            .map(crate::models::Field::verbose_name);
        let message = message.replace("%(model_name)s", &self.model.verbose_name());
        message.replace("%(field_label)s", &label.unwrap_or_default())
    }

    fn is_taken(
        &self,
        context: &SerializerContext<'_, '_>,
        same: Vec<Condition>,
        condition: Option<&Condition>,
        instance: Option<&ModelInstance>,
    ) -> Result<bool, QueryError> {
        let query = same.into_iter().fold(Query::of(&self.model), Query::filter);
        let query = condition.cloned().into_iter().fold(query, Query::filter);
        let query = match instance {
            Some(row) => query.exclude(equals("pk", row.key())),
            None => query,
        };
        query.on(context.registry)?.exists(context.connection)
    }
}
