//! The settings as types, one struct for each table of `djr.toml`.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use crate::apps::AppLabel;
use crate::clock::Zone;
use crate::crypto::Secret;
use crate::document::Value;

/// `[project]`: what the project is.
#[derive(Clone, Debug)]
pub struct Project {
    /// Its name.
    pub name: String,
    /// Whether errors are shown in the browser and files are watched.
    pub debug: bool,
    /// The hosts it answers to, as in Django: a name, `.example.com` or `*`.
    pub allowed_hosts: Vec<String>,
    /// The zone times are shown in.
    pub time_zone: Zone,
    /// The installed apps, in order of precedence.
    pub apps: Vec<AppLabel>,
    /// The middleware, outermost first, by name.
    pub middleware: Vec<String>,
    /// Whether a path that only matches with a slash at its end is redirected there.
    pub append_slash: bool,
}

/// `[databases.ALIAS]`: a database.
#[derive(Clone, Debug)]
pub struct Database {
    /// The file, below the project's root unless absolute.
    pub name: PathBuf,
    /// How long the server waits for a lock.
    pub timeout: Duration,
}

/// `[migrations]`: changes of the schema.
#[derive(Clone, Copy, Debug)]
pub struct Migrations {
    /// How many snapshots of each database are kept.
    pub snapshots_kept: usize,
}

/// `[caches.ALIAS]`: a cache.
#[derive(Clone, Debug)]
pub struct Cache {
    /// Where entries are kept.
    pub backend: CacheBackend,
    /// The backend's place: a table, a directory or addresses.
    pub location: String,
    /// How long an entry is kept; `None` is for ever.
    pub timeout: Option<Duration>,
    /// The prefix of every key.
    pub key_prefix: String,
    /// The version of every key.
    pub version: u64,
    /// How many entries are kept before some are culled.
    pub max_entries: usize,
    /// One entry in this many is culled; 0 culls all.
    pub cull_frequency: usize,
}

/// The kinds of cache.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum CacheBackend {
    /// In the server's memory.
    Locmem,
    /// In a table.
    Database,
    /// In a directory.
    File,
    /// Nowhere.
    Dummy,
    /// In Redis.
    Redis,
    /// In memcached.
    Memcached,
}

/// `[auth]`: accounts.
#[derive(Clone, Debug)]
pub struct Auth {
    /// The model of a user, as `app.Model`.
    pub user_model: String,
    /// The hashers whose passwords are accepted; the first one hashes new passwords.
    pub password_hashers: Vec<String>,
    /// The validators of new passwords, in order.
    pub password_validators: Vec<String>,
    /// The length a new password must have.
    pub password_min_length: usize,
    /// The attributes of a user that a new password must not resemble.
    pub password_similarity_attributes: Vec<String>,
    /// From this share of common characters on, it resembles them.
    pub password_max_similarity: f64,
    /// How hard to guess a new password must be, from 0 to 4.
    pub password_min_score: u8,
    /// How long a link to reset a password is good for.
    pub password_reset_timeout: Duration,
    /// How often it may be tried.
    pub throttle: ThrottleLimits,
    /// The costs of the hashers.
    pub costs: HashCosts,
    /// How many passwords the server hashes at once.
    pub max_concurrent_hashes: usize,
    /// Whether visitors may create accounts.
    pub signup: bool,
    /// Where to log in: a path or the name of a url.
    pub login_url: String,
    /// Where a login leads: a path or the name of a url.
    pub login_redirect_url: String,
    /// Where a logout leads; `None` shows the logged-out page.
    pub logout_redirect_url: Option<String>,
}

/// `[auth.costs]`: what a password hash costs to compute, for guessers too.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct HashCosts {
    /// Argon2: passes over the memory.
    pub argon2_time: u32,
    /// Argon2: memory, in KiB.
    pub argon2_memory: u32,
    /// Argon2: lanes.
    pub argon2_parallelism: u32,
    /// PBKDF2: iterations.
    pub pbkdf2_iterations: u32,
    /// bcrypt: the base-2 logarithm of the rounds.
    pub bcrypt_rounds: u32,
    /// scrypt: N, a power of two.
    pub scrypt_work_factor: u32,
}

/// How often something may be tried.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Rate {
    /// How often at once.
    pub burst: u32,
    /// How often in an hour after that.
    pub per_hour: u32,
}

/// `[auth.throttle]`: how often passwords may be guessed and mails be asked for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct ThrottleLimits {
    /// Whether anything is refused.
    pub enabled: bool,
    /// Wrong passwords for one account from one address or device.
    pub login: Rate,
    /// Wrong passwords from one address.
    pub address: Rate,
    /// Wrong passwords for one account.
    pub account: Rate,
    /// Mails to one address.
    pub mail: Rate,
    /// Sign-ups and requests for mails from one address.
    pub form: Rate,
    /// How many of each kind are remembered.
    pub max_entries: usize,
}

/// The `SameSite` attribute of a cookie.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SameSite {
    /// Sent with links from elsewhere.
    Lax,
    /// Sent from the site itself only.
    Strict,
    /// Always sent; browsers want `Secure` with it.
    None,
    /// No attribute.
    Unset,
}

/// The attributes of a cookie.
#[derive(Clone, Debug)]
pub struct Cookie {
    /// Its name.
    pub name: String,
    /// How long browsers keep it.
    pub age: Duration,
    /// The domain it is sent to; `None` for the host that set it.
    pub domain: Option<String>,
    /// The path it is sent to.
    pub path: String,
    /// Whether it is sent over HTTPS only.
    pub secure: bool,
    /// Whether scripts cannot read it.
    pub httponly: bool,
    /// When it is sent from other sites.
    pub samesite: SameSite,
}

