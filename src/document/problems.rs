//! Where the mistakes of a file are gathered while it is read.

use std::cell::RefCell;

use crate::diagnostic::{Finding, Findings};

/// Findings gathered so far.
#[derive(Debug, Default)]
pub struct Problems(RefCell<Vec<Finding>>);

impl Problems {
    /// Adds a finding, once: what several models take over is read for each of them.
    pub fn push(&self, finding: Finding) {
        let mut found = self.0.borrow_mut();
        let line = finding.to_string();
        if !found.iter().any(|other| other.to_string() == line) {
            found.push(finding);
        }
    }

    /// Adds all findings of another file.
    pub fn extend(&self, findings: Findings) {
        self.0.borrow_mut().extend(findings.into_inner());
    }

    /// Returns the value of `outcome`; its findings are added here.
    pub fn take<T>(&self, outcome: Result<T, Findings>) -> Option<T> {
        outcome.map_err(|findings| self.extend(findings)).ok()
    }

    /// Returns `value` unless an error was found.
    pub fn finish<T>(self, value: T) -> Result<T, Findings> {
        Findings::new(self.into_findings()).map_or(Ok(value), Err)
    }

    /// Has each finding so far replaced by what `change` makes of it.
    pub fn change_all(&self, change: impl Fn(Finding) -> Finding) {
        let found = self.0.take();
        self.0.replace(found.into_iter().map(change).collect());
    }

    /// All findings, warnings included.
    pub fn into_findings(self) -> Vec<Finding> {
        self.0.into_inner()
    }
}
