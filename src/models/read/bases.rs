//! Abstract models: what a model takes over from its `bases`.

use crate::document::{Item, Problems, Table, TableEntry};
use crate::models::ModelKey;

/// The keys that say something about inheritance and are not taken over.
const INHERITANCE_KEYS: [&str; 2] = ["abstract", "bases"];

/// A model as a file declares it.
#[derive(Clone, Copy, Debug)]
pub struct ModelDeclaration<'d> {
    /// The label of its app.
    pub app_label: &'d str,
    /// Its name and table.
    pub entry: &'d TableEntry,
}

impl<'d> ModelDeclaration<'d> {
    /// Its table.
    pub fn table(&self) -> Option<&'d Table> {
        self.entry.item.as_table()
    }

    /// Whether it exists to be taken over alone.
    pub fn is_abstract(&self, problems: &Problems) -> bool {
        let Some(item) = self.table().and_then(|table| table.get("abstract")) else {
            return false;
        };
        if let crate::document::Value::Boolean(value) = item.value {
            return value;
        }
        problems.push(item.error("wrong-type", "`abstract` must be `true` or `false`"));
        false
    }

    fn key(&self) -> ModelKey {
        ModelKey::new(self.app_label, &self.entry.key)
    }
}

/// The table of `model` with all that it takes over: fields of bases first, options it does not name itself.
pub fn flatten(
    model: ModelDeclaration<'_>,
    all: &[ModelDeclaration<'_>],
    problems: &Problems,
) -> Option<Table> {
    let mut path = Vec::new();
    flatten_from(model, all, problems, &mut path)
}

fn flatten_from(
    model: ModelDeclaration<'_>,
    all: &[ModelDeclaration<'_>],
    problems: &Problems,
    path: &mut Vec<ModelKey>,
) -> Option<Table> {
    let own = model.table()?;
    if path.contains(&model.key()) {
        let message = format!("`{}` is its own base", model.entry.key);
        problems.push(model.entry.error("wrong-base", message));
        return None;
    }
    path.push(model.key());
    let mut merged: Option<Table> = None;
    for (name, item) in bases(own, problems) {
        let Some(base) = find(&name, item, model.app_label, all, problems) else {
            continue;
        };
        let table = flatten_from(base, all, problems, path)?;
        merged = Some(match merged {
            Some(before) => merged_bases(&before, &table),
            None => table,
        });
    }
    path.pop();
    let own = own.without(&INHERITANCE_KEYS);
    Some(match merged {
        Some(base) => merged_with_base(&own, &base),
        None => own,
    })
}

/// The bases a table names, each with its place.
fn bases<'t>(table: &'t Table, problems: &Problems) -> Vec<(String, &'t Item)> {
    let Some(item) = table.get("bases") else {
        return Vec::new();
    };
    let crate::document::Value::Array(items) = &item.value else {
        let finding = item.error("wrong-type", "`bases` must be a list of abstract models");
        problems.push(finding.hint(r#"write `bases = ["Timestamped"]`"#));
        return Vec::new();
    };
    let mut found = Vec::new();
    for item in items {
        match item.as_str() {
            Some(name) => found.push((name.to_owned(), item)),
            None => problems.push(item.error("wrong-type", "a base must be the name of a model")),
        }
    }
    found
}

fn find<'d>(
    name: &str,
    item: &Item,
    app_label: &str,
    all: &[ModelDeclaration<'d>],
    problems: &Problems,
) -> Option<ModelDeclaration<'d>> {
    let key = ModelKey::parse(name).unwrap_or_else(|| ModelKey::new(app_label, name));
    let found = all.iter().find(|model| model.key() == key);
    let finding = match found {
        Some(base) if base.is_abstract(problems) => return Some(*base),
        Some(base) => {
            let message = format!("`{name}` is not an abstract model");
            let hint = format!(
                "add `abstract = true` to `[{}]`, or refer to it with a OneToOneField",
                base.entry.key
            );
            item.error("wrong-base", message).hint(hint)
        }
        None => {
            let finding = item.error("unknown-model", format!("there is no model `{name}`"));
            let names = all
                .iter()
                .map(|model| format!("{}.{}", model.app_label, model.entry.key));
            let names: Vec<_> = names.collect();
            let full = key.to_string();
            finding.suggest(&full, names.iter().map(String::as_str))
        }
    };
    problems.push(finding);
    None
}

/// What `first` has and what `second` has more; the fields of `first` come first.
fn merged_bases(first: &Table, second: &Table) -> Table {
    let fields = |table: &Table| table.get("fields").and_then(Item::as_table).cloned();
    let (Some(own), Some(more)) = (fields(first), fields(second)) else {
        return first.laid_over(second);
    };
    let names: Vec<_> = own
        .entries()
        .iter()
        .map(|entry| entry.key.as_str())
        .collect();
    let both = more.without(&names).laid_over(&own);
    first.laid_over(second).with_table("fields", both)
}

/// `over` with what it lacks of `base`; the fields of both, those of `base` first.
fn merged_with_base(over: &Table, base: &Table) -> Table {
    let fields = |table: &Table| table.get("fields").and_then(Item::as_table).cloned();
    let merged = over.laid_over(base);
    match (fields(over), fields(base)) {
        (Some(own), Some(below)) => merged.with_table("fields", own.laid_over(&below)),
        _ => merged,
    }
}
