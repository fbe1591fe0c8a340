//! Any session: what was written is read back, and nothing else is.
#![no_main]

#[path = "../bodies/session.rs"]
mod body;

libfuzzer_sys::fuzz_target!(|data: &[u8]| body::run(data));
