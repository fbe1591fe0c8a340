//! Names of urls and permissions that urls and settings ask for and that do not exist.

use crate::diagnostic::Finding;
use crate::http::Method;
use crate::settings::Settings;
use crate::templates::{UrlCall, UrlCallArgument};
use crate::urls::{AccessRight, UrlValue};
use crate::views::{self, UrlPatterns, ViewPattern};

/// Names of urls in the settings and in views that no pattern has.
pub(super) fn unknown_names(settings: &Settings, urls: &UrlPatterns) -> Vec<Finding> {
    let mut findings = unknown_names_in_settings(settings, urls);
    for pattern in urls.patterns() {
        let names = pattern.view.pattern_names().into_iter();
        let unknown = names.filter_map(|name| unknown_name(urls, name));
        findings.extend(unknown.map(|finding| finding.at(pattern.location.clone())));
    }
    for handler in urls.handlers() {
        let names = handler.view.pattern_names().into_iter();
        let unknown = names.filter_map(|name| unknown_name(urls, name));
        findings.extend(unknown.map(|finding| finding.at(handler.location.clone())));
    }
    findings
}

fn unknown_names_in_settings(settings: &Settings, urls: &UrlPatterns) -> Vec<Finding> {
    let auth = &settings.auth;
    let targets = [
        ("auth.login_url", Some(&auth.login_url)),
        ("auth.login_redirect_url", Some(&auth.login_redirect_url)),
        (
            "auth.logout_redirect_url",
            auth.logout_redirect_url.as_ref(),
        ),
    ];
    let mut patterns = urls.patterns().iter();
    let redirects_to_login =
        patterns.any(|pattern| !pattern.view.is_api() && !pattern.access.requirements.is_empty());
    let mut findings = Vec::new();
    for (key, target) in targets {
        let location = settings.location(key);
        // A default that nothing redirects to does no harm.
        if location.is_none() && !(redirects_to_login && key == "auth.login_url") {
            continue;
        }
        let name = target.filter(|target| !views::is_path_or_url(target));
        if let Some(finding) = name.and_then(|name| unknown_name(urls, name)) {
            let finding = finding.hint(format!("`{key}` leads there"));
            findings.push(location.into_iter().fold(finding, Finding::at));
        }
    }
    findings
}

/// The finding for `name` where no pattern has it.
pub(super) fn unknown_name(urls: &UrlPatterns, name: &str) -> Option<Finding> {
    if urls.is_named(name) {
        return None;
    }
    let finding = Finding::error("unknown-url", format!("no url is named `{name}`"));
    Some(finding.suggest(name, urls.names()))
}

/// What is wrong with a url that a template writes.
pub(super) fn wrong_call(urls: &UrlPatterns, call: &UrlCall) -> Option<Finding> {
    if let Some(finding) = unknown_name(urls, &call.name) {
        return Some(finding);
    }
    if call.is_open {
        return None;
    }
    let value = |argument: &UrlCallArgument| UrlValue {
        written: argument.value.as_ref().unwrap_or(&argument.text).clone(),
        known: argument.value.clone(),
    };
    let args: Vec<_> = call.args.iter().map(value).collect();
    let kwargs = call.kwargs.iter();
    let kwargs: Vec<_> = kwargs
        .map(|(name, argument)| (name.clone(), value(argument)))
        .collect();
    let error = urls.check_arguments(&call.name, &args, &kwargs).err()?;
    Some(Finding::error("wrong-arguments", error.to_string()))
}

/// The permissions that urls ask for and that are not among those `known`.
pub(super) fn unknown_permissions(urls: &UrlPatterns, known: &[String]) -> Vec<Finding> {
    let requirements = urls.patterns().iter();
    let requirements = requirements.flat_map(|pattern| &pattern.access.requirements);
    let unknown = requirements.filter_map(|required| match &required.right {
        AccessRight::Permission(name) if !known.contains(name) => Some((name, &required.location)),
        _ => None,
    });
    unknown
        .map(|(name, location)| {
            let message = format!("no model has the permission `{name}`");
            let finding = Finding::warning("unknown-permission", message).at(location.clone());
            finding.suggest(name, known.iter().map(String::as_str))
        })
        .collect()
}

/// The methods that entries ask something for, or answer, and that no view of theirs has.
pub(super) fn unanswered_methods(urls: &UrlPatterns) -> Vec<Finding> {
    let named = urls.patterns().iter().flat_map(|pattern| {
        let requirements = pattern.access.requirements.iter();
        requirements.map(move |required| (pattern, required))
    });
    let mut findings = Vec::new();
    for (pattern, required) in named {
        for method in &required.methods {
            // What an `include` asks is asked for each of its entries: one that answers is enough.
            let is_here = |other: &&ViewPattern| {
                let requirements = &mut other.access.requirements.iter();
                requirements.any(|other| other.location == required.location)
            };
            let mut here = urls.patterns().iter().filter(is_here);
            if !here.any(|other| answers(other, method)) {
                let message = format!("nothing here answers {method}");
                let finding = Finding::warning("unanswered-method", message);
                let hint = format!("the page answers {}", answered(pattern));
                let finding = finding.at(required.location.clone()).hint(hint);
                let is_same = |known: &Finding| {
                    known.message == finding.message && known.location == finding.location
                };
                if !findings.iter().any(is_same) {
                    findings.push(finding);
                }
            }
        }
    }
    findings
}

fn answered(pattern: &ViewPattern) -> String {
    match pattern.methods.as_slice() {
        [] => pattern.view.allowed().to_owned(),
        _ => pattern.allow(),
    }
}

fn answers(pattern: &ViewPattern, method: &Method) -> bool {
    let mut allowed = pattern.view.allowed().split(", ");
    pattern.answers(method) && allowed.any(|allowed| allowed == method.as_str())
}
