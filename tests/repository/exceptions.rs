//! What the rules of this directory let pass, and why. These lists only shrink.

/// How many offences against a rule each room may have; a room that is not listed has none.
pub(crate) type Allowance = &'static [(&'static str, usize)];

/// Asserts that `offences`, each with its room, stay within `allowance`.
#[track_caller]
pub(crate) fn assert_within(offences: &[(String, String)], allowance: Allowance) {
    let excess = excess(offences, allowance);
    assert!(excess.is_empty(), "\n{}\n", excess.join("\n"));
}

/// Describes the rooms that have more offences than `allowance` lets them have.
pub(crate) fn excess(offences: &[(String, String)], allowance: Allowance) -> Vec<String> {
    let mut rooms: Vec<_> = offences.iter().map(|(room, _)| room).collect();
    rooms.sort();
    rooms.dedup();
    let mut lines = Vec::new();
    for room in rooms {
        let allowed = allowance.iter().find(|(name, _)| name == room);
        let allowed = allowed.map_or(0, |(_, count)| *count);
        let found: Vec<_> = offences.iter().filter(|(name, _)| name == room).collect();
        if found.len() > allowed {
            lines.push(format!("{room}: {} instead of {allowed}", found.len()));
            lines.extend(found.iter().map(|(_, offence)| format!("  {offence}")));
        }
    }
    lines
}

/// Files that import each other in a circle.
pub(crate) const CYCLES: Allowance = &[
    ("auth", 4),
    ("mail", 2),
    // The grammar is recursive: a field holds expressions, and a cast holds a field.
    ("models", 5),
];

/// Types whose name another type has too.
pub(crate) const TYPE_NAMES: Allowance = &[
    ("auth", 6),
    ("forms", 3),
    ("mail", 5),
    ("messages", 2),
    ("sessions", 1),
    ("templates", 6),
    ("views", 9),
];

/// Parameters that are tuples.
pub(crate) const TUPLE_PARAMETERS: Allowance = &[];

/// Phrases such as "is no model".
pub(crate) const WORDING: Allowance = &[
    ("auth", 5),
    ("cache", 1),
    ("db", 2),
    ("mail", 5),
    ("migrations", 2),
    ("project", 4),
    ("views", 3),
];

/// Files of more than 450 lines.
pub(crate) const LONG_FILES: &[&str] = &["src/project/site_tests/accounts.rs"];
