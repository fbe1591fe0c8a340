//! Rows of named values, from CSV, a JSON list or JSON lines, each with the line it stands in.

use std::io::Read;
use std::path::Path;

use crate::json::{Json, JsonError, JsonReader};

/// How rows are written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum RecordFormat {
    /// Comma-separated values, the names in the first line (RFC 4180).
    Csv,
    /// A list of objects.
    Json,
    /// One object in each line.
    JsonLines,
}

impl RecordFormat {
    /// Every format and its name.
    pub const ALL: [(&'static str, Self); 3] = [
        ("csv", Self::Csv),
        ("json", Self::Json),
        ("jsonl", Self::JsonLines),
    ];

    /// The format of this name.
    pub fn named(name: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|(known, _)| *known == name)
            .map(|(_, format)| format)
    }

    /// The format that the ending of a file's name tells.
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_lowercase();
        Self::named(if ending == "ndjson" { "jsonl" } else { &ending })
    }
}

/// A row: its line, counted from 1, and its values by name.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportRecord {
    /// The line it begins in.
    pub line: usize,
    /// Names and values, in order; those of CSV are text.
    pub values: Vec<(String, Json)>,
}

/// Why rows cannot be read any further.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct RecordError {
    /// The line.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

impl RecordError {
    fn new(line: usize, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { line, message }
    }
}

impl From<JsonError> for RecordError {
    fn from(error: JsonError) -> Self {
        match error {
            JsonError::Malformed { line, message } => Self::new(line, message),
            JsonError::Unreadable(error) => Self::new(0, error.to_string()),
        }
    }
}

/// Hands over the rows of `source` until `each` fails; a row that cannot be read is handed over as its error.
pub fn read_records<E: From<RecordError>>(
    source: impl Read,
    format: RecordFormat,
    mut each: impl FnMut(Result<ImportRecord, RecordError>) -> Result<(), E>,
) -> Result<(), E> {
    match format {
        RecordFormat::Csv => read_csv(source, &mut each),
        RecordFormat::Json => read_list(JsonReader::new(source), &mut each),
        RecordFormat::JsonLines => read_lines(JsonReader::new(source), &mut each),
    }
}

type Each<'e, E> = &'e mut dyn FnMut(Result<ImportRecord, RecordError>) -> Result<(), E>;

fn read_csv<E: From<RecordError>>(mut source: impl Read, each: Each<'_, E>) -> Result<(), E> {
    let mut bytes = Vec::new();
    let read = source.read_to_end(&mut bytes);
    read.map_err(|error| RecordError::new(0, error.to_string()))?;
    let mut lines = RowLines::new(&bytes);
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(bytes.as_slice());
    let names: Vec<String> = match reader.headers() {
        Ok(names) => names.iter().map(ToOwned::to_owned).collect(),
        Err(error) => return Err(RecordError::new(1, error.to_string()).into()),
    };
    for row in reader.records() {
        let position = match &row {
            Ok(row) => row.position(),
            Err(error) => error.position(),
        };
        let line = lines.of(position);
        each(
            row.map_err(|error| wrong_csv(&error, line))
                .and_then(|row| {
                    if row.len() != names.len() {
                        let (values, columns) = (row.len(), names.len());
                        let message =
                            format!("this row has {values} values, the first line {columns} names");
                        return Err(RecordError::new(line, message));
                    }
                    let values = row.iter().map(|text| Json::String(text.to_owned()));
                    let values = names.iter().cloned().zip(values).collect();
                    Ok(ImportRecord { line, values })
                }),
        )?;
    }
    Ok(())
}

/// The lines that rows begin in. The reader's own count stops before the line break of the row above.
struct RowLines<'b> {
    bytes: &'b [u8],
    counted: usize,
    line: usize,
}

impl<'b> RowLines<'b> {
    fn new(bytes: &'b [u8]) -> Self {
        Self {
            bytes,
            counted: 0,
            line: 1,
        }
    }

    /// The line of the row at `position`, which is not before the last one.
    fn of(&mut self, position: Option<&csv::Position>) -> usize {
        let at = position.map(|position| usize::try_from(position.byte()).unwrap_or(usize::MAX));
        let at = at.unwrap_or(self.counted).min(self.bytes.len());
        let blank = |byte: &&u8| matches!(byte, b'\r' | b'\n');
        let blanks = self.bytes[at..].iter().take_while(blank).count();
        let passed = self
            .bytes
            .get(self.counted..at + blanks)
            .unwrap_or_default();
        self.line += passed.split(|byte| *byte == b'\n').count() - 1;
        self.counted = self.counted.max(at + blanks);
        self.line
    }
}

