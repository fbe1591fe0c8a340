//! A field that a file sets, with the value that it gives: `set = { published = true }`.

use crate::clock::Zone;
use crate::document::{TableEntry, TableReader};
use crate::models::read::default;
use crate::models::{Field, FieldKind, Model, ModelSet as _, Registry};
use crate::text;
use crate::values::{FieldValue, declared_default, no_value};

/// A field that a file sets.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SetField {
    /// The field; its default is the value that the file gives.
    pub(crate) field: Field,
    /// The kind of its values, references followed.
    pub(crate) kind: FieldKind,
}

impl SetField {
    /// The field of `model` that `part` of `table` sets; none, which is reported, where it cannot be set.
    pub(crate) fn find(
        registry: &Registry,
        model: &Model,
        table: &TableReader<'_>,
        part: &TableEntry,
    ) -> Option<Self> {
        let field = settable(model, table, part)?;
        Some(Self {
            kind: registry.value_kind(field).ok()?.clone(),
            field: field.clone(),
        })
    }

    /// The same with the value that `part` gives; none, which is reported, where it does not fit.
    pub(crate) fn with_value<'t>(
        mut self,
        zone: &Zone,
        table: &TableReader<'t>,
        part: &'t TableEntry,
    ) -> Option<Self> {
        self.field.default = default(table, &part.key);
        self.field.default.as_ref()?;
        if let Err(error) = self.value(zone) {
            table.problems().push(part.item.error("wrong-value", error));
            return None;
        }
        Some(self)
    }

    /// The value that the file gives, of this moment where it is a function; fails where it does not fit.
    pub(crate) fn value(&self, zone: &Zone) -> Result<FieldValue, String> {
        let found = declared_default(&self.field, &self.kind, zone);
        let found = found.map_err(|_| {
            let class = text::with_article(self.field.kind.class_name());
            format!("this is not a value of {class}")
        })?;
        Ok(found.unwrap_or_else(|| no_value(&self.kind)))
    }
}

/// The field that `part` sets; none, which is reported, where it cannot be set.
fn settable<'m>(model: &'m Model, table: &TableReader<'_>, part: &TableEntry) -> Option<&'m Field> {
    let can_be_set =
        |field: &&Field| field.has_column() && field.generated().is_none() && !field.primary_key;
    let found = model.field(&part.key).filter(can_be_set);
    if found.is_none() {
        let names = || {
            let columns = model.columns().filter(can_be_set);
            columns.map(|field| field.name.as_str())
        };
        let message = format!(
            "`{}` is not a field of `{}` that can be set",
            part.key, model.name
        );
        let finding = part.error("unknown-field", message);
        let otherwise = format!("the fields are {}", text::quoted(names()));
        table
            .problems()
            .push(finding.suggest_or(&part.key, names(), otherwise));
    }
    found
}
