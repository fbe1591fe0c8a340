//! The application of a project: where settings, urls, templates, views and middleware meet.
//!
//! 1. The urls are read, with the view of each.
//! 2. The templates are compiled; they write paths by those urls.
//! 3. The middleware is chained, and what the settings configure is made.
//!
//! What is wrong in any of it is found at once, and nothing is opened: no database, no socket.

use std::sync::{Arc, Mutex};

use crate::admin::{self, AdminSite};
use crate::api::VIEWS as API_VIEWS;
use crate::auth::throttle::{SharedCounts, SiteThrottle};
use crate::auth::{AuthThrottle, HashLimiter, Hashers, PasswordValidators, UserFields, UserTable};
use crate::cache::{Caches, LocmemStores};
use crate::diagnostic::{self, Finding, Findings, Severity};
use crate::document::{Document, Item, Problems};
use crate::forms::{FormDatabase, Forms, load_forms};
use crate::logging::{Console, CurrentLogging, Logger, Logging, LoggingServices};
use crate::mail::Mailer;
use crate::middleware::{
    Application, LOGIN_REQUIRED_MIDDLEWARE, MIDDLEWARE, MiddlewareChain, PAGE_CACHE_MIDDLEWARE,
    TrustedProxies, ask_everywhere,
};
use crate::models::Registry;
use crate::project::kept_pages::{fragment_cache, page_cache};
use crate::project::logged_failures::{file_cleaner, key_warnings};
use crate::project::static_files::static_url;
use crate::project::template_calls::ProjectCalls;
use crate::project::user_model_checks::beyond_user_model;
use crate::project::{Project, captured_values, python_parts, redirect_checks, url_checks};
use crate::script::{self, PythonSite, SiteOfStorages};
use crate::settings::{Settings, overridden_urls};
use crate::signing::SecretKeys;
use crate::staticfiles::StaticManifest;
use crate::templates::value::{self, Value};
use crate::templates::{FragmentCache, TemplateFunctions, TemplateSources, Templates};
use crate::urls::{URLS_FILE, UrlSource, load_urls};
use crate::views::{
    self, AUTH_VIEWS, AppState, BackgroundTasks, FEED_VIEWS, FORM_UNREADABLE, GENERIC_VIEWS,
    MODELS_UNREADABLE, RowLoader, RowModels, SITEMAP_VIEWS, UrlPatterns, VIEWS, ViewRegistry,
    ViewResources,
};

/// What a process keeps while the files of its site change.
#[derive(Clone, Debug)]
pub struct ProcessServices {
    /// Where a person reads what the server does.
    pub console: Console,
    /// The log as the settings were last read.
    pub logging: CurrentLogging,
    /// Does work that no response waits for.
    pub background: BackgroundTasks,
    /// Counts attempts to guess passwords and to flood forms.
    pub throttle: Arc<AuthThrottle>,
    /// The entries of caches in memory.
    pub memory: LocmemStores,
}

impl ProcessServices {
    /// The services of a process that has just started.
    pub fn new(console: Console) -> Self {
        Self {
            console,
            logging: CurrentLogging::default(),
            background: BackgroundTasks::default(),
            throttle: Arc::default(),
            memory: LocmemStores::default(),
        }
    }
}

/// An application, and what is wrong with its project although it works.
#[derive(Debug)]
pub struct CheckedApplication {
    /// What answers requests.
    pub application: Application,
    /// What may be wrong, and what is wrong in templates: that fails the pages made of them and no others.
    pub findings: Vec<Finding>,
}

impl Project {
    /// The application of this project; fails with everything that is wrong where something is wrong in settings or urls.
    pub fn application(&self, services: ProcessServices) -> Result<CheckedApplication, Findings> {
        self.application_around(services, None)
    }

