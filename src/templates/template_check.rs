//! Templates checked before anybody asks for them.

use crate::diagnostic::{Finding, Location};
use crate::templates::django_syntax::{self, ExplainedTag};
use crate::templates::template_sources::TemplateFile;
use crate::templates::{Templates, tag_scanner};

impl Templates {
    /// Compiles every template; returns what is wrong in any of them.
    ///
    /// `check_url` says what is wrong with the name of a url that a template writes.
    pub fn check(&self, check_url: &dyn Fn(&str) -> Option<Finding>) -> Vec<Finding> {
        let names = match self.sources.names() {
            Ok(names) => names,
            Err(error) => {
                let message = format!("cannot list the templates: {error}");
                return vec![Finding::error("unreadable-file", message)];
            }
        };
        let pages = names.iter().filter(|name| is_page(name));
        pages
            .flat_map(|name| self.check_one(name, check_url))
            .collect()
    }

    fn check_one(&self, name: &str, check_url: &dyn Fn(&str) -> Option<Finding>) -> Vec<Finding> {
        let found = match self.sources.find(name) {
            Ok(Some(found)) => found,
            Ok(None) => return Vec::new(),
            Err(error) => {
                let message = format!("cannot read the template `{name}`: {error}");
                return vec![Finding::error("unreadable-file", message)];
            }
        };
        let foreign: Vec<_> = django_syntax::django_tags(&found.text)
            .into_iter()
            .map(ExplainedTag::from)
            .collect();
        if !foreign.is_empty() {
            return foreign
                .into_iter()
                .map(|form| finding(&found, form))
                .collect();
        }
        if let Err(error) = self.environment.get_template(name) {
            return vec![self.explain(&error).to_finding()];
        }
        self.check_names(&found, check_url)
    }

    /// Looks for templates and urls that are named and do not exist.
    fn check_names(
        &self,
        found: &TemplateFile,
        check_url: &dyn Fn(&str) -> Option<Finding>,
    ) -> Vec<Finding> {
        let mut findings = Vec::new();
        for tag in tag_scanner::tags(&found.text) {
            let place =
                |within: usize| Location::of(&found.path, &found.text, tag.inner_start + within);
            let other = other_template(tag.inner).filter(|(name, _)| !self.has(name));
            if let Some((name, within)) = other {
                let message = format!("there is no template `{name}`");
                findings.push(Finding::error("missing-template", message).at(place(within)));
            }
            // Views say themselves which urls their pages lead to, and not every project has all views.
            let calls = url_calls(tag.inner);
            for (name, within) in calls.into_iter().filter(|_| !found.is_built_in) {
                findings.extend(check_url(name).map(|finding| finding.at(place(within))));
            }
        }
        findings
    }
}

fn finding(found: &TemplateFile, form: ExplainedTag) -> Finding {
    let location = Location::of(&found.path, &found.text, form.offset);
    let finding = Finding::error("django-template-language", form.message).at(location);
    form.hints.into_iter().fold(finding, Finding::hint)
}

/// Whether a file is a template at all: an editor's copies and pictures are not.
fn is_page(name: &str) -> bool {
    let endings = [
        ".html", ".htm", ".txt", ".xml", ".svg", ".json", ".js", ".css", ".md",
    ];
    endings.iter().any(|ending| name.ends_with(ending))
}

/// The template that a tag names and cannot do without.
fn other_template(inner: &str) -> Option<(&str, usize)> {
    let name = ["extends", "include", "import", "from"];
    let word = inner
        .split_whitespace()
        .next()
        .filter(|word| name.contains(word))?;
    let rest = inner[word.len()..].trim_start();
    let (text, end) = string(rest)?;
    let optional = rest[end..].contains("ignore missing");
    // `"a" ~ b` is not known before it runs.
    let whole = !rest[end..].trim_start().starts_with(['~', '+', '|']);
    (whole && !optional).then_some((text, inner.len() - rest.len()))
}

/// The names in `url("name"`, wherever they stand in a tag.
fn url_calls(inner: &str) -> Vec<(&str, usize)> {
    let mut calls = Vec::new();
    for (index, call) in inner.match_indices("url(") {
        let before = inner[..index].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || "_.\"'".contains(c)) {
            continue;
        }
        let rest = inner[index + call.len()..].trim_start();
        let whole = |(_, end): &(&str, usize)| rest[*end..].trim_start().starts_with([',', ')']);
        if let Some((name, _)) = string(rest).filter(whole) {
            calls.push((name, inner.len() - rest.len()));
        }
    }
    calls
}

/// The string at the start of `text`, and where it ends.
fn string(text: &str) -> Option<(&str, usize)> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let end = text[1..].find(quote)? + 1;
    Some((&text[1..end], end + 1))
}
