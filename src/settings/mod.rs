//! The settings of a project: one immutable value, read from all layers at once.

mod groups;

pub use groups::{
    Auth, Cache, CacheBackend, Cookie, Csrf, Database, HashCosts, Project, SameSite, SecretKey,
    Security, Server, Sessions, Site, Static, Templates,
};

use std::collections::BTreeMap;

/// Everything a project can set.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `[project]`.
    pub project: Project,
    /// The key that signs: `DJR_SECRET_KEY`, from the environment or `.env`.
    pub secret_key: SecretKey,
    /// `[databases]`, by alias; `default` is always there.
    pub databases: BTreeMap<String, Database>,
    /// `[caches]`, by alias; `default` is always there.
    pub caches: BTreeMap<String, Cache>,
    /// `[auth]`.
    pub auth: Auth,
    /// `[sessions]`.
    pub sessions: Sessions,
    /// `[csrf]`.
    pub csrf: Csrf,
    /// `[security]`.
    pub security: Security,
    /// `[static]`.
    pub static_files: Static,
    /// `[templates]`.
    pub templates: Templates,
    /// `[server]`.
    pub server: Server,
    /// `[site]`: the project's own.
    pub site: Site,
}
