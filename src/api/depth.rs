//! How deep values of a document lie in each other, found out before it is read.
//!
//! Reading goes down as deep as the document does, on the stack of a thread that answers requests: what is deeper
//! than anybody writes is refused beforehand.

/// The deepest that values of a body may lie in each other.
const MAX_DEPTH: usize = 500;

/// Whether the values of `document` lie deeper in each other than is read.
pub(super) fn is_too_deep(document: &[u8]) -> bool {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for byte in document {
        if in_string {
            in_string = escaped || *byte != b'"';
            escaped = !escaped && *byte == b'\\';
            continue;
        }
        match byte {
            b'"' => in_string = true,
            b'[' | b'{' => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return true;
                }
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::is_too_deep;

    #[test]
    fn brackets_within_texts_do_not_count() {
        let flat = format!("[{}]", "\"[[[\\\"[{\", ".repeat(1_000));
        assert!(!is_too_deep(flat.as_bytes()));
        assert!(!is_too_deep("[]".repeat(10_000).as_bytes()));
        assert!(!is_too_deep("[".repeat(500).as_bytes()));
        assert!(is_too_deep("{\"a\":".repeat(501).as_bytes()));
    }
}
