//! The page as a person reads it: what is said, and the block below it.

/// A block of the page: a file, commands, what is shown, or a form to fill in.
#[derive(Debug)]
pub(super) struct Block {
    /// What stands between the block before and this one, on one line.
    pub(super) prose: String,
    /// The language of a snippet; `table` for a table.
    pub(super) kind: String,
    pub(super) text: String,
}

/// The blocks of `page`, in order.
pub(super) fn blocks(page: &str) -> Vec<Block> {
    let (mut blocks, mut prose) = (Vec::new(), Vec::new());
    let mut lines = page.lines().peekable();
    while let Some(line) = lines.next() {
        let (kind, text) = if let Some(kind) = line.strip_prefix("```") {
            let text: Vec<_> = lines.by_ref().take_while(|line| *line != "```").collect();
            (kind.to_owned(), text.join("\n") + "\n")
        } else if line == "| field | value |" {
            let mut rows = Vec::new();
            while let Some(row) = lines.next_if(|line| line.starts_with('|')) {
                rows.push(row);
            }
            ("table".to_owned(), rows[1..].join("\n"))
        } else {
            prose.push(line);
            continue;
        };
        blocks.push(Block {
            prose: std::mem::take(&mut prose).join(" "),
            kind,
            text,
        });
    }
    blocks
}

/// What happens to a file.
#[derive(Debug, PartialEq)]
pub(super) enum FileChange {
    /// It is written, whatever it held.
    Write,
    /// Its end gets more lines.
    AtTheEnd,
    /// Lines stand where this one stood, which was there once.
    InPlaceOf(String),
    /// Lines are added below this one, which stands there once, or below the last one of it.
    Below { line: String, is_last: bool },
}

impl Block {
    /// The file that the sentence before the block names, and what happens to it.
    #[track_caller]
    pub(super) fn file(&self) -> (String, FileChange) {
        let sentence = self.prose.trim().strip_suffix(':');
        let sentence = sentence.unwrap_or_else(|| panic!("no `:` before a file: {}", self.prose));
        if let Some((before, line)) = sentence.rsplit_once(", write in place of the line `") {
            let line = line.strip_suffix('`').unwrap().to_owned();
            return (last_code(before), FileChange::InPlaceOf(line));
        }
        if let Some((before, rest)) = sentence.rsplit_once(", add below the line `") {
            let (line, rest) = rest.rsplit_once('`').unwrap();
            let is_last = rest == ", the last one";
            assert!(is_last || rest.is_empty(), "{sentence}");
            let change = FileChange::Below {
                line: line.to_owned(),
                is_last,
            };
            return (last_code(before), change);
        }
        if let Some(before) = sentence.strip_suffix(", add") {
            assert!(before.rsplit_once("t the end of `").is_some(), "{before}");
            return (last_code(before), FileChange::AtTheEnd);
        }
        let start = sentence.trim_end_matches(|c| c != ' ');
        assert!(start.to_lowercase().ends_with("write "), "{sentence}");
        (last_code(sentence), FileChange::Write)
    }

    /// The rows of a table.
    pub(super) fn rows(&self) -> Vec<(&str, &str)> {
        let rows = self.text.lines().map(|row| {
            let mut cells = row.split('|').map(str::trim).skip(1);
            (cells.next().unwrap(), cells.next().unwrap())
        });
        rows.collect()
    }
}

/// What the last backticks of `text`, at its end, hold.
#[track_caller]
fn last_code(text: &str) -> String {
    let inner = text
        .strip_suffix('`')
        .unwrap_or_else(|| panic!("no file at the end of: {text}"));
    inner.rsplit_once('`').unwrap().1.to_owned()
}
