//! Whole numbers in the digits of an alphabet.

/// Writes `number` with `digits`, of which there are as many as the base.
pub(super) fn write<const BASE: usize>(mut number: u64, digits: &[u8; BASE]) -> String {
    let base = BASE as u64;
    let mut reversed = Vec::new();
    while number > 0 || reversed.is_empty() {
        let digit = usize::try_from(number % base).unwrap_or_default();
        reversed.push(char::from(digits[digit]));
        number /= base;
    }
    reversed.iter().rev().collect()
}
