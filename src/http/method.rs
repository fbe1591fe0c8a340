//! The verbs of requests.

use std::fmt;

/// The verb of a request.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum Method {
    /// Reads.
    Get,
    /// Reads the headers alone.
    Head,
    /// Acts.
    Post,
    /// Replaces.
    Put,
    /// Changes in part.
    Patch,
    /// Removes.
    Delete,
    /// Asks what is allowed.
    Options,
    /// Asks for the request itself.
    Trace,
    /// Anything else, as sent.
    Other(Box<str>),
}

impl Method {
    /// The method `name`; names are case-sensitive (RFC 9110, 9.1).
    pub fn from_name(name: &str) -> Self {
        match name {
            "GET" => Self::Get,
            "HEAD" => Self::Head,
            "POST" => Self::Post,
            "PUT" => Self::Put,
            "PATCH" => Self::Patch,
            "DELETE" => Self::Delete,
            "OPTIONS" => Self::Options,
            "TRACE" => Self::Trace,
            other => Self::Other(other.into()),
        }
    }

    /// The name as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Trace => "TRACE",
            Self::Other(name) => name,
        }
    }

    /// Whether a request of this method changes nothing (RFC 9110, 9.2.1).
    pub fn is_safe(&self) -> bool {
        matches!(self, Self::Get | Self::Head | Self::Options | Self::Trace)
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Method;

    #[test]
    fn keeps_every_name() {
        for name in [
            "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "get",
        ] {
            assert_eq!(Method::from_name(name).as_str(), name);
        }
        assert!(Method::Get.is_safe());
        assert!(!Method::from_name("get").is_safe());
    }
}
