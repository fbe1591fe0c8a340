//! One function for each table of the settings.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use crate::apps::AppLabel;
use crate::clock::Zone;
use crate::settings::groups::{
    Auth, Cache, CacheBackend, Cookie, Csrf, Database, HashCosts, Mail, MailBackend, Migrations,
    Project, Rate, SameSite, SecretKey, Security, Server, Sessions, Static, Templates,
    ThrottleLimits,
};
use crate::settings::reader::Reader;

pub(super) fn project(reader: &Reader<'_>) -> Project {
    Project {
        name: reader.get("project.name"),
        debug: reader.get("project.debug"),
        allowed_hosts: reader.get("project.allowed_hosts"),
        time_zone: time_zone(reader),
        apps: apps(reader),
        middleware: reader.get("project.middleware"),
        append_slash: reader.get("project.append_slash"),
    }
}

fn time_zone(reader: &Reader<'_>) -> Zone {
    let name: String = reader.get("project.time_zone");
    Zone::named(&name).unwrap_or_else(|| {
        let message = format!("there is no time zone `{name}`");
        let hint = "a zone is called like `Europe/Vienna` or `UTC`".to_owned();
        reader.report("project.time_zone", "invalid-setting", message, Some(hint));
        Zone::utc()
    })
}

fn apps(reader: &Reader<'_>) -> Vec<AppLabel> {
    let names: Vec<String> = reader.get("project.apps");
    let mut labels: Vec<AppLabel> = Vec::new();
    for name in &names {
        match AppLabel::new(name) {
            Some(label) if labels.contains(&label) => {
                reader.check(
                    "project.apps",
                    false,
                    format!("app `{name}` is listed twice"),
                );
            }
            Some(label) => labels.push(label),
            None => {
                let message = format!("`{name}` is no app label: letters, digits and `_` only");
                reader.check("project.apps", false, message);
            }
        }
    }
    labels
}

pub(super) fn databases(reader: &Reader<'_>) -> BTreeMap<String, Database> {
    let read = |alias: String| {
        let path = |key: &str| format!("databases.{alias}.{key}");
        let database = Database {
            name: reader.get(&path("name")),
            timeout: reader.seconds(&path("timeout")),
        };
        (alias, database)
    };
    reader.aliases("databases").into_iter().map(read).collect()
}

pub(super) fn migrations(reader: &Reader<'_>) -> Migrations {
    let path = "migrations.snapshots_kept";
    let snapshots_kept = reader.get(path);
    reader.check(path, snapshots_kept > 0, "at least one snapshot is kept");
    Migrations { snapshots_kept }
}

const BACKENDS: [(&str, CacheBackend); 6] = [
    ("locmem", CacheBackend::Locmem),
    ("database", CacheBackend::Database),
    ("file", CacheBackend::File),
    ("dummy", CacheBackend::Dummy),
    ("redis", CacheBackend::Redis),
    ("memcached", CacheBackend::Memcached),
];

pub(super) fn caches(reader: &Reader<'_>) -> BTreeMap<String, Cache> {
    let aliases = reader.aliases("caches").into_iter();
    aliases
        .map(|alias| (alias.clone(), cache(reader, &alias)))
        .collect()
}

fn cache(reader: &Reader<'_>, alias: &str) -> Cache {
    let path = |key: &str| format!("caches.{alias}.{key}");
    let timeout: i64 = reader.get(&path("timeout"));
    let cache = Cache {
        backend: reader.choice(&path("backend"), &BACKENDS, CacheBackend::Locmem),
        location: reader.get(&path("location")),
        timeout: u64::try_from(timeout).ok().map(Duration::from_secs),
        key_prefix: reader.get(&path("key_prefix")),
        version: reader.get(&path("version")),
        max_entries: reader.get(&path("max_entries")),
        cull_frequency: reader.get(&path("cull_frequency")),
    };
    let needs_location = cache.backend == CacheBackend::Database;
    let message = format!("cache `{alias}` needs `location`, the name of its table");
    reader.check(
        &path("backend"),
        !needs_location || !cache.location.is_empty(),
        message,
    );
    cache
}

