//! URL patterns: `urls.toml` and the files it includes, matched against paths and written from names.
//!
//! 1. [`load()`] reads the project's `urls.toml` and those of included apps into [`Urls`], with every mistake of all of them at once.
//! 2. [`Urls::resolve`] finds the pattern of a path; the first one that matches wins.
//! 3. [`Urls::reverse`] writes the path of a name.

mod converter;
mod load;
mod pattern;
mod reverse;
mod route;

pub use converter::{Argument, Converter};
pub use load::{BuildView, Source, load};
pub use pattern::{Access, Match, Pattern, Required, Urls};
pub use reverse::ReverseError;
pub use route::{Route, RouteError};

#[cfg(test)]
mod tests;
