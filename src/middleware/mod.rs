//! The way of a request: middleware around the view, and the application that holds it all.
//!
//! 1. [`MiddlewareChain::from_settings`] builds the chain from `[project] middleware`.
//! 2. Static files are answered behind the middleware that sees them too, which is `security` (Django's place for `WhiteNoise`).
//! 3. [`Application::respond`] sends a request through the chain, outermost first; the view answers; the response comes back the same way.
//! 4. An error anywhere becomes a page right there, so that the middleware around it sees a response.

mod application;
mod auth;
mod chain;
mod clickjacking;
mod common;
mod csrf;
mod messages;
mod security;
mod sessions;

pub use application::Application;
pub use chain::{Endpoint, Middleware, MiddlewareChain, Next, RegisteredMiddleware};
pub use security::TrustedProxies;

/// All middleware.
pub const MIDDLEWARE: &[RegisteredMiddleware] = &[
    RegisteredMiddleware {
        sees_static_files: true,
        ..middleware("security", security::run, &[])
    },
    middleware("sessions", sessions::run, &[]),
    middleware("common", common::run, &[]),
    middleware("csrf", csrf::run, &[]),
    middleware("auth", auth::run, &["sessions"]),
    middleware("messages", messages::run, &[]),
    middleware("clickjacking", clickjacking::run, &[]),
];

const fn middleware(
    name: &'static str,
    run: Middleware,
    needs: &'static [&'static str],
) -> RegisteredMiddleware {
    RegisteredMiddleware {
        name,
        run,
        needs,
        sees_static_files: false,
    }
}
