//! Any text as what a browser sent, for a form that has every kind of field, and as the file that declares forms.
#![no_main]

#[path = "../bodies/forms.rs"]
mod body;

libfuzzer_sys::fuzz_target!(|data: &[u8]| body::run(data));
