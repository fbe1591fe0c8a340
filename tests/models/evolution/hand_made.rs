//! What people make by hand beside the tables of their models.

use djr::db::{CreateTableParts, DefinitionPart};
use rusqlite::Connection;

use super::expected::{ExpectedDatabase, ExpectedModel, FieldKind, StableId};
use super::hand_written_table::HandWrittenTable;
use super::random_changes::{Draw, pick};

/// A table: that of a model, or the one between the ends of a many-to-many field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Place {
    Table(StableId),
    Between(StableId, StableId),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum HandMadeKind {
    Index,
    PartialIndex,
    UniqueIndex,
    Trigger,
    TriggerOfColumn,
    /// A trigger of another table.
    FarTrigger,
    View,
    Search,
    Column,
    /// A column that refers to the table of the model.
    Reference(StableId),
    Generated,
    Check,
    /// A constraint of the table.
    Unique,
    /// A default of a column of the model.
    Default,
    /// An action of a reference of the model.
    Action,
    Strict,
    WithoutRowid,
}

/// Something made by hand, which follows the names of table and column.
#[derive(Clone, Debug)]
pub(super) struct HandMade {
    serial: u32,
    pub(super) kind: HandMadeKind,
    pub(super) place: Place,
    column: StableId,
}

/// The column `id` of a model, and of a table between two.
const KEY: StableId = 0;

impl Place {
    fn all(expected: &ExpectedDatabase) -> Vec<Self> {
        let mut found = Vec::new();
        for (id, model) in &expected.models {
            found.push(Self::Table(*id));
            let many = model.links.keys();
            found.extend(many.map(|column| Self::Between(*id, *column)));
        }
        found
    }

    pub(super) fn table(self, expected: &ExpectedDatabase) -> Option<String> {
        match self {
            Self::Table(id) => Some(expected.models.get(&id)?.db_table()),
            Self::Between(id, column) => {
                let model = expected.models.get(&id)?;
                Some(format!(
                    "{}_{}",
                    model.db_table(),
                    model.column(column)?.name
                ))
            }
        }
    }

    fn column(self, column: StableId, expected: &ExpectedDatabase) -> Option<String> {
        let columns = self.columns(expected).into_iter();
        let mut columns = columns.filter(|(id, _)| *id == column);
        columns.next().map(|(_, name)| name)
    }

    fn columns(self, expected: &ExpectedDatabase) -> Vec<(StableId, String)> {
        let mut found = vec![(KEY, "id".to_owned())];
        match self {
            Self::Table(id) => {
                let columns = expected.models.get(&id).into_iter();
                let columns = columns.flat_map(ExpectedModel::own_columns);
                found.extend(columns.map(|column| (column.id, column.column())));
            }
            Self::Between(id, column) => {
                let model = expected.models.get(&id);
                let field = model.and_then(|model| model.column(column));
                if let (Some(model), Some(field)) = (model, field) {
                    let [from, to] = model.through_columns(field, expected);
                    found.extend([(1, from), (2, to)]);
                }
            }
        }
        found
    }
}

impl HandMade {
    /// Something to make; none where what was drawn does not fit.
    pub(super) fn drawn(
        (what, place, column, how): Draw,
        serial: u32,
        expected: &ExpectedDatabase,
    ) -> Option<Self> {
        use HandMadeKind::{
            Action, Check, Column, Default, FarTrigger, Generated, Index, PartialIndex, Reference,
            Search, Strict, Trigger, TriggerOfColumn, Unique, UniqueIndex, View, WithoutRowid,
        };
        let place = *pick(&Place::all(expected), place)?;
        let models: Vec<_> = expected.models.keys().copied().collect();
        let target = *pick(&models, how)?;
        let kinds = [
            Index,
            PartialIndex,
            UniqueIndex,
            Trigger,
            TriggerOfColumn,
            FarTrigger,
            View,
            Search,
            Column,
            Reference(target),
            Generated,
            Check,
            Unique,
            Default,
            Action,
            Strict,
            WithoutRowid,
        ];
        let kind = kinds[usize::from(what) % kinds.len()];
        let columns = place.columns(expected);
        let needs_column = !matches!(kind, Column | Reference(_) | Strict | WithoutRowid);
        let (column, _) = *pick(&columns, if needs_column { column } else { 0 })?;
        let made = Self {
            serial,
            kind,
            place,
            column,
        };
        made.fits(expected).then_some(made)
    }

