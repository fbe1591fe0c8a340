//! Whether a change would leave a site without an active superuser.

use crate::auth::{User, UserFilter};
use crate::commands::CommandError;
use crate::commands::accounts::Accounts;

/// Whether all active superusers are among `users`, and at least one is.
pub(super) fn are_among(accounts: &Accounts, users: &[User]) -> Result<bool, CommandError> {
    let among = users
        .iter()
        .filter(|user| user.is_superuser && user.is_active);
    let among = i64::try_from(among.count()).unwrap_or(i64::MAX);
    let filter = UserFilter {
        is_superuser: Some(true),
        is_active: Some(true),
        ..UserFilter::default()
    };
    Ok(among > 0 && accounts.users().count(&filter)? <= among)
}
