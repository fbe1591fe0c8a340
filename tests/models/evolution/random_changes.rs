//! Random changes of the models, each as a person would make it.

use std::collections::BTreeSet;

use rusqlite::types::Value;

use super::expected::{
    ExpectedDatabase, ExpectedField, ExpectedModel, FieldKind, IndexedRows, StableId,
};

/// Where a change is drawn from: what to do, to which model, to which column, and how.
pub(super) type Draw = (u8, u16, u16, u16);

const MODELS: [&str; 7] = ["Alpha", "Beta", "Gamma", "Delta", "Eta", "Zeta", "Theta"];
const COLUMNS: [&str; 9] = [
    "ash", "birch", "cedar", "date", "elm", "fir", "gum", "hazel", "order",
];

/// Changes of one step, each to a model that the step has left alone so far.
pub(super) struct RandomChanges<'s> {
    before: ExpectedDatabase,
    expected: &'s mut ExpectedDatabase,
    next: &'s mut StableId,
    touched: BTreeSet<StableId>,
}

impl<'s> RandomChanges<'s> {
    pub(super) fn new(expected: &'s mut ExpectedDatabase, next: &'s mut StableId) -> Self {
        Self {
            before: expected.clone(),
            expected,
            next,
            touched: BTreeSet::new(),
        }
    }

    /// Makes a change; none where what was drawn does not fit.
    pub(super) fn change(&mut self, (what, model, column, how): Draw) -> Option<()> {
        if what.is_multiple_of(20) {
            return self.create_model(how);
        }
        let ids = self.expected.models.keys().copied();
        let free: Vec<_> = ids.filter(|id| !self.touched.contains(id)).collect();
        let id = *pick(&free, model)?;
        match what % 20 {
            1 => self.delete_model(id)?,
            2 => {
                let name = self.model_name(how)?;
                self.model(id).name = name;
            }
            3 => {
                let table = format!("shelf_{}", self.id());
                let model = self.model(id);
                model.table = model.table.is_none().then_some(table);
            }
            4 | 5 => self.add_column(id, how)?,
            6 => self.remove_column(id, column)?,
            7 => {
                let name = self.column_name(id, how)?;
                let columns = &mut self.model(id).columns;
                let at = usize::from(column) % columns.len().max(1);
                columns.get_mut(at)?.name = name;
            }
            8 => widen(self.model(id), column)?,
            9 => self.toggle_null(id, column)?,
            10 => {
                let found = plain(self.model(id), column)?;
                found.index = !found.index;
            }
            11 => {
                let found = plain(self.model(id), column).filter(|found| found.distinct)?;
                found.unique = !found.unique;
            }
            12 => self.index(id, column, how)?,
            13 => {
                let name = format!("ix_{}", self.id());
                self.model(id).indexes.first_mut()?.0 = name;
            }
            14 => self.unique(id, column, how)?,
            15 => self.check(id, column)?,
            16 => self.together(id, column, how)?,
            17 | 18 => self.add_reference(id, column, how)?,
            _ => self.describe(id, column, how)?,
        }
        self.touched.insert(id);
        Some(())
    }

    fn id(&mut self) -> StableId {
        *self.next += 1;
        *self.next
    }

    fn model(&mut self, id: StableId) -> &mut ExpectedModel {
        self.expected.models.get_mut(&id).unwrap()
    }

    fn create_model(&mut self, how: u16) -> Option<()> {
        let model = ExpectedModel {
            name: self.model_name(how)?,
            ..ExpectedModel::default()
        };
        let id = self.id();
        self.expected.models.insert(id, model);
        for part in 0..=how % 3 {
            self.add_column(id, how / 5 + part)?;
        }
        self.touched.insert(id);
        Some(())
    }

    /// Deletes a model and what refers to it, which has to be able to come back.
    fn delete_model(&mut self, id: StableId) -> Option<()> {
        let mut referring = Vec::new();
        for (other, model) in &self.expected.models {
            let columns = model.columns.iter();
            for column in columns.filter(|column| column.kind.target() == Some(id)) {
                if *other != id {
                    referring.push((*other, column.id));
                    let is_many = matches!(column.kind, FieldKind::Many(_));
                    (is_many || !column.was_required).then_some(())?;
                }
            }
        }
        let mut referrers = referring.iter();
        referrers
            .all(|(other, _)| !self.touched.contains(other))
            .then_some(())?;
        for (other, column) in referring {
            forget(self.model(other), column);
            self.touched.insert(other);
        }
        self.expected.models.remove(&id);
        Some(())
    }