    fn fits(&self, expected: &ExpectedDatabase) -> bool {
        let Place::Table(id) = self.place else {
            return !self.is_in_definition() || self.kind == HandMadeKind::Column;
        };
        let model = &expected.models[&id];
        let column = model.column(self.column);
        match self.kind {
            HandMadeKind::Action => {
                column.is_some_and(|column| matches!(column.kind, FieldKind::Reference(_)))
            }
            HandMadeKind::Default | HandMadeKind::Search => {
                column.is_some_and(|column| column.kind.is_plain())
            }
            HandMadeKind::Unique => column.is_some(),
            // A strict table has no type for it that compares as a number.
            HandMadeKind::Strict => {
                let mut columns = model.columns.iter();
                columns.all(|column| column.kind != FieldKind::Decimal)
            }
            _ => true,
        }
    }

    /// What an error that refuses it names it by.
    pub(super) fn mark(&self) -> String {
        match self.kind {
            HandMadeKind::Action => "ON DELETE CASCADE".to_owned(),
            HandMadeKind::Strict => "STRICT".to_owned(),
            HandMadeKind::WithoutRowid => "WITHOUT ROWID".to_owned(),
            _ => format!("hm_{}", self.serial),
        }
    }

    /// Whether it is a part of the statement that makes the table.
    pub(super) fn is_in_definition(&self) -> bool {
        !matches!(
            self.kind,
            HandMadeKind::Index
                | HandMadeKind::PartialIndex
                | HandMadeKind::UniqueIndex
                | HandMadeKind::Trigger
                | HandMadeKind::TriggerOfColumn
                | HandMadeKind::FarTrigger
                | HandMadeKind::View
                | HandMadeKind::Search
        )
    }

    /// Whether the definitions of columns may differ from those of the model.
    pub(super) fn changes_columns(&self) -> bool {
        matches!(
            self.kind,
            HandMadeKind::Default
                | HandMadeKind::Action
                | HandMadeKind::Strict
                | HandMadeKind::WithoutRowid
        )
    }

    /// Whether it goes without a word when a table or a column goes by a migration.
    pub(super) fn goes_with(&self, expected: &ExpectedDatabase) -> bool {
        let outlives_table = matches!(
            self.kind,
            HandMadeKind::FarTrigger | HandMadeKind::View | HandMadeKind::Search
        );
        let is_of_column = matches!(self.kind, HandMadeKind::Default | HandMadeKind::Action);
        let is_gone = self.place.column(self.column, expected).is_none();
        (self.place.table(expected).is_none() && !outlives_table) || (is_gone && is_of_column)
    }

    /// Its statement, or its part of the statement that makes the table; none where what it needs is gone.
    pub(super) fn sql(&self, expected: &ExpectedDatabase) -> Option<String> {
        let table = self.place.table(expected)?;
        let column = self.place.column(self.column, expected)?;
        let name = format!("hm_{}", self.serial);
        // All the ways to write a name.
        let table = match self.serial % 2 {
            0 => table.to_uppercase(),
            _ => table,
        };
        let column = match self.serial % 3 {
            0 => format!("[{column}]"),
            1 => format!("\"{column}\""),
            _ => format!("`{column}`"),
        };
        Some(match self.kind {
            HandMadeKind::Index => {
                format!("CREATE INDEX {name} ON \"{table}\" ({column} COLLATE NOCASE DESC, id)")
            }
            HandMadeKind::PartialIndex => {
                format!("CREATE INDEX {name} ON \"{table}\" (id) WHERE {column} > 5")
            }
            HandMadeKind::UniqueIndex => {
                format!("CREATE UNIQUE INDEX {name} ON \"{table}\" (id, lower({column}))")
            }
            HandMadeKind::Trigger => format!(
                "CREATE TRIGGER {name} AFTER INSERT ON \"{table}\" BEGIN INSERT INTO hm_log VALUES (new.{column}); END"
            ),
            HandMadeKind::TriggerOfColumn => format!(
                "CREATE TRIGGER {name} BEFORE UPDATE OF {column} ON \"{table}\" WHEN old.id > 0 BEGIN SELECT 1; END"
            ),
            HandMadeKind::FarTrigger => format!(
                "CREATE TRIGGER {name} AFTER DELETE ON hm_log BEGIN UPDATE \"{table}\" SET {column} = {column} WHERE id = 0; END"
            ),
            HandMadeKind::View => {
                format!("CREATE VIEW {name} AS SELECT a.id, a.{column} FROM \"{table}\" AS a")
            }
            HandMadeKind::Search => format!(
                "CREATE VIRTUAL TABLE {name} USING fts5 ({column}, content = \"{table}\", content_rowid = id)"
            ),
            HandMadeKind::Column if self.serial.is_multiple_of(2) => {
                format!("{} text UNIQUE -- it's a comment\n", self.column_name())
            }
            HandMadeKind::Column => {
                format!("{} text DEFAULT 'own' COLLATE NOCASE", self.column_name())
            }
            HandMadeKind::Unique => format!("CONSTRAINT {name} UNIQUE (id, {column})"),
            HandMadeKind::Reference(target) => {
                let target = Place::Table(target).table(expected)?;
                format!("{name} integer REFERENCES \"{target}\" (id) ON DELETE SET NULL")
            }
            HandMadeKind::Generated => format!("{name} text AS (lower({column})) STORED"),
            HandMadeKind::Check => format!("CHECK ({column} IS NOT '{name}')"),
            HandMadeKind::Default => format!("DEFAULT '{name}'"),
            HandMadeKind::Action => "ON DELETE CASCADE".to_owned(),
            HandMadeKind::Strict => "STRICT".to_owned(),
            HandMadeKind::WithoutRowid => "WITHOUT ROWID".to_owned(),
        })
    }

