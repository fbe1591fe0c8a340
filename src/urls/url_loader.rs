//! `urls.toml` read into patterns, included files in their places.

use crate::apps::Apps;
use crate::diagnostic::{Finding, Location};
use crate::document::{Document, Item, Problems, Table, TableReader, Value};
use crate::http::Method;
use crate::page_cache::CachingRule;
use crate::text;
use crate::urls::access_rule::{AccessRule, read_method};
use crate::urls::build_view::BuildView;
use crate::urls::error_handlers::{ErrorHandler, HANDLERS, read_handlers};
use crate::urls::{Route, UrlArgument, UrlPattern, Urls};

/// The file that names urls, of a project and of an app.
pub const URLS_FILE: &str = "urls.toml";

/// What patterns are read from.
pub struct UrlSource<'s, V> {
    /// The project's `urls.toml`.
    pub root: &'s Document,
    /// The apps that can be included.
    pub apps: &'s Apps,
    /// Makes the views.
    pub build: &'s BuildView<'s, V>,
    /// What `[handlers]` may hold: the names of the errors that have pages.
    pub handlers: &'s [&'static str],
    /// The names of the caches that pages can be kept in.
    pub caches: &'s [String],
}

/// Reads all patterns; what is wrong goes to `problems`, and the patterns are then incomplete.
pub fn load_urls<V>(source: &UrlSource<'_, V>, problems: &Problems) -> Urls<V> {
    let mut loader = UrlLoader {
        source,
        problems,
        patterns: Vec::new(),
        handlers: Vec::new(),
        failed_names: Vec::new(),
    };
    loader.file(source.root.root(), &IncludeContext::default());
    let urls = Urls {
        patterns: loader.patterns,
        handlers: loader.handlers,
        failed_names: loader.failed_names,
    };
    report_repeated_names(&urls, problems);
    report_unreachable(&urls, problems);
    urls
}

/// What an entry inherits from the files that include its file.
#[derive(Clone, Debug, Default)]
struct IncludeContext {
    route: Route,
    trail: Vec<String>,
    namespaces: Vec<String>,
    apps: Vec<String>,
    access: AccessRule,
    caching: CachingRule,
}

impl IncludeContext {
    /// `name` behind its namespaces: `blog:post-detail`.
    fn full_name(&self, name: String) -> String {
        let mut parts = self.namespaces.clone();
        parts.push(name);
        parts.join(":")
    }
}

/// The keys of which an entry must have one.
const TARGETS: [&str; 2] = ["view", "include"];

struct UrlLoader<'s, V> {
    source: &'s UrlSource<'s, V>,
    problems: &'s Problems,
    patterns: Vec<UrlPattern<V>>,
    handlers: Vec<ErrorHandler<V>>,
    failed_names: Vec<String>,
}

