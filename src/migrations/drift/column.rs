//! A column as it is beside what it should be.

use crate::inspectdb::{DeclaredClause, DeclaredColumn};
use crate::migrations::drift::difference::{DifferenceKind, SchemaDifference};
use crate::migrations::drift::table_pair::TablePair;

/// A column as it should be, and as it is.
#[derive(Clone, Copy)]
pub(super) struct ColumnPair<'p> {
    pub(super) tables: TablePair<'p>,
    pub(super) expected: &'p DeclaredColumn,
    pub(super) live: &'p DeclaredColumn,
}

impl ColumnPair<'_> {
    pub(super) fn compare(self, found: &mut Vec<SchemaDifference>) {
        let differences = [
            self.compare_type(),
            self.compare_null(),
            self.compare_default(),
            self.compare_generated(),
            self.compare_collation(),
        ];
        found.extend(differences.into_iter().flatten());
    }

    fn difference(self, kind: DifferenceKind, message: String) -> SchemaDifference {
        SchemaDifference::error(kind, self.tables.place(&self.expected.name), message)
    }

    /// A type of keys and references counts as far as SQLite makes something of it: Django never
    /// alters a reference when the number of a key becomes a longer one.
    fn compare_type(self) -> Option<SchemaDifference> {
        let Self {
            tables,
            expected,
            live,
        } = self;
        let is_loose = [tables.expected, tables.live]
            .iter()
            .any(|table| table.is_key_or_reference(&expected.name));
        let is_same = live.has_type_of(expected) || is_loose && live.has_affinity_of(expected);
        (!is_same).then(|| {
            let (is, wanted) = (&live.declared, &expected.declared);
            let message = format!("{self} is of type {is}, not {wanted}");
            self.difference(DifferenceKind::Type, message)
        })
    }

    fn compare_null(self) -> Option<SchemaDifference> {
        let is_computed = self.expected.generated.is_some() || self.live.generated.is_some();
        let is_key = |columns: &[String]| columns.contains(&self.expected.name);
        let is_key =
            is_key(&self.tables.expected.primary_key) || is_key(&self.tables.live.primary_key);
        let (is, wanted) = match (self.live.null, self.expected.null) {
            _ if is_computed || is_key => return None,
            (true, false) => ("may be null", "not be"),
            (false, true) => ("may not be null", "may be"),
            _ => return None,
        };
        let message = format!("{self} {is}, and should {wanted}");
        Some(self.difference(DifferenceKind::Null, message))
    }

    fn compare_default(self) -> Option<SchemaDifference> {
        let (expected, live) = (&self.expected.default, &self.live.default);
        let is_sayable = is_sayable_beside(live.as_ref(), expected.as_ref())?;
        let shown = |default: &Option<DeclaredClause>| {
            default
                .as_ref()
                .map_or("none".to_owned(), |clause| clause.sql.clone())
        };
        let (is, wanted) = (shown(live), shown(expected));
        let message = format!("the default of {self} is {is}, not {wanted}");
        let difference = self.difference(DifferenceKind::Default, message);
        Some(difference.warning_unless(is_sayable))
    }

    fn compare_generated(self) -> Option<SchemaDifference> {
        let (expected, live) = (&self.expected.generated, &self.live.generated);
        let is_sayable = is_sayable_beside(live.as_ref(), expected.as_ref())?;
        let shown = |clause: &Option<DeclaredClause>| match clause {
            Some(clause) => format!("computed from `{}`", clause.sql),
            None => "not computed".to_owned(),
        };
        let (is, wanted) = (shown(live), shown(expected));
        let message = format!("{self} is {is}, and should be {wanted}");
        let difference = self.difference(DifferenceKind::Generated, message);
        Some(difference.warning_unless(is_sayable))
    }

    /// A reference has the collation of what it refers to, and no other can be said.
    fn compare_collation(self) -> Option<SchemaDifference> {
        let (expected, live) = (&self.expected.collation, &self.live.collation);
        let is_reference = self.tables.live.is_reference(&self.expected.name);
        let is_sayable = expected.is_some() || self.live.is_text();
        if expected == live || is_reference || !is_sayable {
            return None;
        }
        let shown = |collation: &Option<String>| collation.clone().unwrap_or("none".to_owned());
        let (is, wanted) = (shown(live), shown(expected));
        let message = format!("the collation of {self} is {is}, not {wanted}");
        Some(self.difference(DifferenceKind::Collation, message))
    }
}

impl std::fmt::Display for ColumnPair<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "`{}`.`{}`", self.tables.live.name, self.live.name)
    }
}

/// Whether a model could say what the clause `live` says; nothing where it is as `expected`.
fn is_sayable_beside(
    live: Option<&DeclaredClause>,
    expected: Option<&DeclaredClause>,
) -> Option<bool> {
    match (live, expected) {
        (None, None) => None,
        (Some(live), Some(expected)) => (!live.is_same(expected)).then_some(true),
        (Some(live), None) => Some(live.is_sayable()),
        (None, Some(_)) => Some(true),
    }
}
