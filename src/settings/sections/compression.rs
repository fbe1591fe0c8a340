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

/// The codings that are listed at `path`.
pub(super) fn codings(reader: &SettingsReader<'_>, path: &str) -> Vec<ContentCoding> {
    let names: Vec<String> = reader.get(path);
    let known = CODINGS.map(|coding| coding.name().to_owned());
    reader.check_names(path, &names, &known, "coding");
    let codings = names.iter().filter_map(|name| {
        let mut known = CODINGS.iter();
        known.find(|coding| coding.name() == name).copied()
    });
    codings.collect()
}

pub(in crate::settings) fn compression(reader: &SettingsReader<'_>) -> CompressionSettings {
    CompressionSettings {
        codings: codings(reader, "compression.codings"),
        min_length: reader.get("compression.min_length"),
    }
}
