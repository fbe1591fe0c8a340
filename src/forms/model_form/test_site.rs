//! A site with models and rows of a recording, for tests.

use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value as Json};

use crate::apps::{App, AppLabel, AppSource, Apps};
use crate::clock::Zone;
use crate::db::{Connections, Database, DatabaseAlias, SqlValue};
use crate::document::Problems;
use crate::forms::{FormDatabase, FormDefinition, Forms, ModelForm, load_forms, no_code};
use crate::http::percent::{encode, safe};
use crate::http::{FormData, QueryDict};
use crate::models::{ModelKey, Registry};
use crate::query::{Query, QuerySet};
use crate::settings::Settings;
use crate::storage::{FileCleaner, Storages};
use crate::values::FieldValue;

/// Where the files of its rows are.
const STORAGES: &str = "
[storages.default]
max_file_size = 1000
[storages.archive]
location = 'archive'
keep = true
";

/// The models and rows of the recording, for one test.
pub(in crate::forms) struct Site {
    pub(in crate::forms) database: Arc<FormDatabase>,
    apps: Apps,
    zone: Zone,
    folder: tempfile::TempDir,
}

impl Site {
    /// The site of the models that `models` declares, with the rows that `script` makes.
    pub(in crate::forms) fn new(models: &str, zone: &str, script: &[Json]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("models.toml"), models).unwrap();
        let apps = Apps::new(vec![App {
            label: AppLabel::new("app").unwrap(),
            source: AppSource::Disk(folder.path().to_owned()),
        }]);
        let zone = Zone::named(zone).unwrap();
        let registry = Registry::read(&apps, &ModelKey::new("auth", "User")).unwrap();
        let settings = Settings::parse(STORAGES).unwrap();
        let storages = Storages::new(&settings.storages.files, folder.path(), None).unwrap();
        let storages = Arc::new(storages);
        let cleaner = FileCleaner::new(Arc::clone(&storages), |error| panic!("{error}"));
        let registry = registry.with_time_zone(zone.clone());
        let registry = Arc::new(registry.with_file_observer(Arc::new(cleaner)));
        let file = Database::new(folder.path().join("db.sqlite3"), Duration::from_secs(5));
        file.open_for_migrations().unwrap().commit().unwrap();
        let databases = BTreeMap::from([(DatabaseAlias::default(), file)]);
        let connections = Arc::new(Connections::new(databases));
        let database = FormDatabase::new(&registry, &connections, &storages);
        let site = Self {
            database,
            apps,
            zone,
            folder,
        };
        site.fill(script);
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

    /// The directory of all.
    pub(in crate::forms) fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Changes the database as another program would.
    pub(in crate::forms) fn execute(&self, statement: &str) {
        let connection = self.database.connections.get(&DatabaseAlias::default());
        connection.unwrap().execute(statement, &[]).unwrap();
    }

    /// The forms that a `forms.toml` declares.
    pub(in crate::forms) fn forms(&self, text: &str) -> Forms {
        fs::write(self.folder.path().join("forms.toml"), text).unwrap();
        let problems = Problems::default();
        let registry = &self.database.registry;
        let forms = load_forms(&self.apps, Some(registry), &self.zone, &no_code, &problems);
        problems.finish(()).unwrap();
        forms
    }

    /// What is wrong with a `forms.toml`.
    pub(in crate::forms) fn findings(&self, text: &str) -> Vec<String> {
        fs::write(self.folder.path().join("forms.toml"), text).unwrap();
        let problems = Problems::default();
        let registry = &self.database.registry;
        load_forms(&self.apps, Some(registry), &self.zone, &no_code, &problems);
        let found = problems.finish(()).err().into_iter();
        found
            .flat_map(crate::diagnostic::Findings::into_inner)
            .map(|finding| finding.message)
            .collect()
    }

    /// What the recorder reads of a table: by column, or, of a table between, without the key.
    pub(in crate::forms) fn rows(&self, table: &str, by_column: bool) -> Json {
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

/// What a browser sends for these values.
pub(in crate::forms) fn data(sent: &Json) -> FormData {
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

/// Notes where `found` is not what Django has.
pub(in crate::forms) fn compare(wrong: &mut Vec<String>, what: &str, django: &Json, found: &Json) {
    if django != found {
        wrong.push(format!("{what}\n  Django {django}\n  djr    {found}"));
    }
}

/// The form of `app.{model}` that `declared` describes, read from `forms.toml`.
pub(in crate::forms) fn sample_form(
    site: &Site,
    model: &str,
    declared: &str,
) -> Arc<FormDefinition> {
    let text = format!("[Sample]\nmodel = 'app.{model}'\n{declared}\n");
    Arc::clone(site.forms(&text).get("app.Sample").unwrap())
}

/// The form of the row of this key, or of a new one.
pub(in crate::forms) fn form_of_row(
    site: &Site,
    definition: &Arc<FormDefinition>,
    key: &Json,
) -> ModelForm {
    let Some(key) = key.as_i64() else {
        return ModelForm::create(definition, &site.database).unwrap();
    };
    let model = definition.model().unwrap();
    let query = QuerySet::new(&site.database.registry, Query::of(model)).unwrap();
    let rows = site.database.with(|connection| query.instances(connection));
    let mut rows = rows.unwrap().into_iter();
    let row = rows.find(|row| *row.key() == FieldValue::Integer(key));
    ModelForm::update(definition, &site.database, row.unwrap()).unwrap()
}
