//! Any text as a day, a time, a moment and a duration: what is read is written and read the same.
#![no_main]

#[path = "../bodies/dates.rs"]
mod body;

libfuzzer_sys::fuzz_target!(|data: &[u8]| body::run(data));