impl<V> UrlLoader<'_, V> {
    fn file(&mut self, root: &Table, place: &IncludeContext) {
        let fields = root.reader(self.problems);
        let mut place = place.clone();
        let app_name = fields.optional::<String>("app_name");
        if let (Some(name), false) = (app_name, place.apps.is_empty()) {
            // An `include` with a `namespace` of its own has put it there already.
            let own = place.namespaces.pop().filter(|own| !own.is_empty());
            place.namespaces.push(own.unwrap_or(name));
        } else if place.namespaces.last().is_some_and(String::is_empty) {
            place.namespaces.pop();
        }
        for entry in fields.optional::<Vec<Item>>("urls").unwrap_or_default() {
            match entry.as_table() {
                Some(table) => self.entry(table, &place),
                None => self
                    .problems
                    .push(entry.error("wrong-type", "an entry of `urls` must be a table")),
            }
        }
        self.handlers(&fields, &place);
        fields.finish();
    }

    /// Reads the handlers of errors, which are those of the whole project.
    fn handlers(&mut self, fields: &TableReader<'_>, place: &IncludeContext) {
        if place.apps.is_empty() {
            self.handlers = read_handlers(fields, self.source.handlers, self.source.build);
        } else if let Some(item) = fields.item(HANDLERS) {
            let message = "`[handlers]` belongs in the `urls.toml` of the project";
            self.problems
                .push(item.error("misplaced-handlers", message));
        }
    }

    fn entry(&mut self, table: &Table, place: &IncludeContext) {
        let fields = table.reader(self.problems);
        let location = fields.item("path").map(|item| item.origin.location());
        let path = fields.required::<String>("path");
        let route = path
            .as_deref()
            .and_then(|path| self.route(path, location.clone()));
        let joined = route.and_then(|route| match place.route.join(&route) {
            Ok(joined) => Some(joined),
            Err(error) => {
                self.problems.push(at(
                    Finding::error("bad-route", error.to_string()).hint(error.hint()),
                    location.clone(),
                ));
                None
            }
        });
        let mut inner = place.clone();
        inner.route = joined.clone().unwrap_or_default();
        inner.trail.push(path.unwrap_or_default());
        inner.access.read(&fields);
        inner.caching = CachingRule::read(&fields, &place.caching, self.source.caches);
        let (include, view) = (
            fields.item("include").cloned(),
            fields.item("view").cloned(),
        );
        match (include, view) {
            (Some(include), None) => self.include(&include, &fields, inner),
            (None, Some(view)) => self.view(&view, &fields, &inner, joined.is_some()),
            (Some(include), Some(_)) => {
                let finding = include.error(
                    "two-targets",
                    "an entry has a `view` or an `include`, not both",
                );
                self.problems.push(finding);
                return;
            }
            (None, None) => {
                self.problems.push(missing_target(table, location));
                return;
            }
        }
        fields.finish();
    }

    fn route(&self, path: &str, location: Option<Location>) -> Option<Route> {
        if let Some(bare) = path.strip_prefix('/') {
            let message = format!("the path `{path}` begins with a slash and can never match");
            let finding = Finding::error("bad-route", message).hint(format!("write `{bare}`"));
            self.problems.push(at(finding, location));
            return None;
        }
        Route::parse(path)
            .map_err(|error| {
                let finding = Finding::error("bad-route", error.to_string()).hint(error.hint());
                self.problems.push(at(finding, location));
            })
            .ok()
    }

    fn view(
        &mut self,
        view: &Item,
        fields: &TableReader<'_>,
        place: &IncludeContext,
        routed: bool,
    ) {
        let location = view.origin.location();
        let name = self.name(fields, place);
        let methods = self.methods(fields);
        let kwargs = self.kwargs(fields);
        let built = (self.source.build)(view, fields);
        if built.is_empty() || !routed {
            self.failed_names.extend(name.clone());
        }
        for built in built.into_iter().filter(|_| routed) {
            let Some(route) = below(&place.route, &built.path) else {
                continue;
            };
            let own_name = built.name.map(|name| place.full_name(name));
            let mut trail = place.trail.clone();
            if let Some(last) = trail.last_mut() {
                last.push_str(&built.path);
            }
            self.patterns.push(UrlPattern {
                route,
                trail,
                access: place.access.clone(),
                caching: place.caching.clone(),
                name: own_name.or_else(|| name.clone()),
                methods: methods.clone(),
                kwargs: kwargs.clone(),
                view: built.view,
                location: location.clone(),
            });
        }
    }

    fn name(&self, fields: &TableReader<'_>, place: &IncludeContext) -> Option<String> {
        let item = fields.item("name")?.clone();
        let name = fields.optional::<String>("name")?;
        if name.contains(':') || name.is_empty() {
            let message = format!("the name `{name}` must not be empty or hold a colon");
            let hint = "colons stand between namespaces and names";
            self.problems
                .push(item.error("bad-name", message).hint(hint));
        }
        Some(place.full_name(name))
    }

    fn methods(&self, fields: &TableReader<'_>) -> Vec<Method> {
        let items = fields.optional::<Vec<Item>>("methods").unwrap_or_default();
        items
            .iter()
            .filter_map(|item| read_method(item, self.problems))
            .collect()
    }

    fn kwargs(&self, fields: &TableReader<'_>) -> Vec<(String, UrlArgument)> {
        let Some(item) = fields.item("kwargs") else {
            return Vec::new();
        };
        let Some(table) = item.as_table() else {
            self.problems
                .push(item.error("wrong-type", "`kwargs` must be a table"));
            return Vec::new();
        };
        let arguments = table.entries().iter().filter_map(|entry| {
            let argument = match &entry.item.value {
                Value::String(text) => UrlArgument::Text(text.clone()),
                Value::Integer(number) => UrlArgument::Integer(i128::from(*number)),
                Value::Boolean(value) => UrlArgument::Boolean(*value),
                other => {
                    let message = format!(
                        "`{}` must be text, a number or a boolean, not {}",
                        entry.key,
                        other.type_name()
                    );
                    self.problems.push(entry.item.error("wrong-type", message));
                    return None;
                }
            };
            Some((entry.key.clone(), argument))
        });
        arguments.collect()
    }

    fn include(&mut self, include: &Item, fields: &TableReader<'_>, mut place: IncludeContext) {
        let namespace = fields.optional::<String>("namespace").unwrap_or_default();
        let Some(target) = include.as_str() else {
            let message = format!(
                "`include` must be a string, not {}",
                include.value.type_name()
            );
            self.problems.push(include.error("wrong-type", message));
            return;
        };
        let label = target.strip_suffix(".urls");
        let Some(app) = label.and_then(|label| self.source.apps.get(label)) else {
            self.problems.push(self.unknown_include(include, target));
            return;
        };
        let label = app.label.as_str();
        if place.apps.iter().any(|known| known == label) {
            let message = format!("`{target}` includes itself");
            self.problems.push(include.error("include-loop", message));
            return;
        }
        place.namespaces.push(namespace);
        place.apps.push(label.to_owned());
        match app.document(URLS_FILE) {
            Ok(Some(document)) => self.file(document.root(), &place),
            Ok(None) => {
                let message = format!("the app `{label}` has no `urls.toml`");
                self.problems.push(include.error("missing-file", message));
            }
            Err(findings) => self.problems.extend(findings),
        }
    }

    fn unknown_include(&self, include: &Item, target: &str) -> Finding {
        let finding = include.error(
            "unknown-include",
            format!("no installed app has the urls `{target}`"),
        );
        let known: Vec<_> = self
            .source
            .apps
            .labels()
            .map(|label| format!("{label}.urls"))
            .collect();
        finding.suggest_or(
            target,
            known.iter().map(String::as_str),
            "write the label of an app in `[project] apps` and `.urls`: `auth.urls`",
        )
    }
}

