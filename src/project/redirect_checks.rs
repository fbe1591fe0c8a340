//! Redirects that never arrive: circles, pages that cannot be opened, logins that lead back to the login.
//!
//! 1. A browser is sent to every page whose path is fixed, once as a visitor and once logged in.
//! 2. It follows what access rules, options and settings say, and what it comes back to is a circle.
//! 3. The same from where each form leads when it was sent.

use std::collections::BTreeSet;

use crate::diagnostic::Finding;
use crate::http::{Method, percent};
use crate::settings::Settings;
use crate::urls::UrlValue;
use crate::views::{
    Client, GetResponse, NextPage, UrlPatterns, ViewPattern as Pattern, is_guarded,
};

/// What is wrong with where pages and forms lead.
pub(super) fn redirect_checks(settings: &Settings, urls: &UrlPatterns) -> Vec<Finding> {
    let mut check = RedirectCheck {
        settings,
        urls,
        seen: BTreeSet::new(),
        findings: Vec::new(),
    };
    for client in [Client::User, Client::Visitor] {
        let fixed = urls.patterns().iter();
        for pattern in fixed.filter(|pattern| pattern.route.names().next().is_none()) {
            let journey = check.journey(client, format!("/{}", pattern.route));
            check.report(client, journey);
        }
    }
    for pattern in urls.patterns() {
        check.form(pattern);
        check.arguments(pattern);
    }
    check.findings
}

struct RedirectCheck<'c> {
    settings: &'c Settings,
    urls: &'c UrlPatterns,
    /// The circles and dead ends that were reported, by the paths in them.
    seen: BTreeSet<Vec<String>>,
    findings: Vec<Finding>,
}

/// The way of a browser: redirects, and where it ends.
struct Journey<'c> {
    redirects: Vec<Redirect<'c>>,
    end: JourneyEnd<'c>,
}

/// One redirect on the way.
struct Redirect<'c> {
    path: String,
    pattern: &'c Pattern,
    next: NextPage<'c>,
}

enum JourneyEnd<'c> {
    /// A page: that of a pattern, or one that is not known here.
    Page(Option<&'c Pattern>),
    /// A page that does not answer GET, by its path.
    NotAllowed(String),
    /// The redirect of this index once more.
    Circle(usize),
}

impl<'c> RedirectCheck<'c> {
    fn journey(&self, client: Client, start: String) -> Journey<'c> {
        let (mut redirects, mut path) = (Vec::<Redirect<'c>>::new(), start);
        let end = loop {
            if let Some(index) = redirects.iter().position(|redirect| redirect.path == path) {
                break JourneyEnd::Circle(index);
            }
            let Some(found) = self.urls.resolve(&path) else {
                break JourneyEnd::Page(None);
            };
            let pattern = found.pattern;
            let next = match self.get_response(client, pattern) {
                GetResponse::Page => break JourneyEnd::Page(Some(pattern)),
                GetResponse::NotAllowed => break JourneyEnd::NotAllowed(path),
                GetResponse::Redirect(next) => next,
            };
            let kwargs = found.kwargs.iter();
            let kwargs: Vec<_> = kwargs
                .map(|(name, value)| (name.clone(), value.to_string()))
                .collect();
            redirects.push(Redirect {
                path,
                pattern,
                next,
            });
            match self.path(next.target, &kwargs) {
                Some(next_path) => path = next_path,
                None => break JourneyEnd::Page(None),
            }
        };
        Journey { redirects, end }
    }

