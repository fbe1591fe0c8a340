//! `inlines`: sets of rows that are shown and saved together with the row of a form that they belong to.

use std::sync::Arc;

use crate::diagnostic::Finding;
use crate::document::{Item, Value as DocumentValue};
use crate::forms::{FormDefinition, FormSetDefinition, FormWithInlines, ModelForm, ModelFormSet};
use crate::http::{FormData, Response};
use crate::query::ModelInstance;
use crate::templates::Context;
use crate::templates::value::Value;
use crate::views::generic::assigned::AssignedFields;
use crate::views::generic::model_view::ModelViewEntry;
use crate::views::{EntryModel, FORM_UNREADABLE, HttpError, Request, ViewEntry};

/// The inline sets of a form.
#[derive(Debug)]
pub(super) struct Inlines(Vec<InlineSet>);

/// An inline set, and what the site sets in the rows that are added.
#[derive(Debug)]
struct InlineSet {
    definition: Arc<FormSetDefinition>,
    assigned: AssignedFields,
}

impl Inlines {
    /// Reads `inlines`, a list of form sets of `forms.toml`; those that are not sets of rows of the model are reported.
    pub(super) fn read(read: &ModelViewEntry<'_, '_, '_>, form: &FormDefinition) -> Self {
        let Some(item) = read.entry.fields.item("inlines") else {
            return Self(Vec::new());
        };
        let DocumentValue::Array(items) = &item.value else {
            let message = format!("`inlines` must be a list, not {}", item.value.type_name());
            let hint = "write `inlines = [\"posts.CommentFormSet\"]`";
            read.problems()
                .push(item.error("wrong-type", message).hint(hint));
            return Self(Vec::new());
        };
        let mut sets: Vec<InlineSet> = Vec::new();
        for item in items {
            let found = InlineSet::read(read, item);
            let reported = found.map_err(|finding| read.problems().push(finding));
            let Ok(set) = reported else {
                continue;
            };
            let prefix = set.prefix();
            if prefix == form.prefix() || sets.iter().any(|other| other.prefix() == prefix) {
                let message = format!("two forms on the page have the prefix `{prefix}`");
                let hint = "give the form set another `prefix`";
                read.problems()
                    .push(item.error("same-prefix", message).hint(hint));
            }
            sets.push(set);
        }
        Self(sets)
    }

    /// The names that a route has to capture.
    pub(super) fn captured_names(&self) -> impl Iterator<Item = &str> {
        let sets = self.0.iter();
        sets.flat_map(|set| set.assigned.captured_names())
    }

    /// The redirect to the login, where a row needs a user and nobody is logged in.
    pub(super) fn login_redirect(
        &self,
        request: &Request<'_>,
    ) -> Result<Option<Response>, HttpError> {
        for set in &self.0 {
            if let Some(redirect) = set.assigned.login_redirect(request)? {
                return Ok(Some(redirect));
            }
        }
        Ok(None)
    }

    /// `form` with the sets of its row, as nobody has filled them in.
    pub(super) fn show(
        &self,
        request: &Request<'_>,
        form: ModelForm,
    ) -> Result<FormWithInlines, HttpError> {
        let sets = self.sets(request, &form);
        let sets = sets.map(|set| Ok(set?.unbound()?));
        Ok(FormWithInlines {
            inlines: sets.collect::<Result<_, HttpError>>()?,
            form,
        })
    }

    /// `form` and the sets of its row with what was sent.
    pub(super) fn bind(
        &self,
        request: &Request<'_>,
        form: ModelForm,
        data: &FormData,
    ) -> Result<FormWithInlines, HttpError> {
        // The rows are those of the row as it was before it is filled in.
        let sets = self.sets(request, &form);
        let sets = sets.map(|set| Ok(set?.bind(data.clone())?));
        let inlines = sets.collect::<Result<_, HttpError>>()?;
        Ok(FormWithInlines {
            form: form.bind(data.clone())?,
            inlines,
        })
    }

    fn sets<'s>(
        &'s self,
        request: &'s Request<'_>,
        form: &'s ModelForm,
    ) -> impl Iterator<Item = Result<ModelFormSet, HttpError>> + 's {
        self.0.iter().map(|inline| {
            let database = &request.state.form_database;
            let set = ModelFormSet::new(&inline.definition, database)?;
            let set = set.of_parent(&form.instance).on_page_of(form);
            let mut new = ModelInstance::empty(Arc::clone(set.model()));
            inline.assigned.apply(request, &mut new)?;
            Ok(set.new_rows(new))
        })
    }
}

impl InlineSet {
    /// Reads `"posts.CommentFormSet"`, or `{ formset = "posts.CommentFormSet", set = { .. } }`.
    fn read(read: &ModelViewEntry<'_, '_, '_>, item: &Item) -> Result<Self, Finding> {
        let table = item.as_table().map(|table| table.reader(read.problems()));
        let named = match &table {
            Some(table) => table.item("formset").ok_or_else(|| {
                let message = "an inline needs a `formset`";
                item.error("missing-key", message)
            })?,
            None => item,
        };
        let definition = named_set(read.entry, named)?;
        let is_inline = definition
            .parent()
            .is_some_and(|parent| read.model.is(parent));
        let model = definition.model().filter(|_| is_inline);
        let model = model.and_then(|model| read.registry.shared(&model.key()));
        let Some(model) = model else {
            let label = read.model.label();
            let message = format!("it is not a set of rows of a `{label}`");
            let hint = format!("give the form set `parent_model = \"{label}\"`");
            return Err(named.error("wrong-model", message).hint(hint));
        };
        let rows = EntryModel {
            registry: read.registry,
            model,
        };
        let rows = ModelViewEntry::of(read.entry, rows);
        let assigned = match table {
            Some(table) => {
                let assigned = AssignedFields::of_keys(&rows, &table, definition.extra_form());
                table.finish();
                assigned
            }
            None => AssignedFields::default(),
        };
        Ok(Self {
            definition,
            assigned,
        })
    }

    fn prefix(&self) -> &str {
        &self.definition.options.prefix
    }
}

/// The form set that `item` names.
pub(super) fn named_set(
    entry: &ViewEntry<'_, '_>,
    item: &Item,
) -> Result<Arc<FormSetDefinition>, Finding> {
    let forms = entry.forms;
    let Some(name) = item.as_str() else {
        let message = format!(
            "a form set is named by a string, not by {}",
            item.value.type_name()
        );
        return Err(item.error("wrong-type", message));
    };
    if let Some(set) = forms.get_set(name) {
        return Ok(Arc::clone(set));
    }
    if forms.is_unread(name) {
        return Err(item.error(FORM_UNREADABLE, "the form set could not be read"));
    }
    let finding = item.error("unknown-form-set", format!("there is no form set `{name}`"));
    let otherwise = "write `app.FormSet`, a table with `form` in `forms.toml` of that app";
    Err(finding.suggest_or(name, forms.set_names(), otherwise))
}

impl FormWithInlines {
    /// What a template sees: `form` of the row `instance`, `inlines`, and whether one of them sends files.
    pub(in crate::views) fn context(mut self, instance: Value) -> Context {
        self.form.form.set_instance(instance);
        let is_multipart = self.is_multipart();
        let inlines = self.inlines.into_iter();
        let inlines: Vec<_> = inlines.map(|set| Value::from_object(set.set)).collect();
        Context::default()
            .with("form", Value::from_object(self.form.form))
            .with("inlines", inlines)
            .with("is_multipart", is_multipart)
    }
}
