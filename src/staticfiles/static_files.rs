//! Static files as responses to requests.
//!
//! 1. The path is stripped of `[static] url` or `[media] url`; one that could lead out of the directory is refused.
//! 2. The file is looked for: with `debug` by the finders, else in `[static] root`; files that forms brought, always in
//!    `[media] root`, where names that begin with a point are nobody's business. Links are followed as long as they stay
//!    within the root; directories are never listed.
//! 3. Preconditions: the client may have the file already.
//! 4. The whole file or the ranges asked for; a small whole file is read at once, a large one while it is sent.

use std::borrow::Cow;
use std::path::PathBuf;

use mime_guess::{MimeGuess, mime};

use crate::http::{Headers, HttpRequest, Method, Precondition, Response, Validators, percent};
use crate::staticfiles::finders::resolve;
use crate::staticfiles::requested_ranges::RequestedRanges;
use crate::staticfiles::served_file::ServedFile;
use crate::staticfiles::{Asset, Finders, StaticPath};

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
}

impl StaticFiles {
    /// Serves below the path `url`.
    pub fn new(url: &str, source: StaticSource) -> Self {
        Self {
            url: url.to_owned(),
            source,
        }
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
        let file = self.open(&path)?;
        if !matches!(request.method, Method::Get | Method::Head) {
            let allow = Headers::from_iter([("Allow", "GET, HEAD")]);
            return Some(Response::empty(405, allow));
        }
        let mut headers = self.headers(&path, &file.validators);
        match file
            .validators
            .check_preconditions(&request.method, &request.headers)
        {
            Precondition::Met => content_response(file, request, headers),
            Precondition::NotModified => {
                headers.remove("Content-Type");
                Some(Response::empty(304, headers))
            }
            Precondition::Failed => Some(Response::empty(412, Headers::default())),
        }
    }

    fn static_path(&self, path: &str) -> Option<StaticPath> {
        // A URL with a host means that another server has the files.
        let is_local = self.url.starts_with('/');
        let path = path.strip_prefix(self.url.as_str()).filter(|_| is_local)?;
        let path = StaticPath::new(path)?;
        let is_media = matches!(self.source, StaticSource::Media(_));
        (!is_media || !path.is_hidden()).then_some(path)
    }

    fn headers(&self, path: &StaticPath, validators: &Validators) -> Headers {
        let mut headers = Headers::default();
        let kind = content_type(path);
        if let StaticSource::Media(_) = self.source {
            guard(&mut headers, &kind);
        }
        headers.append("Content-Type", kind);
        validators.write(&mut headers);
        headers.append("Accept-Ranges", "bytes");
        headers.append("Cache-Control", self.cache_control());
        headers
    }

    /// In development a change must show at once; else a minute passes, as with `WhiteNoise`.
    fn cache_control(&self) -> &'static str {
        match self.source {
            StaticSource::Finders(_) => "no-cache",
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
            StaticSource::Root(root) | StaticSource::Media(root) => {
                ServedFile::open(&resolve(root, path)?)
            }
        }
    }
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

/// Whether a browser shows files of this type without running anything in them.
fn is_passive(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default();
    let is_shown = ["image/", "audio/", "video/", "font/"]
        .iter()
        .any(|prefix| kind.starts_with(prefix));
    matches!(kind, "text/plain" | "application/pdf") || is_shown && !kind.ends_with("+xml")
}

/// The type by the ending of the name; text is UTF-8, as all files of a project are.
fn content_type(path: &StaticPath) -> String {
    let guess = MimeGuess::from_path(path.as_str()).first_or_octet_stream();
    if guess.subtype() == mime::JAVASCRIPT {
        // RFC 9239 made all other names of this type obsolete.
        "text/javascript; charset=utf-8".to_owned()
    } else if guess.type_() == mime::TEXT && guess.get_param(mime::CHARSET).is_none() {
        format!("{guess}; charset=utf-8")
    } else {
        guess.to_string()
    }
}
