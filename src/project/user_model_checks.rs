//! What urls ask of users that the user model does not have.

use crate::auth::{UserAttribute, UserTable};
use crate::diagnostic::Finding;
use crate::settings::Settings;
use crate::urls::AccessRight;
use crate::views::UrlPatterns;

/// What the urls of a site cannot do with users of this model.
pub(super) fn beyond_user_model(
    settings: &Settings,
    users: &UserTable,
    urls: &UrlPatterns,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    findings.extend(unasked_field(settings, users, urls));
    findings.extend(reset_without_address(settings, users, urls));
    findings.extend(page_for_nobody(users, urls));
    findings
}

/// The finding for a field of the user model that must be filled, where visitors can sign up and the form
/// cannot ask for it.
fn unasked_field(settings: &Settings, users: &UserTable, urls: &UrlPatterns) -> Option<Finding> {
    let is_open = settings.auth.signup && urls.names().any(|name| name == "signup");
    let mut required = users.required().filter(|field| !field.fits_form());
    let field = required.next().filter(|_| is_open)?;
    let message = format!(
        "visitors cannot make accounts: the sign-up cannot ask for the field `{}` of a user",
        field.field.name
    );
    let finding = Finding::error("unasked-field", message)
        .hint("give the field a default, or set `signup = false` in `[auth]`");
    let location = settings.location("auth.signup");
    Some(location.into_iter().fold(finding, Finding::at))
}

/// The warning that nobody can be mailed a link to a new password.
fn reset_without_address(
    settings: &Settings,
    users: &UserTable,
    urls: &UrlPatterns,
) -> Option<Finding> {
    let has_page = urls.names().any(|name| name == "password_reset");
    if !has_page || users.has(UserAttribute::Email) {
        return None;
    }
    let message = "forgotten passwords cannot be reset: users have no email address";
    let finding = Finding::warning("no-email-field", message)
        .hint("`email_field` in `[auth]` names the field of the address, if it has another name");
    let location = settings.location("auth.user_model");
    Some(location.into_iter().fold(finding, Finding::at))
}

/// The warnings for pages that ask for a right that no user can have.
fn page_for_nobody(users: &UserTable, urls: &UrlPatterns) -> Vec<Finding> {
    let has_staff = users.has(UserAttribute::IsStaff);
    let has_permissions =
        users.permission_tables().is_some() || users.has(UserAttribute::IsSuperuser);
    let for_nobody = urls.patterns().iter().filter_map(|pattern| {
        let requirements = pattern.access.requirements.iter();
        let mut lacking = requirements.filter_map(|required| match required.right {
            AccessRight::Staff if !has_staff => Some("the user model has no `is_staff`"),
            AccessRight::Permission(_) if !has_permissions => Some(
                "the user model has neither `is_superuser` nor `groups` and `user_permissions`",
            ),
            _ => None,
        });
        let lacking = lacking.next()?;
        let message = format!("nobody may see this page: {lacking}");
        Some(Finding::warning("page-for-nobody", message).at(pattern.location.clone()))
    });
    for_nobody.collect()
}
