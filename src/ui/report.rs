//! How an error is written: for a person, or as one JSON document.

use std::fmt::Display;
use std::io::{self, Write};
use std::iter;

use serde_json::{Value, json};

use crate::diagnostic::{Diagnostic, Finding, Severity};
use crate::ui::style::{ERROR, HINT, WARNING};

/// The version of the JSON documents.
pub(super) const SCHEMA: u32 = 1;

pub(super) fn write_text(out: &mut impl Write, error: &dyn Diagnostic) -> io::Result<()> {
    if !error.findings().is_empty() {
        for finding in error.findings() {
            write_finding(out, finding)?;
        }
        return write_hints(out, &error.hints());
    }
    writeln!(out, "{ERROR}error:{ERROR:#} {error}")?;
    for cause in causes(error) {
        writeln!(out, "caused by: {cause}")?;
    }
    write_hints(out, &error.hints())
}

/// `message` as the line of an error after which the command goes on.
pub(super) fn error_line(message: &dyn Display) -> String {
    format!("{ERROR}error:{ERROR:#} {message}")
}

pub(super) fn write_finding(out: &mut impl Write, finding: &Finding) -> io::Result<()> {
    let style = match finding.severity {
        Severity::Error => ERROR,
        Severity::Warning => WARNING,
    };
    writeln!(
        out,
        "{style}{}:{style:#} {finding}",
        finding.severity.name()
    )?;
    write_hints(out, &finding.hints)
}

fn write_hints(out: &mut impl Write, hints: &[String]) -> io::Result<()> {
    for hint in hints {
        writeln!(out, "{HINT}hint:{HINT:#} {hint}")?;
    }
    Ok(())
}

pub(super) fn write_json(out: &mut impl Write, error: &dyn Diagnostic) -> io::Result<()> {
    let document = json!({ "schema": SCHEMA, "error": error_json(error) });
    writeln!(out, "{document}")
}

/// An error in the form it has in JSON documents.
pub(crate) fn error_json(error: &dyn Diagnostic) -> Value {
    let findings: Vec<_> = error.findings().iter().map(finding_json).collect();
    json!({
        "code": error.code(),
        "message": error.to_string(),
        "causes": causes(error).collect::<Vec<_>>(),
        "hints": error.hints(),
        "findings": findings,
    })
}

/// A finding in the form it has in JSON documents.
pub(crate) fn finding_json(finding: &Finding) -> Value {
    let place = finding.location.as_ref();
    json!({
        "severity": finding.severity.name(),
        "code": finding.code,
        "message": finding.message,
        "file": place.map(|place| place.path.strip_prefix(".").unwrap_or(&place.path).display().to_string()),
        "line": place.map(|place| place.line),
        "column": place.map(|place| place.column),
        "hints": finding.hints,
    })
}

fn causes(error: &dyn Diagnostic) -> impl Iterator<Item = String> {
    iter::successors(error.source(), |&cause| cause.source()).map(ToString::to_string)
}
