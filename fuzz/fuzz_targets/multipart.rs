//! Any body of several parts: refused, or read the same in pieces of any size, within its limits.
#![no_main]

#[path = "../bodies/multipart.rs"]
mod body;

libfuzzer_sys::fuzz_target!(|data: &[u8]| body::run(data));
