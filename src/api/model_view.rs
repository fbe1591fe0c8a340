//! `view = "api.model"`: the rows of a model, many and one (`rest_framework.viewsets.ModelViewSet`).
//!
//! 1. The form of the answer is negotiated. 2. Who asks is found out. 3. They may, and 4. not too often.
//! 5. The action of the method answers. 6. The answer gets its form and headers.

use std::sync::Arc;

use crate::api::answer::{ApiAnswer, ApiError};
use crate::api::browsable;
use crate::api::entry::ApiModel;
use crate::api::exchange::Exchange;
use crate::api::json_response::json;
use crate::api::negotiation::{self, ApiRenderer};
use crate::api::openapi;
use crate::api::place::EntryPlace;
use crate::api::{access, metadata};
use crate::diagnostic::Finding;
use crate::http::{Method, Response};
use crate::urls::AccessRule;
use crate::views::{DetailView, HttpError, OpenApiPart, Request, View, ViewEntry, error_response};

/// The rows of a model at one of the two places.
#[derive(Debug)]
struct ApiModelView {
    model: Arc<ApiModel>,
    place: EntryPlace,
    /// The methods that it answers, as `Allow` lists them.
    allow: String,
}

/// Reads the options of `api.model`.
pub(super) fn build(entry: &ViewEntry<'_, '_>) -> Result<Box<dyn View>, Finding> {
    let model = Arc::new(ApiModel::read(entry)?);
    Ok(Box::new(ApiModelView::new(model, EntryPlace::List)))
}

impl View for ApiModelView {
    fn respond(&self, request: &Request<'_>) -> Result<Response, HttpError> {
        let format = request.get()?.get("format").map(ToOwned::to_owned);
        let renderer = negotiation::renderer(request, format.as_deref());
        let form = *renderer.as_ref().unwrap_or(&ApiRenderer::Json(None));
        let method = browsable::method(request, form);
        let exchange = Exchange {
            model: &self.model,
            request,
            place: self.place,
        };
        let outcome = renderer.and_then(|_| self.answer(&exchange, &method));
        let answer = match outcome {
            Ok(answer) | Err(ApiError::Refused(answer)) => answer,
            Err(ApiError::Failed(error)) => return self.failed(request, error),
        };
        let mut response = match form {
            ApiRenderer::Json(indent) => json(answer, indent),
            ApiRenderer::Html => browsable::page(&exchange, &method, answer, &self.allow)?,
        };
        response.headers.set("Allow", self.allow.as_str());
        response.headers.vary_on("Accept");
        Ok(response)
    }

    fn detail(&self) -> Option<DetailView> {
        (self.place == EntryPlace::List).then(|| DetailView {
            basename: self.model.basename.clone(),
            view: Box::new(Self::new(Arc::clone(&self.model), EntryPlace::Detail)),
        })
    }

    fn allowed(&self) -> &str {
        &self.allow
    }

    fn is_api(&self) -> bool {
        true
    }

    fn pattern_names(&self) -> Vec<&str> {
        self.model.serializer.url_names()
    }

    fn openapi(&self, access: &AccessRule) -> Option<OpenApiPart> {
        Some(openapi::part(&self.model, self.place, access))
    }
}

impl ApiModelView {
    fn new(model: Arc<ApiModel>, place: EntryPlace) -> Self {
        let methods = methods(&model, place);
        let head = methods.contains(&&Method::Get).then_some(&Method::Head);
        let names = methods
            .iter()
            .copied()
            .chain(head)
            .chain([&Method::Options]);
        let names: Vec<_> = names.map(Method::as_str).collect();
        Self {
            allow: names.join(", "),
            model,
            place,
        }
    }

    fn answer(&self, exchange: &Exchange<'_, '_>, method: &Method) -> Result<ApiAnswer, ApiError> {
        let (model, request) = (&self.model, exchange.request);
        let user = access::authenticate(request)?;
        let user = user.as_deref();
        access::check(
            model.permission,
            request,
            user,
            method,
            &model.serializer.model,
        )?;
        if let Some(wait) = model.throttle.wait(request, user) {
            return Err(ApiError::throttled(wait));
        }
        if *method == Method::Options {
            return metadata::answer(exchange, user, &methods(model, self.place));
        }
        let asked = if *method == Method::Head {
            &Method::Get
        } else {
            method
        };
        let mut actions = self.place.actions().iter();
        let action = actions.find(|(known, action)| known == asked && model.has(action));
        match action.map(|(_, action)| *action) {
            Some("list") => exchange.list(),
            Some("create") => exchange.create(),
            Some("retrieve") => exchange.retrieve(),
            Some("update") => exchange.update(false),
            Some("partial_update") => exchange.update(true),
            Some("destroy") => exchange.destroy(),
            _ => Err(ApiError::method_not_allowed(method.as_str())),
        }
    }

    /// What went wrong inside, as a program or a person reads it.
    fn failed(&self, request: &Request<'_>, error: HttpError) -> Result<Response, HttpError> {
        if request
            .headers
            .get("Accept")
            .is_some_and(|accept| accept.contains("html"))
        {
            return Err(error);
        }
        let page = error_response(request, &error);
        let detail = match page.status {
            400 => error.messages().join(": "),
            503 => "Too much is going on; try again in a few seconds.".to_owned(),
            _ => "Something went wrong on this server.".to_owned(),
        };
        let ApiError::Refused(answer) = ApiError::new(page.status, detail) else {
            return Err(error);
        };
        let mut response = json(answer, None);
        for (name, value) in page.headers.iter() {
            response.headers.set_default(name, value);
        }
        response.headers.set("Allow", self.allow.as_str());
        Ok(response)
    }
}

/// The methods that the place answers, without HEAD and OPTIONS.
fn methods(model: &ApiModel, place: EntryPlace) -> Vec<&'static Method> {
    let actions = place.actions().iter();
    let own = actions.filter(|(_, action)| model.has(action));
    own.map(|(method, _)| method).collect()
}
