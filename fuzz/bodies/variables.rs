//! Any text as the value of any setting: taken within its range, or refused in words that do not show it.

use djr::settings::Settings;
use djr::settings::reference::keys;

/// Tries `data`.
pub(crate) fn run(data: &[u8]) {
    let Some((first, second)) = str::from_utf8(data).ok().and_then(|text| text.split_once('\0')) else {
        return;
    };
    let text = second;
    let place: usize = first.bytes().map(usize::from).sum();
    let named = keys().iter().find(|key| key.path == first);
    let key = named.unwrap_or(&keys()[place % keys().len()]);
    let value = text.replace(['\'', '\0', '\r', '\n'], "");
    let name = key.path.to_uppercase().replace('.', "__").replace('*', "DEFAULT");
    let line = format!("DJR_{name}='{value}'\n");
    let read = Settings::parse_with_dotenv("", line.as_bytes());
    if let (Some(range), Ok(number)) = (&key.range, value.trim().parse::<i32>()) {
        let fits = (range.min..=range.max).contains(&f64::from(number));
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
}
