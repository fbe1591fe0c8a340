//! The application: a site read once, and the chain in front of it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

use crate::apps::Apps;
use crate::auth::{HashLimiter, Hashers, PasswordValidators, Throttle, UserTable};
use crate::db::{Connections, Database, DatabaseAlias};
use crate::diagnostic::{Finding, Findings, Severity};
use crate::document::{Document, Problems};
use crate::http::percent::{self, safe};
use crate::http::{InvalidTarget, Request as HttpRequest, Response};
use crate::mail::Mailer;
use crate::sessions::session_engine;
use crate::settings::Settings;
use crate::staticfiles::StaticFiles;
use crate::templates::value::{Value, map};
use crate::templates::{Functions, Sources, Templates};
use crate::text;
use crate::urls::{self, Source};
use crate::views::{self, AppState, BackgroundTasks, Log, Request, UrlPatterns};

use super::chain::{self, Middleware, Next};
use super::security::TrustedProxies;

/// What an application is made of.
#[derive(Debug)]
pub struct Parts {
    /// The project's directory, which holds `urls.toml`.
    pub root: PathBuf,
    /// Its settings.
    pub settings: Settings,
    /// Its apps.
    pub apps: Apps,
    /// Its databases.
    pub databases: BTreeMap<DatabaseAlias, Database>,
    /// The table of its users.
    pub users: UserTable,
    /// How mail leaves.
    pub mailer: Mailer,
    /// What does work that no answer waits for.
    pub background: BackgroundTasks,
    /// What was tried lately: it outlives a reload.
    pub throttle: Arc<Throttle>,
    /// Its static files, if it serves them.
    pub static_files: Option<StaticFiles>,
    /// Where to report.
    pub log: Log,
}

/// Answers the requests of one state of a project.
#[derive(Debug)]
pub struct Application {
    pub(super) state: Arc<AppState>,
    chain: Vec<Middleware>,
    proxies: TrustedProxies,
    static_files: Option<StaticFiles>,
    warnings: Vec<Finding>,
}

/// What one thread keeps between requests.
#[derive(Debug)]
pub struct Worker {
    connections: Arc<Connections>,
}

impl Application {
    /// Reads urls and templates; fails with everything that is wrong in settings, urls and templates.
    pub fn new(parts: Parts) -> Result<Self, Findings> {
        let mut findings = Vec::new();
        let sources = sources(&parts);
        let urls = Arc::new(OnceLock::new());
        let templates = templates(&parts.settings, sources.clone(), &urls);
        let loaded = load_urls(&parts, &sources, &mut findings);
        check_names(&parts.settings, &loaded, &mut findings);
        findings.extend(unasked_at_signup(&parts, &loaded));
        let is_complete = !findings
            .iter()
            .any(|finding| finding.severity == Severity::Error);
        let loaded = urls.get_or_init(|| loaded);
        // With urls missing, a template that names one of them would be blamed for it.
        let check_url = |name: &str| is_complete.then(|| check_url(loaded, name)).flatten();
        findings.extend(templates.check(&check_url));
        let chain = chain::build(&parts.settings, &mut findings);
        let proxies = proxies(&parts.settings, &mut findings);
        let mut take = |more: Findings| findings.extend(more.into_inner());
        let keys = parts.settings.signing_keys().map_err(&mut take).ok();
        let hashers = Hashers::from_settings(&parts.settings)
            .map_err(&mut take)
            .ok();
        let validators = PasswordValidators::from_settings(&parts.settings)
            .map_err(&mut take)
            .ok();
        if let Some(findings) = Findings::new(findings.clone()) {
            return Err(findings);
        }
        let (Some(keys), Some(hashers), Some(validators)) = (keys, hashers, validators) else {
            return Err(Finding::error("settings", "the settings cannot be used").into());
        };
        let site_settings = site_settings(&parts.settings);
        let connections = Connections::new(parts.databases);
        let engine = session_engine(
            &parts.settings.sessions,
            &connections,
            &DatabaseAlias::default(),
        );
        let sessions = engine.store(&keys);
        let state = AppState {
            hash_limiter: HashLimiter::new(parts.settings.auth.max_concurrent_hashes),
            settings: parts.settings,
            keys,
            hashers,
            validators,
            users: parts.users,
            templates: Arc::new(templates),
            mailer: parts.mailer,
            background: parts.background,
            throttle: parts.throttle,
            connections: Arc::new(connections),
            sessions,
            log: parts.log,
            urls,
            site_settings,
            warned_names: Mutex::default(),
        };
        Ok(Self {
            state: Arc::new(state),
            chain,
            proxies,
            static_files: parts.static_files,
            warnings: findings,
        })
    }

