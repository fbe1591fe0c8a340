//! Character references of HTML, resolved.

use std::sync::LazyLock;

use fancy_regex::{Captures, Regex};
use pulldown_cmark::{Event, Parser};

/// References that need no semicolon (HTML, 13.5).
const WITHOUT_SEMICOLON: &[(&str, char)] = &[
    ("AElig", 'Æ'),
    ("AMP", '&'),
    ("Aacute", 'Á'),
    ("Acirc", 'Â'),
    ("Agrave", 'À'),
    ("Aring", 'Å'),
    ("Atilde", 'Ã'),
    ("Auml", 'Ä'),
    ("COPY", '©'),
    ("Ccedil", 'Ç'),
    ("ETH", 'Ð'),
    ("Eacute", 'É'),
    ("Ecirc", 'Ê'),
    ("Egrave", 'È'),
    ("Euml", 'Ë'),
    ("GT", '>'),
    ("Iacute", 'Í'),
    ("Icirc", 'Î'),
    ("Igrave", 'Ì'),
    ("Iuml", 'Ï'),
    ("LT", '<'),
    ("Ntilde", 'Ñ'),
    ("Oacute", 'Ó'),
    ("Ocirc", 'Ô'),
    ("Ograve", 'Ò'),
    ("Oslash", 'Ø'),
    ("Otilde", 'Õ'),
    ("Ouml", 'Ö'),
    ("QUOT", '"'),
    ("REG", '®'),
    ("THORN", 'Þ'),
    ("Uacute", 'Ú'),
    ("Ucirc", 'Û'),
    ("Ugrave", 'Ù'),
    ("Uuml", 'Ü'),
    ("Yacute", 'Ý'),
    ("aacute", 'á'),
    ("acirc", 'â'),
    ("acute", '´'),
    ("aelig", 'æ'),
    ("agrave", 'à'),
    ("amp", '&'),
    ("aring", 'å'),
    ("atilde", 'ã'),
    ("auml", 'ä'),
    ("brvbar", '¦'),
    ("ccedil", 'ç'),
    ("cedil", '¸'),
    ("cent", '¢'),
    ("copy", '©'),
    ("curren", '¤'),
    ("deg", '°'),
    ("divide", '÷'),
    ("eacute", 'é'),
    ("ecirc", 'ê'),
    ("egrave", 'è'),
    ("eth", 'ð'),
    ("euml", 'ë'),
    ("frac12", '½'),
    ("frac14", '¼'),
    ("frac34", '¾'),
    ("gt", '>'),
    ("iacute", 'í'),
    ("icirc", 'î'),
    ("iexcl", '¡'),
    ("igrave", 'ì'),
    ("iquest", '¿'),
    ("iuml", 'ï'),
    ("laquo", '«'),
    ("lt", '<'),
    ("macr", '¯'),
    ("micro", 'µ'),
    ("middot", '·'),
    ("nbsp", '\u{a0}'),
    ("not", '¬'),
    ("ntilde", 'ñ'),
    ("oacute", 'ó'),
    ("ocirc", 'ô'),
    ("ograve", 'ò'),
    ("ordf", 'ª'),
    ("ordm", 'º'),
    ("oslash", 'ø'),
    ("otilde", 'õ'),
    ("ouml", 'ö'),
    ("para", '¶'),
    ("plusmn", '±'),
    ("pound", '£'),
    ("quot", '"'),
    ("raquo", '»'),
    ("reg", '®'),
    ("sect", '§'),
    ("shy", '\u{ad}'),
    ("sup1", '¹'),
    ("sup2", '²'),
    ("sup3", '³'),
    ("szlig", 'ß'),
    ("thorn", 'þ'),
    ("times", '×'),
    ("uacute", 'ú'),
    ("ucirc", 'û'),
    ("ugrave", 'ù'),
    ("uml", '¨'),
    ("uuml", 'ü'),
    ("yacute", 'ý'),
    ("yen", '¥'),
    ("yuml", 'ÿ'),
];

/// What Windows had where Unicode has control characters, from 0x80 on: browsers read it so.
const WINDOWS_1252: [u32; 32] = [
    0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039,
    0x152, 0x8d, 0x17d, 0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc,
    0x2122, 0x161, 0x203a, 0x153, 0x9d, 0x17e, 0x178,
];

static REFERENCE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let pattern = r"&(#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\x0c <&#;]{1,32};?)";
    Regex::new(pattern).ok()
});

/// `text` with its character references resolved, as a browser and Python's `html.unescape` read them.
pub fn unescape_html(text: &str) -> String {
    let Some(pattern) = REFERENCE.as_ref().filter(|_| text.contains('&')) else {
        return text.to_owned();
    };
    let replaced = pattern.replace_all(text, |found: &Captures<'_>| {
        let name = found.get(1).map_or("", |name| name.as_str());
        match name.strip_prefix('#') {
            Some(number) => numbered(number.trim_end_matches(';')),
            None => named(name),
        }
    });
    replaced.into_owned()
}

fn numbered(number: &str) -> String {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => number.parse(),
    };
    let code = match code {
        Ok(code @ 0x80..=0x9f) => WINDOWS_1252[code as usize - 0x80],
        Ok(0) | Err(_) => 0xfffd,
        Ok(code) => code,
    };
    match code {
        0x1..=0x8 | 0xb | 0xe..=0x1f | 0x7f | 0xfdd0..=0xfdef => String::new(),
        code if code & 0xfffe == 0xfffe && code <= 0x10_ffff => String::new(),
        code => char::from_u32(code).unwrap_or('\u{fffd}').to_string(),
    }
}

/// The text of `name`, with its semicolon if it has one; the longest beginning that is a name counts.
fn named(name: &str) -> String {
    if name.ends_with(';')
        && let Some(text) = of_markdown(name)
    {
        return text;
    }
    let ends = name.char_indices().map(|(index, c)| index + c.len_utf8());
    for end in ends.rev() {
        let found = WITHOUT_SEMICOLON
            .iter()
            .find(|(known, _)| *known == &name[..end]);
        if let Some((_, c)) = found {
            return format!("{c}{}", &name[end..]);
        }
    }
    format!("&{name}")
}

/// What the reference is in Markdown, which knows the same names.
fn of_markdown(name: &str) -> Option<String> {
    let reference = format!("&{name}");
    let mut text = String::new();
    for event in Parser::new(&reference) {
        if let Event::Text(part) = event {
            text.push_str(&part);
        }
    }
    (text != reference
        && name[..name.len() - 1]
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric()))
    .then_some(text)
}

#[cfg(test)]
mod tests {
    use super::unescape_html;

    /// The right sides are what Python's `html.unescape` gives.
    #[test]
    fn resolves_references_as_python() {
        for (text, resolved) in [
            ("a & b", "a & b"),
            ("&lt;&amp;&gt;&quot;&#x27;", "<&>\"'"),
            ("&eacute;&eacute&Eacutee", "ééÉe"),
            (
                "&notit; &notin; &CounterClockwiseContourIntegral;",
                "¬it; ∉ ∳",
            ),
            (
                "&nosuch; &#0; &#128; &#xD800; &#1; &#9999999;",
                "&nosuch; \u{fffd} € \u{fffd}  \u{fffd}",
            ),
            ("&#x41 &#65", "A A"),
            ("&", "&"),
            ("&acE;", "∾̳"),
        ] {
            assert_eq!(unescape_html(text), resolved, "{text}");
        }
    }
}
