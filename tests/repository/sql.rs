//! SQL stands in `db` and `schema`; other modules build statements, which a dialect writes.

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, LitStr, Macro};

use crate::source_file::{SourceFile, source_files};

/// The rooms with SQL: `db` has the dialect, `schema` makes the tables of models, and `inspectdb`
/// reads the definitions that SQLite keeps of them.
const ROOMS: &[&str] = &["db", "schema", "inspectdb"];

/// What only SQLite understands, and what begins a statement.
const WORDS: &[&str] = &[
    "sqlite_master",
    "sqlite_sequence",
    "PRAGMA",
    "pragma_table_info",
    "INSERT OR",
    "UPDATE OR",
    "REPLACE INTO",
    "GLOB",
    "LIKE",
    "ESCAPE",
    "COLLATE",
    "rowid",
    "ROWID",
    "AUTOINCREMENT",
    "total_changes",
    "last_insert_rowid",
    "strftime",
    "SELECT",
    "INSERT INTO",
    "DELETE FROM",
    "UPDATE",
    "CREATE TABLE",
    "CREATE INDEX",
    "DROP TABLE",
    "ALTER TABLE",
];

#[test]
fn statements_outside_of_db_and_schema_are_built() {
    assert_eq!(offences(&source_files()), Vec::<String>::new());
}

#[test]
fn words_of_sql_are_found_in_strings_and_macros_and_nowhere_else() {
    let file = |path, text| SourceFile::new(path, text);
    let text = r##"
        /// SELECT in a comment.
        #[doc = "PRAGMA"]
        fn select() {
            let a = r#"SELECT "name" FROM t"#;
            let b = format!("{a} UNSELECTED {}", concat!("x LIKE ", "?"));
            let SELECT = "UPDATED";
        }
        #[cfg(test)]
        mod tests { const SQL: &str = "DELETE FROM t"; }
    "##;
    let files = [file("src/auth/users.rs", text), file("src/db/row.rs", text)];
    assert_eq!(
        offences(&files),
        ["src/auth/users.rs:5: SELECT", "src/auth/users.rs:6: LIKE"]
    );
}

fn offences(files: &[SourceFile]) -> Vec<String> {
    let checked = files.iter().filter(|file| !ROOMS.contains(&file.room()));
    let found = checked.flat_map(|file| {
        let words = words_of(file).into_iter();
        words.map(|(line, word)| format!("{}:{line}: {word}", file.path))
    });
    found.collect()
}

/// The words of SQL in the strings of a file, and their lines.
fn words_of(file: &SourceFile) -> Vec<(usize, &'static str)> {
    let mut strings = Strings(Vec::new());
    strings.visit_file(&file.syntax);
    let found = strings.0.iter().flat_map(|literal| {
        let line = literal.span().start().line;
        let text = literal.value();
        let words = WORDS.iter().filter(move |word| has_word(&text, word));
        words.map(move |word| (line, *word))
    });
    found.collect()
}

fn has_word(text: &str, word: &str) -> bool {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
    text.match_indices(word).any(|(at, _)| {
        let after = &text[at + word.len()..];
        !text[..at].ends_with(is_part) && !after.starts_with(is_part)
    })
}

/// The string literals of a file, those in macros too, those in attributes not.
struct Strings(Vec<LitStr>);

impl Strings {
    fn add_from(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => self.add_from(group.stream()),
                token => self.0.extend(syn::parse2::<LitStr>(token.into()).ok()),
            }
        }
    }
}

impl<'ast> Visit<'ast> for Strings {
    fn visit_attribute(&mut self, _: &'ast Attribute) {}

    fn visit_lit_str(&mut self, literal: &'ast LitStr) {
        self.0.push(literal.clone());
    }

    fn visit_macro(&mut self, macro_call: &'ast Macro) {
        self.add_from(macro_call.tokens.clone());
        visit::visit_macro(self, macro_call);
    }
}
