//! The calls of Django's sessions, for the tests that replay what was recorded of them.

use serde_json::{Value, json};

use crate::clock::Moment;
use crate::json::Json;
use crate::sessions::{Session, SessionExpiry};
use crate::settings::Settings;

/// What was recorded of Django.
pub(crate) fn recording() -> Value {
    let text = include_str!("../../tests/parity/golden/sessions.json");
    serde_json::from_str(text).unwrap()
}

/// Does what Django's call of this name does, in a request at the moment `now`; `None` where that raises `KeyError`.
pub(crate) fn call(
    session: &mut Session,
    name: &str,
    arguments: &[Value],
    now: Moment,
) -> Option<Value> {
    let text = || arguments[0].as_str().unwrap();
    let second = || arguments.get(1).cloned();
    let nothing = Some(Value::Null);
    let settings = Settings::parse("").unwrap().sessions;
    let age = settings.cookie.age;
    match name {
        "__contains__" | "has_key" => Some(session.data().contains(text()).into()),
        "__getitem__" => session.get(text()).map(value),
        "get" => Some(
            session
                .get(text())
                .map_or(second().unwrap_or_default(), value),
        ),
        "__setitem__" => {
            session.insert(text(), json_of(&arguments[1]));
            nothing
        }
        "__delitem__" => session.remove(text()).and(nothing),
        "pop" => session.remove(text()).as_ref().map(value).or_else(second),
        "setdefault" => Some(value(
            &session.get_or_insert(text(), json_of(&arguments[1])),
        )),
        "update" => {
            let items = arguments[0].as_object().unwrap().iter();
            session.extend(items.map(|(name, value)| (name.clone(), json_of(value))));
            nothing
        }
        "keys" => Some(session.data().names().into()),
        "values" => Some(
            session
                .data()
                .items()
                .iter()
                .map(|(_, of)| value(of))
                .collect(),
        ),
        "items" => {
            let items = session.data().items().iter();
            Some(items.map(|(name, of)| json!([name, value(of)])).collect())
        }
        "clear" => {
            session.clear();
            nothing
        }
        "flush" => {
            session.flush();
            nothing
        }
        "cycle_key" => {
            session.cycle_key();
            nothing
        }
        "is_empty" => Some(session.is_empty().into()),
        "session_key" => Some(session.key().is_some().into()),
        "set_test_cookie" => {
            session.set_test_cookie();
            nothing
        }
        "test_cookie_worked" => Some(session.test_cookie_worked().into()),
        "delete_test_cookie" => {
            session.delete_test_cookie();
            nothing
        }
        "set_expiry" => {
            session.set_expiry(expiry(&arguments[0], now));
            nothing
        }
        "get_session_cookie_age" => Some(age.as_secs().into()),
        "get_expiry_age" => Some(session.data().expiry_age(now, age).into()),
        "get_expiry_date" => Some(session.data().expiry_date(now, age).to_isoformat().into()),
        "get_expire_at_browser_close" => {
            let default = settings.expire_at_browser_close;
            Some(session.data().expires_at_browser_close(default).into())
        }
        name => panic!("djr has no call for `{name}` of Django's sessions"),
    }
}

/// An argument of `set_expiry`; a moment stands as far from `now` as it was recorded from its own.
fn expiry(argument: &Value, now: Moment) -> Option<SessionExpiry> {
    if argument.is_null() {
        return None;
    }
    let microseconds = |text: &Value| {
        let moment = Moment::from_isoformat(text.as_str().unwrap()).unwrap();
        moment.unix_microseconds()
    };
    let distance = if let Some(moment) = argument.get("moment") {
        microseconds(moment) - microseconds(&recording()["now"])
    } else if let Some(seconds) = argument.get("seconds") {
        seconds.as_i64().unwrap() * 1_000_000
    } else {
        return Some(match argument.as_i64().unwrap() {
            0 => SessionExpiry::AtBrowserClose,
            seconds => SessionExpiry::Seconds(seconds),
        });
    };
    let moment = Moment::from_unix_microseconds(now.unix_microseconds() + distance);
    Some(SessionExpiry::At(moment))
}

fn json_of(value: &Value) -> Json {
    Json::parse(&value.to_string()).unwrap()
}

/// A value of a session, as the recording has it.
pub(crate) fn value(of: &Json) -> Value {
    serde_json::from_str(&of.to_python()).unwrap()
}
