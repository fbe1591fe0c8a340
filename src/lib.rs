//! Django's batteries in one binary: the library behind `djr`.
//!
//! # Layout
//!
//! Bottom up; a module imports only from those above it in this list
//! (`tests/repository.rs` holds the order, `docs/ARCHITECTURE.md` gives the reasons).
//!
//! * [`clock`], [`text`], [`json`], [`crypto`], `zlib`, [`signing`], [`diagnostic`], [`document`], [`files`], [`pagination`]: leaves.
//! * [`db`]: the database, and the only module that names `rusqlite`.
//! * [`apps`]: labelled directories of one layout, on disk or embedded.
//! * [`http`]: requests and responses without a server.
//! * [`settings`]: one immutable value from all layers.
//! * [`models`]: models as data.
//! * [`values`]: what fields hold, in columns, fixtures and files.
//! * [`schema`]: what changes the tables of models.
//! * [`query`]: from models to SQL, from rows to values.
//! * [`inspectdb`]: models for tables that are there already.
//! * [`migrations`]: graph, operations, plan, record.
//! * [`contenttypes`], [`cache`], [`page_cache`], [`sessions`], [`auth`], [`messages`], [`mail`], [`logging`], [`staticfiles`], [`storage`], [`serializers`], [`syndication`], [`sitemaps`]: domains.
//! * [`templates`], [`urls`], [`forms`], [`views`], [`api`], [`middleware`], [`admin`]: from a request to a page.
//! * [`script`]: Python, and the only module that names the interpreter.
//! * [`project`]: root, settings and apps; where all parts meet.
//! * [`scaffold`]: projects and apps rendered from `scaffolds/`.
//! * [`checks`]: system checks by tag.
//! * [`server`]: accept loop, limits, workers, reload, shutdown, access log.
//! * `ui`: everything the user reads.
//! * `commands`: one module per management command.
//! * `cli`: the command line as clap types, and its dispatch.

pub mod admin;
pub mod api;
pub mod apps;
pub mod auth;
pub mod cache;
pub mod checks;
mod cli;
pub mod clock;
mod commands;
pub mod contenttypes;
pub mod crypto;
pub mod db;
pub mod diagnostic;
pub mod document;
pub mod files;
pub mod forms;
pub mod http;
pub mod inspectdb;
pub mod json;
pub mod logging;
pub mod mail;
pub mod messages;
pub mod middleware;
pub mod migrations;
pub mod models;
pub mod page_cache;
pub mod pagination;
pub mod project;
pub mod query;
pub mod scaffold;
pub mod schema;
pub mod script;
pub mod serializers;
pub mod server;
pub mod sessions;
pub mod settings;
pub mod signing;
pub mod sitemaps;
pub mod staticfiles;
pub mod storage;
pub mod syndication;
pub mod templates;
#[cfg(test)]
mod test_database;
pub mod text;
mod ui;
pub mod urls;
pub mod values;
pub mod views;
mod zlib;

pub use cli::{command_line, run};
