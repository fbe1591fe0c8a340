//! `{% call cache(500, "sidebar", user.id) %}...{% endcall %}`: parts of pages that are kept (Django's tag `cache`).

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use md5::{Digest as _, Md5};
use minijinja::value::{Kwargs, Rest, Value, ValueKind};
use minijinja::{Environment, Error, ErrorKind, State};

use crate::cache::{Cache, CacheError, CacheTimeout, CacheValue, Caches};
use crate::crypto;
use crate::templates::python_text;

/// The caches that are used where the page names none: the first one that there is.
const DEFAULT_ALIASES: [&str; 2] = ["template_fragments", "default"];

/// Told when a cache fails; the part is then made.
type OnFailure = dyn Fn(&CacheError) + Send + Sync;

/// Keeps parts of pages in caches.
pub struct FragmentCache {
    caches: Arc<Caches>,
    on_failure: Box<OnFailure>,
}

/// Why a part of a page is not there.
enum FragmentError {
    Cache(CacheError),
    Template(Error),
}

impl From<CacheError> for FragmentError {
    fn from(error: CacheError) -> Self {
        Self::Cache(error)
    }
}

/// What a page says of a part that is kept.
struct FragmentCall {
    timeout: CacheTimeout,
    key: String,
    using: Option<String>,
    /// Makes the part.
    caller: Value,
}

impl FragmentCache {
    /// Keeps parts in `caches`; `on_failure` is told when one of them fails.
    pub fn new(
        caches: Arc<Caches>,
        on_failure: impl Fn(&CacheError) + Send + Sync + 'static,
    ) -> Self {
        Self {
            caches,
            on_failure: Box::new(on_failure),
        }
    }

    /// The part of the page that is kept, or the part that is made.
    fn part(&self, state: &mut State<'_, '_>, call: &FragmentCall) -> Result<String, Error> {
        let alias = self.alias(call)?;
        let mut made = None;
        let cache = match self.caches.usable(alias) {
            Ok(Some(cache)) => cache,
            Ok(None) => return make(state, call),
            Err(error) => {
                self.failed(alias, &error);
                return make(state, call);
            }
        };
        match kept_or_made(&cache, state, call, &mut made) {
            Ok(Some(text)) => Ok(text),
            Err(FragmentError::Template(error)) => Err(error),
            Err(FragmentError::Cache(error)) => {
                self.failed(alias, &error);
                made.map_or_else(|| make(state, call), Ok)
            }
            // Somebody else keeps a value of another kind under the key.
            Ok(None) => make(state, call),
        }
    }

    fn alias<'a>(&self, call: &'a FragmentCall) -> Result<&'a str, Error> {
        let has = |alias: &&str| self.caches.has(alias);
        match &call.using {
            Some(alias) if has(&alias.as_str()) => Ok(alias),
            Some(alias) => Err(wrong(format!("`[caches]` has no `{alias}`"))),
            None => Ok(DEFAULT_ALIASES
                .into_iter()
                .find(has)
                .unwrap_or(DEFAULT_ALIASES[1])),
        }
    }

    fn failed(&self, alias: &str, error: &CacheError) {
        self.caches.failed(alias, error);
        (self.on_failure)(error);
    }
}

impl fmt::Debug for FragmentCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FragmentCache")
            .field("caches", &self.caches)
            .finish_non_exhaustive()
    }
}

/// Adds the function to `environment`.
pub(super) fn add(environment: &mut Environment<'static>, fragments: FragmentCache) {
    let call = move |state: &mut State<'_, '_>, arguments: Rest<Value>, kwargs: Kwargs| {
        let call = FragmentCall::read(&arguments, &kwargs)?;
        let part = fragments.part(state, &call)?;
        Ok::<_, Error>(Value::from_safe_string(part))
    };
    environment.add_function("cache", call);
}

/// The text that is kept, or that is made and kept from now on; `None` where the key has something else.
fn kept_or_made(
    cache: &Cache,
    state: &mut State<'_, '_>,
    call: &FragmentCall,
    made: &mut Option<String>,
) -> Result<Option<String>, FragmentError> {
    let value = cache.get_or_set(&call.key, call.timeout, || {
        let text = make(state, call).map_err(FragmentError::Template)?;
        *made = Some(text.clone());
        Ok::<_, FragmentError>(CacheValue::Text(text))
    })?;
    Ok(match value {
        CacheValue::Text(text) | CacheValue::SafeText(text) => Some(text),
        _ => None,
    })
}

fn make(state: &mut State<'_, '_>, call: &FragmentCall) -> Result<String, Error> {
    let made = call.caller.call(state, &[])?;
    Ok(made.to_string())
}

impl FragmentCall {
    fn read(arguments: &[Value], kwargs: &Kwargs) -> Result<Self, Error> {
        let caller: Option<Value> = kwargs.get("caller")?;
        let using: Option<String> = kwargs.get("using")?;
        kwargs.assert_all_used()?;
        let caller = caller.ok_or_else(|| {
            wrong("`cache` needs a block: `{% call cache(500, \"sidebar\") %}...{% endcall %}`")
        })?;
        let [seconds, name, vary @ ..] = arguments else {
            return Err(wrong("`cache` needs seconds and a name"));
        };
        Ok(Self {
            timeout: timeout(seconds)?,
            key: fragment_key(&python_text::plain(name), vary),
            using,
            caller,
        })
    }
}

/// For how long a part is kept: a number of seconds, or for ever.
fn timeout(seconds: &Value) -> Result<CacheTimeout, Error> {
    let number = match seconds.kind() {
        ValueKind::None => return Ok(CacheTimeout::Never),
        ValueKind::Bool => Some(i64::from(seconds.is_true())),
        ValueKind::String => seconds.as_str().and_then(|text| text.trim().parse().ok()),
        ValueKind::Number => whole(seconds),
        _ => None,
    };
    let number = number.ok_or_else(|| {
        wrong(format!(
            "`cache` needs a number of seconds, not `{seconds}`"
        ))
    })?;
    let seconds = u64::try_from(number).unwrap_or_default();
    Ok(CacheTimeout::After(Duration::from_secs(seconds)))
}

/// A number without its fraction, as Python's `int`.
#[expect(
    clippy::cast_possible_truncation,
    reason = "what is too large is for ever, or over"
)]
fn whole(number: &Value) -> Option<i64> {
    let as_float = || {
        f64::try_from(number.clone())
            .ok()
            .filter(|float| float.is_finite())
    };
    i64::try_from(number.clone())
        .ok()
        .or_else(|| Some(as_float()?.trunc() as i64))
}

/// The key of a part (Django's `make_template_fragment_key`).
pub(super) fn fragment_key(name: &str, vary: &[Value]) -> String {
    let mut hasher = Md5::new();
    for value in vary {
        hasher.update(python_text::plain(value));
        hasher.update(":");
    }
    format!("template.cache.{name}.{}", crypto::hex(&hasher.finalize()))
}

fn wrong(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::InvalidOperation, message.into())
}
