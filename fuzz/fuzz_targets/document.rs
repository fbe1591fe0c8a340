//! Any text as a file of TOML: settings are read from it, or its mistakes have places.
#![no_main]

use std::path::Path;

use djr::document::Document;
use djr::settings::Settings;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Err(findings) = Document::parse(Path::new("djr.toml"), text) {
        let findings = findings.into_inner();
        assert!(
            findings.iter().all(|finding| finding.location.is_some()),
            "{findings:?}"
        );
    }
    Settings::parse(text).ok();
});
