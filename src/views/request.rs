//! A request on its way through middleware and view, and the view that answers it.
//!
//! A view takes a request, and a request knows the patterns, which lead to views: both are defined here.

use std::cell::{Cell, OnceCell};
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use crate::db::Connections;
use crate::http::{
    FormData, FormError, HttpRequest, Method, QueryDict, Response, SetCookie, TooManyFields,
};
use crate::json::Json;
use crate::settings::AuthSettings;
use crate::signing::{CookieSigner, SigningError};
use crate::templates::{Context, TemplateType};
use crate::urls::{AccessRule, ResolverMatch, UrlArgument, UrlPattern, Urls};
use crate::views::debug_panel::RequestTrace;
use crate::views::project_code::{AccountEvent, AuthenticatedKey, PageAddition, ViewMarks};
use crate::views::{
    AppState, Client, Csrf, FormTarget, GetResponse, HttpError, LazySession, LazyUser, Messages,
    PageVisit,
};

/// The methods of a view that changes nothing.
const READING_METHODS: &str = "GET, HEAD, OPTIONS";

/// The methods of a page with a form.
pub(super) const FORM_METHODS: &str = "GET, POST, PUT, HEAD, OPTIONS";

/// Answers the requests of a url pattern.
pub trait View: fmt::Debug + Send + Sync {
    /// Answers a request.
    fn respond(&self, request: &Request<'_>) -> Result<Response, HttpError>;

    /// The methods that it answers, as the header `Allow` lists them.
    fn allowed(&self) -> &str {
        if self.has_form() {
            FORM_METHODS
        } else {
            READING_METHODS
        }
    }

    /// The method that `method` is answered as: what is asked of who sends the one is asked of who sends the other.
    fn answered_as<'m>(&self, method: &'m Method) -> &'m Method {
        match method {
            Method::Head => &Method::Get,
            Method::Put if self.has_form() => &Method::Post,
            other => other,
        }
    }

    /// Whether its page has a form, which POST and PUT send.
    fn has_form(&self) -> bool {
        false
    }

    /// The names of the patterns it redirects or links to, so that a check finds those that do not exist.
    fn pattern_names(&self) -> Vec<&str> {
        Vec::new()
    }

    /// The names that its route has to capture, so that a check finds those that it does not.
    fn captured_names(&self) -> Vec<&str> {
        Vec::new()
    }

    /// Names of which its route has to capture one at least.
    fn key_names(&self) -> Option<[&str; 2]> {
        None
    }

    /// What it answers to a GET of `client`, as far as options and settings say so.
    fn get_response<'v>(&'v self, _: Client, _: &'v AuthSettings) -> GetResponse<'v> {
        GetResponse::Page
    }

    /// The page that it shows to anybody, where it does nothing else: that of an error can be made of that, even without
    /// the request.
    fn static_page(&self, _: Option<&Request<'_>>) -> Result<Option<StaticPage<'_>>, HttpError> {
        Ok(None)
    }

    /// The template that it renders, and what it tells it, for the check of templates.
    fn shown(&self) -> Option<ShownTemplate<'_>> {
        None
    }

    /// The view of one row, at the path behind that of this view of many.
    fn detail(&self) -> Option<DetailView> {
        None
    }

    /// What it adds to the description of an API, where its pattern asks for what `access` says; none for pages.
    fn openapi(&self, _access: &AccessRule) -> Option<OpenApiPart> {
        None
    }

    /// Whether it is a part of an API, which itself asks where a request comes from, who sent it and whether they may,
    /// and says so in its own form.
    fn is_api(&self) -> bool {
        false
    }

    /// What it asks of the middleware around it.
    fn marks(&self) -> ViewMarks {
        ViewMarks::default()
    }

    /// Answers a request in the place of the page of `error`, which knows `context`: as it answers GET.
    fn respond_to_error(
        &self,
        request: &Request<'_>,
        _error: &HttpError,
        context: Context,
    ) -> Result<Response, HttpError> {
        self.respond(&request.for_error(context))
    }

    /// The dotted name of a view in Python.
    fn python_name(&self) -> Option<String> {
        None
    }

    /// Where its form leads when it was sent.
    fn form_target<'v>(&'v self, _: &'v AuthSettings) -> Option<FormTarget<'v>> {
        None
    }
}

/// A page that does no more than show a template.
#[derive(Debug)]
pub struct StaticPage<'v> {
    /// Its template.
    pub template: &'v str,
    /// What the template is told.
    pub context: Context,
    /// The names of what it is told only where there is a request, which there is not.
    pub left_out: Vec<&'v str>,
}

impl<'v> StaticPage<'v> {
    /// The page of `template`, which is told nothing.
    pub(super) fn of_template(template: &'v str) -> Self {
        Self {
            template,
            context: Context::default(),
            left_out: Vec::new(),
        }
    }
}

