//! Templates checked before anybody asks for them.

use std::collections::BTreeSet;
use std::io;

use minijinja::ErrorKind;
use minijinja::machinery::ast::Stmt;

use crate::diagnostic::{Finding, Location};
use crate::templates::attribute_check::wrong_attributes;
use crate::templates::check_calls::CheckCalls;
use crate::templates::django_syntax::{self, ExplainedTag};
use crate::templates::template_names::{TemplateNames, parsed};
use crate::templates::template_sources::TemplateFile;
use crate::templates::used_names::{FragmentUse, UsedName, UsedNameKind};
use crate::templates::{Templates, built_in_names, escaping, filters};

impl Templates {
    /// Compiles every template; returns what is wrong in any of them.
    ///
    /// `calls` says what is wrong with the urls and static files that a template names.
    pub fn check(&self, calls: &dyn CheckCalls) -> Vec<Finding> {
        let names = match self.sources.names() {
            Ok(names) => names,
            Err(error) => {
                let message = format!("cannot list the templates: {error}");
                return vec![Finding::error("unreadable-file", message)];
            }
        };
        let pages = names.into_iter().filter(|name| is_page(name));
        let pages = pages.map(|name| {
            let found = self.sources.find(&name);
            CheckedPage { name, found }
        });
        let pages: Vec<_> = pages.collect();
        let parsed: Vec<_> = pages.iter().map(CheckedPage::parse).collect();
        let known = AllNames::of(&parsed);
        let both = pages.iter().zip(&parsed);
        both.flat_map(|(page, parsed)| self.check_one(page, parsed.as_ref(), &known, calls))
            .collect()
    }

    fn check_one(
        &self,
        page: &CheckedPage,
        parsed: Option<&ParsedTemplate<'_>>,
        known: &AllNames,
        calls: &dyn CheckCalls,
    ) -> Vec<Finding> {
        let name = page.name.as_str();
        let found = match &page.found {
            Ok(Some(found)) => found,
            Ok(None) => return Vec::new(),
            Err(error) => {
                let message = format!("cannot read the template `{name}`: {error}");
                return vec![Finding::error("unreadable-file", message)];
            }
        };
        let foreign: Vec<_> = django_syntax::django_tags(&found.text, &self.own_tags)
            .into_iter()
            .map(ExplainedTag::from)
            .collect();
        if !foreign.is_empty() {
            return foreign
                .into_iter()
                .map(|form| finding(found, form))
                .collect();
        }
        if let Err(error) = self.environment.get_template(name) {
            return vec![self.explain(&error).to_finding()];
        }
        let Some(parsed) = parsed else {
            return Vec::new();
        };
        let mut findings = self.check_names(found, &parsed.names, known, calls);
        // A template that others join knows their names, too.
        if !known.joins_any && !known.joined.contains(name) {
            let handed = calls.handed_to(name);
            let wrong = wrong_attributes(&parsed.statements, &parsed.names, handed, calls);
            findings.extend(wrong.into_iter().map(|wrong| {
                let place = Location::of(&found.path, &found.text, wrong.offset);
                wrong.finding.at(place)
            }));
        }
        findings
    }

    /// Looks for filters, tests, functions, templates and urls that are named and do not exist.
    fn check_names(
        &self,
        found: &TemplateFile,
        names: &TemplateNames,
        known: &AllNames,
        calls: &dyn CheckCalls,
    ) -> Vec<Finding> {
        let at = |offset: usize, finding: Finding| {
            finding.at(Location::of(&found.path, &found.text, offset))
        };
        let uses = names.uses.iter().chain(&names.templates);
        let known = &known.defined;
        let unknown = uses.filter_map(|used| {
            let finding = self.check_use(used, known)?;
            let is_handed = used.kind == UsedNameKind::Printed && calls.is_handed(&used.name);
            (!is_handed).then(|| at(used.offset, finding))
        });
        let empty = names.empty_calls.iter();
        let empty = empty.map(|call| at(call.offset, empty_call(&call.name)));
        // Views say themselves which urls their pages lead to, and not every project has all views.
        let urls = names.urls.iter().filter(|_| !found.is_built_in);
        let wrong = urls.filter_map(|call| Some(at(call.offset, calls.url(call)?)));
        let files = names.static_files.iter().filter(|_| !found.is_built_in);
        let missing =
            files.filter_map(|call| Some(at(call.offset, calls.static_file(&call.path)?)));
        let fragments = names.fragments.iter();
        let fragments = fragments.filter(|_| !known.contains("cache"));
        let fragments = fragments
            .flat_map(|call| check_fragment(call, calls))
            .map(|(offset, finding)| at(offset, finding));
        let others = unknown.chain(empty).chain(wrong).chain(missing);
        others.chain(fragments).collect()
    }

    /// What is wrong with a name; `known` are those that templates define themselves.
    pub(super) fn check_use(&self, used: &UsedName, known: &BTreeSet<String>) -> Option<Finding> {
        let name = used.name.as_str();
        match used.kind {
            UsedNameKind::Template if self.has(name) => None,
            UsedNameKind::Template => {
                let message = format!("there is no template `{name}`");
                let finding = Finding::error("missing-template", message);
                let names = self.sources.names().unwrap_or_default();
                Some(finding.suggest(name, names.iter().map(String::as_str)))
            }
            UsedNameKind::Filter(count) if self.has_filter(name) => wrong_count(name, count?),
            UsedNameKind::Filter(_) => {
                let of_django = filters::all().map(|spec| spec.name);
                let names = built_in_names::FILTERS.iter().copied().chain(of_django);
                Some(unknown("filter", name, names.collect()))
            }
            UsedNameKind::Test if self.has_test(name) => None,
            UsedNameKind::Test => Some(unknown("test", name, built_in_names::TESTS.to_vec())),
            UsedNameKind::Function | UsedNameKind::BlockFunction => self
                .check_function(name, known)
                .or_else(|| self.check_block(used)),
            UsedNameKind::Printed => self.check_printed(name, known),
        }
    }

