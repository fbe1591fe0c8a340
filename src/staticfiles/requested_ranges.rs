//! The parts of a file that a client asks for (RFC 9110, 14).

use std::ops::Range;

/// The whole file is sent to a client that asks for more ranges than this, as only an attack does.
const MAX_RANGES: usize = 16;

/// What a `Range` header asks for, of a file of some size.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum RequestedRanges {
    /// The whole file: the header cannot be read, or asks for too much at once.
    Whole,
    /// These parts, at least one, none of them empty.
    Partial(Vec<Range<u64>>),
    /// Only bytes beyond the end of the file.
    Unsatisfiable,
}

impl RequestedRanges {
    /// Parses the header `value` for a file of `size` bytes.
    pub(super) fn parse(value: &str, size: u64) -> Self {
        let Some(list) = value.trim().strip_prefix("bytes=") else {
            return Self::Whole;
        };
        let specs: Vec<_> = list
            .split(',')
            .map(str::trim)
            .filter(|spec| !spec.is_empty())
            .collect();
        if specs.is_empty() || specs.len() > MAX_RANGES {
            return Self::Whole;
        }
        let ranges: Option<Vec<_>> = specs.iter().map(|spec| RangeSpec::parse(spec)).collect();
        let Some(ranges) = ranges else {
            return Self::Whole;
        };
        let parts: Vec<_> = ranges.iter().filter_map(|spec| spec.within(size)).collect();
        if parts.is_empty() {
            Self::Unsatisfiable
        } else if parts.len() > 1 && total(&parts) > u128::from(size) {
            // Parts that overlap would be sent twice.
            Self::Whole
        } else {
            Self::Partial(parts)
        }
    }
}

fn total(parts: &[Range<u64>]) -> u128 {
    let sizes = parts.iter().map(|part| u128::from(part.end - part.start));
    sizes.sum()
}

/// One range as it is written.
enum RangeSpec {
    /// `first-last`, or `first-`.
    From(u64, Option<u64>),
    /// `-length`.
    Last(u64),
}

impl RangeSpec {
    fn parse(text: &str) -> Option<Self> {
        let (first, last) = text.split_once('-')?;
        match (first.is_empty(), last.is_empty()) {
            (true, _) => number(last).map(Self::Last),
            (false, true) => number(first).map(|first| Self::From(first, None)),
            (false, false) => {
                let (first, last) = (number(first)?, number(last)?);
                (first <= last).then_some(Self::From(first, Some(last)))
            }
        }
    }

    fn within(&self, size: u64) -> Option<Range<u64>> {
        let range = match self {
            Self::From(first, None) => *first..size,
            Self::From(first, Some(last)) => *first..size.min(last.saturating_add(1)),
            Self::Last(length) => size.saturating_sub(*length)..size,
        };
        (range.start < range.end).then_some(range)
    }
}

/// Digits only; a number too large for any file stands for the largest.
fn number(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::RequestedRanges;

    #[test]
    fn reads_single_and_multiple_ranges() {
        for (value, parts) in [
            ("bytes=0-0", &[(0, 1)][..]),
            ("bytes=2-5", &[(2, 6)][..]),
            ("bytes=8-", &[(8, 10)][..]),
            ("bytes=5-99", &[(5, 10)][..]),
            ("bytes=-3", &[(7, 10)][..]),
            ("bytes=-99", &[(0, 10)][..]),
            ("bytes=0-1, 4-5,,", &[(0, 2), (4, 6)][..]),
            ("bytes=0-1,99-", &[(0, 2)][..]),
            ("bytes=0-99999999999999999999999", &[(0, 10)][..]),
        ] {
            let parts = parts.iter().map(|(start, end)| *start..*end).collect();
            assert_eq!(
                RequestedRanges::parse(value, 10),
                RequestedRanges::Partial(parts),
                "{value}"
            );
        }
    }

    #[test]
    fn has_nothing_beyond_the_end() {
        for value in [
            "bytes=10-",
            "bytes=99-100",
            "bytes=-0",
            "bytes=99999999999999999999-",
        ] {
            assert_eq!(
                RequestedRanges::parse(value, 10),
                RequestedRanges::Unsatisfiable,
                "{value}"
            );
        }
        assert_eq!(
            RequestedRanges::parse("bytes=0-", 0),
            RequestedRanges::Unsatisfiable
        );
    }

    #[test]
    fn sends_the_whole_file_where_a_range_makes_no_sense() {
        let many = format!("bytes={}", "0-0,".repeat(17));
        for value in [
            "",
            "bytes",
            "bytes=",
            "bytes=5-2",
            "bytes=a-b",
            "bytes=--1",
            "bytes=+1-2",
            "lines=1-2",
            "bytes=0-,0-",
            &many,
        ] {
            assert_eq!(
                RequestedRanges::parse(value, 10),
                RequestedRanges::Whole,
                "{value}"
            );
        }
    }

    proptest! {
        #[test]
        fn no_part_leaves_the_file(value in "bytes=[0-9,\\- ]{0,40}", size in 0_u64..50) {
            if let RequestedRanges::Partial(parts) = RequestedRanges::parse(&value, size) {
                prop_assert!(!parts.is_empty());
                for part in parts {
                    prop_assert!(part.start < part.end && part.end <= size);
                }
            }
        }
    }
}
