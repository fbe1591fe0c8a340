//! `generic.formset`: rows written together on one page, those of a model or those of a parent.

use std::sync::Arc;

use crate::diagnostic::Finding;
use crate::forms::{FormSetDefinition, ModelFormSet};
use crate::http::Response;
use crate::models::ModelKey;
use crate::models::expression::Condition;
use crate::query::{ModelInstance, Query};
use crate::settings::AuthSettings;
use crate::templates::Context;
use crate::templates::value::Value;
use crate::views::generic::assigned::AssignedFields;
use crate::views::generic::format_fields::{FieldValues, KnownFields};
use crate::views::generic::inlines::named_set;
use crate::views::generic::model_view::{ModelView, ModelViewEntry, NameSuffixes};
use crate::views::generic::page::GenericPage;
use crate::views::generic::row_form::is_form_sent;
use crate::views::generic::single_object::SingleObject;
use crate::views::generic::success::{SuccessPage, SuccessTarget};
use crate::views::queries::{RequestQuery, SOURCES};
use crate::views::rows::RowValue;
use crate::views::{EntryModel, FormTarget, HttpError, Request, View, ViewEntry};

/// The template of the page, behind the name of the model.
const TEMPLATE: &str = "_formset";

/// Rows written together.
#[derive(Debug)]
struct FormSetView {
    definition: Arc<FormSetDefinition>,
    shown: ShownRows,
    assigned: AssignedFields,
    success: SuccessPage,
}

/// Which rows, and where they are shown.
#[derive(Debug)]
enum ShownRows {
    /// Those of the set for which the conditions of the entry hold, too.
    OfModel {
        page: GenericPage,
        query: RequestQuery,
    },
    /// Those of the row that the address names.
    OfParent {
        view: Box<ModelView>,
        parent: SingleObject,
    },
}

/// Reads the options of `generic.formset`.
pub(super) fn build(entry: &ViewEntry<'_, '_>) -> Result<Box<dyn View>, Finding> {
    let item = entry.fields.item("formset").ok_or_else(|| {
        let message = "the view `generic.formset` needs a `formset`";
        let finding = entry.view.error("missing-key", message);
        finding.hint("write `formset = \"app.FormSet\"`, a table of `forms.toml` of that app")
    })?;
    let definition = named_set(entry, item)?;
    let registry = entry.models.as_ref();
    let shared = |key: &ModelKey| {
        registry
            .shared(key)
            .map(|model| EntryModel { registry, model })
    };
    let model = definition.model().and_then(|model| shared(&model.key()));
    let Some(model) = model else {
        let message = "the form of this set has no model";
        return Err(item.error("missing-model", message));
    };
    let parent = definition.parent().and_then(shared);
    let rows = ModelViewEntry::of(entry, model);
    let (shown, success) = match parent {
        Some(parent) => of_parent(&ModelViewEntry::of(entry, parent))?,
        None => of_model(&rows, &definition)?,
    };
    Ok(Box::new(FormSetView {
        assigned: AssignedFields::read(&rows, definition.extra_form()),
        definition,
        shown,
        success,
    }))
}

fn of_model(
    read: &ModelViewEntry<'_, '_, '_>,
    definition: &FormSetDefinition,
) -> Result<(ShownRows, SuccessPage), Finding> {
    let condition = |key| {
        let item = read.entry.fields.item(key)?;
        read.reader().condition(item, SOURCES)
    };
    let (wanted, unwanted) = (condition("filter"), condition("exclude"));
    let unwanted = unwanted.map(|condition| Condition::Not(Box::new(condition)));
    let conditions = wanted.into_iter().chain(unwanted).collect();
    let query = definition.query().cloned();
    let query = query.unwrap_or_else(|| Query::of(read.model));
    let known = KnownFields {
        reader: None,
        form: None,
    };
    let success = SuccessPage::read(read.entry, &known, None)?;
    let shown = ShownRows::OfModel {
        page: read.page(TEMPLATE)?,
        query: RequestQuery::new(query, conditions),
    };
    Ok((shown, success))
}

