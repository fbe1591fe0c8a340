//! Any route and any path: a pattern has a name for each capture, and a path is matched or not.
#![no_main]

#[path = "../bodies/urls.rs"]
mod body;

libfuzzer_sys::fuzz_target!(|data: &[u8]| body::run(data));
