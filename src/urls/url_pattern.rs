//! The url patterns of a project, and the one that matches a path.

use crate::diagnostic::Location;
use crate::http::Method;
use crate::page_cache::CachingRule;
use crate::urls::access_rule::AccessRule;
use crate::urls::error_handlers::ErrorHandler;
use crate::urls::{Route, UrlArgument};

/// A route and its view.
#[derive(Debug)]
pub struct UrlPattern<V> {
    /// The whole route, those of including files before its own.
    pub route: Route,
    /// Its own route after those of the files that include it, outermost first.
    pub trail: Vec<String>,
    /// The name, after its namespaces: `blog:post-detail`.
    pub name: Option<String>,
    /// The methods it answers; empty leaves that to the view.
    pub methods: Vec<Method>,
    /// Who may see it.
    pub access: AccessRule,
    /// What is said of its page and caches.
    pub caching: CachingRule,
    /// Values handed to the view, over captured ones of the same name.
    pub kwargs: Vec<(String, UrlArgument)>,
    /// The view.
    pub view: V,
    /// Where it was written.
    pub location: Location,
}

impl<V> UrlPattern<V> {
    /// The `Allow` header for a request with a method that the pattern does not have.
    pub fn allow(&self) -> String {
        let names: Vec<_> = self.methods.iter().map(Method::as_str).collect();
        names.join(", ")
    }

    /// Whether it answers `method`; where GET is answered, HEAD is.
    pub fn answers(&self, method: &Method) -> bool {
        let as_get = *method == Method::Head && self.methods.contains(&Method::Get);
        self.methods.is_empty() || as_get || self.methods.contains(method)
    }
}

/// The pattern of a path, and the values its view is called with.
#[derive(Debug)]
pub struct ResolverMatch<'u, V> {
    /// The pattern.
    pub pattern: &'u UrlPattern<V>,
    /// Captured values and those of the pattern, by name.
    pub kwargs: Vec<(String, UrlArgument)>,
}

/// All patterns of a project, in order.
#[derive(Debug)]
pub struct Urls<V> {
    pub(super) patterns: Vec<UrlPattern<V>>,
    pub(super) handlers: Vec<ErrorHandler<V>>,
    /// The names of entries whose view could not be made: who names one of them makes no mistake.
    pub(super) failed_names: Vec<String>,
}

impl<V> Default for Urls<V> {
    fn default() -> Self {
        Self {
            patterns: Vec::new(),
            handlers: Vec::new(),
            failed_names: Vec::new(),
        }
    }
}

impl<V> Urls<V> {
    /// All patterns, in the order they are tried.
    pub fn patterns(&self) -> &[UrlPattern<V>] {
        &self.patterns
    }

    /// The same, to be changed.
    pub fn patterns_mut(&mut self) -> &mut [UrlPattern<V>] {
        &mut self.patterns
    }

    /// The views of errors.
    pub fn handlers(&self) -> &[ErrorHandler<V>] {
        &self.handlers
    }

    /// The view of the error called `name`.
    pub fn handler(&self, name: &str) -> Option<&V> {
        let found = self.handlers.iter().find(|handler| handler.name == name);
        found.map(|handler| &handler.view)
    }

    /// The first pattern that matches `path`, which begins with a slash.
    pub fn resolve(&self, path: &str) -> Option<ResolverMatch<'_, V>> {
        let path = path.strip_prefix('/')?;
        self.patterns.iter().find_map(|pattern| {
            let mut kwargs = pattern.route.capture(path)?;
            kwargs.retain(|(name, _)| !pattern.kwargs.iter().any(|(key, _)| key == name));
            kwargs.extend(pattern.kwargs.iter().cloned());
            Some(ResolverMatch { pattern, kwargs })
        })
    }
}
