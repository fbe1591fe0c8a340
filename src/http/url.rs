//! Whether a URL from outside may be redirected to: Django's `url_has_allowed_host_and_scheme`.

/// Longer URLs are refused, as normalizing them is slow (Django's `MAX_URL_LENGTH`).
const MAX_LENGTH: usize = 2048;

/// Whether `url` leads to `host` or stays on it, by `https` alone if `require_https`.
///
/// Browsers read `\` as `/`, hence both readings must be safe.
pub fn is_safe_redirect(url: &str, host: &str, require_https: bool) -> bool {
    let url = url.trim();
    let safe = |url: &str| stays_on(url, host, require_https);
    !url.is_empty() && safe(url) && safe(&url.replace('\\', "/"))
}

fn stays_on(url: &str, host: &str, require_https: bool) -> bool {
    let length = url.chars().count();
    if url.starts_with("///") || url.starts_with(is_control) || length > MAX_LENGTH {
        return false;
    }
    let Some(parts) = split(url) else {
        return false;
    };
    if parts.authority.is_empty() {
        return parts.scheme.is_empty();
    }
    let scheme_fits = match parts.scheme.as_str() {
        "" | "http" => !require_https,
        "https" => true,
        _ => false,
    };
    scheme_fits && parts.authority == host
}

/// Control, format and unassigned characters, which some browsers skip at a URL's start.
fn is_control(c: char) -> bool {
    let format = ['\u{AD}', '\u{61C}', '\u{FEFF}', '\u{180E}'];
    c.is_control()
        || format.contains(&c)
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E000}'..='\u{F8FF}' | '\u{E0000}'..)
}

/// The parts of a URL that say which host it leads to.
#[derive(Debug, Eq, PartialEq)]
pub struct UrlParts {
    /// In lower case, empty where none is.
    pub scheme: String,
    /// The host with its port and whatever else stands there.
    pub authority: String,
}

/// Takes a URL apart as lenient readers do; `None` where its brackets do not match.
pub fn split(url: &str) -> Option<UrlParts> {
    let url = url.trim_start_matches(|c: char| c <= ' ');
    let url = url.replace(['\t', '\r', '\n'], "");
    let (scheme, rest) = match url.split_once(':') {
        Some((scheme, rest)) if is_scheme(scheme) => (scheme.to_ascii_lowercase(), rest),
        _ => (String::new(), url.as_str()),
    };
    let authority = rest.strip_prefix("//").unwrap_or_default();
    let end = authority.find(['/', '?', '#']).unwrap_or(authority.len());
    let authority = authority[..end].to_owned();
    let balanced = authority.contains('[') == authority.contains(']');
    balanced.then_some(UrlParts { scheme, authority })
}

fn is_scheme(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
    text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::is_safe_redirect;

    #[test]
    fn trusts_the_urls_that_django_trusts() {
        let text = include_str!("../../tests/vectors/url_safety.json");
        let cases: Vec<Value> = serde_json::from_str(text).unwrap();
        for case in cases {
            let url = case["url"].as_str().unwrap_or_default();
            let https = case["require_https"].as_bool().unwrap();
            let safe = is_safe_redirect(url, "testserver", https);
            assert_eq!(safe, case["safe"].as_bool().unwrap(), "{case}");
        }
    }

    #[test]
    fn trusts_no_disguise() {
        for url in [
            "\u{200B}//evil.com",
            "/\t/evil.com",
            "ht\ntps://evil.com",
            "//testserver:80@evil.com",
        ] {
            assert!(!is_safe_redirect(url, "testserver", false), "{url:?}");
        }
    }
}
