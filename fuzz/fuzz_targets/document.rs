//! Any text as a file of TOML: settings are read from it, or its mistakes have places.
#![no_main]

#[path = "../bodies/document.rs"]
mod body;

libfuzzer_sys::fuzz_target!(|data: &[u8]| body::run(data));