    /// The same around Python that runs already.
    pub(super) fn application_around(
        &self,
        services: ProcessServices,
        python: Option<&Arc<PythonSite>>,
    ) -> Result<CheckedApplication, Findings> {
        let settings = &self.settings;
        let mut findings = Vec::new();
        let sources = self.template_sources();
        let site_of_storages = SiteOfStorages::default();
        let storages = self.storages_around(&site_of_storages);
        let storages = take(&mut findings, storages).unwrap_or_default();
        let storages = Arc::new(storages);
        let cleaner = file_cleaner(&storages, services.logging.clone());
        let models = match python {
            Some(python) => Some(Arc::clone(python.models())),
            None => take(&mut findings, self.observed_models(cleaner)),
        };
        let known_models = models.clone().unwrap_or_default();
        let row_models = Arc::new(RowModels::new(&known_models));
        let python = python.map_or_else(|| self.python(&known_models), Arc::clone);
        site_of_storages.follow(&python);
        let connections = Arc::clone(python.connections());
        findings.extend(script::models(&python));
        let forms = Arc::new(self.forms(models.as_deref(), &python, &mut findings));
        let resources = ViewResources {
            sources: &sources,
            models: &known_models,
            forms: &forms,
            mail: &settings.mail,
        };
        let admin = Arc::new(self.admin(&known_models, &forms, &python, &mut findings));
        let urls = Arc::new(self.load_urls(resources, &admin, &python, &mut findings));
        // The mistakes of forms are told already, each with its place.
        findings.retain(|finding| finding.code != FORM_UNREADABLE);
        if models.is_none() {
            // The mistakes of the models are told already, each with its place.
            findings.retain(|finding| finding.code != MODELS_UNREADABLE);
        }
        findings.extend(url_checks::unknown_names(settings, &urls));
        findings.extend(redirect_checks::redirect_checks(settings, &urls));
        let users = models
            .as_ref()
            .and_then(|models| take(&mut findings, self.users(models)));
        let users = users.map(|users| users.with_models(Arc::clone(&known_models)));
        if let Some(users) = &users {
            findings.extend(beyond_user_model(settings, users, &urls));
        }
        findings.extend(captured_values::unknown_names(&urls));
        findings.extend(url_checks::unanswered_methods(&urls));
        // Where urls are missing, a template that names one of them must not be blamed for it.
        let errors = |finding: &Finding| finding.severity == Severity::Error;
        let is_complete = !findings.iter().any(errors);
        let complete_urls = is_complete.then_some(&*urls);
        let manifest = take(&mut findings, self.manifest()).flatten();
        let served = self.served_files(manifest.as_ref());
        let caches = self.caches_around(&connections, &services.memory, &python);
        let caches = caches.with_key_warnings(key_warnings(services.logging.clone()));
        let caches = Arc::new(caches);
        let fragments = fragment_cache(&caches, services.logging.clone());
        let functions = template_functions(settings, Arc::clone(&urls), manifest, fragments);
        let templates = Templates::new(sources, &settings.project.time_zone, functions);
        let mut templates = templates.noting_undefined(settings.project.debug);
        python_parts::add_to_templates(&mut templates, &python, &mut findings);
        if let Some(models) = &models {
            let own = self.add_row_templates(&mut templates, models, &row_models, complete_urls);
            findings.extend(own);
        }
        findings.extend(Self::add_admin_templates(
            &mut templates,
            &admin,
            &row_models,
            complete_urls,
        ));
        let finders = self.served_finders();
        let calls = ProjectCalls::new(complete_urls, finders, settings, &known_models, &row_models);
        let in_templates = templates.check(&calls);
        let find_own = |name: &str| script::middleware(&python, name);
        let chain = MiddlewareChain::from_settings(MIDDLEWARE, &find_own, settings, &mut findings);
        let code = python_parts::code(&python, settings, &mut findings);
        // A module with a mistake in it is named more than once.
        deduplicate(&mut findings);
        let proxies = trusted_proxies(settings, &mut findings);
        let keys = take(&mut findings, settings.signing_keys());
        let own = script::own_hashers(&python);
        let hashers = take(
            &mut findings,
            Hashers::from_settings(settings, own.as_ref()),
        );
        let engine = self.session_engine_around(&caches, &python);
        let engine = take(&mut findings, engine);
        let validators = take(&mut findings, PasswordValidators::from_settings(settings));
        let validators = validators.map(|known| known.with_own(script::own_validators(&python)));
        if let Some(findings) = Findings::new(findings.clone()) {
            let all = findings.into_inner().into_iter().chain(in_templates);
            return Err(Findings::new(all.collect()).unwrap_or_else(unusable));
        }
        let (Some(users), Some(keys), Some(hashers), Some(validators), Some(engine)) =
            (users, keys, hashers, validators, engine)
        else {
            return Err(unusable());
        };
        let mailer = Mailer::new(&settings.mail, &self.root);
        let mailer = mailer.with_class(script::mail_class(&python));
        let logging = self.logging(&services, &mailer);
        let templates = Arc::new(templates);
        let sessions = engine.store(&keys);
        let counts = settings.auth.throttle.cache.clone().map(|alias| {
            shared_counts(
                &caches,
                alias,
                &keys,
                logging.logger("djr.security.throttle"),
            )
        });
        let state = AppState {
            hash_limiter: HashLimiter::new(settings.auth.max_concurrent_hashes),
            settings: settings.clone(),
            keys,
            hashers,
            validators,
            users,
            permission_backends: script::permission_backends(&python),
            form_database: FormDatabase::new(&known_models, &connections, &storages),
            forms,
            models: Arc::clone(&known_models),
            rows: Arc::new(RowLoader::new(
                known_models,
                row_models,
                Arc::clone(&connections),
                Arc::clone(&templates),
                &storages,
                logging.logger("djr.request"),
            )),
            templates,
            mailer,
            background: services.background,
            throttle: SiteThrottle::new(services.throttle, settings.auth.throttle.clone(), counts),
            pages: page_cache(settings, &caches),
            keeps_all_pages: settings
                .project
                .middleware
                .iter()
                .any(|name| name == PAGE_CACHE_MIDDLEWARE),
            caches,
            connections,
            sessions,
            log: logging.logger("djr.request"),
            logging,
            site_settings: site_settings(settings),
            admin_site: admin.look_value(),
            warned_names: Mutex::default(),
        };
        let application = Application::new(state, urls, chain, proxies, served).with_code(code);
        python.compose(application.state(), application.urls());
        Ok(CheckedApplication {
            application,
            findings: findings.into_iter().chain(in_templates).collect(),
        })
    }

