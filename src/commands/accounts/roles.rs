//! The flags of a user (`is_staff`, `is_superuser`, `is_active`), as options.

use clap::Args;

/// The flags of a user; one that no option sets is left open.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct RoleArgs {
    /// Staff: may enter the admin
    #[arg(long, conflicts_with = "no_staff")]
    staff: bool,
    /// Not staff
    #[arg(long)]
    no_staff: bool,
    /// Superuser: may do everything
    #[arg(long, conflicts_with = "no_superuser")]
    superuser: bool,
    /// Not a superuser
    #[arg(long)]
    no_superuser: bool,
    /// Active: may log in
    #[arg(long, conflicts_with = "inactive")]
    active: bool,
    /// Inactive: may not log in
    #[arg(long)]
    inactive: bool,
}

impl RoleArgs {
    pub(crate) fn is_staff(&self) -> Option<bool> {
        either(self.staff, self.no_staff)
    }

    pub(crate) fn is_superuser(&self) -> Option<bool> {
        either(self.superuser, self.no_superuser)
    }

    pub(crate) fn is_active(&self) -> Option<bool> {
        either(self.active, self.inactive)
    }
}

fn either(yes: bool, no: bool) -> Option<bool> {
    (yes || no).then_some(yes)
}
