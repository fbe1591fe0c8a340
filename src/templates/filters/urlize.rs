//! Addresses in text as links: Django's `urlize`.
//!
//! 1. The text is split at spaces, quotes and angle brackets.
//! 2. Of each word the punctuation around an address is put aside.
//! 3. What is left is a link if it begins as an address, or reads as one of an old domain or of mail.

use crate::http::percent;
use crate::text::{escape_html, is_space, unescape_html};
use crate::values::is_email;

/// The longest address that becomes a link.
const LONGEST: usize = 2048;

const SAFE: &str = "!*'();:@&=+$,/?#[]~";
const DOMAINS: [&str; 7] = ["com", "edu", "gov", "int", "mil", "net", "org"];
const BRACKETS: [(char, char); 2] = [('(', ')'), ('[', ']')];

/// `text` with links, whose texts have at most `limit` characters; `escape` makes HTML of the rest.
pub(super) fn urlize(text: &str, limit: Option<usize>, escape: &dyn Fn(&str) -> String) -> String {
    let separates = |c: char| is_space(c) || matches!(c, '<' | '>' | '"' | '\'');
    let (mut out, mut rest) = (String::new(), text);
    while let Some(first) = rest.chars().next() {
        let is_separator = separates(first);
        let end = rest.find(|c| separates(c) != is_separator);
        let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
        let link = if is_separator {
            None
        } else {
            link(word, limit, escape)
        };
        out.push_str(&link.unwrap_or_else(|| escape(word)));
        rest = after;
    }
    out
}

fn link(word: &str, limit: Option<usize>, escape: &dyn Fn(&str) -> String) -> Option<String> {
    if !word.contains(['.', '@', ':']) {
        return None;
    }
    let (lead, middle, trail) = trimmed(word);
    let (address, rel) = address(middle)?;
    let shown = match limit {
        Some(limit) if middle.chars().count() > limit => {
            let kept: String = middle.chars().take(limit.saturating_sub(1)).collect();
            format!("{kept}…")
        }
        _ => middle.to_owned(),
    };
    let (lead, shown, trail) = (escape(lead), escape(&shown), escape(trail));
    let address = escape_html(&address);
    Some(format!(
        "{lead}<a href=\"{address}\"{rel}>{shown}</a>{trail}"
    ))
}

/// Where a word leads, and the attribute of the link.
fn address(word: &str) -> Option<(String, &'static str)> {
    const NOFOLLOW: &str = " rel=\"nofollow\"";
    let is_short = word.chars().count() <= LONGEST;
    if is_short && begins_as_address(word) {
        return Some((quoted_url(&unescape_html(word)), NOFOLLOW));
    }
    if is_short && reads_as_domain(word) {
        let address = format!("http://{}", unescape_html(word));
        return Some((quoted_url(&address), NOFOLLOW));
    }
    if word.contains(':') || !reads_as_mail(word) {
        return None;
    }
    let (local, domain) = word.rsplit_once('@')?;
    let (local, domain) = (percent::encode(local, ""), percent::encode(domain, ""));
    Some((format!("mailto:{local}@{domain}"), ""))
}

