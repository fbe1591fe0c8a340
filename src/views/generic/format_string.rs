//! Texts with fields in them: `/posts/{slug}/`, `“%(title)s” was saved.`

use std::fmt;

/// How a field is written in a text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum FormatStyle {
    /// `{slug}`, as Python's `str.format`; `{{` is a brace.
    Braces,
    /// `%(title)s`, as Python's `%`; `%%` is a per cent sign.
    Percent,
}

/// A text with fields in it, each of which `F` finds.
#[derive(Clone, Debug)]
pub(super) struct FormatString<F>(Vec<TextPiece<F>>);

#[derive(Clone, Debug)]
enum TextPiece<F> {
    Text(String),
    Field(F),
}

/// Where a text is not one.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct UnreadableFormat {
    /// What stands there.
    at: String,
    style: FormatStyle,
}

impl fmt::Display for UnreadableFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { at, style } = self;
        let (field, sign) = match style {
            FormatStyle::Braces => ("{name}", "`{{` for a brace"),
            FormatStyle::Percent => ("%(name)s", "`%%` for a per cent sign"),
        };
        write!(f, "`{at}` is not `{field}`; write {sign}")
    }
}

impl<F> FormatString<F> {
    /// Reads `text`; `field` makes something of each name, none for what it reported.
    pub(super) fn parse(
        text: &str,
        style: FormatStyle,
        mut field: impl FnMut(&str) -> Option<F>,
    ) -> Result<Option<Self>, UnreadableFormat> {
        let (mut pieces, mut plain, mut is_sound) = (Vec::new(), String::new(), true);
        let mut rest = text;
        while let Some(place) = rest.find(style.signs()) {
            let (before, after) = rest.split_at(place);
            plain.push_str(before);
            if let Some(sign) = doubled(after) {
                plain.push(sign);
                rest = &after[2 * sign.len_utf8()..];
                continue;
            }
            let (name, behind) = style.name(after).ok_or_else(|| UnreadableFormat {
                at: after.chars().take(12).collect(),
                style,
            })?;
            pieces.push(TextPiece::Text(std::mem::take(&mut plain)));
            match field(name) {
                Some(found) => pieces.push(TextPiece::Field(found)),
                None => is_sound = false,
            }
            rest = behind;
        }
        plain.push_str(rest);
        pieces.push(TextPiece::Text(plain));
        Ok(is_sound.then_some(Self(pieces)))
    }

    /// The text with what `value` says in the place of each field.
    pub(super) fn fill<E>(
        &self,
        mut value: impl FnMut(&F) -> Result<String, E>,
    ) -> Result<String, E> {
        let mut filled = String::new();
        for piece in &self.0 {
            match piece {
                TextPiece::Text(text) => filled.push_str(text),
                TextPiece::Field(field) => filled.push_str(&value(field)?),
            }
        }
        Ok(filled)
    }
}

impl FormatStyle {
    fn signs(self) -> &'static [char] {
        match self {
            Self::Braces => &['{', '}'],
            Self::Percent => &['%'],
        }
    }

    /// The name at the beginning of `text`, and what stands behind it.
    fn name(self, text: &str) -> Option<(&str, &str)> {
        let (open, close) = match self {
            Self::Braces => ("{", "}"),
            Self::Percent => ("%(", ")s"),
        };
        let (name, rest) = text.strip_prefix(open)?.split_once(close)?;
        let is_name = |c: char| c.is_alphanumeric() || "_.".contains(c);
        (!name.is_empty() && name.chars().all(is_name)).then_some((name, rest))
    }
}

/// The sign that `text` begins with, if it stands there twice.
fn doubled(text: &str) -> Option<char> {
    let mut characters = text.chars();
    let sign = characters.next()?;
    (characters.next() == Some(sign)).then_some(sign)
}

#[cfg(test)]
mod tests {
    use super::{FormatString, FormatStyle};

    fn filled(text: &str, style: FormatStyle) -> Result<String, String> {
        let parsed = FormatString::parse(text, style, |name| Some(name.to_owned()));
        let parsed = parsed.map_err(|error| error.to_string())?.unwrap();
        parsed.fill(|name| Ok(format!("<{name}>")))
    }

    #[test]
    fn fields_are_found_as_python_finds_them() {
        use FormatStyle::{Braces, Percent};
        for (style, text, expected) in [
            (Braces, "/a/{slug}/{post.slug}/", "/a/<slug>/<post.slug>/"),
            (Braces, "{{{id}}} 100% %(id)s", "{<id>} 100% %(id)s"),
            (Braces, "", ""),
            (Percent, "%(title)s: 100%% {id}", "<title>: 100% {id}"),
            (Percent, "é%(ü)sß", "é<ü>ß"),
        ] {
            assert_eq!(filled(text, style).as_deref(), Ok(expected), "{text}");
        }
        for (style, text) in [
            (Braces, "{"),
            (Braces, "}"),
            (Braces, "{}"),
            (Braces, "{a b}"),
            (Braces, "{a!r}"),
            (Braces, "{a[0]}"),
            (Braces, "{a:é}"),
            (Percent, "%"),
            (Percent, "100% sure"),
            (Percent, "%()s"),
            (Percent, "%(a)d"),
            (Percent, "%s"),
        ] {
            assert!(filled(text, style).is_err(), "{text}");
        }
    }
}
