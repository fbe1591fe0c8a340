//! Values that views take from their route and that the route does not capture.

use crate::diagnostic::Finding;
use crate::text;
use crate::urls::ErrorHandler;
use crate::views::{UrlPatterns, View, ViewPattern};

/// The handlers whose templates are rendered without the request.
const WITHOUT_REQUEST: [&str; 2] = ["431", "500"];

/// What the routes of `urls` lack that their views ask for.
pub(super) fn unknown_names(urls: &UrlPatterns) -> Vec<Finding> {
    let of_handlers = urls.handlers().iter().flat_map(of_handler);
    let of_patterns = urls.patterns().iter().flat_map(of_pattern);
    of_patterns.chain(of_handlers).collect()
}

/// The path of what went wrong need not be that of a pattern.
fn of_handler(handler: &ErrorHandler<Box<dyn View>>) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Some(name) = handler.view.captured_names().first() {
        let message = format!("the page of an error captures nothing, and so not `{name}`");
        findings.push(Finding::error("not-captured", message).at(handler.location.clone()));
    }
    let page = handler.view.static_page(None).ok().flatten();
    let left_out = page.filter(|_| WITHOUT_REQUEST.contains(&handler.name));
    if let Some(name) = left_out.and_then(|page| page.left_out.first().copied()) {
        let message = format!(
            "the page of {} is made without the request and the database, and so without `{name}`",
            handler.name
        );
        findings.push(Finding::warning("without-request", message).at(handler.location.clone()));
    }
    findings
}

fn of_pattern(pattern: &ViewPattern) -> Vec<Finding> {
    let names = pattern.kwargs.iter().map(|(name, _)| name.as_str());
    let known: Vec<&str> = pattern.route.names().chain(names).collect();
    let mut asked = pattern.view.captured_names();
    asked.sort_unstable();
    asked.dedup();
    let unknown = asked.into_iter().filter(|name| !known.contains(name));
    let mut findings: Vec<_> = unknown
        .map(|name| {
            let message = format!("the path does not capture `{name}`");
            let finding = Finding::error("not-captured", message).at(pattern.location.clone());
            finding.suggest_or(
                name,
                known.iter().copied(),
                format!("write `<{name}>` or `<int:{name}>` in the path"),
            )
        })
        .collect();
    if let Some(names) = pattern.view.key_names()
        && !names.iter().any(|name| known.contains(name))
    {
        let message = format!("the path captures neither of {}", text::quoted(names));
        let finding = Finding::error("not-captured", message).at(pattern.location.clone());
        findings.push(finding.hint("a view of one row finds it by `<int:pk>` or `<slug:slug>`"));
    }
    findings
}
