//! Where rows come from: the models, the connections, and the templates that say what a row is as text.

use std::fmt;
use std::sync::Arc;

use crate::clock::Zone;
use crate::db::Connections;
use crate::logging::Logger;
use crate::models::{Field, ModelKey, ModelSet as _, Registry};
use crate::query::{Query, QueryError, QuerySet};
use crate::storage::{FileStorage, Storages};
use crate::templates::Templates;
use crate::templates::value::Value;
use crate::views::HttpError;
use crate::views::rows::row_model::{RowAttribute, RowModel, RowModels, template_name};

/// Reads rows for the pages of a site.
pub struct RowLoader {
    registry: Arc<Registry>,
    models: Arc<RowModels>,
    connections: Arc<Connections>,
    templates: Arc<Templates>,
    storages: Arc<Storages>,
    log: Logger,
}

impl RowLoader {
    /// The rows of `models`, which are those of `registry`, read over `connections`; files of theirs are in `storages`.
    ///
    /// `templates` holds the templates of the models (`row_templates`).
    pub fn new(
        registry: Arc<Registry>,
        models: Arc<RowModels>,
        connections: Arc<Connections>,
        templates: Arc<Templates>,
        storages: &Arc<Storages>,
        log: Logger,
    ) -> Self {
        Self {
            models,
            registry,
            connections,
            templates,
            storages: Arc::clone(storages),
            log,
        }
    }

    /// The models.
    pub fn registry(&self) -> &Arc<Registry> {
        &self.registry
    }

    /// The time zone that moments are shown in.
    pub(super) fn zone(&self) -> &Zone {
        self.registry.time_zone()
    }

    /// What has the files of `field`, if the settings have it.
    pub(super) fn storage(&self, field: &Field) -> Option<FileStorage> {
        self.storages.of_field(field).ok().cloned()
    }

    pub(super) fn model(&self, key: &ModelKey) -> Result<&Arc<RowModel>, HttpError> {
        self.models
            .get(key)
            .ok_or_else(|| HttpError::internal(format!("there is no model `{key}`"), Vec::new()))
    }

    /// Asks the database what `ask` asks of `query`.
    pub(in crate::views) fn ask<T>(
        &self,
        query: &Query,
        ask: impl FnOnce(QuerySet<'_>, &crate::db::Connection) -> Result<T, QueryError>,
    ) -> Result<T, HttpError> {
        Ok(self.answer(query, ask)?)
    }

    /// The same; what is wrong with the query is told.
    pub(super) fn answer<T>(
        &self,
        query: &Query,
        ask: impl FnOnce(QuerySet<'_>, &crate::db::Connection) -> Result<T, QueryError>,
    ) -> Result<T, QueryError> {
        let set = query.clone().on(&self.registry)?;
        self.connections.with(|connection| ask(set, connection))
    }

    /// Whether the name of a relation of users leads to any number of rows.
    pub(in crate::views) fn leads_users_to_many(&self, name: &str) -> bool {
        let model = self.models.get(self.registry.user_model_key());
        model.is_some_and(|model| model.attribute(name) == Some(&RowAttribute::Many))
    }

    /// What the template in `option` of the model of `row` writes.
    pub(super) fn write_template(
        &self,
        option: &'static str,
        model: &RowModel,
        row: Value,
    ) -> Result<String, HttpError> {
        let name = template_name(&model.model, option);
        Ok(self.templates.render_object(&name, row)?)
    }

    /// Tells the log what kept a row from being written.
    pub(super) fn log(&self, error: &HttpError) {
        self.log.error(error.messages().join(": "));
    }
}

impl fmt::Debug for RowLoader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RowLoader(..)")
    }
}