    fn model_name(&self, how: u16) -> Option<String> {
        let both = [&self.before, self.expected];
        let free = MODELS
            .into_iter()
            .filter(|name| both.iter().all(|models| models.named(name).is_none()));
        pick(&free.collect::<Vec<_>>(), how).map(ToString::to_string)
    }

    fn column_name(&self, id: StableId, how: u16) -> Option<String> {
        let models = [&self.before, self.expected].map(|expected| expected.models.get(&id));
        let is_free = |name: &&str| {
            let columns = models.iter().flatten().flat_map(|model| &model.columns);
            columns.into_iter().all(|column| column.name != **name)
        };
        let free: Vec<_> = COLUMNS.into_iter().filter(is_free).collect();
        pick(&free, how).map(ToString::to_string)
    }

    fn add_column(&mut self, id: StableId, how: u16) -> Option<()> {
        let kinds = [
            FieldKind::Small,
            FieldKind::Integer,
            FieldKind::Big,
            FieldKind::Positive,
            FieldKind::Decimal,
            FieldKind::Char(20),
            FieldKind::Text,
        ];
        let kind = kinds[usize::from(how % 7)];
        let has_rows = !self.expected.models[&id].rows.is_empty();
        let null = how % 4 == 1;
        let default = (!null && how % 8 > 3).then(|| default_value(kind));
        let column = ExpectedField {
            distinct: null || !has_rows,
            was_required: !null,
            default,
            null,
            ..self.new_column(id, kind, how)?
        };
        // Rows that are there get what a person is asked for.
        let fill = match (null, &column.default) {
            (true, _) => Value::Null,
            (false, default) => default.clone().unwrap_or_else(|| default_value(kind)),
        };
        let model = self.model(id);
        for row in model.rows.values_mut() {
            row.insert(column.id, fill.clone());
        }
        model.columns.push(column);
        Some(())
    }

    fn new_column(&mut self, id: StableId, kind: FieldKind, how: u16) -> Option<ExpectedField> {
        Some(ExpectedField {
            name: self.column_name(id, how)?,
            id: self.id(),
            kind,
            null: true,
            index: false,
            unique: false,
            default: None,
            help: 0,
            db_column: None,
            was_required: false,
            distinct: false,
        })
    }

    fn add_reference(&mut self, id: StableId, column: u16, how: u16) -> Option<()> {
        let targets: Vec<_> = self.expected.models.keys().copied().collect();
        let target = *pick(&targets, column)?;
        let is_many = how.is_multiple_of(2);
        let kind = if is_many {
            FieldKind::Many(target)
        } else {
            FieldKind::Reference(target)
        };
        let has_rows = !self.expected.models[&id].rows.is_empty();
        let null = !is_many && (has_rows || target == id || !how.is_multiple_of(3));
        let column = ExpectedField {
            null,
            was_required: !null,
            ..self.new_column(id, kind, how)?
        };
        self.touched.insert(target);
        let model = self.model(id);
        if is_many {
            model.links.insert(column.id, BTreeSet::new());
        } else {
            for row in model.rows.values_mut() {
                row.insert(column.id, Value::Null);
            }
        }
        model.columns.push(column);
        Some(())
    }

    /// Removes a column that can come back to rows that are there.
    fn remove_column(&mut self, id: StableId, column: u16) -> Option<()> {
        let model = self.model(id);
        let found = pick(&model.columns, column)?;
        let is_constrained = found.unique || is_unique_with(model, found.id);
        let is_many = matches!(found.kind, FieldKind::Many(_));
        let can_return = is_many || !found.was_required || found.default.is_some();
        let would_clash = is_constrained && found.default.is_some();
        (can_return && !would_clash).then_some(())?;
        let found = found.id;
        forget(model, found);
        Some(())
    }

    fn toggle_null(&mut self, id: StableId, column: u16) -> Option<()> {
        let model = self.model(id);
        let found = plain(model, column)?.clone();
        if !found.null {
            plain(model, column)?.null = true;
            return Some(());
        }
        (!found.unique && !is_unique_with(model, found.id)).then_some(())?;
        let changed = plain(model, column)?;
        changed.null = false;
        changed.was_required = true;
        changed.distinct = false;
        let fill = found
            .default
            .clone()
            .unwrap_or_else(|| default_value(found.kind));
        for row in model.rows.values_mut() {
            let value = row.get_mut(&found.id).unwrap();
            if *value == Value::Null {
                *value = fill.clone();
            }
        }
        Some(())
    }

