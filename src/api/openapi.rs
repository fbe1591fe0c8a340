//! `view = "api.schema"`: what the API is, as OpenAPI 3.1 tells it to programs.

use std::sync::Arc;

use crate::api::access::{self, ApiPermission};
use crate::api::answer::{ApiAnswer, ApiError};
use crate::api::entry::ApiModel;
use crate::api::field_schema;
use crate::api::json_object::object;
use crate::api::json_response::json;
use crate::api::paging::Paging;
use crate::api::place::EntryPlace;
use crate::diagnostic::Finding;
use crate::http::{Method, Response};
use crate::json::Json;
use crate::urls::{AccessRule, Route};
use crate::views::{HttpError, OpenApiPart, Request, View, ViewEntry};

#[derive(Debug)]
struct SchemaView {
    title: String,
    version: String,
}

/// Reads the options of `api.schema`.
#[expect(clippy::unnecessary_wraps, reason = "a builder of views may fail")]
pub(super) fn build(entry: &ViewEntry<'_, '_>) -> Result<Box<dyn View>, Finding> {
    Ok(Box::new(SchemaView {
        title: entry.fields.or("title", "API".to_owned()),
        version: entry.fields.or("version", "1.0.0".to_owned()),
    }))
}

impl View for SchemaView {
    fn respond(&self, request: &Request<'_>) -> Result<Response, HttpError> {
        match access::check_entry(request) {
            Ok(()) => {}
            Err(ApiError::Refused(answer)) => return Ok(json(answer, None)),
            Err(ApiError::Failed(error)) => return Err(error),
        }
        match request.method {
            Method::Get | Method::Head => {
                let body = ApiAnswer::json(200, &self.document(request))
                    .body
                    .unwrap_or_default();
                Ok(Response::new(200, "application/vnd.oai.openapi+json", body))
            }
            Method::Options => Ok(Response::options(self.allowed())),
            _ => Ok(Response::method_not_allowed(self.allowed())),
        }
    }

    fn is_api(&self) -> bool {
        true
    }
}

impl SchemaView {
    fn document(&self, request: &Request<'_>) -> Json {
        let (mut paths, mut schemas) = (Vec::new(), Vec::new());
        for pattern in request.urls.patterns() {
            let Some(part) = pattern.view.openapi(&pattern.access) else {
                continue;
            };
            paths.push((path_of(&pattern.route), part.path));
            for (name, schema) in part.schemas {
                if schemas.iter().all(|(known, _)| *known != name) {
                    schemas.push((name, schema));
                }
            }
        }
        let token = object(vec![
            ("type", Json::from("apiKey")),
            ("in", Json::from("header")),
            ("name", Json::from("Authorization")),
            ("description", Json::from("`Token` and the token")),
        ]);
        let session = object(vec![
            ("type", Json::from("apiKey")),
            ("in", Json::from("cookie")),
            (
                "name",
                Json::from(request.state.settings.sessions.cookie.name.as_str()),
            ),
        ]);
        object(vec![
            ("openapi", Json::from("3.1.0")),
            (
                "info",
                object(vec![
                    ("title", Json::from(self.title.as_str())),
                    ("version", Json::from(self.version.as_str())),
                ]),
            ),
            ("paths", Json::Object(paths)),
            (
                "components",
                object(vec![
                    ("schemas", Json::Object(schemas)),
                    (
                        "securitySchemes",
                        object(vec![("token", token), ("session", session)]),
                    ),
                ]),
            ),
        ])
    }
}

/// A route as OpenAPI writes it: `/posts/{pk}/`.
fn path_of(route: &Route) -> String {
    let text = route.to_string();
    let mut path = String::from("/");
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once('<') {
        let (parameter, behind) = after.split_once('>').unwrap_or((after, ""));
        let name = parameter.rsplit(':').next().unwrap_or(parameter);
        path.push_str(before);
        path.extend(["{", name, "}"]);
        rest = behind;
    }
    path + rest
}

fn reference(name: &str) -> Json {
    object(vec![(
        "$ref",
        Json::String(format!("#/components/schemas/{name}")),
    )])
}