/// A template, and what a view tells it.
#[derive(Clone, Debug)]
pub struct ShownTemplate<'v> {
    /// Its name.
    pub template: &'v str,
    /// The names that the view hands to it, and what they stand for.
    pub handed: Vec<(&'v str, TemplateType)>,
}

/// The view of one row, beside a view of many.
#[derive(Debug)]
pub struct DetailView {
    /// What the names of both begin with: `post` of `post-list` and `post-detail`.
    pub basename: String,
    /// The view.
    pub view: Box<dyn View>,
}

/// What a view adds to the description of an API (OpenAPI 3.1).
#[derive(Clone, Debug)]
pub struct OpenApiPart {
    /// The operations at its path: a path item object.
    pub path: Json,
    /// The schemas that they name.
    pub schemas: Vec<(String, Json)>,
}

/// A url pattern with its view.
pub type ViewPattern = UrlPattern<Box<dyn View>>;

/// The url patterns of a project with their views.
pub type UrlPatterns = Urls<Box<dyn View>>;

/// What the code of a project does around its views.
pub trait ProjectCode: fmt::Debug + Send + Sync {
    /// Has `make` make a page of `request`, with what the project adds to it.
    fn render(
        &self,
        request: &Request<'_>,
        make: &mut dyn FnMut(PageAddition) -> Result<String, HttpError>,
    ) -> Result<String, HttpError>;

    /// The user whom its backends let in by this name and password; `None` where it has none of its own, and the table of
    /// users is asked.
    fn authenticate(
        &self,
        request: &Request<'_>,
        username: &str,
        password: &str,
    ) -> Option<Result<Option<AuthenticatedKey>, HttpError>>;

    /// Tells it of `event`, which is about `whom`: the key of a user, or the name that nobody could log in with.
    fn tell(
        &self,
        request: &Request<'_>,
        event: AccountEvent,
        whom: Option<&str>,
    ) -> Result<(), HttpError>;

    /// Tells whoever wants to know that `request` came.
    fn request_started(&self, request: &Request<'_>) -> Result<(), HttpError>;

    /// Tells whoever wants to know that a request is answered; what goes wrong in that is for the log.
    fn request_finished(&self, request: &Request<'_>) -> Result<(), HttpError>;
}

/// A request, and what middleware found out about it.
#[derive(Debug)]
pub struct Request<'s> {
    http: Arc<HttpRequest>,
    /// What all requests share.
    pub state: &'s Arc<AppState>,
    /// The url patterns of the project.
    pub urls: &'s Arc<UrlPatterns>,
    /// The worker's connections.
    pub connections: &'s Arc<Connections>,
    /// Its session; `None` without the middleware `sessions`.
    pub session: Option<Arc<LazySession>>,
    /// Its secret; `None` without the middleware `csrf`.
    pub csrf: Option<Arc<Csrf>>,
    /// The user who sent it; `None` without the middleware `auth`.
    pub user: Option<Arc<LazyUser>>,
    /// The messages for the client; `None` without the middleware `messages`.
    pub messages: Option<Arc<Messages>>,
    /// What is kept of its page; `None` where nothing is.
    pub page: Option<Rc<PageVisit>>,
    /// Whether the host was found to be one of this site's.
    pub host_is_allowed: Cell<Option<bool>>,
    /// What it did so far, where a panel will tell.
    pub trace: Option<Arc<RequestTrace>>,
    /// What the code of the project does; `None` where it has none.
    pub code: Option<Arc<dyn ProjectCode>>,
    /// What a page of an error knows beside what every page knows.
    pub error_context: Option<Context>,
    resolved: OnceCell<Option<ResolverMatch<'s, Box<dyn View>>>>,
    form: OnceCell<Result<FormData, FormError>>,
}

impl<'s> Request<'s> {
    /// A request that no middleware has seen.
    pub fn new(
        http: impl Into<Arc<HttpRequest>>,
        state: &'s Arc<AppState>,
        urls: &'s Arc<UrlPatterns>,
        connections: &'s Arc<Connections>,
    ) -> Self {
        Self {
            http: http.into(),
            state,
            urls,
            connections,
            session: None,
            csrf: None,
            user: None,
            messages: None,
            page: None,
            host_is_allowed: Cell::new(None),
            trace: None,
            code: None,
            error_context: None,
            resolved: OnceCell::new(),
            form: OnceCell::new(),
        }
    }

