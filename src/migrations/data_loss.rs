//! What a plan takes from rows that are there: told from its operations, before it runs.

use std::collections::{BTreeMap, BTreeSet};

use crate::db::{Connection, DatabaseError, destructive_statements, introspection, quote_name};
use crate::migrations::MigrationKey;
use crate::migrations::operations::{Operation, StateTransition, states};
use crate::models::{Field, FieldKind, Model, ModelKey, ProjectState, StateError};
use crate::schema::Direction;

/// Something a migration takes from rows.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DataLoss {
    /// The migration.
    pub migration: MigrationKey,
    /// What is lost, for people.
    pub what: String,
    /// The table it is lost from, as it is called before the plan; any, if that is not known.
    table: Option<String>,
}

/// Gathers the losses of a plan, migration by migration.
#[derive(Debug)]
pub(super) struct DataLossFinder<'c> {
    connection: &'c Connection,
    /// Tables by the name the plan has given them; `None` are those it has made itself.
    origins: BTreeMap<String, Option<String>>,
    live: BTreeSet<String>,
    found: Vec<DataLoss>,
}

impl<'c> DataLossFinder<'c> {
    pub(super) fn new(connection: &'c Connection) -> Result<Self, DatabaseError> {
        let live = introspection::table_names(connection)?.into_iter();
        Ok(Self {
            connection,
            origins: BTreeMap::new(),
            live: live.collect(),
            found: Vec::new(),
        })
    }

    /// Whether there is anything to lose.
    pub(super) fn is_possible(&self) -> bool {
        !self.live.is_empty()
    }

    /// Those that take something from rows.
    pub(super) fn finish(self) -> Result<Vec<DataLoss>, DatabaseError> {
        let mut kept = Vec::new();
        for loss in self.found {
            let tables: Vec<_> = match &loss.table {
                Some(table) => vec![table],
                None => self.live.iter().filter(|table| is_data(table)).collect(),
            };
            for table in tables {
                let sql = format!("SELECT EXISTS (SELECT 1 FROM {})", quote_name(table));
                if self.connection.column::<bool>(&sql, &[])? == [true] {
                    kept.push(loss);
                    break;
                }
            }
        }
        Ok(kept)
    }

    /// Adds what `operations` lose; `pairs` are the models before and after each, in its direction.
    pub(super) fn add(
        &mut self,
        key: &MigrationKey,
        operation: &Operation,
        transition: StateTransition<'_>,
        direction: Direction,
    ) -> Result<(), StateError> {
        if let Operation::SeparateDatabaseAndState {
            database_operations,
            ..
        } = operation
        {
            return self.add_database_operations(key, database_operations, transition, direction);
        }
        let forwards = direction == Direction::Forwards;
        match operation {
            Operation::DeleteModel { name } if forwards => self.table(key, transition, name)?,
            Operation::CreateModel(model) if !forwards => {
                self.table(key, transition, &model.name)?
            }
            Operation::RemoveField { model, name } if forwards => {
                self.column(key, transition, model, name)?;
            }
            Operation::AddField { model, field, .. } if !forwards => {
                self.column(key, transition, model, &field.name)?;
            }
            Operation::AlterField { model, field, .. } => {
                self.narrowed(key, transition, model, &field.name)?;
            }
            Operation::RunSql { .. } => self.scripts(key, operation.scripts(direction)),
            _ => {}
        }
        self.follow(transition);
        Ok(())
    }

    fn add_database_operations(
        &mut self,
        key: &MigrationKey,
        operations: &[Operation],
        transition: StateTransition<'_>,
        direction: Direction,
    ) -> Result<(), StateError> {
        let forwards = direction == Direction::Forwards;
        let start = if forwards {
            transition.from_state
        } else {
            transition.to_state
        };
        let states = states(transition.app_label, start, operations)?;
        let mut pairs: Vec<_> = operations.iter().zip(states.windows(2)).collect();
        if !forwards {
            pairs.reverse();
        }
        for (operation, pair) in pairs {
            let (from, to) = if forwards { (0, 1) } else { (1, 0) };
            let transition = StateTransition {
                app_label: transition.app_label,
                from_state: &pair[from],
                to_state: &pair[to],
            };
            self.add(key, operation, transition, direction)?;
        }
        Ok(())
    }

    /// Keeps track of tables that are made and renamed.
    fn follow(&mut self, transition: StateTransition<'_>) {
        let (before, after) = (tables(transition.from_state), tables(transition.to_state));
        let gone: Vec<_> = before
            .iter()
            .filter(|(_, table)| !holds(&after, table))
            .collect();
        let new: Vec<_> = after
            .iter()
            .filter(|(_, table)| !holds(&before, table))
            .collect();
        let paired = gone.len() == new.len();
        let mut origins = Vec::new();
        for (index, (place, table)) in new.iter().enumerate() {
            // A renamed model keeps its place among those of its kind.
            let same = gone.iter().find(|(other, _)| other == place);
            let old = same.or_else(|| gone.get(index).filter(|_| paired));
            let origin = old.and_then(|(_, old)| self.origin(old));
            origins.push((table.clone(), origin));
        }
        self.origins.extend(origins);
    }

