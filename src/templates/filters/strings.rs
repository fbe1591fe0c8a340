//! Filters of plain text: case, alignment, length.

use minijinja::Error;
use minijinja::value::Value;

use crate::templates::filters::call::{FilterCall, invalid};
use crate::templates::filters::{FilterSpec, filter};
use crate::templates::objects::TemporalValue;
use crate::templates::python_text;
use crate::text::{self, TextAlignment};

pub(super) const FILTERS: &[FilterSpec] = &[
    filter("addslashes", 0..=0, addslashes),
    filter("capfirst", 0..=0, capfirst),
    filter("center", 1..=1, center),
    filter("cut", 1..=1, cut),
    filter("ljust", 1..=1, ljust),
    filter("localize", 0..=0, localize),
    filter("lower", 0..=0, lower),
    filter("make_list", 0..=0, make_list),
    filter("phone2numeric", 0..=0, phone2numeric),
    filter("rjust", 1..=1, rjust),
    filter("slugify", 0..=0, slugify),
    filter("title", 0..=0, title),
    filter("truncatechars", 1..=1, truncatechars),
    filter("truncatewords", 1..=1, truncatewords),
    filter("unlocalize", 0..=0, unlocalize),
    filter("upper", 0..=0, upper),
    filter("wordcount", 0..=0, wordcount),
    filter("wordwrap", 1..=1, wordwrap),
];

fn addslashes(call: &FilterCall<'_>) -> Result<Value, Error> {
    let slashed = call.text().replace('\\', "\\\\");
    let slashed = slashed.replace('"', "\\\"").replace('\'', "\\'");
    Ok(call.like_value(slashed))
}

fn capfirst(call: &FilterCall<'_>) -> Result<Value, Error> {
    Ok(call.like_value(text::capitalized(&call.text())))
}

fn lower(call: &FilterCall<'_>) -> Result<Value, Error> {
    Ok(call.like_value(call.text().to_lowercase()))
}

/// Text in upper case is no longer safe: `&amp;` would become `&AMP;`.
fn upper(call: &FilterCall<'_>) -> Result<Value, Error> {
    Ok(Value::from(call.text().to_uppercase()))
}

fn title(call: &FilterCall<'_>) -> Result<Value, Error> {
    Ok(call.like_value(text::title(&call.text())))
}

fn slugify(call: &FilterCall<'_>) -> Result<Value, Error> {
    Ok(call.like_value(text::slugify(&call.text())))
}

fn center(call: &FilterCall<'_>) -> Result<Value, Error> {
    aligned(call, TextAlignment::Center)
}

fn ljust(call: &FilterCall<'_>) -> Result<Value, Error> {
    aligned(call, TextAlignment::Left)
}

fn rjust(call: &FilterCall<'_>) -> Result<Value, Error> {
    aligned(call, TextAlignment::Right)
}

fn aligned(call: &FilterCall<'_>, alignment: TextAlignment) -> Result<Value, Error> {
    let width = call.width()?;
    Ok(call.like_value(text::align(&call.text(), width, alignment)))
}

fn wordwrap(call: &FilterCall<'_>) -> Result<Value, Error> {
    let width = usize::try_from(call.width()?).unwrap_or(0);
    if width == 0 {
        return Err(invalid("the width is a whole number above zero"));
    }
    Ok(call.like_value(text::wrap(&call.text(), width)))
}

/// Without a semicolon safe text may read in another way, so that it has to be escaped.
fn cut(call: &FilterCall<'_>) -> Result<Value, Error> {
    let cut = call.text_argument("");
    let left = call.text().replace(&cut, "");
    Ok(if cut == ";" {
        Value::from(left)
    } else {
        call.like_value(left)
    })
}

fn make_list(call: &FilterCall<'_>) -> Result<Value, Error> {
    Ok(call.text().chars().map(Value::from).collect())
}

fn phone2numeric(call: &FilterCall<'_>) -> Result<Value, Error> {
    let digit = |c: char| match c {
        'a'..='c' => '2',
        'd'..='f' => '3',
        'g'..='i' => '4',
        'j'..='l' => '5',
        'm'..='o' => '6',
        'p'..='s' => '7',
        't'..='v' => '8',
        'w'..='z' => '9',
        c => c,
    };
    let digits = call.text().to_lowercase().chars().map(digit).collect();
    Ok(call.like_value(digits))
}

fn truncatechars(call: &FilterCall<'_>) -> Result<Value, Error> {
    truncated(call, text::truncate_chars)
}

fn truncatewords(call: &FilterCall<'_>) -> Result<Value, Error> {
    truncated(call, text::truncate_words)
}

/// The value cut by `truncate`; as it is where the length is not a number.
pub(super) fn truncated(
    call: &FilterCall<'_>,
    truncate: impl Fn(&str, usize) -> String,
) -> Result<Value, Error> {
    let text = call.text();
    let Ok(length) = call.integer_argument() else {
        return Ok(call.like_value(text));
    };
    let length = usize::try_from(length.max(0)).unwrap_or(usize::MAX);
    Ok(call.like_value(truncate(&text, length)))
}

fn wordcount(call: &FilterCall<'_>) -> Result<Value, Error> {
    let text = call.text();
    let words = text.split(text::is_space).filter(|word| !word.is_empty());
    Ok(Value::from(words.count()))
}

/// What a page shows of the value: here there is one language, so that nothing else is to do.
fn localize(call: &FilterCall<'_>) -> Result<Value, Error> {
    Ok(call.like_value(python_text::text(call.value)))
}

fn unlocalize(call: &FilterCall<'_>) -> Result<Value, Error> {
    if call.value.downcast_object_ref::<TemporalValue>().is_some() {
        return localize(call);
    }
    Ok(call.like_value(call.text()))
}
