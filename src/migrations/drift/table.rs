//! A table as it is beside what it should be.

use crate::db::is_made_index_name;
use crate::inspectdb::{DeclaredCheck, DeclaredIndex, DeclaredReference};
use crate::migrations::drift::column::ColumnPair;
use crate::migrations::drift::difference::{DifferenceKind, SchemaDifference};
use crate::migrations::drift::table_pair::TablePair;

impl TablePair<'_> {
    pub(super) fn compare(self, found: &mut Vec<SchemaDifference>) {
        self.compare_columns(found);
        self.compare_primary_key(found);
        self.compare_uniques(found);
        self.compare_indexes(found);
        self.compare_references(found);
        self.compare_checks(found);
    }

    fn error(self, kind: DifferenceKind, within: &str, message: String) -> SchemaDifference {
        SchemaDifference::error(kind, self.place(within), message)
    }

    fn compare_columns(self, found: &mut Vec<SchemaDifference>) {
        let table = &self.live.name;
        for expected in &self.expected.columns {
            let name = &expected.name;
            if let Some(live) = self.live.column(name) {
                let pair = ColumnPair {
                    tables: self,
                    expected,
                    live,
                };
                pair.compare(found);
            } else if !self.live.numbers_rows_for(self.expected, name) {
                let message = format!("the column `{table}`.`{name}` is missing");
                found.push(self.error(DifferenceKind::MissingColumn, name, message));
            }
        }
        let is_extra = |name: &str| self.expected.column(name).is_none();
        for live in self.live.columns.iter().filter(|live| is_extra(&live.name)) {
            let name = &live.name;
            let message = format!("the column `{table}`.`{name}` is in no migration");
            found.push(self.error(DifferenceKind::ExtraColumn, name, message));
        }
    }

    fn compare_primary_key(self, found: &mut Vec<SchemaDifference>) {
        let (is, wanted) = (&self.live.primary_key, &self.expected.primary_key);
        let is_number =
            matches!(wanted.as_slice(), [only] if self.live.numbers_rows_for(self.expected, only));
        if is == wanted || is_number {
            return;
        }
        let (is, wanted) = (is.join(", "), wanted.join(", "));
        let table = &self.live.name;
        let message = format!("the primary key of `{table}` is ({is}), not ({wanted})");
        let place = table.clone();
        found.push(SchemaDifference::error(
            DifferenceKind::PrimaryKey,
            place,
            message,
        ));
    }

    fn compare_uniques(self, found: &mut Vec<SchemaDifference>) {
        let table = &self.live.name;
        for columns in &self.expected.uniques {
            if !self.live.uniques.contains(columns) && self.live.primary_key != *columns {
                let columns = columns.join(", ");
                let message = format!("`{table}` lacks unique ({columns})");
                let place = format!("({columns})");
                found.push(self.error(DifferenceKind::MissingUnique, &place, message));
            }
        }
        for columns in &self.live.uniques {
            if !self.expected.uniques.contains(columns) && self.expected.primary_key != *columns {
                let columns = columns.join(", ");
                let message = format!("unique ({columns}) of `{table}` is in no migration");
                let place = format!("({columns})");
                found.push(self.error(DifferenceKind::ExtraUnique, &place, message));
            }
        }
    }

    /// An index is found by its name; one whose name nobody gave, by what it covers: such a name is
    /// made from those that table and columns had when the table was last made, and differently by
    /// each version of Django.
    fn compare_indexes(self, found: &mut Vec<SchemaDifference>) {
        let table = &self.live.name;
        let mut left: Vec<&DeclaredIndex> = self.live.indexes.iter().collect();
        let mut unnamed = Vec::new();
        for expected in &self.expected.indexes {
            let same = |live: &&DeclaredIndex| live.name.eq_ignore_ascii_case(&expected.name);
            let Some(at) = left.iter().position(same) else {
                unnamed.push(expected);
                continue;
            };
            let live = left.remove(at);
            if !live.has_content_of(expected) {
                let (name, is, wanted) = (&live.name, &live.sql, &expected.sql);
                let message = format!("the index `{name}` of `{table}` is `{is}`, not `{wanted}`");
                found.push(self.error(DifferenceKind::Index, name, message));
            }
        }
        for expected in unnamed {
            let same = |live: &&DeclaredIndex| live.has_content_of(expected);
            let same = left.iter().position(same);
            if let Some(at) = same.filter(|_| is_made_index_name(&expected.name)) {
                left.remove(at);
                continue;
            }
            let (name, sql) = (&expected.name, &expected.sql);
            let message = format!("`{table}` lacks the index `{name}`: `{sql}`");
            found.push(self.error(DifferenceKind::MissingIndex, name, message));
        }
        for live in left {
            let name = &live.name;
            let message = format!("the index `{name}` of `{table}` is in no migration");
            let difference = self.error(DifferenceKind::ExtraIndex, name, message);
            found.push(difference.warning_unless(live.is_sayable()));
        }
    }

    /// What happens when a row goes that is referred to, is compared where migrations say it: models
    /// never do.
    fn compare_references(self, found: &mut Vec<SchemaDifference>) {
        let table = &self.live.name;
        let is_same = |own: &DeclaredReference, live: &DeclaredReference| {
            let acts = own.on_delete == live.on_delete || own.on_delete == "NO ACTION";
            acts && own.column == live.column
                && own.table == live.table
                && own.target == live.target
        };
        for expected in &self.expected.references {
            let mut live = self.live.references.iter();
            if !live.any(|live| is_same(expected, live)) {
                let message = format!("`{table}` lacks the foreign key {}", shown(expected));
                let column = &expected.column;
                found.push(self.error(DifferenceKind::MissingForeignKey, column, message));
            }
        }
        for live in &self.live.references {
            let mut expected = self.expected.references.iter();
            if !expected.any(|expected| is_same(expected, live)) {
                let message = format!(
                    "the foreign key of `{table}` {} is in no migration",
                    shown(live)
                );
                let kind = DifferenceKind::ExtraForeignKey;
                let difference = self.error(kind, &live.column, message);
                found.push(difference.warning_unless(live.is_sayable));
            }
        }
        for columns in &self.live.compound_references {
            if !self.expected.compound_references.contains(columns) {
                let message =
                    format!("the foreign key of `{table}` ({columns}) is in no migration");
                let place = format!("({columns})");
                let difference = self.error(DifferenceKind::ExtraForeignKey, &place, message);
                found.push(difference.warning_unless(false));
            }
        }
    }

    /// A check is known by what it says; the names of those that a model has are not part of it.
    fn compare_checks(self, found: &mut Vec<SchemaDifference>) {
        let table = &self.live.name;
        let has = |checks: &[DeclaredCheck], wanted: &DeclaredCheck| {
            let mut checks = checks.iter();
            checks.any(|check| check.condition.is_same(&wanted.condition))
        };
        for check in &self.expected.checks {
            if !has(&self.live.checks, check) && !self.is_never_added(check) {
                let sql = &check.condition.sql;
                let message = format!("`{table}` lacks `CHECK ({sql})`");
                found.push(self.error(DifferenceKind::MissingCheck, check_name(check), message));
            }
        }
        for check in &self.live.checks {
            if !has(&self.expected.checks, check) {
                let sql = &check.condition.sql;
                let message = format!("`CHECK ({sql})` of `{table}` is in no migration");
                let kind = DifferenceKind::ExtraCheck;
                let difference = self.error(kind, check_name(check), message);
                found.push(difference.warning_unless(check.condition.is_sayable()));
            }
        }
    }

    /// Whether it is the check of a field of positive numbers. Django 2.0 and older made none, and no
    /// later version adds it to a table that is there.
    fn is_never_added(self, check: &DeclaredCheck) -> bool {
        let is_of = |name: &str| {
            let sql = format!("\"{name}\" >= 0");
            check.name.is_none() && check.condition.sql == sql
        };
        let mut columns = self.expected.columns.iter();
        columns.any(|column| column.declared.ends_with("unsigned") && is_of(&column.name))
    }
}

fn check_name(check: &DeclaredCheck) -> &str {
    check.name.as_deref().unwrap_or(&check.condition.sql)
}

fn shown(reference: &DeclaredReference) -> String {
    let DeclaredReference {
        column,
        table,
        target,
        on_delete,
        ..
    } = reference;
    let target = target.as_deref().unwrap_or_default();
    format!("`{column}` to `{table}`.`{target}` (on delete {on_delete})")
}
