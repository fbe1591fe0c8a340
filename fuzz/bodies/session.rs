//! Any session: what was written is read back, and nothing else is.

use std::sync::LazyLock;

use djr::json::Json;
use djr::sessions::{SessionCodec, SessionData, SessionKey};
use djr::signing::SecretKeys;

static CODEC: LazyLock<SessionCodec> = LazyLock::new(|| SessionCodec::stored(&SecretKeys::new("key", Vec::new())));

/// Tries `data`.
pub(crate) fn run(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else {
        return;
    };
    assert!(CODEC.decode(text).is_none());
    SessionKey::parse(text);
    if let Some(data) = Json::parse(text).and_then(SessionData::from_json) {
        // A number is written in Python's way, and read the same from then on.
        let read = CODEC.decode(&CODEC.encode(&data)).expect("what was written is read");
        assert_eq!(CODEC.decode(&CODEC.encode(&read)), Some(read));
    }
}
