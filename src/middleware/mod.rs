//! The way of a request: middleware around the view, and the application that holds it all.
//!
//! 1. [`Application::new`] reads urls and templates and builds the chain from `[project] middleware`, with every mistake of all of them at once.
//! 2. [`Application::respond`] sends a request through the chain, outermost first; the view answers; the response comes back the same way.
//! 3. What fails anywhere becomes a page right there, so that the middleware around it sees a response.

mod application;
mod auth;
mod chain;
mod clickjacking;
mod common;
mod csrf;
mod messages;
mod security;
mod sessions;
#[cfg(test)]
mod tests;

pub use application::{Application, Parts, Worker};
pub use chain::{Middleware, Next};
