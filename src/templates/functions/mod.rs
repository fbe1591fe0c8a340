//! Django's tags that write something, as functions of Jinja.

mod fragment_cache;
mod lorem;
mod query_string;

use std::sync::Arc;

use minijinja::value::{Kwargs, Rest, Value};
use minijinja::{Environment, Error, ErrorKind};

use crate::clock::{self, Zone};
use crate::templates::date_format::{self, Letters};
use crate::templates::objects::number;
use crate::templates::zoned_time::ZonedTime;

pub use fragment_cache::FragmentCache;

/// Writes the URL of a name from arguments in order and by name; fails with a message.
pub(super) type Url =
    dyn Fn(&str, &[String], &[(String, String)]) -> Result<String, String> + Send + Sync;

/// Writes the URL of a static file.
pub(in crate::templates) type StaticUrl = dyn Fn(&str) -> String + Send + Sync;

/// What templates call and other modules know.
pub struct TemplateFunctions {
    /// `url(name, ...)`.
    pub url: Box<Url>,
    /// `static(path)`.
    pub static_url: Arc<StaticUrl>,
    /// `get_static_prefix()`.
    pub static_prefix: String,
    /// `get_media_prefix()`.
    pub media_prefix: String,
    /// `cache(seconds, name, ...)`.
    pub fragments: FragmentCache,
}

/// Adds all functions to `environment`, whose project is in `zone`.
pub(super) fn add(
    environment: &mut Environment<'static>,
    zone: &Zone,
    functions: TemplateFunctions,
) {
    add_url(environment, functions.url);
    add_static(environment, functions.static_url);
    add_static_prefix(environment, functions.static_prefix);
    add_media_prefix(environment, functions.media_prefix);
    fragment_cache::add(environment, functions.fragments);
    add_timezone(environment, zone.name().to_owned());
    add_now(environment, zone.clone());
    environment.add_function("lorem", lorem::lorem);
    environment.add_function("querystring", query_string::querystring);
    environment.add_function("widthratio", width_ratio);
}

// The engine tells functions apart by their types, and closures of one function have one name: each has its own here.

fn add_url(environment: &mut Environment<'static>, url: Box<Url>) {
    let call = move |name: Option<String>, args: Rest<Value>, kwargs: Kwargs| {
        let name = name.ok_or_else(|| missing("`url` needs the name of a url"))?;
        let args: Vec<_> = args.iter().map(ToString::to_string).collect();
        let named: Result<Vec<_>, Error> = kwargs
            .args()
            .map(|key| Ok((key.to_owned(), kwargs.get::<Value>(key)?.to_string())))
            .collect();
        url(&name, &args, &named?)
            .map_err(|message| Error::new(ErrorKind::InvalidOperation, message))
    };
    environment.add_function("url", call);
}

fn missing(message: &'static str) -> Error {
    Error::new(ErrorKind::MissingArgument, message)
}

fn add_static(environment: &mut Environment<'static>, static_url: Arc<StaticUrl>) {
    let call = move |path: Option<String>| {
        let path = path.ok_or_else(|| missing("`static` needs the path of a file"))?;
        Ok::<_, Error>(static_url(&path))
    };
    environment.add_function("static", call);
}

fn add_static_prefix(environment: &mut Environment<'static>, prefix: String) {
    environment.add_function("get_static_prefix", move || prefix.clone());
}

fn add_media_prefix(environment: &mut Environment<'static>, prefix: String) {
    environment.add_function("get_media_prefix", move || prefix.clone());
}

fn add_timezone(environment: &mut Environment<'static>, name: String) {
    environment.add_function("get_current_timezone", move || name.clone());
}

fn add_now(environment: &mut Environment<'static>, zone: Zone) {
    environment.add_function("now", move |format: Option<String>| now(&zone, format));
}

/// The moment of the page, by Django's format letters.
fn now(zone: &Zone, format: Option<String>) -> String {
    let now = ZonedTime::moment(clock::now(), zone);
    let format = format.unwrap_or_else(|| "DATETIME_FORMAT".to_owned());
    let written = date_format::write(&now, date_format::named(&format), Letters::Date);
    // A moment has all parts that a format may ask for.
    written.unwrap_or_default()
}

/// How wide the bar of `value` is, if that of `most` is `width`: a whole number, half of one to the even neighbour.
///
/// The empty text where one of them is not a number, and `0` where `most` is zero, as in Django.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the engine hands arguments over so"
)]
fn width_ratio(value: Value, most: Value, width: Value) -> String {
    let numbers = number(&value).zip(number(&most)).zip(number(&width));
    let Some(((value, most), width)) = numbers else {
        return String::new();
    };
    if most == 0.0 {
        return "0".to_owned();
    }
    let ratio = (value / most * width).round_ties_even();
    if ratio.is_finite() {
        // Minus zero is zero.
        format!("{:.0}", ratio + 0.0)
    } else {
        String::new()
    }
}

#[cfg(test)]
pub(super) mod fragment_tests;
#[cfg(test)]
mod tests;
