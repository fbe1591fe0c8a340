//! What a dump holds, in which order, and how it is written.
//!
//! 1. [`Dump::plan`] finds the models that were asked for and compiles one question for each.
//! 2. [`Dump::check`] makes sure that all tables are there, before the first byte is written.
//! 3. [`Dump::write`] reads row by row and writes batch by batch: memory stays bounded.

mod many_to_many;
mod model_source;
mod sort_dependencies;

use std::io::Write;

use crate::clock::Zone;
use crate::db::sql::{SelectStatement, SqlExpression, SqlStatement as _};
use crate::db::{Connection, SqlValue};
use crate::diagnostic::{Finding, Findings};
use crate::json::{JsonStyle, JsonWriter};
use crate::models::{Model, ModelSet as _, ReferenceError, Registry};
use crate::query::QueryError;
use crate::serializers::dump::model_source::{DumpedRow, ModelSource};
use crate::serializers::dump::sort_dependencies::sort_dependencies;
use crate::serializers::{DumpError, FixtureFormat};
use crate::values::{from_text, to_column};

/// Rows between two writes.
const BATCH_SIZE: usize = 500;

/// How objects are written.
#[derive(Clone, Copy, Debug)]
pub struct DumpOptions {
    /// The format.
    pub format: FixtureFormat,
    /// Spaces for each level.
    pub indent: Option<usize>,
    /// Whether references name rows by natural keys.
    pub natural_foreign: bool,
    /// Whether rows that have a natural key are written without their primary key.
    pub natural_primary: bool,
}

/// Which rows are written: `app` and `app.Model`, and the primary keys of one model.
#[derive(Clone, Debug, Default)]
pub struct DumpSelection {
    /// What is written; empty for all.
    pub labels: Vec<String>,
    /// What is left out.
    pub excluded: Vec<String>,
    /// The primary keys, if not all.
    pub keys: Option<Vec<String>>,
}

/// A dump, planned.
#[derive(Debug)]
pub struct Dump<'r> {
    options: DumpOptions,
    tables: Vec<ModelSource<'r>>,
}

impl<'r> Dump<'r> {
    /// Plans a dump of what `selection` names among the models of the apps `labels`.
    ///
    /// Fails with all labels that name nothing.
    pub fn plan<'l>(
        registry: &'r Registry,
        labels: impl Iterator<Item = &'l str>,
        selection: &DumpSelection,
        options: DumpOptions,
    ) -> Result<Self, Findings> {
        let labels: Vec<_> = labels.collect();
        let mut models = selected(registry, &labels, selection)?;
        if options.natural_foreign {
            models = sort_dependencies(registry, models);
        }
        let keys = match &selection.keys {
            Some(keys) => Some(primary_keys(registry, &models, keys)?),
            None => None,
        };
        let tables = models.iter().map(|model| {
            let table = ModelSource::new(registry, model, options, keys.clone());
            table.map_err(|error| unreadable_model(model, &error))
        });
        Ok(Self {
            options,
            tables: tables.collect::<Result<_, _>>()?,
        })
    }

    /// Makes sure that every table is there; returns how many rows there are, `--pks` aside.
    pub fn check(&self, connection: &Connection) -> Result<usize, DumpError> {
        let mut total = 0;
        for table in &self.tables {
            for (index, name) in table.tables().enumerate() {
                let rows = SelectStatement::from(&name).select(SqlExpression::count_rows());
                let count = match rows.column_values::<i64>(connection) {
                    Err(error) if error.is_missing_table() => {
                        return Err(DumpError::MissingTable {
                            model: table.label().to_owned(),
                            table: name,
                        });
                    }
                    counted => counted?.first().copied().unwrap_or_default(),
                };
                if index == 0 {
                    total += usize::try_from(count).unwrap_or_default();
                }
            }
        }
        Ok(total)
    }

    /// Writes all objects to `out`, telling `progress` how many more are done; returns their number.
    ///
    /// To be called within a [`Connection::snapshot`], so that all rows are of one moment.
    pub fn write(
        &self,
        connection: &Connection,
        out: &mut dyn Write,
        progress: &mut dyn FnMut(usize),
    ) -> Result<usize, DumpError> {
        let mut fixture = FixtureWriter::new(self.options, out);
        fixture.begin();
        for table in &self.tables {
            let mut batch: Vec<DumpedRow> = Vec::with_capacity(BATCH_SIZE);
            let mut flush = |batch: &mut Vec<DumpedRow>| {
                let done = batch.len();
                let many_to_many = table.many_to_many(connection, batch)?;
                for row in batch.drain(..) {
                    fixture.write_object(|writer| table.write(&row, &many_to_many, writer));
                }
                fixture.flush()?;
                progress(done);
                Ok::<_, DumpError>(())
            };
            let statement = table.statement().compile(connection.dialect());
            statement.for_each_in_place(connection, &[], |row| {
                batch.push(table.read(row)?);
                if batch.len() == BATCH_SIZE {
                    flush(&mut batch)?;
                }
                Ok::<_, DumpError>(())
            })?;
            flush(&mut batch)?;
        }
        fixture.end()
    }
}

/// The text around the objects, and the stream it all goes to.
struct FixtureWriter<'o> {
    format: FixtureFormat,
    /// Whether every object begins on a line of its own; not so with an indent of 0, as in Django.
    lines: bool,
    writer: JsonWriter,
    out: &'o mut dyn Write,
    count: usize,
}

