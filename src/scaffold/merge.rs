//! Three versions of a file, made one.

/// What became of three versions of a file.
#[derive(Debug, Eq, PartialEq)]
pub(super) enum Merged {
    /// Both changes, which do not meet.
    Clean(Vec<u8>),
    /// Both changes, with markers around those that meet.
    Conflict(Vec<u8>),
    /// It is not text.
    NotText,
}

/// Merges what was made of `original` by a person (`ours`) and by a newer scaffold (`theirs`).
pub(super) fn merge(original: &[u8], ours: &[u8], theirs: &[u8]) -> Merged {
    let texts = [original, ours, theirs].map(std::str::from_utf8);
    let [Ok(original), Ok(ours), Ok(theirs)] = texts else {
        return Merged::NotText;
    };
    // A marker must begin a line of its own.
    let [original, whole_ours, theirs] = [original, ours, theirs].map(with_last_line_ended);
    let merged = diffy::merge(&original, &whole_ours, &theirs);
    let ends = ours.is_empty() || ours.ends_with('\n');
    match merged {
        Ok(text) if ends => Merged::Clean(text.into_bytes()),
        Ok(text) => Merged::Clean(text.strip_suffix('\n').unwrap_or(&text).into()),
        Err(text) => Merged::Conflict(text.into_bytes()),
    }
}

fn with_last_line_ended(text: &str) -> String {
    if text.is_empty() || text.ends_with('\n') {
        return text.to_owned();
    }
    format!("{text}\n")
}

/// The difference between two versions of the file at `path`, as `diff -u` shows it.
pub fn difference(path: &str, old: &[u8], new: &[u8]) -> String {
    let (Ok(old), Ok(new)) = (std::str::from_utf8(old), std::str::from_utf8(new)) else {
        return format!("{path}: the two versions differ, and are not text\n");
    };
    let mut options = diffy::DiffOptions::new();
    options.set_original_filename(format!("{path} (now)"));
    options.set_modified_filename(format!("{path} (new)"));
    options.create_patch(old, new).to_string()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Merged, merge};

    #[test]
    fn changes_that_do_not_meet_are_both_made() {
        let merged = merge(b"a\nb\nc\nd\ne\n", b"A\nb\nc\nd\ne\n", b"a\nb\nc\nd\nE\n");
        assert_eq!(merged, Merged::Clean(b"A\nb\nc\nd\nE\n".to_vec()));
        let merged = merge(b"a\nb\nc\nd\ne", b"A\nb\nc\nd\ne", b"a\nb\nc\nd\ne\nf\n");
        assert_eq!(merged, Merged::Clean(b"A\nb\nc\nd\ne\nf".to_vec()));
        assert_eq!(merge(b"\xff", b"a", b"b"), Merged::NotText);
    }

    #[test]
    fn changes_that_meet_stand_between_markers() {
        let Merged::Conflict(text) = merge(b"a", b"b", b"c") else {
            panic!("no conflict");
        };
        let text = String::from_utf8(text).unwrap();
        for line in ["b", "c", "======="] {
            assert!(text.lines().any(|other| other == line), "{text}");
        }
    }

    fn lines() -> impl Strategy<Value = Vec<u8>> {
        let line = prop_oneof![Just("a"), Just("b"), Just("c"), Just(""), Just("d d")];
        (prop::collection::vec(line, 0..12), any::<bool>()).prop_map(|(lines, is_ended)| {
            let mut text = lines.join("\n");
            if is_ended && !text.is_empty() {
                text.push('\n');
            }
            text.into_bytes()
        })
    }

    /// A line that its user added: `u0`, `u1` …, at random places of a text.
    fn with_users_lines(text: &[u8], places: &[prop::sample::Index]) -> Vec<u8> {
        let text = std::str::from_utf8(text).unwrap();
        let mut lines: Vec<_> = text.lines().map(ToOwned::to_owned).collect();
        for (number, place) in places.iter().enumerate() {
            lines.insert(place.index(lines.len() + 1), format!("u{number}"));
        }
        (lines.join("\n") + "\n").into_bytes()
    }

    proptest! {
        #[test]
        fn no_line_of_the_user_is_lost(
            original in lines(),
            theirs in lines(),
            places in prop::collection::vec(any::<prop::sample::Index>(), 0..6),
        ) {
            let ours = with_users_lines(&original, &places);
            let (Merged::Clean(merged) | Merged::Conflict(merged)) = merge(&original, &ours, &theirs) else {
                panic!("it is text");
            };
            let merged = String::from_utf8(merged).unwrap();
            for number in 0..places.len() {
                let line = format!("u{number}");
                prop_assert!(merged.lines().any(|other| other == line), "{line} in\n{merged}");
            }
        }

        /// A line that the newer scaffold has is lost only where its user removed it.
        #[test]
        fn versions_that_are_alike_need_no_merging(original in lines(), other in lines()) {
            let ended = |text: &[u8]| String::from_utf8(text.to_vec()).unwrap().trim_end_matches('\n').to_owned();
            for (ours, theirs) in [(&original, &other), (&other, &original), (&other, &other)] {
                let Merged::Clean(merged) = merge(&original, ours, theirs) else {
                    panic!("only one side changed");
                };
                prop_assert_eq!(ended(&merged), ended(&other));
            }
        }
    }
}
