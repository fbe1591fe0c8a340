//! The site: how it looks, and the models that it has pages for (Django's `AdminSite`).

use std::sync::Arc;

use crate::admin::options::{AdminTemplate, ColumnSource, ModelAdmin, ViewOnSite};
use crate::models::{Model, ModelKey};
use crate::templates::value::{Value, map};

/// What a browser may load for a page of the admin: files of this site alone, and no script within the page.
///
/// A header of the pages of models, and a `meta` element of all: those that log in and out are pages of accounts.
pub(super) const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; img-src 'self' data: blob: https:; \
     object-src 'none'; base-uri 'none'; form-action 'self'";

/// The admin of a project.
#[derive(Clone, Debug, Default)]
pub struct AdminSite {
    /// How it looks.
    pub(super) look: SiteLook,
    /// The models that it has pages for, in the order of the apps and of their files.
    models: Vec<Arc<ModelAdmin>>,
}

/// What all pages of the admin show: `[site]` of an `admin.toml`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct SiteLook {
    /// What stands behind the title of each page in the browser: `site_title`.
    pub(super) title: String,
    /// What stands at the top of each page: `site_header`.
    pub(super) header: String,
    /// The title of the first page: `index_title`.
    pub(super) index_title: String,
    /// Where "View site" leads; none where there is no such link.
    pub(super) site_url: Option<String>,
    /// The path of a static file that is shown beside the header.
    pub(super) logo: Option<String>,
    /// The colour of header and buttons, as a style sheet writes it.
    pub(super) color: Option<String>,
    /// What stands in the place of a value that is not there: `empty_value_display`.
    pub(super) empty_value: String,
}

impl Default for SiteLook {
    fn default() -> Self {
        Self {
            title: "Site admin".to_owned(),
            header: "Administration".to_owned(),
            index_title: "Site administration".to_owned(),
            site_url: Some("/".to_owned()),
            logo: None,
            color: None,
            empty_value: "-".to_owned(),
        }
    }
}

/// The models of an app that have pages.
#[derive(Clone, Copy, Debug)]
pub(super) struct AdminApp<'s> {
    /// The label of the app.
    pub(super) label: &'s str,
    /// Its models.
    pub(super) models: &'s [Arc<ModelAdmin>],
}

impl AdminSite {
    /// A site for `models`, which stand together by their apps.
    pub(super) fn new(look: SiteLook, models: Vec<Arc<ModelAdmin>>) -> Self {
        Self { look, models }
    }

    /// How the model of this key is shown; none where it has no pages.
    pub(super) fn get(&self, key: &ModelKey) -> Option<&Arc<ModelAdmin>> {
        self.models.iter().find(|admin| admin.model.is(key))
    }

    /// All models that have pages.
    pub(super) fn models(&self) -> &[Arc<ModelAdmin>] {
        &self.models
    }

    /// The same by their apps.
    pub(super) fn apps(&self) -> impl Iterator<Item = AdminApp<'_>> {
        let label = |admin: &Arc<ModelAdmin>| admin.model.app_label.clone();
        let groups = self.models.chunk_by(move |a, b| label(a) == label(b));
        groups.filter_map(|models| {
            let first: &Model = &models.first()?.model;
            let label = first.app_label.as_str();
            Some(AdminApp { label, models })
        })
    }
}

impl AdminSite {
    /// How it looks, as templates see it.
    pub fn look_value(&self) -> Value {
        let look = &self.look;
        map([
            ("title", Value::from(look.title.as_str())),
            ("header", Value::from(look.header.as_str())),
            ("site_url", Value::from(look.site_url.as_deref())),
            ("logo", Value::from(look.logo.as_deref())),
            ("color", Value::from(look.color.as_deref())),
            (
                "content_security_policy",
                Value::from(CONTENT_SECURITY_POLICY),
            ),
        ])
    }

    /// The templates that stand in `admin.toml`.
    pub fn templates(&self) -> impl Iterator<Item = &AdminTemplate> {
        self.models.iter().flat_map(|admin| {
            let inlines = admin
                .inlines
                .iter()
                .flat_map(|inline| &inline.fields.readonly);
            let shown = admin.list.columns.iter().chain(&admin.form.fields.readonly);
            let shown = shown.chain(inlines);
            let columns = shown.filter_map(|column| match &column.source {
                ColumnSource::Template { template, .. } => Some(template),
                ColumnSource::Str | ColumnSource::Field { .. } | ColumnSource::Password => None,
            });
            let page = match &admin.form.view_on_site {
                ViewOnSite::Template(template) => Some(template),
                ViewOnSite::No | ViewOnSite::ModelUrl => None,
            };
            let columns = columns.chain(page);
            columns.chain(admin.rules.0.iter().map(|rule| &rule.template))
        })
    }
}
