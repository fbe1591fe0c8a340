//! The settings of a project: one immutable value, read from all layers at once.
//!
//! 1. `environment`: the process's variables over those of `.env`.
//! 2. `layers`: those over `--settings FILE` over `djr.toml`, `[site]` merged; unknown keys are reported.
//! 3. `sections`: each table from the strongest layer or the default in [`mod@reference`].

mod built_in;
mod difference;
mod django_names;
mod dotenv;
mod environment;
mod foreign_variables;
mod hosts;
mod layers;
mod log_format;
mod log_level;
mod overrides;
mod reader;
pub mod reference;
mod secrets;
mod sections;
mod setting_path;
mod site;
mod variable_value;

pub use difference::Setting;
pub use django_names::{DjangoSetting, django_paths};
pub use environment::Environment;
pub use hosts::host_mistake;
pub use log_format::{FieldAlignment, FieldWidth, FormatPart, LOG_FIELDS, LogField, LogFormat};
pub use log_level::LogLevel;
pub use overrides::{overridden_urls, override_for_run, override_for_test};
pub use secrets::is_called_so as is_secret_name;
pub use sections::{
    AddressingStyle, AdminSettings, AuthSettings, CacheBackendName, CacheSettings, CheckSettings,
    CompressionSettings, ContextProcessor, CookieSettings, CsrfSettings, DatabaseSettings,
    FileStorageBackend, FileStorageSettings, FormatterSettings, HandlerClass, HandlerSettings,
    HashCosts, LogFilter, LoggerSettings, LoggingSettings, MailBackend, MailSettings,
    MediaSettings, MigrationSettings, ObjectHeader, PageCacheSettings, ProjectSettings, RateLimit,
    Rotation, RotationUnit, S3Credentials, S3StorageSettings, SameSite, SecretKey,
    SecuritySettings, ServerSettings, SessionEngineName, SessionSettings, StaticDirectory,
    StaticSettings, StaticStorageBackend, StaticStorageSettings, StorageSettings, TemplateSettings,
    ThrottleLimits, page_key_prefix_mistake,
};

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use crate::diagnostic::{Finding, Findings, Location};
use crate::document::{Document, FromItem as _, Item, Problems, Value};
use crate::settings::layers::{GivenSettings, Layers};
use crate::settings::reader::SettingsReader;
use crate::signing::SecretKeys;

/// The name of the settings file, which makes a directory a project.
pub const FILE_NAME: &str = "djr.toml";

/// The variable that holds the secret key.
const SECRET_KEY: &str = "DJR_SECRET_KEY";

/// Everything a project can set.
#[derive(Clone)]
pub struct Settings {
    /// `[project]`.
    pub project: ProjectSettings,
    /// `[databases]`, by alias; `default` is always there.
    pub databases: BTreeMap<String, DatabaseSettings>,
    /// `[admin]`.
    pub admin: AdminSettings,
    /// `[checks]`.
    pub checks: CheckSettings,
    /// `[migrations]`.
    pub migrations: MigrationSettings,
    /// `[caches]`, by alias; `default` is always there.
    pub caches: BTreeMap<String, CacheSettings>,
    /// `[page_cache]`.
    pub page_cache: PageCacheSettings,
    /// `[compression]`.
    pub compression: CompressionSettings,
    /// `[auth]`.
    pub auth: AuthSettings,
    /// `[sessions]`.
    pub sessions: SessionSettings,
    /// `[csrf]`.
    pub csrf: CsrfSettings,
    /// `[security]`.
    pub security: SecuritySettings,
    /// `[static]`.
    pub static_files: StaticSettings,
    /// `[storages]`.
    pub storages: StorageSettings,
    /// `[media]`.
    pub media: MediaSettings,
    /// `[mail]`.
    pub mail: MailSettings,
    /// `[templates]`.
    pub templates: TemplateSettings,
    /// `[logging]`.
    pub logging: LoggingSettings,
    /// `[server]`.
    pub server: ServerSettings,
    /// `[site]`: the project's own.
    pub site: BTreeMap<String, Value>,
    /// The variables of the process over those of `.env`.
    pub environment: Environment,
    secret_key: Option<SecretKey>,
    layers: Layers,
}

impl Settings {
    /// Reads the settings of the project at `root`, with the file `over` laid over its own.
    ///
    /// Fails with everything that is wrong in all files and variables.
    pub fn load(root: &Path, over: Option<&Path>) -> Result<Self, Findings> {
        let problems = Problems::default();
        let settings = Self::examine(root, over, &problems);
        problems.finish(settings)
    }

    /// The same with defaults in place of mistakes, which go to `problems`.
    pub fn examine(root: &Path, over: Option<&Path>, problems: &Problems) -> Self {
        let environment = Environment::read(root, problems);
        let own = root.join(FILE_NAME);
        let files = over.into_iter().chain([own.as_path()]);
        let files = files.filter_map(|path| problems.take(Document::read(path)));
        let given = GivenSettings {
            overrides: overrides::documents(),
            environment,
            files: files.collect(),
        };
        Self::read(given, problems)
    }

