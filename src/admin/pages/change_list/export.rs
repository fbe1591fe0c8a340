//! Rows as a file: CSV or JSON, made while it is sent.
//!
//! A text in CSV that a spreadsheet would take for a formula stands behind an apostrophe (OWASP, "CSV Injection"); numbers
//! and days are what they are.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;

use crate::admin::options::{ExportFormat, ModelAdmin};
use crate::admin::pages::AdminRequest;
use crate::admin::pages::change_list::action_rows::ActionRows;
use crate::admin::pages::change_list::list_error::ListError;
use crate::db::Connections;
use crate::http::{BodyStream, Response, content_disposition};
use crate::json::{JsonStyle, JsonWriter};
use crate::models::{Model, Registry};
use crate::query::{Query, QueryError, is_one_of};
use crate::values::{FieldValue, to_text, write_json};

/// How many rows are read at once.
const CHUNK: usize = 1000;

/// What a spreadsheet takes for the beginning of a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The response with the fields of `rows` that the file of `admin` names.
pub(super) fn export(
    request: &AdminRequest<'_, '_>,
    admin: &ModelAdmin,
    format: ExportFormat,
    rows: &ActionRows,
) -> Result<Response, ListError> {
    let mut keys = rows.keys(request)?;
    keys.dedup();
    let file = ExportFile {
        registry: Arc::clone(&request.request.state.models),
        connections: Arc::clone(request.request.connections),
        model: Arc::clone(&admin.model),
        fields: admin.list.actions.export_fields.clone(),
        keys: keys.into_iter(),
        format,
        place: Place::Start,
    };
    let (content_type, ending) = match format {
        ExportFormat::Csv => ("text/csv; charset=utf-8", "csv"),
        ExportFormat::Json => ("application/json", "json"),
    };
    let mut response = Response::new(200, content_type, BodyStream::new(file));
    let name = format!("{}.{ending}", admin.model_name());
    if let Some(disposition) = content_disposition(true, &name) {
        response.headers.set("Content-Disposition", disposition);
    }
    Ok(response)
}

/// Where the file is that is written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Place {
    Start,
    /// Behind a row.
    Rows,
    End,
}

/// The chunks of a file.
struct ExportFile {
    registry: Arc<Registry>,
    connections: Arc<Connections>,
    model: Arc<Model>,
    fields: Vec<String>,
    keys: std::vec::IntoIter<FieldValue>,
    format: ExportFormat,
    place: Place,
}

impl Iterator for ExportFile {
    type Item = io::Result<Vec<u8>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.place == Place::End {
            return None;
        }
        let chunk = self.chunk();
        if chunk.is_err() {
            self.place = Place::End;
        }
        Some(chunk.map(String::into_bytes).map_err(io::Error::other))
    }
}

impl ExportFile {
    fn chunk(&mut self) -> Result<String, QueryError> {
        let mut text = String::new();
        let is_start = self.place == Place::Start;
        if is_start {
            match self.format {
                ExportFormat::Csv => {
                    let names = self.fields.iter().map(|name| csv_field(name));
                    text.push_str(&csv_line(names));
                }
                ExportFormat::Json => text.push('['),
            }
        }
        let keys: Vec<_> = self.keys.by_ref().take(CHUNK).collect();
        let rows = self.rows(&keys)?;
        for (at, row) in rows.iter().enumerate() {
            match self.format {
                ExportFormat::Csv => text.push_str(&csv_line(row.iter().map(csv_value))),
                ExportFormat::Json => {
                    let is_first = is_start && at == 0;
                    text.push_str(if is_first { "\n" } else { ",\n" });
                    text.push_str(&self.json_object(row));
                }
            }
        }
        self.place = Place::Rows;
        if self.keys.len() == 0 {
            self.place = Place::End;
            if self.format == ExportFormat::Json {
                text.push_str("\n]\n");
            }
        }
        Ok(text)
    }

    /// The values of the rows with these keys, in the order of the keys; one that is gone meanwhile is left out.
    fn rows(&self, keys: &[FieldValue]) -> Result<Vec<Vec<FieldValue>>, QueryError> {
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let paths = std::iter::once("pk").chain(self.fields.iter().map(String::as_str));
        let query = Query::of(&self.model).filter(is_one_of("pk", keys));
        let query = query.values(paths).order_by::<String>([]);
        let connections = &self.connections;
        let found: Result<_, QueryError> =
            connections.with(|connection| query.on(&self.registry)?.values(connection));
        let mut by_key = HashMap::new();
        for mut row in found?.rows {
            let rest = row.split_off(1);
            if let Some(key) = row.first() {
                by_key.insert(to_text(key), rest);
            }
        }
        let rows = keys.iter().filter_map(|key| by_key.remove(&to_text(key)));
        Ok(rows.collect())
    }

    fn json_object(&self, row: &[FieldValue]) -> String {
        let mut writer = JsonWriter::new(JsonStyle::COMPACT);
        writer.open(b'{');
        for (name, value) in self.fields.iter().zip(row) {
            writer.key(name);
            write_json(&mut writer, value);
        }
        writer.close(b'}');
        writer.into_text()
    }
}

fn csv_line(fields: impl Iterator<Item = String>) -> String {
    let fields: Vec<_> = fields.collect();
    format!("{}\r\n", fields.join(","))
}

/// A value of a row, harmless for spreadsheets where it is a text that somebody wrote.
fn csv_value(value: &FieldValue) -> String {
    let text = match value {
        FieldValue::Null => return String::new(),
        value => to_text(value),
    };
    let is_text = matches!(value, FieldValue::Text(_) | FieldValue::Json(_));
    if is_text && text.starts_with(FORMULA) {
        return csv_field(&format!("'{text}"));
    }
    csv_field(&text)
}

/// A field as RFC 4180 writes it.
fn csv_field(text: &str) -> String {
    if text.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::{csv_line, csv_value};
    use crate::values::FieldValue;

    #[test]
    fn no_text_is_a_formula() {
        let written = |text: &str| csv_value(&FieldValue::Text(text.to_owned()));
        assert_eq!(written("=1+1"), "'=1+1");
        assert_eq!(written("+x"), "'+x");
        assert_eq!(written("-x"), "'-x");
        assert_eq!(written("@SUM(A1)"), "'@SUM(A1)");
        assert_eq!(written("\t=1"), "'\t=1");
        assert_eq!(written("\r=1"), "\"'\r=1\"");
        assert_eq!(written("=\"a\""), "\"'=\"\"a\"\"\"");
        assert_eq!(written("a,b"), "\"a,b\"");
        assert_eq!(written("a=b"), "a=b");
        assert_eq!(csv_value(&FieldValue::Integer(-5)), "-5");
        assert_eq!(csv_value(&FieldValue::Null), "");
        let line = ["a".to_owned(), String::new()];
        assert_eq!(csv_line(line.into_iter()), "a,\r\n");
    }
}