    /// The log as the settings say, which is the one of the process from now on.
    fn logging(&self, services: &ProcessServices, mailer: &Mailer) -> Logging {
        let background = services.background.clone();
        let logging_services = LoggingServices {
            console: services.console.clone(),
            root: self.root.clone(),
            mailer: mailer.clone(),
            submit: Arc::new(move |job| background.submit(job)),
        };
        let logging = Logging::new(&self.settings, &logging_services);
        services.logging.set(logging.clone());
        logging
    }

    /// The permissions that the urls of `application` ask for and that no model has.
    ///
    /// Models with mistakes in them are passed over: those mistakes are found by a check of their own.
    pub fn unknown_permissions(&self, application: &Application) -> Vec<Finding> {
        let known = self.permission_names();
        known.map_or_else(
            |_| Vec::new(),
            |known| url_checks::unknown_permissions(application.urls(), &known),
        )
    }

    fn template_sources(&self) -> TemplateSources {
        let dirs = self.settings.templates.dirs.iter();
        TemplateSources::new(dirs.map(|dir| self.path(dir)).collect(), &self.apps)
    }

    fn load_urls(
        &self,
        resources: ViewResources<'_>,
        admin: &Arc<AdminSite>,
        python: &Arc<PythonSite>,
        findings: &mut Vec<Finding>,
    ) -> UrlPatterns {
        let file = overridden_urls().unwrap_or_else(|| URLS_FILE.into());
        let document = match Document::read(&self.path(file)) {
            Ok(document) => document,
            Err(errors) => {
                findings.extend(errors.into_inner());
                return UrlPatterns::default();
            }
        };
        let find_own = |item: &Item, name: &str| {
            let view = script::view(python, name);
            view.map_err(|finding| match finding.location {
                Some(_) => finding,
                None => finding.at(item.origin.location()),
            })
        };
        let registry = ViewRegistry::new(
            &[
                API_VIEWS,
                VIEWS,
                AUTH_VIEWS,
                GENERIC_VIEWS,
                FEED_VIEWS,
                SITEMAP_VIEWS,
            ],
            &find_own,
        );
        let admin_routes = || admin::routes(admin);
        let registry = registry.with_site(admin::SITE_VIEW, &admin_routes);
        let problems = Problems::default();
        let caches: Vec<_> = self.settings.caches.keys().cloned().collect();
        let source = UrlSource {
            root: &document,
            apps: &self.apps,
            build: &|view, fields| registry.build(resources, view, fields),
            handlers: &views::handler_names(),
            caches: &caches,
        };
        let mut urls = load_urls(&source, &problems);
        findings.extend(problems.into_findings());
        let (settings, name) = (&self.settings, LOGIN_REQUIRED_MIDDLEWARE);
        if settings
            .project
            .middleware
            .iter()
            .any(|known| known == name)
        {
            let location = settings.location_in("project.middleware", name);
            ask_everywhere(&mut urls, location.as_ref());
        }
        urls
    }

