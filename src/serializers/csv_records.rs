//! Rows of comma-separated values (RFC 4180), or of values with semicolons or tabs between, as spreadsheets write them.

use std::io::Read;

use crate::json::Json;
use crate::serializers::import_record::{
    ColumnName, Each, ImportPart, ImportRecord, RecordError, RecordPosition,
};
use crate::text;

/// What may stand between values; the first one that parts the names is meant.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// Hands over the rows of `source`, whose first line names the columns.
pub(super) fn read<E: From<RecordError>>(
    mut source: impl Read,
    each: Each<'_, E>,
) -> Result<(), E> {
    let mut bytes = Vec::new();
    let read = source.read_to_end(&mut bytes);
    read.map_err(|error| RecordError::in_line(0, error.to_string()))?;
    let columns = column_names(&bytes)?;
    let names: Vec<_> = columns.iter().map(|column| column.name.clone()).collect();
    each(Ok(ImportPart::Columns(columns)))?;
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .delimiter(separator(&bytes))
        .from_reader(bytes.as_slice());
    reader.headers().map_err(|error| wrong_row(&error, 1))?;
    let mut lines = RowLines::new(&bytes);
    let mut row = csv::StringRecord::new();
    loop {
        // An error of the reader does not know where its row begins.
        let start = reader.position().byte();
        let read = reader.read_record(&mut row);
        if let Ok(false) = read {
            return Ok(());
        }
        let line = lines.of(start);
        let read = read.map_err(|error| wrong_row(&error, line));
        let read = read.and_then(|_| record(&row, &names, line));
        each(read.map(ImportPart::Record))?;
    }
}

/// The separator that parts the names in the first line, outside of quotes.
fn separator(bytes: &[u8]) -> u8 {
    let mut lines = bytes.split(|byte| matches!(byte, b'\n' | b'\r'));
    let first = lines.find(|line| !line.is_empty()).unwrap_or_default();
    let mut quoted = false;
    let bare = first.iter().filter(|byte| {
        quoted ^= **byte == b'"';
        !quoted
    });
    let bare: Vec<_> = bare.copied().collect();
    let mut known = SEPARATORS.into_iter();
    known.find(|known| bare.contains(known)).unwrap_or(b',')
}

/// The names in the first line; each is there once.
fn column_names(bytes: &[u8]) -> Result<Vec<ColumnName>, RecordError> {
    // Spreadsheets call it Unicode.
    if text::is_utf16(bytes) {
        let error = RecordError::in_line(0, "this is UTF-16, not UTF-8");
        return Err(
            error.hint("save it as `CSV UTF-8`, or have `iconv -f UTF-16 -t UTF-8 FILE` write it")
        );
    }
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator(bytes))
        .from_reader(bytes);
    let names = reader.headers().map_err(|error| match error.kind() {
        csv::ErrorKind::Utf8 { .. } => {
            RecordError::in_line(1, "the first line is not UTF-8").hint("save it as `CSV UTF-8`")
        }
        _ => RecordError::in_line(1, error.to_string()),
    })?;
    let names: Vec<_> = names.iter().map(|name| name.trim().to_owned()).collect();
    if names.is_empty() {
        let message = "this is empty: the first line names the columns";
        return Err(RecordError::in_line(0, message));
    }
    let positions = positions(bytes, names.len());
    for (place, name) in names.iter().enumerate() {
        let wrong = |message| Err(RecordError::new(positions[place], message));
        if name.is_empty() {
            return wrong(format!("column {} has an empty name", place + 1));
        }
        if names[..place].contains(name) {
            let message = format!(
                "the first line names `{}` twice",
                text::escape_control(name)
            );
            return wrong(message);
        }
    }
    let columns = names.into_iter().zip(positions);
    Ok(columns
        .map(|(name, position)| ColumnName { name, position })
        .collect())
}

/// Where the `count` names of the columns begin; all of them at the beginning of the line where one has a line break.
fn positions(bytes: &[u8], count: usize) -> Vec<RecordPosition> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let start = RecordPosition::line(RowLines::new(text.as_bytes()).of(0));
    let separator = char::from(separator(bytes));
    let first = text.trim_start_matches(['\r', '\n']);
    let first = first.split(['\r', '\n']).next().unwrap_or_default();
    let mut found = vec![start];
    let (mut quoted, mut is_begun) = (false, false);
    for (at, letter) in first.chars().enumerate() {
        quoted ^= letter == '"';
        if letter == separator && !quoted {
            is_begun = false;
            found.push(RecordPosition {
                column: at + 2,
                ..start
            });
        } else if let Some(last) = found.last_mut().filter(|_| !is_begun) {
            last.column = at + 1;
            is_begun = letter != ' ';
        }
    }
    if found.len() == count {
        found
    } else {
        vec![start; count]
    }
}

fn record(
    row: &csv::StringRecord,
    names: &[String],
    line: usize,
) -> Result<ImportRecord, RecordError> {
    if row.len() != names.len() {
        let (values, names) = (
            text::count(row.len(), "value"),
            text::count(names.len(), "name"),
        );
        let is_open = row.iter().any(|value| value.contains('\n'));
        let asked = if is_open {
            "; is a `\"` not closed?"
        } else {
            ""
        };
        let message = format!("this row has {values}, the first line {names}{asked}");
        return Err(RecordError::in_line(line, message));
    }
    let values = row.iter().map(|text| Json::String(text.to_owned()));
    Ok(ImportRecord {
        position: RecordPosition::line(line),
        values: names.iter().cloned().zip(values).collect(),
    })
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

    /// The line of the row at byte `start`, which is not before the last one.
    fn of(&mut self, start: u64) -> usize {
        let at = usize::try_from(start).unwrap_or(usize::MAX);
        let at = at.min(self.bytes.len());
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

fn wrong_row(error: &csv::Error, line: usize) -> RecordError {
    let message = match error.kind() {
        csv::ErrorKind::Utf8 { .. } => "this row is not UTF-8".to_owned(),
        _ => error.to_string(),
    };
    RecordError::in_line(line, message)
}