    /// What is odd about the project, though it works.
    pub fn warnings(&self) -> &[Finding] {
        &self.warnings
    }

    /// The permissions that urls ask for and that are not among those `known`.
    pub fn unknown_permissions(&self, known: &[String]) -> Vec<Finding> {
        let patterns = self.state.urls().patterns().iter();
        let required = patterns.flat_map(|pattern| &pattern.access.permissions);
        let unknown = required.filter(|required| !known.contains(&required.name));
        unknown
            .map(|required| {
                let message = format!("no model has the permission `{}`", required.name);
                let finding = Finding::warning("unknown-permission", message);
                let finding = finding.at(required.location.clone());
                match text::nearest(&required.name, known.iter().map(String::as_str)) {
                    Some(nearest) => finding.hint(format!("did you mean `{nearest}`?")),
                    None => finding,
                }
            })
            .collect()
    }

    /// What one thread needs to answer requests.
    pub fn new_worker(&self) -> Worker {
        Worker {
            connections: Arc::clone(&self.state.connections),
        }
    }

    /// Whether the path of a request, still encoded, lies where static files are served.
    pub fn may_serve_static(&self, encoded_path: &str) -> bool {
        self.static_files
            .as_ref()
            .is_some_and(|files| files.covers(encoded_path))
    }

    /// The response with a static file; `None` where the request is not for one that exists. May wait for the disk.
    pub fn serve_static(&self, request: &HttpRequest) -> Option<Response> {
        self.static_files.as_ref()?.respond(request)
    }

    /// Answers a request.
    pub fn respond(&self, worker: &Worker, mut request: HttpRequest) -> Response {
        let use_host = self.state.settings.security.use_forwarded_host;
        self.proxies.apply(&mut request, use_host);
        let mut request = Request::new(request, &self.state, &worker.connections);
        Next::new(&self.chain)
            .run(&mut request)
            .with_cookie_headers()
    }

    /// Answers a request whose target is not valid.
    pub fn bad_request(&self, error: InvalidTarget) -> Response {
        views::bad_request(&self.state, error)
    }
}

fn below(root: &Path, path: &Path) -> PathBuf {
    // `./templates` would be the same directory, but reads worse.
    if root == Path::new(".") {
        path.to_owned()
    } else {
        root.join(path)
    }
}

fn sources(parts: &Parts) -> Sources {
    let dirs = parts.settings.templates.dirs.iter();
    let dirs = dirs.map(|dir| below(&parts.root, dir)).collect();
    Sources::new(dirs, &parts.apps)
}

fn templates(
    settings: &Settings,
    sources: Sources,
    urls: &Arc<OnceLock<UrlPatterns>>,
) -> Templates {
    let urls = Arc::clone(urls);
    let prefix = settings.static_files.url.clone();
    let functions = Functions {
        url: Box::new(move |name, args, kwargs| {
            let urls = urls.get_or_init(UrlPatterns::default);
            urls.reverse(name, args, kwargs)
                .map_err(|error| error.to_string())
        }),
        static_url: Box::new(move |path| {
            let path = percent::encode(path.trim_start_matches('/'), safe::PATH);
            format!("{prefix}{path}")
        }),
    };
    Templates::new(sources, settings.project.time_zone.clone(), functions)
}

