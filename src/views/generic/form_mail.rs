//! `mail = { to = "managers", subject = "%(subject)s" }`: a message with what was sent in a form.

use std::error::Error as _;
use std::sync::Arc;

use crate::diagnostic::Finding;
use crate::document::{Item, TableReader};
use crate::forms::{Form, FormValue};
use crate::mail::{EmailMessage, MailError, MailGroup, Mailbox};
use crate::models::ModelSet as _;
use crate::templates::Context;
use crate::templates::value::{Value, from_field, map};
use crate::text;
use crate::views::generic::format_fields::{FieldFormat, FieldValues, KnownFields, sent_text};
use crate::views::generic::format_string::FormatStyle;
use crate::views::{AppState, HttpError, Request, ViewEntry};

/// The message that a form sends.
#[derive(Debug)]
pub(super) struct FormMail {
    to: MailRecipients,
    cc: Vec<FieldFormat>,
    bcc: Vec<FieldFormat>,
    reply_to: Vec<FieldFormat>,
    from: Option<FieldFormat>,
    subject: FieldFormat,
    /// Its text; without one it lists what was sent.
    template: Option<String>,
    html_template: Option<String>,
}

/// Whom a message is for.
#[derive(Debug)]
enum MailRecipients {
    Group(MailGroup),
    Addresses(Vec<FieldFormat>),
}

/// A message that is put together.
pub(super) struct PreparedMail {
    message: EmailMessage,
    group: Option<MailGroup>,
}

/// The groups of `[mail]`, by their names.
const GROUPS: [(&str, MailGroup); 2] = [
    ("managers", MailGroup::Managers),
    ("admins", MailGroup::Admins),
];

impl FormMail {
    /// Reads `mail` of an entry; what is wrong with it is reported.
    pub(super) fn read(entry: &ViewEntry<'_, '_>, known: &KnownFields<'_>) -> Option<Self> {
        let keys = entry.fields.table("mail")?;
        let reader = MailReader {
            entry,
            known,
            keys: &keys,
        };
        for key in ["to", "subject"] {
            keys.required::<Item>(key);
        }
        let to = reader.recipients();
        let [cc, bcc, reply_to] = ["cc", "bcc", "reply_to"].map(|key| reader.addresses(key));
        let from = reader.addresses("from").pop();
        let subject = keys.item("subject").and_then(|item| reader.format(item));
        let [template, html_template] =
            ["template", "html_template"].map(|key| reader.template(key));
        keys.finish();
        Some(Self {
            to: to?,
            cc,
            bcc,
            reply_to,
            from,
            subject: subject?,
            template,
            html_template,
        })
    }

    /// Sends the message with these values after the answer; what goes wrong is told to the log.
    pub(super) fn notify(&self, request: &Request<'_>, values: FieldValues<'_>) {
        match self.prepare(request, values) {
            Ok(mail) => mail.send_in_background(request),
            Err(error) => {
                let problem = error.messages().join(": ");
                let message = format!("the mail of a form was not sent: {problem}");
                request.state.logging.logger("djr.mail").error(message);
            }
        }
    }

    /// The message with these values.
    pub(super) fn prepare(
        &self,
        request: &Request<'_>,
        values: FieldValues<'_>,
    ) -> Result<PreparedMail, HttpError> {
        let fill = |format: &FieldFormat| format.fill(|field| values.text(field));
        let all = |formats: &[FieldFormat]| -> Result<Vec<String>, HttpError> {
            let filled: Result<Vec<_>, _> = formats.iter().map(fill).collect();
            // What was left empty is nobody's address.
            Ok(filled?
                .into_iter()
                .filter(|text| !text.is_empty())
                .collect())
        };
        let subject = fill(&self.subject)?;
        let lines = subject.split(text::is_line_boundary).map(str::trim);
        let lines: Vec<_> = lines.filter(|line| !line.is_empty()).collect();
        let mut message = EmailMessage::new(lines.join(" "), self.body(request, values)?);
        message.html = match &self.html_template {
            Some(template) => Some(written(request, template, values)?),
            None => None,
        };
        message.from = self.from.as_ref().map(fill).transpose()?;
        (message.cc, message.bcc) = (all(&self.cc)?, all(&self.bcc)?);
        message.reply_to = all(&self.reply_to)?;
        let group = match &self.to {
            MailRecipients::Group(group) => Some(*group),
            MailRecipients::Addresses(formats) => {
                message.to = all(formats)?;
                None
            }
        };
        Ok(PreparedMail { message, group })
    }

    fn body(&self, request: &Request<'_>, values: FieldValues<'_>) -> Result<String, HttpError> {
        match &self.template {
            Some(template) => written(request, template, values),
            None => Ok(values.form.map(listed).unwrap_or_default()),
        }
    }
}

impl PreparedMail {
    /// Sends the message, and waits until it has left; otherwise says to the log why it has not.
    pub(super) fn send(&self, request: &Request<'_>) -> Result<(), NotSent> {
        self.send_by(request.state)
    }

