//! Urls, static files and attributes of rows that templates name.

use std::collections::HashMap;

use crate::diagnostic::Finding;
use crate::models::{ModelKey, Registry};
use crate::project::url_checks;
use crate::settings::Settings;
use crate::staticfiles::{Finders, StaticPath};
use crate::templates::{CheckCalls, TemplateType, UrlCall};
use crate::text;
use crate::views::{RowModels, RowTypes, ShownTemplate, UrlPatterns, View};

/// What there is in a project for templates to name.
pub(super) struct ProjectCalls<'p> {
    urls: Option<&'p UrlPatterns>,
    /// The templates of all views, and what they hand to them.
    shown: Vec<ShownTemplate<'p>>,
    static_files: Option<Finders>,
    /// The names of the caches.
    caches: Vec<&'p str>,
    rows: RowTypes,
}

impl<'p> ProjectCalls<'p> {
    /// Without `urls` no url counts as wrong, and without `static_files` no file.
    pub(super) fn new(
        urls: Option<&'p UrlPatterns>,
        static_files: Option<Finders>,
        settings: &'p Settings,
        models: &Registry,
        rows: &RowModels,
    ) -> Self {
        let views = urls.into_iter().flat_map(|urls| {
            let patterns = urls.patterns().iter().map(|pattern| &*pattern.view);
            patterns.chain(urls.handlers().iter().map(|handler| &*handler.view))
        });
        Self {
            urls,
            shown: views.filter_map(View::shown).collect(),
            static_files,
            caches: settings.caches.keys().map(String::as_str).collect(),
            rows: RowTypes::new(models, rows),
        }
    }
}

impl CheckCalls for ProjectCalls<'_> {
    fn url(&self, call: &UrlCall) -> Option<Finding> {
        url_checks::wrong_call(self.urls?, call)
    }

    fn cache(&self, alias: &str) -> Option<Finding> {
        if self.caches.contains(&alias) {
            return None;
        }
        let finding = Finding::error("unknown-cache", format!("`[caches]` has no `{alias}`"));
        let known = || self.caches.iter().copied();
        let hint = format!("the caches are {}", text::quoted(known()));
        Some(finding.suggest_or(alias, known(), hint))
    }

    fn handed_to(&self, template: &str) -> Vec<(String, TemplateType)> {
        let mut handed: HashMap<&str, TemplateType> = HashMap::new();
        let shown = self.shown.iter();
        for (name, value) in shown
            .filter(|shown| shown.template == template)
            .flat_map(|shown| &shown.handed)
        {
            let known = handed.entry(name).or_insert_with(|| value.clone());
            if known != value {
                *known = TemplateType::Unknown;
            }
        }
        let handed = handed.into_iter();
        handed
            .map(|(name, value)| (name.to_owned(), value))
            .collect()
    }

    fn is_handed(&self, name: &str) -> bool {
        // Without urls nothing is known of what views hand to templates.
        let Some(urls) = self.urls else {
            return true;
        };
        let mut patterns = urls.patterns().iter();
        let is_captured = patterns.any(|pattern| {
            let mut kwargs = pattern.kwargs.iter();
            pattern.route.names().any(|captured| captured == name)
                || kwargs.any(|(given, _)| given == name)
        });
        let mut shown = self.shown.iter();
        is_captured || shown.any(|shown| shown.handed.iter().any(|(handed, _)| *handed == name))
    }

    fn attribute(&self, model: &ModelKey, name: &str) -> Option<TemplateType> {
        self.rows.attribute(model, name)
    }

    fn attributes(&self, model: &ModelKey) -> Vec<String> {
        self.rows.names(model)
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
