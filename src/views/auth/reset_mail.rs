//! The mail with a link to choose a new password.

use std::sync::Arc;
use std::time::Duration;

use crate::auth::confusables::emails_match;
use crate::auth::{PasswordResetTokenGenerator, User, Users, encode_uid, is_password_usable};
use crate::clock;
use crate::diagnostic::Finding;
use crate::mail::EmailMessage;
use crate::templates::Context;
use crate::templates::value::{Value, map};
use crate::text;
use crate::views::ViewEntry;
use crate::views::{AppState, HttpError, Request};

/// The templates of a mail.
#[derive(Clone, Debug)]
pub(super) struct MailTemplates {
    subject: String,
    text: String,
    html: String,
}

impl MailTemplates {
    /// Reads `subject_template`, `email_template` and `html_email_template` of an entry.
    pub(super) fn build(entry: &ViewEntry<'_, '_>) -> Result<Self, Finding> {
        let template = |key: &'static str, ending: &str| {
            entry.template_at(key, &format!("registration/password_reset_{ending}"))
        };
        Ok(Self {
            subject: template("subject_template", "subject.txt")?,
            text: template("email_template", "email.txt")?,
            html: template("html_email_template", "email.html")?,
        })
    }
}

/// A request for a link to choose a new password.
#[derive(Clone, Debug)]
pub(super) struct ResetRequest {
    /// The address that was given.
    pub(super) email: String,
    /// What the link begins with.
    pub(super) protocol: &'static str,
    /// The host it leads to.
    pub(super) domain: String,
    /// What the site is called.
    pub(super) site_name: String,
    /// Who the mail is from, if not who mail is always from.
    pub(super) from_email: Option<String>,
    /// Further values for the templates.
    pub(super) extra_context: Vec<(String, Value)>,
    /// The templates.
    pub(super) templates: MailTemplates,
}

impl ResetRequest {
    /// Looks for users of this address and mails each of them a link, after the answer.
    pub(super) fn send_in_background(self, request: &Request<'_>) {
        let state = Arc::clone(request.state);
        let job = move || {
            if let Err(error) = self.send(&state) {
                let problem = error.messages().join(": ");
                let message = format!("no link for a new password was sent: {problem}");
                state.logging.logger("djr.mail").error(message);
            }
        };
        if !request.state.background.submit(job) {
            let message = "too much mail is waiting: a link for a new password was not sent";
            request.state.logging.logger("djr.mail").error(message);
        }
    }

    fn send(&self, state: &AppState) -> Result<(), HttpError> {
        let found = state
            .connections
            .with(|connection| Users::new(connection, &state.users).active_by_email(&self.email))?;
        let is_meant = |user: &&User| {
            is_password_usable(&user.password) && emails_match(&user.email, &self.email)
        };
        for user in found.iter().filter(is_meant) {
            let message = self.message(state, user)?;
            // The address of one must not keep the others from their mail.
            if let Err(error) = state.mailer.send(&message) {
                let (pk, mut problem) = (&user.pk, error.to_string());
                if let Some(cause) = std::error::Error::source(&error) {
                    problem = format!("{problem}: {cause}");
                }
                let message =
                    format!("no link for a new password was sent to user {pk}: {problem}");
                state.logging.logger("djr.mail").error(message);
            }
        }
        Ok(())
    }

    fn message(&self, state: &AppState, user: &User) -> Result<EmailMessage, HttpError> {
        let render = |template: &str| {
            let page = state.templates.render(template, self.context(state, user));
            page.map(|(text, _)| text)
        };
        let subject = render(&self.templates.subject)?;
        // A subject is one line, however the template was written.
        let subject = subject.replace(text::is_line_boundary, "");
        let message = EmailMessage::new(subject.trim(), render(&self.templates.text)?)
            .html(render(&self.templates.html)?)
            .to(&user.email);
        Ok(match &self.from_email {
            Some(from) => message.from(from),
            None => message,
        })
    }

    fn context(&self, state: &AppState, user: &User) -> Context {
        let tokens =
            PasswordResetTokenGenerator::new(&state.keys, &state.settings.project.time_zone);
        let mut context = Context::default()
            .with("email", user.email.as_str())
            .with("domain", self.domain.as_str())
            .with("site_name", self.site_name.as_str())
            .with("site", state.site_settings.clone())
            .with("uid", encode_uid(user.pk.text()))
            .with("token", tokens.make_token(user, clock::now()))
            .with("protocol", self.protocol)
            .with(
                "valid_for",
                duration_in_words(state.settings.auth.password_reset_timeout),
            )
            .with("username_label", state.users.username_label())
            .with("user", user_value(user));
        for (name, value) in &self.extra_context {
            context.set(name.as_str(), value.clone());
        }
        context
    }
}

fn user_value(user: &User) -> Value {
    map([
        ("pk", user.pk.text()),
        ("username", &user.username),
        ("email", &user.email),
        ("first_name", &user.first_name),
        ("last_name", &user.last_name),
        ("full_name", &user.full_name()),
    ])
}

/// How long a link is good for, in words: `3 days`.
fn duration_in_words(duration: Duration) -> String {
    let seconds = duration.as_secs();
    let units = [
        (86_400, "day"),
        (3600, "hour"),
        (60, "minute"),
        (1, "second"),
    ];
    let fits = |(size, _): &&(u64, &str)| seconds >= *size && seconds.is_multiple_of(*size);
    let (size, noun) = units.iter().find(fits).unwrap_or(&(1, "second"));
    let number = usize::try_from(seconds / size).unwrap_or(usize::MAX);
    text::count(number, noun)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::duration_in_words;

    #[test]
    fn says_how_long_a_link_is_good_for() {
        for (seconds, words) in [
            (259_200, "3 days"),
            (86_400, "1 day"),
            (7200, "2 hours"),
            (5400, "90 minutes"),
            (61, "61 seconds"),
            (0, "0 seconds"),
        ] {
            assert_eq!(duration_in_words(Duration::from_secs(seconds)), words);
        }
    }
}
