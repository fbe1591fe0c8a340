//! Any bytes as a `.env`: read or refused by line, and no message shows a text in quotes.

use djr::settings::Settings;

/// Tries `data`.
pub(crate) fn run(data: &[u8]) {
    let bytes = data;
    let Err(findings) = Settings::parse_with_dotenv("", bytes) else {
        return;
    };
    let lines = bytes.split(|byte| *byte == b'\n').count();
    for finding in findings.into_inner() {
        let location = finding.location.expect("the line of the mistake");
        let place = location.path.to_string_lossy().into_owned();
        let line = place.split(':').nth(1).map_or(location.line, |line| line.parse().expect("a line"));
        assert!((1..=lines).contains(&line), "{place}");
    }
}
