//! When a session ends, where it says so itself: the `_session_expiry` of Django.

use std::time::Duration;

use crate::clock::Moment;
use crate::json::Json;
use crate::sessions::SessionData;

/// The name the expiry is kept under.
pub(super) const EXPIRY_KEY: &str = "_session_expiry";

/// When a session ends that does not follow the settings.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SessionExpiry {
    /// With the browser; the store forgets it after the age of the settings.
    AtBrowserClose,
    /// This many seconds after it last changed; in the past if negative.
    Seconds(i64),
    /// At this moment.
    At(Moment),
}

impl SessionData {
    /// When the session ends, if it says so itself.
    pub fn expiry(&self) -> Option<SessionExpiry> {
        match self.get(EXPIRY_KEY)? {
            Json::Number(number) => match number.parse::<i64>().ok()? {
                0 => Some(SessionExpiry::AtBrowserClose),
                seconds => Some(SessionExpiry::Seconds(seconds)),
            },
            Json::String(text) => Moment::from_isoformat(text).map(SessionExpiry::At),
            _ => None,
        }
    }

    /// Ends the session by `expiry`, or, without one, as the settings say.
    pub fn set_expiry(&mut self, expiry: Option<SessionExpiry>) {
        match expiry {
            None => drop(self.remove(EXPIRY_KEY)),
            Some(SessionExpiry::AtBrowserClose) => self.insert(EXPIRY_KEY, 0),
            Some(SessionExpiry::Seconds(seconds)) => self.insert(EXPIRY_KEY, seconds),
            Some(SessionExpiry::At(moment)) => self.insert(EXPIRY_KEY, moment.to_isoformat()),
        }
    }

    /// The moment a session ends that was changed `now`; `cookie_age` is that of the settings.
    pub fn expiry_date(&self, now: Moment, cookie_age: Duration) -> Moment {
        match self.expiry() {
            Some(SessionExpiry::At(moment)) => moment,
            Some(SessionExpiry::Seconds(seconds)) => {
                let distance = Duration::from_secs(seconds.unsigned_abs());
                if seconds < 0 {
                    now.before(distance)
                } else {
                    now.after(distance)
                }
            }
            Some(SessionExpiry::AtBrowserClose) | None => now.after(cookie_age),
        }
    }

    /// The whole seconds until a session ends that was changed `now`; negative where that is past.
    pub fn expiry_age(&self, now: Moment, cookie_age: Duration) -> i64 {
        let end = self.expiry_date(now, cookie_age).unix_microseconds();
        (end - now.unix_microseconds()).div_euclid(1_000_000)
    }

    /// Whether the session ends with the browser; `default` is the settings' word.
    pub fn expires_at_browser_close(&self, default: bool) -> bool {
        self.expiry()
            .map_or(default, |expiry| expiry == SessionExpiry::AtBrowserClose)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::Value;

    use super::{EXPIRY_KEY, SessionExpiry};
    use crate::clock::Moment;
    use crate::json::Json;
    use crate::sessions::SessionData;

    const TWO_WEEKS: Duration = Duration::from_secs(1_209_600);

    fn json(value: &Value) -> Json {
        Json::parse(&value.to_string()).unwrap()
    }

    #[test]
    fn ends_when_django_ends_it() {
        let vectors: Value =
            serde_json::from_str(include_str!("../../tests/vectors/sessions.json")).unwrap();
        for vector in vectors["session_expiry"].as_array().unwrap() {
            let moment = |key: &str| Moment::from_isoformat(vector[key].as_str().unwrap()).unwrap();
            let mut data = SessionData::default();
            let stored = &vector["stored__session_expiry"];
            if !stored.is_null() {
                data.insert(EXPIRY_KEY, json(stored));
            }
            let now = moment("now");
            assert_eq!(data.expiry_age(now, TWO_WEEKS), vector["get_expiry_age"]);
            assert_eq!(data.expiry_date(now, TWO_WEEKS), moment("get_expiry_date"));
            assert_eq!(
                data.expires_at_browser_close(false),
                vector["get_expire_at_browser_close"]
            );
            let expiry = data.expiry();
            data.set_expiry(expiry);
            assert_eq!(data.get(EXPIRY_KEY).unwrap_or(&Json::Null), &json(stored));
        }
    }

    #[test]
    fn follows_the_settings_again() {
        let mut data = SessionData::default();
        data.set_expiry(Some(SessionExpiry::AtBrowserClose));
        assert!(data.expires_at_browser_close(false));
        data.set_expiry(None);
        assert!(data.is_empty());
        assert!(data.expires_at_browser_close(true));
    }
}
