//! `REGEXP`, with the patterns of Python's `re`.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use rusqlite::Result;
use rusqlite::types::{Value, ValueRef};

use crate::db::functions::arguments::{Arguments, invalid};
use crate::text::PythonPattern;

/// How many patterns a thread keeps compiled.
const KEPT: usize = 64;

thread_local! {
    static COMPILED: RefCell<HashMap<String, Rc<PythonPattern>>> = RefCell::default();
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

fn compiled(pattern: &str) -> Result<Rc<PythonPattern>> {
    COMPILED.with_borrow_mut(|kept| {
        if let Some(regex) = kept.get(pattern) {
            return Ok(Rc::clone(regex));
        }
        let regex = Rc::new(PythonPattern::parse(pattern).map_err(invalid)?);
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(pattern.to_owned(), Rc::clone(&regex));
        Ok(regex)
    })
}
