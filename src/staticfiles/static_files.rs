//! Static files as responses to requests.
//!
//! 1. The path is stripped of `[static] url` or `[media] url`; one that could lead out of the directory is refused.
//! 2. The file is looked for: with `debug` by the finders, else in `[static] root`, where small files are read once;
//!    files that forms brought, always in `[media] root`. Names that begin with a point are nobody's business. Links are
//!    followed as long as they stay within the root; directories are never listed.
//!    Of a collected file that is there compressed too, a client gets the form that it likes best.
//! 3. Preconditions: the client may have the file already.
//! 4. The whole file or the ranges asked for; a small whole file is read at once, a large one while it is sent.

use std::borrow::Cow;
use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

use crate::http::{
    ContentCoding, Headers, HttpRequest, Method, Precondition, Response, Validators, percent,
};
use crate::staticfiles::compressed_name::compressed_name;
use crate::staticfiles::content_type::{content_type, is_passive};
use crate::staticfiles::file_memory::FileMemory;
use crate::staticfiles::finders::resolve;
use crate::staticfiles::requested_ranges::RequestedRanges;
use crate::staticfiles::served_file::ServedFile;
use crate::staticfiles::variants::codings;
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

    /// Whether the path of a request, still encoded, lies where static files are served.
    pub fn covers(&self, encoded_path: &str) -> bool {
        let decoded = if encoded_path.contains('%') {
            percent::decode(encoded_path).map(Cow::Owned)
        } else {
            Some(Cow::Borrowed(encoded_path))
        };
        decoded.is_some_and(|path| self.static_path(&path).is_some())
    }

    /// The response with the file that `request` asks for; `None` if there is none. May wait for the disk.
    pub fn respond(&self, request: &HttpRequest) -> Option<Response> {
        let path = self.static_path(&request.path)?;
        let variant = self.variant(&path, &request.headers);
        let file = self.open(variant.path.as_ref().unwrap_or(&path))?;
        if !matches!(request.method, Method::Get | Method::Head) {
            let allow = Headers::from_iter([("Allow", "GET, HEAD")]);
            return Some(Response::empty(405, allow));
        }
        let mut headers = self.headers(&path, &file.validators);
        variant.describe(&mut headers);
        match file
            .validators
            .check_preconditions(&request.method, &request.headers)
        {
            Precondition::Met => content_response(file, request, headers),
            Precondition::NotModified => {
                headers.remove("Content-Type");
                headers.remove("Content-Encoding");
                Some(Response::empty(304, headers))
            }
            Precondition::Failed => Some(Response::empty(412, Headers::default())),
        }
    }

    /// In which coding a client with these headers gets the file at `path`.
    ///
    /// A part of a file is one of the file itself.
    fn variant(&self, path: &StaticPath, client: &Headers) -> Variant {
        let StaticSource::Root(root) = &self.source else {
            return Variant::default();
        };
        let offered = codings(root, path);
        let wanted = ContentCoding::negotiate(client, &offered);
        let coding = wanted.filter(|_| !client.contains("Range"));
        Variant {
            coding,
            path: coding.and_then(|coding| compressed_name(path, coding)),
            is_one_of_several: !offered.is_empty(),
        }
    }

    fn static_path(&self, path: &str) -> Option<StaticPath> {
        // A URL with a host means that another server has the files.
        let is_local = self.url.starts_with('/');
        let path = path.strip_prefix(self.url.as_str()).filter(|_| is_local)?;
        if self.below.is_some() && !is_root_file(path) {
            return None;
        }
        let path = StaticPath::new(path)?.within(self.below.as_ref());
        (!path.is_hidden()).then_some(path)
    }

    fn headers(&self, path: &StaticPath, validators: &Validators) -> Headers {
        let mut headers = Headers::default();
        let kind = content_type(path.as_str());
        if let StaticSource::Media(_) = self.source {
            guard(&mut headers, &kind);
        }
        headers.append("Content-Type", kind);
        validators.write(&mut headers);
        headers.append("Accept-Ranges", "bytes");
        headers.append("Cache-Control", self.cache_control(path));
        headers
    }

    /// In development a change must show at once; else a minute passes, as with `WhiteNoise`, unless another content has
    /// another name.
    fn cache_control(&self, path: &StaticPath) -> &'static str {
        match self.source {
            StaticSource::Finders(_) => "no-cache",
            _ if self.immutable.contains(path.as_str()) => "max-age=31536000, public, immutable",
            StaticSource::Root(_) => "max-age=60, public",
            StaticSource::Media(_) => "max-age=60",
        }
    }

    fn open(&self, path: &StaticPath) -> Option<ServedFile> {
        match &self.source {
            StaticSource::Finders(finders) => match finders.find(path)? {
                Asset::Disk(file) => ServedFile::open(&file),
                Asset::Embedded { bytes, .. } => Some(ServedFile::embedded(bytes)),
            },
            StaticSource::Root(root) => self.memory.open(root, path),
            StaticSource::Media(root) => ServedFile::open(&resolve(root, path)?),
        }
    }
}

/// The form that a client gets a file in.
#[derive(Debug, Default)]
struct Variant {
    coding: Option<ContentCoding>,
    /// The compressed file.
    path: Option<StaticPath>,
    /// Whether another client may get another form.
    is_one_of_several: bool,
}

impl Variant {
    fn describe(&self, headers: &mut Headers) {
        if let Some(coding) = self.coding {
            headers.set("Content-Encoding", coding.name());
        }
        if self.is_one_of_several {
            headers.vary_on("Accept-Encoding");
        }
    }
}

/// Whether `path` may be a file that is asked for at the root of a site: such names have an ending, pages seldom do.
fn is_root_file(path: &str) -> bool {
    path.contains('.') && !path.contains('/')
}

/// The response with all of `file` or with the ranges that `request` asks for.
fn content_response(file: ServedFile, request: &HttpRequest, headers: Headers) -> Option<Response> {
    let range = request.headers.get("Range");
    let range = range.filter(|_| request.method == Method::Get);
    let range = range.filter(|_| file.validators.allow_range(&request.headers));
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

/// Tells browsers to take a visitor's file for what its name says, and to save what could run as part of this site.
fn guard(headers: &mut Headers, content_type: &str) {
    headers.append("X-Content-Type-Options", "nosniff");
    if !is_passive(content_type) {
        headers.append("Content-Disposition", "attachment");
        headers.append("Content-Security-Policy", "sandbox");
    }
}
