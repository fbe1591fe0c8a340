//! Forms of models beside those of a recorded Django (`tests/parity/record_model_forms.py`).

use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value as Json};

use crate::apps::{App, AppLabel, AppSource, Apps};
use crate::clock::Zone;
use crate::db::{Connections, Database, DatabaseAlias, SqlValue};
use crate::document::Problems;
use crate::forms::layout::FormLayout;
use crate::forms::tests::squashed_lines as squashed;
use crate::forms::{
    Form, FormDatabase, FormDefinition, FormValue, MediaStorage, ModelForm, load_forms,
};
use crate::http::percent::{encode, safe};
use crate::http::{FormData, QueryDict};
use crate::models::{ModelKey, Registry};
use crate::query::{Query, QuerySet};
use crate::values::{FieldValue, to_text};

const MODELS: &str = include_str!("../../../tests/parity/forms/models.toml");
const RECORDED: &str = include_str!("../../../tests/parity/golden/model_forms.json");

/// The models and rows of the recording, for one test.
struct Site {
    database: Arc<FormDatabase>,
    apps: Apps,
    zone: Zone,
    folder: tempfile::TempDir,
}

impl Site {
    fn new(recorded: &Json) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("models.toml"), MODELS).unwrap();
        let apps = Apps::new(vec![App {
            label: AppLabel::new("app").unwrap(),
            source: AppSource::Disk(folder.path().to_owned()),
        }]);
        let zone = Zone::named(recorded["zone"].as_str().unwrap()).unwrap();
        let registry = Registry::read(&apps, &ModelKey::new("auth", "User")).unwrap();
        let registry = Arc::new(registry.with_time_zone(zone.clone()));
        let file = Database::new(folder.path().join("db.sqlite3"), Duration::from_secs(5));
        file.open_for_migrations().unwrap().commit().unwrap();
        let databases = BTreeMap::from([(DatabaseAlias::default(), file)]);
        let connections = Arc::new(Connections::new(databases));
        let media = MediaStorage {
            root: folder.path().join("media"),
            url: "/media/".to_owned(),
        };
        let database = FormDatabase::new(&registry, &connections, media);
        let site = Self {
            database,
            apps,
            zone,
            folder,
        };
        site.fill(recorded["script"].as_array().unwrap());
        site
    }

    fn fill(&self, script: &[Json]) {
        let connection = self
            .database
            .connections
            .get(&DatabaseAlias::default())
            .unwrap();
        connection
            .execute("PRAGMA foreign_keys = off", &[])
            .unwrap();
        for statement in script {
            connection
                .execute(statement.as_str().unwrap(), &[])
                .unwrap();
        }
        connection.execute("PRAGMA foreign_keys = on", &[]).unwrap();
    }

    /// The form of `model` that `declared` describes, read from `forms.toml`.
    fn definition(&self, model: &str, declared: &str) -> Arc<FormDefinition> {
        let text = format!("[Sample]\nmodel = 'app.{model}'\n{declared}\n");
        fs::write(self.folder.path().join("forms.toml"), text).unwrap();
        let problems = Problems::default();
        let registry = &self.database.registry;
        let forms = load_forms(&self.apps, Some(registry), &self.zone, &problems);
        problems.finish(()).unwrap();
        Arc::clone(forms.get("app.Sample").unwrap())
    }

    fn form(&self, definition: &Arc<FormDefinition>, key: &Json) -> ModelForm {
        let Some(key) = key.as_i64() else {
            return ModelForm::create(definition, &self.database).unwrap();
        };
        let model = definition.model().unwrap();
        let query = QuerySet::new(&self.database.registry, Query::of(model)).unwrap();
        let rows = self
            .database
            .with(|connection| query.instances(connection))
            .unwrap();
        let row = rows
            .into_iter()
            .find(|row| *row.key() == FieldValue::Integer(key));
        ModelForm::update(definition, &self.database, row.unwrap()).unwrap()
    }

    /// What the recorder reads of a table: by column, or, of a table between, without the key.
    fn rows(&self, table: &str, by_column: bool) -> Json {
        let connection = self
            .database
            .connections
            .get(&DatabaseAlias::default())
            .unwrap();
        let columns: Vec<String> = connection
            .column(
                &format!("SELECT name FROM pragma_table_info('{table}') ORDER BY cid"),
                &[],
            )
            .unwrap();
        let rows = connection
            .query(&format!("SELECT * FROM {table} ORDER BY 1"), &[])
            .unwrap();
        let mut rows: Vec<Json> = rows
            .into_iter()
            .map(|row| {
                let values = row.into_values().into_iter().map(plain);
                if by_column {
                    let pairs: Map<_, _> = columns.iter().cloned().zip(values).collect();
                    return Json::Object(pairs);
                }
                Json::Array(values.skip(1).collect())
            })
            .collect();
        if !by_column {
            rows.sort_by_key(ToString::to_string);
        }
        Json::Array(rows)
    }
}

fn plain(value: SqlValue) -> Json {
    match value {
        SqlValue::Null => Json::Null,
        SqlValue::Integer(number) => number.into(),
        SqlValue::Real(number) => number.into(),
        SqlValue::Text(text) => text.into(),
        SqlValue::Blob(bytes) => format!("{bytes:?}").into(),
    }
}

