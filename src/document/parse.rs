//! Text to tables, through the `toml` crate's error-recovering parser.

use std::path::Path;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeInteger, DeTable, DeValue, Error};

use crate::diagnostic::{Finding, Findings, Location};
use crate::document::value::SourceFile;
use crate::document::{Item, Origin, Problems, Table, TableEntry, Value};

/// How the parser begins to say that two items of a list have no comma between them.
const LACKING_COMMA: &str = "missing comma between array elements";

/// Parses `text`, the content of the file at `path`.
pub(super) fn parse(path: &Path, text: &str) -> Result<Table, Findings> {
    let source = Arc::new(SourceFile {
        path: path.to_owned(),
        text: Some(text.to_owned()),
    });
    let (root, mut errors) = DeTable::parse_recoverable(text);
    errors.sort_by_key(|error| error.span().unwrap_or_default().start);
    let problems = Problems::default();
    for error in &errors {
        problems.push(syntax_error(path, text, error));
        // A list that is not closed swallows the lines below, each of which is then wrong as an item of it.
        if error.message().starts_with(LACKING_COMMA) {
            break;
        }
    }
    let parser = Parser {
        source: &source,
        problems: &problems,
    };
    let table = parser.table(root.get_ref(), 0);
    problems.finish(table)
}

fn syntax_error(path: &Path, text: &str, error: &Error) -> Finding {
    let span = error.span().unwrap_or_default();
    let offset = span.start;
    let mut message = error.message().lines().collect::<Vec<_>>().join(", ");
    if let ("duplicate key", Some(key)) = (message.as_str(), text.get(span)) {
        message = format!("`{key}` is set twice");
    }
    let location = Location::of(path, text, offset);
    Finding::error("toml-syntax", message).at(location)
}

struct Parser<'p> {
    source: &'p Arc<SourceFile>,
    problems: &'p Problems,
}

impl Parser<'_> {
    fn origin(&self, offset: usize) -> Origin {
        Origin {
            source: Arc::clone(self.source),
            offset,
        }
    }

    fn table(&self, table: &DeTable<'_>, offset: usize) -> Table {
        let entries = table.iter().map(|(key, value)| TableEntry {
            key: key.get_ref().to_string(),
            origin: self.origin(key.span().start),
            item: self.item(value),
        });
        Table {
            entries: entries.collect(),
            origin: self.origin(offset),
        }
    }

    fn item(&self, value: &Spanned<DeValue<'_>>) -> Item {
        let offset = value.span().start;
        let origin = self.origin(offset);
        let value = match value.get_ref() {
            DeValue::String(text) => Value::String(text.to_string()),
            DeValue::Integer(number) => Value::Integer(self.integer(number, &origin)),
            DeValue::Float(number) => Value::Float(number.as_str().parse().unwrap_or(f64::NAN)),
            DeValue::Boolean(value) => Value::Boolean(*value),
            DeValue::Datetime(moment) => Value::Datetime(moment.to_string()),
            DeValue::Array(items) => {
                Value::Array(items.iter().map(|item| self.item(item)).collect())
            }
            DeValue::Table(table) => Value::Table(self.table(table, offset)),
        };
        Item { value, origin }
    }

    fn integer(&self, number: &DeInteger<'_>, origin: &Origin) -> i64 {
        i64::from_str_radix(number.as_str(), number.radix()).unwrap_or_else(|_| {
            // Not which one: digits without quotes may be a password.
            let message = "this number does not fit in 64 bits";
            self.problems
                .push(Finding::error("toml-syntax", message).at(origin.location()));
            0
        })
    }
}