    /// What `table` was called before the plan; none where the plan made it.
    fn origin(&self, table: &str) -> Option<String> {
        let known = self.origins.get(table).cloned();
        known.unwrap_or_else(|| self.is_live(table).then(|| table.to_owned()))
    }

    fn is_live(&self, table: &str) -> bool {
        self.live
            .iter()
            .any(|live| live.eq_ignore_ascii_case(table))
    }

    fn push(&mut self, key: &MigrationKey, table: &str, what: String) {
        let Some(table) = self.origin(table).filter(|table| self.is_live(table)) else {
            return;
        };
        self.found.push(DataLoss {
            migration: key.clone(),
            what,
            table: Some(table),
        });
    }

    fn table(
        &mut self,
        key: &MigrationKey,
        transition: StateTransition<'_>,
        name: &str,
    ) -> Result<(), StateError> {
        let model = transition.old_model(name)?;
        if !transition.from_state.is_migrated(model) {
            return Ok(());
        }
        let fields = model.fields.iter();
        let between: Vec<_> = fields
            .filter_map(|field| through(transition.from_state, model, field))
            .collect();
        for table in between.into_iter().chain([model.db_table()]) {
            self.push(key, &table, format!("the table `{table}`"));
        }
        Ok(())
    }

    fn column(
        &mut self,
        key: &MigrationKey,
        transition: StateTransition<'_>,
        model: &str,
        name: &str,
    ) -> Result<(), StateError> {
        let model = transition.old_model(model)?;
        let field = transition.from_state.field(&model.key(), name)?;
        if !transition.from_state.is_migrated(model) || field.generated().is_some() {
            return Ok(());
        }
        if let Some(table) = through(transition.from_state, model, field) {
            self.push(key, &table, format!("the table `{table}`"));
        } else if field.has_column() {
            let (table, column) = (model.db_table(), field.column());
            self.push(key, &table, format!("the column `{column}` of `{table}`"));
        }
        Ok(())
    }

    fn narrowed(
        &mut self,
        key: &MigrationKey,
        transition: StateTransition<'_>,
        model: &str,
        name: &str,
    ) -> Result<(), StateError> {
        let (old, new) = (transition.old_model(model)?, transition.new_model(model)?);
        let before = transition.from_state.field(&old.key(), name)?;
        let after = transition.to_state.field(&new.key(), name)?;
        if !transition.from_state.is_migrated(old) || !before.has_column() {
            return Ok(());
        }
        let kinds = (
            referred(transition.from_state, before),
            referred(transition.to_state, after),
        );
        let why = if before.generated().is_some() {
            None
        } else if after.generated().is_some() {
            Some("becomes generated")
        } else if let Some(why) = narrowing(&kinds.0, &kinds.1) {
            Some(why)
        } else if before.null && !after.null {
            Some("loses its nulls")
        } else {
            None
        };
        if let Some(why) = why {
            let (table, column) = (old.db_table(), before.column());
            self.push(
                key,
                &table,
                format!("the column `{column}` of `{table}` {why}"),
            );
        }
        Ok(())
    }

    fn scripts(&mut self, key: &MigrationKey, scripts: &[String]) {
        for found in scripts
            .iter()
            .flat_map(|script| destructive_statements(script))
        {
            let what = format!("`{} ...`", found.statement);
            let named = found.table.as_ref();
            let made = |table: &String| {
                let mut origins = self.origins.iter();
                origins.any(|(name, origin)| name.eq_ignore_ascii_case(table) && origin.is_none())
            };
            if named.is_some_and(made) {
                continue;
            }
            let live = named.and_then(|table| {
                let mut live = self.live.iter();
                live.find(|live| live.eq_ignore_ascii_case(table)).cloned()
            });
            self.found.push(DataLoss {
                migration: key.clone(),
                what,
                table: live,
            });
        }
    }
}

/// Whether people's rows may be in a table.
fn is_data(table: &str) -> bool {
    table != "django_migrations" && !table.starts_with("djr_")
}

/// The tables of a state, each with its place: the model, or the model and its field.
fn tables(state: &ProjectState) -> Vec<((ModelKey, String), String)> {
    let mut found = Vec::new();
    for model in state.models().filter(|model| state.is_migrated(model)) {
        found.push(((model.key(), String::new()), model.db_table()));
        for field in &model.fields {
            if let Some(table) = through(state, model, field) {
                found.push(((model.key(), field.name.clone()), table));
            }
        }
    }
    found
}

