//! A site that is read again when its files change.
//!
//! 1. Before a request is answered the files are compared, by one worker at a time.
//! 2. A change makes a new state beside the old one; requests in flight keep theirs.
//! 3. A state that cannot be made is shown as findings, in the browser and in the log, until it is mended.
//!
//! Only with `debug`: a site in production is read once.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use crate::diagnostic::Findings;
use crate::http::{BadTarget, Request, Response};
use crate::middleware;
use crate::server::Service;
use crate::server::watch::Watch;
use crate::staticfiles::StaticFiles;

/// What answers requests with one state of a site.
pub trait Application: Send + Sync + 'static {
    /// What one worker thread keeps for this state of the site.
    type Worker;

    /// A worker for this state.
    fn worker(&self) -> Self::Worker;

    /// Answers a request.
    fn respond(&self, worker: &mut Self::Worker, request: Request) -> Response;

    /// Answers a request whose target cannot be read.
    fn refuse(&self, error: BadTarget) -> Response;
}

impl Application for middleware::Application {
    type Worker = middleware::Worker;

    fn worker(&self) -> middleware::Worker {
        self.worker()
    }

    fn respond(&self, worker: &mut middleware::Worker, request: Request) -> Response {
        self.respond(worker, request)
    }

    fn refuse(&self, error: BadTarget) -> Response {
        self.refuse(error)
    }
}

/// One state of a site.
#[derive(Debug)]
pub struct Loaded<A> {
    /// What answers its requests.
    pub application: A,
    /// Its static files, if it serves them.
    pub files: Option<StaticFiles>,
    /// The files and directories it was read from, if it is to be read again when they change.
    pub watched: Option<Vec<PathBuf>>,
}

/// Reads the site from its files.
type Load<A> = dyn Fn() -> Result<Loaded<A>, Findings> + Send + Sync;

/// Shows findings as a page.
type ShowFindings = dyn Fn(&Findings) -> Response + Send + Sync;

/// Called when the site was read again, with the findings that keep it from being used, if any.
type Told = dyn Fn(Option<&Findings>) + Send + Sync;

/// A site that is read again when its files change.
pub struct ReloadingService<A> {
    load: Box<Load<A>>,
    show: Box<ShowFindings>,
    told: Box<Told>,
    current: RwLock<Arc<State<A>>>,
    watch: Mutex<Option<Watch>>,
}

struct State<A> {
    outcome: Result<A, Findings>,
    files: Option<Arc<StaticFiles>>,
}

impl<A: Application> ReloadingService<A> {
    /// Reads the site for the first time; what cannot be used now is no site.
    pub fn new(
        load: impl Fn() -> Result<Loaded<A>, Findings> + Send + Sync + 'static,
        show: impl Fn(&Findings) -> Response + Send + Sync + 'static,
        told: impl Fn(Option<&Findings>) + Send + Sync + 'static,
    ) -> Result<Self, Findings> {
        let Loaded {
            application,
            files,
            watched,
        } = load()?;
        let state = State {
            outcome: Ok(application),
            files: files.map(Arc::new),
        };
        Ok(Self {
            load: Box::new(load),
            show: Box::new(show),
            told: Box::new(told),
            current: RwLock::new(Arc::new(state)),
            watch: Mutex::new(watched.map(Watch::new)),
        })
    }

    fn current(&self) -> Arc<State<A>> {
        let current = self.current.read();
        Arc::clone(&current.unwrap_or_else(PoisonError::into_inner))
    }

    /// The state that fits the files as they are now.
    fn fresh(&self) -> Arc<State<A>> {
        let mut watch = self.watch.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(stale) = watch.as_ref().filter(|watch| watch.is_stale()) {
            // Marked before they are read: a change in between is seen at the next request.
            let mut marked = stale.again();
            let changed = !marked.is_same(stale);
            let state = match (self.load)() {
                Ok(loaded) => {
                    if let Some(places) = loaded.watched {
                        marked.move_to(places);
                    }
                    State {
                        outcome: Ok(loaded.application),
                        files: loaded.files.map(Arc::new),
                    }
                }
                Err(findings) => State {
                    outcome: Err(findings),
                    files: self.current().files.clone(),
                },
            };
            if changed {
                (self.told)(state.outcome.as_ref().err());
            }
            *watch = Some(marked);
            *self.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(state);
        }
        drop(watch);
        self.current()
    }
}

/// What a worker thread keeps: a state of the site, and its worker for it.
pub struct ReloadingWorker<A: Application>(Option<(Arc<State<A>>, A::Worker)>);

