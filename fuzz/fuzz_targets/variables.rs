//! Any text as the value of any setting: taken within its range, or refused in words that do not show it.
#![no_main]

use djr::settings::Settings;
use djr::settings::reference::keys;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (usize, &str)| {
    let (index, text) = input;
    let key = &keys()[index % keys().len()];
    let value = text.replace(['\'', '\0', '\r', '\n'], "");
    let name = key.path.to_uppercase().replace('.', "__").replace('*', "DEFAULT");
    let line = format!("DJR_{name}='{value}'\n");
    let read = Settings::parse_with_dotenv("", line.as_bytes());
    if let (Some(range), Ok(number)) = (&key.range, value.trim().parse::<i64>()) {
        let fits = (range.min..=range.max).contains(&(number as f64));
        assert!(fits || read.is_err(), "{} = {number}", key.path);
    }
    let secret = value.trim();
    let Err(findings) = read else { return };
    // Short words are part of any sentence, and what is not a number may be shown for one up to this length.
    if secret.len() > 30 {
        for finding in findings.into_inner() {
            assert!(!finding.message.contains(secret), "{}", finding.message);
        }
    }
});
