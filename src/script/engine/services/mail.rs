//! Mail, by the backend of `[mail]` or another one of djr's.

use rustpython_vm::builtins::{PyBaseExceptionRef, PyBytes, PyDict, PyDictRef, PyList, PyTuple};
use rustpython_vm::{Py, PyObject, PyObjectRef, PyResult, TryFromObject as _, VirtualMachine};

use crate::diagnostic;
use crate::json::Json;
use crate::mail::{Alternative, Attachment, EmailMessage, MailError, Mailer};
use crate::script::engine::interpreter::ThreadInterpreter;
use crate::script::engine::services::site_state::state;
use crate::script::engine::{convert, python_error};
use crate::settings::{MailBackend, MailSettings, SecretKey};

/// Sends `mails` and returns how many were sent; `options` are those in which the connection differs from `[mail]`.
pub(super) fn send(
    mails: &[PyObjectRef],
    options: &PyDictRef,
    vm: &VirtualMachine,
) -> PyResult<usize> {
    let mailer = mailer(options, vm)?;
    let mut sent = 0;
    for mail in mails {
        let message = message(mail, vm)?;
        if message.recipients().next().is_none() {
            continue;
        }
        mailer
            .send(&message)
            .map_err(|error| exception(&error, vm))?;
        sent += 1;
    }
    Ok(sent)
}

fn mailer(options: &PyDictRef, vm: &VirtualMachine) -> PyResult<Mailer> {
    if options.is_empty() {
        return Ok(state(vm)?.mailer.clone());
    }
    let site = ThreadInterpreter::current().map(ThreadInterpreter::site);
    let site = site.ok_or_else(|| vm.new_runtime_error("no interpreter runs"))?;
    let mut settings = site.settings.mail.clone();
    for (name, value) in options.items_vec() {
        let name = name.str(vm)?;
        set_option(&mut settings, &name.to_string_lossy(), value, vm)?;
    }
    Ok(Mailer::new(&settings, &site.root))
}

fn set_option(
    settings: &mut MailSettings,
    name: &str,
    value: PyObjectRef,
    vm: &VirtualMachine,
) -> PyResult<()> {
    match name {
        "backend" => {
            let backend: String = value.try_into_value(vm)?;
            let known = MailBackend::named(&backend);
            settings.backend = known.ok_or_else(|| {
                vm.new_value_error(format!("djr has no mail backend called `{backend}`"))
            })?;
        }
        "host" => settings.host = value.try_into_value(vm)?,
        "port" => settings.port = value.try_into_value(vm)?,
        "username" => settings.username = value.try_into_value(vm)?,
        "password" => settings.password = SecretKey::new(String::try_from_object(vm, value)?),
        "use_tls" => settings.use_tls = value.is_true(vm)?,
        "use_ssl" => settings.use_ssl = value.is_true(vm)?,
        "file_path" => {
            let path: String = value.try_into_value(vm)?;
            settings.file_path = path.into();
        }
        other => {
            let message = format!("a connection has no option `{other}`");
            return Err(vm.new_type_error(message));
        }
    }
    Ok(())
}

/// All that `message` says, by the names of `EmailMessage.djr_dict`.
pub(in crate::script::engine) fn mail_facts(
    message: &EmailMessage,
    vm: &VirtualMachine,
) -> PyResult {
    let text = |text: &str| Json::String(text.to_owned());
    let texts = |texts: &[String]| Json::Array(texts.iter().map(|item| text(item)).collect());
    let pair = |first: &str, second: &str| Json::Array(vec![text(first), text(second)]);
    let headers = message.headers.iter();
    let headers = headers.map(|(name, value)| pair(name, value)).collect();
    let html = message.html.iter().map(|html| pair(html, "text/html"));
    let others = message.alternatives.iter();
    let others = others.map(|other| pair(&other.content, &other.content_type));
    let facts = [
        ("subject", text(&message.subject)),
        ("body", text(&message.body)),
        ("is_html", Json::Boolean(message.body_is_html)),
        ("from", message.from.as_deref().map_or(Json::Null, text)),
        ("to", texts(&message.to)),
        ("cc", texts(&message.cc)),
        ("bcc", texts(&message.bcc)),
        ("reply_to", texts(&message.reply_to)),
        ("headers", Json::Array(headers)),
        ("alternatives", Json::Array(html.chain(others).collect())),
    ];
    let facts = facts.map(|(name, value)| (name.to_owned(), value));
    let facts = convert::from_json(&Json::Object(facts.into()), vm)?;
    // JSON does not say bytes.
    let attachments = message.attachments.iter().map(|file| -> PyObjectRef {
        let text = |text: &str| vm.ctx.new_str(text.to_owned()).into();
        let content = vm.ctx.new_bytes(file.content.clone()).into();
        let parts = vec![text(&file.name), content, text(&file.content_type)];
        vm.ctx.new_tuple(parts).into()
    });
    let attachments = vm.ctx.new_list(attachments.collect());
    facts.set_item("attachments", attachments.into(), vm)?;
    Ok(facts)
}