fn data(sent: &Json) -> FormData {
    let mut pairs = Vec::new();
    for (name, value) in sent.as_object().into_iter().flatten() {
        let values = value
            .as_array()
            .cloned()
            .unwrap_or_else(|| vec![value.clone()]);
        for value in values {
            let value = encode(value.as_str().unwrap(), safe::NOTHING);
            pairs.push(format!("{name}={value}"));
        }
    }
    FormData::from(Arc::new(QueryDict::parse(&pairs.join("&"), 100).unwrap()))
}

fn errors(form: &Form) -> Json {
    let messages = |errors: &[crate::forms::ValidationError]| -> Json {
        errors.iter().map(|error| error.message.as_str()).collect()
    };
    let of_fields = form
        .fields()
        .iter()
        .map(|field| (field.name(), form.errors(field.name())));
    let all = of_fields.chain([("__all__", form.non_field_errors())]);
    let some = all.filter(|(_, errors)| !errors.is_empty());
    let pairs: Map<_, _> = some
        .map(|(name, errors)| (name.to_owned(), messages(errors)))
        .collect();
    Json::Object(pairs)
}

fn cleaned(value: &FormValue) -> Json {
    let text = |value: &FieldValue| match value {
        FieldValue::Null => Json::from("null"),
        FieldValue::Boolean(value) => Json::from(value.to_string()),
        FieldValue::Moment(moment) => Json::from(format!("{}+00:00", moment.to_sql())),
        FieldValue::Json(document) => Json::from(document.to_python_unicode()),
        value => Json::from(to_text(value)),
    };
    match value {
        FormValue::Value(value) => text(value),
        FormValue::List(values) => {
            let mut texts: Vec<_> = values.iter().map(text).collect();
            texts.sort_by_key(ToString::to_string);
            Json::Array(texts)
        }
        other => panic!("{other:?}"),
    }
}

fn recorded() -> Json {
    serde_json::from_str(RECORDED).unwrap()
}

/// Notes where `found` is not what Django has.
fn compare(wrong: &mut Vec<String>, what: &str, django: &Json, found: &Json) {
    if django != found {
        wrong.push(format!("{what}\n  Django {django}\n  djr    {found}"));
    }
}

#[test]
fn every_field_of_a_model_makes_the_field_of_django() {
    let recorded = recorded();
    let site = Site::new(&recorded);
    let mut wrong = Vec::new();
    let all = recorded["fields"].as_array().unwrap();
    for row in all {
        let name = row["field"].as_str().unwrap();
        if row["form_field"].is_null() {
            let definition = site.definition("Everything", "exclude = []");
            assert!(
                definition.fields().iter().all(|field| field.name() != name),
                "{name}"
            );
            continue;
        }
        let definition = site.definition("Everything", &format!("fields = ['{name}']"));
        let field = &definition.fields()[0];
        compare(
            &mut wrong,
            name,
            &row["form_field"],
            &field.kind().class_name().into(),
        );
        compare(
            &mut wrong,
            name,
            &row["widget"],
            &field.widget.class.name().into(),
        );
        compare(&mut wrong, name, &row["required"], &field.required.into());
        let html = ModelForm::create(&definition, &site.database).unwrap().form;
        compare(
            &mut wrong,
            name,
            &row["as_div"],
            &squashed(&html.html(FormLayout::Div)).into(),
        );
        for sent in row["rows"].as_array().unwrap() {
            let what = format!("{name} <- {}", sent["sent"]);
            let value = match &sent["sent"] {
                Json::Null => Json::Null,
                value => serde_json::json!({ name: value }),
            };
            let form = ModelForm::create(&definition, &site.database)
                .unwrap()
                .bind(data(&value))
                .unwrap();
            compare(&mut wrong, &what, &sent["errors"], &errors(&form.form));
            let found = form.form.value(name).filter(|_| !sent["cleaned"].is_null());
            compare(
                &mut wrong,
                &what,
                &sent["cleaned"],
                &found.map_or(Json::Null, cleaned),
            );
        }
    }
    assert!(
        wrong.is_empty(),
        "{} differ\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(all.len() > 40);
}

#[test]
fn forms_of_models_refuse_and_save_as_django() {
    let recorded = recorded();
    let mut wrong = Vec::new();
    for case in recorded["answers"].as_array().unwrap() {
        let site = Site::new(&recorded);
        let declared = case["declared"].as_str().unwrap();
        let definition = site.definition(case["model"].as_str().unwrap(), declared);
        let what = format!(
            "{} {declared:?} {} <- {}",
            case["model"], case["key"], case["sent"]
        );
        let form = site.form(&definition, &case["key"]);
        compare(
            &mut wrong,
            &what,
            &case["unbound"],
            &squashed(&form.form.html(FormLayout::Div)).into(),
        );
        let mut form = form.bind(data(&case["sent"])).unwrap();
        if form.is_valid() {
            form.save().unwrap();
        }
        compare(&mut wrong, &what, &case["errors"], &errors(&form.form));
        compare(
            &mut wrong,
            &what,
            &case["bound"],
            &squashed(&form.form.html(FormLayout::Div)).into(),
        );
        if let Some(tables) = case["stored"].as_object().filter(|_| form.is_valid()) {
            for (index, (table, rows)) in tables.iter().enumerate() {
                compare(&mut wrong, &what, rows, &site.rows(table, index == 0));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} differ\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
