//! Views, and what they work with.
//!
//! * [`AppState`] is what all requests share; [`Request`] is a request on its way through middleware and view.
//! * [`LazySession`], [`LazyUser`], [`Messages`] and [`Csrf`] are read when a view or a template asks for them, which marks them as read.
//! * A [`ViewRegistry`] makes the [`View`] that an entry of `urls.toml` names; [`dispatch()`] answers a request with its view.
//! * An [`HttpError`] becomes a page in [`error_response`]: with `debug` one that shows where it happened, else one that reveals nothing.

mod absolute_url;
mod access;
mod app_state;
mod auth;
mod background_tasks;
mod context_processors;
mod csrf;
mod debug;
mod debug_panel;
mod dispatch;
mod error_log;
mod error_page;
mod error_pages;
mod feeds;
mod generic;
mod http_error;
mod login_redirect;
mod messages;
mod navigation;
mod page_notes;
mod page_visit;
mod permission_backends;
mod permissions;
mod project_code;
mod queries;
mod redirect;
mod registry;
mod render;
mod request;
mod request_observer;
mod request_parts;
mod request_report;
mod request_value;
mod resolve_url;
mod robots;
mod rows;
mod session;
mod sitemaps;
mod template;
mod user;
mod user_value;

pub use access::{has_right, is_guarded, required as required_access};
pub use app_state::AppState;
pub use auth::VIEWS as AUTH_VIEWS;
pub(crate) use auth::{PasswordFields, hash_password, keep_session};
pub use background_tasks::BackgroundTasks;
pub use csrf::{Csrf, FIELD as CSRF_FIELD};
pub use debug::findings_page;
pub use dispatch::dispatch;
pub use error_page::handler_names;
pub use error_pages::{bad_request, error_response, head_too_large};
pub use feeds::VIEWS as FEED_VIEWS;
pub(crate) use generic::SetField;
pub use generic::VIEWS as GENERIC_VIEWS;
pub use http_error::{HttpError, InternalError, TracedCall};
pub(crate) use login_redirect::redirect_to_login_at;
pub use messages::Messages;
pub use navigation::{Client, FormTarget, GetResponse, NextPage};
pub use page_notes::{NotedPage, note_pages, take_noted_pages};
pub use page_visit::PageVisit;
pub use permission_backends::{
    AskedPermission, PermissionBackends, PermissionHolder, PermissionSource,
};
pub use project_code::{AccountEvent, AuthenticatedKey, PageAddition, ViewMarks};
pub(crate) use queries::{
    GUARDING_SOURCES, ParameterValue, QueryReader, RequestQuery, SearchField, SearchTerms, fitting,
    parameter,
};
pub use registry::{
    EntryModel, FORM_UNREADABLE, FindView, MODELS_UNREADABLE, RegisteredView, SiteRoutes,
    ViewBuilder, ViewEntry, ViewRegistry, ViewResources,
};
pub use render::{render, render_named, render_text};
pub use request::{
    DetailView, OpenApiPart, ProjectCode, Request, ShownTemplate, StaticPage, UrlPatterns, View,
    ViewPattern,
};
pub use request_observer::RequestObserver;
pub use request_parts::RequestParts;
pub use request_value::is_request;
pub(crate) use resolve_url::is_path_or_url;
pub(crate) use rows::{RowBatch, RowValue, equals};
pub use rows::{RowLoader, RowModels, RowTemplate, RowTypes, row_templates};
pub use session::LazySession;
pub use sitemaps::VIEWS as SITEMAP_VIEWS;
pub(in crate::views) use template::content_type_of;
pub use user::LazyUser;

/// The views that belong to no app.
pub const VIEWS: &[RegisteredView] = &[
    ("template", template::build),
    ("redirect", redirect::build),
    ("robots", robots::build),
];
