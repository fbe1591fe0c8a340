//! The chain of middleware around the view, from the names in the settings.

use std::any::Any;
use std::cell::Cell;
use std::fmt;
use std::sync::Arc;

use crate::diagnostic::Finding;
use crate::http::{Headers, Response};
use crate::settings::Settings;
use crate::text;
use crate::views::{HttpError, Request, dispatch, error_response};

/// Looks at a request, has the rest of the chain answer it, and looks at the response.
///
/// An error in the rest is a page already when it comes back; only its own errors are returned.
pub type Middleware = fn(&mut Request<'_>, Next<'_>) -> Result<Response, HttpError>;

/// Answers from memory, without waiting, what the middleware would have answered by itself.
pub type FromMemory = fn(&Request<'_>) -> Option<Response>;

/// Middleware of a project's own.
pub trait ProjectMiddleware: Any + fmt::Debug + Send + Sync {
    /// Looks at a request, has the rest of the chain answer it, and looks at the response.
    fn run(&self, request: &mut Request<'_>, next: Next<'_>) -> Result<Response, HttpError>;
}

/// Makes the middleware of this dotted name, or says what is wrong with it.
pub type FindMiddleware<'f> = dyn Fn(&str) -> Result<Arc<dyn ProjectMiddleware>, Finding> + 'f;

/// What answers at the end of a chain.
pub type Endpoint<'e> = dyn Fn(&Request<'_>) -> Result<Response, HttpError> + 'e;

/// Middleware that the settings can name.
#[derive(Clone, Copy, Debug)]
pub struct RegisteredMiddleware {
    /// Its name in `[project] middleware`.
    pub name: &'static str,
    /// What runs for each request.
    pub run: Middleware,
    /// The names of middleware that must stand before it.
    pub needs: &'static [&'static str],
    /// The names of middleware that must stand behind it.
    pub outside: &'static [&'static str],
    /// Whether requests for static files go through it as well: it must need no body and no database.
    pub sees_static_files: bool,
    /// Whether it runs where the settings do not name it too: behind what sees static files, before all others.
    pub is_implied: bool,
    /// What it answers from memory; whatever stands before such middleware must never wait.
    pub from_memory: Option<FromMemory>,
}

/// One of a chain.
#[derive(Clone, Debug)]
enum ChainLink {
    BuiltIn(Middleware),
    Own(Arc<dyn ProjectMiddleware>),
}

/// The middleware of a project, outermost first.
#[derive(Clone, Debug)]
pub struct MiddlewareChain {
    all: Arc<[ChainLink]>,
    around_static_files: Arc<[ChainLink]>,
    memory: Option<Memory>,
}

/// The middleware that answers from memory.
#[derive(Clone, Debug)]
struct Memory {
    /// What stands before it.
    before: Arc<[ChainLink]>,
    answer: FromMemory,
}

/// A chain that is being built.
#[derive(Default)]
struct ChainBuilder {
    all: Vec<ChainLink>,
    around_static_files: Vec<ChainLink>,
    memory: Option<Memory>,
}

impl MiddlewareChain {
    /// The chain of those of `known` that the settings name, and of the project's own; adds what is wrong to `findings`.
    pub fn from_settings(
        known: &[RegisteredMiddleware],
        find_own: &FindMiddleware<'_>,
        settings: &Settings,
        findings: &mut Vec<Finding>,
    ) -> Self {
        let names = &settings.project.middleware;
        let mut chain = ChainBuilder::default();
        let is_implied = |known: &&RegisteredMiddleware| {
            known.is_implied && !names.iter().any(|name| name == known.name)
        };
        let mut implied: Vec<_> = known.iter().filter(is_implied).collect();
        for (index, name) in names.iter().enumerate() {
            let found = known.iter().find(|known| known.name == name);
            if !found.is_some_and(|found| found.sees_static_files) {
                implied.drain(..).for_each(|implied| chain.push(implied));
            }
            match found {
                Some(found) => {
                    findings.extend(check_position(found, &names[..index], settings));
                    chain.push(found);
                }
                None if name.contains('.') => match find_own(name) {
                    Ok(own) => chain.all.push(ChainLink::Own(own)),
                    Err(finding) => findings.push(at(settings, name, finding)),
                },
                None => findings.push(unknown(known, settings, name)),
            }
        }
        implied.drain(..).for_each(|implied| chain.push(implied));
        Self {
            all: chain.all.into(),
            around_static_files: chain.around_static_files.into(),
            memory: chain.memory,
        }
    }

    /// Has the chain and the view at its end answer `request`.
    pub(super) fn run(&self, request: &mut Request<'_>, view: &Endpoint<'_>) -> Response {
        Next::new(&self.all, view).run(request)
    }

    /// Has the middleware that answers from memory do so, and that which stands before it look at the answer; `None`
    /// where it has none.
    pub(super) fn run_from_memory(&self, request: &mut Request<'_>) -> Option<Response> {
        let Memory { before, answer } = self.memory.as_ref()?;
        answered(before, request, answer)
    }

