//! The compiled statements over the table of users that run most.

use std::sync::{Arc, Mutex, OnceLock};

use crate::auth::{NewUser, UserAttribute};
use crate::db::sql::CompiledSql;

/// Compiled statements of one table of users, made when they are first used.
#[derive(Debug, Default)]
pub(super) struct UserStatements {
    pub(super) by_pk: OnceLock<CompiledSql>,
    pub(super) by_username: OnceLock<CompiledSql>,
    pub(super) all_permissions: OnceLock<CompiledSql>,
    pub(super) permissions_of_user: OnceLock<CompiledSql>,
    /// The insertion of the last user: those of an import are all alike.
    pub(super) insert: Mutex<Option<Arc<UserInsert>>>,
}

/// The insertion of users with the same fields, compiled.
#[derive(Debug)]
pub(super) struct UserInsert {
    /// What is written of what the model keeps of every user.
    pub(super) attributes: Vec<UserAttribute>,
    /// The columns of [`NewUser::custom_values`].
    pub(super) custom_columns: Vec<String>,
    /// The custom fields that are filled by their defaults, by their places.
    pub(super) defaults: Vec<usize>,
    /// The statement; it returns the key.
    pub(super) sql: CompiledSql,
    /// The statement; it returns the new user.
    pub(super) sql_returning: CompiledSql,
}

impl UserInsert {
    /// Whether it has the columns of `user`.
    pub(super) fn fits(&self, user: &NewUser) -> bool {
        let columns = user.custom_values.iter().map(|(column, _)| column);
        self.custom_columns.iter().eq(columns)
    }
}
