//! The flags of a user (`is_staff`, `is_superuser`, `is_active`), as options.

use clap::Args;

use crate::auth::{UserAttribute, UserTable};
use crate::commands::accounts::without_attribute;
use crate::diagnostic::Finding;

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
    /// The findings for options about what users of `table` do not have.
    pub(crate) fn unknown_to(&self, table: &UserTable) -> Vec<Finding> {
        let options = [
            (self.staff, "--staff", UserAttribute::IsStaff),
            (self.no_staff, "--no-staff", UserAttribute::IsStaff),
            (self.superuser, "--superuser", UserAttribute::IsSuperuser),
            (
                self.no_superuser,
                "--no-superuser",
                UserAttribute::IsSuperuser,
            ),
            (self.active, "--active", UserAttribute::IsActive),
            (self.inactive, "--inactive", UserAttribute::IsActive),
        ];
        let unknown = options
            .into_iter()
            .filter(|(given, _, attribute)| *given && !table.has(*attribute));
        unknown
            .map(|(_, option, attribute)| without_attribute(option, attribute))
            .collect()
    }

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
