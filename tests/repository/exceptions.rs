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
    ("document", 3),
    ("mail", 2),
    ("models", 8),
    ("schema", 5),
    ("serializers", 5),
];

/// Types whose name another type has too.
pub(crate) const TYPE_NAMES: Allowance = &[
    ("auth", 6),
    ("document", 1),
    ("forms", 3),
    ("inspectdb", 7),
    ("mail", 5),
    ("messages", 2),
    ("models", 4),
    ("serializers", 13),
    ("sessions", 1),
    ("signing", 1),
    ("templates", 6),
    ("views", 9),
];

/// Parameters that are tuples.
pub(crate) const TUPLE_PARAMETERS: Allowance = &[
    ("inspectdb", 1),
    ("models", 3),
    ("query", 3),
    ("schema", 1),
    ("serializers", 3),
];

/// Phrases such as "is no model".
pub(crate) const WORDING: Allowance = &[
    ("auth", 5),
    ("cache", 1),
    ("db", 2),
    ("inspectdb", 1),
    ("mail", 5),
    ("migrations", 2),
    ("models", 17),
    ("project", 4),
    ("query", 2),
    ("schema", 3),
    ("serializers", 22),
    ("signing", 1),
    ("views", 3),
];

/// Files of more than 450 lines.
pub(crate) const LONG_FILES: &[&str] = &[
    "src/inspectdb/sql_to_model.rs",
    "src/project/site_tests/accounts.rs",
];