impl<A: Application> Service for ReloadingService<A> {
    type Worker = ReloadingWorker<A>;

    fn worker(&self) -> ReloadingWorker<A> {
        ReloadingWorker(None)
    }

    fn respond(&self, worker: &mut ReloadingWorker<A>, request: Request) -> Response {
        let state = self.fresh();
        let application = match &state.outcome {
            Ok(application) => application,
            Err(findings) => return (self.show)(findings),
        };
        let kept = worker.0.take().filter(|(of, _)| Arc::ptr_eq(of, &state));
        let (_, kept) = worker
            .0
            .insert(kept.unwrap_or_else(|| (Arc::clone(&state), application.worker())));
        application.respond(kept, request)
    }

    fn refuse(&self, error: BadTarget) -> Response {
        match &self.current().outcome {
            Ok(application) => application.refuse(error),
            Err(findings) => (self.show)(findings),
        }
    }

    fn files(&self) -> Option<Arc<StaticFiles>> {
        self.current().files.clone()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::net::{IpAddr, Ipv4Addr};
    use std::path::Path;
    use std::sync::{Arc, Mutex};
    use std::thread;
    use std::time::Duration;

    use tempfile::TempDir;

    use super::{Application, Loaded, ReloadingService, ReloadingWorker};
    use crate::diagnostic::{Finding, Findings};
    use crate::http::{BadTarget, Headers, Method, Request, Response};
    use crate::server::Service as _;

    /// Answers with the content of a file, as it was when the site was read.
    struct Page(String);

    impl Application for Page {
        type Worker = ();

        fn worker(&self) {}

        fn respond(&self, _worker: &mut (), _request: Request) -> Response {
            Response::text(200, self.0.clone())
        }

        fn refuse(&self, _error: BadTarget) -> Response {
            Response::text(400, "")
        }
    }

    struct Tried {
        directory: TempDir,
        site: ReloadingService<Page>,
        worker: ReloadingWorker<Page>,
        told: Arc<Mutex<Vec<bool>>>,
    }

    impl Tried {
        fn new(debug: bool) -> Self {
            let directory = tempfile::tempdir().unwrap();
            let file = directory.path().join("page.html");
            fs::write(&file, "one").unwrap();
            thread::sleep(Duration::from_millis(40));
            let told = Arc::new(Mutex::new(Vec::new()));
            let site = {
                let told = Arc::clone(&told);
                let load = move || load(&file, debug);
                let show = |findings: &Findings| Response::text(500, findings.to_string());
                let tell = move |findings: Option<&Findings>| {
                    told.lock().unwrap().push(findings.is_none());
                };
                ReloadingService::new(load, show, tell).unwrap()
            };
            let worker = site.worker();
            Self {
                directory,
                site,
                worker,
                told,
            }
        }

        fn write(&self, text: &str) {
            fs::write(self.directory.path().join("page.html"), text).unwrap();
        }

        fn get(&mut self) -> (u16, String) {
            let peer = IpAddr::V4(Ipv4Addr::LOCALHOST);
            let request = Request::new(Method::Get, "/", Headers::default(), Vec::new(), peer);
            let response = self.site.respond(&mut self.worker, request.unwrap());
            (response.status, String::from_utf8(response.body).unwrap())
        }
    }

    fn load(file: &Path, debug: bool) -> Result<Loaded<Page>, Findings> {
        let text = fs::read_to_string(file).unwrap();
        if text.contains("broken") {
            return Err(Finding::error("broken", "it is broken").into());
        }
        Ok(Loaded {
            application: Page(text),
            files: None,
            watched: debug.then(|| vec![file.to_owned()]),
        })
    }

    #[test]
    fn the_next_request_sees_a_change_at_once() {
        let mut tried = Tried::new(true);
        assert_eq!(tried.get(), (200, "one".to_owned()));
        for text in ["two", "six", "ten"] {
            tried.write(text);
            assert_eq!(tried.get(), (200, text.to_owned()));
        }
    }

    #[test]
    fn what_is_broken_is_shown_until_it_is_mended() {
        let mut tried = Tried::new(true);
        tried.write("broken");
        assert_eq!(tried.get(), (500, "it is broken".to_owned()));
        assert_eq!(tried.get().0, 500);
        tried.write("mended");
        assert_eq!(tried.get(), (200, "mended".to_owned()));
        assert_eq!(*tried.told.lock().unwrap(), [false, true]);
    }

    #[test]
    fn nothing_is_read_again_in_production() {
        let mut tried = Tried::new(false);
        tried.write("broken");
        assert_eq!(tried.get(), (200, "one".to_owned()));
    }
}
