//! TOML files: spanned values, read field by field into types, with every mistake of a file at once.
//!
//! 1. [`Document::parse`] turns text into [`Table`]s whose items know their place.
//! 2. [`Table::reader`] reads the keys a caller asks for; [`TableReader::finish`] reports the others.
//! 3. What is wrong goes into [`Problems`], which ends as `Ok` or as all the findings together.

mod from_item;
mod parse;
mod problems;
mod table_reader;
mod value;

pub use from_item::FromItem;
pub use problems::Problems;
pub use table_reader::TableReader;
pub use value::{Item, Origin, Table, TableEntry, Value};

use std::fs;
use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::{Finding, Findings};

/// A parsed TOML file.
#[derive(Clone, Debug)]
pub struct Document {
    root: Table,
    text: Arc<str>,
}

impl Document {
    /// Reads and parses the file at `path`.
    pub fn read(path: &Path) -> Result<Self, Findings> {
        let text = fs::read_to_string(path).map_err(|error| {
            let message = format!("cannot read `{}`: {error}", path.display());
            Finding::error("unreadable-file", message)
        })?;
        Self::parse(path, &text)
    }

    /// Parses `text`, the content of the file at `path`; fails with every syntax error in it.
    pub fn parse(path: &Path, text: &str) -> Result<Self, Findings> {
        parse::parse(path, text).map(|root| Self {
            root,
            text: text.into(),
        })
    }

    /// What was parsed.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// The table of the whole file.
    pub fn root(&self) -> &Table {
        &self.root
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Document, Problems};

    fn findings(text: &str, read: impl Fn(&Document, &Problems)) -> Vec<String> {
        let document = match Document::parse(Path::new("a.toml"), text) {
            Ok(document) => document,
            Err(findings) => return lines(&findings),
        };
        let problems = Problems::default();
        read(&document, &problems);
        problems
            .finish(())
            .map_or_else(|findings| lines(&findings), |()| Vec::new())
    }

    fn lines(findings: &crate::diagnostic::Findings) -> Vec<String> {
        findings
            .to_string()
            .lines()
            .map(ToOwned::to_owned)
            .collect()
    }

    #[test]
    fn reports_every_syntax_error() {
        let found = findings("a = \nb = 1\nc = [1,,]\n", |_, _| {});
        assert!(found.len() >= 2, "{found:?}");
        assert!(found[0].starts_with("a.toml:1:"), "{found:?}");
    }

    #[test]
    fn a_list_that_is_not_closed_is_told_once_and_not_with_every_line_below() {
        let below = "b = 1\nc = 'x'\n[d]\ne = true\n[f.g]\nh = [1, 2]\n".repeat(9);
        let found = findings(&format!("z = \na = ['x'\n{below}"), |_, _| {});
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(
            found[0].starts_with("a.toml:1:") && found[1].starts_with("a.toml:3:1: missing comma"),
            "{found:?}"
        );
    }

    #[test]
    fn reports_every_mistake_with_its_place() {
        let found = findings(
            "debgu = true\nname = 3\nports = [1, 'x']\n",
            |document, problems| {
                let fields = document.root().reader(problems);
                assert_eq!(fields.optional::<bool>("debug"), None);
                assert_eq!(fields.required::<String>("name"), None);
                assert_eq!(fields.required::<String>("title"), None);
                assert_eq!(fields.optional::<Vec<u16>>("ports"), None);
                fields.finish();
            },
        );
        assert_eq!(
            found,
            [
                "a.toml:1:1: missing key `title`",
                "a.toml:1:1: unknown key `debgu`",
                "a.toml:2:8: `name` must be a string, not an integer",
                "a.toml:3:13: `ports` must be a list of whole numbers from 0 to 65535; an item is a string",
            ]
        );
    }

    #[test]
    fn keeps_the_order_of_keys() {
        let document = Document::parse(Path::new("a.toml"), "z = 1\na = 2\n[m]\nb = 3\n").unwrap();
        let keys: Vec<_> = document
            .root()
            .entries()
            .iter()
            .map(|entry| entry.key.as_str())
            .collect();
        assert_eq!(keys, ["z", "a", "m"]);
    }
}
