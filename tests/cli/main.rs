//! Runs the `djr` executable the way a user does.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../support/mod.rs"]
mod support;

mod adopted_schemas;
mod adoption;
mod altered_tables;
mod any_user_model;
mod autodetector;
mod cache;
mod changepassword;
mod check;
mod check_database;
mod clearsessions;
mod collectstatic;
mod completion;
mod createcachetable;
mod createsuperuser;
mod database_commands;
mod database_names;
mod dates;
mod decided_renames;
mod edited_migrations;
mod ensure;
mod environment;
mod field_values;
mod fixtures;
mod groups;
mod index_order;
mod inspectdb;
mod json_values;
mod key_changes;
mod makemigrations;
mod migrate;
mod migrate_refusals;
mod migrate_safely;
mod migration_messages;
mod missing_parents;
mod moved_models;
mod names_beyond_ascii;
mod not_atomic;
mod parity;
mod prompts;
mod redirect_checks;
mod remade_references;
mod remakes;
mod sendtestemail;
mod sessions;
mod showmigrations;
mod smtp;
mod sqlmigrate;
mod startapp;
mod startproject;
mod terminal;
mod text_encoding;
mod unapplied_migrations;
mod undo;
mod up;
mod usage;
mod user_model;
mod user_model_checks;
mod user_tokens;
mod users;
mod users_import;
