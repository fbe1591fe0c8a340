//! Mail of djr's own pages and commands, where a class of the project sends it.

use std::sync::Arc;

use rustpython_vm::builtins::PyDictRef;
use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

use crate::mail::{EmailMessage, MailClass, MailError};
use crate::script::PythonSite;
use crate::script::engine::entry::enter;
use crate::script::engine::python_error;

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
            let told = told(message, vm);
            let sent = told.and_then(|told| this.own(MODULE, "send", vm)?.call((told,), vm));
            sent.map(drop).map_err(|exception| MailError::Class {
                class: self.site.settings.mail.class.clone().unwrap_or_default(),
                message: python_error::one_line(&exception, vm),
            })
        })
    }
}

/// A dict of all that `message` says.
fn told(message: &EmailMessage, vm: &VirtualMachine) -> PyResult<PyDictRef> {
    let text = |text: &str| -> PyObjectRef { vm.ctx.new_str(text.to_owned()).into() };
    let list = |items: Vec<PyObjectRef>| -> PyObjectRef { vm.ctx.new_list(items).into() };
    let tuple = |items: Vec<PyObjectRef>| -> PyObjectRef { vm.ctx.new_tuple(items).into() };
    let texts = |all: &[String]| list(all.iter().map(|one| text(one)).collect());
    let told = vm.ctx.new_dict();
    told.set_item("subject", text(&message.subject), vm)?;
    told.set_item("body", text(&message.body), vm)?;
    told.set_item("is_html", vm.ctx.new_bool(message.body_is_html).into(), vm)?;
    let from = message.from.as_deref().unwrap_or_default();
    told.set_item("from", text(from), vm)?;
    told.set_item("to", texts(&message.to), vm)?;
    told.set_item("cc", texts(&message.cc), vm)?;
    told.set_item("bcc", texts(&message.bcc), vm)?;
    told.set_item("reply_to", texts(&message.reply_to), vm)?;
    let headers = message.headers.iter();
    let headers = headers.map(|(name, value)| tuple(vec![text(name), text(value)]));
    told.set_item("headers", list(headers.collect()), vm)?;
    let html = message.html.iter();
    let html = html.map(|content| tuple(vec![text(content), text("text/html")]));
    let others = message.alternatives.iter();
    let others = others.map(|other| tuple(vec![text(&other.content), text(&other.content_type)]));
    told.set_item("alternatives", list(html.chain(others).collect()), vm)?;
    let attachments = message.attachments.iter().map(|file| {
        let content = vm.ctx.new_bytes(file.content.clone()).into();
        tuple(vec![text(&file.name), content, text(&file.content_type)])
    });
    told.set_item("attachments", list(attachments.collect()), vm)?;
    Ok(told)
}
