//! What all generic views have in common.

use std::sync::Arc;

use crate::diagnostic::Finding;
use crate::document::{Problems, TableReader};
use crate::http::Response;
use crate::models::{Model, Registry};
use crate::templates::value::Value;
use crate::templates::{Context, TemplateType};
use crate::views::generic::page::GenericPage;
use crate::views::queries::{QueryReader, RequestQuery};
use crate::views::{EntryModel, HttpError, Request, ShownTemplate, ViewEntry};

/// The model of a view, which of its rows are meant, and how they are shown.
#[derive(Debug)]
pub(super) struct ModelView {
    pub(super) model: Arc<Model>,
    pub(super) query: RequestQuery,
    page: GenericPage,
    /// What the template calls the rows, beside `object_list` or `object`.
    context_object_name: String,
}

/// What a generic view reads of its entry.
pub(super) struct ModelViewEntry<'e, 'f, 't> {
    pub(super) entry: &'e ViewEntry<'f, 't>,
    pub(super) registry: &'e Registry,
    pub(super) model: &'e Arc<Model>,
}

/// What views of some kind call their templates and rows, where an entry does not say.
pub(super) struct NameSuffixes {
    /// Behind the name of the model in that of the template: `_list`.
    pub(super) template: &'static str,
    /// Behind the name of the model in that of the rows.
    pub(super) object: &'static str,
}

impl<'e, 'f, 't> ModelViewEntry<'e, 'f, 't> {
    /// The entry with the model that it names.
    pub(super) fn new(entry: &'e ViewEntry<'f, 't>) -> Result<Self, Finding> {
        Ok(Self::of(entry, entry.required_model()?))
    }

    /// The entry with `model`, which it names by its form.
    pub(super) fn of(entry: &'e ViewEntry<'f, 't>, model: EntryModel<'e>) -> Self {
        Self {
            entry,
            registry: model.registry,
            model: model.model,
        }
    }

    /// Where to report mistakes.
    pub(super) fn problems(&self) -> &'t Problems {
        self.entry.fields.problems()
    }

    /// Reads what the entry says of rows of its model.
    pub(super) fn reader(&self) -> QueryReader<'_> {
        QueryReader {
            registry: self.registry,
            model: self.model,
            problems: self.problems(),
        }
    }

    /// Reads the page, whose template is called like the model with `suffix` behind it.
    pub(super) fn page(&self, suffix: &str) -> Result<GenericPage, Finding> {
        let (app, name) = (&self.model.app_label, self.model.name.to_lowercase());
        GenericPage::read(self.entry, &format!("{app}/{name}{suffix}.html"))
    }

    /// Reads what all generic views have.
    pub(super) fn view(&self, suffixes: &NameSuffixes) -> Result<ModelView, Finding> {
        let query = self.reader().query(self.entry.fields);
        self.view_of(query, suffixes)
    }

    /// The same of the rows that `query` means.
    pub(super) fn view_of(
        &self,
        query: RequestQuery,
        suffixes: &NameSuffixes,
    ) -> Result<ModelView, Finding> {
        let fields = self.entry.fields;
        let name = self.model.name.to_lowercase();
        let context_object_name = fields.optional("context_object_name");
        Ok(ModelView {
            model: Arc::clone(self.model),
            query,
            page: self.page(suffixes.template)?,
            context_object_name: context_object_name
                .unwrap_or_else(|| format!("{name}{}", suffixes.object)),
        })
    }
}

impl ModelView {
    /// The same with the rows called `name`, unless the entry itself says what they are called.
    pub(super) fn with_object_name(mut self, name: &str, fields: &TableReader<'_>) -> Self {
        if fields.source().get("context_object_name").is_none() {
            name.clone_into(&mut self.context_object_name);
        }
        self
    }

    /// The names that a route has to capture for its queries.
    pub(super) fn captured_names(&self) -> impl Iterator<Item = &str> {
        self.query
            .captured_names()
            .chain(self.page.captured_names())
    }

    /// The template, and what it is told: rows under the names of Django.
    pub(super) fn shown(&self, generic_name: &'static str) -> ShownTemplate<'_> {
        let rows = self.query.value_type();
        let value = match (generic_name, rows) {
            ("object", TemplateType::Rows(row)) => TemplateType::Row(row),
            (_, rows) => rows,
        };
        let page = match &value {
            TemplateType::Rows(rows) => TemplateType::Page(rows.clone()),
            _ => TemplateType::Unknown,
        };
        self.page.shown(vec![
            (self.context_object_name.as_str(), value.clone()),
            (generic_name, value),
            ("page_obj", page),
        ])
    }

    /// The page that shows `object` under the names of Django: `generic_name`, and the one of the model.
    pub(super) fn render(
        &self,
        request: &Request<'_>,
        generic_name: &str,
        object: Value,
        context: Context,
    ) -> Result<Response, HttpError> {
        let mut all = Context::default();
        all.set(self.context_object_name.as_str(), object.clone());
        all.set(generic_name, object);
        all.extend(context);
        self.page.render(request, all)
    }
}
