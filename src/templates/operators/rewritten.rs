//! A template with filters in the places of its operators.

use crate::templates::operators::statement_parser::edits;
use crate::templates::operators::token_reader::Edit;

/// The text that the engine compiles, and where in it stands what. Lines keep their numbers.
#[derive(Clone, Debug)]
pub(in crate::templates) struct Rewritten {
    /// The text.
    pub(in crate::templates) text: String,
    edits: Vec<Edit>,
}

impl Rewritten {
    /// The template `source` with its operators rewritten; as it is where it is not understood.
    pub(in crate::templates) fn new(source: &str) -> Self {
        let edits = edits(source).unwrap_or_default();
        let (mut text, mut copied) = (String::with_capacity(source.len()), 0);
        for edit in &edits {
            text.push_str(source.get(copied..edit.range.start).unwrap_or_default());
            text.push_str(&edit.text);
            copied = edit.range.end;
        }
        text.push_str(source.get(copied..).unwrap_or_default());
        Self { text, edits }
    }

    /// Where in the source stands what is at `offset` of the text, both in bytes.
    pub(in crate::templates) fn place_in_source(&self, offset: usize) -> usize {
        let (mut source, mut text) = (0, 0);
        for edit in &self.edits {
            let copied = edit.range.start - source;
            if offset < text + copied {
                return source + (offset - text);
            }
            text += copied;
            if offset < text + edit.text.len() {
                return edit.range.start;
            }
            text += edit.text.len();
            source = edit.range.end;
        }
        source + offset.saturating_sub(text)
    }
}
