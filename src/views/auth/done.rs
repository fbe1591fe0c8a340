//! The pages that say what was done: `auth.password_change_done`, `auth.password_reset_done`,
//! `auth.password_reset_complete`.

use crate::diagnostic::Finding;
use crate::http::{Method, Response};
use crate::settings::AuthSettings;
use crate::templates::Context;
use crate::views::ViewEntry;
use crate::views::auth::account_page::{AccountPage, never_cached};
use crate::views::{Client, GetResponse, HttpError, NextPage, Request, View, ViewMarks};

#[derive(Debug)]
struct Done {
    page: AccountPage,
    login_required: bool,
}

/// Reads the options of `auth.password_change_done`.
pub(in crate::views) fn password_change(
    entry: &ViewEntry<'_, '_>,
) -> Result<Box<dyn View>, Finding> {
    let template = "registration/password_change_done.html";
    Ok(Box::new(Done {
        page: AccountPage::build(entry, template, "Password changed")?.with_staff_login(entry),
        login_required: true,
    }))
}

/// Reads the options of `auth.password_reset_done`.
pub(in crate::views) fn password_reset(
    entry: &ViewEntry<'_, '_>,
) -> Result<Box<dyn View>, Finding> {
    let template = "registration/password_reset_done.html";
    Ok(Box::new(Done {
        page: AccountPage::build(entry, template, "Look into your mail")?,
        login_required: false,
    }))
}

/// Reads the options of `auth.password_reset_complete`.
pub(in crate::views) fn reset_complete(
    entry: &ViewEntry<'_, '_>,
) -> Result<Box<dyn View>, Finding> {
    let template = "registration/password_reset_complete.html";
    Ok(Box::new(Done {
        page: AccountPage::build(entry, template, "Your password was changed")?,
        login_required: false,
    }))
}

impl View for Done {
    fn marks(&self) -> ViewMarks {
        ViewMarks {
            is_open: !self.login_required,
            ..ViewMarks::default()
        }
    }

    fn get_response<'v>(&'v self, client: Client, settings: &'v AuthSettings) -> GetResponse<'v> {
        match client {
            Client::Visitor if self.login_required => {
                GetResponse::Redirect(NextPage::login(settings))
            }
            _ => GetResponse::Page,
        }
    }

    fn respond(&self, request: &Request<'_>) -> Result<Response, HttpError> {
        if self.login_required
            && let Some(redirect) = self.page.require_user(request)?
        {
            return Ok(never_cached(redirect));
        }
        Ok(never_cached(match request.method {
            Method::Get | Method::Head => self.page.render(request, Context::default())?,
            Method::Options => Response::options(self.allowed()),
            _ => Response::method_not_allowed(self.allowed()),
        }))
    }
}
