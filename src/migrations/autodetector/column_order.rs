//! The order in which fields change their columns: one that takes the column of another comes after it.

use crate::diagnostic::Finding;
use crate::migrations::autodetector::detector::Autodetector;
use crate::models::Model;

/// A field that changes its column.
struct ChangedColumn {
    field: String,
    before: String,
    after: String,
}

impl Autodetector<'_> {
    /// The names of the fields of `new`, sorted, but for those that have to wait for a column.
    ///
    /// Fields that take each other's columns are mistakes: none of them could go first.
    pub(super) fn in_order_of_columns(&mut self, old: &Model, new: &Model) -> Vec<String> {
        let mut names: Vec<_> = new.fields.iter().map(|field| field.name.clone()).collect();
        names.sort();
        let mut changed = changed_columns(old, new, &names);
        names.retain(|name| !changed.iter().any(|change| change.field == *name));
        while !changed.is_empty() {
            let is_free = |change: &ChangedColumn| {
                let mut others = changed.iter().filter(|other| other.field != change.field);
                !others.any(|other| other.before == change.after)
            };
            if let Some(place) = changed.iter().position(is_free) {
                names.push(changed.remove(place).field);
            } else {
                self.refuse_swap(new, &changed);
                break;
            }
        }
        names
    }

    fn refuse_swap(&mut self, model: &Model, changed: &[ChangedColumn]) {
        let fields: Vec<_> = changed
            .iter()
            .map(|change| format!("`{}`", change.field))
            .collect();
        let message = format!(
            "the fields {} of `{}` take each other's columns, and none of them can go first",
            fields.join(", "),
            model.key()
        );
        let hint = "give one of them a `db_column` of its own, run `djr makemigrations`, then give it the one that is meant";
        self.mistakes
            .push(Finding::error("column", message).hint(hint));
    }
}

/// The columns that change their names, in lower case, as SQLite compares them.
fn changed_columns(old: &Model, new: &Model, names: &[String]) -> Vec<ChangedColumn> {
    let changed = names.iter().filter_map(|name| {
        let (before, after) = (old.field(name)?, new.field(name)?);
        let has_column = before.has_column() && after.has_column();
        let columns = [before.column(), after.column()].map(|name| name.to_lowercase());
        let [before, after] = columns;
        (has_column && before != after).then(|| ChangedColumn {
            field: name.clone(),
            before,
            after,
        })
    });
    changed.collect()
}
