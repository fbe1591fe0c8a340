//! Which template shows a page: that of the model, of its app, or of all (`admin/posts/post/change_form.html`).

use crate::admin::options::ModelAdmin;
use crate::admin::pages::AdminRequest;
use crate::admin::pages::page_context::app_name;
use crate::http::Response;
use crate::templates::Context;
use crate::templates::value::{Value, map};
use crate::views::{HttpError, render};

impl AdminRequest<'_, '_> {
    /// The page that the template `admin/NAME` shows.
    pub(super) fn render(&self, name: &str, context: Context) -> Result<Response, HttpError> {
        let page = render(self.request, &format!("admin/{name}"), context)?;
        Ok(Response::html(200, page))
    }

    /// The page of a model that the most special of its templates called `name` shows.
    pub(super) fn render_of_model(
        &self,
        admin: &ModelAdmin,
        name: &str,
        context: Context,
    ) -> Result<Response, HttpError> {
        let label = &admin.model.app_label;
        let candidates = [
            format!("{label}/{}/{name}", admin.model_name()),
            format!("{label}/{name}"),
        ];
        let templates = &self.request.state.templates;
        let mut own = candidates.iter();
        let own = own.find(|candidate| templates.has(&format!("admin/{candidate}")));
        let context = context
            .with("opts", options_value(admin))
            .with("app_name", app_name(label))
            .with("app_url", self.app_url(label)?);
        self.render(own.map_or(name, String::as_str), context)
    }
}

/// What templates are told of a model, by the names of Django's `_meta`.
fn options_value(admin: &ModelAdmin) -> Value {
    map([
        ("app_label", admin.model.app_label.clone()),
        ("model_name", admin.model_name()),
        ("object_name", admin.model.name.clone()),
        ("verbose_name", admin.model.verbose_name()),
        ("verbose_name_plural", admin.model.verbose_name_plural()),
    ])
}
