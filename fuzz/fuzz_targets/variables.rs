//! Any text as the value of any setting: taken within its range, or refused in words that do not show it.
#![no_main]

#[path = "../bodies/variables.rs"]
mod body;

libfuzzer_sys::fuzz_target!(|data: &[u8]| body::run(data));
