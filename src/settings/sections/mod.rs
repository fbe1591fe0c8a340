//! The settings as types, one file for each table of `djr.toml`: its struct, and the function that reads it.

pub(super) mod admin;
pub(super) mod auth;
pub(super) mod caches;
pub(super) mod checks;
pub(super) mod compression;
mod cookie;
pub(super) mod csrf;
pub(super) mod databases;
mod file_storages;
pub(super) mod logging;
pub(super) mod mail;
pub(super) mod media;
pub(super) mod migrations;
pub(super) mod page_cache;
pub(super) mod project;
mod s3;
mod secret_key;
pub(super) mod security;
pub(super) mod server;
pub(super) mod sessions;
pub(super) mod static_files;
pub(super) mod storages;
pub(super) mod templates;
mod throttle;

pub use admin::AdminSettings;
pub use auth::{AuthSettings, HashCosts};
pub use caches::{CacheBackendName, CacheSettings};
pub use checks::CheckSettings;
pub use compression::CompressionSettings;
pub use cookie::{CookieSettings, SameSite};
pub use csrf::CsrfSettings;
pub use databases::DatabaseSettings;
pub use file_storages::{FileStorageBackend, FileStorageSettings};
pub use logging::{
    FormatterSettings, HandlerClass, HandlerSettings, LogFilter, LoggerSettings, LoggingSettings,
    Rotation, RotationUnit,
};
pub use mail::{MailBackend, MailSettings};
pub use media::MediaSettings;
pub use migrations::MigrationSettings;
pub use page_cache::{PageCacheSettings, page_key_prefix_mistake};
pub use project::ProjectSettings;
pub use s3::{AddressingStyle, ObjectHeader, S3Credentials, S3StorageSettings};
pub use secret_key::SecretKey;
pub use security::SecuritySettings;
pub use server::ServerSettings;
pub use sessions::{SessionEngineName, SessionSettings};
pub use static_files::{StaticDirectory, StaticSettings};
pub use storages::{StaticStorageBackend, StaticStorageSettings, StorageSettings};
pub use templates::{ContextProcessor, TemplateSettings};
pub use throttle::{RateLimit, ThrottleLimits};
