//! HTML without its tags: Django's `strip_tags`.

use crate::text::html_parser::{HtmlEvent, References, html_events};

/// How often what is left is looked through for more tags.
const DEPTH: usize = 50;

/// The text of `html`; `None` where tags hide in tags so deeply that somebody means harm.
///
/// The result is not safe to show unescaped: it may hold what reads as a tag together with its neighbours.
pub fn strip_tags(html: &str) -> Option<String> {
    if has_endless_tag(html) {
        return None;
    }
    let mut text = html.to_owned();
    let brackets = |text: &str| text.matches('<').count();
    for _ in 0..DEPTH {
        if !text.contains('<') || !text.contains('>') {
            return Some(text);
        }
        let stripped = strip_once(&text);
        if brackets(&stripped) == brackets(&text) {
            return Some(text);
        }
        text = stripped;
    }
    None
}

/// Whether a tag goes on for a thousand characters and holds many others: reading it takes long.
fn has_endless_tag(html: &str) -> bool {
    const LENGTH: usize = 1000;
    let parts = html.split('>');
    parts.into_iter().any(|part| {
        let opens = part.match_indices('<').map(|(index, _)| index);
        let start = opens
            .into_iter()
            .find(|index| part[index + 1..].starts_with(|c: char| c.is_ascii_alphabetic()));
        let tag = start.map_or("", |start| &part[start..]);
        tag.matches('<').count() >= DEPTH && tag.chars().count() > LENGTH
    })
}

fn strip_once(html: &str) -> String {
    let mut text = String::new();
    for event in html_events(html, References::Apart) {
        match event {
            HtmlEvent::Text(part) => text.push_str(part),
            HtmlEvent::Reference(name) => {
                text.push_str(name);
                text.push(';');
            }
            HtmlEvent::Start { .. } | HtmlEvent::End(_) => {}
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::strip_tags;

    #[test]
    fn hidden_tags_are_found_or_refused() {
        assert_eq!(strip_tags("<<b>script>x").as_deref(), Some(""));
        assert_eq!(
            strip_tags("a<script>alert(1)</script>b").as_deref(),
            Some("aalert(1)b")
        );
        assert_eq!(strip_tags("a < b").as_deref(), Some("a < b"));
        assert_eq!(strip_tags(&"<a".repeat(600)), None);
    }
}