impl<'o> FixtureWriter<'o> {
    fn new(options: DumpOptions, out: &'o mut dyn Write) -> Self {
        let style = match options.format {
            FixtureFormat::Json => JsonStyle {
                indent: options.indent,
                ..JsonStyle::COMPACT
            },
            FixtureFormat::Jsonl => JsonStyle {
                comma: ",",
                ..JsonStyle::COMPACT
            },
        };
        Self {
            format: options.format,
            lines: options.indent.is_some_and(|indent| indent > 0),
            writer: JsonWriter::new(style),
            out,
            count: 0,
        }
    }

    fn begin(&mut self) {
        if self.format == FixtureFormat::Json {
            self.writer.raw("[");
        }
    }

    fn write_object(&mut self, write: impl FnOnce(&mut JsonWriter)) {
        if self.format == FixtureFormat::Json {
            let comma = if self.lines { "," } else { ", " };
            self.writer.raw(if self.count > 0 { comma } else { "" });
            self.writer.raw(if self.lines { "\n" } else { "" });
        }
        write(&mut self.writer);
        if self.format == FixtureFormat::Jsonl {
            self.writer.raw("\n");
        }
        self.count += 1;
    }

    fn flush(&mut self) -> Result<(), DumpError> {
        let written = self.out.write_all(self.writer.written());
        self.writer.clear();
        written.map_err(DumpError::Output)
    }

    fn end(mut self) -> Result<usize, DumpError> {
        if self.format == FixtureFormat::Json {
            self.writer.raw(if self.lines { "\n]\n" } else { "]" });
        }
        self.flush()?;
        self.out.flush().map_err(DumpError::Output)?;
        Ok(self.count)
    }
}

/// The models of a project, by the labels a user types.
struct ModelLabels<'r, 'l> {
    registry: &'r Registry,
    labels: Vec<&'l str>,
}

impl<'r> ModelLabels<'r, '_> {
    /// The models that `label` names: those of an app, or one.
    fn find(&self, label: &str) -> Result<Vec<&'r Model>, Finding> {
        if self.labels.contains(&label) {
            let models = self.all().filter(|model| model.app_label == label);
            return Ok(models.collect());
        }
        let named = |model: &&Model| {
            let full = model.label();
            full.eq_ignore_ascii_case(label)
        };
        if let Some(model) = self.all().find(named) {
            return Ok(vec![model]);
        }
        let app = label.split('.').next().unwrap_or(label);
        let (what, code) = if label.contains('.') && self.labels.contains(&app) {
            ("model", "unknown-model")
        } else {
            ("installed app", "unknown-app")
        };
        let finding = Finding::error(code, format!("there is no {what} `{label}`"));
        let models: Vec<_> = self.all().map(Model::label).collect();
        let known = models.iter().map(String::as_str);
        Err(finding.suggest(label, known.chain(self.labels.iter().copied())))
    }

    fn all(&self) -> impl Iterator<Item = &'r Model> {
        let registry = self.registry;
        let kept =
            |model: &&Model| model.options.proxy_for.is_none() && !registry.is_swapped(model);
        registry.models().filter(kept)
    }
}

/// The models that `wanted` names, as `app` or `app.Model`, among those of the apps `labels`.
///
/// Fails with all labels that name nothing.
pub fn models_named<'r, 'l>(
    registry: &'r Registry,
    labels: impl Iterator<Item = &'l str>,
    wanted: &[String],
) -> Result<Vec<&'r Model>, Findings> {
    let names = ModelLabels {
        registry,
        labels: labels.collect(),
    };
    let (mut models, mut problems) = (Vec::new(), Vec::new());
    for label in wanted {
        match names.find(label) {
            Ok(found) => models.extend(found),
            Err(finding) => problems.push(finding),
        }
    }
    Findings::new(problems).map_or(Ok(models), Err)
}

fn selected<'r>(
    registry: &'r Registry,
    labels: &[&str],
    selection: &DumpSelection,
) -> Result<Vec<&'r Model>, Findings> {
    let all: Vec<_> = labels.iter().map(|label| (*label).to_owned()).collect();
    let wanted = match &*selection.labels {
        [] => &*all,
        wanted => wanted,
    };
    let named = |wanted: &[String]| models_named(registry, labels.iter().copied(), wanted);
    let (excluded, wanted) = (named(&selection.excluded)?, named(wanted)?);
    let is_one =
        |models: &[&Model], model: &Model| models.iter().any(|other| other.key() == model.key());
    let mut models: Vec<&Model> = Vec::new();
    for model in wanted {
        if !is_one(&excluded, model) && !is_one(&models, model) {
            models.push(model);
        }
    }
    Ok(models)
}

fn primary_keys(
    registry: &Registry,
    models: &[&Model],
    keys: &[String],
) -> Result<Vec<SqlValue>, Findings> {
    let [model] = models else {
        let finding = Finding::error("several-models", "`--pks` needs exactly one model");
        return Err(finding
            .hint("name it: `djr dumpdata app.Model --pks 1,2`")
            .into());
    };
    let key = model.primary_key();
    let kind = key.map(|key| registry.value_kind(key)).transpose();
    let kind = kind.map_err(|error| unreadable_model(model, &error.into()))?;
    let read = |text: &String| {
        let kind = kind.ok_or_else(|| {
            unreadable_model(model, &ReferenceError::NoPrimaryKey(model.key()).into())
        })?;
        let value = from_text(kind, text, &Zone::utc());
        value.map(|value| to_column(&value)).map_err(|expected| {
            let message = format!(
                "`{text}` is not a primary key of `{}`: not {expected}",
                model.key()
            );
            Finding::error("wrong-key", message).into()
        })
    };
    keys.iter().map(read).collect()
}

fn unreadable_model(model: &Model, error: &QueryError) -> Findings {
    Finding::error(
        "wrong-model",
        format!("`{}` cannot be read: {error}", model.key()),
    )
    .into()
}
