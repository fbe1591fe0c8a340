//! Tags and text of HTML, found as Python's `html.parser` finds them: it never fails, whatever the text.
//!
//! 1. [`html_events`] goes through the text twice: up to what may be unfinished, then to the end.
//! 2. A `<` begins a tag, a comment or a declaration, or is text.
//! 3. What a `script` and a `style` hold is text up to their own end.

use std::sync::LazyLock;

use fancy_regex::Regex;

/// A piece of HTML; comments and declarations are left out.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum HtmlEvent<'t> {
    Start {
        /// In lower case.
        name: String,
        raw: &'t str,
        /// Whether it ends in `/>`.
        is_closed: bool,
    },
    /// Its name in lower case.
    End(String),
    Text(&'t str),
    /// `&name`, without a semicolon.
    Reference(&'t str),
}

/// How character references are told.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum References {
    /// As parts of the text.
    InText,
    /// As events of their own.
    Apart,
}

const START_TAG: &str = r#"(?x)\A
  <[a-zA-Z][^\t\n\r\x0c\ />\x00]*
  (?:[\s/]*
    (?:(?<=['"\s/])[^\s/>][^\s/=>]*
      (?:\s*=+\s*(?:'[^']*'|"[^"]*"|(?!['"])[^>\s]*)\s*)?(?:\s|/(?!>))*
    )*
  )?
  \s*"#;

const ATTRIBUTE: &str =
    r#"\A(?:[^\s/>][^\s/=>]*)(?:\s*=+\s*(?:'[^']*'|"[^"]*"|(?!['"])[^>\s]*))?(?:\s|/(?!>))*"#;

static START: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(START_TAG).ok());
static ATTRIBUTES: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(ATTRIBUTE).ok());
static END_TAG: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\A</\s*([a-zA-Z][-.a-zA-Z0-9:_]*)\s*>").ok());
static COMMENT_END: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"--\s*>").ok());

/// The pieces of `text`, in order.
pub(super) fn html_events(text: &str, references: References) -> Vec<HtmlEvent<'_>> {
    let mut scanner = Scanner {
        text,
        at: 0,
        raw_element: None,
        references,
        events: Vec::new(),
    };
    scanner.run(false);
    scanner.run(true);
    scanner.events
}

struct Scanner<'t> {
    text: &'t str,
    /// In bytes.
    at: usize,
    /// The `script` or `style` that is open.
    raw_element: Option<String>,
    references: References,
    events: Vec<HtmlEvent<'t>>,
}

/// What stands at a `<` or `&`.
enum Step {
    /// It ends here.
    Past(usize),
    /// It has no end yet.
    Unfinished,
}

