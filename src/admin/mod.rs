//! The admin: pages on which staff look at, add, change and delete rows of all models (`django.contrib.admin`).
//!
//! 1. [`load_admin`] reads `admin.toml` of all apps into an [`AdminSite`]: how each model is shown (`options`), with
//!    everything that is wrong in the files. It is made once, when a site is loaded.
//! 2. [`routes()`] are the url patterns of the view `admin.site`, which `include = "admin.urls"` brings: those of the site
//!    and of each model, by Django's names (`admin:posts_post_changelist`).
//! 3. Every view is a page of `pages`: `admin_view` lets staff in, `access` says what they may, and templates of this app
//!    print what the page knows.

mod access;
mod log;
mod options;
mod pages;
mod read;
mod routes;
mod site;

use include_dir::{Dir, include_dir};

pub use options::{ActionCode, ActionFacts, ActionFinder, AdminTemplate};
pub use read::{ADMIN_FILE, AdminSource, load_admin};
pub use routes::routes;
pub use site::AdminSite;

/// The view that stands for all pages of the admin.
pub const SITE_VIEW: &str = "admin.site";

/// The files of the app.
pub static APP_FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/admin/app");