    /// The same request as one for the page of an error, which knows `context`: a view answers it as it answers GET.
    #[must_use]
    pub(super) fn for_error(&self, context: Context) -> Self {
        let mut http = Arc::clone(&self.http);
        if http.method != Method::Head {
            Arc::make_mut(&mut http).method = Method::Get;
        }
        Self {
            session: self.session.clone(),
            csrf: self.csrf.clone(),
            user: self.user.clone(),
            messages: self.messages.clone(),
            host_is_allowed: self.host_is_allowed.clone(),
            trace: self.trace.clone(),
            code: self.code.clone(),
            error_context: Some(context),
            ..Self::new(http, self.state, self.urls, self.connections)
        }
    }

    /// What it is, as it came from the client and the proxies in front; it may be kept beyond the request.
    pub fn shared_http(&self) -> Arc<HttpRequest> {
        Arc::clone(&self.http)
    }

    /// The pattern of its path, with the captured values.
    pub fn resolved(&self) -> Option<&ResolverMatch<'s, Box<dyn View>>> {
        self.resolved
            .get_or_init(|| self.urls.resolve(&self.http.path))
            .as_ref()
    }

    /// The values that the pattern hands to the view.
    pub fn kwargs(&self) -> &[(String, UrlArgument)] {
        self.resolved().map_or(&[], |found| &found.kwargs)
    }

    /// The fields of its form.
    pub fn post(&self) -> Result<Arc<QueryDict>, FormError> {
        Ok(self.form_data()?.fields)
    }

    /// The fields and files of its form.
    pub fn form_data(&self) -> Result<FormData, FormError> {
        let limits = self.state.settings.server.form_limits();
        let form = self.form.get_or_init(|| self.http.form(limits));
        form.clone()
    }

    /// The fields of its query.
    pub fn get(&self) -> Result<QueryDict, TooManyFields> {
        self.http
            .query_dict(self.state.settings.server.max_form_fields)
    }

    /// What the signed cookie `name` says (Django's `get_signed_cookie`); `None` where there is none.
    ///
    /// Fails where it was altered, or signed longer than `max_age` ago. An empty `salt` is the same as no salt.
    pub fn signed_cookie(
        &self,
        name: &str,
        salt: &str,
        max_age: Option<Duration>,
    ) -> Result<Option<String>, SigningError> {
        let Some(signed) = self.cookie(name) else {
            return Ok(None);
        };
        let value = self.cookie_signer(name, salt).unsign(&signed, max_age)?;
        Ok(Some(value.to_owned()))
    }

    /// `cookie` with its value signed (Django's `set_signed_cookie`).
    pub fn sign_cookie(&self, mut cookie: SetCookie, salt: &str) -> SetCookie {
        cookie.value = self.cookie_signer(&cookie.name, salt).sign(&cookie.value);
        cookie
    }

    fn cookie_signer(&self, name: &str, salt: &str) -> CookieSigner {
        let signer = CookieSigner::new(&self.state.keys, name, salt);
        if self.state.settings.security.signed_cookie_legacy_read {
            signer
        } else {
            signer.without_legacy()
        }
    }

    /// Its session.
    pub fn session(&self) -> Result<&Arc<LazySession>, HttpError> {
        self.session.as_ref().ok_or_else(|| missing("sessions"))
    }

    /// Who sent it.
    pub fn user(&self) -> Result<&Arc<LazyUser>, HttpError> {
        self.user.as_ref().ok_or_else(|| missing("auth"))
    }

    /// Its whole address; fails where the host is not one this site answers to.
    pub fn absolute_url(&self) -> Result<String, HttpError> {
        let host = self.checked_host()?;
        Ok(format!("{}://{host}{}", self.scheme(), self.full_path()))
    }

    /// The host asked for; fails where it is not one this site answers to.
    pub(super) fn checked_host(&self) -> Result<&str, HttpError> {
        if self.is_for_this_host() {
            return Ok(&self.host);
        }
        let message = format!("Invalid HTTP_HOST header: '{}'.", self.host);
        Err(HttpError::DisallowedHost(message))
    }

    /// Whether the host is one this site answers to.
    pub fn is_for_this_host(&self) -> bool {
        let known = self.host_is_allowed.get();
        let allowed = known.unwrap_or_else(|| self.state.allows_host(&self.http.host));
        self.host_is_allowed.set(Some(allowed));
        allowed
    }
}

fn missing(middleware: &str) -> HttpError {
    HttpError::internal(
        format!("this view needs the middleware `{middleware}`"),
        vec![format!(
            "add `{middleware}` to `[project] middleware` in `djr.toml`"
        )],
    )
}

impl Deref for Request<'_> {
    type Target = HttpRequest;

    fn deref(&self) -> &HttpRequest {
        &self.http
    }
}

impl DerefMut for Request<'_> {
    /// The same request where a copy was handed out is left as it was.
    fn deref_mut(&mut self) -> &mut HttpRequest {
        Arc::make_mut(&mut self.http)
    }
}
