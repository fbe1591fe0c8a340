//! Text as a part of an address: Django's `slugify`.

use unicode_normalization::UnicodeNormalization as _;

/// `text` in small ASCII letters, digits, underscores, and hyphens in place of spaces.
pub fn slugify(text: &str) -> String {
    let mut slug = String::new();
    for c in text.nfkd().filter(char::is_ascii) {
        match c {
            'a'..='z' | '0'..='9' | '_' => slug.push(c),
            'A'..='Z' => slug.push(c.to_ascii_lowercase()),
            // Tab to carriage return, and the four separators that Python counts as white space.
            '-' | ' ' | '\t'..='\r' | '\u{1c}'..='\u{1f}' if !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    slug.trim_matches(['-', '_']).to_owned()
}

/// The same with letters and digits of all scripts (`allow_unicode`).
pub fn slugify_unicode(text: &str) -> String {
    let mut slug = String::new();
    for c in text.nfkc().collect::<String>().to_lowercase().chars() {
        if c == '-' || c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c) {
            if !slug.ends_with('-') {
                slug.push('-');
            }
        } else if c == '_' || c.is_alphanumeric() {
            slug.push(c);
        }
    }
    slug.trim_matches(['-', '_']).to_owned()
}