/// `route` with `path` behind it.
fn below(route: &Route, path: &str) -> Option<Route> {
    match path {
        "" => Some(route.clone()),
        path => route.join(&Route::parse(path).ok()?).ok(),
    }
}

/// The finding for an entry without a view, which is most often due to a misspelt key.
fn missing_target(table: &Table, location: Option<Location>) -> Finding {
    let entries = table.entries().iter();
    let misspelt =
        entries.filter_map(|entry| Some((entry, text::did_you_mean(&entry.key, TARGETS)?)));
    if let Some((entry, hint)) = misspelt.into_iter().next() {
        let finding = entry.error("unknown-key", format!("unknown key `{}`", entry.key));
        return finding.hint(hint);
    }
    let finding = Finding::error("missing-key", "an entry needs a `view` or an `include`");
    at(
        finding,
        location.or_else(|| Some(table.origin().location())),
    )
}

fn at(finding: Finding, location: Option<Location>) -> Finding {
    match location {
        Some(location) => finding.at(location),
        None => finding,
    }
}

/// Entries of one file that another before them hides; across files that is meant: an entry before an `include` takes the
/// place of one in it.
fn report_unreachable<V>(urls: &Urls<V>, problems: &Problems) {
    for (index, pattern) in urls.patterns.iter().enumerate() {
        let is_first = |other: &&UrlPattern<V>| {
            other.route == pattern.route
                && other.location.path == pattern.location.path
                && other.location != pattern.location
        };
        if let Some(first) = urls.patterns[..index].iter().find(is_first) {
            let message = format!(
                "this entry is never reached: the one at {} has its path",
                first.location
            );
            let finding = Finding::warning("unreachable-url", message).at(pattern.location.clone());
            problems.push(finding.hint("the first entry that matches answers"));
        }
    }
}

/// Two patterns of one name that take the same values: `url()` can only ever mean the last one.
///
/// With the same path that is not a mistake: an entry before an `include` takes the place of one in it.
fn report_repeated_names<V>(urls: &Urls<V>, problems: &Problems) {
    let key = |pattern: &UrlPattern<V>| {
        let mut names: Vec<_> = pattern.route.names().map(ToOwned::to_owned).collect();
        names.sort_unstable();
        pattern.name.clone().map(|name| (name, names))
    };
    for (index, pattern) in urls.patterns.iter().enumerate() {
        let own = key(pattern);
        let earlier = urls.patterns[..index]
            .iter()
            .find(|other| own.is_some() && key(other) == own && other.route != pattern.route);
        if let (Some(earlier), Some((name, _))) = (earlier, own) {
            let message = format!(
                "the name `{name}` is taken by the url at {}",
                earlier.location
            );
            let finding = Finding::warning("repeated-name", message).at(pattern.location.clone());
            problems.push(finding.hint("`url` will write the path of this one, the last"));
        }
    }
}
