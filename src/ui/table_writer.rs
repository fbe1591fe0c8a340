//! Results of many rows, written while they are found: columns for a person, one document for a program.

use std::fmt::Write as _;
use std::io::{self, BufWriter, Write as _};

use serde::Serialize;
use serde_json::json;

use crate::text;
use crate::ui::captured::{OutputStream, raw_stdout};
use crate::ui::report::SCHEMA;
use crate::ui::{OutputError, Ui};

/// Rows whose widths decide how wide the columns are.
const MEASURED_ROWS: usize = 200;

/// Rows of a result; rows that are not yet written are lost without [`TableWriter::end`].
#[derive(Debug)]
pub(crate) struct TableWriter {
    mode: TableMode,
    name: &'static str,
    pending: Vec<Vec<String>>,
    widths: Vec<usize>,
    count: usize,
    out: BufWriter<OutputStream>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum TableMode {
    Json,
    Text,
    Silent,
}

impl Ui {
    /// Begins a result that is a list called `name`, with a line of `headings` above it.
    pub(crate) fn table(&self, name: &'static str, headings: &[&str]) -> TableWriter {
        let mode = match (self.json, self.verbosity) {
            (true, _) => TableMode::Json,
            (false, 0) => TableMode::Silent,
            (false, _) => TableMode::Text,
        };
        TableWriter {
            mode,
            name,
            pending: vec![headings.iter().map(ToString::to_string).collect()],
            widths: Vec::new(),
            count: 0,
            out: BufWriter::new(raw_stdout()),
        }
    }
}

impl TableWriter {
    /// Adds a row: its cells for a person, its fields for a program.
    pub(crate) fn row<const N: usize>(
        &mut self,
        cells: [String; N],
        fields: &impl Serialize,
    ) -> Result<(), OutputError> {
        self.count += 1;
        match self.mode {
            TableMode::Silent => Ok(()),
            TableMode::Json => {
                let fields = serde_json::to_string(fields).map_err(io::Error::from)?;
                let before = if self.count == 1 {
                    self.opening_json()
                } else {
                    ",".to_owned()
                };
                self.write(&(before + &fields))
            }
            TableMode::Text => {
                self.pending
                    .push(cells.map(|cell| text::escape_control(&cell)).to_vec());
                if self.widths.is_empty() && self.pending.len() <= MEASURED_ROWS {
                    return Ok(());
                }
                self.flush_rows()
            }
        }
    }

    /// Ends the list; returns how many rows it had.
    pub(crate) fn end(mut self) -> Result<usize, OutputError> {
        match self.mode {
            TableMode::Json if self.count == 0 => self.write(&(self.opening_json() + "]}}\n"))?,
            TableMode::Json => self.write("]}}\n")?,
            TableMode::Text if self.count > 0 => self.flush_rows()?,
            TableMode::Text | TableMode::Silent => {}
        }
        let flushed = self.out.flush();
        self.ignore_closed(flushed)?;
        Ok(self.count)
    }

    fn opening_json(&self) -> String {
        let closed = json!({ "schema": SCHEMA, "result": { self.name: [] } }).to_string();
        closed.trim_end_matches("]}}").to_owned()
    }

    fn flush_rows(&mut self) -> Result<(), OutputError> {
        if self.widths.is_empty() {
            let columns = self.pending.first().map_or(0, Vec::len);
            let width = |column: usize| {
                let cells = self.pending.iter().map(|row| row[column].chars().count());
                cells.max().unwrap_or_default()
            };
            self.widths = (0..columns).map(width).collect();
        }
        let mut text = String::new();
        for row in self.pending.drain(..) {
            let mut line = String::new();
            for (cell, width) in row.iter().zip(&self.widths) {
                // Writing to a string cannot fail.
                write!(line, "{cell:width$}  ").ok();
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        self.write(&text)
    }

    fn write(&mut self, text: &str) -> Result<(), OutputError> {
        let written = self.out.write_all(text.as_bytes());
        self.ignore_closed(written)
    }

    /// A reader that stops reading, as in `djr ... | head -1`, is not a failure; the rest is discarded.
    fn ignore_closed(&mut self, written: io::Result<()>) -> Result<(), OutputError> {
        match written {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.mode = TableMode::Silent;
                Ok(())
            }
            written => Ok(written?),
        }
    }
}
