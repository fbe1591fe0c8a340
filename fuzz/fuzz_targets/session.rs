//! Any session: what was written is read back, and nothing else is.
#![no_main]

use std::sync::LazyLock;

use djr::json::Json;
use djr::sessions::{SessionCodec, SessionData, SessionKey};
use djr::signing::SecretKeys;
use libfuzzer_sys::fuzz_target;

static CODEC: LazyLock<SessionCodec> = LazyLock::new(|| SessionCodec::stored(&SecretKeys::new("key", Vec::new())));

fuzz_target!(|text: &str| {
    assert!(CODEC.decode(text).is_none());
    SessionKey::parse(text);
    if let Some(data) = Json::parse(text).and_then(SessionData::from_json) {
        // A number is written in Python's way, and read the same from then on.
        let read = CODEC.decode(&CODEC.encode(&data)).expect("what was written is read");
        assert_eq!(CODEC.decode(&CODEC.encode(&read)), Some(read));
    }
});
