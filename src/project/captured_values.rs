//! Values that views take from their route and that the route does not capture.

use crate::diagnostic::Finding;
use crate::text;
use crate::urls::UrlPattern;
use crate::views::{UrlPatterns, View};

/// What the routes of `urls` lack that their views ask for.
pub(super) fn unknown_names(urls: &UrlPatterns) -> Vec<Finding> {
    urls.patterns().iter().flat_map(of_pattern).collect()
}

fn of_pattern(pattern: &UrlPattern<Box<dyn View>>) -> Vec<Finding> {
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
