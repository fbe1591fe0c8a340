//! Any text: signed, it is read back; unsigned, it is refused.
#![no_main]

use djr::signing::{SecretKeys, Signer, TimestampSigner, dumps, loads};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
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
});