impl Scanner<'_> {
    fn run(&mut self, is_end: bool) {
        while self.at < self.text.len() {
            let Some(next) = self.next_special() else {
                break;
            };
            self.push_text(self.at, next);
            self.at = next;
            let rest = &self.text[next..];
            let step = match rest.as_bytes() {
                [] => break,
                [b'<', ..] => self.tag(next),
                [b'&', ..] => self.reference(next, is_end),
                _ => Step::Unfinished,
            };
            match step {
                Step::Past(end) => self.at = end,
                Step::Unfinished if is_end && rest.starts_with('<') && rest.len() > 1 => {
                    let end = self.end_of_broken_tag(next);
                    self.push_text(next, end);
                    self.at = end;
                }
                Step::Unfinished => break,
            }
        }
        if is_end && self.at < self.text.len() && self.raw_element.is_none() {
            self.push_text(self.at, self.text.len());
            self.at = self.text.len();
        }
    }

    /// Where the next tag or reference may begin; `None` to wait for more text.
    fn next_special(&self) -> Option<usize> {
        let rest = &self.text[self.at..];
        if let Some(element) = &self.raw_element {
            let lower = rest.to_ascii_lowercase();
            let mut ends = lower.match_indices("</");
            let is_end = |index: usize| {
                let name = lower[index + 2..].trim_start();
                let after = name.strip_prefix(element.as_str());
                after.is_some_and(|after| after.trim_start().starts_with('>'))
            };
            let found = ends.find(|(index, _)| is_end(*index))?;
            return Some(self.at + found.0);
        }
        let special: &[char] = match self.references {
            References::InText => &['<'],
            References::Apart => &['<', '&'],
        };
        let found = rest.find(special).unwrap_or(rest.len());
        Some(self.at + found)
    }

    fn push_text(&mut self, start: usize, end: usize) {
        if start < end {
            self.events.push(HtmlEvent::Text(&self.text[start..end]));
        }
    }

    fn end_of_broken_tag(&self, at: usize) -> usize {
        let rest = &self.text[at + 1..];
        match (rest.find('>'), rest.find('<')) {
            (Some(end), _) => at + 1 + end + 1,
            (None, Some(next)) => at + 1 + next,
            (None, None) => at + 1,
        }
    }

    fn tag(&mut self, at: usize) -> Step {
        let rest = &self.text[at..];
        let end_from =
            |from: usize, close: &str| match rest.get(from..).and_then(|rest| rest.find(close)) {
                Some(end) => Step::Past(at + from + end + close.len()),
                None => Step::Unfinished,
            };
        if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            self.start_tag(at)
        } else if rest.starts_with("</") {
            self.end_tag(at)
        } else if rest.starts_with("<!--") {
            let end = COMMENT_END.as_ref();
            let end = end.and_then(|end| end.find_from_pos(rest, 4).ok().flatten());
            end.map_or(Step::Unfinished, |end| Step::Past(at + end.end()))
        } else if let Some(section) = rest.strip_prefix("<![") {
            let section = section.trim_start().to_ascii_lowercase();
            let is_xml = ["temp", "cdata", "ignore", "include", "rcdata"];
            if is_xml.iter().any(|name| section.starts_with(name)) {
                end_from(3, "]]>")
            } else {
                end_from(3, "]>")
            }
        } else if rest.starts_with("<!") || rest.starts_with("<?") {
            end_from(2, ">")
        } else if rest.len() > 1 {
            self.push_text(at, at + 1);
            Step::Past(at + 1)
        } else {
            Step::Unfinished
        }
    }

    fn start_tag(&mut self, at: usize) -> Step {
        let rest = &self.text[at..];
        let Some(length) = start_tag_length(rest) else {
            return Step::Unfinished;
        };
        let raw = &rest[..length];
        let inside = &raw[1..];
        let ends_name = |c: char| "\t\n\r\u{c} />\0".contains(c);
        let name_end = inside.find(ends_name).unwrap_or(inside.len());
        let name = inside[..name_end].to_lowercase();
        let close = after_attributes(&inside[name_end..]).trim();
        if close != ">" && close != "/>" {
            self.push_text(at, at + length);
            return Step::Past(at + length);
        }
        let is_closed = close == "/>";
        if !is_closed && matches!(name.as_str(), "script" | "style") {
            self.raw_element = Some(name.clone());
        }
        self.events.push(HtmlEvent::Start {
            name,
            raw,
            is_closed,
        });
        Step::Past(at + length)
    }

    fn end_tag(&mut self, at: usize) -> Step {
        let rest = &self.text[at..];
        let Some(close) = rest.find('>') else {
            return Step::Unfinished;
        };
        let found = END_TAG
            .as_ref()
            .and_then(|tag| tag.captures(rest).ok().flatten());
        if let Some(name) = found.as_ref().and_then(|found| found.get(1)) {
            self.raw_element = None;
            self.events
                .push(HtmlEvent::End(name.as_str().to_lowercase()));
            return Step::Past(
                at + found.map_or(close, |found| found.get(0).map_or(close, |all| all.end())),
            );
        }
        if rest[2..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            let inside = &rest[2..];
            let ends_name = |c: char| "\t\n\r\u{c} />\0".contains(c);
            let name_end = inside.find(ends_name).unwrap_or(inside.len());
            self.events
                .push(HtmlEvent::End(inside[..name_end].to_lowercase()));
        }
        Step::Past(at + close + 1)
    }

    fn reference(&mut self, at: usize, is_end: bool) -> Step {
        let rest = &self.text[at + 1..];
        let digits = rest.strip_prefix('#').map(|number| {
            let hexadecimal = number.strip_prefix(['x', 'X']);
            let skipped = if hexadecimal.is_some() { 2 } else { 1 };
            let is_digit = |c: char| match hexadecimal {
                Some(_) => c.is_ascii_hexdigit(),
                None => c.is_ascii_digit(),
            };
            let number = &rest[skipped..];
            let length = number.find(|c| !is_digit(c)).unwrap_or(number.len());
            (skipped, length)
        });
        let (skipped, length) = match digits {
            Some(found) => found,
            None if rest.starts_with(|c: char| c.is_ascii_alphabetic()) => {
                let part = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
                (0, rest.find(|c| !part(c)).unwrap_or(rest.len()))
            }
            None if rest.is_empty() => return Step::Unfinished,
            None => {
                self.push_text(at, at + 1);
                return Step::Past(at + 1);
            }
        };
        let end = skipped + length;
        if length > 0 && end < rest.len() {
            self.events
                .push(HtmlEvent::Reference(&self.text[at..=at + end]));
            let semicolon = usize::from(rest[end..].starts_with(';'));
            return Step::Past(at + 1 + end + semicolon);
        }
        if is_end || length > 0 {
            return Step::Unfinished;
        }
        if rest.contains(';') {
            self.push_text(at, at + 2);
            return Step::Past(at + 2);
        }
        Step::Unfinished
    }
}

/// How long the start tag is that `rest` begins with; `None` where it has no end.
fn start_tag_length(rest: &str) -> Option<usize> {
    let found = START.as_ref()?.find(rest).ok().flatten()?;
    let after = &rest[found.end()..];
    match after.chars().next() {
        Some('>') => Some(found.end() + 1),
        Some('/') if after.starts_with("/>") => Some(found.end() + 2),
        None | Some('/' | '=' | 'a'..='z' | 'A'..='Z') => None,
        Some(_) => Some(found.end().max(1)),
    }
}

/// What stands behind the attributes of a tag: its `>` or `/>`.
fn after_attributes(text: &str) -> &str {
    let separators = |text: &str| -> usize {
        let mut length = 0;
        for (index, c) in text.char_indices() {
            let is_separator = c.is_whitespace() || c == '/' && !text[index + 1..].starts_with('>');
            if !is_separator {
                break;
            }
            length = index + c.len_utf8();
        }
        length
    };
    let mut rest = &text[separators(text)..];
    while let Some(found) = ATTRIBUTES
        .as_ref()
        .and_then(|pattern| pattern.find(rest).ok().flatten())
    {
        if found.end() == 0 {
            break;
        }
        rest = &rest[found.end()..];
    }
    rest
}
