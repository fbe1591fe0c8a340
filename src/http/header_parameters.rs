//! Header values with parameters: `form-data; name="a"` (RFC 9110, 5.6.6).

/// A header value and its parameters.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct HeaderParameters {
    /// What stands before the first `;`, in lower case.
    pub value: String,
    parameters: Vec<(String, String)>,
}

impl HeaderParameters {
    /// Takes `text` apart; `None` where quotes are not closed or a parameter comes twice, which every reader would read
    /// in its own way.
    pub fn parse(text: &str) -> Option<Self> {
        let (value, mut rest) = text.split_once(';').unwrap_or((text, ""));
        let mut parsed = Self {
            value: value.trim().to_ascii_lowercase(),
            parameters: Vec::new(),
        };
        while !rest.trim().is_empty() {
            rest = parsed.take_parameter(rest)?;
        }
        Some(parsed)
    }

    /// The value of a parameter, whose name is in lower case.
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut named = self.parameters.iter().filter(|(key, _)| key == name);
        named.next().map(|(_, value)| value.as_str())
    }

    /// Takes the first parameter off `text`; returns the rest after its `;`.
    fn take_parameter<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        let text = text.trim_start();
        let Some((name, after)) = text.split_once('=').filter(|(name, _)| !name.contains(';'))
        else {
            // A name without a value says nothing.
            return Some(text.split_once(';').map_or("", |(_, rest)| rest));
        };
        let (value, rest) = if let Some(quoted) = after.trim_start().strip_prefix('"') {
            unquote(quoted)?
        } else {
            let (value, rest) = after.split_once(';').unwrap_or((after, ""));
            (value.trim().to_owned(), rest)
        };
        let name = name.trim().to_ascii_lowercase();
        if self.get(&name).is_some() {
            return None;
        }
        self.parameters.push((name, value));
        Some(rest)
    }
}

/// The text up to the closing quote, and what follows the `;` after it.
///
/// A backslash escapes a quote and itself alone, as in Django: browsers write others as they are.
fn unquote(text: &str) -> Option<(String, &str)> {
    let (mut value, mut chars) = (String::new(), text.char_indices().peekable());
    while let Some((index, c)) = chars.next() {
        match c {
            '"' => {
                let rest = text[index + 1..].trim_start();
                let rest = rest.strip_prefix(';').or(rest.is_empty().then_some(""))?;
                return Some((value, rest));
            }
            '\\' => {
                let escaped = chars.next_if(|(_, next)| matches!(next, '"' | '\\'));
                value.push(escaped.map_or('\\', |(_, next)| next));
            }
            other => value.push(other),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::HeaderParameters;

    #[test]
    fn reads_tokens_and_quoted_texts() {
        let text = r#"Form-Data; NAME="a; \"b\" \\ \c" ;filename=x y.txt; bare; empty="""#;
        let parsed = HeaderParameters::parse(text).unwrap();
        assert_eq!(parsed.value, "form-data");
        assert_eq!(parsed.get("name"), Some(r#"a; "b" \ \c"#));
        assert_eq!(parsed.get("filename"), Some("x y.txt"));
        assert_eq!((parsed.get("bare"), parsed.get("empty")), (None, Some("")));
        assert_eq!(HeaderParameters::parse("").unwrap().value, "");
    }

    #[test]
    fn refuses_what_readers_would_not_agree_on() {
        for text in [
            r#"a; name="b"#,
            r#"a; name="b"c"#,
            r#"a; name="b"; name=c"#,
            "a; boundary=x; Boundary=y",
        ] {
            assert_eq!(HeaderParameters::parse(text), None, "{text}");
        }
    }
}