    fn index(&mut self, id: StableId, column: u16, how: u16) -> Option<()> {
        let name = format!("ix_{}", self.id());
        let model = self.model(id);
        if how.is_multiple_of(3) && model.indexes.pop().is_some() {
            return Some(());
        }
        let first = plain(model, column)?.id;
        let second = plain(model, how)?.id;
        let mut fields = vec![first, second];
        fields.dedup();
        let rows =
            [IndexedRows::All, IndexedRows::Some, IndexedRows::Backwards][usize::from(how / 3 % 3)];
        model.indexes.push((name, fields, rows));
        Some(())
    }

    fn unique(&mut self, id: StableId, column: u16, how: u16) -> Option<()> {
        let name = format!("uq_{}", self.id());
        let model = self.model(id);
        if how.is_multiple_of(3) && model.uniques.pop().is_some() {
            return Some(());
        }
        let first = plain(model, column).filter(|found| found.distinct)?.id;
        let rows = [IndexedRows::All, IndexedRows::Some][usize::from(how / 3 % 2)];
        model.uniques.push((name, vec![first], rows));
        Some(())
    }

    fn check(&mut self, id: StableId, column: u16) -> Option<()> {
        let name = format!("ck_{}", self.id());
        let model = self.model(id);
        if model.checks.pop().is_some() {
            return Some(());
        }
        let found = plain(model, column).filter(|found| found.kind.is_number())?;
        let found = found.id;
        model.checks.push((name, found));
        Some(())
    }

    fn together(&mut self, id: StableId, column: u16, how: u16) -> Option<()> {
        let model = self.model(id);
        if model.together.take().is_some() {
            return Some(());
        }
        let first = plain(model, column).filter(|found| found.distinct)?.id;
        let second = plain(model, how).filter(|found| found.distinct)?.id;
        (first != second).then_some(())?;
        model.together = Some([first, second]);
        Some(())
    }

    fn describe(&mut self, id: StableId, column: u16, how: u16) -> Option<()> {
        let name = format!("box_{}", self.id());
        let found = plain(self.model(id), column)?;
        if how.is_multiple_of(2) {
            found.help += 1;
        } else {
            found.db_column = found.db_column.is_none().then_some(name);
        }
        Some(())
    }
}

/// What rows get that are there already.
pub(super) fn default_value(kind: FieldKind) -> Value {
    if kind.is_number() {
        Value::Integer(7)
    } else {
        Value::Text("none".to_owned())
    }
}

pub(super) fn pick<T>(list: &[T], at: u16) -> Option<&T> {
    list.get(usize::from(at) % list.len().max(1))
}

fn plain(model: &mut ExpectedModel, at: u16) -> Option<&mut ExpectedField> {
    let columns = model.columns.iter_mut();
    let mut plain: Vec<_> = columns.filter(|column| column.kind.is_plain()).collect();
    let at = usize::from(at) % plain.len().max(1);
    (at < plain.len()).then(|| plain.swap_remove(at))
}

fn is_unique_with(model: &ExpectedModel, column: StableId) -> bool {
    let mut uniques = model.uniques.iter();
    uniques.any(|(_, fields, _)| fields.contains(&column))
        || model.together.is_some_and(|pair| pair.contains(&column))
}

/// Makes a column hold more than it did.
fn widen(model: &mut ExpectedModel, at: u16) -> Option<()> {
    let checked: Vec<_> = model.checks.iter().map(|(_, column)| *column).collect();
    let found = plain(model, at)?;
    let wider = match found.kind {
        FieldKind::Small | FieldKind::Positive => FieldKind::Integer,
        FieldKind::Integer => FieldKind::Big,
        FieldKind::Char(length) if length < 60 => FieldKind::Char(length + 20),
        FieldKind::Big | FieldKind::Decimal if !checked.contains(&found.id) => FieldKind::Text,
        FieldKind::Char(_) => FieldKind::Text,
        _ => return None,
    };
    found.kind = wider;
    found.default = found
        .default
        .as_ref()
        .map(|value| wider.stored_value(value));
    let id = found.id;
    for row in model.rows.values_mut() {
        let value = row.get_mut(&id).unwrap();
        *value = wider.stored_value(value);
    }
    Some(())
}

/// Removes a column and all that names it.
fn forget(model: &mut ExpectedModel, column: StableId) {
    model.columns.retain(|found| found.id != column);
    model
        .indexes
        .retain(|(_, fields, _)| !fields.contains(&column));
    model
        .uniques
        .retain(|(_, fields, _)| !fields.contains(&column));
    model.checks.retain(|(_, field)| *field != column);
    model.together = model.together.filter(|pair| !pair.contains(&column));
    model.links.remove(&column);
    for row in model.rows.values_mut() {
        row.remove(&column);
    }
}