    /// Has the middleware that sees static files, and `answer` at its end, answer `request`; `None` where that has none.
    pub(super) fn run_static(
        &self,
        request: &mut Request<'_>,
        answer: impl Fn(&Request<'_>) -> Option<Response>,
    ) -> Option<Response> {
        answered(&self.around_static_files, request, answer)
    }

    /// Has the middleware that needs no body, and `refuse` at its end, answer `request`.
    pub(super) fn run_without_body(
        &self,
        request: &mut Request<'_>,
        refuse: &Endpoint<'_>,
    ) -> Response {
        Next::new(&self.around_static_files, refuse).run(request)
    }
}

impl ChainBuilder {
    fn push(&mut self, middleware: &RegisteredMiddleware) {
        let waits = |link: &ChainLink| matches!(link, ChainLink::Own(_));
        if let Some(answer) = middleware.from_memory
            // What a project does itself may wait.
            && !self.all.iter().any(waits)
        {
            let before = self.all.clone().into();
            self.memory = Some(Memory { before, answer });
        }
        let link = ChainLink::BuiltIn(middleware.run);
        if middleware.sees_static_files {
            self.around_static_files.push(link.clone());
        }
        self.all.push(link);
    }
}

/// The response of `chain` with `answer` at its end; `None` where that was asked and had none. The chain may answer before.
fn answered(
    chain: &Arc<[ChainLink]>,
    request: &mut Request<'_>,
    answer: impl Fn(&Request<'_>) -> Option<Response>,
) -> Option<Response> {
    let is_missing = Cell::new(false);
    let end = |request: &Request<'_>| {
        Ok(answer(request).unwrap_or_else(|| {
            is_missing.set(true);
            Response::empty(404, Headers::default())
        }))
    };
    let response = Next::new(chain, &end).run(request);
    (!is_missing.get()).then_some(response)
}

/// The rest of a chain.
#[derive(Clone, Copy)]
pub struct Next<'c> {
    chain: &'c Arc<[ChainLink]>,
    place: usize,
    end: &'c Endpoint<'c>,
}

impl<'c> Next<'c> {
    fn new(chain: &'c Arc<[ChainLink]>, end: &'c Endpoint<'c>) -> Self {
        let place = 0;
        Self { chain, place, end }
    }

    /// Has the rest of the chain answer; an error in it becomes a page here.
    pub fn run(self, request: &mut Request<'_>) -> Response {
        let inner = Self {
            place: self.place + 1,
            ..self
        };
        let response = match self.chain.get(self.place) {
            Some(ChainLink::BuiltIn(run)) => run(request, inner),
            Some(ChainLink::Own(own)) => own.run(request, inner),
            None => (self.end)(request),
        };
        response.unwrap_or_else(|error| error_response(request, &error))
    }

    /// The same for who cannot borrow it.
    pub fn detached(self) -> DetachedNext {
        DetachedNext {
            chain: Arc::clone(self.chain),
            place: self.place,
        }
    }
}

/// The rest of a chain, with the view of the path at its end, for who cannot borrow it.
#[derive(Clone, Debug)]
pub struct DetachedNext {
    chain: Arc<[ChainLink]>,
    place: usize,
}

impl DetachedNext {
    /// The project's own middleware that answers next, where it is an `M`, and what stands behind it.
    pub fn own<M: ProjectMiddleware>(&self) -> Option<(&M, Self)> {
        let ChainLink::Own(own) = self.chain.get(self.place)? else {
            return None;
        };
        let own: &dyn Any = &**own;
        let behind = Self {
            chain: Arc::clone(&self.chain),
            place: self.place + 1,
        };
        Some((own.downcast_ref()?, behind))
    }

    /// Has the rest of the chain and the view of the path answer; an error in it becomes a page here.
    pub fn run(&self, request: &mut Request<'_>) -> Response {
        let rest = Next {
            chain: &self.chain,
            place: self.place,
            end: &dispatch,
        };
        rest.run(request)
    }
}

/// What is wrong with the place of `middleware`, which stands after those of the names `before`.
fn check_position(
    middleware: &RegisteredMiddleware,
    before: &[String],
    settings: &Settings,
) -> Vec<Finding> {
    let name = middleware.name;
    let is_before = |needed: &str| before.iter().any(|name| name == needed);
    let mut findings = Vec::new();
    if is_before(name) {
        let message = format!("middleware `{name}` is listed twice");
        findings.push(Finding::error("repeated-middleware", message));
    }
    for needed in middleware.needs.iter().filter(|needed| !is_before(needed)) {
        let message = format!("middleware `{name}` needs `{needed}` before it");
        findings.push(Finding::error("missing-middleware", message));
    }
    for inner in middleware.outside.iter().filter(|inner| is_before(inner)) {
        let message = format!("middleware `{name}` must stand before `{inner}`");
        findings.push(Finding::error("misplaced-middleware", message));
    }
    let findings = findings.into_iter();
    findings
        .map(|finding| at(settings, name, finding))
        .collect()
}

fn unknown(known: &[RegisteredMiddleware], settings: &Settings, name: &str) -> Finding {
    let names = || known.iter().map(|known| known.name);
    let finding = Finding::error("unknown-middleware", format!("unknown middleware `{name}`"));
    let finding = at(settings, name, finding);
    finding.suggest_or(
        name,
        names(),
        format!("middleware there is: {}", text::quoted(names())),
    )
}

fn at(settings: &Settings, name: &str, finding: Finding) -> Finding {
    let location = finding.location.clone();
    match location.or_else(|| settings.location_in("project.middleware", name)) {
        Some(location) => finding.at(location),
        None => finding,
    }
}
