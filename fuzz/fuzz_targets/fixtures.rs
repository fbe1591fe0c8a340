//! Any text as a fixture, in JSON and JSON lines: loaded, or refused with the database as it was.
#![no_main]

#[path = "../bodies/fixtures.rs"]
mod body;

libfuzzer_sys::fuzz_target!(|data: &[u8]| body::run(data));
