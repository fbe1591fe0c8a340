//! Rows of named values, from CSV, a JSON list or JSON lines, each with the line it stands in.

use std::io::Read;
use std::path::Path;

use crate::json::{Json, JsonReader};
use crate::serializers::csv_records;
use crate::serializers::import_record::{
    Each, ImportPart, ImportRecord, RecordError, RecordPosition,
};

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

/// Hands over the names of the columns of a table, then the rows of `source`, until `each` fails; a row that cannot
/// be read is handed over as its error.
///
/// A name that comes twice in a row or a table is an error: one of its values would be lost.
pub fn read_records<E: From<RecordError>>(
    source: impl Read,
    format: RecordFormat,
    mut each: impl FnMut(Result<ImportPart, RecordError>) -> Result<(), E>,
) -> Result<(), E> {
    match format {
        RecordFormat::Csv => csv_records::read(source, &mut each),
        RecordFormat::Json => read_list(JsonReader::new(source).unique_keys(1), &mut each),
        RecordFormat::JsonLines => read_lines(JsonReader::new(source).unique_keys(1), &mut each),
    }
}

fn read_list<E: From<RecordError>>(
    mut reader: JsonReader<impl Read>,
    each: Each<'_, E>,
) -> Result<(), E> {
    match reader.peek().map_err(RecordError::from)? {
        Some(b'[') => drop(reader.take(b'[').map_err(RecordError::from)?),
        Some(b'{') => {
            let error =
                RecordError::new(RecordPosition::of(&reader), "this is not a list of objects");
            let hint = "put `[` and `]` around the objects, or pass `--format jsonl` where each has a line of its own";
            return Err(error.hint(hint).into());
        }
        found => {
            let message = if found.is_none() {
                "this is empty"
            } else {
                "this is not JSON"
            };
            let error = RecordError::new(RecordPosition::of(&reader), message);
            return Err(error
                .hint("the file is a list of objects, which begins with `[`")
                .into());
        }
    }
    let mut first = true;
    while !reader.take(b']').map_err(RecordError::from)? {
        if !first && !reader.take(b',').map_err(RecordError::from)? {
            let position = RecordPosition::of(&reader);
            return Err(RecordError::new(position, "a `,` or `]` is missing").into());
        }
        first = false;
        read_object(&mut reader, each)?;
    }
    if reader.is_at_end().map_err(RecordError::from)? {
        return Ok(());
    }
    let error = RecordError::new(RecordPosition::of(&reader), "something follows the list");
    Err(error.hint("take out what stands around the list").into())
}

