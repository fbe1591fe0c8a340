//! Any text as a file of TOML: settings are read from it, or its mistakes have places.

use std::path::Path;

use djr::document::Document;
use djr::settings::Settings;

/// Tries `data`.
pub(crate) fn run(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else {
        return;
    };
    if let Err(findings) = Document::parse(Path::new("djr.toml"), text) {
        let findings = findings.into_inner();
        assert!(
            findings.iter().all(|finding| finding.location.is_some()),
            "{findings:?}"
        );
    }
    Settings::parse(text).ok();
}
