//! URL patterns: `urls.toml` and the files it includes, matched against paths and written from names.
//!
//! 1. [`load_urls`] reads the project's `urls.toml` and those of included apps into [`Urls`], with every mistake of all of them at once.
//! 2. [`Urls::resolve`] finds the pattern of a path; the first one that matches wins.
//! 3. [`Urls::reverse`] writes the path of a name.

mod access_rule;
mod build_view;
mod converter;
mod error_handlers;
mod reverse;
mod route;
mod url_loader;
mod url_pattern;

pub use access_rule::{AccessRequirement, AccessRight, AccessRule};
pub use build_view::{BuildView, ViewRoute};
pub use converter::{Converter, UrlArgument};
pub use error_handlers::ErrorHandler;
pub use reverse::{ReverseError, UrlValue};
pub use route::{Route, RouteError};
pub use url_loader::{URLS_FILE, UrlSource, load_urls};
pub use url_pattern::{ResolverMatch, UrlPattern, Urls};

#[cfg(test)]
mod tests;
