//! `view = "api.model"`: the rows of a model, many and one (`rest_framework.viewsets.ModelViewSet`).
//!
//! 1. The form of the answer is negotiated. 2. Who asks is found out. 3. They may, and 4. not too often.
//! 5. The action of the method answers. 6. The answer gets its form and headers.

use std::sync::Arc;

use crate::api::answer::{ApiAnswer, ApiError};
use crate::api::browsable;
use crate::api::entry::ApiModel;
use crate::api::exchange::Exchange;
use crate::api::negotiation::{self, ApiRenderer};
use crate::api::openapi;
use crate::api::place::EntryPlace;
use crate::api::{access, metadata};
use crate::diagnostic::Finding;
use crate::http::{Method, Response};
use crate::views::{DetailView, HttpError, OpenApiPart, Request, View, ViewEntry, error_response};

/// The rows of a model at one of the two places.
#[derive(Debug)]
struct ApiModelView {
    model: Arc<ApiModel>,
    place: EntryPlace,
}

/// Reads the options of `api.model`.
pub(super) fn build(entry: &ViewEntry<'_, '_>) -> Result<Box<dyn View>, Finding> {
    Ok(Box::new(ApiModelView {
        model: Arc::new(ApiModel::read(entry)?),
        place: EntryPlace::List,
    }))
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
        let allow = self.allow();
        let mut response = match form {
            ApiRenderer::Json(indent) => json(answer, indent),
            ApiRenderer::Html => browsable::page(&exchange, &method, answer, &allow)?,
        };
        response.headers.set("Allow", allow);
        response.headers.vary_on("Accept");
        Ok(response)
    }

    fn detail(&self) -> Option<DetailView> {
        (self.place == EntryPlace::List).then(|| DetailView {
            basename: self.model.basename.clone(),
            view: Box::new(Self {
                model: Arc::clone(&self.model),
                place: EntryPlace::Detail,
            }),
        })
    }

    fn checks_csrf(&self) -> bool {
        true
    }

    fn pattern_names(&self) -> Vec<&str> {
        self.model.serializer.url_names()
    }

    fn openapi(&self) -> Option<OpenApiPart> {
        Some(openapi::part(&self.model, self.place))
    }
}

impl ApiModelView {
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
            return metadata::answer(exchange, user, &self.methods());
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

    /// The methods that the place answers, without HEAD and OPTIONS.
    fn methods(&self) -> Vec<&'static Method> {
        let actions = self.place.actions().iter();
        let own = actions.filter(|(_, action)| self.model.has(action));
        own.map(|(method, _)| method).collect()
    }

    fn allow(&self) -> String {
        let methods = self.methods();
        let mut names: Vec<_> = methods.iter().map(|method| method.as_str()).collect();
        if methods.contains(&&Method::Get) {
            names.push("HEAD");
        }
        names.push("OPTIONS");
        names.join(", ")
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
        response.headers.set("Allow", self.allow());
        Ok(response)
    }
}

/// An answer as JSON; ends of lines that only JavaScript knows are escaped, as in Django REST framework.
pub(super) fn json(answer: ApiAnswer, indent: Option<usize>) -> Response {
    let mut response = match answer.body {
        None => Response::empty(answer.status, crate::http::Headers::default()),
        Some(body) => {
            let body = browsable::indented(body, indent);
            let body = if body.contains('\u{2028}') || body.contains('\u{2029}') {
                body.replace('\u{2028}', "\\u2028")
                    .replace('\u{2029}', "\\u2029")
            } else {
                body
            };
            Response::new(answer.status, "application/json", body)
        }
    };
    for (name, value) in answer.headers {
        response.headers.set(name, value);
    }
    response
}
