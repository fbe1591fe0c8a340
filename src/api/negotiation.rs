//! Which form a client wants (`rest_framework.negotiation`).

use crate::api::answer::ApiError;
use crate::http::HttpRequest;

/// The form of an answer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum ApiRenderer {
    /// JSON, on so many spaces for each level if they were asked for.
    Json(Option<usize>),
    /// A page for people.
    Html,
}

/// The forms, in the order in which they are preferred, with their types and their names in `?format=`.
const FORMS: [(&str, &str, ApiRenderer); 2] = [
    ("application/json", "json", ApiRenderer::Json(None)),
    ("text/html", "api", ApiRenderer::Html),
];

/// The most spaces of a level.
const MAX_INDENT: usize = 8;

/// The form that `request` asks for, by `?format=` or by its `Accept`.
pub(super) fn renderer(
    request: &HttpRequest,
    format: Option<&str>,
) -> Result<ApiRenderer, ApiError> {
    let wanted = format.filter(|format| !format.is_empty());
    let forms: Vec<_> = FORMS
        .into_iter()
        .filter(|(_, name, _)| wanted.is_none_or(|wanted| wanted == *name))
        .collect();
    if forms.is_empty() {
        return Err(ApiError::new(404, "Not found."));
    }
    let accept = request.headers.get("Accept").unwrap_or("*/*");
    let mut ranges: Vec<_> = accept.split(',').map(MediaRange::parse).collect();
    ranges.sort_by_key(|range| std::cmp::Reverse(range.precedence()));
    for level in ranges.chunk_by(|one, other| one.precedence() == other.precedence()) {
        for (media_type, _, renderer) in &forms {
            if let Some(range) = level.iter().find(|range| range.matches(media_type)) {
                return Ok(range.applied(*renderer));
            }
        }
    }
    Err(ApiError::new(
        406,
        "Could not satisfy the request Accept header.",
    ))
}

/// A type in `Accept`, with its parameters.
struct MediaRange<'a> {
    main: &'a str,
    sub: &'a str,
    parameters: Vec<(&'a str, &'a str)>,
}

impl<'a> MediaRange<'a> {
    fn parse(text: &'a str) -> Self {
        let mut parts = text.split(';');
        let (main, sub) = parts
            .next()
            .unwrap_or_default()
            .trim()
            .split_once('/')
            .unwrap_or(("", ""));
        let parameters = parts.filter_map(|part| part.trim().split_once('='));
        Self {
            main,
            sub,
            parameters: parameters.collect(),
        }
    }

    fn precedence(&self) -> u8 {
        match (self.main, self.sub) {
            ("*", _) => 0,
            (_, "*") => 1,
            _ if self.parameters.iter().all(|(name, _)| *name == "q") => 2,
            _ => 3,
        }
    }

    fn matches(&self, media_type: &str) -> bool {
        let (main, sub) = media_type.split_once('/').unwrap_or((media_type, ""));
        matches!(self.main, "*") || self.main == main && (self.sub == "*" || self.sub == sub)
    }

    fn applied(&self, renderer: ApiRenderer) -> ApiRenderer {
        let indent = self.parameters.iter().find(|(name, _)| *name == "indent");
        let indent = indent.and_then(|(_, value)| value.parse::<usize>().ok());
        match renderer {
            ApiRenderer::Json(_) => ApiRenderer::Json(
                indent
                    .map(|indent| indent.min(MAX_INDENT))
                    .filter(|indent| *indent > 0),
            ),
            ApiRenderer::Html => ApiRenderer::Html,
        }
    }
}
