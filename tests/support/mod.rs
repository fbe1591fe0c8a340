//! What the tests that run `djr` share: a project to run it in, and what one run printed.

#![allow(dead_code, reason = "each test binary uses its own part of this")]

pub(crate) mod cache_server;
pub(crate) mod faults;
pub(crate) mod form;
mod invocation;
pub(crate) mod page;
mod project;
#[cfg(feature = "s3")]
pub(crate) mod s3_server;
mod server;
mod terminal;
pub(crate) mod tool;
mod transcript;
pub(crate) mod user_models;

#[allow(unused_imports, reason = "each test binary uses its own part of this")]
pub(crate) use self::{
    invocation::Invocation, project::Project, server::Server, terminal::Terminal,
    transcript::Transcript,
};
