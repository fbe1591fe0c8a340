//! The options of `djr makemigrations`.

use clap::Args;

use crate::commands::options::NoInputArgs;

/// Write what changed in the models as migrations
///
/// Compares `models.toml` of every app with what its migrations lead to, and writes the difference
/// as new files: all of them, or none. Nothing touches the database; `djr migrate` does.
/// Where only a person can tell a new name from a new thing, or what existing rows get, it asks;
/// without a terminal it stops with exit code 3 and prints the options to choose from.
#[derive(Args, Debug)]
pub(crate) struct MakeMigrationsArgs {
    /// Only these apps, and what they need
    #[arg(value_name = "APP_LABEL")]
    pub(super) app_labels: Vec<String>,
    /// Exit with 1 if models changed; write nothing
    #[arg(long)]
    pub(super) check: bool,
    /// Print what would be written, and write nothing; with `-v 2`, the files themselves
    #[arg(long)]
    pub(super) dry_run: bool,
    /// The name of the new migrations, after the number
    #[arg(short, long)]
    pub(super) name: Option<String>,
    /// Write a migration without operations for each of these apps, to be filled by hand
    #[arg(long, requires = "app_labels", conflicts_with_all = ["merge", "update", "rename", "no_rename", "default", "no_default"])]
    pub(super) empty: bool,
    /// Join the last migrations of an app that has more than one
    #[arg(long, conflicts_with_all = ["update", "rename", "no_rename", "default", "no_default"])]
    pub(super) merge: bool,
    /// Add the changes to the last migration instead, which must not be applied yet
    #[arg(long)]
    pub(super) update: bool,
    /// A model or field has another name now: `posts.Post.title=headline`, `posts.Post=Article`, `posts.Post=news.Post`
    #[arg(long, value_name = "OLD=NEW")]
    pub(super) rename: Vec<String>,
    /// The new one is not the old one: `posts.Post.title=headline`, or `posts.Post.title` for any
    #[arg(long, value_name = "OLD[=NEW]")]
    pub(super) no_rename: Vec<String>,
    /// What existing rows get in a new column, as TOML: `posts.Post.slug='""'`
    #[arg(long, value_name = "FIELD=VALUE")]
    pub(super) default: Vec<String>,
    /// No row lacks a value in a column that may have been null: `posts.Post.slug`
    #[arg(long, value_name = "FIELD")]
    pub(super) no_default: Vec<String>,
    #[command(flatten)]
    pub(super) input: NoInputArgs,
}
