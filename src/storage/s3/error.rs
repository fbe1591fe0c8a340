//! What can go wrong with a request to a bucket.

use std::io;

/// Why a request did not succeed.
#[derive(Debug, thiserror::Error)]
pub(super) enum S3Error {
    /// The service says no.
    #[error("{message} ({code})")]
    Refused {
        /// The status of the answer.
        status: u16,
        /// The service's word for it, such as `NoSuchBucket`.
        code: String,
        /// What it says.
        message: String,
    },
    /// The service does not answer, or not in time.
    #[error(transparent)]
    Unreachable(ureq::Error),
    /// The answer is not one of the protocol.
    #[error("the answer cannot be read: {0}")]
    Unreadable(String),
    /// The file that was to be sent cannot be read.
    #[error(transparent)]
    Content(io::Error),
}

impl S3Error {
    /// The refusal in a document of XML; what answers `HEAD` has none.
    pub(super) fn refused(status: u16, document: &str) -> Self {
        let element = |name: &str| text_of_element(document, name).unwrap_or_default();
        let code = match (element("Code"), status) {
            ("", 403) => "AccessDenied",
            ("", 404) => "NoSuchKey",
            ("", 412) => "PreconditionFailed",
            ("", 301 | 307) => "PermanentRedirect",
            ("", _) => "NoCode",
            (code, _) => code,
        };
        let message = match element("Message") {
            "" => format!("it answers with the status {status}"),
            message => unescaped(message),
        };
        Self::Refused {
            status,
            code: code.to_owned(),
            message,
        }
    }
}

impl From<ureq::Error> for S3Error {
    fn from(error: ureq::Error) -> Self {
        Self::Unreachable(error)
    }
}

impl From<ureq::http::Error> for S3Error {
    fn from(error: ureq::http::Error) -> Self {
        Self::Unreachable(error.into())
    }
}

/// The text of the first element called `name`, which has no elements in it.
fn text_of_element<'d>(document: &'d str, name: &str) -> Option<&'d str> {
    let (_, rest) = document.split_once(&format!("<{name}>"))?;
    Some(rest.split_once('<')?.0.trim())
}

fn unescaped(text: &str) -> String {
    let pairs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&amp;", "&"),
    ];
    let text = pairs
        .iter()
        .fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
    text.trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::S3Error;

    #[test]
    fn a_refusal_is_read_from_what_the_service_says_or_from_its_status() {
        let document = "<?xml version='1.0'?><Error><Code>NoSuchBucket</Code><Message>The \
                        &quot;b&quot; is not there.</Message><BucketName>b</BucketName></Error>";
        for (status, text, expected) in [
            (404, document, "The \"b\" is not there (NoSuchBucket)"),
            (403, "", "it answers with the status 403 (AccessDenied)"),
            (404, "<html>", "it answers with the status 404 (NoSuchKey)"),
            (
                400,
                "<Error><Code>",
                "it answers with the status 400 (NoCode)",
            ),
        ] {
            assert_eq!(S3Error::refused(status, text).to_string(), expected);
        }
    }
}
