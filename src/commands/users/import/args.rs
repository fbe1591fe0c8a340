//! The options of `djr users import`.

use std::path::PathBuf;

use clap::Args;

use crate::commands::options::WriteArgs;
use crate::serializers::RecordFormat;

/// Import users from CSV or JSON, all of them or none
///
/// Columns: `username`, `email`, `first_name`, `last_name`, `is_active`, `is_staff`,
/// `is_superuser`, `password`, `groups` (in CSV with `;` between them), `date_joined`, `last_login`,
/// and the fields of the project's own user model. `password` is an encoded hash, as Django keeps
/// it; without one a user cannot log in until it gets a password.
#[derive(Args, Debug)]
pub(in crate::commands::users) struct ImportUsersArgs {
    /// The file: `.csv`, `.json` (a list of objects) or `.jsonl`; `-` is standard input
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    /// The format, if the file's name does not tell
    #[arg(long, value_name = "FORMAT")]
    #[arg(value_parser = RecordFormat::ALL.map(|(name, _)| name))]
    pub(super) format: Option<String>,
    /// Change users that are there already, in the columns the file has
    #[arg(long)]
    pub(super) update: bool,
    /// The passwords in the file are plain: check and hash them
    #[arg(long)]
    pub(super) plain_passwords: bool,
    /// Take plain passwords that the validators object to
    #[arg(long, requires = "plain_passwords")]
    pub(super) weak_passwords: bool,
    /// Create the groups that are not there
    #[arg(long)]
    pub(super) create_groups: bool,
    /// Check everything and tell what would be done, but write nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    #[command(flatten)]
    pub(super) database: WriteArgs,
}
