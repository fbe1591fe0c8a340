//! `conditional_get`: a page that the browser has already is not sent again (Django's `ConditionalGetMiddleware`).

use crate::http::{Headers, Method, Response};
use crate::views::{HttpError, Request};

use super::chain::Next;

/// 1. Gives the page a tag. 2. Leaves out a page whose tag or date the client knows.
#[expect(clippy::unnecessary_wraps, reason = "all middleware has one type")]
pub(super) fn run(request: &mut Request<'_>, next: Next<'_>) -> Result<Response, HttpError> {
    let response = next.run(request);
    Ok(conditional(&request.method, &request.headers, response))
}

fn conditional(method: &Method, request: &Headers, mut response: Response) -> Response {
    if *method != Method::Get {
        return response;
    }
    if !response.headers.has_cache_directive("no-store") {
        response.set_etag();
    }
    response.under_conditions(method, request)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::conditional;
    use crate::http::{Headers, Method, Response};

    /// The headers of a recorded case.
    fn headers(fields: &Value) -> Headers {
        let fields = fields.as_object().unwrap().iter();
        fields
            .map(|(name, value)| (name.as_str(), value.as_str().unwrap()))
            .collect()
    }

    #[test]
    fn pages_get_the_tags_and_the_answers_that_they_get_from_django() {
        let text = include_str!("../../tests/parity/golden/page_cache.json");
        let golden: Value = serde_json::from_str(text).unwrap();
        for case in golden["conditional_get"].as_array().unwrap() {
            let method = Method::from_name(case[2].as_str().unwrap());
            let status = u16::try_from(case[3].as_u64().unwrap()).unwrap();
            let mut response = Response::html(status, "page");
            for (name, value) in headers(&case[1]).iter() {
                response.headers.set(name, value);
            }
            let answer = conditional(&method, &headers(&case[0]), response);
            assert_eq!(
                u64::from(answer.status),
                case[4].as_u64().unwrap(),
                "{case}"
            );
            let mut written: Vec<_> = answer.headers.iter().collect();
            written.sort_unstable();
            assert_eq!(serde_json::json!(written), case[5], "{case}");
            let length = answer.body.as_bytes().unwrap().len();
            assert_eq!(
                u64::try_from(length).unwrap(),
                case[6].as_u64().unwrap(),
                "{case}"
            );
        }
    }
}
