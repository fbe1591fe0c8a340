//! Models and their rows as plain maps: what the database is compared with.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use rusqlite::types::Value;

/// Names a model or a column through all its renames.
pub(super) type StableId = u32;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum FieldKind {
    Small,
    Integer,
    Big,
    Positive,
    Decimal,
    Char(u16),
    Text,
    Reference(StableId),
    Many(StableId),
}

/// Which rows an index holds, and how it runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum IndexedRows {
    All,
    /// Those that have a value in the first column.
    Some,
    /// All, from the last to the first, in an index that is not unique.
    Backwards,
}

#[derive(Clone, Debug)]
pub(super) struct ExpectedField {
    pub(super) id: StableId,
    pub(super) name: String,
    pub(super) kind: FieldKind,
    pub(super) null: bool,
    pub(super) index: bool,
    pub(super) unique: bool,
    pub(super) default: Option<Value>,
    pub(super) help: u16,
    pub(super) db_column: Option<String>,
    /// Whether it ever accepted no null.
    pub(super) was_required: bool,
    /// Whether no two rows share a value, as far as only this test writes.
    pub(super) distinct: bool,
}

#[derive(Clone, Debug, Default)]
pub(super) struct ExpectedModel {
    pub(super) name: String,
    pub(super) table: Option<String>,
    pub(super) columns: Vec<ExpectedField>,
    pub(super) indexes: Vec<(String, Vec<StableId>, IndexedRows)>,
    pub(super) uniques: Vec<(String, Vec<StableId>, IndexedRows)>,
    pub(super) checks: Vec<(String, StableId)>,
    pub(super) together: Option<[StableId; 2]>,
    pub(super) rows: BTreeMap<i64, BTreeMap<StableId, Value>>,
    pub(super) links: BTreeMap<StableId, BTreeSet<(i64, i64)>>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct ExpectedDatabase {
    pub(super) models: BTreeMap<StableId, ExpectedModel>,
}

impl FieldKind {
    pub(super) fn is_number(self) -> bool {
        matches!(
            self,
            Self::Small | Self::Integer | Self::Big | Self::Positive | Self::Decimal
        )
    }

    pub(super) fn is_plain(self) -> bool {
        !matches!(self, Self::Reference(_) | Self::Many(_))
    }

    pub(super) fn target(self) -> Option<StableId> {
        match self {
            Self::Reference(target) | Self::Many(target) => Some(target),
            _ => None,
        }
    }

    /// The value as a column of this kind keeps it.
    pub(super) fn stored_value(self, value: &Value) -> Value {
        match value {
            Value::Integer(number) if !self.is_number() && self.is_plain() => {
                Value::Text(number.to_string())
            }
            Value::Text(text) if self.is_number() => {
                text.parse().map_or_else(|_| value.clone(), Value::Integer)
            }
            _ => value.clone(),
        }
    }
}

impl ExpectedField {
    pub(super) fn column(&self) -> String {
        let own = match self.kind {
            FieldKind::Reference(_) => format!("{}_id", self.name),
            _ => self.name.clone(),
        };
        self.db_column.clone().unwrap_or(own)
    }

    fn toml(&self, expected: &ExpectedDatabase) -> String {
        let mut text = match self.kind {
            FieldKind::Small => "type = \"SmallIntegerField\"".to_owned(),
            FieldKind::Integer => "type = \"IntegerField\"".to_owned(),
            FieldKind::Big => "type = \"BigIntegerField\"".to_owned(),
            FieldKind::Positive => "type = \"PositiveIntegerField\"".to_owned(),
            FieldKind::Decimal => {
                "type = \"DecimalField\", max_digits = 12, decimal_places = 2".to_owned()
            }
            FieldKind::Char(length) => format!("type = \"CharField\", max_length = {length}"),
            FieldKind::Text => "type = \"TextField\"".to_owned(),
            FieldKind::Reference(target) => format!(
                "type = \"ForeignKey\", to = \"{}\", on_delete = \"CASCADE\", related_name = \"+\"",
                expected.models[&target].name
            ),
            FieldKind::Many(target) => format!(
                "type = \"ManyToManyField\", to = \"{}\", related_name = \"+\"",
                expected.models[&target].name
            ),
        };
        for (name, is_set) in [("null", self.null), ("unique", self.unique)] {
            if is_set {
                write!(text, ", {name} = true").unwrap();
            }
        }
        if self.kind.is_plain() && self.index {
            text.push_str(", db_index = true");
        }
        if let Some(default) = &self.default {
            write!(text, ", default = {}", toml_literal(default)).unwrap();
        }
        if self.help > 0 {
            write!(text, ", help_text = \"Help {}.\"", self.help).unwrap();
        }
        if let Some(name) = &self.db_column {
            write!(text, ", db_column = \"{name}\"").unwrap();
        }
        format!("{} = {{ {text} }}", self.name)
    }
}

impl ExpectedModel {
    pub(super) fn db_table(&self) -> String {
        let own = format!("blog_{}", self.name.to_lowercase());
        self.table.clone().unwrap_or(own)
    }