pub(super) fn auth(reader: &Reader<'_>) -> Auth {
    Auth {
        user_model: user_model(reader),
        password_hashers: reader.get("auth.password_hashers"),
        password_validators: reader.get("auth.password_validators"),
        password_min_length: reader.get("auth.password_min_length"),
        password_similarity_attributes: reader.get("auth.password_similarity_attributes"),
        password_max_similarity: max_similarity(reader),
        password_min_score: min_score(reader),
        password_reset_timeout: reader.seconds("auth.password_reset_timeout"),
        throttle: throttle(reader),
        costs: costs(reader),
        max_concurrent_hashes: reader.get("auth.max_concurrent_hashes"),
        signup: reader.get("auth.signup"),
        login_url: reader.get("auth.login_url"),
        login_redirect_url: reader.get("auth.login_redirect_url"),
        logout_redirect_url: reader.nonempty("auth.logout_redirect_url"),
    }
}

fn user_model(reader: &Reader<'_>) -> String {
    let name: String = reader.get("auth.user_model");
    let valid = name.split('.').count() == 2;
    let message = format!("`auth.user_model` must be `app.Model`, not `{name}`");
    reader.check("auth.user_model", valid, message);
    name
}

fn max_similarity(reader: &Reader<'_>) -> f64 {
    let path = "auth.password_max_similarity";
    let limit = reader.get(path);
    let valid = (0.1..=1.0).contains(&limit);
    reader.check(path, valid, format!("`{path}` must be from 0.1 to 1"));
    limit
}

fn min_score(reader: &Reader<'_>) -> u8 {
    let path = "auth.password_min_score";
    let score = reader.get(path);
    reader.check(path, score <= 4, format!("`{path}` must be from 0 to 4"));
    score
}

fn throttle(reader: &Reader<'_>) -> ThrottleLimits {
    ThrottleLimits {
        enabled: reader.get("auth.throttle.enabled"),
        login: rate(reader, "login"),
        address: rate(reader, "address"),
        account: rate(reader, "account"),
        mail: rate(reader, "mail"),
        form: rate(reader, "form"),
        max_entries: reader.get("auth.throttle.max_entries"),
    }
}

fn rate(reader: &Reader<'_>, name: &str) -> Rate {
    let number = |key: &str| {
        let path = format!("auth.throttle.{name}_{key}");
        let number = reader.get(&path);
        reader.check(&path, number > 0, format!("`{path}` must be at least 1"));
        number
    };
    Rate {
        burst: number("burst"),
        per_hour: number("per_hour"),
    }
}

fn costs(reader: &Reader<'_>) -> HashCosts {
    HashCosts {
        argon2_time: reader.get("auth.costs.argon2_time"),
        argon2_memory: reader.get("auth.costs.argon2_memory"),
        argon2_parallelism: reader.get("auth.costs.argon2_parallelism"),
        pbkdf2_iterations: reader.get("auth.costs.pbkdf2_iterations"),
        bcrypt_rounds: reader.get("auth.costs.bcrypt_rounds"),
        scrypt_work_factor: reader.get("auth.costs.scrypt_work_factor"),
    }
}

const SAME_SITE: [(&str, SameSite); 4] = [
    ("Lax", SameSite::Lax),
    ("Strict", SameSite::Strict),
    ("None", SameSite::None),
    ("", SameSite::Unset),
];

fn cookie(reader: &Reader<'_>, table: &str) -> Cookie {
    let path = |key: &str| format!("{table}.cookie_{key}");
    Cookie {
        name: reader.get(&path("name")),
        age: reader.seconds(&path("age")),
        domain: reader.nonempty(&path("domain")),
        path: reader.get(&path("path")),
        secure: reader.get(&path("secure")),
        httponly: reader.get(&path("httponly")),
        samesite: reader.choice(&path("samesite"), &SAME_SITE, SameSite::Lax),
    }
}

/// The engines that are built; the others get their own message until they are.
const ENGINES: [(&str, &str); 1] = [("database", "database")];

pub(super) fn sessions(reader: &Reader<'_>) -> Sessions {
    Sessions {
        engine: reader
            .choice("sessions.engine", &ENGINES, "database")
            .to_owned(),
        cookie: cookie(reader, "sessions"),
        expire_at_browser_close: reader.get("sessions.expire_at_browser_close"),
        save_every_request: reader.get("sessions.save_every_request"),
    }
}

pub(super) fn csrf(reader: &Reader<'_>) -> Csrf {
    Csrf {
        cookie: cookie(reader, "csrf"),
        header_name: reader.get("csrf.header_name"),
        trusted_origins: reader.get("csrf.trusted_origins"),
    }
}

