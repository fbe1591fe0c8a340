//! Static files as responses to requests.
//!
//! 1. The path is stripped of `[static] url` or `[media] url`; one that could lead out of the directory is refused.
//! 2. The file is looked for: with `debug` by the finders, else in `[static] root`, most of whose files are in memory;
//!    files that forms brought, always in `[media] root`. Names that begin with a point are nobody's business. Links are
//!    followed as long as they stay within the root; directories are never listed.
//!    Of a collected file that is there compressed too, a client gets the form that it likes best.
//! 3. Preconditions: the client may have the file already.
//! 4. The whole file or the ranges asked for; a small whole file is read at once, a large one while it is sent.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

use crate::http::{Headers, HttpRequest, Method, Precondition, Response, percent};
use crate::staticfiles::file_forms::ServedForm;
use crate::staticfiles::file_headers::{file_headers, guard};
use crate::staticfiles::file_memory::FileMemory;
use crate::staticfiles::requested_ranges::RequestedRanges;
use crate::staticfiles::served_file::{FileUse, ServedFile};
use crate::staticfiles::{Asset, Finders, StaticManifest, StaticPath};

/// Where served files are looked for.
#[derive(Clone, Debug)]
pub enum StaticSource {
    /// Wherever they come from: for development, without `collectstatic`.
    Finders(Finders),
    /// In the directory they were collected in.
    Root(PathBuf),
    /// In the directory of files that forms bring: visitors made them, so that a browser is told to run none of them.
    Media(PathBuf),
}

/// The static files of a site, as it serves them.
#[derive(Clone, Debug)]
pub struct StaticFiles {
    url: String,
    source: StaticSource,
    /// The directory of the source that is served.
    below: Option<StaticPath>,
    /// Files whose names change with their content.
    immutable: HashSet<String>,
    memory: Arc<FileMemory>,
}

impl StaticFiles {
    /// Serves below the path `url`.
    pub fn new(url: &str, source: StaticSource) -> Self {
        Self {
            url: url.to_owned(),
            source,
            below: None,
            immutable: HashSet::new(),
            memory: Arc::default(),
        }
    }

    /// Serves the files of the directory `root` at the root of the site: `robots.txt`, `favicon.ico`.
    pub fn at_root(source: StaticSource) -> Self {
        Self {
            below: StaticPath::new("root"),
            ..Self::new("/", source)
        }
    }

    /// Lets browsers keep the files for ever that `manifest` leads to.
    #[must_use]
    pub fn with_manifest(mut self, manifest: &StaticManifest) -> Self {
        let renamed = manifest.iter().filter(|(path, name)| path != name);
        self.immutable = renamed.map(|(_, name)| name.to_owned()).collect();
        self
    }

    /// Whether visitors made them.
    pub fn are_of_visitors(&self) -> bool {
        matches!(self.source, StaticSource::Media(_))
    }

    /// Whether the path of a request, still encoded, lies where static files are served.
    pub fn covers(&self, encoded_path: &str) -> bool {
        percent::decoded(encoded_path).is_some_and(|path| self.serves(&path))
    }

    /// Whether the path of a request lies where static files are served.
    pub fn serves(&self, path: &str) -> bool {
        self.public_path(path).is_some()
    }

    /// The response with the file that `request`, a GET or HEAD, asks for, if it is in memory. Never waits.
    pub fn respond_from_memory(&self, request: &HttpRequest) -> Option<Response> {
        let StaticSource::Root(_) = self.source else {
            return None;
        };
        let file = self.memory.get(&self.static_path(&request.path)?)?;
        content_response(file.in_memory(&request.headers)?, request)
    }

    /// The response with the file that `request` asks for; `None` if there is none. May wait for the disk.
    pub fn respond(&self, request: &HttpRequest) -> Option<Response> {
        let path = self.static_path(&request.path)?;
        let file = self.open(&path, &request.headers)?;
        if !matches!(request.method, Method::Get | Method::Head) {
            let allow = Headers::from_iter([("Allow", "GET, HEAD")]);
            return Some(Response::empty(405, allow));
        }
        content_response(file, request)
    }

    fn static_path(&self, path: &str) -> Option<StaticPath> {
        let path = StaticPath::new(self.public_path(path)?)?;
        Some(path.within(self.below.as_ref()))
    }

    /// What stands behind the url, if it can be the name of a file that is served.
    fn public_path<'p>(&self, path: &'p str) -> Option<&'p str> {
        // A URL with a host means that another server has the files.
        let is_local = self.url.starts_with('/');
        let path = path.strip_prefix(self.url.as_str()).filter(|_| is_local)?;
        let is_asked_for = self.below.is_none() || is_root_file(path);
        // Files whose names begin with a point are hidden from who lists a directory.
        (is_asked_for && StaticPath::is_public(path)).then_some(path)
    }

    /// The form of the file at `path` that a client with these headers likes best.
    fn open(&self, path: &StaticPath, client: &Headers) -> Option<ServedForm> {
        match &self.source {
            StaticSource::Finders(finders) => {
                let file = match finders.find(path)? {
                    Asset::Disk(file) => ServedFile::open(&file)?,
                    Asset::Embedded { bytes, .. } => ServedFile::embedded(bytes),
                };
                // In development a change must show at once.
                let headers = file_headers(path, &file.validators, "no-cache");
                Some(ServedForm { file, headers })
            }
            StaticSource::Root(root) => {
                let is_immutable = self.immutable.contains(path.as_str());
                let file = self.memory.look(root, path, is_immutable)?;
                file.open(root, path, client)
            }
            StaticSource::Media(root) => {
                let file = ServedFile::open_within(root, path, FileUse::Once)?;
                let mut headers = file_headers(path, &file.validators, "max-age=60");
                guard(&mut headers, path);
                Some(ServedForm { file, headers })
            }
        }
    }
}

/// Whether `path` may be a file that is asked for at the root of a site: such names have an ending, pages seldom do.
fn is_root_file(path: &str) -> bool {
    path.contains('.') && !path.contains('/')
}

/// The response with all of a file or with the ranges that `request` asks for, if the client does not have it already.
fn content_response(form: ServedForm, request: &HttpRequest) -> Option<Response> {
    let ServedForm { file, mut headers } = form;
    let validators = &file.validators;
    match validators.check_preconditions(&request.method, &request.headers) {
        Precondition::Met => {}
        Precondition::NotModified => {
            headers.remove("Content-Type");
            headers.remove("Content-Encoding");
            return Some(Response::empty(304, headers));
        }
        Precondition::Failed => return Some(Response::empty(412, Headers::default())),
    }
    let range = request.headers.get("Range");
    let range = range.filter(|_| request.method == Method::Get);
    let range = range.filter(|_| validators.allow_range(&request.headers));
    let requested = range.map_or(RequestedRanges::Whole, |range| {
        RequestedRanges::parse(range, file.size)
    });
    match requested {
        RequestedRanges::Whole => Some(file.whole(headers)),
        RequestedRanges::Partial(ranges) => file.partial(ranges, headers).ok(),
        RequestedRanges::Unsatisfiable => {
            let content_range = format!("bytes */{}", file.size);
            let headers = Headers::from_iter([("Content-Range", content_range)]);
            Some(Response::empty(416, headers))
        }
    }
}
