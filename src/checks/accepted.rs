//! Differences of a schema that `[checks] accepted` names.

use crate::db::DatabaseAlias;
use crate::diagnostic::Finding;
use crate::migrations::SchemaDifference;
use crate::settings::Settings;

/// The differences that are accepted in one database.
///
/// An entry is the name of a difference in the default database, or one in another, such as
/// `archive/type:blog_post.title`.
#[derive(Clone, Debug)]
pub(crate) struct AcceptedDifferences<'s> {
    entries: Vec<&'s str>,
    prefix: String,
}

impl<'s> AcceptedDifferences<'s> {
    /// The entries for the database `alias`.
    pub(crate) fn new(settings: &'s Settings, alias: &DatabaseAlias) -> Self {
        let others: Vec<_> = settings
            .databases
            .keys()
            .filter(|name| **name != DatabaseAlias::default().to_string())
            .map(|name| format!("{name}/"))
            .collect();
        let own = format!("{alias}/");
        let is_default = !others.contains(&own);
        let entries = settings.checks.accepted.iter().map(String::as_str);
        let is_own = |entry: &&str| {
            let mut others = others.iter();
            match others.find(|prefix| entry.starts_with(prefix.as_str())) {
                Some(prefix) => *prefix == own,
                None => is_default,
            }
        };
        Self {
            entries: entries.filter(is_own).collect(),
            prefix: if is_default { String::new() } else { own },
        }
    }

    /// The differences that are not accepted.
    pub(crate) fn others(&self, differences: Vec<SchemaDifference>) -> Vec<SchemaDifference> {
        let mut others = differences;
        others.retain(|difference| !self.entries.contains(&self.entry(difference).as_str()));
        others
    }

    /// A warning for each entry that names none of `differences`.
    pub(crate) fn unused(&self, differences: &[SchemaDifference]) -> Vec<Finding> {
        let names: Vec<_> = differences
            .iter()
            .map(|difference| self.entry(difference))
            .collect();
        let is_unused = |entry: &&&str| !names.iter().any(|name| name == **entry);
        let unused = self.entries.iter().filter(is_unused);
        let findings = unused.map(|entry| {
            let message =
                format!("`[checks] accepted` names `{entry}`, and there is no such difference");
            Finding::warning("unused-acceptance", message).hint("remove it from the list")
        });
        findings.collect()
    }

    /// The entry that accepts a difference.
    pub(crate) fn entry(&self, difference: &SchemaDifference) -> String {
        format!("{}{}", self.prefix, difference.name())
    }
}
