//! What every template of the admin knows (`AdminSite.each_context`), by Django's names.

use std::sync::Arc;

use crate::admin::options::ModelAdmin;
use crate::admin::pages::AdminRequest;
use crate::admin::pages::row_lookup::quote;
use crate::templates::Context;
use crate::templates::value::{Value, map};
use crate::text;
use crate::views::HttpError;

impl AdminRequest<'_, '_> {
    /// What every page knows, with `title`.
    pub(super) fn page_context(&self, title: &str) -> Result<Context, HttpError> {
        self.page_context_with(title, self.available_apps()?)
    }

    /// The same where the apps are known already.
    pub(super) fn page_context_with(
        &self,
        title: &str,
        available_apps: Value,
    ) -> Result<Context, HttpError> {
        let is_popup = self.is_popup()?;
        Ok(Context::default()
            .with("title", title)
            .with("is_popup", is_popup)
            .with("available_apps", available_apps))
    }

    /// The apps and models that who asks may do something with (`get_app_list`).
    pub(super) fn available_apps(&self) -> Result<Value, HttpError> {
        let mut apps = Vec::new();
        for app in self.site.apps() {
            let models = app.models.iter().map(|admin| self.model_entry(admin));
            let models: Vec<_> = models
                .filter_map(Result::transpose)
                .collect::<Result<_, _>>()?;
            if models.is_empty() {
                continue;
            }
            apps.push(map([
                ("app_label", Value::from(app.label)),
                ("name", Value::from(app_name(app.label))),
                ("app_url", Value::from(self.app_url(app.label)?)),
                ("models", Value::from(models)),
            ]));
        }
        Ok(Value::from(apps))
    }

    /// A model among those of its app; none where who asks may do nothing with it.
    fn model_entry(&self, admin: &Arc<ModelAdmin>) -> Result<Option<Value>, HttpError> {
        let may = self.permissions(admin, None)?;
        if !may.any() || !self.is_ruled_in(admin, "module", None)? {
            return Ok(None);
        }
        let page = |page: &str| self.url(&admin.url_name(page), &[]).map(Value::from);
        let nothing = || Value::from(());
        let permissions = map([
            ("add", may.add),
            ("change", may.change),
            ("delete", may.delete),
            ("view", may.view),
        ]);
        Ok(Some(map([
            (
                "name",
                Value::from(text::capitalized(&admin.model.verbose_name_plural())),
            ),
            ("object_name", Value::from(admin.model.name.as_str())),
            ("model_name", Value::from(admin.model_name())),
            ("perms", permissions),
            (
                "admin_url",
                if may.view {
                    page("changelist")?
                } else {
                    nothing()
                },
            ),
            ("add_url", if may.add { page("add")? } else { nothing() }),
            ("view_only", Value::from(!may.change)),
        ])))
    }

    /// The path of the page of the app `label`.
    pub(super) fn app_url(&self, label: &str) -> Result<String, HttpError> {
        Ok(format!("{}{label}/", self.url("index", &[])?))
    }

    /// Where to go when a row is done with: the list, or the first page for those who may not see that.
    pub(super) fn list_or_index(
        &self,
        admin: &ModelAdmin,
        has_list: bool,
    ) -> Result<String, HttpError> {
        if has_list {
            self.list_url(admin)
        } else {
            self.url("index", &[])
        }
    }

    /// The path of the page `name` of the admin.
    pub(super) fn url(&self, name: &str, kwargs: &[(&str, &str)]) -> Result<String, HttpError> {
        let kwargs = kwargs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let kwargs: Vec<_> = kwargs.collect();
        let name = format!("admin:{name}");
        let path = self.request.urls.reverse(&name, &[], &kwargs);
        path.map_err(|error| HttpError::internal(error.to_string(), Vec::new()))
    }

    /// The path of `page` of the row whose key as text is `key`.
    pub(in crate::admin) fn row_url(
        &self,
        admin: &ModelAdmin,
        page: &str,
        key: &str,
    ) -> Result<String, HttpError> {
        self.url(&admin.url_name(page), &[("object_id", &quote(key))])
    }
}

/// What people call an app: its label in words.
pub(super) fn app_name(label: &str) -> String {
    match label {
        "auth" => "Authentication and Authorization".to_owned(),
        label => text::capitalized(&label.replace('_', " ")),
    }
}
