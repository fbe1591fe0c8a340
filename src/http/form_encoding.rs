//! How a form is written in the body of a request.

use crate::http::multipart::{self, is_utf8};
use crate::http::{FormError, HeaderParameters};

/// How a form is written in the body of a request.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum FormEncoding {
    /// `application/x-www-form-urlencoded`.
    UrlEncoded,
    /// `multipart/form-data`.
    Multipart {
        /// What separates its parts.
        boundary: String,
    },
}

impl FormEncoding {
    /// What the `Content-Type` of a request says; `None` where it says that the body is something else.
    pub fn of(content_type: &str) -> Result<Option<Self>, FormError> {
        let kind = content_type.split(';').next().unwrap_or_default().trim();
        let is_multipart = kind.eq_ignore_ascii_case("multipart/form-data");
        if !is_multipart && !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            return Ok(None);
        }
        let kind = HeaderParameters::parse(content_type).ok_or(FormError::ContentType)?;
        if let Some(charset) = kind.get("charset").filter(|charset| !is_utf8(charset)) {
            return Err(FormError::NotUtf8(charset.to_owned()));
        }
        if !is_multipart {
            return Ok(Some(Self::UrlEncoded));
        }
        let boundary = multipart::boundary(&kind).ok_or(FormError::ContentType)?;
        let boundary = boundary.to_owned();
        Ok(Some(Self::Multipart { boundary }))
    }
}
