//! What to change before a site goes public (Django's `security` checks of `check --deploy`).

use std::collections::BTreeSet;

use crate::diagnostic::Finding;
use crate::project::Project;
use crate::settings::{MailBackend, SecretKey, Settings};

/// One rule: when it is broken, what that means, and what to write.
struct DeployRule {
    code: &'static str,
    /// The setting it is about.
    key: &'static str,
    is_broken: fn(&Settings) -> bool,
    message: &'static str,
    hint: &'static str,
}

const RULES: [DeployRule; 19] = [
    DeployRule {
        code: "deploy-debug",
        key: "project.debug",
        is_broken: |settings| settings.project.debug,
        message: "`debug` is on: errors would show the site's source to everybody",
        hint: "set `debug = false` in `[project]`, or DJR_PROJECT__DEBUG=false where the site runs",
    },
    DeployRule {
        code: "deploy-allowed-hosts",
        key: "project.allowed_hosts",
        is_broken: |settings| settings.project.allowed_hosts.is_empty(),
        message: "`allowed_hosts` is empty: without `debug` the site answers to no host name",
        hint: "list the names of the site: `allowed_hosts = [\"example.com\"]`",
    },
    DeployRule {
        code: "deploy-any-host",
        key: "project.allowed_hosts",
        is_broken: |settings| {
            settings
                .project
                .allowed_hosts
                .iter()
                .any(|host| host == "*")
        },
        message: "`allowed_hosts` accepts every host name, so links can be made to lead elsewhere",
        hint: "list the names of the site instead of `*`",
    },
    DeployRule {
        code: "deploy-security-middleware",
        key: "project.middleware",
        is_broken: |settings| !has_middleware(settings, "security"),
        message: "middleware `security` is missing: HTTPS redirects and security headers are off",
        hint: "put `security` first in `middleware`",
    },
    DeployRule {
        code: "deploy-csrf-middleware",
        key: "project.middleware",
        is_broken: |settings| !has_middleware(settings, "csrf"),
        message: "middleware `csrf` is missing: other sites can send forms in a user's name",
        hint: "add `csrf` to `middleware`, after `sessions`",
    },
    DeployRule {
        code: "deploy-clickjacking-middleware",
        key: "project.middleware",
        is_broken: |settings| !has_middleware(settings, "clickjacking"),
        message: "middleware `clickjacking` is missing: other sites can show pages in a frame",
        hint: "add `clickjacking` to `middleware`",
    },
    DeployRule {
        code: "deploy-frame-options",
        key: "security.frame_options",
        is_broken: |settings| {
            has_middleware(settings, "clickjacking")
                && !settings.security.frame_options.eq_ignore_ascii_case("DENY")
        },
        message: "`frame_options` lets pages be shown in frames",
        hint: "set `frame_options = \"DENY\"` unless the site frames its own pages",
    },
    DeployRule {
        code: "deploy-ssl-redirect",
        key: "security.ssl_redirect",
        is_broken: |settings| {
            has_middleware(settings, "security") && !settings.security.ssl_redirect
        },
        message: "`ssl_redirect` is off: pages are served over plain HTTP too",
        hint: "set `ssl_redirect = true` in `[security]`, unless a proxy in front redirects",
    },
    DeployRule {
        code: "deploy-hsts",
        key: "security.hsts_seconds",
        is_broken: |settings| {
            has_middleware(settings, "security") && settings.security.hsts.is_zero()
        },
        message: "`hsts_seconds` is 0: browsers are not told to stay with HTTPS",
        hint: "start with `hsts_seconds = 3600` in `[security]`; raise it once all works over HTTPS",
    },
    DeployRule {
        code: "deploy-hsts-subdomains",
        key: "security.hsts_include_subdomains",
        is_broken: |settings| sends_hsts(settings) && !settings.security.hsts_include_subdomains,
        message: "`hsts_include_subdomains` is off: subdomains may still be reached over plain HTTP",
        hint: "set `hsts_include_subdomains = true` if all subdomains have HTTPS",
    },
    DeployRule {
        code: "deploy-hsts-preload",
        key: "security.hsts_preload",
        is_broken: |settings| sends_hsts(settings) && !settings.security.hsts_preload,
        message: "`hsts_preload` is off: the site cannot enter the browsers' preload list",
        hint: "set `hsts_preload = true` if the site is to be listed there",
    },
    DeployRule {
        code: "deploy-nosniff",
        key: "security.content_type_nosniff",
        is_broken: |settings| {
            has_middleware(settings, "security") && !settings.security.content_type_nosniff
        },
        message: "`content_type_nosniff` is off: browsers may guess the type of an uploaded file",
        hint: "set `content_type_nosniff = true` in `[security]`",
    },
    DeployRule {
        code: "deploy-referrer-policy",
        key: "security.referrer_policy",
        is_broken: |settings| {
            has_middleware(settings, "security") && settings.security.referrer_policy.is_empty()
        },
        message: "`referrer_policy` is empty: other sites see the addresses users come from",
        hint: "set `referrer_policy = \"same-origin\"` in `[security]`",
    },
    DeployRule {
        code: "deploy-session-cookie-secure",
        key: "sessions.cookie_secure",
        is_broken: |settings| {
            has_middleware(settings, "sessions") && !settings.sessions.cookie.secure
        },
        message: "`cookie_secure` of sessions is off: the cookie can be read on a plain HTTP connection",
        hint: "set `cookie_secure = true` in `[sessions]`",
    },
    DeployRule {
        code: "deploy-session-cookie-httponly",
        key: "sessions.cookie_httponly",
        is_broken: |settings| {
            has_middleware(settings, "sessions") && !settings.sessions.cookie.httponly
        },
        message: "`cookie_httponly` of sessions is off: a script in a page can read the cookie",
        hint: "set `cookie_httponly = true` in `[sessions]`",
    },
    DeployRule {
        code: "deploy-csrf-cookie-secure",
        key: "csrf.cookie_secure",
        is_broken: |settings| has_middleware(settings, "csrf") && !settings.csrf.cookie.secure,
        message: "`cookie_secure` of csrf is off: the cookie can be read on a plain HTTP connection",
        hint: "set `cookie_secure = true` in `[csrf]`",
    },
    DeployRule {
        code: "deploy-mail-backend",
        key: "mail.backend",
        is_broken: |settings| settings.mail.backend != MailBackend::Smtp,
        message: "`backend` of mail is not `smtp`: no mail leaves, those to reset a password included",
        hint: "set `backend = \"smtp\"` and `host` in `[mail]`; `djr sendtestemail` tries them",
    },
    DeployRule {
        code: "deploy-mail-from",
        key: "mail.default_from",
        is_broken: |settings| {
            settings
                .mail
                .default_from
                .trim_end_matches('>')
                .ends_with("@localhost")
        },
        message: "`default_from` is an address at `localhost`: mail servers refuse it, and nobody can answer",
        hint: "set `default_from` in `[mail]` to an address of the site's own domain",
    },
    DeployRule {
        code: "deploy-signup",
        key: "auth.signup",
        is_broken: |settings| settings.auth.signup,
        message: "`signup` is on: every visitor may make an account",
        hint: "set `signup = false` in `[auth]`, unless that is what the site is for",
    },
];

