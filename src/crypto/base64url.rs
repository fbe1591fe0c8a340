//! Bytes as URL-safe base64 without padding, as in signatures.

use base64::Engine as _;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use base64::{alphabet, engine::DecodePaddingMode};

const ENGINE: GeneralPurpose = GeneralPurpose::new(
    &alphabet::URL_SAFE,
    GeneralPurposeConfig::new()
        .with_encode_padding(false)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Writes `bytes` without padding.
pub fn encode(bytes: impl AsRef<[u8]>) -> String {
    ENGINE.encode(bytes)
}

/// Reads `text`, padded or not; `None` where it is not of the alphabet.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    ENGINE.decode(text).ok()
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};

    #[test]
    fn writes_no_padding_and_reads_either_way() {
        assert_eq!(encode([251, 255]), "-_8");
        assert_eq!(decode("-_8").unwrap(), [251, 255]);
        assert_eq!(decode("-_8=").unwrap(), [251, 255]);
        assert_eq!(decode("+/8"), None);
    }
}