    fn send_by(&self, state: &AppState) -> Result<(), NotSent> {
        let sent = match self.group {
            Some(group) if state.mailer.people(group).is_empty() => {
                Err(format!("`[mail]` has no `{}`", group_name(group)))
            }
            None if self.message.recipients().next().is_none() => {
                Err("it is for nobody".to_owned())
            }
            Some(group) => state
                .mailer
                .send_to(group, &self.message)
                .map_err(|error| cause(&error)),
            None => state
                .mailer
                .send(&self.message)
                .map_err(|error| cause(&error)),
        };
        sent.map_err(|problem| {
            let log = state.logging.logger("djr.mail");
            log.error(format!("the mail of a form was not sent: {problem}"));
            NotSent
        })
    }

    fn send_in_background(self, request: &Request<'_>) {
        let state = Arc::clone(request.state);
        let job = move || {
            // The log knows what went wrong, and nobody waits.
            self.send_by(&state).ok();
        };
        if !request.state.background.submit(job) {
            let log = request.state.logging.logger("djr.mail");
            log.error("too much mail is waiting: that of a form was not sent");
        }
    }
}

/// A message that nobody gets; the log knows why.
#[derive(Debug)]
pub(super) struct NotSent;

fn cause(error: &MailError) -> String {
    let cause = error.source().map(|cause| format!(": {cause}"));
    format!("{error}{}", cause.unwrap_or_default())
}

/// What `[mail]` calls `group`.
fn group_name(group: MailGroup) -> &'static str {
    let mut groups = GROUPS.iter();
    let found = groups.find(|(_, known)| *known == group);
    found.map_or("", |(name, _)| name)
}

/// What `template` writes: it knows `data`, by the names of the fields, `form`, `object` and `site`.
fn written(
    request: &Request<'_>,
    template: &str,
    values: FieldValues<'_>,
) -> Result<String, HttpError> {
    let zone = request.state.models.time_zone();
    let mut context = Context::default().with("site", request.state.site_settings.clone());
    if let Some(form) = values.form {
        let data = form.cleaned_data().map(|(name, value)| {
            let value = match value {
                FormValue::Value(value) => from_field(value, zone),
                FormValue::List(items) => items.iter().map(|item| from_field(item, zone)).collect(),
                other => Value::from(sent_text(other)),
            };
            (name.to_owned(), value)
        });
        context.set("data", map(data));
        context.set("form", Value::from_object(form.clone()));
    }
    if let Some(row) = values.row {
        context.set("object", Value::from_object(row.clone()));
    }
    let (page, undefined) = request.state.templates.render(template, context)?;
    request.state.warn_of_undefined(template, undefined);
    Ok(page)
}

/// What was sent, field by field; passwords are left out.
fn listed(form: &Form) -> String {
    let fields = form.definition().fields().iter();
    let lines = fields.filter_map(|field| {
        let value = form.value(field.name())?;
        if matches!(value, FormValue::Secret(_)) {
            return None;
        }
        let text = sent_text(value);
        let separator = if text.contains('\n') { '\n' } else { ' ' };
        Some(format!("{}:{separator}{text}\n", field.label_text()))
    });
    lines.collect()
}

/// Reads the keys of a message.
struct MailReader<'r, 'f, 't, 'k> {
    entry: &'r ViewEntry<'f, 't>,
    known: &'r KnownFields<'k>,
    keys: &'r TableReader<'t>,
}

impl MailReader<'_, '_, '_, '_> {
    fn format(&self, item: &Item) -> Option<FieldFormat> {
        self.known
            .text(item, FormatStyle::Percent, self.keys.problems())
    }

    fn recipients(&self) -> Option<MailRecipients> {
        let named = self.keys.item("to").and_then(Item::as_str);
        let group = GROUPS.iter().find(|(name, _)| Some(*name) == named);
        if let Some((name, group)) = group {
            if group.people(self.entry.mail).is_empty()
                && let Some(item) = self.keys.item("to")
            {
                let message = format!("nobody gets this mail: `[mail]` has no `{name}`");
                let finding = Finding::warning("mail-for-nobody", message);
                let finding = finding.at(item.origin.location());
                let hint = format!("write `{name} = [\"Ada <ada@example.com>\"]` into `[mail]`");
                self.keys.problems().push(finding.hint(hint));
            }
            return Some(MailRecipients::Group(*group));
        }
        let addresses = self.addresses("to");
        (!addresses.is_empty()).then_some(MailRecipients::Addresses(addresses))
    }

    /// The addresses under `key`; one may stand without its brackets.
    fn addresses(&self, key: &'static str) -> Vec<FieldFormat> {
        let Some(item) = self.keys.item(key) else {
            return Vec::new();
        };
        item.listed()
            .iter()
            .filter_map(|item| self.address(item, key))
            .collect()
    }

    fn address(&self, item: &Item, key: &str) -> Option<FieldFormat> {
        let text = item.as_str().unwrap_or_default();
        let is_written_out = item.as_str().is_some() && !text.contains('%');
        if let (true, Err(error)) = (is_written_out, text.parse::<Mailbox>()) {
            let finding = item.error("wrong-address", error.to_string());
            let groups = GROUPS.iter().map(|(name, _)| *name);
            let finding = match key {
                "to" => finding.suggest(text, groups),
                _ => finding,
            };
            self.keys.problems().push(finding);
            return None;
        }
        self.format(item)
    }

    fn template(&self, key: &'static str) -> Option<String> {
        let found = self.entry.template_in(self.keys.item(key)?);
        let report = |finding| self.keys.problems().push(finding);
        found.map_err(report).ok()
    }
}
