//! Any session: what was written is read back, and nothing else is.
#![no_main]

use std::sync::LazyLock;

use djr::sessions::{SessionCodec, SessionData, SessionKey};
use djr::signing::SecretKeys;
use libfuzzer_sys::fuzz_target;

static CODEC: LazyLock<SessionCodec> = LazyLock::new(|| SessionCodec::stored(&SecretKeys::new("key", Vec::new())));

fuzz_target!(|text: &str| {
    assert!(CODEC.decode(text).is_none());
    SessionKey::parse(text);
    if let Ok(data) = serde_json::from_str::<SessionData>(text) {
        let written = CODEC.encode(&data).expect("JSON is written as JSON");
        assert_eq!(CODEC.decode(&written), Some(data));
    }
});
