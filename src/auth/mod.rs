//! Accounts: users, their passwords, and who is logged in.
//!
//! * [`Hashers`]: password hashes in Django's encodings; [`HashGate`] limits how many run at once.
//! * [`PasswordValidators`]: what a new password must be.
//! * [`User`], [`Users`]: users, in the table of `[auth] user_model`.
//! * [`authenticate()`]: from a username and a password to a user.
//! * [`login()`], [`logout()`], [`session_user()`]: whose session it is.
//! * [`ResetTokens`]: who may choose a new password for a forgotten one.
//! * [`lookalikes`]: names that a reader would take for each other.
//! * [`Throttle`]: how often passwords may be guessed; [`device`]: browsers that are known.
//! * [`Grants`]: what a user may do; [`permissions`]: their rows, made after a migration.
//! * [`groups`]: who is in which group and was given which permission.
//! * [`superuser`]: the first user of a project.

mod authenticate;
pub mod device;
mod grants;
pub mod groups;
mod login;
pub mod lookalikes;
pub mod names;
mod passwords;
pub mod permissions;
mod reset;
pub mod superuser;
#[cfg(test)]
mod tests;
pub mod throttle;
mod user;
mod user_changes;
mod user_filter;
mod user_table;
mod users;
mod validation;

pub use authenticate::{AuthenticationError, authenticate};
pub use grants::{GrantTables, Grants, Link};
pub use login::{
    login, logout, session_auth_hash, session_owner, session_user, update_session_auth_hash,
};
pub use passwords::{
    HASHERS, HashGate, HashPermit, Hashers, PasswordError, Verdict, encoded_algorithm, is_encoded,
    is_password_usable, unusable_password,
};
pub use reset::{ResetTokens, decode_uid, encode_uid};
pub use throttle::Throttle;
pub use user::{NewUser, User};
pub use user_changes::UserChanges;
pub use user_filter::UserFilter;
pub use user_table::UserTable;
pub use users::Users;
pub use validation::{Guess, PasswordProblem, PasswordValidators, Person};

use include_dir::{Dir, include_dir};

/// The files of the app.
pub static APP_FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/auth/app");
