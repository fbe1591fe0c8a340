//! What the pages of accounts have in common.

use crate::auth::UserAttribute;
use crate::clock;
use crate::diagnostic::Finding;
use crate::forms::Form;
use crate::http::Response;
use crate::templates::Context;
use crate::templates::value::{self, Value};
use crate::views::ViewEntry;
use crate::views::queries::ContextQueries;
use crate::views::{HttpError, Request, access, redirect_to_login_at, render, resolve_url};

/// A page: its template, and what it is told beside what every page knows.
#[derive(Debug)]
pub(super) struct AccountPage {
    template: String,
    title: &'static str,
    extra_context: Vec<(String, Value)>,
    context: ContextQueries,
    /// The login of the staff, who alone may see the page then; else any user may.
    staff_login: Option<String>,
}

impl AccountPage {
    /// Reads `template` and `extra_context` of an entry.
    pub(super) fn build(
        entry: &ViewEntry<'_, '_>,
        template: &str,
        title: &'static str,
    ) -> Result<Self, Finding> {
        Self::with_template_key("template", entry, template, title)
    }

    /// The same for a page whose template the entry names under `key`.
    pub(super) fn with_template_key(
        key: &'static str,
        entry: &ViewEntry<'_, '_>,
        template: &str,
        title: &'static str,
    ) -> Result<Self, Finding> {
        Ok(Self {
            template: entry.template_at(key, template)?,
            title,
            extra_context: context_table(entry, "extra_context")?,
            context: ContextQueries::read(entry),
            staff_login: None,
        })
    }

    /// Reads `staff_login` of the entry of a page that only users see.
    pub(super) fn with_staff_login(self, entry: &ViewEntry<'_, '_>) -> Self {
        Self {
            staff_login: entry.fields.optional("staff_login"),
            ..self
        }
    }

    /// The name of the page where the staff logs in, if the page is for the staff alone.
    pub(super) fn staff_login(&self) -> Option<&str> {
        self.staff_login.as_deref()
    }

    /// The redirect to the login for those who may not see the page; none for those who may.
    pub(super) fn require_user(
        &self,
        request: &Request<'_>,
    ) -> Result<Option<Response>, HttpError> {
        let Some(login) = &self.staff_login else {
            return access::require_login(request);
        };
        let user = request.user()?.get()?;
        if user.is_some_and(|user| user.is_active && user.is_staff) {
            return Ok(None);
        }
        redirect_to_login_at(request, login).map(Some)
    }

    /// The page with what `context` tells it.
    pub(super) fn render(
        &self,
        request: &Request<'_>,
        context: Context,
    ) -> Result<Response, HttpError> {
        let mut all = Context::default()
            .with("title", self.title)
            .with("site_name", site_name(request));
        for (name, pattern) in LINKS {
            let path = request.urls.reverse(pattern, &[], &[]).ok();
            let path = path.filter(|_| pattern != PASSWORD_RESET || has_email(request));
            all.set(name, path.map_or_else(|| Value::from(()), Value::from));
        }
        all.extend(context);
        for (name, value) in &self.extra_context {
            all.set(name.as_str(), value.clone());
        }
        self.context.add_to(&mut all, request)?;
        let page = render(request, &self.template, all)?;
        Ok(Response::html(200, page))
    }

    /// The page with a form on it.
    pub(super) fn render_form(
        &self,
        request: &Request<'_>,
        form: Form,
        context: Context,
    ) -> Result<Response, HttpError> {
        self.render(request, context.with("form", Value::from_object(form)))
    }
}

/// What pages call the paths of urls that a project need not have.
const LINKS: [(&str, &str); 4] = [
    ("login_url", "login"),
    ("signup_url", "signup"),
    ("password_change_url", "password_change"),
    ("password_reset_url", PASSWORD_RESET),
];

/// The url of the page that mails a link to whoever forgot the password.
const PASSWORD_RESET: &str = "password_reset";

/// Whether users have an address that a link can be mailed to.
pub(super) fn has_email(request: &Request<'_>) -> bool {
    request.state.users.has(UserAttribute::Email)
}

/// Values for a template that an entry sets itself, in the table `key`.
pub(super) fn context_table(
    entry: &ViewEntry<'_, '_>,
    key: &'static str,
) -> Result<Vec<(String, Value)>, Finding> {
    let Some(item) = entry.fields.item(key) else {
        return Ok(Vec::new());
    };
    let Some(table) = item.as_table() else {
        let message = format!("`{key}` must be a table, not {}", item.value.type_name());
        return Err(item.error("wrong-type", message));
    };
    let values = table.entries().iter();
    Ok(values
        .map(|entry| (entry.key.clone(), value::from_toml(&entry.item.value)))
        .collect())
}

/// What the site is called: `[site] title`, else the host it is asked for by.
pub(super) fn site_name(request: &Request<'_>) -> String {
    let title = request.state.site_settings.get_attr("title").ok();
    let title = title.filter(Value::is_true).map(|title| title.to_string());
    title.unwrap_or_else(|| request.host.clone())
}

/// The answer with headers that keep it out of all caches.
pub(super) fn never_cached(mut response: Response) -> Response {
    response.never_cache(clock::now().into());
    response
}

/// Where a login leads: to the `next` page, if it is safe, else to `default` or as the settings say.
pub(super) fn login_success_url(
    request: &Request<'_>,
    default: Option<&str>,
) -> Result<String, HttpError> {
    let next = access::redirect_target(request)?;
    if !next.is_empty() {
        return Ok(next);
    }
    let settings = &request.state.settings.auth;
    resolve_url::resolve_url(request, default.unwrap_or(&settings.login_redirect_url))
}

/// Sends a browser on that is logged in already.
pub(super) fn redirect_authenticated(
    request: &Request<'_>,
    default: Option<&str>,
) -> Result<Response, HttpError> {
    let url = login_success_url(request, default)?;
    Ok(never_cached(Response::redirect(&url, false)))
}