    /// What a pattern answers, in the order of `dispatch`.
    fn get_response(&self, client: Client, pattern: &'c Pattern) -> GetResponse<'c> {
        let settings = &self.settings.auth;
        if !pattern.answers(&Method::Get) {
            return GetResponse::NotAllowed;
        }
        let is_guarded = !pattern.view.is_api() && is_guarded(pattern, &Method::Get);
        if client == Client::Visitor && is_guarded {
            return GetResponse::Redirect(NextPage::login(settings));
        }
        pattern.view.get_response(client, settings)
    }

    /// The path that `target` leads to on this site, with the slash that `common` adds; `None` for what is elsewhere.
    fn path(&self, target: &str, kwargs: &[(String, String)]) -> Option<String> {
        let by_name = self.urls.reverse(target, &[], &[]);
        let by_name = by_name.or_else(|_| self.urls.reverse(target, &[], kwargs));
        let url = by_name.unwrap_or_else(|_| target.to_owned());
        if !url.starts_with('/') || url.starts_with("//") || url.contains("%(") {
            return None;
        }
        let path = percent::decode(url.split(['?', '#']).next()?)?;
        let with_slash = format!("{path}/");
        let is_completed = self.settings.project.append_slash && self.urls.resolve(&path).is_none();
        let is_completed = is_completed && self.urls.resolve(&with_slash).is_some();
        Some(if is_completed { with_slash } else { path })
    }

    /// Reports a circle, or a redirect to a page that cannot be opened, once.
    fn report(&mut self, client: Client, journey: Journey<'c>) {
        match journey.end {
            JourneyEnd::Page(_) => {}
            JourneyEnd::Circle(first) => self.report_circle(client, &journey.redirects[first..]),
            JourneyEnd::NotAllowed(path) => {
                if let Some(last) = journey.redirects.last() {
                    self.report_closed(&path, last.next, last.pattern);
                }
            }
        }
    }

    fn report_circle(&mut self, client: Client, circle: &[Redirect<'c>]) {
        let mut paths: Vec<_> = circle.iter().map(|step| step.path.clone()).collect();
        let Some(first) = paths.first().cloned() else {
            return;
        };
        let way = paths.iter().skip(1).chain([&first]);
        let way: Vec<_> = way.map(|path| format!("`{path}`")).collect();
        let way = way.join(", then to ");
        paths.sort();
        if !self.seen.insert(paths) {
            return;
        }
        let who = match client {
            Client::Visitor => "who is not logged in",
            Client::User => "who is logged in",
        };
        let message = format!("`{first}` redirects one {who} to {way}, without end");
        let cause = circle.iter().find(|step| step.next.setting.is_some());
        if let Some(cause) = cause.or(circle.first()) {
            let finding = Finding::error("redirect-circle", message);
            self.add(finding, cause.next, cause.pattern);
        }
    }

    fn report_closed(&mut self, path: &str, next: NextPage<'c>, pattern: &'c Pattern) {
        let from = match next.setting {
            Some(key) => key.to_owned(),
            None => pattern.location.to_string(),
        };
        if self.seen.insert(vec![from, path.to_owned()]) {
            let message = format!("a redirect leads to `{path}`, which does not answer GET");
            self.add(Finding::error("redirect-to-form", message), next, pattern);
        }
    }

    /// Follows where the form of a page leads.
    fn form(&mut self, pattern: &'c Pattern) {
        let Some(target) = pattern.view.form_target(&self.settings.auth) else {
            return;
        };
        let Some(start) = self.path(target.next.target, &[]) else {
            return;
        };
        let journey = self.journey(target.client, start);
        match &journey.end {
            JourneyEnd::NotAllowed(path) if journey.redirects.is_empty() => {
                self.report_closed(path, target.next, pattern);
            }
            // The form of a page for users may well be shown again, with a message above it.
            JourneyEnd::Page(Some(end))
                if std::ptr::eq(*end, pattern) && self.makes_user(target.client, pattern) =>
            {
                let message = format!("after the form of `/{}` the same form is shown", end.route);
                self.add(
                    Finding::warning("login-to-login", message),
                    target.next,
                    pattern,
                );
            }
            _ => {}
        }
    }

    /// Looks whether the urls that a pattern leads to by name take the arguments they are given.
    fn arguments(&mut self, pattern: &'c Pattern) {
        let unknown = || UrlValue {
            written: "...".to_owned(),
            known: None,
        };
        for client in [Client::Visitor, Client::User] {
            if let GetResponse::Redirect(next) = self.get_response(client, pattern) {
                // Settings are the same for every page and say no values.
                let captured = pattern.route.names().filter(|_| next.setting.is_none());
                let kwargs: Vec<_> = captured.map(|name| (name.to_owned(), unknown())).collect();
                self.check_arguments(next, &kwargs, pattern);
            }
        }
        if let Some(target) = pattern.view.form_target(&self.settings.auth) {
            let kwargs = target.kwargs.iter();
            let kwargs: Vec<_> = kwargs.map(|name| ((*name).to_owned(), unknown())).collect();
            self.check_arguments(target.next, &kwargs, pattern);
        }
    }

    fn check_arguments(
        &mut self,
        next: NextPage<'c>,
        kwargs: &[(String, UrlValue)],
        pattern: &'c Pattern,
    ) {
        // A name that does not exist is found elsewhere.
        if !self.urls.names().any(|name| name == next.target) {
            return;
        }
        let checked = self.urls.check_arguments(next.target, &[], kwargs);
        let place = match next.setting {
            Some(key) => key.to_owned(),
            None => pattern.location.to_string(),
        };
        if let Err(error) = checked
            && self.seen.insert(vec![error.to_string(), place])
        {
            let finding = Finding::error("wrong-arguments", error.to_string());
            self.add(finding, next, pattern);
        }
    }

    /// Whether the form of a page that visitors see makes them users.
    fn makes_user(&self, client: Client, pattern: &'c Pattern) -> bool {
        let asked = self.get_response(Client::Visitor, pattern);
        client == Client::User && matches!(asked, GetResponse::Page)
    }

    fn add(&mut self, finding: Finding, next: NextPage<'c>, pattern: &Pattern) {
        let location = next.setting.and_then(|key| self.settings.location(key));
        let finding = match next.setting {
            Some(key) => finding.hint(format!("`{key}` leads there")),
            None => finding,
        };
        let location = location.unwrap_or_else(|| pattern.location.clone());
        self.findings.push(finding.at(location));
    }
}
