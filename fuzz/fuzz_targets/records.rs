//! Any bytes as a file of users, in CSV, JSON and JSON lines: rows within the file, or mistakes with their places.
#![no_main]

#[path = "../bodies/records.rs"]
mod body;

libfuzzer_sys::fuzz_target!(|data: &[u8]| body::run(data));
