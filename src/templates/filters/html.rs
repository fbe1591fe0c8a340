//! Filters that make HTML of text, or take it away.

use minijinja::Error;
use minijinja::value::{Value, ValueKind};

use crate::templates::escaping::conditional_escape;
use crate::templates::filters::call::{self, FilterCall, invalid};
use crate::templates::filters::strings::truncated;
use crate::templates::filters::{FilterSpec, filter, urlize};
use crate::text::{self, escape_html};

pub(super) const FILTERS: &[FilterSpec] = &[
    filter("linebreaks", 0..=0, linebreaks),
    filter("linebreaksbr", 0..=0, linebreaksbr),
    filter("linenumbers", 0..=0, linenumbers),
    filter("markdown", 0..=0, markdown),
    filter("spaceless", 0..=0, spaceless),
    filter("striptags", 0..=0, striptags),
    filter("truncatechars_html", 1..=1, truncatechars_html),
    filter("truncatewords_html", 1..=1, truncatewords_html),
    filter("unordered_list", 0..=0, unordered_list),
    filter("urlize", 0..=1, urlize),
    filter("urlizetrunc", 1..=1, urlizetrunc),
];

/// How deep lists are nested in an unordered list.
const DEPTH: usize = 64;

fn with_line_feeds(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

fn linebreaks(call: &FilterCall<'_>) -> Result<Value, Error> {
    let text = with_line_feeds(&call.text());
    let mut paragraphs = Vec::new();
    let mut rest = text.as_str();
    while let Some((paragraph, after)) = rest.split_once("\n\n") {
        paragraphs.push(paragraph);
        rest = after.trim_start_matches('\n');
    }
    paragraphs.push(rest);
    let paragraphs = paragraphs.into_iter().map(|paragraph| {
        let paragraph = escaped(call, paragraph).replace('\n', "<br>");
        format!("<p>{paragraph}</p>")
    });
    let paragraphs: Vec<_> = paragraphs.collect();
    Ok(Value::from_safe_string(paragraphs.join("\n\n")))
}

fn linebreaksbr(call: &FilterCall<'_>) -> Result<Value, Error> {
    let text = with_line_feeds(&call.text());
    let text = escaped(call, &text).replace('\n', "<br>");
    Ok(Value::from_safe_string(text))
}

fn linenumbers(call: &FilterCall<'_>) -> Result<Value, Error> {
    let text = call.text();
    let lines: Vec<_> = text.split('\n').collect();
    let width = lines.len().to_string().len();
    let lines = lines.iter().enumerate();
    let lines: Vec<_> = lines
        .map(|(index, line)| format!("{:0width$}. {}", index + 1, escaped(call, line)))
        .collect();
    Ok(Value::from_safe_string(lines.join("\n")))
}

fn escaped(call: &FilterCall<'_>, text: &str) -> String {
    if call.escapes() {
        escape_html(text)
    } else {
        text.to_owned()
    }
}

/// Markdown, of which no HTML and no address that runs something comes through.
fn markdown(call: &FilterCall<'_>) -> Result<Value, Error> {
    Ok(Value::from_safe_string(text::markdown(&call.text())))
}

/// HTML without the spaces between its tags: Django's tag, for `{% filter spaceless %}`.
fn spaceless(call: &FilterCall<'_>) -> Result<Value, Error> {
    let text = call.text();
    let mut out = String::new();
    let mut rest = text.trim_matches(text::is_space);
    while let Some(end) = rest.find('>') {
        let (tag, after) = rest.split_at(end + 1);
        out.push_str(tag);
        let next = after.trim_start_matches(text::is_space);
        rest = if next.starts_with('<') { next } else { after };
    }
    out.push_str(rest);
    Ok(call.like_value(out))
}

fn striptags(call: &FilterCall<'_>) -> Result<Value, Error> {
    let stripped = text::strip_tags(&call.text());
    let stripped = stripped.ok_or_else(|| invalid("tags stand in tags too often"))?;
    Ok(call.like_value(stripped))
}

fn truncatechars_html(call: &FilterCall<'_>) -> Result<Value, Error> {
    truncated(call, text::truncate_html_chars)
}

fn truncatewords_html(call: &FilterCall<'_>) -> Result<Value, Error> {
    truncated(call, text::truncate_html_words)
}

/// Jinja's `urlize` takes the length of a link as an argument, for which Django has `urlizetrunc`.
fn urlize(call: &FilterCall<'_>) -> Result<Value, Error> {
    if call.argument(0).is_some() {
        return urlizetrunc(call);
    }
    let text = urlize::urlize(&call.text(), None, &linking(call));
    Ok(Value::from_safe_string(text))
}

fn urlizetrunc(call: &FilterCall<'_>) -> Result<Value, Error> {
    let limit = usize::try_from(call.width()?).unwrap_or(0);
    let text = urlize::urlize(&call.text(), Some(limit), &linking(call));
    Ok(Value::from_safe_string(text))
}

fn linking(call: &FilterCall<'_>) -> impl Fn(&str) -> String {
    let escapes = call.escapes();
    move |text| {
        if escapes {
            escape_html(text)
        } else {
            text.to_owned()
        }
    }
}

/// Items of a list, each list behind an item as a list within it.
fn unordered_list(call: &FilterCall<'_>) -> Result<Value, Error> {
    let mut out = String::new();
    list_items(&mut out, call, call.value, 1)?;
    Ok(Value::from_safe_string(out))
}

fn list_items(
    out: &mut String,
    call: &FilterCall<'_>,
    list: &Value,
    depth: usize,
) -> Result<(), Error> {
    if depth > DEPTH {
        return Err(invalid(format!(
            "lists are nested in more than {DEPTH} others"
        )));
    }
    let tabs = "\t".repeat(depth);
    let is_list = |value: &Value| matches!(value.kind(), ValueKind::Seq | ValueKind::Iterable);
    let mut items = list.try_iter()?.peekable();
    let mut is_first = true;
    while let Some(item) = items.next() {
        if !is_first {
            out.push('\n');
        }
        is_first = false;
        let text = if call.autoescape {
            conditional_escape(&item)
        } else {
            call::text(&item)
        };
        out.extend([tabs.as_str(), "<li>", &text]);
        if let Some(children) = items.next_if(is_list).filter(Value::is_true) {
            out.extend(["\n", &tabs, "<ul>\n"]);
            list_items(out, call, &children, depth + 1)?;
            out.extend(["\n", &tabs, "</ul>\n", &tabs]);
        }
        out.push_str("</li>");
    }
    Ok(())
}
