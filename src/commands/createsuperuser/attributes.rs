//! What the password of a new superuser must not resemble.

use crate::auth::UserAttributes;
use crate::auth::superuser::Superuser;

pub(super) fn attributes(superuser: &Superuser) -> UserAttributes<'_> {
    UserAttributes {
        username: &superuser.username,
        email: &superuser.email,
        ..UserAttributes::default()
    }
}
