//! Middleware by name, and the chain that it makes.

use crate::diagnostic::Finding;
use crate::http::Response;
use crate::settings::Settings;
use crate::text;
use crate::views::{self, HttpError, Request, error_response};

use super::{auth, clickjacking, common, csrf, messages, security, sessions};

/// Looks at a request, has the rest of the chain answer it, and looks at the response.
///
/// What fails in the rest is a page already; only its own failures are errors.
pub type Middleware = fn(&mut Request<'_>, Next<'_>) -> Result<Response, HttpError>;

/// All middleware, with what each needs before it.
const MIDDLEWARE: [(&str, Middleware, &[&str]); 7] = [
    ("security", security::run, &[]),
    ("sessions", sessions::run, &[]),
    ("common", common::run, &[]),
    ("csrf", csrf::run, &[]),
    ("auth", auth::run, &["sessions"]),
    ("messages", messages::run, &[]),
    ("clickjacking", clickjacking::run, &[]),
];

/// The rest of a chain.
#[derive(Clone, Copy, Debug)]
pub struct Next<'c>(&'c [Middleware]);

impl<'c> Next<'c> {
    /// The whole chain, the view at its end.
    pub fn new(chain: &'c [Middleware]) -> Self {
        Self(chain)
    }

    /// Has the rest of the chain answer; a error in it is a page already.
    pub fn run(self, request: &mut Request<'_>) -> Response {
        let answer = match self.0.split_first() {
            Some((middleware, rest)) => middleware(request, Next(rest)),
            None => views::respond(request),
        };
        answer.unwrap_or_else(|error| error_response(request, &error))
    }
}

/// The chain that the settings name; what is wrong goes to `findings`.
pub(super) fn build(settings: &Settings, findings: &mut Vec<Finding>) -> Vec<Middleware> {
    let names = &settings.project.middleware;
    let mut chain = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let Some((_, middleware, needs)) = MIDDLEWARE.iter().find(|(known, ..)| known == name)
        else {
            findings.push(unknown(settings, name));
            continue;
        };
        if names[..index].contains(name) {
            let message = format!("middleware `{name}` is listed twice");
            findings.push(at(
                settings,
                name,
                Finding::error("repeated-middleware", message),
            ));
        }
        for needed in needs
            .iter()
            .filter(|needed| !names[..index].iter().any(|name| name == *needed))
        {
            let message = format!("middleware `{name}` needs `{needed}` before it");
            findings.push(at(
                settings,
                name,
                Finding::error("missing-middleware", message),
            ));
        }
        chain.push(*middleware);
    }
    chain
}

fn unknown(settings: &Settings, name: &str) -> Finding {
    let known = MIDDLEWARE.map(|(known, ..)| known);
    let finding = Finding::error("unknown-middleware", format!("unknown middleware `{name}`"));
    let finding = at(settings, name, finding);
    match text::nearest(name, known) {
        Some(nearest) => finding.hint(format!("did you mean `{nearest}`?")),
        None => finding.hint(format!("middleware there is: {}", text::quoted(known))),
    }
}

fn at(settings: &Settings, name: &str, finding: Finding) -> Finding {
    match settings.location_in("project.middleware", name) {
        Some(location) => finding.at(location),
        None => finding,
    }
}