    fn check_function(&self, name: &str, known: &BTreeSet<String>) -> Option<Finding> {
        let is_special = ["loop", "super", "caller", "self"].contains(&name);
        if is_special || known.contains(name) || self.is_function(name) {
            return None;
        }
        let functions = self.environment.globals().map(|(name, _)| name);
        let names = functions.chain(known.iter().map(String::as_str));
        Some(unknown("function", name, names.collect()))
    }

    /// What is wrong with a tag of the project that is called with a block or without.
    fn check_block(&self, used: &UsedName) -> Option<Finding> {
        let tag = self.own_tags.get(&used.name)?;
        let has_block = used.kind == UsedNameKind::BlockFunction;
        let is_fine = has_block == tag.end_name.is_some();
        (!is_fine).then(|| Finding::error("wrong-block", tag.wrong_block()))
    }

    fn check_printed(&self, name: &str, known: &BTreeSet<String>) -> Option<Finding> {
        if known.contains(name) || !self.is_function(name) {
            return None;
        }
        let finding = Finding::error("function-not-called", escaping::not_called(name));
        Some(finding.hint(format!("write `{{{{ {name}() }}}}`")))
    }

    fn is_function(&self, name: &str) -> bool {
        self.environment.globals().any(|(known, _)| known == name)
    }

    /// Without a value a filter fails, and one that does not exist fails in another way.
    fn has_filter(&self, name: &str) -> bool {
        let outcome = self.environment.empty_state().apply_filter(name, &[]);
        !outcome.is_err_and(|error| error.kind() == ErrorKind::UnknownFilter)
    }

    fn has_test(&self, name: &str) -> bool {
        let outcome = self.environment.empty_state().perform_test(name, &[]);
        !outcome.is_err_and(|error| error.kind() == ErrorKind::UnknownTest)
    }
}

/// A template that is checked, as it was found.
struct CheckedPage {
    name: String,
    found: io::Result<Option<TemplateFile>>,
}

/// What a template consists of.
struct ParsedTemplate<'s> {
    statements: Stmt<'s>,
    names: TemplateNames,
}

impl CheckedPage {
    /// None where there is nothing that can be compiled.
    fn parse(&self) -> Option<ParsedTemplate<'_>> {
        let source = &self.found.as_ref().ok()?.as_ref()?.text;
        let statements = parsed(source)?;
        Some(ParsedTemplate {
            names: TemplateNames::of(source, &statements),
            statements,
        })
    }
}

impl AllNames {
    fn of(templates: &[Option<ParsedTemplate<'_>>]) -> Self {
        let mut all = Self::default();
        for names in templates.iter().flatten().map(|parsed| &parsed.names) {
            all.defined.extend(names.defined.iter().cloned());
            all.joined.extend(names.joined.iter().cloned());
            all.joins_any |= names.joins_any;
        }
        all
    }
}

/// What is wrong with a call of `cache`, and where, in bytes.
fn check_fragment(call: &FragmentUse, calls: &dyn CheckCalls) -> Vec<(usize, Finding)> {
    let mut findings = Vec::new();
    if !call.has_block {
        let finding = Finding::error("missing-block", "`cache` needs a block");
        let hint = "write `{% call cache(500, \"sidebar\") %}...{% endcall %}`";
        findings.push((call.offset, finding.hint(hint)));
    }
    if call.arguments.is_some_and(|count| count < 2) {
        let finding = Finding::error("missing-argument", "`cache` needs seconds and a name");
        let hint = "write `cache(500, \"sidebar\")`, and behind that what its parts vary on";
        findings.push((call.offset, finding.hint(hint)));
    }
    if let Some((alias, offset)) = &call.using {
        findings.extend(calls.cache(alias).map(|finding| (*offset, finding)));
    }
    for secret in &call.secrets {
        let message = format!("`{}` of one client would be kept for all", secret.name);
        let finding = Finding::error("kept-secret", message);
        findings.push((
            secret.offset,
            finding.hint("put the form behind the block of `cache`"),
        ));
    }
    findings
}

/// What all templates define and join.
#[derive(Debug, Default)]
struct AllNames {
    /// An included template knows the names of those around it.
    defined: BTreeSet<String>,
    joined: BTreeSet<String>,
    joins_any: bool,
}

/// The finding for a call of `url` or `static` without an argument.
fn empty_call(name: &str) -> Finding {
    let (what, example) = match name {
        "url" => ("the name of a url", "url(\"home\")"),
        _ => ("the path of a file", "static(\"site.css\")"),
    };
    let finding = Finding::error("wrong-arguments", format!("`{name}` needs {what}"));
    finding.hint(format!("write `{{{{ {example} }}}}`"))
}

/// What is wrong with `count` arguments of a filter of Django.
fn wrong_count(name: &str, count: usize) -> Option<Finding> {
    let spec = filters::all().find(|spec| spec.name == name)?;
    let message = spec.wrong_count(count)?;
    Some(Finding::error("wrong-arguments", message))
}

/// The finding for a name that does not exist, with the nearest of those that do.
fn unknown(kind: &str, name: &str, names: Vec<&str>) -> Finding {
    let finding = Finding::error("unknown-name", format!("there is no {kind} `{name}`"));
    finding.suggest(name, names)
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