    /// The name of a column made by hand, in quotes where it needs them.
    pub(super) fn column_name(&self) -> String {
        let serial = self.serial;
        match serial % 7 {
            0 => format!("unique_hm_{serial}"),
            1 => format!("check_hm_{serial}"),
            2 => format!("\"hm_{serial} [usd]\""),
            3 => format!("\"a \"\"hm_{serial}\"\"\""),
            4 => format!("[hm_{serial} x]"),
            _ => format!("hm_{serial}"),
        }
    }

    pub(super) fn make(&self, connection: &Connection, expected: &ExpectedDatabase) {
        let sql = self.sql(expected).unwrap();
        if !self.is_in_definition() {
            return connection.execute_batch(&sql).unwrap();
        }
        let table = self.place.table(expected).unwrap();
        let mut written = HandWrittenTable::read(connection, &table);
        match self.kind {
            HandMadeKind::Check | HandMadeKind::Unique => written.parts.push(sql),
            HandMadeKind::Default | HandMadeKind::Action => {
                let column = self.place.column(self.column, expected).unwrap();
                written.add_to_column(&column, &sql);
            }
            HandMadeKind::Strict | HandMadeKind::WithoutRowid => written.add_option(&sql),
            _ => written.add_column(&sql),
        }
        written.replace(connection);
        if self.kind == HandMadeKind::Column {
            let fill = format!(
                "UPDATE \"{table}\" SET {} = 'of ' || id",
                self.column_name()
            );
            connection.execute_batch(&fill).unwrap();
        }
    }

    /// Takes it away, as the one who reads that it is in the way.
    pub(super) fn remove(&self, connection: &Connection, expected: &ExpectedDatabase) {
        let (name, mark) = (format!("hm_{}", self.serial), self.mark());
        let word = match self.kind {
            HandMadeKind::Index | HandMadeKind::PartialIndex | HandMadeKind::UniqueIndex => "INDEX",
            HandMadeKind::Trigger | HandMadeKind::TriggerOfColumn | HandMadeKind::FarTrigger => {
                "TRIGGER"
            }
            HandMadeKind::View => "VIEW",
            HandMadeKind::Search => "TABLE",
            _ => "",
        };
        if !word.is_empty() {
            let sql = format!("DROP {word} {name}");
            return connection.execute_batch(&sql).unwrap();
        }
        let table = self.place.table(expected).unwrap();
        let mut written = HandWrittenTable::read(connection, &table);
        match self.kind {
            HandMadeKind::Default => written.take_out(&format!(" DEFAULT '{name}'")),
            HandMadeKind::Action => written.take_out(" ON DELETE CASCADE"),
            HandMadeKind::Strict | HandMadeKind::WithoutRowid => written.remove_option(&mark),
            _ => written.parts.retain(|part| !part.contains(&mark)),
        }
        written.replace(connection);
    }

    /// Whether the database has it, under the names of `expected`.
    pub(super) fn is_there(&self, connection: &Connection, expected: &ExpectedDatabase) -> bool {
        let Some(sql) = self.sql(expected) else {
            return false;
        };
        let name = if self.is_in_definition() {
            self.place.table(expected).unwrap()
        } else {
            format!("hm_{}", self.serial)
        };
        let live = "SELECT sql FROM sqlite_master WHERE name = ?";
        let Ok(live) = connection.query_row(live, [name], |row| row.get::<_, String>(0)) else {
            return false;
        };
        let wanted = DefinitionPart::of(&sql);
        if !self.is_in_definition() {
            return DefinitionPart::of(&live).is_same(&wanted);
        }
        let live = CreateTableParts::of(&live);
        match self.kind {
            HandMadeKind::Strict | HandMadeKind::WithoutRowid => live.suffix.contains(&sql),
            HandMadeKind::Default | HandMadeKind::Action => {
                let column = self.place.column(self.column, expected).unwrap();
                live.column(&column)
                    .is_some_and(|part| part.sql.contains(&sql))
            }
            _ => live.parts.iter().any(|part| part.is_same(&wanted)),
        }
    }
}
