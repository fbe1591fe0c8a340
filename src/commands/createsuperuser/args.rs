//! The options of `djr createsuperuser`.

use std::path::PathBuf;

use clap::Args;

use crate::commands::accounts::CustomFieldArgs;
use crate::commands::options::{NoInputArgs, WriteArgs};

/// Create a user who may do everything
///
/// On a terminal, asks for what no option says. With `--noinput` the username, the email address
/// and the password come from options or from `DJR_SUPERUSER_USERNAME`, `DJR_SUPERUSER_EMAIL` and
/// `DJR_SUPERUSER_PASSWORD` (`DJANGO_SUPERUSER_...` will do), and a field that the project's own
/// user model requires from `--field` or from `DJR_SUPERUSER_` and its name. A user without a
/// password cannot log in until `djr changepassword` gives it one.
#[derive(Args, Debug)]
pub(crate) struct CreateSuperuserArgs {
    /// The name to log in with
    #[arg(long)]
    pub(super) username: Option<String>,
    /// The email address; may be empty
    #[arg(long)]
    pub(super) email: Option<String>,
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
