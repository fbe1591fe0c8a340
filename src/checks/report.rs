//! What checks found, in order, and the sentence that sums it up.

use std::fmt;

use crate::diagnostic::{Finding, Severity};
use crate::text;

/// What checks found, in the order of files and lines; what has no place comes first.
#[derive(Debug)]
pub struct CheckReport {
    findings: Vec<Finding>,
    /// Whether something is wrong outside of templates.
    has_error_in_site: bool,
}

impl CheckReport {
    /// A report of what was found in templates, and of all else.
    pub(super) fn new(findings: Vec<Finding>, in_templates: Vec<Finding>) -> Self {
        let is_error = |finding: &Finding| finding.severity >= Severity::Error;
        let has_error_in_site = findings.iter().any(is_error);
        let mut findings = [findings, in_templates].concat();
        findings.sort_by(|left, right| left.location.cmp(&right.location));
        findings.dedup();
        Self {
            findings,
            has_error_in_site,
        }
    }

    /// Whether the site cannot be served: what is wrong in a template fails the pages made of it alone.
    pub fn prevents_serving(&self) -> bool {
        self.has_error_in_site
    }

    /// Everything that was found.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// How many findings are this bad.
    pub fn count(&self, severity: Severity) -> usize {
        let same = self
            .findings
            .iter()
            .filter(|finding| finding.severity == severity);
        same.count()
    }

    /// Whether something is as bad as `level`, or worse.
    pub fn reaches(&self, level: Severity) -> bool {
        self.findings
            .iter()
            .any(|finding| finding.severity >= level)
    }
}

impl fmt::Display for CheckReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (errors, warnings) = (self.count(Severity::Error), self.count(Severity::Warning));
        let (errors_found, warnings_found) = (
            text::count(errors, "error"),
            text::count(warnings, "warning"),
        );
        match (errors, warnings) {
            (0, 0) => f.write_str("no problems found"),
            (0, _) => write!(f, "found {warnings_found} and no error"),
            (_, 0) => write!(f, "found {errors_found}"),
            _ => write!(f, "found {errors_found} and {warnings_found}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CheckReport;
    use crate::diagnostic::{Finding, Severity};

    #[test]
    fn sums_up_in_a_sentence() {
        let (error, warning) = (|| Finding::error("a", "a"), || Finding::warning("b", "b"));
        let sentence = |findings| CheckReport::new(findings, Vec::new()).to_string();
        assert_eq!(sentence(vec![]), "no problems found");
        assert_eq!(sentence(vec![error()]), "found 1 error");
        assert_eq!(sentence(vec![warning()]), "found 1 warning and no error");
        assert_eq!(
            sentence(vec![warning(), error()]),
            "found 1 error and 1 warning"
        );
    }

    #[test]
    fn knows_how_bad_it_is() {
        let report = CheckReport::new(vec![Finding::warning("b", "b")], Vec::new());
        assert!(report.reaches(Severity::Warning));
        assert!(!report.reaches(Severity::Error));
        let broken_page = CheckReport::new(Vec::new(), vec![Finding::error("a", "a")]);
        assert!(broken_page.reaches(Severity::Error) && !broken_page.prevents_serving());
        let broken_site = CheckReport::new(vec![Finding::error("a", "a")], Vec::new());
        assert!(broken_site.prevents_serving());
    }
}
