//! Templates checked before anybody asks for them.

use crate::diagnostic::{Finding, Location};
use crate::templates::dialect::{self, Foreign};
use crate::templates::sources::Found;
use crate::templates::{Templates, scan};

/// A form of the Django template language, explained.
pub(super) struct Explained {
    pub(super) offset: usize,
    pub(super) message: String,
    pub(super) hints: Vec<String>,
}

impl From<Foreign> for Explained {
    fn from(foreign: Foreign) -> Self {
        Self {
            offset: foreign.offset,
            message: format!(
                "`{}` is the Django template language; templates here are Jinja",
                foreign.written
            ),
            hints: vec![foreign.hint],
        }
    }
}

/// The first foreign form on the line of this number.
pub(super) fn foreign_on_line(text: &str, line: usize) -> Option<Explained> {
    let line_of = |offset: usize| text[..offset].matches('\n').count() + 1;
    let foreign = dialect::foreign_tags(text);
    foreign
        .into_iter()
        .find(|foreign| line_of(foreign.offset) == line)
        .map(Into::into)
}

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
        let foreign: Vec<_> = dialect::foreign_tags(&found.text)
            .into_iter()
            .map(Explained::from)
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
        found: &Found,
        check_url: &dyn Fn(&str) -> Option<Finding>,
    ) -> Vec<Finding> {
        let mut findings = Vec::new();
        for tag in scan::tags(&found.text) {
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

fn finding(found: &Found, form: Explained) -> Finding {
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
