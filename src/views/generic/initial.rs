//! `initial = { title = "Re: ", tag = { query = "tag" } }`: what a form starts with.

use std::sync::Arc;

use crate::clock::Zone;
use crate::document::{Item, TableReader};
use crate::forms::{Form, FormDefinition, FormField, FormInitial, FormValue, read_initial};
use crate::models::ModelSet as _;
use crate::views::generic::format_fields::unknown_field;
use crate::views::generic::value_source::ValueSource;
use crate::views::queries::{ParameterValue, SOURCES};
use crate::views::{HttpError, Request, ViewEntry};

/// What the fields of a form start with.
#[derive(Debug, Default)]
pub(super) struct StartValues(Vec<StartValue>);

#[derive(Debug)]
struct StartValue {
    name: String,
    /// Whether the field holds any number of values.
    holds_list: bool,
    value: StartSource,
}

#[derive(Debug)]
enum StartSource {
    Value(FormInitial),
    Source(ValueSource),
}

impl StartValues {
    /// Reads `initial` of an entry whose form is `definition`.
    pub(super) fn read(entry: &ViewEntry<'_, '_>, definition: &Arc<FormDefinition>) -> Self {
        let Some(table) = entry.fields.table("initial") else {
            return Self::default();
        };
        let zone = entry.models.time_zone();
        let mut found = Vec::new();
        for part in table.source().entries() {
            table.item(&part.key);
            let mut fields = definition.fields().iter();
            let Some(field) = fields.find(|field| field.name() == part.key) else {
                let place = Item::text("", part.origin.clone());
                let finding = unknown_field(&place, &part.key, || definition.field_names());
                table.problems().push(finding);
                continue;
            };
            if let Some(value) = StartSource::read(entry, &table, field, zone) {
                found.push(StartValue {
                    name: part.key.clone(),
                    holds_list: field.kind().holds_list(),
                    value,
                });
            }
        }
        table.finish();
        Self(found)
    }

    /// The names that a route has to capture.
    pub(super) fn captured_names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().flat_map(|start| match &start.value {
            StartSource::Value(_) => Vec::new(),
            StartSource::Source(source) => source.captured_names(),
        })
    }

    /// Has `form` start with the values; what the visitor did not ask for changes nothing.
    pub(super) fn apply(&self, request: &Request<'_>, form: &mut Form) -> Result<(), HttpError> {
        for start in &self.0 {
            let value = match &start.value {
                StartSource::Value(initial) => initial.value(),
                StartSource::Source(source) => match source.find(request, "pk")? {
                    ParameterValue::Value(value) if start.holds_list => {
                        FormValue::List(vec![value])
                    }
                    ParameterValue::Value(value) => FormValue::Value(value),
                    ParameterValue::NotAsked | ParameterValue::Missing => continue,
                },
            };
            form.set_initial(&start.name, value);
        }
        Ok(())
    }
}

impl StartSource {
    fn read(
        entry: &ViewEntry<'_, '_>,
        table: &TableReader<'_>,
        field: &FormField,
        zone: &Zone,
    ) -> Option<Self> {
        let part = table
            .source()
            .entries()
            .iter()
            .find(|part| part.key == field.name())?;
        if ValueSource::is_meant(&part.item, SOURCES) {
            return ValueSource::read(entry, &part.item).map(Self::Source);
        }
        read_initial(field, table, &part.key, zone).map(Self::Value)
    }
}
