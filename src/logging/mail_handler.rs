//! Mail to the admins: what went wrong, with the request.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use crate::clock;
use crate::logging::mail_budget::MailBudget;
use crate::logging::record::{LogDetails, LogRecord};
use crate::mail::{EmailMessage, MailGroup, Mailer};
use crate::text;

/// Has work done that nobody waits for; `false` where too much is waiting.
pub type SubmitJob = Arc<dyn Fn(Box<dyn FnOnce() + Send>) -> bool + Send + Sync>;

/// Letters of a subject at most.
const SUBJECT_LENGTH: usize = 200;

/// Is told what kept a mail from being sent.
pub(super) type MailTrouble = Arc<dyn Fn(String) + Send + Sync>;

/// Sends records to the admins.
pub(super) struct MailHandler {
    pub(super) mailer: Mailer,
    pub(super) submit: SubmitJob,
    pub(super) budget: Mutex<MailBudget>,
    pub(super) trouble: MailTrouble,
}

impl MailHandler {
    /// Sends `record`, unless too many were sent before it.
    pub(super) fn send(&self, record: &LogRecord, line: &str) {
        let mut budget = self.budget.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(left_out) = budget.spend(clock::now()) else {
            return;
        };
        drop(budget);
        let message = message(record, line, left_out);
        let (mailer, trouble) = (self.mailer.clone(), Arc::clone(&self.trouble));
        let job = move || {
            if let Err(error) = mailer.send_to(MailGroup::Admins, &message) {
                let cause = std::error::Error::source(&error);
                let cause = cause.map(|cause| format!(": {cause}")).unwrap_or_default();
                trouble(format!("the admins cannot be mailed: {error}{cause}"));
            }
        };
        if !(self.submit)(Box::new(job)) {
            (self.trouble)("the admins cannot be mailed: too much mail is waiting".to_owned());
        }
    }
}

/// The mail that tells of `record`, whose line is `line`, after `left_out` that were not sent.
pub(super) fn message(record: &LogRecord, line: &str, left_out: usize) -> EmailMessage {
    let first = text::escape_control(&record.message);
    let subject: String = format!("{}: {first}", record.level.name())
        .chars()
        .take(SUBJECT_LENGTH)
        .collect();
    let mut body = format!(
        "{line}\n\nlogger: {}\ntime: {}\n",
        record.logger,
        record.time.to_rfc3339()
    );
    if let LogDetails::Request(request) = &record.details
        && let Some(report) = &request.report
    {
        body.push('\n');
        body.push_str(report);
    }
    if left_out > 0 {
        let count = text::count(left_out, "record");
        let note = format!("\n{count} before this one were not mailed: there were too many.\n");
        body.push_str(&note);
    }
    EmailMessage::new(subject, body)
}

impl fmt::Debug for MailHandler {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MailHandler").finish_non_exhaustive()
    }
}
