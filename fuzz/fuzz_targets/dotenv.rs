//! Any bytes as a `.env`: read or refused by line, and no message shows a text in quotes.
#![no_main]

#[path = "../bodies/dotenv.rs"]
mod body;

libfuzzer_sys::fuzz_target!(|data: &[u8]| body::run(data));
