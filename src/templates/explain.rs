//! Errors of the engine in the words of whoever wrote the template.

use std::collections::BTreeSet;
use std::ops::Range;

use minijinja::{Error, ErrorKind};

use crate::templates::django_syntax::{ExplainedTag, django_tag_on_line};
use crate::templates::operators::Rewritten;
use crate::templates::template_error::{innermost, message_of, unnamed};
use crate::templates::template_names::TemplateNames;
use crate::templates::unclosed_tag::unclosed_tag;
use crate::templates::{Excerpt, TemplateError, Templates};

/// Where the engine stopped in a template.
struct Stop<'t> {
    text: &'t str,
    line: usize,
    /// In bytes.
    offset: usize,
}

impl Templates {
    /// An engine's error with its place, its lines and what to do.
    pub(super) fn explain(&self, error: &Error) -> TemplateError {
        let inner = innermost(error);
        let mut explained = TemplateError::plain(message_of(error));
        explained.is_missing = inner.kind() == ErrorKind::TemplateNotFound;
        if explained.is_missing {
            explained.hints.push(
                "templates are looked for in `[templates] dirs`, then in `templates/` of each app"
                    .to_owned(),
            );
        }
        let Some((name, line)) = inner.name().zip(inner.line()) else {
            return explained;
        };
        let found = self.sources.find(name).ok().flatten();
        let path = found
            .as_ref()
            .map_or_else(|| unnamed(name), |found| found.path.clone());
        let source = self.added.get(name).cloned();
        let source = source.or(found.map(|found| found.text));
        let range = inner.range();
        let Some((text, place)) = written_by_author(inner.template_source(), source, range) else {
            return explained;
        };
        let before = text.split_inclusive('\n').take(line - 1);
        let start = before.map(str::len).sum();
        let offset = place.unwrap_or(start);
        let stop = Stop {
            text: &text,
            line,
            offset,
        };
        explained.excerpt = Some(Excerpt::new(&path, &text, offset));
        if let Some(better) = self.reword(inner.kind(), &stop) {
            explained.message = better.message;
            explained.hints = better.hints;
            explained.excerpt = Some(Excerpt::new(&path, &text, better.offset));
        }
        explained
    }

    /// What is wrong in better words than the engine's.
    fn reword(&self, kind: ErrorKind, stop: &Stop<'_>) -> Option<ExplainedTag> {
        let django = django_tag_on_line(stop.text, stop.line, &self.own_tags);
        django.or_else(|| match kind {
            ErrorKind::SyntaxError => unclosed(stop).or_else(|| assigned(stop)),
            ErrorKind::UnknownFilter | ErrorKind::UnknownTest | ErrorKind::UnknownFunction => {
                self.unknown_name(stop)
            }
            _ => None,
        })
    }

    /// The name on the line of an error that does not exist.
    fn unknown_name(&self, stop: &Stop<'_>) -> Option<ExplainedTag> {
        let names = TemplateNames::read(stop.text)?;
        let line_of = |offset: usize| {
            let before = stop.text.get(..offset).unwrap_or_default();
            before.matches('\n').count() + 1
        };
        let uses = names.uses.iter();
        let mut on_line = uses.filter(|used| line_of(used.offset) == stop.line);
        on_line.find_map(|used| {
            let finding = self.check_use(used, &BTreeSet::new())?;
            Some(ExplainedTag {
                offset: used.offset,
                message: finding.message,
                hints: finding.hints,
            })
        })
    }
}

/// The text of a template, and where in it stands what is at `range` of the text that was compiled: the author's
/// own text, unless that has changed since.
fn written_by_author(
    compiled: Option<&str>,
    source: Option<String>,
    range: Option<Range<usize>>,
) -> Option<(String, Option<usize>)> {
    let place = range.map(|range| range.start);
    if let Some(source) = source {
        let rewritten = Rewritten::new(&source);
        if compiled.is_none_or(|compiled| compiled == rewritten.text) {
            let place = place.map(|place| rewritten.place_in_source(place));
            return Some((source, place));
        }
    }
    compiled.map(|compiled| (compiled.to_owned(), place))
}

/// One `=` where two are meant.
fn assigned(stop: &Stop<'_>) -> Option<ExplainedTag> {
    let rest = stop.text.get(stop.offset..)?;
    let tag = stop.text.get(..stop.offset)?.rsplit("{%").next()?;
    let is_condition =
        ["if", "elif"].contains(&tag.trim_start_matches('-').split_whitespace().next()?);
    (is_condition && rest.starts_with('=')).then(|| ExplainedTag {
        offset: stop.offset,
        message: "`=` gives a name a value and compares nothing".to_owned(),
        hints: vec!["write `==`".to_owned()],
    })
}

fn unclosed(stop: &Stop<'_>) -> Option<ExplainedTag> {
    let tag = unclosed_tag(stop.text, stop.offset)?;
    Some(ExplainedTag {
        offset: tag.offset,
        message: format!("`{}` is not closed: `{}` is missing", tag.open, tag.close),
        hints: Vec::new(),
    })
}
