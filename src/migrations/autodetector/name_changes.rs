//! The order in which names change, so that each new name is free when its turn comes.

use std::collections::BTreeSet;

/// A name that becomes another one.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct NameChange {
    pub(super) old: String,
    pub(super) new: String,
}

/// Puts the last link of a chain first, and leads a circle over a name of `temporary_name`.
///
/// The old names differ from each other, and so do the new ones. The error is a change to a name
/// that is `taken` and stays so.
pub(super) fn in_order(
    changes: Vec<NameChange>,
    mut taken: BTreeSet<String>,
    temporary_name: impl Fn(&str) -> String,
) -> Result<Vec<NameChange>, NameChange> {
    let (mut waiting, mut steps) = (changes, Vec::new());
    while !waiting.is_empty() {
        let free = waiting
            .iter()
            .position(|change| !taken.contains(&change.new));
        if let Some(index) = free {
            let change = waiting.remove(index);
            taken.remove(&change.old);
            taken.insert(change.new.clone());
            steps.push(change);
            continue;
        }
        let is_given_up = |name: &str| waiting.iter().any(|other| other.old == name);
        let blocked = waiting.iter().find(|change| !is_given_up(&change.new));
        if let Some(blocked) = blocked {
            return Err(blocked.clone());
        }
        // Each new name is the old one of another change: only circles are left.
        let change = &mut waiting[0];
        let temporary = temporary_name(&change.old);
        taken.remove(&change.old);
        taken.insert(temporary.clone());
        let old = std::mem::replace(&mut change.old, temporary.clone());
        let new = temporary;
        steps.push(NameChange { old, new });
    }
    Ok(steps)
}

#[cfg(test)]
mod tests {
    use super::{NameChange, in_order};

    /// The order of `changes`, each written `old=new`, where the names in `taken` are there.
    fn ordered(changes: &[&str], taken: &[&str]) -> Result<Vec<String>, String> {
        let changes = changes.iter().map(|change| {
            let (old, new) = change.split_once('=').unwrap();
            let (old, new) = (old.to_owned(), new.to_owned());
            NameChange { old, new }
        });
        let taken = taken.iter().map(|name| (*name).to_owned()).collect();
        let show = |change: NameChange| format!("{}={}", change.old, change.new);
        in_order(changes.collect(), taken, |name| format!("former_{name}"))
            .map(|steps| steps.into_iter().map(show).collect())
            .map_err(show)
    }

    #[test]
    fn the_last_link_of_a_chain_goes_first() {
        let steps = ordered(&["a=b", "b=c", "c=d"], &["a", "b", "c"]).unwrap();
        assert_eq!(steps, ["c=d", "b=c", "a=b"]);
    }

    #[test]
    fn a_circle_goes_over_a_temporary_name() {
        let steps = ordered(&["a=b", "b=a"], &["a", "b"]).unwrap();
        assert_eq!(steps, ["a=former_a", "b=a", "former_a=b"]);
        let steps = ordered(&["a=b", "b=c", "c=a", "x=y"], &["a", "b", "c", "x"]).unwrap();
        assert_eq!(steps, ["x=y", "a=former_a", "c=a", "b=c", "former_a=b"]);
    }

    #[test]
    fn a_name_that_stays_is_not_taken_over() {
        assert_eq!(ordered(&["a=b"], &["a", "b"]).unwrap_err(), "a=b");
        assert_eq!(
            ordered(&["x=a", "a=b"], &["x", "a", "b"]).unwrap_err(),
            "a=b"
        );
    }
}
