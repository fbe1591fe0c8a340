//! A service that is loaded again when the files of its site change.
//!
//! 1. Before a request is answered the files are compared, by one worker at a time.
//! 2. After a change a new service is loaded beside the old one; requests in flight keep theirs.
//! 3. A site that cannot be loaded is answered with its findings, in the browser and in the log, until they are mended.
//!
//! Only with `debug`: a site in production is loaded once.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use crate::diagnostic::Findings;
use crate::http::{HttpRequest, Response};
use crate::server::file_watcher::FileWatcher;
use crate::server::{HttpService, Refusal, Responder};

/// A site as its files were at some moment.
#[derive(Debug)]
pub struct LoadedSite<S> {
    /// What answers its requests.
    pub service: S,
    /// The files and directories it was read from, if it is to be loaded again when they change.
    pub watched: Option<Vec<PathBuf>>,
}

/// Loads the site from its files.
type LoadSite<S> = dyn Fn() -> Result<LoadedSite<S>, Findings> + Send + Sync;

/// Renders findings as a page.
type RenderFindings = dyn Fn(&Findings) -> Response + Send + Sync;

/// Called when the site was loaded again, with the findings that keep it from being used, if any.
type OnReload = dyn Fn(Option<&Findings>) + Send + Sync;

/// A service that is loaded again when the files of its site change.
pub struct ReloadingService<S> {
    load: Box<LoadSite<S>>,
    render_findings: Box<RenderFindings>,
    on_reload: Box<OnReload>,
    current: RwLock<Arc<SiteVersion<S>>>,
    watcher: Mutex<Option<FileWatcher>>,
    /// Whether there is a watcher: in production there never is one.
    is_watching: bool,
}

/// The site between two changes of its files.
struct SiteVersion<S> {
    /// The service of this version, or the last one that could be loaded.
    service: Arc<S>,
    /// What keeps this version from being used.
    findings: Option<Findings>,
}

impl<S: HttpService> ReloadingService<S> {
    /// Serves `site` until its files change; `load` then loads it again.
    pub fn new(
        site: LoadedSite<S>,
        load: impl Fn() -> Result<LoadedSite<S>, Findings> + Send + Sync + 'static,
        render_findings: impl Fn(&Findings) -> Response + Send + Sync + 'static,
        on_reload: impl Fn(Option<&Findings>) + Send + Sync + 'static,
    ) -> Self {
        let version = SiteVersion {
            service: Arc::new(site.service),
            findings: None,
        };
        Self {
            load: Box::new(load),
            render_findings: Box::new(render_findings),
            on_reload: Box::new(on_reload),
            current: RwLock::new(Arc::new(version)),
            is_watching: site.watched.is_some(),
            watcher: Mutex::new(site.watched.map(FileWatcher::new)),
        }
    }

    fn current(&self) -> Arc<SiteVersion<S>> {
        let current = self.current.read();
        Arc::clone(&current.unwrap_or_else(PoisonError::into_inner))
    }

    /// The version that fits the files as they are now.
    fn up_to_date(&self) -> Arc<SiteVersion<S>> {
        if !self.is_watching {
            return self.current();
        }
        let mut watcher = self.watcher.lock().unwrap_or_else(PoisonError::into_inner);
        let changed = watcher.as_ref().filter(|watcher| watcher.has_changes());
        if let Some(changed) = changed {
            let reloaded = self.reload(changed);
            *watcher = Some(reloaded);
        }
        drop(watcher);
        self.current()
    }

    /// Loads the site again; returns what watches the files it was loaded from.
    fn reload(&self, old: &FileWatcher) -> FileWatcher {
        // The files are stamped before they are read, so that a change in between is seen at the next request.
        let mut watcher = old.rescan();
        let is_visible_change = !watcher.is_same(old);
        let version = match (self.load)() {
            Ok(site) => {
                if let Some(places) = site.watched {
                    watcher.watch_places(places);
                }
                SiteVersion {
                    service: Arc::new(site.service),
                    findings: None,
                }
            }
            Err(findings) => SiteVersion {
                service: Arc::clone(&self.current().service),
                findings: Some(findings),
            },
        };
        if is_visible_change {
            (self.on_reload)(version.findings.as_ref());
        }
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(version);
        watcher
    }
}

/// What a worker thread keeps: a service, and its worker for it.
pub struct ReloadingWorker<S: HttpService>(Option<(Arc<S>, S::Worker)>);

impl<S: HttpService> HttpService for ReloadingService<S> {
    type Worker = ReloadingWorker<S>;

    fn new_worker(&self) -> ReloadingWorker<S> {
        ReloadingWorker(None)
    }

