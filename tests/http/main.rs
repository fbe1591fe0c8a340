//! Servers on real sockets: the library's own, and a running `djr runserver`.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../support/mod.rs"]
mod support;

mod access_lines;
mod accounts;
mod admin;
mod admin_actions;
mod admin_attacks;
mod admin_conflicts;
mod admin_forms;
mod admin_list;
mod admin_markup;
mod admin_models;
mod admin_permissions;
mod admin_users;
mod any_user_model;
mod archive_views;
mod archives_recorded;
mod attacks;
mod blog;
mod context_queries;
mod docs_caching;
mod docs_feeds;
mod docs_logging;
mod docs_python;
mod docs_urls;
mod edit_mistakes;
mod edit_views;
mod error_pages;
mod feeds_and_sitemaps;
mod form_views;
mod generic_views;
mod inline_views;
mod io_threads;
mod logging;
mod media;
mod page_cache;
mod page_cache_faults;
mod page_middleware;
#[cfg(feature = "python")]
mod page_signals;
#[cfg(feature = "python")]
mod python_attacks;
mod python_cases;
#[cfg(feature = "python")]
mod python_classes;
#[cfg(feature = "python")]
mod python_faults;
#[cfg(feature = "python")]
mod python_forms;
#[cfg(feature = "python")]
mod python_kept;
mod python_middleware;
mod python_places;
#[cfg(feature = "python")]
mod python_services;
#[cfg(feature = "python")]
mod python_templates;
#[cfg(feature = "python")]
mod python_workers;
#[cfg(feature = "python")]
mod row_methods;
mod row_templates;
mod row_versions;
mod runserver;
#[cfg(feature = "s3")]
mod s3;
mod server;
mod session_cache_faults;
mod session_engines;
mod session_faults;
mod shared_caches;
mod shared_counts;
#[cfg(feature = "python")]
mod site_walk;
mod sites;
mod staticfiles;
mod streams;
mod test_server;
mod tutorial;
mod uploads;
