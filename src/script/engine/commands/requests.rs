//! Requests that nobody sent: the whole chain of middleware answers them, on this thread.

use std::cell::{Cell, RefCell};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use rustpython_vm::builtins::PyBaseExceptionRef;
use rustpython_vm::{PyResult, VirtualMachine};

use crate::diagnostic::Findings;
use crate::http::{Headers, HttpRequest, Method};
use crate::middleware::Application;
use crate::script::PythonSite;
use crate::script::engine::convert;
use crate::script::engine::interpreter::ThreadInterpreter;

thread_local! {
    /// What a view raised that is a page of an error now, for who sent the request.
    static RAISED: RefCell<Option<PyBaseExceptionRef>> = const { RefCell::new(None) };
    /// How many requests are answered for commands right now.
    static UNDER_WAY: Cell<usize> = const { Cell::new(0) };
}

/// Keeps `exception` for who sent the request, if a command did.
pub(in crate::script::engine) fn note_raised(exception: &PyBaseExceptionRef) {
    if UNDER_WAY.get() > 0 {
        RAISED.set(Some(exception.clone()));
    }
}

/// A request that a test or a command makes up.
pub(super) struct SentRequest {
    pub(super) method: String,
    /// Path and query, encoded.
    pub(super) target: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
    /// Whether it is taken for one that came by HTTPS.
    pub(super) is_secure: bool,
}

/// The site, which is composed for the first request.
pub(super) fn application(site: &PythonSite, vm: &VirtualMachine) -> PyResult<Arc<Application>> {
    let composed = site.host().and_then(|host| host.application());
    match composed {
        Some(Ok(application)) => Ok(application),
        Some(Err(findings)) => Err(told(findings, vm)),
        None => Err(vm.new_runtime_error("requests are answered for commands alone")),
    }
}

/// Why the site cannot be asked for anything.
pub(in crate::script::engine) fn not_composed(vm: &VirtualMachine) -> PyBaseExceptionRef {
    let site = ThreadInterpreter::current().map(ThreadInterpreter::site);
    let composed = site.and_then(|site| site.host().and_then(|host| host.application()));
    match composed {
        Some(Err(findings)) => told(findings, vm),
        _ => vm.new_runtime_error(
            "the site is not composed yet: ask for it in a function that is called later",
        ),
    }
}

pub(super) fn told(findings: Findings, vm: &VirtualMachine) -> PyBaseExceptionRef {
    let lines = findings.into_inner().into_iter().map(|finding| {
        let place = finding.location.as_ref();
        place.map_or_else(String::new, |place| format!("{place}: ")) + &finding.message
    });
    let lines: Vec<_> = lines.collect();
    vm.new_runtime_error(format!("the site does not work:\n{}", lines.join("\n")))
}

/// What `application` answers: status, headers, body, and the exception of a view that is a page of an error.
pub(super) fn respond(
    application: &Application,
    sent: SentRequest,
    vm: &VirtualMachine,
) -> PyResult {
    let mut headers = Headers::default();
    for (name, value) in sent.headers {
        headers.append(name, value);
    }
    let method = Method::from_name(&sent.method);
    let peer = IpAddr::V4(Ipv4Addr::LOCALHOST);
    let response = match HttpRequest::new(method, &sent.target, headers, sent.body, peer) {
        Ok(mut request) => {
            request.https = sent.is_secure;
            UNDER_WAY.set(UNDER_WAY.get() + 1);
            let response = application.respond(request);
            UNDER_WAY.set(UNDER_WAY.get().saturating_sub(1));
            response
        }
        Err(error) => application.bad_request(error),
    };
    let status = response.status;
    let headers = convert::pairs(response.headers.iter(), vm);
    let body = response.body.into_bytes();
    let body = body.map_err(|error| vm.new_runtime_error(error.to_string()))?;
    let parts = vec![
        vm.ctx.new_int(status).into(),
        headers,
        vm.ctx.new_bytes(body).into(),
        RAISED.take().map_or_else(|| vm.ctx.none(), Into::into),
    ];
    Ok(vm.ctx.new_tuple(parts).into())
}