    fn respond(&self, worker: &mut ReloadingWorker<S>, request: HttpRequest) -> Response {
        let version = self.up_to_date();
        if let Some(findings) = &version.findings {
            return (self.render_findings)(findings);
        }
        let service = &version.service;
        let kept = worker.0.take().filter(|(of, _)| Arc::ptr_eq(of, service));
        let (_, kept) = worker
            .0
            .insert(kept.unwrap_or_else(|| (Arc::clone(service), service.new_worker())));
        service.respond(kept, request)
    }

    fn refuse(&self, refusal: Refusal) -> Response {
        let version = self.current();
        match &version.findings {
            None => version.service.refuse(refusal),
            Some(findings) => (self.render_findings)(findings),
        }
    }

    fn responder(&self, encoded_path: &str) -> Responder {
        self.current().service.responder(encoded_path)
    }

    /// What is in memory may be older than the files, if those are looked at.
    fn respond_from_memory(&self, request: HttpRequest) -> Option<Response> {
        let is_up_to_date = !self.is_watching;
        is_up_to_date.then(|| self.current().service.respond_from_memory(request))?
    }

    /// While the site cannot be used, what needs no worker is answered by the last version that could.
    fn respond_from_disk(&self, request: HttpRequest) -> Option<Response> {
        self.current().service.respond_from_disk(request)
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

    use super::{LoadedSite, ReloadingService, ReloadingWorker};
    use crate::diagnostic::{Finding, Findings};
    use crate::http::{Headers, HttpRequest, Method, Response};
    use crate::server::HttpService;

    /// Answers with the content of a file, as it was when the site was read.
    struct Page(String);

    impl HttpService for Page {
        type Worker = ();

        fn new_worker(&self) {}

        fn respond(&self, _worker: &mut (), _request: HttpRequest) -> Response {
            Response::text(200, self.0.clone())
        }
    }

    struct Fixture {
        directory: TempDir,
        service: ReloadingService<Page>,
        worker: ReloadingWorker<Page>,
        reloads: Arc<Mutex<Vec<bool>>>,
    }

    impl Fixture {
        fn new(debug: bool) -> Self {
            let directory = tempfile::tempdir().unwrap();
            let file = directory.path().join("page.html");
            fs::write(&file, "one").unwrap();
            thread::sleep(Duration::from_millis(40));
            let reloads = Arc::new(Mutex::new(Vec::new()));
            let service = {
                let reloads = Arc::clone(&reloads);
                let first = load(&file, debug).unwrap();
                let load = move || load(&file, debug);
                let render = |findings: &Findings| Response::text(500, findings.to_string());
                let on_reload = move |findings: Option<&Findings>| {
                    reloads.lock().unwrap().push(findings.is_none());
                };
                ReloadingService::new(first, load, render, on_reload)
            };
            let worker = service.new_worker();
            Self {
                directory,
                service,
                worker,
                reloads,
            }
        }

        fn write(&self, text: &str) {
            fs::write(self.directory.path().join("page.html"), text).unwrap();
        }

        fn get(&mut self) -> (u16, String) {
            let peer = IpAddr::V4(Ipv4Addr::LOCALHOST);
            let request = HttpRequest::new(Method::Get, "/", Headers::default(), Vec::new(), peer);
            let response = self.service.respond(&mut self.worker, request.unwrap());
            let body = response.body.as_bytes().unwrap().to_vec();
            (response.status, String::from_utf8(body).unwrap())
        }
    }

    fn load(file: &Path, debug: bool) -> Result<LoadedSite<Page>, Findings> {
        let text = fs::read_to_string(file).unwrap();
        if text.contains("broken") {
            return Err(Finding::error("broken", "it is broken").into());
        }
        Ok(LoadedSite {
            service: Page(text),
            watched: debug.then(|| vec![file.to_owned()]),
        })
    }

    #[test]
    fn the_next_request_sees_a_change_at_once() {
        let mut fixture = Fixture::new(true);
        assert_eq!(fixture.get(), (200, "one".to_owned()));
        for text in ["two", "six", "ten"] {
            fixture.write(text);
            assert_eq!(fixture.get(), (200, text.to_owned()));
        }
    }

    #[test]
    fn what_is_broken_is_shown_until_it_is_mended() {
        let mut fixture = Fixture::new(true);
        fixture.write("broken");
        assert_eq!(fixture.get(), (500, "it is broken".to_owned()));
        assert_eq!(fixture.get().0, 500);
        fixture.write("mended");
        assert_eq!(fixture.get(), (200, "mended".to_owned()));
        assert_eq!(*fixture.reloads.lock().unwrap(), [false, true]);
    }

    #[test]
    fn nothing_is_read_again_in_production() {
        let mut fixture = Fixture::new(false);
        fixture.write("broken");
        assert_eq!(fixture.get(), (200, "one".to_owned()));
    }
}
