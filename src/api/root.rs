//! `view = "api.root"`: the lists of an API, each by its address (`rest_framework.routers.APIRootView`).

use crate::api::answer::{ApiAnswer, ApiError};
use crate::api::json_response::json;
use crate::api::negotiation::{self, ApiRenderer};
use crate::api::{access, addresses, browsable, metadata};
use crate::diagnostic::Finding;
use crate::http::{Method, Response};
use crate::json::Json;
use crate::views::{HttpError, Request, View, ViewEntry};

const TITLE: &str = "Api Root";

#[derive(Debug)]
struct ApiRootView;

/// It has no options.
#[expect(clippy::unnecessary_wraps, reason = "a builder of views may fail")]
pub(super) fn build(_: &ViewEntry<'_, '_>) -> Result<Box<dyn View>, Finding> {
    Ok(Box::new(ApiRootView))
}

impl View for ApiRootView {
    fn respond(&self, request: &Request<'_>) -> Result<Response, HttpError> {
        let format = request.get()?.get("format").map(ToOwned::to_owned);
        let renderer = negotiation::renderer(request, format.as_deref());
        let form = *renderer.as_ref().unwrap_or(&ApiRenderer::Json(None));
        let answer = match renderer.and_then(|_| answer(request)) {
            Ok(answer) | Err(ApiError::Refused(answer)) => answer,
            Err(ApiError::Failed(error)) => return Err(error),
        };
        let mut response = match form {
            ApiRenderer::Json(indent) => json(answer, indent),
            ApiRenderer::Html => browsable::page_to_read(request, TITLE, answer, self.allowed())?,
        };
        response.headers.set("Allow", self.allowed());
        response.headers.vary_on("Accept");
        Ok(response)
    }

    fn is_api(&self) -> bool {
        true
    }
}

fn answer(request: &Request<'_>) -> Result<ApiAnswer, ApiError> {
    access::check_entry(request)?;
    match request.method {
        Method::Get | Method::Head => Ok(ApiAnswer::json(200, &Json::Object(lists(request)))),
        Method::Options => Ok(ApiAnswer::json(
            200,
            &Json::Object(metadata::description(TITLE)),
        )),
        ref method => Err(ApiError::method_not_allowed(method.as_str())),
    }
}

/// The lists whose paths begin with that of the request, by what follows in them.
fn lists(request: &Request<'_>) -> Vec<(String, Json)> {
    let root = request.path.trim_start_matches('/');
    let patterns = request.urls.patterns().iter();
    let lists = patterns.filter(|pattern| pattern.view.detail().is_some());
    let named = lists.filter_map(|pattern| {
        let route = pattern.route.to_string();
        let name = route.strip_prefix(root)?.trim_matches('/').to_owned();
        let is_plain = !name.is_empty() && !route.contains('<');
        is_plain.then(|| {
            (
                name,
                Json::String(addresses::absolute(request, &format!("/{route}"))),
            )
        })
    });
    named.collect()
}
