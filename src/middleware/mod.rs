//! The way of a request: middleware around the view, and the application that holds it all.
//!
//! 1. [`MiddlewareChain::from_settings`] builds the chain from `[project] middleware`.
//! 2. Static files are answered behind the middleware that sees them too, which is `security` (Django's place for `WhiteNoise`).
//! 3. Pages that are kept are answered behind that, before all that asks for the database.
//! 4. [`Application::respond`] sends a request through the chain, outermost first; the view answers; the response comes back the same way.
//! 5. An error anywhere becomes a page right there, so that the middleware around it sees a response.

mod application;
mod auth;
mod chain;
mod clickjacking;
mod common;
mod compression;
mod compressor;
mod conditional_get;
pub mod csrf;
mod login_required;
mod messages;
mod page_cache;
mod security;
mod sessions;

pub use application::Application;
pub use chain::{
    DetachedNext, Endpoint, FindMiddleware, FromMemory, Middleware, MiddlewareChain, Next,
    ProjectMiddleware, RegisteredMiddleware,
};
pub use login_required::{NAME as LOGIN_REQUIRED_MIDDLEWARE, ask_everywhere};
pub use page_cache::NAME as PAGE_CACHE_MIDDLEWARE;
pub use security::TrustedProxies;

/// All middleware.
pub const MIDDLEWARE: &[RegisteredMiddleware] = &[
    RegisteredMiddleware {
        sees_static_files: true,
        ..middleware("security", security::run, &[])
    },
    RegisteredMiddleware {
        outside: &["compression", "sessions", "csrf", "auth", "messages"],
        is_implied: true,
        from_memory: Some(page_cache::from_memory),
        ..middleware(page_cache::NAME, page_cache::run, &[])
    },
    RegisteredMiddleware {
        outside: &["conditional_get"],
        ..middleware("compression", compression::run, &[])
    },
    middleware("conditional_get", conditional_get::run, &[]),
    middleware("sessions", sessions::run, &[]),
    middleware(common::NAME, common::run, &[]),
    middleware("csrf", csrf::run, &[]),
    middleware("auth", auth::run, &["sessions"]),
    middleware(login_required::NAME, login_required::run, &["auth"]),
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
        outside: &[],
        sees_static_files: false,
        is_implied: false,
        from_memory: None,
    }
}

#[cfg(test)]
mod compression_tests;
