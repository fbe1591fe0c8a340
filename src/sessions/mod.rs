//! Sessions: data kept between the requests of one browser, in Django's format.
//!
//! * [`SessionKey`]: what the cookie holds.
//! * [`SessionData`]: what is kept, as JSON in order, with its own [`SessionExpiry`].
//! * [`SessionEngine`]: where it is kept, made from the settings by [`session_engine`]; [`DatabaseEngine`] is the default.
//! * [`SessionStore`]: what reads and writes the sessions of an engine.
//! * [`StoredSession`]: a row of the table, for commands.
//! * [`Session`]: one request's view: reads, changes, and how they are saved.

mod cache_document;
mod cache_engine;
mod cached_database;
mod clearing;
mod codec;
#[cfg(test)]
mod concurrent_tests;
mod data;
mod database;
mod edit;
#[cfg(test)]
mod engine_tests;
mod engines;
mod expiry;
mod file_engine;
#[cfg(test)]
mod file_tests;
mod kept_session;
mod key;
#[cfg(test)]
pub(crate) mod recorded_calls;
#[cfg(test)]
mod recorded_tests;
mod session;
mod session_cache;
mod session_file;
mod session_statements;
mod signed_cookies;
mod store;
mod stored_session;

pub use clearing::ClearEvent;
pub use codec::SessionCodec;
pub use data::SessionData;
pub use database::{DatabaseEngine, DatabaseStore};
pub use edit::SessionEdit;
pub use engines::{SessionPlaces, session_engine};
pub use expiry::SessionExpiry;
pub use kept_session::{KeptSession, SessionVersion};
pub use key::SessionKey;
pub use session::Session;
pub use session_statements::SESSION_TABLE;
pub use store::{SessionEngine, SessionError, SessionStore};
pub use stored_session::{StoredSession, clear_all, delete, for_each, keys_with_prefix};

use include_dir::{Dir, include_dir};

/// The files of the app.
pub static APP_FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/sessions/app");