fn begins_as_address(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let rest = lower
        .strip_prefix("http://")
        .or_else(|| lower.strip_prefix("https://"));
    let rest = rest.map(|rest| rest.strip_prefix('[').unwrap_or(rest));
    rest.is_some_and(|rest| rest.starts_with(is_word))
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn reads_as_domain(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    if lower.starts_with("www.") {
        return true;
    }
    if lower.starts_with("http") || !lower.starts_with(is_word) {
        return false;
    }
    // What stands before the domain holds no `@`, and is more than a letter.
    let before_mail = lower.find('@').unwrap_or(lower.len());
    let first = lower.chars().next().map_or(0, char::len_utf8);
    DOMAINS.iter().any(|domain| {
        lower.match_indices(domain).any(|(index, _)| {
            let dotted = lower[..index].ends_with('.') && index > first + 1;
            let after = &lower[index + domain.len()..];
            dotted
                && index <= before_mail
                && (after.is_empty() || after.starts_with('/') && !after.contains('\n'))
        })
    })
}

/// A name of one word such as `localhost` does not count as a domain.
fn reads_as_mail(word: &str) -> bool {
    let is_named = word
        .rsplit_once('@')
        .is_some_and(|(_, domain)| domain.contains(['.', '[']));
    is_named && is_email(word)
}

/// The punctuation before an address, the address, and the punctuation behind it.
fn trimmed(word: &str) -> (&str, &str, &str) {
    let middle = word.trim_start_matches(['(', '[']);
    let lead = &word[..word.len() - middle.len()];
    let count = |c: char| middle.matches(c).count();
    let mut surplus = BRACKETS.map(|(open, close)| count(close).saturating_sub(count(open)));
    let mut kept = middle;
    loop {
        let before = kept.len();
        for ((_, close), surplus) in BRACKETS.iter().zip(&mut surplus) {
            if *surplus > 0 && kept.ends_with(*close) {
                let end = kept.char_indices().rev().take(*surplus).last();
                kept = &kept[..end.map_or(0, |(index, _)| index)];
                *surplus = 0;
            }
        }
        kept = without_punctuation(kept);
        if kept.len() == before || kept.is_empty() {
            break;
        }
    }
    (lead, kept, &middle[kept.len()..])
}

fn without_punctuation(word: &str) -> &str {
    const ALL: [char; 6] = ['.', ',', ':', ';', '!', '.'];
    let Some(reference) = word.rfind('&') else {
        return word.trim_end_matches(ALL);
    };
    let kept = word.trim_end_matches(['.', ',', ':', '!']);
    if !kept.ends_with(';') {
        return kept;
    }
    let written = kept.get(reference..).unwrap_or_default();
    let resolved = unescape_html(written);
    if resolved != written && !resolved.ends_with(';') {
        // The semicolon ends a character reference.
        return kept;
    }
    let bare = kept.trim_end_matches(ALL);
    let semicolons = kept.len() - kept.trim_end_matches(';').len();
    let first = kept[bare.len()..].find(';').unwrap_or(0);
    if semicolons > 1 {
        // The first may end a character reference.
        &kept[..=bare.len() + first]
    } else {
        bare
    }
}

/// `url` with all encoded that has to be, and nothing twice.
fn quoted_url(url: &str) -> String {
    let (before_fragment, fragment) = split_off(url, '#');
    let (before_query, query) = split_off(before_fragment, '?');
    let mut out = requoted(before_query);
    if let Some(query) = query.filter(|query| !query.is_empty()) {
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        let pairs: Vec<_> = pairs.map(encoded_pair).collect();
        out.push('?');
        out.push_str(&pairs.join("&"));
    }
    if let Some(fragment) = fragment.filter(|fragment| !fragment.is_empty()) {
        out.push('#');
        out.push_str(&requoted(fragment));
    }
    lower_scheme(&out)
}

fn encoded_pair(pair: &str) -> String {
    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
    let plus = |text: &str| {
        let twice = unquoted(&percent::decode_form(text));
        percent::encode(&twice, " ").replace(' ', "+")
    };
    format!("{}={}", plus(name), plus(value))
}

fn split_off(text: &str, separator: char) -> (&str, Option<&str>) {
    match text.split_once(separator) {
        Some((before, after)) => (before, Some(after)),
        None => (text, None),
    }
}

fn unquoted(text: &str) -> String {
    String::from_utf8_lossy(&percent::decode_bytes(text)).into_owned()
}

fn requoted(text: &str) -> String {
    percent::encode(&unquoted(text), SAFE)
}

fn lower_scheme(url: &str) -> String {
    match url.split_once(':') {
        Some((scheme, rest)) => format!("{}:{rest}", scheme.to_ascii_lowercase()),
        None => url.to_owned(),
    }
}
