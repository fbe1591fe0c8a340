//! What the backends of a project say of permissions, where classes of its own are among them.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::views::HttpError;

/// Asks the backends of a project, in their order, what somebody may do.
pub trait PermissionBackends: fmt::Debug + Send + Sync {
    /// Whether one of them grants what is asked, before another one refuses it.
    fn allows(
        &self,
        holder: &PermissionHolder,
        asked: AskedPermission<'_>,
    ) -> Result<bool, HttpError>;

    /// The names of all that they grant, `posts.add_post`.
    fn names(
        &self,
        holder: &PermissionHolder,
        source: PermissionSource,
    ) -> Result<BTreeSet<String>, HttpError>;
}

/// Who is asked about.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PermissionHolder {
    /// The key of the user, as sessions write it; `None` for a visitor who is not logged in.
    pub key: Option<String>,
    /// The same for all that one request asks of one user, whose row need not be read again.
    pub visit: u64,
}

/// What is asked.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum AskedPermission<'p> {
    /// A permission, `posts.add_post`.
    Named(&'p str),
    /// Any permission in the app of this label.
    InApp(&'p str),
}

/// Where permissions come from.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum PermissionSource {
    /// They are the user's own.
    User,
    /// They are those of groups.
    Group,
    /// Any.
    All,
}

/// A number that no other visit has.
pub(super) fn new_visit() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed)
}