/// `[sessions]`.
#[derive(Clone, Debug)]
pub struct Sessions {
    /// Where sessions are kept: `database`, `cached_db`, `cache`, `file` or `signed_cookies`.
    pub engine: String,
    /// The cookie that names the session.
    pub cookie: Cookie,
    /// Whether the cookie ends with the browser.
    pub expire_at_browser_close: bool,
    /// Whether every request renews the session.
    pub save_every_request: bool,
}

/// `[csrf]`.
#[derive(Clone, Debug)]
pub struct Csrf {
    /// The cookie that holds the secret.
    pub cookie: Cookie,
    /// The header a script may send the token in.
    pub header_name: String,
    /// Other origins whose forms are accepted: `https://example.com`, `https://*.example.com`.
    pub trusted_origins: Vec<String>,
}

/// `[security]`.
#[derive(Clone, Debug)]
pub struct Security {
    /// Older secret keys, whose signatures are still accepted.
    pub secret_key_fallbacks: Vec<SecretKey>,
    /// Whether cookies that were signed by Django's older rule are read.
    pub signed_cookie_legacy_read: bool,
    /// Addresses and networks (`10.0.0.0/8`) whose `X-Forwarded-For` and `-Proto` are believed.
    pub trusted_proxies: Vec<String>,
    /// Whether a trusted proxy's `X-Forwarded-Host` is believed.
    pub use_forwarded_host: bool,
    /// `X-Content-Type-Options: nosniff`.
    pub content_type_nosniff: bool,
    /// `Referrer-Policy`; empty sends none.
    pub referrer_policy: String,
    /// `Cross-Origin-Opener-Policy`; empty sends none.
    pub cross_origin_opener_policy: String,
    /// `X-Frame-Options`.
    pub frame_options: String,
    /// `Strict-Transport-Security`; zero sends none.
    pub hsts: Duration,
    /// `includeSubDomains` in it.
    pub hsts_include_subdomains: bool,
    /// `preload` in it.
    pub hsts_preload: bool,
    /// Whether HTTP is redirected to HTTPS.
    pub ssl_redirect: bool,
    /// The host of that redirect; empty keeps the request's.
    pub ssl_host: String,
}

/// `[static]` and `[media]`: files and where they are served.
#[derive(Clone, Debug)]
pub struct Static {
    /// The prefix of static URLs, with a slash at both ends.
    pub url: String,
    /// Where `collectstatic` puts the files.
    pub root: PathBuf,
    /// Directories of the project's own static files.
    pub dirs: Vec<PathBuf>,
}

/// `[mail]`: how mail leaves, and whose it is.
#[derive(Clone, Debug)]
pub struct Mail {
    /// The way it leaves.
    pub backend: MailBackend,
    /// The mail server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// The account there; empty logs in nowhere.
    pub username: String,
    /// Its password.
    pub password: SecretKey,
    /// STARTTLS.
    pub use_tls: bool,
    /// TLS from the first byte on.
    pub use_ssl: bool,
    /// How long each step may take.
    pub timeout: Duration,
    /// A certificate to show.
    pub ssl_certfile: Option<PathBuf>,
    /// Its private key.
    pub ssl_keyfile: Option<PathBuf>,
    /// Certificates to trust instead of the public ones.
    pub ssl_cafile: Option<PathBuf>,
    /// Where the file backend puts messages.
    pub file_path: PathBuf,
    /// Who mail to users comes from.
    pub default_from: String,
    /// Who mail to admins and managers comes from.
    pub server_email: String,
    /// What the subject of mail to admins and managers begins with.
    pub subject_prefix: String,
    /// Who keeps the site running.
    pub admins: Vec<String>,
    /// Who keeps its content in order.
    pub managers: Vec<String>,
    /// The zone mail is dated in; `None` is UTC.
    pub zone: Option<Zone>,
}

/// The ways mail leaves.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum MailBackend {
    /// To a mail server.
    Smtp,
    /// To standard output.
    Console,
    /// Into a directory.
    File,
    /// Nowhere, but kept for who asks.
    Memory,
    /// Nowhere.
    Dummy,
}

impl MailBackend {
    /// Its name in `djr.toml`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Smtp => "smtp",
            Self::Console => "console",
            Self::File => "file",
            Self::Memory => "memory",
            Self::Dummy => "dummy",
        }
    }
}

/// `[templates]`.
#[derive(Clone, Debug)]
pub struct Templates {
    /// Directories that are searched before those of the apps.
    pub dirs: Vec<PathBuf>,
}

/// `[server]`: limits.
#[derive(Clone, Debug)]
pub struct Server {
    /// Threads that run views; 0 is two for each core.
    pub workers: usize,
    /// Connections at once.
    pub max_connections: usize,
    /// Bytes of a request's head.
    pub max_head_size: usize,
    /// Bytes of a request's body.
    pub max_body_size: usize,
    /// Fields of a form.
    pub max_form_fields: usize,
    /// How long a client may take for a request's head.
    pub head_timeout: Duration,
    /// How long a client may take for a request's body.
    pub body_timeout: Duration,
    /// How long a connection may wait for the next request.
    pub idle_timeout: Duration,
    /// How long requests may go on after the signal to stop.
    pub shutdown_timeout: Duration,
}

/// A secret key; its value is shown by no formatting.
#[derive(Clone, Eq, PartialEq)]
pub struct SecretKey(Secret);

impl SecretKey {
    /// Wraps a key.
    pub fn new(key: impl Into<String>) -> Self {
        Self(Secret::new(key))
    }

    /// The key itself, for signing.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

impl std::fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretKey(..)")
    }
}

/// `[site]`: the project's own settings.
pub type Site = BTreeMap<String, Value>;
