//! What follows migrations in the same transaction: content types and permissions.

use crate::auth;
use crate::contenttypes;
use crate::db::{DatabaseError, SchemaTransaction};
use crate::models::ProjectState;
use crate::project::Project;

impl Project {
    /// Makes the content types and permissions of the models of `state`, as Django's receivers of
    /// `post_migrate` do.
    pub(super) fn emit_post_migrate(
        &self,
        state: &ProjectState,
        transaction: &SchemaTransaction,
    ) -> Result<(), DatabaseError> {
        if self.apps.get("contenttypes").is_none() {
            return Ok(());
        }
        let content_types =
            contenttypes::create_content_types(self.apps.labels(), state, transaction)?;
        match content_types {
            Some(content_types) => {
                auth::create_permissions(self.apps.labels(), state, &content_types, transaction)
            }
            None => Ok(()),
        }
    }
}