fn read_lines<E: From<RecordError>>(
    mut reader: JsonReader<impl Read>,
    each: Each<'_, E>,
) -> Result<(), E> {
    if reader.peek().map_err(RecordError::from)? == Some(b'[') {
        let error = RecordError::new(RecordPosition::of(&reader), "this is a list");
        return Err(error.hint("`--format json` reads a list of objects").into());
    }
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
    let position = RecordPosition::of(reader);
    let value = reader.value().map_err(RecordError::from)?;
    each(match value {
        Json::Object(values) => Ok(ImportPart::Record(ImportRecord { position, values })),
        other => {
            let kind = match other {
                Json::Array(_) => "a list",
                Json::String(_) => "a text",
                Json::Number(_) => "a number",
                _ => "a single value",
            };
            let error = RecordError::new(position, format!("this is {kind}, not an object"));
            Err(error.hint("write `{\"NAME\": VALUE, ...}` for each"))
        }
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{ImportPart, ImportRecord, RecordError, RecordFormat, read_records};
    use crate::json::Json;

    fn read(text: &[u8], format: RecordFormat) -> Result<Vec<String>, RecordError> {
        let mut rows = Vec::new();
        read_records(text, format, |row| {
            rows.push(match row {
                Ok(ImportPart::Columns(_)) => return Ok(()),
                Ok(ImportPart::Record(ImportRecord { position, values })) => {
                    let values = values.iter().map(|(name, value)| match value {
                        Json::String(text) => format!("{name}={text}"),
                        other => format!("{name}={}", other.preview()),
                    });
                    format!(
                        "{}: {}",
                        position.line,
                        values.collect::<Vec<_>>().join(" ")
                    )
                }
                Err(error) => format!("{}! {error}", error.position.line),
            });
            Ok::<_, RecordError>(())
        })?;
        Ok(rows)
    }

    fn rows(text: &str, format: RecordFormat) -> Vec<String> {
        read(text.as_bytes(), format).unwrap()
    }

    #[track_caller]
    fn fails(text: &[u8], format: RecordFormat, expected: &str) {
        let error = read(text, format).unwrap_err();
        let (line, column) = (error.position.line, error.position.column);
        assert_eq!(format!("{line}:{column}: {error}"), expected);
    }

    #[test]
    fn knows_the_line_of_every_row() {
        let csv = "\u{feff}a,b\r\n1,\"x\ny\"\r\n\r\n2\r\n3,z\r\n";
        let short = "5! this row has 1 value, the first line 2 names";
        assert_eq!(
            rows(csv, RecordFormat::Csv),
            ["2: a=1 b=x\ny", short, "6: a=3 b=z"]
        );
        let json = "[\n {\"a\": 1},\n\n {\"a\": true}, 7]\n";
        let number = "4! this is a number, not an object";
        assert_eq!(
            rows(json, RecordFormat::Json),
            ["2: a=1", "4: a=true", number]
        );
        let lines = "{\"a\": \"x\"}\n{\"a\": null}\n";
        assert_eq!(
            rows(lines, RecordFormat::JsonLines),
            ["1: a=x", "2: a=null"]
        );
    }

    #[test]
    fn says_where_json_is_not_a_list_of_objects() {
        for (text, expected) in [
            ("{}", "1:1: this is not a list of objects"),
            ("", "1:1: this is empty"),
            ("Here they are:\n[]", "1:1: this is not JSON"),
            ("[{}\n {}]", "2:2: a `,` or `]` is missing"),
            ("[{}]\n\n that is all", "3:2: something follows the list"),
            ("[{\"a\": see above}]", "1:8: `see` is not a value"),
            ("[{\"a\":", "1:7: the text ends where a value is expected"),
        ] {
            fails(text.as_bytes(), RecordFormat::Json, expected);
        }
        let twice = b"{\"a\": 1}\n{\"a\": 1, \"b\": 2, \"a\": 3}\n";
        fails(
            twice,
            RecordFormat::JsonLines,
            "2:18: the key `a` stands here twice",
        );
        fails(
            b"\xff\xfe[\0",
            RecordFormat::Json,
            "1:1: this is UTF-16, not UTF-8",
        );
        let list = rows("[[\"a\"], {\"a\": 1}]", RecordFormat::Json);
        assert_eq!(list, ["1! this is a list, not an object", "1: a=1"]);
        fails(b"[{}]", RecordFormat::JsonLines, "1:1: this is a list");
    }

    #[test]
    fn columns_are_parted_as_their_names_are() {
        for separator in [",", ";", "\t"] {
            let csv = format!("a{separator}b\n1{separator}\"x{separator}y\"\n");
            let row = format!("2: a=1 b=x{separator}y");
            assert_eq!(rows(&csv, RecordFormat::Csv), [row]);
        }
        let one = rows("a\nx;y\n", RecordFormat::Csv);
        assert_eq!(one, ["2: a=x;y"]);
        let spaced = rows(" a , b\n1,2\n", RecordFormat::Csv);
        assert_eq!(spaced, ["2: a=1 b=2"]);
    }

    #[test]
    fn the_names_of_a_table_are_told_with_their_places_rows_or_not() {
        for (text, places) in [
            ("a,b\n", "1:1 a, 1:3 b"),
            ("\u{feff}\"\u{e9},\" , b\r\n1,2\r\n", "1:1 \u{e9},, 1:8 b"),
            ("\n\na;b", "3:1 a, 3:3 b"),
            ("\"a\nb\",c\n", "1:1 a\nb, 1:1 c"),
        ] {
            let mut found = Vec::new();
            read_records(text.as_bytes(), RecordFormat::Csv, |part| {
                if let Ok(ImportPart::Columns(columns)) = part {
                    found.extend(columns.into_iter().map(|column| {
                        let place = column.position;
                        format!("{}:{} {}", place.line, place.column, column.name)
                    }));
                }
                Ok::<_, RecordError>(())
            })
            .unwrap();
            assert_eq!(found.join(", "), places, "{text:?}");
        }
    }

    #[test]
    fn a_key_that_comes_twice_is_refused_where_a_value_would_be_lost() {
        let twice = "[{\"a\": 1,\n \"b\": 2, \"a\": 3}]";
        fails(
            twice.as_bytes(),
            RecordFormat::Json,
            "2:10: the key `a` stands here twice",
        );
        let line = &twice[1..twice.len() - 1];
        fails(
            line.as_bytes(),
            RecordFormat::JsonLines,
            "2:10: the key `a` stands here twice",
        );
        // A document belongs to whoever reads it: Python and SQLite take the last.
        let within = rows("[{\"a\": {\"x\": 1, \"x\": 2}}]", RecordFormat::Json);
        assert_eq!(within, ["1: a={\"x\": 2}"]);
    }

    #[test]
    fn says_what_is_wrong_with_a_table() {
        let csv = RecordFormat::Csv;
        fails(
            b"a,b,a\n1,2,3\n",
            csv,
            "1:5: the first line names `a` twice",
        );
        fails(b"a,,b\n1,2,3\n", csv, "1:3: column 2 has an empty name");
        fails(
            b"",
            csv,
            "0:0: this is empty: the first line names the columns",
        );
        fails(b"\xff\xfea\0,\0", csv, "0:0: this is UTF-16, not UTF-8");
        fails(b"a,\xe9\n", csv, "1:1: the first line is not UTF-8");
        let latin = read(b"a\n\xe9\nx\n", csv).unwrap();
        assert_eq!(latin, ["2! this row is not UTF-8", "3: a=x"]);
        let open = rows("a,b\n\"1,2\n3,4\n", csv);
        let told = "2! this row has 1 value, the first line 2 names; is a `\"` not closed?";
        assert_eq!(open, [told]);
    }

    /// What holds for any bytes: rows stand one behind the other within the file, and each has every name once.
    fn check_any(bytes: &[u8]) {
        let lines = bytes.split(|byte| *byte == b'\n').count();
        for (_, format) in RecordFormat::ALL {
            let mut last = 0;
            let read = read_records(bytes, format, |row| {
                let line = match &row {
                    Ok(ImportPart::Columns(columns)) => columns[0].position.line,
                    Ok(ImportPart::Record(record)) => record.position.line,
                    Err(error) => error.position.line,
                };
                assert!(last <= line && line <= lines, "{last} {line} {lines}");
                last = line;
                let mut names: Vec<_> = match row {
                    Ok(ImportPart::Columns(columns)) => {
                        columns.into_iter().map(|column| column.name).collect()
                    }
                    Ok(ImportPart::Record(record)) => {
                        record.values.into_iter().map(|(name, _)| name).collect()
                    }
                    Err(_) => Vec::new(),
                };
                names.sort();
                assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "{names:?}");
                Ok::<_, RecordError>(())
            });
            assert!(read.map_or(0, |()| last) <= lines);
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_rows_or_mistakes_with_a_place(text in "[ab\u{e9},;\t\"\r\n\\[\\]{}:1 \\\\]{0,60}", cut in 0_usize..60) {
            let bytes = text.as_bytes();
            check_any(bytes);
            check_any(&bytes[..cut.min(bytes.len())]);
        }

        #[test]
        fn what_is_written_as_csv_is_read_again(
            rows in prop::collection::vec(prop::collection::vec("[a-z,;\"\n\u{e9}]{1,8}", 3), 0..5),
            separator in prop::sample::select(vec![b',', b';', b'\t']),
        ) {
            let mut writer = csv::WriterBuilder::new().delimiter(separator).from_writer(Vec::new());
            writer.write_record(["one", "two", "three"]).unwrap();
            for row in &rows {
                writer.write_record(row).unwrap();
            }
            let mut read = Vec::new();
            read_records(&*writer.into_inner().unwrap(), RecordFormat::Csv, |row| {
                let ImportPart::Record(row) = row? else { return Ok(()) };
                let values = row.values.into_iter();
                read.push(values.map(|(_, value)| value.as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>());
                Ok::<_, RecordError>(())
            })
            .unwrap();
            prop_assert_eq!(read, rows);
        }
    }
}