    /// The columns of its table.
    pub(super) fn own_columns(&self) -> impl Iterator<Item = &ExpectedField> {
        let columns = self.columns.iter();
        columns.filter(|column| !matches!(column.kind, FieldKind::Many(_)))
    }

    pub(super) fn column(&self, id: StableId) -> Option<&ExpectedField> {
        self.columns.iter().find(|column| column.id == id)
    }

    /// The columns of a table between this model and the one `column` refers to.
    pub(super) fn through_columns(
        &self,
        column: &ExpectedField,
        expected: &ExpectedDatabase,
    ) -> [String; 2] {
        let target = &expected.models[&column.kind.target().unwrap()].name;
        let (own, target) = (self.name.to_lowercase(), target.to_lowercase());
        if own == target {
            [format!("from_{own}_id"), format!("to_{target}_id")]
        } else {
            [format!("{own}_id"), format!("{target}_id")]
        }
    }

    fn names(&self, ids: &[StableId]) -> String {
        let name = |id: &StableId| format!("\"{}\"", self.column(*id).unwrap().name);
        ids.iter().map(name).collect::<Vec<_>>().join(", ")
    }

    fn toml(&self, expected: &ExpectedDatabase) -> String {
        let mut text = format!("[{}]\n", self.name);
        if let Some(table) = &self.table {
            writeln!(text, "db_table = \"{table}\"").unwrap();
        }
        let index = |(name, fields, rows): &(String, Vec<StableId>, IndexedRows), way: &str| {
            let first = &self.column(fields[0]).unwrap().name;
            let names = match rows {
                IndexedRows::Backwards => self.names(fields).replacen('"', way, 1),
                _ => self.names(fields),
            };
            let condition = match rows {
                IndexedRows::Some => format!(", condition = {{ {first}__isnull = false }}"),
                _ => String::new(),
            };
            format!("{{ name = \"{name}\", fields = [{names}]{condition} }}")
        };
        let indexes = self.indexes.iter().map(|found| index(found, "\"-"));
        let indexes: Vec<_> = indexes.collect();
        writeln!(text, "indexes = [{}]", indexes.join(", ")).unwrap();
        let uniques = self.uniques.iter().map(|found| index(found, "\""));
        let checks = self.checks.iter().map(|(name, field)| {
            let field = &self.column(*field).unwrap().name;
            format!("{{ name = \"{name}\", check = {{ {field}__gte = 0 }} }}")
        });
        let constraints: Vec<_> = uniques.chain(checks).collect();
        writeln!(text, "constraints = [{}]", constraints.join(", ")).unwrap();
        if let Some(pair) = &self.together {
            writeln!(text, "unique_together = [[{}]]", self.names(pair)).unwrap();
        }
        writeln!(text, "[{}.fields]", self.name).unwrap();
        for column in &self.columns {
            writeln!(text, "{}", column.toml(expected)).unwrap();
        }
        text
    }
}

impl ExpectedDatabase {
    /// The models as `models.toml`.
    pub(super) fn toml(&self) -> String {
        let models = self.models.values().map(|model| model.toml(self));
        models.collect::<Vec<_>>().join("\n")
    }

    pub(super) fn named(&self, name: &str) -> Option<(&StableId, &ExpectedModel)> {
        let mut models = self.models.iter();
        models.find(|(_, model)| model.name.eq_ignore_ascii_case(name))
    }

    /// What is left of the rows here where `earlier` holds the models again.
    pub(super) fn migrated_back(&self, earlier: &Self) -> Self {
        let mut reverted = earlier.clone();
        for (id, model) in &mut reverted.models {
            let left = self.models.get(id);
            model.rows = left.map_or_else(BTreeMap::new, |left| {
                let rows = left.rows.iter();
                rows.map(|(key, row)| (*key, model_row(&earlier.models[id], row)))
                    .collect()
            });
            model.links = left.map_or_else(BTreeMap::new, |left| left.links.clone());
            let columns = &earlier.models[id];
            model.links.retain(|id, _| columns.column(*id).is_some());
        }
        reverted
    }
}

fn model_row(model: &ExpectedModel, row: &BTreeMap<StableId, Value>) -> BTreeMap<StableId, Value> {
    let columns = model.own_columns().map(|column| {
        let missing = column.default.clone().unwrap_or(Value::Null);
        let value = row.get(&column.id).unwrap_or(&missing);
        (column.id, column.kind.stored_value(value))
    });
    columns.collect()
}

/// The value as TOML.
pub(super) fn toml_literal(value: &Value) -> String {
    match value {
        Value::Integer(number) => number.to_string(),
        Value::Text(text) => format!("\"{text}\""),
        other => panic!("{other:?} is not a default"),
    }
}
