//! The services of the site as Python sees them: passwords, caches and mail. [`native`] is the module with them.
//!
//! Each asks the site that is composed around the Python of this thread, so that Python and the pages of djr share
//! limits, entries and servers.

pub(in crate::script) mod accounts;
mod cache_errors;
mod cache_store;
mod cache_value;
mod django_settings;
mod mail;
pub(super) mod native;
mod own_cache;
mod own_class;
mod own_hashers;
mod own_mail;
mod own_passwords;
mod own_permissions;
mod own_sessions;
mod own_storages;
mod passwords;
mod session_store;
mod site_state;

pub(super) use django_settings::django_settings;
pub(super) use mail::mail_facts;
pub(in crate::script) use own_cache::own_backends;
pub(in crate::script) use own_class::own_class;
pub(in crate::script) use own_hashers::own_hashers;
pub(in crate::script) use own_mail::mail_class;
pub(in crate::script) use own_passwords::own_validators;
pub(in crate::script) use own_permissions::permission_backends;
pub(in crate::script) use own_sessions::session_engine;
pub(in crate::script) use own_storages::{own_storages, own_storages_of};
