//! The default that a person gives for the rows that are there.

use std::path::Path;

use crate::diagnostic::Finding;
use crate::document::{Document, Problems};
use crate::models::{DefaultFunction, Field, FieldDefault, accepts, read, value_hint, write};
use crate::text;

/// The default that `value` is in TOML.
pub(crate) fn parse_default(value: &str) -> Result<FieldDefault, Finding> {
    let wrong = || {
        Finding::error("usage", format!("`{value}` is not a TOML value"))
            .hint(r#"write text between quotes: `'"text"'`"#)
    };
    let text = format!("default = {value}");
    let document = Document::parse(Path::new("default"), &text).map_err(|_| wrong())?;
    if document.root().entries().len() != 1 {
        return Err(wrong());
    }
    let problems = Problems::default();
    let fields = document.root().reader(&problems);
    let default = read::default(&fields, "default");
    let default = problems.finish(default).map_err(|_| {
        let functions = DefaultFunction::ALL.map(|(name, _)| name);
        let finding = Finding::error("usage", format!("`{value}` does not name a function"));
        finding.hint(format!("one of {}", text::quoted(functions)))
    })?;
    default.ok_or_else(wrong)
}

/// Fails, with what `field` takes, if it cannot hold `default`.
pub(crate) fn check_default(field: &Field, default: &FieldDefault) -> Result<(), Finding> {
    let FieldDefault::Value(value) = default else {
        return Ok(());
    };
    if accepts(field.value_kind(), value) {
        return Ok(());
    }
    let message = format!(
        "{} cannot stand in a {}",
        write::literal(value),
        field.kind.class_name()
    );
    Err(Finding::error("usage", message).hint(value_hint(field.value_kind())))
}
