//! Accounts: users, their passwords, and who is logged in.
//!
//! * [`Hashers`]: password hashes in Django's encodings; [`HashLimiter`] limits how many run at once.
//! * [`PasswordValidators`]: what a new password must be.
//! * [`User`], [`Users`]: users, in the table of `[auth] user_model`.
//! * [`ApiTokens`]: tokens that programs log in with.
//! * [`authenticate()`]: from a username and a password to a user.
//! * [`login()`], [`logout()`], [`session_user()`]: whose session it is.
//! * [`PasswordResetTokenGenerator`]: who may choose a new password for a forgotten one.
//! * [`confusables`]: names that a reader would take for each other.
//! * [`AuthThrottle`]: how often passwords may be guessed; [`device_cookie`]: browsers that are known.
//! * [`UserPermissions`]: what a user may do; [`create_permissions()`]: the rows of permissions, made after a migration.
//! * [`Groups`]: who is in which group; [`GrantedPermissions`]: who was given which permission.
//! * [`superuser`]: the first user of a project.

mod api_tokens;
mod authenticate;
pub mod confusables;
mod create_permissions;
pub mod device_cookie;
mod granted_permissions;
mod groups;
mod heard_users;
mod login;
pub mod names;
mod password_hashers;
mod password_validation;
mod permission_tables;
mod sendable_password;
pub mod superuser;
#[cfg(test)]
mod tests;
pub mod throttle;
mod through_table;
mod tokens;
mod user;
mod user_attribute;
mod user_changes;
mod user_conflict;
mod user_constraints;
mod user_field;
mod user_fields;
mod user_filter;
mod user_key;
mod user_permissions;
mod user_queries;
mod user_statements;
mod user_table;
mod users;

pub use api_tokens::{ApiToken, ApiTokens};
pub use authenticate::{AuthenticationError, authenticate};
pub use create_permissions::{create_permissions, permission_names};
pub use granted_permissions::{GrantedPermissions, Grantee, PermissionRow};
pub use groups::{Group, GroupSummary, Groups};
pub use login::{
    login, logout, session_auth_hash, session_owner, session_user, update_session_auth_hash,
};
pub use password_hashers::{
    HASHERS, HashLimiter, HashPart, HashPermit, Hashers, OwnHashers, PasswordCheck, PasswordError,
    encoded_algorithm, is_encoded, is_password_usable, safe_summary, unusable_password,
};
pub use password_validation::{
    OwnValidators, PasswordProblem, PasswordValidators, PasswordWeakness, UserAttributes,
};
pub use permission_tables::PermissionTables;
pub use sendable_password::{MAX_PASSWORD_LENGTH, UnsendablePassword, check_sendable};
pub use throttle::AuthThrottle;
pub use through_table::ThroughTable;
pub use tokens::{PasswordResetTokenGenerator, decode_uid, encode_uid};
pub use user::{NewUser, User};
pub use user_attribute::UserAttribute;
pub use user_changes::UserChanges;
pub use user_constraints::{UserConflict, UserConstraints};
pub use user_field::UserField;
pub use user_fields::UserFields;
pub use user_filter::UserFilter;
pub use user_key::UserKey;
pub use user_permissions::UserPermissions;
pub use user_table::UserTable;
pub use users::Users;

use include_dir::{Dir, include_dir};

/// The files of the app.
pub static APP_FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/auth/app");
