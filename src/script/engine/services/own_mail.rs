//! Mail of djr's own pages and commands, where a class of the project sends it.

use std::sync::Arc;

use crate::mail::{EmailMessage, MailClass, MailError};
use crate::script::PythonSite;
use crate::script::engine::entry::enter;
use crate::script::engine::python_error;
use crate::script::engine::services::mail::mail_facts;

/// Django's module that hands mail to the class.
const MODULE: &str = "django.core.mail.own";

/// The class that `[mail] backend` names.
#[derive(Debug)]
struct OwnMail {
    site: Arc<PythonSite>,
}

/// The class that `[mail] backend` names.
#[expect(
    clippy::unnecessary_wraps,
    reason = "there is none in a djr without Python"
)]
pub(in crate::script) fn mail_class(site: &Arc<PythonSite>) -> Option<Arc<dyn MailClass>> {
    Some(Arc::new(OwnMail {
        site: Arc::clone(site),
    }))
}

impl MailClass for OwnMail {
    fn send(&self, message: &EmailMessage) -> Result<(), MailError> {
        enter(&self.site, |this, vm| {
            let facts = mail_facts(message, vm);
            let sent = facts.and_then(|facts| this.own(MODULE, "send", vm)?.call((facts,), vm));
            sent.map(drop).map_err(|exception| MailError::Class {
                class: self.site.settings.mail.class.clone().unwrap_or_default(),
                message: python_error::one_line(&exception, vm),
            })
        })
    }
}
