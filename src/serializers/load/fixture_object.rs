//! The objects of a fixture, one at a time.

use std::cell::Cell;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use crate::json::{Json, JsonError, JsonReader};
use crate::serializers::{Fixture, FixtureFormat, LoadError, ObjectLocation, ObjectProblem};

/// Bytes between two reports.
const PROGRESS_INTERVAL: u64 = 256 * 1024;

/// An object as it stands in a fixture.
#[derive(Clone, Debug)]
pub(super) struct FixtureObject {
    pub(super) path: Arc<Path>,
    pub(super) line: usize,
    pub(super) number: usize,
    pub(super) model: String,
    /// None where there is no `pk`.
    pub(super) key: Option<Json>,
    pub(super) fields: Vec<(String, Json)>,
}

impl FixtureObject {
    /// The error that `problem` is with it.
    pub(super) fn error(&self, problem: ObjectProblem) -> LoadError {
        LoadError::Object {
            place: Box::new(ObjectLocation {
                path: self.path.to_path_buf(),
                line: self.line,
                number: self.number,
                object: self.key_text(),
            }),
            problem: Box::new(problem),
        }
    }

    /// The model and the key: `auth.user 7`.
    fn key_text(&self) -> String {
        match &self.key {
            None | Some(Json::Null) => self.model.clone(),
            Some(Json::String(key)) => format!("{} {key}", self.model),
            Some(key) => format!("{} {}", self.model, key.preview()),
        }
    }
}

/// Hands every object of `fixture` to `take`.
pub(super) fn for_each_object(
    fixture: &Fixture,
    progress: &mut dyn FnMut(u64),
    mut take: impl FnMut(FixtureObject) -> Result<(), LoadError>,
) -> Result<(), LoadError> {
    let path: Arc<Path> = fixture.path.as_path().into();
    let failed = |error| LoadError::json(&path, error);
    let file = fixture.open().map_err(|error| failed(error.into()))?;
    let count = Cell::new(0);
    let counted = CountingReader {
        source: file,
        count: &count,
    };
    // The object and its fields; a document in a field belongs to whoever reads it.
    let mut reader = JsonReader::new(fixture.compression.reader(counted)).unique_keys(2);
    let is_list = fixture.format == FixtureFormat::Json;
    if is_list && !reader.take(b'[').map_err(failed)? {
        // What a full disk leaves of a backup must not look restored.
        let message = if reader.is_at_end().map_err(failed)? {
            "this is empty; a fixture without objects is `[]`"
        } else {
            "a fixture is a list of objects, in `[` and `]`"
        };
        return Err(failed(reader.malformed(message)));
    }
    let mut number = 0;
    while follows(&mut reader, is_list, number).map_err(failed)? {
        number += 1;
        let line = reader.line();
        let value = reader.value().map_err(failed)?;
        let object = object(&path, line, number, value)?;
        take(object)?;
        if count.get() > PROGRESS_INTERVAL {
            progress(count.take());
        }
    }
    progress(count.take());
    if reader.is_at_end().map_err(failed)? {
        return Ok(());
    }
    Err(failed(
        reader.malformed("there is more behind the end of the list"),
    ))
}

/// Whether another object follows the first `number` of them.
fn follows(
    reader: &mut JsonReader<impl Read>,
    is_list: bool,
    number: usize,
) -> Result<bool, JsonError> {
    if !is_list {
        return Ok(!reader.is_at_end()?);
    }
    if reader.take(b']')? {
        return Ok(false);
    }
    if number > 0 && !reader.take(b',')? {
        return Err(reader.malformed("`,` or `]` is expected behind an object"));
    }
    // The line is that of the object, not of the comma.
    reader.peek()?;
    Ok(true)
}

fn object(
    path: &Arc<Path>,
    line: usize,
    number: usize,
    value: Json,
) -> Result<FixtureObject, LoadError> {
    let mut object = FixtureObject {
        path: Arc::clone(path),
        line,
        number,
        model: String::new(),
        key: None,
        fields: Vec::new(),
    };
    let wrong = |object: &FixtureObject, message: &str| {
        object.error(ObjectProblem::Shape(message.to_owned()))
    };
    let Json::Object(pairs) = value else {
        return Err(wrong(
            &object,
            "an object with `model` and `fields` is expected",
        ));
    };
    let (mut model, mut fields) = (None, None);
    for (name, value) in pairs {
        match (name.as_str(), value) {
            ("model", Json::String(name)) => model = Some(name),
            ("pk", key) => object.key = Some(key),
            ("fields", Json::Object(pairs)) => fields = Some(pairs),
            _ => {}
        }
    }
    object.model = model.ok_or_else(|| wrong(&object, "it has no `model`"))?;
    object.fields = fields.ok_or_else(|| wrong(&object, "it has no `fields`"))?;
    Ok(object)
}

/// A stream that counts what is read from it.
struct CountingReader<'c, R> {
    source: R,
    count: &'c Cell<u64>,
}

impl<R: Read> Read for CountingReader<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.source.read(buffer)?;
        self.count.set(self.count.get() + length as u64);
        Ok(length)
    }
}
