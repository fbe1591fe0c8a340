//! Documents of an API as responses.

use crate::api::answer::ApiAnswer;
use crate::http::{Headers, Response};
use crate::json::{Json, JsonStyle, JsonWriter};

/// `body` on lines of its own; as it is without an `indent`, or where it is not JSON.
pub(super) fn indented(body: String, indent: Option<usize>) -> String {
    let Some(document) = indent.and_then(|_| Json::parse(&body)) else {
        return body;
    };
    let mut writer = JsonWriter::new(JsonStyle {
        indent,
        comma: ",",
        colon: ": ",
        ascii: false,
    });
    writer.json(&document);
    writer.into_text()
}

/// An answer as JSON; ends of lines that only JavaScript knows are escaped, as in Django REST framework.
pub(super) fn json(answer: ApiAnswer, indent: Option<usize>) -> Response {
    let mut response = match answer.body {
        None => Response::empty(answer.status, Headers::default()),
        Some(body) => {
            let body = indented(body, indent);
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