/// The mail that `EmailMessage.djr_dict` tells of.
fn message(mail: &PyObject, vm: &VirtualMachine) -> PyResult<EmailMessage> {
    let dict = mail
        .downcast_ref::<PyDict>()
        .ok_or_else(|| vm.new_type_error("a mail is told of by a dict"))?;
    let texts = |name| -> PyResult<Vec<String>> { item(dict, name, vm)?.try_into_value(vm) };
    let text = |name| -> PyResult<String> { item(dict, name, vm)?.try_into_value(vm) };
    let mut message = EmailMessage {
        subject: text("subject")?,
        body: text("body")?,
        body_is_html: item(dict, "is_html", vm)?.is_true(vm)?,
        from: Some(text("from")?),
        to: texts("to")?,
        cc: texts("cc")?,
        bcc: texts("bcc")?,
        reply_to: texts("reply_to")?,
        ..EmailMessage::default()
    };
    for [name, value] in rows(dict, "headers", vm)? {
        let (name, value) = (name.try_into_value(vm)?, value.try_into_value(vm)?);
        message.headers.push((name, value));
    }
    for [content, content_type] in rows(dict, "alternatives", vm)? {
        let content: String = content.try_into_value(vm)?;
        let content_type: String = content_type.try_into_value(vm)?;
        if content_type == "text/html" && message.html.is_none() {
            message.html = Some(content);
            continue;
        }
        message.alternatives.push(Alternative {
            content_type,
            content,
        });
    }
    for [name, content, content_type] in rows(dict, "attachments", vm)? {
        let content = content.downcast_ref::<PyBytes>();
        message.attachments.push(Attachment {
            name: name.try_into_value(vm)?,
            content_type: content_type.try_into_value(vm)?,
            content: content.map_or_else(Vec::new, |content| content.as_bytes().to_vec()),
        });
    }
    Ok(message)
}

fn item(dict: &Py<PyDict>, name: &str, vm: &VirtualMachine) -> PyResult {
    let found = dict.get_item_opt(name, vm)?;
    found.ok_or_else(|| vm.new_type_error(format!("a mail is told of with `{name}`")))
}

/// The tuples of `N` items in the list called `name`.
fn rows<const N: usize>(
    dict: &Py<PyDict>,
    name: &str,
    vm: &VirtualMachine,
) -> PyResult<Vec<[PyObjectRef; N]>> {
    let wrong = || vm.new_type_error(format!("`{name}` of a mail is a list of tuples"));
    let list = item(dict, name, vm)?;
    let list = list.downcast_ref::<PyList>().ok_or_else(wrong)?;
    let items = list.borrow_vec().to_vec().into_iter().map(|item| {
        let tuple = item.downcast_ref::<PyTuple>().ok_or_else(wrong)?;
        let parts: [PyObjectRef; N] = tuple.as_slice().to_vec().try_into().map_err(|_| wrong())?;
        Ok(parts)
    });
    items.collect()
}

/// What Python sees of a mail that was not sent.
fn exception(error: &MailError, vm: &VirtualMachine) -> PyBaseExceptionRef {
    let message = diagnostic::messages(error).join(": ");
    match error {
        MailError::LineBreak { .. } => {
            python_error::exception_of("django.core.mail.message", "BadHeaderError", &message, vm)
        }
        MailError::HeaderName(_) | MailError::ContentType(_) | MailError::Address { .. } => {
            vm.new_value_error(message)
        }
        MailError::Smtp(_) => {
            python_error::exception_of("django.core.mail.backends.djr", "smtp_error", &message, vm)
        }
        _ => vm.new_os_error(message),
    }
}
