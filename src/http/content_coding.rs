//! Content codings, and which of them a client takes (RFC 9110, 12.5.3).

use std::fmt;

use crate::http::Headers;

/// How a body is compressed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ContentCoding {
    /// Brotli (RFC 7932).
    Brotli,
    /// gzip (RFC 1952).
    Gzip,
}

impl ContentCoding {
    /// Its name in `Content-Encoding`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    /// The one of `offered` that a client with these headers likes best; of two it likes the same, the first.
    ///
    /// `None` where it takes none of them, or likes the body better as it is.
    pub fn negotiate(headers: &Headers, offered: &[Self]) -> Option<Self> {
        let accepted = AcceptedCodings::read(headers);
        let mut best: Option<(Self, u16)> = None;
        for coding in offered {
            let quality = accepted.quality(coding.name()).unwrap_or(0);
            if quality > best.map_or(0, |(_, other)| other) {
                best = Some((*coding, quality));
            }
        }
        let identity = accepted.identity();
        best.filter(|(_, quality)| *quality >= identity)
            .map(|(coding, _)| coding)
    }
}

impl fmt::Display for ContentCoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What `Accept-Encoding` says: names in lower case and their qualities, in thousandths.
struct AcceptedCodings(Vec<(String, u16)>);

impl AcceptedCodings {
    fn read(headers: &Headers) -> Self {
        let lines = headers.get_all("Accept-Encoding");
        let items = lines.flat_map(|line| line.split(','));
        Self(items.filter_map(read_item).collect())
    }

    /// The quality of the coding `name`, or that of `*`; `None` where neither is there.
    fn quality(&self, name: &str) -> Option<u16> {
        let of = |wanted: &str| {
            let mut items = self.0.iter();
            items.find(|(name, _)| name == wanted)
        };
        let found = of(name).or_else(|| of("*"));
        found.map(|(_, quality)| *quality)
    }

    /// The quality of a body as it is: taken by everybody, but only where nothing better is there.
    fn identity(&self) -> u16 {
        let mut items = self.0.iter();
        let named = items.find(|(name, _)| name == "identity");
        named.map_or(0, |(_, quality)| *quality)
    }
}

fn read_item(text: &str) -> Option<(String, u16)> {
    let (name, parameters) = text.split_once(';').unwrap_or((text, ""));
    let name = match name.trim().to_ascii_lowercase().as_str() {
        "" => return None,
        "x-gzip" => "gzip".to_owned(),
        name => name.to_owned(),
    };
    let quality = parameters.split(';').find_map(|parameter| {
        let (key, value) = parameter.split_once('=')?;
        key.trim().eq_ignore_ascii_case("q").then_some(value.trim())
    });
    Some((name, quality.map_or(1000, thousandths)))
}

/// A quality of `0` to `1` in thousandths; what is not one is 0, so that a doubtful coding is not used.
fn thousandths(text: &str) -> u16 {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let is_number = fraction.len() <= 3 && fraction.bytes().all(|byte| byte.is_ascii_digit());
    let fraction = format!("{fraction:0<3}").parse().unwrap_or(0);
    match whole {
        "0" if is_number => fraction,
        "1" if is_number && fraction == 0 => 1000,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::ContentCoding;
    use crate::http::Headers;

    fn negotiated(accept: &str) -> Option<&'static str> {
        let headers = Headers::from_iter([("Accept-Encoding", accept)]);
        let offered = [ContentCoding::Brotli, ContentCoding::Gzip];
        ContentCoding::negotiate(&headers, &offered).map(ContentCoding::name)
    }

    #[test]
    fn the_coding_is_the_one_the_client_likes_best() {
        for (accept, expected) in [
            ("gzip, deflate, br, zstd", Some("br")),
            ("gzip", Some("gzip")),
            ("X-GZip", Some("gzip")),
            ("br;q=0.5, gzip", Some("gzip")),
            ("br;q=0.5, gzip;q=0.5", Some("br")),
            ("*", Some("br")),
            ("*;q=0.1, br;q=0", Some("gzip")),
            ("identity, gzip;q=0.5", None),
            ("identity;q=0.4, gzip;q=0.5", Some("gzip")),
            ("gzip ; q=0.000", None),
            ("gzip;q=2", None),
            ("gzip;q=", None),
            ("gzip;q=nan, br;q=1.001", None),
            ("gzip;q=0.1234", None),
            ("*;q=0", None),
            ("deflate", None),
            ("gzipped, xbr", None),
            (",,;q=1", None),
            ("", None),
        ] {
            assert_eq!(negotiated(accept), expected, "{accept}");
        }
    }
}
