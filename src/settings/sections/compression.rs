//! `[compression]`: bodies of responses that the middleware `compression` makes smaller.

use crate::http::ContentCoding;
use crate::settings::reader::SettingsReader;

/// `[compression]`.
#[derive(Clone, Debug)]
pub struct CompressionSettings {
    /// What bodies are compressed by; of two that a client likes the same, the first.
    pub codings: Vec<ContentCoding>,
    /// Bytes that a body has at least to be compressed.
    pub min_length: usize,
}

const CODINGS: [ContentCoding; 2] = [ContentCoding::Brotli, ContentCoding::Gzip];

pub(in crate::settings) fn compression(reader: &SettingsReader<'_>) -> CompressionSettings {
    let names: Vec<String> = reader.get("compression.codings");
    let known = CODINGS.map(|coding| coding.name().to_owned());
    reader.check_names("compression.codings", &names, &known, "coding");
    let codings = names.iter().filter_map(|name| {
        let mut known = CODINGS.iter();
        known.find(|coding| coding.name() == name).copied()
    });
    CompressionSettings {
        codings: codings.collect(),
        min_length: reader.get("compression.min_length"),
    }
}
