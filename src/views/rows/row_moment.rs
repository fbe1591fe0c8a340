//! The fields of rows that say when: moments, and days from their beginning on.

use crate::clock::{Moment, Zone};
use crate::document::TableReader;
use crate::models::FieldKind;
use crate::values::FieldValue;
use crate::views::queries::QueryReader;
use crate::views::rows::RowValue;

/// A field that holds a day or a moment.
#[derive(Clone, Debug)]
pub(in crate::views) struct MomentField(String);

impl MomentField {
    /// The field that `key` names, which must be one of the model itself.
    pub(in crate::views) fn read<'t>(
        reader: &QueryReader<'_>,
        keys: &TableReader<'t>,
        key: &'t str,
    ) -> Option<Self> {
        let item = keys.item(key)?;
        let name: String = keys.optional(key)?;
        let holds_moment =
            |kind: &FieldKind| matches!(kind, FieldKind::Date(_) | FieldKind::DateTime(_));
        let fields = &reader.model.fields;
        if fields
            .iter()
            .any(|field| field.name == name && holds_moment(&field.kind))
        {
            return Some(Self(name));
        }
        let message = format!("`{key}` must be a date field of the model, which `{name}` is not");
        let names = fields.iter().filter(|field| holds_moment(&field.kind));
        let names = names.map(|field| field.name.as_str());
        let finding = item.error("not-a-date", message).suggest(&name, names);
        keys.problems().push(finding);
        None
    }

    /// The name of the field.
    pub(in crate::views) fn name(&self) -> &str {
        &self.0
    }

    /// When it is for `row`.
    pub(in crate::views) fn moment(&self, row: &RowValue, zone: &Zone) -> Option<Moment> {
        moment(row.instance()?.get(&self.0)?, zone)
    }
}

fn moment(value: &FieldValue, zone: &Zone) -> Option<Moment> {
    match value {
        FieldValue::Moment(moment) => Some(*moment),
        FieldValue::Date(day) => Moment::parse(&format!("{day} 00:00:00"), zone),
        _ => None,
    }
}
