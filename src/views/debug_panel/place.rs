//! Where the panel stands: before the end of a whole page.

use crate::http::{Headers, Response};
use crate::logging::CapturedRecord;
use crate::views::Request;
use crate::views::debug_panel::sections::panel;
use crate::views::debug_panel::trace::RequestTrace;

const STYLE: &str = include_str!("../pages/debug_panel.css");

/// The path of the style sheet.
const STYLE_PATH: &str = "/__djr__/panel.css";

/// The style sheet, if `request` asks for it.
pub(in crate::views) fn style_sheet(request: &Request<'_>) -> Option<Response> {
    (request.path == STYLE_PATH).then(|| {
        let mut response = Response::new(200, "text/css; charset=utf-8", STYLE.to_owned());
        // Its address has the version in it.
        response
            .headers
            .set("Cache-Control", "private, max-age=86400");
        response.headers.set("X-Content-Type-Options", "nosniff");
        response
    })
}

/// Writes what `trace` and `records` say into `response`, if that is a whole page for somebody who looks at it.
pub(in crate::views) fn add_panel(
    request: &Request<'_>,
    response: &mut Response,
    trace: &RequestTrace,
    records: &[CapturedRecord],
) {
    if !is_looked_at(&request.headers) {
        return;
    }
    let Some(end) = end_of_page(response) else {
        return;
    };
    let address = format!("{STYLE_PATH}?v={}", env!("CARGO_PKG_VERSION"));
    // A page without its panel is better than none.
    let Ok(panel) = panel(request, response, trace, records, &address) else {
        return;
    };
    let body = response.body.as_bytes().unwrap_or_default();
    let page = [&body[..end], panel.as_bytes(), &body[end..]].concat();
    if response.headers.contains("Content-Length") {
        response
            .headers
            .set("Content-Length", page.len().to_string());
    }
    response.body = page.into();
}

/// Whether a person will see the response: not where a script asked for it, or it goes into a frame of a page.
fn is_looked_at(headers: &Headers) -> bool {
    let by_script = ["X-Requested-With", "HX-Request"];
    let target = headers.get("Sec-Fetch-Dest");
    target.is_none_or(|target| target == "document")
        && !by_script.iter().any(|name| headers.contains(name))
}

fn is_page(response: &Response) -> bool {
    let kind = response.headers.get("Content-Type").unwrap_or_default();
    let elsewhere = ["Content-Encoding", "Content-Disposition", "ETag"];
    kind.to_ascii_lowercase().starts_with("text/html")
        && !elsewhere.iter().any(|name| response.headers.contains(name))
}

/// Where the panel can stand; nowhere in what is not a whole page in memory, as files and streams are.
fn end_of_page(response: &Response) -> Option<usize> {
    let page = response.body.as_bytes().filter(|_| is_page(response))?;
    end_of_body(page)
}

/// Where the last `</body` begins.
fn end_of_body(page: &[u8]) -> Option<usize> {
    const END: &[u8] = b"</body";
    let mut windows = page.windows(END.len());
    windows.rposition(|window| window.eq_ignore_ascii_case(END))
}

#[cfg(test)]
mod tests {
    use super::end_of_page;
    use crate::http::{BodyStream, Response};

    #[test]
    fn a_page_that_is_streamed_is_left_as_it_is() {
        let page = "<html><body>in parts</body></html>";
        let mut response = Response::html(200, page);
        assert_eq!(end_of_page(&response), page.find("</body"));
        let chunks = page.as_bytes().chunks(8).map(|chunk| Ok(chunk.to_vec()));
        response.body = BodyStream::new(chunks).with_size(34).into();
        assert_eq!(end_of_page(&response), None);
    }
}