fn load_urls(parts: &Parts, sources: &Sources, findings: &mut Vec<Finding>) -> UrlPatterns {
    let path = below(&parts.root, Path::new("urls.toml"));
    let document = match Document::read(&path) {
        Ok(document) => document,
        Err(errors) => {
            findings.extend(errors.into_inner());
            return UrlPatterns::default();
        }
    };
    let problems = Problems::default();
    let source = Source {
        root: &document,
        apps: &parts.apps,
        build: &|view, fields| views::build(sources, view, fields),
    };
    let urls = urls::load(&source, &problems);
    findings.extend(problems.into_findings());
    urls
}

/// Names of urls in the settings and in other urls, where they lead nowhere.
fn check_names(settings: &Settings, urls: &UrlPatterns, findings: &mut Vec<Finding>) {
    let auth = &settings.auth;
    let targets = [
        ("auth.login_url", Some(&auth.login_url)),
        ("auth.login_redirect_url", Some(&auth.login_redirect_url)),
        (
            "auth.logout_redirect_url",
            auth.logout_redirect_url.as_ref(),
        ),
    ];
    let is_used = urls
        .patterns()
        .iter()
        .any(|pattern| !pattern.access.is_open());
    for (key, target) in targets {
        let location = settings.location(key);
        // A default that nothing leads to does no harm.
        if location.is_none() && !(is_used && key == "auth.login_url") {
            continue;
        }
        let name = target.filter(|target| !views::is_path_or_url(target));
        if let Some(finding) = name.and_then(|name| check_url(urls, name)) {
            let finding = finding.hint(format!("`{key}` leads there"));
            findings.push(location.into_iter().fold(finding, Finding::at));
        }
    }
    for pattern in urls.patterns() {
        let missing = pattern.view.pattern_names().into_iter();
        let missing = missing.filter_map(|name| check_url(urls, name));
        findings.extend(missing.map(|finding| finding.at(pattern.location.clone())));
    }
}

/// A field of the users' own that has to be filled, where visitors make accounts: the form does not ask for it.
fn unasked_at_signup(parts: &Parts, urls: &UrlPatterns) -> Option<Finding> {
    let is_open = parts.settings.auth.signup && urls.names().any(|name| name == "signup");
    let field = parts.users.required().next().filter(|_| is_open)?;
    let message = format!(
        "visitors cannot make accounts: the sign-up does not ask for the field `{}` of a user",
        field.name
    );
    let finding = Finding::error("unasked-field", message)
        .hint("give the field a default, or set `signup = false` in `[auth]`");
    let location = parts.settings.location("auth.signup");
    Some(location.into_iter().fold(finding, Finding::at))
}

fn check_url(urls: &UrlPatterns, name: &str) -> Option<Finding> {
    if urls.names().any(|known| known == name) {
        return None;
    }
    let finding = Finding::error("unknown-url", format!("no url is named `{name}`"));
    Some(match text::nearest(name, urls.names()) {
        Some(nearest) => finding.hint(format!("did you mean `{nearest}`?")),
        None => finding,
    })
}

fn proxies(settings: &Settings, findings: &mut Vec<Finding>) -> TrustedProxies {
    let texts = settings.security.trusted_proxies.iter().map(String::as_str);
    TrustedProxies::parse(texts).unwrap_or_else(|text| {
        let message = format!("`{text}` is neither an address nor a network");
        let finding =
            Finding::error("bad-address", message).hint("write `10.0.0.1`, `10.0.0.0/8` or `::1`");
        let location = settings.location_in("security.trusted_proxies", text);
        findings.push(location.into_iter().fold(finding, Finding::at));
        TrustedProxies::default()
    })
}

/// `[site]`, as templates see it.
fn site_settings(settings: &Settings) -> Value {
    let site = settings.site.iter();
    map(site.map(|(key, value)| (key.as_str(), views::template_value(value))))
}