fn of_parent(read: &ModelViewEntry<'_, '_, '_>) -> Result<(ShownRows, SuccessPage), Finding> {
    let parent = SingleObject::read(read);
    let known = KnownFields {
        reader: Some(read.reader()),
        form: None,
    };
    let usual = SuccessTarget::of_model(read.model);
    let success = SuccessPage::read(read.entry, &known, usual)?;
    let view = read.view(&NameSuffixes {
        template: TEMPLATE,
        object: "",
    });
    let shown = ShownRows::OfParent {
        view: Box::new(view?),
        parent,
    };
    Ok((shown, success))
}

impl View for FormSetView {
    fn respond(&self, request: &Request<'_>) -> Result<Response, HttpError> {
        let is_sent = match is_form_sent(request) {
            Ok(is_sent) => is_sent,
            Err(answer) => return Ok(answer),
        };
        if let Some(redirect) = self.assigned.login_redirect(request)? {
            return Ok(redirect);
        }
        let parent = self.shown.parent(request)?;
        let set = self.set(request, parent.as_ref())?;
        if !is_sent {
            return self.render(request, parent, set.unbound()?);
        }
        let mut set = set.bind(request.form_data()?)?;
        let is_saved = set.is_valid() && set.save()?.is_some();
        if !is_saved {
            return self.render(request, parent, set);
        }
        let values = FieldValues {
            row: parent.as_ref(),
            form: None,
        };
        Ok(self.success.response(request, values)?.send(request))
    }

    fn captured_names(&self) -> Vec<&str> {
        let assigned = self.assigned.captured_names();
        match &self.shown {
            ShownRows::OfModel { page, query } => assigned
                .chain(page.captured_names())
                .chain(query.captured_names())
                .collect(),
            ShownRows::OfParent { view, parent } => assigned
                .chain(view.captured_names())
                .chain(parent.captured_names())
                .collect(),
        }
    }

    fn key_names(&self) -> Option<[&str; 2]> {
        match &self.shown {
            ShownRows::OfModel { .. } => None,
            ShownRows::OfParent { parent, .. } => Some(parent.key_names()),
        }
    }

    fn pattern_names(&self) -> Vec<&str> {
        self.success.pattern_names()
    }

    fn form_target<'v>(&'v self, _: &'v AuthSettings) -> Option<FormTarget<'v>> {
        self.success.form_target()
    }

    fn has_form(&self) -> bool {
        true
    }
}

impl ShownRows {
    /// The row that the address names, if the rows are those of a parent.
    fn parent(&self, request: &Request<'_>) -> Result<Option<RowValue>, HttpError> {
        match self {
            Self::OfModel { .. } => Ok(None),
            Self::OfParent { view, parent } => parent.find(view, request).map(Some),
        }
    }
}

impl FormSetView {
    /// The set of the rows that are meant, before it has forms.
    fn set(
        &self,
        request: &Request<'_>,
        parent: Option<&RowValue>,
    ) -> Result<ModelFormSet, HttpError> {
        let set = ModelFormSet::new(&self.definition, &request.state.form_database)?;
        let mut row = ModelInstance::empty(Arc::clone(set.model()));
        self.assigned.apply(request, &mut row)?;
        let set = set.new_rows(row);
        if let ShownRows::OfModel { query, .. } = &self.shown {
            return Ok(set.rows_of_query(query.bind_whole(request)?));
        }
        let parent = parent.and_then(|parent| parent.instance());
        Ok(match parent {
            Some(parent) => set.of_parent(parent),
            None => set,
        })
    }

    fn render(
        &self,
        request: &Request<'_>,
        parent: Option<RowValue>,
        set: ModelFormSet,
    ) -> Result<Response, HttpError> {
        let context = Context::default()
            .with("is_multipart", set.is_multipart())
            .with("formset", Value::from_object(set.set));
        match &self.shown {
            ShownRows::OfModel { page, .. } => page.render(request, context),
            ShownRows::OfParent { view, .. } => {
                let parent = parent.map_or_else(Value::default, Value::from_object);
                view.render(request, "object", parent, context)
            }
        }
    }
}
