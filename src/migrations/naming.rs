//! The names of migrations (`Migration.suggest_name`, `MigrationAutodetector.parse_number`).

use crate::clock;
use crate::migrations::operations::Operation;

/// The longest name made of several operations, before `and_more`.
const MAX_LENGTH: usize = 52;

/// What a migration of these operations is called, without its number.
pub(super) fn suggest_name(operations: &[Operation]) -> String {
    let fragments: Option<Vec<_>> = operations
        .iter()
        .map(Operation::migration_name_fragment)
        .collect();
    let fragments = fragments.unwrap_or_default();
    let Some((first, rest)) = fragments.split_first() else {
        return format!("auto_{}", timestamp());
    };
    let mut name = sanitized(first);
    for fragment in rest {
        let longer = format!("{name}_{}", sanitized(fragment));
        if longer.chars().count() > MAX_LENGTH {
            name.push_str("_and_more");
            break;
        }
        name = longer;
    }
    name.chars().take(100).collect()
}

/// `text` with one `_` for each run of other characters than letters, digits and `_`.
fn sanitized(text: &str) -> String {
    let mut sanitized = String::new();
    let mut is_gap = false;
    for c in text.chars() {
        if c.is_alphanumeric() || c == '_' {
            sanitized.push(c);
        } else if !is_gap {
            sanitized.push('_');
        }
        is_gap = !(c.is_alphanumeric() || c == '_');
    }
    sanitized
}

/// The moment, as a part of a name that nobody else gives: `20260102_0304`.
pub(super) fn timestamp() -> String {
    let digits: String = clock::now()
        .to_sql()
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    format!("{}_{}", &digits[..8], &digits[8..12])
}

/// The number that the name of a migration begins with; of a squashed one, that of the last it replaces.
pub(super) fn parse_number(name: &str) -> Option<u32> {
    let from = name.rfind("_squashed_").map(|at| &name[at + 10..]);
    let digits = |text: &str| -> Option<u32> {
        let end = text
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(text.len());
        text[..end].parse().ok()
    };
    from.and_then(digits).or_else(|| digits(name))
}

#[cfg(test)]
mod tests {
    use super::{parse_number, suggest_name};
    use crate::migrations::operations::Operation;

    #[test]
    fn a_name_says_what_fits() {
        let delete = |name: &str| Operation::DeleteModel {
            name: name.to_owned(),
        };
        assert_eq!(suggest_name(&[delete("Post")]), "delete_post");
        let long: Vec<_> = (0..9)
            .map(|index| delete(&format!("Model{index}")))
            .collect();
        assert_eq!(
            suggest_name(&long),
            "delete_model0_delete_model1_delete_model2_and_more"
        );
        assert!(suggest_name(&[]).starts_with("auto_"));
    }

    #[test]
    fn a_squashed_migration_counts_as_its_last() {
        assert_eq!(parse_number("0001_initial"), Some(1));
        assert_eq!(parse_number("0001_squashed_0007_tag"), Some(7));
        assert_eq!(parse_number("initial"), None);
    }
}
