//! The management commands, one module each, and what they share.

mod accounts;
pub(crate) mod changepassword;
pub(crate) mod check;
pub(crate) mod clearsessions;
pub(crate) mod collectstatic;
pub(crate) mod createcachetable;
pub(crate) mod createsuperuser;
mod credentials;
pub(crate) mod dbshell;
pub(crate) mod diffsettings;
pub(crate) mod dumpdata;
mod error;
pub(crate) mod findstatic;
pub(crate) mod flush;
mod global;
pub(crate) mod inspectdb;
pub(crate) mod loaddata;
pub(crate) mod makemigrations;
pub(crate) mod migrate;
mod migrate_rehearse;
mod migration_files;
pub(crate) mod optimizemigration;
mod options;
pub(crate) mod remove_stale_contenttypes;
pub(crate) mod runserver;
pub(crate) mod sendtestemail;
pub(crate) mod showmigrations;
pub(crate) mod sqlmigrate;
pub(crate) mod squashmigrations;
pub(crate) mod startapp;
pub(crate) mod startproject;
mod unconfirmed;
pub(crate) mod undo;
pub(crate) mod up;

pub(crate) use error::CommandError;
pub(crate) use global::GlobalArgs;
