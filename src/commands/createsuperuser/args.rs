//! The options of `djr createsuperuser`.

use std::path::PathBuf;

use clap::Args;

use crate::commands::accounts::CustomFieldArgs;
use crate::commands::options::{NoInputArgs, WriteArgs};
use crate::settings::AuthSettings;

/// Create a user who may do everything
///
/// On a terminal, asks for what no option says. With `--noinput` the username, the email address
/// and the password come from options or from `DJR_SUPERUSER_USERNAME`, `DJR_SUPERUSER_EMAIL` and
/// `DJR_SUPERUSER_PASSWORD` (`DJANGO_SUPERUSER_...` will do), and a field that the project's own
/// user model requires from `--field` or from `DJR_SUPERUSER_` and its name. Where users log in
/// with their address, `--email` is enough. A user without a password cannot log in until `djr changepassword` gives it one.
#[derive(Args, Debug)]
pub(crate) struct CreateSuperuserArgs {
    /// The name to log in with
    #[arg(long)]
    username: Option<String>,
    /// The email address; may be empty
    #[arg(long)]
    email: Option<String>,
    #[command(flatten)]
    pub(super) custom_fields: CustomFieldArgs,
    /// Read the password from this file, or from standard input if it is `-`
    #[arg(long, value_name = "FILE")]
    pub(super) password_file: Option<PathBuf>,
    #[command(flatten)]
    pub(super) input: NoInputArgs,
    #[command(flatten)]
    pub(super) database: WriteArgs,
}

impl CreateSuperuserArgs {
    /// The name to log in with; the address, where users log in with that.
    pub(super) fn username(&self, auth: &AuthSettings) -> Option<String> {
        let email = self.email.as_ref().filter(|_| is_email_login(auth));
        self.username.as_ref().or(email).cloned()
    }

    /// The address, where that is not what users log in with.
    pub(super) fn email(&self, auth: &AuthSettings) -> Option<String> {
        self.email.clone().filter(|_| !is_email_login(auth))
    }
}

fn is_email_login(auth: &AuthSettings) -> bool {
    auth.username_field == auth.email_field
}
