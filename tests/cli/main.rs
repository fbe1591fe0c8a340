//! Runs the `djr` executable the way a user does.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../support/mod.rs"]
mod support;

mod check;
mod collectstatic;
mod parity;
mod startapp;
mod startproject;
mod usage;
