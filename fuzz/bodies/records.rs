//! Any bytes as a file of users, in CSV, JSON and JSON lines: rows within the file, or mistakes with their places.

use djr::serializers::{ImportPart, RecordError, RecordFormat, read_records};

/// Tries `data`.
pub(crate) fn run(data: &[u8]) {
    let bytes = data;
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
                Ok(ImportPart::Columns(columns)) => columns.into_iter().map(|column| column.name).collect(),
                Ok(ImportPart::Record(record)) => record.values.into_iter().map(|(name, _)| name).collect(),
                Err(_) => Vec::new(),
            };
            names.sort();
            assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "{names:?}");
            Ok::<_, RecordError>(())
        });
        if let Err(error) = read {
            assert!(error.position.line <= lines, "{error:?}");
        }
    }
}
