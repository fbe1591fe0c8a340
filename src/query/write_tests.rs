//! What real Django makes, changes and deletes for `tests/parity/queries/writes.toml`.

use std::path::Path;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::clock;
use crate::db::{Connection, DatabaseError};
use crate::document::{self, Document, Item, Problems, Table};
use crate::models::expression::read::{self, BareString};
use crate::models::read::ReadContext;
use crate::models::{Model, Registry};
use crate::query::instance_tests::asked;
use crate::query::tests::{Library, list, plain, texts};
use crate::query::{
    BulkConflict, BulkOptions, DeletedRows, FieldAssignment, FieldUpdate, ModelInstance, Query,
    QueryError, QuerySet, RelatedChange, SaveOptions,
};
use crate::values::FieldValue;

const MODELS: &str = include_str!("../../tests/parity/queries/stock.toml");
const CASES: &str = include_str!("../../tests/parity/queries/writes.toml");
const ANSWERS: &str = include_str!("../../tests/parity/golden/rows.json");

/// Where steps are done.
struct Stock<'s> {
    registry: &'s Registry,
    connection: &'s Connection,
}

fn value(item: &Item) -> FieldValue {
    match &item.value {
        document::Value::String(text) => FieldValue::Text(text.clone()),
        document::Value::Integer(number) => FieldValue::Integer(*number),
        _ => FieldValue::Json(json_of(item)),
    }
}

fn json_of(item: &Item) -> crate::json::Json {
    use crate::json::Json;
    match &item.value {
        document::Value::Array(items) => Json::Array(items.iter().map(json_of).collect()),
        document::Value::Table(table) => {
            let entries = table.entries().iter();
            Json::Object(
                entries
                    .map(|entry| (entry.key.clone(), json_of(&entry.item)))
                    .collect(),
            )
        }
        document::Value::Integer(number) => (*number).into(),
        _ => item.as_str().unwrap().into(),
    }
}

fn assignments(table: &Table) -> Vec<FieldAssignment> {
    let entries = table.entries().iter();
    entries
        .map(|entry| FieldAssignment::new(&entry.key, value(&entry.item)))
        .collect()
}

fn updates(table: &Table) -> Vec<FieldUpdate> {
    let problems = Problems::default();
    let context = ReadContext::new("library", &problems).for_queries();
    let entries = table.entries().iter();
    let updates = entries.map(|entry| {
        let value = read::expression(&context, &entry.item, BareString::Value).unwrap();
        FieldUpdate::new(&entry.key, value)
    });
    let updates = updates.collect();
    problems.finish(()).unwrap();
    updates
}

fn read_query(item: &Item) -> Query {
    let problems = Problems::default();
    let context = ReadContext::new("library", &problems).for_queries();
    let query = read::query(&context, item);
    problems.finish(()).unwrap();
    query.unwrap().into()
}

fn shown(deleted: DeletedRows) -> Value {
    let by_model = deleted.by_model.into_iter();
    let by_model: Map<_, _> = by_model
        .map(|(label, count)| (label, json!(count)))
        .collect();
    json!([deleted.total, by_model])
}

