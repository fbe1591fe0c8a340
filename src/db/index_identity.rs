//! What an index is known by.

use crate::db::script;

/// What an index is known by: the name that somebody gave it, or what it covers.
///
/// A name that nobody gave is made from those that table and columns had when the table was last
/// made: the way there, and back, leaves other names than a straight way.
pub fn index_identity(name: &str, statement: &str) -> String {
    if !is_made_index_name(name) {
        return name.to_owned();
    }
    script::normalized(statement).replacen(&name.to_lowercase(), "", 1)
}

/// Whether a name ends as those do that are made for fields: in a digest, `_uniq` or `_idx` at most
/// behind it. Django before 1.9 took 16 digits for several columns.
pub fn is_made_index_name(name: &str) -> bool {
    let name = name.strip_suffix("_uniq").unwrap_or(name);
    let name = name.strip_suffix("_idx").unwrap_or(name);
    name.rsplit_once('_').is_some_and(|(_, digest)| {
        [8, 16].contains(&digest.len()) && digest.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}
