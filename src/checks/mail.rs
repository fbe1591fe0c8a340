//! Settings of mail that cannot work, or that work otherwise than meant.

use std::path::Path;

use crate::diagnostic::Finding;
use crate::mail::Mailbox;
use crate::project::Project;
use crate::settings::{FILE_NAME, MailBackend, MailSettings, Settings};

pub(super) fn check(project: &Project) -> Vec<Finding> {
    let settings = &project.settings;
    let mail = &settings.mail;
    let addresses = addresses(mail).filter_map(|(key, text)| bad_address(settings, key, text));
    let mut findings: Vec<_> = addresses.collect();
    findings.extend(password_in_file(settings));
    if mail.backend == MailBackend::Smtp {
        findings.extend(unencrypted_login(settings));
        findings.extend(incomplete_login(settings));
        findings.extend(port(settings));
        findings.extend(missing_files(project));
    }
    findings
}

/// Every address of the settings, and the key it stands under.
fn addresses(mail: &MailSettings) -> impl Iterator<Item = (&'static str, &str)> {
    let senders = [
        ("mail.default_from", mail.default_from.as_str()),
        ("mail.server_email", mail.server_email.as_str()),
    ];
    let admins = mail
        .admins
        .iter()
        .map(|text| ("mail.admins", text.as_str()));
    let managers = mail
        .managers
        .iter()
        .map(|text| ("mail.managers", text.as_str()));
    senders.into_iter().chain(admins).chain(managers)
}

fn bad_address(settings: &Settings, key: &str, text: &str) -> Option<Finding> {
    let error = text.parse::<Mailbox>().err()?;
    let mut finding = Finding::error("bad-address", format!("`{key}`: {error}"));
    let single = || settings.location(key);
    finding.location = settings.location_in(key, text).or_else(single);
    Some(finding.hint("an address is written like `Ada <ada@example.com>`"))
}

/// A password that is committed together with the settings.
fn password_in_file(settings: &Settings) -> Option<Finding> {
    let location = settings.location("mail.password")?;
    let in_settings = location
        .path
        .file_name()
        .is_some_and(|name| name == FILE_NAME);
    let message = format!("`mail.password` stands in `{FILE_NAME}`, which others may read");
    let finding = Finding::warning("readable-secrets", message).at(location);
    in_settings.then(|| finding.hint("put `DJR_MAIL__PASSWORD=...` into `.env` instead"))
}

fn unencrypted_login(settings: &Settings) -> Option<Finding> {
    let mail = &settings.mail;
    let local = matches!(mail.host.as_str(), "localhost" | "127.0.0.1" | "::1");
    if mail.username.is_empty() || mail.use_tls || mail.use_ssl || local {
        return None;
    }
    let message = format!(
        "the password of `{}` travels to `{}` unencrypted",
        mail.username, mail.host
    );
    let mut finding = Finding::warning("unencrypted-mail-login", message);
    finding.location = settings.location("mail.username");
    Some(finding.hint("set `use_tls = true` (port 587) or `use_ssl = true` (port 465)"))
}

fn incomplete_login(settings: &Settings) -> Option<Finding> {
    let mail = &settings.mail;
    let (missing, given) = match (mail.username.is_empty(), mail.password.expose().is_empty()) {
        (false, true) => ("mail.password", "mail.username"),
        (true, false) => ("mail.username", "mail.password"),
        _ => return None,
    };
    let message = format!("`{given}` without `{missing}`: the mail server is asked for no login");
    let mut finding = Finding::warning("incomplete-mail-login", message);
    finding.location = settings.location(given);
    Some(match missing {
        "mail.password" => finding.hint("put `DJR_MAIL__PASSWORD=...` into `.env`"),
        _ => finding,
    })
}

/// Ports whose usual encryption is not the one that is set.
fn port(settings: &Settings) -> Option<Finding> {
    let mail = &settings.mail;
    let message = match (mail.port, mail.use_tls, mail.use_ssl) {
        (465, _, false) => {
            "port 465 speaks TLS from the first byte on: without `use_ssl` nobody answers"
        }
        (587 | 25, _, true) => "with `use_ssl` TLS comes first, as on port 465, not on this one",
        _ => return None,
    };
    let mut finding = Finding::warning("mail-port", message);
    finding.location = settings
        .location("mail.port")
        .or_else(|| settings.location("mail.use_ssl"));
    Some(finding.hint("465 goes with `use_ssl = true`, 587 with `use_tls = true`"))
}

fn missing_files(project: &Project) -> Vec<Finding> {
    let mail = &project.settings.mail;
    let keys: [(&str, Option<&Path>); 3] = [
        ("mail.ssl_cafile", mail.ssl_cafile.as_deref()),
        ("mail.ssl_certfile", mail.ssl_certfile.as_deref()),
        ("mail.ssl_keyfile", mail.ssl_keyfile.as_deref()),
    ];
    let given = keys
        .into_iter()
        .filter_map(|(key, path)| Some((key, path?)));
    let missing = given.filter(|(_, path)| !project.path(path).is_file());
    missing
        .map(|(key, path)| {
            let message = format!("`{key}`: there is no file `{}`", path.display());
            let mut finding = Finding::error("missing-file", message);
            finding.location = project.settings.location(key);
            finding
        })
        .collect()
}
