//! Any text: signed, it is read back; unsigned, it is refused.

use djr::signing::{SecretKeys, Signer, TimestampSigner, dumps, loads};

/// Tries `data`.
pub(crate) fn run(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else {
        return;
    };
    let keys = SecretKeys::new("key", vec!["older".to_owned()]);
    let signer = Signer::new(&keys, "salt");
    let timed = TimestampSigner::new(&keys, "salt");
    assert!(signer.unsign(text).is_err() && timed.unsign(text, None).is_err());
    assert_eq!(signer.unsign(&signer.sign(text)).ok(), Some(text));
    assert_eq!(timed.unsign(&timed.sign(text), None).ok(), Some(text));
    for compress in [false, true] {
        let object = dumps(&text, &keys, "salt", compress).expect("text is written as JSON");
        let read = loads::<String>(&object, &keys, "salt", None).ok();
        assert_eq!(read.as_deref(), Some(text));
    }
}
