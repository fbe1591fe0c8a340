//! Settings that are sent in headers or compared with them: values that browsers do not know.

use crate::diagnostic::Finding;
use crate::project::Project;
use crate::settings::{Settings, host_mistake};
use crate::text;

/// Values of `Referrer-Policy` (W3C Referrer Policy, 3).
const REFERRER_POLICIES: [&str; 8] = [
    "no-referrer",
    "no-referrer-when-downgrade",
    "origin",
    "origin-when-cross-origin",
    "same-origin",
    "strict-origin",
    "strict-origin-when-cross-origin",
    "unsafe-url",
];

/// Values of `Cross-Origin-Opener-Policy` (HTML, 7.1.3).
const OPENER_POLICIES: [&str; 4] = [
    "noopener-allow-popups",
    "same-origin",
    "same-origin-allow-popups",
    "unsafe-none",
];

const FRAME_OPTIONS: [&str; 2] = ["DENY", "SAMEORIGIN"];

pub(super) fn check(project: &Project) -> Vec<Finding> {
    let settings = &project.settings;
    let security = &settings.security;
    let policies = security.referrer_policy.split(',').map(str::trim);
    let policies = policies.filter_map(|policy| {
        unknown(
            settings,
            "security.referrer_policy",
            policy,
            &REFERRER_POLICIES,
        )
    });
    let opener = &security.cross_origin_opener_policy;
    let opener = unknown(
        settings,
        "security.cross_origin_opener_policy",
        opener,
        &OPENER_POLICIES,
    );
    let frames = security.frame_options.to_ascii_uppercase();
    let frames = unknown(settings, "security.frame_options", &frames, &FRAME_OPTIONS);
    let origins = settings.csrf.trusted_origins.iter();
    let origins = origins.filter_map(|origin| bad_origin(settings, origin));
    policies
        .chain(opener)
        .chain(frames)
        .chain(origins)
        .collect()
}

/// A value that browsers do not know; an empty one sends no header.
fn unknown(settings: &Settings, key: &str, value: &str, known: &[&str]) -> Option<Finding> {
    if value.is_empty() || known.contains(&value) {
        return None;
    }
    let known = known.iter().copied();
    let message = format!(
        "`{key}` must be one of {}, not `{value}`",
        text::quoted(known.clone())
    );
    let mut finding = Finding::error("unknown-choice", message);
    finding.location = settings.location(key);
    Some(finding.suggest(value, known))
}

fn bad_origin(settings: &Settings, origin: &str) -> Option<Finding> {
    let host = origin
        .strip_prefix("https://")
        .or_else(|| origin.strip_prefix("http://"));
    let host = host.map(|host| host.strip_prefix("*.").unwrap_or(host));
    if host.is_some_and(|host| host_mistake(host).is_none()) {
        return None;
    }
    let message = format!("`{origin}` is not an origin: a scheme and a host, without a path");
    let mut finding = Finding::error("invalid-setting", message);
    finding.location = settings.location_in("csrf.trusted_origins", origin);
    Some(finding.hint("an origin is written like `https://example.com`"))
}