fn wrong_csv(error: &csv::Error, line: usize) -> RecordError {
    let message = match error.kind() {
        csv::ErrorKind::Utf8 { .. } => "this row is not UTF-8".to_owned(),
        _ => error.to_string(),
    };
    RecordError::new(line, message)
}

fn read_list<E: From<RecordError>>(
    mut reader: JsonReader<impl Read>,
    each: Each<'_, E>,
) -> Result<(), E> {
    if !reader.take(b'[').map_err(RecordError::from)? {
        return Err(
            RecordError::new(reader.line(), "this is not a list: it begins with `[`").into(),
        );
    }
    let mut first = true;
    while !reader.take(b']').map_err(RecordError::from)? {
        if !first && !reader.take(b',').map_err(RecordError::from)? {
            return Err(RecordError::new(reader.line(), "a `,` or `]` is missing").into());
        }
        first = false;
        read_object(&mut reader, each)?;
    }
    if reader.is_at_end().map_err(RecordError::from)? {
        return Ok(());
    }
    Err(RecordError::new(reader.line(), "something follows the list").into())
}

fn read_lines<E: From<RecordError>>(
    mut reader: JsonReader<impl Read>,
    each: Each<'_, E>,
) -> Result<(), E> {
    while !reader.is_at_end().map_err(RecordError::from)? {
        read_object(&mut reader, each)?;
    }
    Ok(())
}

fn read_object<E: From<RecordError>>(
    reader: &mut JsonReader<impl Read>,
    each: Each<'_, E>,
) -> Result<(), E> {
    reader.peek().map_err(RecordError::from)?;
    let line = reader.line();
    each(match reader.value().map_err(RecordError::from)? {
        Json::Object(values) => Ok(ImportRecord { line, values }),
        _ => Err(RecordError::new(line, "this is not an object")),
    })
}

#[cfg(test)]
mod tests {
    use super::{ImportRecord, RecordError, RecordFormat, read_records};
    use crate::json::Json;

    fn read(text: &str, format: RecordFormat) -> Result<Vec<String>, RecordError> {
        let mut rows = Vec::new();
        read_records(text.as_bytes(), format, |row| {
            rows.push(match row {
                Ok(ImportRecord { line, values }) => {
                    let values = values.iter().map(|(name, value)| match value {
                        Json::String(text) => format!("{name}={text}"),
                        other => format!("{name}={}", other.preview()),
                    });
                    format!("{line}: {}", values.collect::<Vec<_>>().join(" "))
                }
                Err(error) => format!("{}! {error}", error.line),
            });
            Ok::<_, RecordError>(())
        })?;
        Ok(rows)
    }

    #[test]
    fn knows_the_line_of_every_row() {
        let csv = "\u{feff}a,b\r\n1,\"x\ny\"\r\n\r\n2\r\n3,z\r\n";
        let rows = read(csv, RecordFormat::Csv).unwrap();
        let short = "5! this row has 1 values, the first line 2 names";
        assert_eq!(rows, ["2: a=1 b=x\ny", short, "6: a=3 b=z"]);
        let json = "[\n {\"a\": 1},\n\n {\"a\": true}, 7]\n";
        let rows = read(json, RecordFormat::Json).unwrap();
        assert_eq!(rows, ["2: a=1", "4: a=true", "4! this is not an object"]);
        let lines = "{\"a\": \"x\"}\n{\"a\": null}\n";
        let rows = read(lines, RecordFormat::JsonLines).unwrap();
        assert_eq!(rows, ["1: a=x", "2: a=null"]);
    }

    #[test]
    fn says_where_a_list_ends_too_soon() {
        for (text, line) in [
            ("{}", 1),
            ("[{}\n {}]", 2),
            ("[{}]\n\n x", 3),
            ("[{\"a\":", 1),
        ] {
            let error = read(text, RecordFormat::Json).unwrap_err();
            assert_eq!(error.line, line, "{text}: {error}");
        }
    }
}