    /// The forms of the apps; without `models`, which are reported elsewhere, their names are not looked up.
    fn forms(
        &self,
        models: Option<&Registry>,
        python: &Arc<PythonSite>,
        findings: &mut Vec<Finding>,
    ) -> Forms {
        let problems = Problems::default();
        let zone = &self.settings.project.time_zone;
        let find_code = |name: &str, fields: &[&str]| script::form_code(python, name, fields);
        let forms = load_forms(&self.apps, models, zone, &find_code, &problems);
        findings.extend(problems.into_findings());
        forms
    }

    /// The table of the users; a site without the app of the user model does not need one.
    fn users(&self, models: &Registry) -> Result<UserTable, Findings> {
        let model = self.user_model()?;
        match self.apps.get(&model.app_label) {
            Some(_) => self.user_table_in(models),
            None => Ok(UserTable::new("", UserFields::usual())),
        }
    }
}

/// What counts in the cache `alias` how often somebody tries; `log` is told when that does not answer.
fn shared_counts(
    caches: &Arc<Caches>,
    alias: String,
    keys: &SecretKeys,
    log: Logger,
) -> SharedCounts {
    let told = format!("each process counts attempts for itself, since the cache `{alias}` fails");
    SharedCounts::new(Arc::clone(caches), alias, keys, move |error| {
        log.error(format!(
            "{told}: {}",
            diagnostic::messages(error).join(": ")
        ));
    })
}

fn unusable() -> Findings {
    Finding::error("settings", "the settings cannot be used").into()
}

/// Leaves one of findings that say the same of the same place: a module that fails is reached by several ways.
fn deduplicate(findings: &mut Vec<Finding>) {
    let mut kept: Vec<Finding> = Vec::with_capacity(findings.len());
    for finding in findings.drain(..) {
        let is_same = |known: &Finding| {
            let is_there = finding.location.is_some() && known.location == finding.location;
            is_there && known.message == finding.message
        };
        if !kept.contains(&finding) && !kept.iter().any(is_same) {
            kept.push(finding);
        }
    }
    *findings = kept;
}

/// The value, or nothing with the findings added to the others.
fn take<T>(findings: &mut Vec<Finding>, outcome: Result<T, Findings>) -> Option<T> {
    outcome
        .map_err(|errors| {
            for finding in errors.into_inner() {
                if !findings.contains(&finding) {
                    findings.push(finding);
                }
            }
        })
        .ok()
}

/// What templates call.
fn template_functions(
    settings: &Settings,
    urls: Arc<UrlPatterns>,
    manifest: Option<StaticManifest>,
    fragments: FragmentCache,
) -> TemplateFunctions {
    let prefix = settings.static_files.url.clone();
    TemplateFunctions {
        fragments,
        static_prefix: prefix.clone(),
        media_prefix: settings.media.url.clone(),
        url: Box::new(move |name, args, kwargs| {
            urls.reverse(name, args, kwargs)
                .map_err(|error| error.to_string())
        }),
        static_url: Arc::new(move |path| static_url(&prefix, path, manifest.as_ref())),
    }
}

fn trusted_proxies(settings: &Settings, findings: &mut Vec<Finding>) -> TrustedProxies {
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
    value::map(site.map(|(key, value)| (key.as_str(), value::from_toml(value))))
}