fn holds(tables: &[((ModelKey, String), String)], table: &str) -> bool {
    tables.iter().any(|(_, other)| other == table)
}

/// The table between the ends of a many-to-many field, unless it has a model.
fn through(state: &ProjectState, model: &Model, field: &Field) -> Option<String> {
    let relation = field.many_to_many()?;
    let target = state.target(&relation.to).ok()?;
    let between = model.auto_created_through(field, target)?;
    Some(between.db_table())
}

/// The kind of a field; that of the field it refers to, if it refers to one.
fn referred(state: &ProjectState, field: &Field) -> FieldKind {
    let mut kind = field.kind.clone();
    // A key that refers to a key ends somewhere, but a mistaken one may not.
    for _ in 0..8 {
        let (FieldKind::ForeignKey(relation) | FieldKind::OneToOne(relation)) = &kind else {
            break;
        };
        let Ok(target) = state.target(&relation.to) else {
            break;
        };
        let to = relation.to_field.as_ref();
        let field = to.map_or_else(|| target.primary_key(), |name| target.field(name));
        match field {
            Some(field) => kind = field.kind.clone(),
            None => break,
        }
    }
    kind
}

/// Why values of `before` may not fit `after`, if they may not.
fn narrowing(before: &FieldKind, after: &FieldKind) -> Option<&'static str> {
    if let (Some(old), Some(new)) = (text_length(before), text_length(after)) {
        return (new < old).then_some("gets shorter");
    }
    if let (Some(old), Some(new)) = (integers(before), integers(after)) {
        return (new.0 > old.0 || new.1 < old.1).then_some("holds fewer numbers");
    }
    if let (
        FieldKind::Decimal {
            max_digits: digits,
            decimal_places: places,
        },
        FieldKind::Decimal {
            max_digits,
            decimal_places,
        },
    ) = (before, after)
    {
        let whole = |digits: &u32, places: &u32| digits.saturating_sub(*places);
        let fewer =
            decimal_places < places || whole(max_digits, decimal_places) < whole(digits, places);
        return fewer.then_some("gets fewer digits");
    }
    (before.class_name() != after.class_name()).then_some("changes its type")
}

/// How many characters a kind of text holds.
fn text_length(kind: &FieldKind) -> Option<u64> {
    match kind {
        FieldKind::Binary { .. } => None,
        FieldKind::Text { .. } | FieldKind::Char { max_length: None } => Some(u64::MAX),
        kind => kind.max_length(),
    }
}

/// The least and the greatest whole number of a kind.
fn integers(kind: &FieldKind) -> Option<(i64, i64)> {
    Some(match kind {
        FieldKind::SmallInteger | FieldKind::SmallAuto => {
            (i64::from(i16::MIN), i64::from(i16::MAX))
        }
        FieldKind::Integer | FieldKind::Auto => (i64::from(i32::MIN), i64::from(i32::MAX)),
        FieldKind::BigInteger | FieldKind::BigAuto => (i64::MIN, i64::MAX),
        FieldKind::PositiveSmallInteger => (0, i64::from(i16::MAX)),
        FieldKind::PositiveInteger => (0, i64::from(i32::MAX)),
        FieldKind::PositiveBigInteger => (0, i64::MAX),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::narrowing;
    use crate::models::{AutoNow, FieldKind};

    #[test]
    fn what_still_fits_is_no_loss() {
        let char = |max_length| FieldKind::Char {
            max_length: Some(max_length),
        };
        let decimal = |max_digits, decimal_places| FieldKind::Decimal {
            max_digits,
            decimal_places,
        };
        let text = FieldKind::Text { max_length: None };
        for (before, after) in [
            (char(10), char(20)),
            (char(10), text.clone()),
            (FieldKind::Integer, FieldKind::BigInteger),
            (FieldKind::Auto, FieldKind::BigAuto),
            (decimal(8, 2), decimal(9, 2)),
        ] {
            assert_eq!(narrowing(&before, &after), None, "{before:?} {after:?}");
        }
        for (before, after) in [
            (char(20), char(10)),
            (text, char(10)),
            (FieldKind::Integer, FieldKind::PositiveInteger),
            (FieldKind::BigInteger, FieldKind::Integer),
            (decimal(8, 2), decimal(8, 3)),
            (decimal(8, 2), decimal(8, 1)),
            (char(10), FieldKind::Integer),
            (
                FieldKind::DateTime(AutoNow::default()),
                FieldKind::Date(AutoNow::default()),
            ),
        ] {
            assert!(narrowing(&before, &after).is_some(), "{before:?} {after:?}");
        }
    }
}
