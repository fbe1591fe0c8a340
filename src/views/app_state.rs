//! The state of a site that all requests share, read once.

use std::collections::HashSet;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::auth::throttle::SiteThrottle;
use crate::auth::{HashLimiter, Hashers, PasswordValidators, UserTable};
use crate::cache::Caches;
use crate::db::Connections;
use crate::forms::{FormDatabase, Forms};
use crate::http::host::Host;
use crate::logging::{Logger, Logging};
use crate::mail::Mailer;
use crate::models::Registry;
use crate::page_cache::PageCache;
use crate::sessions::SessionStore;
use crate::settings::Settings;
use crate::signing::SecretKeys;
use crate::templates::value::Value;
use crate::templates::{Templates, UndefinedName};
use crate::views::{BackgroundTasks, HttpError, PermissionBackends, RowLoader};

/// The state of a site that all requests share.
pub struct AppState {
    /// The settings.
    pub settings: Settings,
    /// The keys that sign.
    pub keys: SecretKeys,
    /// The hashers of passwords.
    pub hashers: Hashers,
    /// What new passwords must be.
    pub validators: PasswordValidators,
    /// How many hashers work at once.
    pub hash_limiter: HashLimiter,
    /// The table of users.
    pub users: UserTable,
    /// Who is asked what users may do; `None` where the tables say it all.
    pub permission_backends: Option<Arc<dyn PermissionBackends>>,
    /// The models.
    pub models: Arc<Registry>,
    /// What forms read and write rows and files by.
    pub form_database: Arc<FormDatabase>,
    /// The forms that apps declare.
    pub forms: Arc<Forms>,
    /// The templates.
    pub templates: Arc<Templates>,
    /// How mail leaves.
    pub mailer: Mailer,
    /// How often passwords may be guessed and forms be sent.
    pub throttle: SiteThrottle,
    /// Tasks that no response waits for.
    pub background: BackgroundTasks,
    /// The connections to the databases.
    pub connections: Arc<Connections>,
    /// The caches of `[caches]`.
    pub caches: Arc<Caches>,
    /// The pages that are kept.
    pub pages: PageCache,
    /// Whether all pages are kept, but for those that forbid it.
    pub keeps_all_pages: bool,
    /// Reads rows for pages.
    pub rows: Arc<RowLoader>,
    /// Where sessions are kept.
    pub sessions: Arc<dyn SessionStore>,
    /// The log of the site.
    pub logging: Logging,
    /// Its logger of requests that go wrong, `djr.request`.
    pub log: Logger,
    pub(crate) site_settings: Value,
    /// How the admin looks, as templates see it.
    pub(crate) admin_site: Value,
    pub(crate) warned_names: Mutex<HashSet<String>>,
}

/// How long a request waits for its turn to hash a password before it gets 503.
const HASHING_TIMEOUT: Duration = Duration::from_secs(2);

impl AppState {
    /// Whether `host`, as a client wrote it, is one this site answers to.
    pub fn allows_host(&self, host: &str) -> bool {
        const LOCAL: [&str; 3] = [".localhost", "127.0.0.1", "[::1]"];
        let project = &self.settings.project;
        let Some(host) = Host::parse(host) else {
            return false;
        };
        if project.debug && project.allowed_hosts.is_empty() {
            return host.is_allowed(LOCAL);
        }
        host.is_allowed(project.allowed_hosts.iter().map(String::as_str))
    }

    /// Hashes or verifies a password when it is this request's turn.
    pub fn hashing<T>(&self, work: impl FnOnce(&Hashers) -> T) -> Result<T, HttpError> {
        let permit = self.hash_limiter.acquire(HASHING_TIMEOUT);
        let _permit = permit.ok_or(HttpError::ServiceUnavailable(
            "too many passwords are being checked",
        ))?;
        Ok(work(&self.hashers))
    }

    /// Logs the undefined names that the template `page` used; without `debug` none are found.
    ///
    /// Each of them is logged once: a page that is asked for often would fill the log.
    pub(crate) fn warn_of_undefined(&self, page: &str, undefined: Vec<UndefinedName>) {
        if undefined.is_empty() {
            return;
        }
        let mut warned = self
            .warned_names
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        for UndefinedName { name, location } in undefined {
            let place = location.map_or_else(|| page.to_owned(), |location| location.to_string());
            let message = format!("{place}: `{name}` is undefined and prints nothing");
            if warned.insert(message.clone()) {
                self.logging.logger("djr.template").warn(message);
            }
        }
    }
}

impl fmt::Debug for AppState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppState")
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}