impl Stock<'_> {
    fn model(&self, name: &str) -> &Arc<Model> {
        let model = self.registry.get(&format!("library.{name}")).unwrap();
        self.registry.shared(&model.key()).unwrap()
    }

    fn rows(&self, name: &str) -> QuerySet<'_> {
        Query::of(self.model(name)).on(self.registry).unwrap()
    }

    fn row(
        &self,
        name: &str,
        key: FieldValue,
        only: Vec<String>,
    ) -> Result<ModelInstance, QueryError> {
        let condition = crate::query::one_of::is_one_of("pk", &[key]);
        let mut query = Query::of(self.model(name)).filter(condition);
        if !only.is_empty() {
            query = query.only(only);
        }
        query.on(self.registry)?.get(self.connection)
    }

    fn step(&self, step: &Table) -> Result<Value, QueryError> {
        let Self {
            registry,
            connection,
        } = self;
        let name = step.get("model").unwrap().as_str().unwrap();
        let rows = self.rows(name);
        let given = |key: &str| {
            step.get(key)
                .map(|item| assignments(item.as_table().unwrap()))
        };
        if let Some(values) = given("create") {
            return Ok(plain_value(rows.create(connection, values)?.key().clone()));
        }
        let defaults = given("defaults").unwrap_or_default();
        if let Some(lookups) = given("get_or_create") {
            let found = rows.get_or_create(connection, &lookups, &defaults)?;
            return Ok(json!([plain_value(found.row.key().clone()), found.is_new]));
        }
        if let Some(lookups) = given("update_or_create") {
            let for_new = given("create_defaults");
            let found =
                rows.update_or_create(connection, &lookups, &defaults, for_new.as_deref())?;
            return Ok(json!([plain_value(found.row.key().clone()), found.is_new]));
        }
        if let Some(items) = step.get("bulk_create") {
            return self.bulk_create(name, list(items), step);
        }
        if let Some(changes) = step.get("bulk_update") {
            let mut changed = Vec::new();
            for entry in changes.as_table().unwrap().entries() {
                let key = FieldValue::Text(entry.key.clone());
                let mut row = self.row(name, key, Vec::new())?;
                row.assign(registry, assignments(entry.item.as_table().unwrap()))?;
                changed.push(row);
            }
            let fields = texts(step.get("fields").unwrap());
            let fields: Vec<_> = fields.iter().map(String::as_str).collect();
            return Ok(json!(rows.bulk_update(connection, &changed, &fields)?));
        }
        let calls = step.get("calls").map(|_| asked(step));
        if let Some(query) = calls.or_else(|| step.get("query").map(read_query)) {
            let rows = query.on(registry)?;
            return match step.get("update") {
                Some(values) => {
                    let count = rows.update(connection, &updates(values.as_table().unwrap()))?;
                    Ok(json!(count))
                }
                None => Ok(shown(rows.delete(connection)?)),
            };
        }
        self.with_row(name, step)
    }

    fn with_row(&self, name: &str, step: &Table) -> Result<Value, QueryError> {
        let Self {
            registry,
            connection,
        } = self;
        let only = step.get("only").map(texts).unwrap_or_default();
        let mut row = self.row(name, value(step.get("get").unwrap()), only)?;
        if step.get("remove_row").is_some() {
            return Ok(shown(row.delete(registry, connection)?));
        }
        if let Some(relation) = step.get("relation") {
            return self.relation(&row, relation.as_str().unwrap(), step);
        }
        row.assign(
            registry,
            assignments(step.get("set").unwrap().as_table().unwrap()),
        )?;
        let save = step.get("save").unwrap().as_table().unwrap();
        let options = SaveOptions {
            update_fields: save.get("update_fields").map(texts),
            force_insert: save.get("force_insert").is_some(),
            force_update: save.get("force_update").is_some(),
            keeps_moments: false,
            is_raw: false,
        };
        row.save(registry, connection, &options)?;
        Ok(plain_value(row.key().clone()))
    }

    fn relation(&self, row: &ModelInstance, name: &str, step: &Table) -> Result<Value, QueryError> {
        let change = RelatedChange::new(self.registry, self.connection, row, name)?;
        let defaults = step.get("through_defaults").and_then(Item::as_table);
        let change = match defaults {
            Some(defaults) => change.through_defaults(assignments(defaults))?,
            None => change,
        };
        let keys = |key: &str| {
            let items = step.get(key).map(|items| list(items).iter().map(value));
            items.map(Iterator::collect::<Vec<_>>)
        };
        if let Some(keys) = keys("add") {
            change.add(&keys)?;
        }
        if let Some(keys) = keys("remove") {
            change.remove(&keys)?;
        }
        if let Some(keys) = keys("set") {
            change.set(&keys)?;
        }
        if step.get("clear").is_some() {
            change.clear()?;
        }
        let accessor = crate::query::RelatedAccessor::find(self.registry, row.model(), name)?;
        let others = accessor
            .query(row)
            .unwrap()
            .order_by(["pk"])
            .on(self.registry)?;
        let keys = others.keys(self.connection)?.into_iter();
        Ok(keys.map(plain).collect())
    }

    fn bulk_create(&self, name: &str, items: &[Item], step: &Table) -> Result<Value, QueryError> {
        let mut rows = Vec::new();
        for item in items {
            let mut row = ModelInstance::new(self.registry, self.model(name))?;
            row.assign(self.registry, assignments(item.as_table().unwrap()))?;
            rows.push(row);
        }
        let names = |key: &str| step.get(key).map(texts).unwrap_or_default();
        let ignores = step.get("ignore_conflicts").is_some();
        let conflict = match step.get("update_conflicts") {
            Some(_) => BulkConflict::Update {
                update_fields: names("update_fields"),
                unique_fields: names("unique_fields"),
            },
            None if ignores => BulkConflict::Ignore,
            None => BulkConflict::Fail,
        };
        let options = BulkOptions {
            conflict,
            ..BulkOptions::default()
        };
        self.rows(name)
            .bulk_create(self.connection, &mut rows, &options)?;
        if ignores {
            return Ok(json!(rows.len()));
        }
        Ok(rows
            .iter()
            .map(|row| plain_value(row.key().clone()))
            .collect())
    }

    /// A step that is taken back where it fails, or leaves a reference that leads nowhere.
    fn tried(&self, step: &Table) -> Result<Value, QueryError> {
        self.connection.transaction(|connection| {
            let result = self.step(step)?;
            let broken = connection.query("PRAGMA foreign_key_check", &[])?;
            if broken.is_empty() {
                Ok(result)
            } else {
                Err(QueryError::Database(DatabaseError::UnfinishedTransaction))
            }
        })
    }

    /// All rows of a model, or of the table between two; a moment of today is `now`.
    fn table(&self, name: &str) -> Value {
        let (model, many) = name.split_once('.').unwrap_or((name, ""));
        let model = self.model(model);
        if !many.is_empty() {
            let field = model.field(many).unwrap();
            let through = crate::query::Through::new(self.registry, model, field);
            let through = through.unwrap().unwrap();
            let select = crate::db::sql::SelectStatement::from(through.table)
                .columns([through.source_column, through.target_column]);
            let rows = crate::db::sql::SqlStatement::rows(&select, self.connection).unwrap();
            let pair = |row: crate::db::Row| [row.get::<i64>(0).unwrap(), row.get(1).unwrap()];
            let mut rows: Vec<_> = rows.into_iter().map(pair).collect();
            rows.sort_unstable();
            return json!(rows);
        }
        let rows = Query::of(model).order_by(["pk"]).on(self.registry).unwrap();
        let rows = rows.instances(self.connection).unwrap();
        let shown = |row: &ModelInstance| {
            let values = model
                .columns()
                .map(|field| row.get(&field.name).unwrap().clone());
            values.map(plain_value).collect::<Value>()
        };
        rows.iter().map(shown).collect()
    }
}

