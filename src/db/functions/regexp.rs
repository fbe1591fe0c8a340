//! `REGEXP`, with the patterns of Python's `re`.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use fancy_regex::Regex;
use rusqlite::Result;
use rusqlite::types::{Value, ValueRef};

use crate::db::functions::arguments::{Arguments, invalid};

/// How many patterns a thread keeps compiled.
const KEPT: usize = 64;

thread_local! {
    static COMPILED: RefCell<HashMap<String, Rc<Regex>>> = RefCell::default();
}

/// `text REGEXP pattern`, which SQLite calls as `regexp(pattern, text)`: whether it is found somewhere.
pub(super) fn search(arguments: &Arguments<'_>) -> Result<Value> {
    let regex = compiled(arguments.text(0)?)?;
    let found = match arguments.value(1) {
        ValueRef::Integer(number) => regex.is_match(&number.to_string()),
        ValueRef::Real(number) => regex.is_match(&number.to_string()),
        _ => regex.is_match(arguments.text(1)?),
    };
    Ok(Value::Integer(found.map_err(invalid)?.into()))
}

fn compiled(pattern: &str) -> Result<Rc<Regex>> {
    COMPILED.with_borrow_mut(|kept| {
        if let Some(regex) = kept.get(pattern) {
            return Ok(Rc::clone(regex));
        }
        let regex = Rc::new(Regex::new(&from_python(pattern)).map_err(invalid)?);
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(pattern.to_owned(), Rc::clone(&regex));
        Ok(regex)
    })
}

/// `pattern` of Python's `re`, as the crate reads it: `$` also matches before a line end that is the last
/// character, and `\Z` only behind it.
fn from_python(pattern: &str) -> String {
    // With the flag `m`, `$` is the end of any line in both.
    let is_multiline = pattern.starts_with("(?")
        && pattern[2..]
            .chars()
            .take_while(char::is_ascii_lowercase)
            .any(|flag| flag == 'm');
    let mut written = String::with_capacity(pattern.len());
    let mut characters = pattern.chars();
    let mut is_in_class = false;
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some('Z') if !is_in_class => written.push_str(r"\z"),
                Some(escaped) => written.extend(['\\', escaped]),
                None => written.push('\\'),
            },
            '$' if !is_in_class && !is_multiline => written.push_str(r"(?=\n?\z)"),
            '[' | ']' => {
                is_in_class = character == '[';
                written.push(character);
            }
            character => written.push(character),
        }
    }
    written
}
