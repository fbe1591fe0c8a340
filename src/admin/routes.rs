//! The url patterns of the view `admin.site`, by Django's names.

use std::sync::Arc;

use crate::admin::AdminSite;
use crate::admin::options::ModelAdmin;
use crate::admin::pages::{
    AddUserPage, AdminPage, AdminView, AppIndexPage, AutocompletePage, ChangeFormPage,
    ChangeListPage, DeletePage, HistoryPage, IndexPage, NotFoundPage, RedirectToChangePage,
    ThemeView, UserPasswordPage,
};
use crate::urls::ViewRoute;
use crate::views::View;

/// The patterns of all pages of `site` beside those of logging in and out.
pub fn routes(site: &Arc<AdminSite>) -> Vec<ViewRoute<Box<dyn View>>> {
    let mut routes = Routes {
        site,
        found: Vec::new(),
    };
    routes.add("", "index", IndexPage);
    routes.found.push(ViewRoute {
        path: "theme.css".into(),
        name: Some("theme".to_owned()),
        view: Box::new(ThemeView(site.look.color.clone())),
    });
    routes.add("autocomplete/", "autocomplete", AutocompletePage);
    for admin in site.models() {
        routes.model(admin);
    }
    // Behind the models: an app may be called as the beginning of no path of theirs.
    for app in site.apps() {
        let label = app.label.to_owned();
        let name = format!("app_list_{label}");
        routes.add(format!("{label}/"), name, AppIndexPage(label));
    }
    routes.add("<path:url>", "not_found", NotFoundPage);
    routes.found
}

struct Routes<'s> {
    site: &'s Arc<AdminSite>,
    found: Vec<ViewRoute<Box<dyn View>>>,
}

impl Routes<'_> {
    fn add(
        &mut self,
        path: impl Into<String>,
        name: impl Into<String>,
        page: impl AdminPage + 'static,
    ) {
        self.found.push(ViewRoute {
            path: path.into().into(),
            name: Some(name.into()),
            view: Box::new(AdminView {
                site: Arc::clone(self.site),
                page,
            }),
        });
    }

    /// The pages of a model. A key may hold slashes, so that what stands behind it decides.
    fn model(&mut self, admin: &Arc<ModelAdmin>) {
        let model = || Arc::clone(admin);
        let path = |rest: &str| format!("{}{rest}", admin.base_path());
        let name = |page: &str| admin.url_name(page);
        self.add(path(""), name("changelist"), ChangeListPage(model()));
        let row = "<path:object_id>/";
        let row_path = |rest: &str| path(&format!("{row}{rest}"));
        if admin.is_user_model {
            self.add(path("add/"), name("add"), AddUserPage(model()));
            let page = UserPasswordPage(model());
            self.add(row_path("password/"), name("password_change"), page);
        } else {
            self.add(path("add/"), name("add"), ChangeFormPage::add(model()));
        }
        self.add(row_path("history/"), name("history"), HistoryPage(model()));
        self.add(row_path("delete/"), name("delete"), DeletePage(model()));
        let change = ChangeFormPage::change(model());
        self.add(row_path("change/"), name("change"), change);
        // As Django's: the address of a row alone leads to its form.
        self.add(path(row), name("row"), RedirectToChangePage(model()));
    }
}