fn plain_value(value: FieldValue) -> Value {
    match value {
        FieldValue::Moment(moment) => {
            let age = clock::now().unix_seconds() - moment.unix_seconds();
            if age.abs() < 3600 {
                json!("now")
            } else {
                json!(format!("{}+00:00", moment.to_sql()))
            }
        }
        FieldValue::Json(document) => serde_json::from_str(&document.to_python()).unwrap(),
        FieldValue::Date(day) => json!(day.to_string()),
        FieldValue::Time(time) => json!(time.to_string()),
        FieldValue::Uuid(uuid) => json!(uuid.to_string()),
        other => plain(other),
    }
}

fn is_same(found: &Result<Value, QueryError>, expected: &Value) -> bool {
    match (found, expected.get("error").and_then(Value::as_str)) {
        (Ok(found), None) => found == expected,
        // What a set operation does not take is an error of the database in Django.
        (Err(QueryError::RefusedCall { .. }), Some(_)) => true,
        (Err(QueryError::Database(_) | QueryError::NothingUpdated(_)), Some(error)) => {
            error == "DatabaseError"
        }
        (Err(_), Some(error)) => error != "DatabaseError",
        _ => false,
    }
}

#[test]
fn rows_are_made_changed_and_deleted_as_django_does() {
    let recorded: Value = serde_json::from_str(ANSWERS).unwrap();
    let library = Library::of(
        MODELS,
        "Europe/Vienna",
        recorded["schema"].as_array().unwrap(),
    );
    let (registry, connection) = (&library.registry, &library.connection);
    connection.execute("PRAGMA foreign_keys = on", &[]).unwrap();
    let stock = Stock {
        registry,
        connection,
    };
    let cases = Document::parse(Path::new("writes.toml"), CASES).unwrap();
    let cases = list(cases.root().get("write").unwrap());
    let answers = recorded["writes"].as_array().unwrap();
    assert_eq!(cases.len(), answers.len());
    let mut wrong = Vec::new();
    for (case, answer) in cases.iter().zip(answers) {
        let table = case.as_table().unwrap();
        let line = case.origin.location().line;
        let outcome = connection.transaction(|_| {
            let document::Value::Integer(tops) = &table.get("tops").unwrap().value else {
                panic!()
            };
            for letter in ["a", "b", "c"].iter().take((*tops).try_into().unwrap()) {
                let values = [
                    ("name", (*letter).to_owned()),
                    ("code", format!("code {letter}")),
                ];
                let values =
                    values.map(|(name, text)| FieldAssignment::new(name, FieldValue::Text(text)));
                stock.rows("Top").create(connection, values)?;
            }
            let steps = list(table.get("steps").unwrap());
            for (index, step) in steps.iter().enumerate() {
                let found = stock.tried(step.as_table().unwrap());
                let expected = &answer["results"][index];
                if !is_same(&found, expected) {
                    wrong.push(format!("{line}, step {index}: {found:?}, not {expected}"));
                }
            }
            for name in texts(table.get("after").unwrap()) {
                let (found, expected) = (stock.table(&name), &answer["after"][&name]);
                if found != *expected {
                    wrong.push(format!("{line}, {name}: {found}, not {expected}"));
                }
            }
            Err::<(), _>(QueryError::NoFields)
        });
        outcome.unwrap_err();
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}
