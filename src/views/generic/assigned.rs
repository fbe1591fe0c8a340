//! `set = { author = { request = "user" } }`: fields of a row that the site sets, whatever a visitor sends.

use crate::document::{TableEntry, TableReader};
use crate::forms::FormDefinition;
use crate::http::Response;
use crate::models::{ModelKey, ModelSet as _};
use crate::query::{ModelInstance, Query};
use crate::values::{FieldValue, clean, no_value, to_text};
use crate::views::access::require_login;
use crate::views::generic::model_view::ModelViewEntry;
use crate::views::generic::set_field::SetField;
use crate::views::generic::value_source::ValueSource;
use crate::views::queries::{GUARDING_SOURCES, ParameterValue};
use crate::views::rows::equals;
use crate::views::{HttpError, Request};

/// The key of the table.
const SET: &str = "set";

/// The fields of a row that the site sets.
#[derive(Debug, Default)]
pub(super) struct AssignedFields(Vec<AssignedField>);

#[derive(Debug)]
struct AssignedField {
    /// The field, with its value where that does not come from the request.
    set: SetField,
    /// What it refers to, if it is a reference.
    reference: Option<Reference>,
    source: Option<ValueSource>,
}

/// The rows that a field refers to, and the field of theirs that it holds.
#[derive(Debug)]
struct Reference {
    target: ModelKey,
    field: String,
}

impl AssignedFields {
    /// Reads `set` of an entry whose form is `definition`.
    pub(super) fn read(read: &ModelViewEntry<'_, '_, '_>, definition: &FormDefinition) -> Self {
        Self::of_keys(read, read.entry.fields, definition)
    }

    /// Reads `set` among `keys` of an entry, about rows that the form `definition` writes.
    pub(super) fn of_keys(
        read: &ModelViewEntry<'_, '_, '_>,
        keys: &TableReader<'_>,
        definition: &FormDefinition,
    ) -> Self {
        let Some(table) = keys.table(SET) else {
            return Self::default();
        };
        let mut found = Vec::new();
        for part in table.source().entries() {
            table.item(&part.key);
            let Some(set) = SetField::find(read.registry, read.model, &table, part) else {
                continue;
            };
            if definition
                .fields()
                .iter()
                .any(|sent| sent.name() == part.key)
            {
                let message = format!("`{}` is in the form and set by the site", part.key);
                let finding = part.error("sent-and-set", message);
                let hint = "leave it out of the `fields` of the form, or out of `set`";
                table.problems().push(finding.hint(hint));
                continue;
            }
            found.extend(AssignedField::read(read, &table, part, set));
        }
        table.finish();
        Self(found)
    }

    /// The names that a route has to capture.
    pub(super) fn captured_names(&self) -> impl Iterator<Item = &str> {
        let sources = self
            .0
            .iter()
            .filter_map(|assigned| assigned.source.as_ref());
        sources.flat_map(ValueSource::captured_names)
    }

    /// The redirect to the login, where a field needs a user and nobody is logged in.
    pub(super) fn login_redirect(
        &self,
        request: &Request<'_>,
    ) -> Result<Option<Response>, HttpError> {
        let needs_user = |assigned: &AssignedField| {
            let source = assigned.source.as_ref();
            source.is_some_and(ValueSource::needs_user) && !assigned.set.field.null
        };
        if self.0.iter().any(needs_user) {
            return require_login(request);
        }
        Ok(None)
    }

    /// Gives `row` the values.
    pub(super) fn apply(
        &self,
        request: &Request<'_>,
        row: &mut ModelInstance,
    ) -> Result<(), HttpError> {
        for assigned in &self.0 {
            row.set(&assigned.set.field.name, assigned.value(request)?);
        }
        Ok(())
    }
}

impl AssignedField {
    fn read<'t>(
        read: &ModelViewEntry<'_, '_, '_>,
        table: &TableReader<'t>,
        part: &'t TableEntry,
        set: SetField,
    ) -> Option<Self> {
        let registry = read.registry;
        let reference = set.field.relation().and_then(|relation| {
            let (target, to) = registry.target_field(relation).ok()?;
            Some(Reference {
                target: target.key(),
                field: to.name.clone(),
            })
        });
        let mut assigned = Self {
            set,
            reference,
            source: None,
        };
        if ValueSource::is_meant(&part.item, GUARDING_SOURCES) {
            let source = ValueSource::read(read.entry, &part.item)?;
            assigned.check_target(&source, table, part)?;
            assigned.source = Some(source);
            return Some(assigned);
        }
        assigned.set = assigned.set.with_value(registry.time_zone(), table, part)?;
        Some(assigned)
    }

    /// Reports a query of rows that the field does not refer to.
    fn check_target(
        &self,
        source: &ValueSource,
        table: &TableReader<'_>,
        part: &TableEntry,
    ) -> Option<()> {
        let Some(model) = source.model() else {
            return Some(());
        };
        if self
            .reference
            .as_ref()
            .is_some_and(|reference| reference.target == *model)
        {
            return Some(());
        }
        let message = match &self.reference {
            Some(reference) => format!("`{}` refers to rows of `{}`", part.key, reference.target),
            None => format!("`{}` does not refer to rows", part.key),
        };
        table
            .problems()
            .push(part.item.error("wrong-model", message));
        None
    }

    fn value(&self, request: &Request<'_>) -> Result<FieldValue, HttpError> {
        let zone = request.state.models.time_zone();
        let Some(source) = &self.source else {
            return self
                .set
                .value(zone)
                .map_err(|error| HttpError::internal(error, Vec::new()));
        };
        let field = self
            .reference
            .as_ref()
            .map_or("pk", |reference| &reference.field);
        let found = match source.find(request, field)? {
            ParameterValue::Value(value) => value,
            ParameterValue::NotAsked | ParameterValue::Missing => {
                return Ok(no_value(&self.set.kind));
            }
        };
        let name = &self.set.field.name;
        let misfit = |error| HttpError::NotFound(format!("`{name}`: {error}"));
        let value =
            clean(&self.set.field, &self.set.kind, &to_text(&found), zone).map_err(misfit)?;
        if let (true, Some(reference)) = (source.is_captured(), &self.reference) {
            reference.require(request, &value)?;
        }
        Ok(value)
    }
}

impl Reference {
    /// Fails with 404 where there is no row that `value` refers to.
    fn require(&self, request: &Request<'_>, value: &FieldValue) -> Result<(), HttpError> {
        let query = Query::new(self.target.clone()).filter(equals(&self.field, value));
        let rows = &request.state.rows;
        if rows.ask(&query, |set, connection| set.exists(connection))? {
            return Ok(());
        }
        let value = to_text(value);
        Err(HttpError::NotFound(format!(
            "there is no `{}` {value}",
            self.target
        )))
    }
}
