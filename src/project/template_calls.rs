//! Urls and static files that templates name.

use crate::diagnostic::Finding;
use crate::project::url_checks;
use crate::staticfiles::{Finders, StaticPath};
use crate::templates::{CheckCalls, UrlCall};
use crate::views::UrlPatterns;

/// What there is in a project for templates to name.
pub(super) struct ProjectCalls<'p> {
    urls: Option<&'p UrlPatterns>,
    static_files: Option<Finders>,
}

impl<'p> ProjectCalls<'p> {
    /// Without `urls` no url counts as wrong, and without `static_files` no file.
    pub(super) fn new(urls: Option<&'p UrlPatterns>, static_files: Option<Finders>) -> Self {
        Self { urls, static_files }
    }
}

impl CheckCalls for ProjectCalls<'_> {
    fn url(&self, call: &UrlCall) -> Option<Finding> {
        url_checks::wrong_call(self.urls?, call)
    }

    fn static_file(&self, path: &str) -> Option<Finding> {
        let finders = self.static_files.as_ref()?;
        let asked = StaticPath::new(path.trim_start_matches('/'));
        if asked.is_some_and(|asked| finders.find(&asked).is_some()) {
            return None;
        }
        let message = format!("there is no static file `{path}`");
        let finding = Finding::warning("missing-static-file", message);
        let locations = finders.locations().into_iter();
        let places: Vec<_> = locations
            .map(|place| format!("`{}`", place.display()))
            .collect();
        Some(finding.hint(format!("looked for in {}", places.join(", "))))
    }
}
