//! Static files: where they come from, how they are collected, and how they are served.
//!
//! * [`Finders`] look in `[static] dirs`, then in each app's `static/`; what is found first wins.
//! * [`Collection`] plans, then makes, the copy of all of them in `[static] root`.
//! * [`StaticFiles`] answers requests: from the finders with `debug`, else from the root.

mod answer;
mod apply;
mod collection;
mod conditional;
mod error;
mod finders;
mod ignore;
mod listing;
mod path;
mod range;
mod serve;
mod target;

pub use answer::{Answer, Body, Segment};
pub use collection::{Collection, Copy, Duplicate, Options};
pub use error::StaticError;
pub use finders::{Asset, Finders};
pub use ignore::Ignore;
pub use listing::{Found, Skipped};
pub use path::StaticPath;
pub use serve::{Place, StaticFiles};
