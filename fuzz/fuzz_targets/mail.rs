//! Any text as an address and as a header: refused, or one line of ASCII.
#![no_main]

#[path = "../bodies/mail.rs"]
mod body;

libfuzzer_sys::fuzz_target!(|data: &[u8]| body::run(data));