pub(super) fn check(project: &Project) -> Vec<Finding> {
    let settings = &project.settings;
    let broken = RULES.iter().filter(|rule| (rule.is_broken)(settings));
    broken
        .map(|rule| rule.finding(settings))
        .chain(weak_keys(settings))
        .collect()
}

impl DeployRule {
    fn finding(&self, settings: &Settings) -> Finding {
        let mut finding = Finding::warning(self.code, self.message).hint(self.hint);
        finding.location = settings.location(self.key);
        finding
    }
}

fn has_middleware(settings: &Settings, middleware: &str) -> bool {
    settings
        .project
        .middleware
        .iter()
        .any(|name| name == middleware)
}

fn sends_hsts(settings: &Settings) -> bool {
    has_middleware(settings, "security") && !settings.security.hsts.is_zero()
}

fn weak_keys(settings: &Settings) -> Vec<Finding> {
    let mut findings = Vec::new();
    if settings.secret_key().is_ok_and(|key| is_weak(key.expose())) {
        let message =
            "`DJR_SECRET_KEY` can be guessed: fewer than 50 characters, or too much alike";
        let hint = format!(
            "a new one: {}; the older goes to `[security] secret_key_fallbacks`",
            SecretKey::random().expose()
        );
        findings.push(Finding::warning("deploy-secret-key", message).hint(hint));
    }
    let fallbacks = &settings.security.secret_key_fallbacks;
    if fallbacks.iter().any(|key| is_weak(key.expose())) {
        let message = "a key in `secret_key_fallbacks` can be guessed";
        let mut finding = Finding::warning("deploy-secret-key-fallbacks", message);
        finding.location = settings.location("security.secret_key_fallbacks");
        findings.push(finding.hint("remove it: what it signed will no longer be accepted"));
    }
    findings
}

/// Django's measure: 50 characters, 5 of them different, and none of its own generated keys.
fn is_weak(key: &str) -> bool {
    let different: BTreeSet<_> = key.chars().collect();
    key.chars().count() < 50 || different.len() < 5 || key.starts_with("django-insecure-")
}

#[cfg(test)]
mod tests {
    use super::{RULES, is_weak};
    use crate::settings::{Settings, reference};

    #[test]
    fn every_rule_is_about_a_setting_that_exists() {
        for rule in RULES {
            assert!(
                reference::keys().iter().any(|key| key.path == rule.key),
                "{}",
                rule.key
            );
        }
    }

    #[test]
    fn a_careful_site_breaks_no_rule() {
        let settings = Settings::parse(
            r#"
            [project]
            allowed_hosts = ["example.com"]
            [sessions]
            cookie_secure = true
            [csrf]
            cookie_secure = true
            [security]
            ssl_redirect = true
            hsts_seconds = 31536000
            hsts_include_subdomains = true
            hsts_preload = true
            [mail]
            default_from = "Site <site@example.com>"
            "#,
        )
        .unwrap();
        let broken = RULES.iter().filter(|rule| (rule.is_broken)(&settings));
        assert_eq!(broken.map(|rule| rule.code).collect::<Vec<_>>(), [""; 0]);
    }

    #[test]
    fn knows_a_weak_key() {
        assert!(is_weak("short"));
        assert!(is_weak(&"a".repeat(60)));
        assert!(is_weak(
            "django-insecure-abcdefghijklmnopqrstuvwxyz0123456789abcdef"
        ));
        assert!(!is_weak(
            "abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnop"
        ));
    }
}