    /// The settings that `text`, as the only file, gives: for tests.
    pub fn parse(text: &str) -> Result<Self, Findings> {
        Self::parse_with_dotenv(text, b"")
    }

    /// The same with the variables of `dotenv`, the bytes of a `.env`, and no others.
    pub fn parse_with_dotenv(text: &str, dotenv: &[u8]) -> Result<Self, Findings> {
        let file = Document::parse(Path::new(FILE_NAME), text)?;
        let problems = Problems::default();
        let environment = Environment::of_dotenv(dotenv, &problems);
        let given = GivenSettings {
            overrides: Vec::new(),
            environment,
            files: vec![file],
        };
        let settings = Self::read(given, &problems);
        problems.finish(settings)
    }

    fn read(given: GivenSettings, problems: &Problems) -> Self {
        let layers = Layers::new(&given, problems);
        let environment = given.environment;
        let reader = SettingsReader::new(&layers, problems);
        let project = sections::project::project(&reader);
        let media = sections::media::media(&reader);
        site::check_domain(layers.site(), problems);
        let settings = Self {
            databases: sections::databases::databases(&reader),
            admin: sections::admin::admin(&reader),
            checks: sections::checks::checks(&reader),
            migrations: sections::migrations::migrations(&reader),
            caches: sections::caches::caches(&reader),
            page_cache: sections::page_cache::page_cache(&reader),
            compression: sections::compression::compression(&reader),
            auth: sections::auth::auth(&reader),
            sessions: sections::sessions::sessions(&reader),
            csrf: sections::csrf::csrf(&reader),
            security: sections::security::security(&reader),
            static_files: sections::static_files::static_files(&reader),
            storages: sections::storages::storages(&reader, &environment, &media),
            media,
            mail: sections::mail::mail(&reader, &project.time_zone),
            templates: sections::templates::templates(&reader),
            logging: sections::logging::logging(&reader),
            server: sections::server::server(&reader),
            site: site_values(&layers),
            project,
            secret_key: environment.get(SECRET_KEY).map(SecretKey::new),
            environment,
            layers: layers.clone(),
        };
        problems.change_all(|finding| layers.mask(finding));
        settings
    }

    /// `finding` without the texts of the variable that it is about, as any of them may be a secret in the wrong place.
    pub fn mask(&self, finding: Finding) -> Finding {
        self.layers.mask(finding)
    }

    /// The key that signs and those it replaced, for everything that is signed.
    pub fn signing_keys(&self) -> Result<SecretKeys, Findings> {
        let fallbacks = self.security.secret_key_fallbacks.iter();
        let fallbacks = fallbacks.map(|key| key.expose().to_owned()).collect();
        Ok(SecretKeys::new(self.secret_key()?.expose(), fallbacks))
    }

    /// The key that signs: `DJR_SECRET_KEY`, from the environment or `.env`.
    ///
    /// Only what signs asks for it: `djr migrate` and its like do without.
    pub fn secret_key(&self) -> Result<&SecretKey, Findings> {
        self.secret_key.as_ref().ok_or_else(|| {
            let message = format!("there is no secret key: `{SECRET_KEY}` is not set");
            let finding = Finding::error("no-secret-key", message);
            finding
                .hint(format!(
                    "this line in `.env` sets a new one: {SECRET_KEY}={}",
                    SecretKey::random().expose()
                ))
                .into()
        })
    }

    /// The same settings with `key` as the secret key.
    #[must_use]
    pub fn with_secret_key(mut self, key: SecretKey) -> Self {
        self.secret_key = Some(key);
        self
    }

    /// Where the setting at `path` (`project.debug`) was set; `None` where it has its default.
    pub fn location(&self, path: &str) -> Option<Location> {
        self.layers.location(path)
    }

    /// Where `name` stands in the list at `path`, as [`Settings::location`] does for the whole.
    pub fn location_in(&self, path: &str, name: &str) -> Option<Location> {
        let item = self.layers.find(path)?;
        let items = Vec::<Item>::from_item(path, item).ok()?;
        let found = items.iter().find(|item| item.as_str() == Some(name));
        Some(found.unwrap_or(item).origin.location())
    }
}

/// Shows no values: those of `[site]` and of addresses with passwords in them may be secret.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("project", &self.project.name)
            .finish_non_exhaustive()
    }
}

fn site_values(layers: &Layers) -> BTreeMap<String, Value> {
    let entries = layers.site().entries().iter();
    entries
        .map(|entry| (entry.key.clone(), entry.item.value.clone()))
        .collect()
}

#[cfg(test)]
mod tests;