/// What the rows of `model` add to the document.
pub(super) fn part(model: &Arc<ApiModel>, place: EntryPlace, access: &AccessRule) -> OpenApiPart {
    let name = schema_name(&model.basename);
    let (sent, patched) = (format!("{name}Request"), format!("{name}Patch"));
    let mut operations = Vec::new();
    if place == EntryPlace::Detail {
        operations.push(("parameters", Json::Array(vec![key_parameter()])));
    }
    // Whoever may read what anybody reads may have to log in for the rest.
    let is_guarded = |method: &str| {
        let mut requirements = access.requirements.iter();
        requirements.any(|required| {
            let mut methods = required.methods.iter();
            required.methods.is_empty()
                || methods.any(|own| own.as_str().eq_ignore_ascii_case(method))
        })
    };
    let operation = |method: &str, action: &str, body: Option<&str>, schema: Json| {
        let status = match action {
            "create" => 201,
            "destroy" => 204,
            _ => 200,
        };
        let mut pairs = vec![
            (
                "operationId",
                Json::String(format!("{action}_{}", name.to_lowercase())),
            ),
            ("tags", Json::from(vec![name.as_str()])),
        ];
        if action == "list" {
            pairs.push(("parameters", Json::Array(list_parameters(model))));
        }
        if let Some(body) = body {
            pairs.push(("requestBody", request_body(body)));
        }
        pairs.push(("responses", responses(status, schema, body.is_some())));
        if model.permission != ApiPermission::AllowAny || is_guarded(method) {
            let schemes =
                ["token", "session"].map(|scheme| object(vec![(scheme, Json::Array(Vec::new()))]));
            pairs.push(("security", Json::Array(schemes.to_vec())));
        }
        object(pairs)
    };
    let actions: &[(&str, &str, Option<&str>)] = match place {
        EntryPlace::List => &[("get", "list", None), ("post", "create", Some(&sent))],
        EntryPlace::Detail => &[
            ("get", "retrieve", None),
            ("put", "update", Some(&sent)),
            ("patch", "partial_update", Some(&patched)),
            ("delete", "destroy", None),
        ],
    };
    for (method, action, body) in actions.iter().filter(|(_, action, _)| model.has(action)) {
        let shown = match *action {
            "list" => list_schema(model, &name),
            "destroy" => Json::Null,
            _ => reference(&name),
        };
        operations.push((*method, operation(method, action, *body, shown)));
    }
    let fields = &model.serializer;
    OpenApiPart {
        path: object(operations),
        schemas: vec![
            (name, field_schema::shown(fields)),
            (sent, field_schema::sent(fields, false)),
            (patched, field_schema::sent(fields, true)),
        ],
    }
}

fn schema_name(basename: &str) -> String {
    let letters = basename
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' });
    let mut letters = letters.collect::<String>();
    if let Some(first) = letters.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    letters
}

fn key_parameter() -> Json {
    object(vec![
        ("name", Json::from("pk")),
        ("in", Json::from("path")),
        ("required", Json::from(true)),
        ("schema", object(vec![("type", Json::from("string"))])),
    ])
}

fn list_parameters(model: &ApiModel) -> Vec<Json> {
    let parameter = |name: &str, kind: &str| {
        object(vec![
            ("name", Json::from(name)),
            ("in", Json::from("query")),
            ("schema", object(vec![("type", Json::from(kind))])),
        ])
    };
    let mut parameters = match model.paging {
        Paging::None => Vec::new(),
        Paging::Page { .. } => vec![parameter("page", "integer")],
        Paging::Limit { .. } => vec![
            parameter("limit", "integer"),
            parameter("offset", "integer"),
        ],
    };
    if !model.search.is_empty() {
        parameters.push(parameter("search", "string"));
    }
    if !model.ordering_fields.is_empty() {
        parameters.push(parameter("ordering", "string"));
    }
    parameters.extend(
        model
            .filters
            .iter()
            .map(|filter| parameter(&filter.parameter, "string")),
    );
    parameters
}

fn request_body(schema: &str) -> Json {
    let content = crate::api::body::MEDIA_TYPES;
    let content =
        content.map(|media_type| (media_type, object(vec![("schema", reference(schema))])));
    object(vec![
        ("required", Json::from(true)),
        ("content", object(content.to_vec())),
    ])
}

fn responses(status: u16, schema: Json, is_sent: bool) -> Json {
    let json = |schema: Json| object(vec![("application/json", object(vec![("schema", schema)]))]);
    let mut shown = vec![("description", Json::from("done"))];
    if schema != Json::Null {
        shown.push(("content", json(schema)));
    }
    let status = status.to_string();
    let mut responses = vec![(status.as_str(), object(shown))];
    let errors = object(vec![("type", Json::from("object"))]);
    if is_sent {
        let refused = vec![
            ("description", Json::from("what is wrong, by field")),
            ("content", json(errors.clone())),
        ];
        responses.push(("400", object(refused)));
    }
    let refused = vec![
        ("description", Json::from("refused, with a `detail`")),
        ("content", json(errors)),
    ];
    responses.push(("default", object(refused)));
    object(responses)
}

fn list_schema(model: &ApiModel, name: &str) -> Json {
    let rows = object(vec![
        ("type", Json::from("array")),
        ("items", reference(name)),
    ]);
    if model.paging == Paging::None {
        return rows;
    }
    let address = || {
        object(vec![
            ("type", Json::from(vec!["string", "null"])),
            ("format", Json::from("uri")),
        ])
    };
    object(vec![
        ("type", Json::from("object")),
        (
            "required",
            Json::from(vec!["count", "next", "previous", "results"]),
        ),
        (
            "properties",
            object(vec![
                ("count", object(vec![("type", Json::from("integer"))])),
                ("next", address()),
                ("previous", address()),
                ("results", rows),
            ]),
        ),
    ])
}
