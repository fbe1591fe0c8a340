//! The first page: the models that who asks may do something with, and what they did last. And the same of one app.

use crate::admin::log::recent_actions;
use crate::admin::pages::page_context::app_name;
use crate::admin::pages::{AdminPage, AdminRequest};
use crate::http::Response;
use crate::templates::value::Value;
use crate::views::HttpError;

/// How many actions the first page shows.
const RECENT: u64 = 10;

/// The first page.
#[derive(Debug)]
pub(in crate::admin) struct IndexPage;

impl AdminPage for IndexPage {
    fn respond(&self, request: &AdminRequest<'_, '_>) -> Result<Response, HttpError> {
        let title = &request.site.look.index_title;
        let apps = request.available_apps()?;
        let context = request.page_context_with(title, apps.clone())?;
        let recent = recent_actions(request, RECENT)?;
        request.render(
            "index.html",
            context.with("app_list", apps).with("log_entries", recent),
        )
    }

    fn has_form(&self) -> bool {
        false
    }
}

/// The models of the app of this label.
#[derive(Debug)]
pub(in crate::admin) struct AppIndexPage(pub(in crate::admin) String);

impl AdminPage for AppIndexPage {
    fn respond(&self, request: &AdminRequest<'_, '_>) -> Result<Response, HttpError> {
        let apps = request.available_apps()?;
        let label = Value::from(self.0.as_str());
        let is_this = |app: &Value| app.get_attr("app_label").is_ok_and(|own| own == label);
        let all = apps.try_iter().into_iter().flatten();
        let Some(app) = all.into_iter().find(is_this) else {
            let message = "The requested admin page does not exist.";
            return Err(HttpError::NotFound(message.to_owned()));
        };
        let title = format!("{} administration", app_name(&self.0));
        let context = request.page_context_with(&title, apps)?;
        let context = context.with("app_list", vec![app]).with("app_label", label);
        request.render("app_index.html", context)
    }

    fn has_form(&self) -> bool {
        false
    }
}
