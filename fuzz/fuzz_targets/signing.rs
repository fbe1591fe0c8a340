//! Any text: signed, it is read back; unsigned, it is refused.
#![no_main]

#[path = "../bodies/signing.rs"]
mod body;

libfuzzer_sys::fuzz_target!(|data: &[u8]| body::run(data));