pub(super) fn security(reader: &Reader<'_>) -> Security {
    let fallbacks: Vec<String> = reader.get("security.secret_key_fallbacks");
    Security {
        secret_key_fallbacks: fallbacks.into_iter().map(SecretKey::new).collect(),
        signed_cookie_legacy_read: reader.get("security.signed_cookie_legacy_read"),
        trusted_proxies: reader.get("security.trusted_proxies"),
        use_forwarded_host: reader.get("security.use_forwarded_host"),
        content_type_nosniff: reader.get("security.content_type_nosniff"),
        referrer_policy: reader.get("security.referrer_policy"),
        cross_origin_opener_policy: reader.get("security.cross_origin_opener_policy"),
        frame_options: reader.get("security.frame_options"),
        hsts: reader.seconds("security.hsts_seconds"),
        hsts_include_subdomains: reader.get("security.hsts_include_subdomains"),
        hsts_preload: reader.get("security.hsts_preload"),
        ssl_redirect: reader.get("security.ssl_redirect"),
        ssl_host: reader.get("security.ssl_host"),
    }
}

pub(super) fn static_files(reader: &Reader<'_>) -> Static {
    let url: String = reader.get("static.url");
    let bounded = url.len() > 1 && url.starts_with('/') && url.ends_with('/');
    let message = format!("`static.url` must begin and end with `/`, unlike `{url}`");
    reader.check("static.url", bounded, message);
    Static {
        url,
        root: reader.get("static.root"),
        dirs: reader.get("static.dirs"),
    }
}

const MAIL_BACKENDS: [MailBackend; 5] = [
    MailBackend::Smtp,
    MailBackend::Console,
    MailBackend::File,
    MailBackend::Memory,
    MailBackend::Dummy,
];

pub(super) fn mail(reader: &Reader<'_>, zone: &Zone) -> Mail {
    let path = |key: &str| reader.nonempty(&format!("mail.{key}")).map(PathBuf::from);
    let backends = MAIL_BACKENDS.map(|backend| (backend.name(), backend));
    let mail = Mail {
        backend: reader.choice("mail.backend", &backends, MailBackend::Smtp),
        host: reader.get("mail.host"),
        port: reader.get("mail.port"),
        username: reader.get("mail.username"),
        password: SecretKey::new(reader.get::<String>("mail.password")),
        use_tls: reader.get("mail.use_tls"),
        use_ssl: reader.get("mail.use_ssl"),
        timeout: reader.seconds("mail.timeout"),
        ssl_certfile: path("ssl_certfile"),
        ssl_keyfile: path("ssl_keyfile"),
        ssl_cafile: path("ssl_cafile"),
        file_path: reader.get("mail.file_path"),
        default_from: reader.get("mail.default_from"),
        server_email: reader.get("mail.server_email"),
        subject_prefix: reader.get("mail.subject_prefix"),
        admins: reader.get("mail.admins"),
        managers: reader.get("mail.managers"),
        zone: reader
            .get::<bool>("mail.use_localtime")
            .then(|| zone.clone()),
    };
    let message = "`mail.use_tls` and `mail.use_ssl` exclude each other: the first is STARTTLS";
    reader.check("mail.use_ssl", !(mail.use_tls && mail.use_ssl), message);
    reader.check(
        "mail.timeout",
        !mail.timeout.is_zero(),
        "`mail.timeout` must be at least 1",
    );
    mail
}

pub(super) fn templates(reader: &Reader<'_>) -> Templates {
    let dirs: Vec<PathBuf> = reader.get("templates.dirs");
    Templates { dirs }
}

pub(super) fn server(reader: &Reader<'_>) -> Server {
    Server {
        workers: reader.get("server.workers"),
        max_connections: reader.get("server.max_connections"),
        max_head_size: reader.get("server.max_head_size"),
        max_body_size: reader.get("server.max_body_size"),
        max_form_fields: reader.get("server.max_form_fields"),
        head_timeout: reader.seconds("server.head_timeout"),
        body_timeout: reader.seconds("server.body_timeout"),
        idle_timeout: reader.seconds("server.idle_timeout"),
        shutdown_timeout: reader.seconds("server.shutdown_timeout"),
    }
}
