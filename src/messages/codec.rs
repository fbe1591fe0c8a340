//! Messages as a cookie and the session hold them (`django.contrib.messages.storage`).

use serde_json::{Value, json};

use crate::clock::Moment;
use crate::json::to_compact;
use crate::messages::Message;
use crate::signing::{COOKIE_KEY_PREFIX, SecretKeys, SigningError, TimestampSigner};

/// Characters of a cookie's value, so that other cookies have room beside it.
pub const MAX_SIZE: usize = 2048;

const SALT: &str = "django.contrib.messages";

/// Marks a message in JSON.
const MESSAGE_MARKER: &str = "__json_message";

/// Stands at the end of a cookie whose last messages are in the session.
const NOT_FINISHED: &str = "__messagesnotfinished__";

/// Writes and reads the cookie.
#[derive(Debug)]
pub struct MessageCodec(TimestampSigner);

impl MessageCodec {
    /// Signs with `keys`.
    pub fn new(keys: &SecretKeys) -> Self {
        Self(TimestampSigner::new(
            &keys.prefixed(COOKIE_KEY_PREFIX),
            SALT,
        ))
    }

    /// Takes `now` for the current moment.
    #[must_use]
    pub fn at(self, now: Moment) -> Self {
        Self(self.0.at(now))
    }

    /// The value of a cookie with as many of `messages`, from the first on, as fit; also how many these are.
    pub fn encode(&self, messages: &[Message]) -> Result<(String, usize), SigningError> {
        let whole = self.sign(messages, true)?;
        if whole.len() <= MAX_SIZE {
            return Ok((whole, messages.len()));
        }
        let (mut fit, mut too_many) = (0, messages.len());
        while fit + 1 < too_many {
            let middle = fit.midpoint(too_many);
            if self.sign(&messages[..middle], false)?.len() <= MAX_SIZE {
                fit = middle;
            } else {
                too_many = middle;
            }
        }
        Ok((self.sign(&messages[..fit], false)?, fit))
    }

    /// The messages in a cookie, and whether these are all; `None` for a cookie that nobody here signed.
    pub fn decode(&self, cookie: &str) -> Option<(Vec<Message>, bool)> {
        let mut items: Vec<Value> = self.0.unsign_object(cookie, None).ok()?;
        let is_finished = items.last() != Some(&json!(NOT_FINISHED));
        if !is_finished {
            items.pop();
        }
        Some((items.iter().filter_map(from_json).collect(), is_finished))
    }

    fn sign(&self, messages: &[Message], is_finished: bool) -> Result<String, SigningError> {
        let mut items: Vec<_> = messages.iter().map(to_json).collect();
        if !is_finished {
            items.push(json!(NOT_FINISHED));
        }
        self.0.sign_object(&items, true)
    }
}

/// `messages` as the session keeps them: JSON in a string.
pub fn to_session(messages: &[Message]) -> Result<String, SigningError> {
    let items: Vec<_> = messages.iter().map(to_json).collect();
    to_compact(&items).map_err(|_| SigningError::Payload)
}

/// Reads what [`to_session`] wrote; nothing from anything else.
pub fn from_session(text: &str) -> Vec<Message> {
    let items: Vec<Value> = serde_json::from_str(text).unwrap_or_default();
    items.iter().filter_map(from_json).collect()
}

fn to_json(message: &Message) -> Value {
    let mut items = vec![
        json!(MESSAGE_MARKER),
        json!(i32::from(message.is_safe)),
        json!(message.level),
        json!(message.text),
    ];
    items.extend(message.extra_tags.as_ref().map(|tags| json!(tags)));
    Value::Array(items)
}

fn from_json(item: &Value) -> Option<Message> {
    let items = item
        .as_array()
        .filter(|items| items.first() == Some(&json!(MESSAGE_MARKER)))?;
    Some(Message {
        is_safe: items.get(1)? != &json!(0),
        level: items.get(2)?.as_i64()?,
        text: items.get(3)?.as_str()?.to_owned(),
        extra_tags: items.get(4).and_then(Value::as_str).map(ToOwned::to_owned),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{MAX_SIZE, MessageCodec, from_session, to_session};
    use crate::clock::Moment;
    use crate::messages::Message;
    use crate::signing::SecretKeys;

    const KEY: &str = "django-insecure-test-key-0123456789abcdefghijklmnopqrstuvwxyzABCDEF";

    fn codec() -> MessageCodec {
        MessageCodec::new(&SecretKeys::new(KEY, Vec::new()))
            .at(Moment::from_unix_seconds(1_700_000_000))
    }

    fn message(value: &Value) -> Message {
        Message {
            level: value[0].as_i64().unwrap(),
            text: value[1].as_str().unwrap().to_owned(),
            is_safe: value[3] == true,
            extra_tags: value[2].as_str().map(ToOwned::to_owned),
        }
    }

    #[test]
    fn reads_and_writes_the_cookies_of_django() {
        let text = include_str!("../../tests/vectors/messages.json");
        let cases: Vec<Value> = serde_json::from_str(text).unwrap();
        let mut compared = 0;
        for case in &cases {
            let Some(messages) = case["messages"].as_array() else {
                continue;
            };
            let messages: Vec<_> = messages.iter().map(message).collect();
            let Some(cookie) = case["cookie_value"].as_str() else {
                continue;
            };
            assert_eq!(
                codec().decode(cookie),
                Some((messages.clone(), true)),
                "{case}"
            );
            let (own, _) = codec().encode(&messages).unwrap();
            assert_eq!(codec().decode(&own), Some((messages.clone(), true)));
            if !cookie.starts_with('.') {
                assert_eq!(own, cookie);
            }
            let session = case["session_value(_messages)"].as_str().unwrap();
            assert_eq!(from_session(session), messages);
            assert_eq!(from_session(&to_session(&messages).unwrap()), messages);
            compared += 1;
        }
        assert!(compared > 5);
    }

    #[test]
    fn a_cookie_holds_the_first_messages_that_fit() {
        let noise =
            |seed: usize| crate::crypto::random_string(300 + seed, crate::crypto::ALPHANUMERIC);
        let messages: Vec<_> = (0..20).map(|seed| Message::new(20, noise(seed))).collect();
        let (cookie, fit) = codec().encode(&messages).unwrap();
        assert!(cookie.len() <= MAX_SIZE && fit > 2, "{fit}");
        assert_eq!(
            codec().decode(&cookie),
            Some((messages[..fit].to_vec(), false))
        );
    }

    #[test]
    fn a_cookie_that_was_changed_says_nothing() {
        let (cookie, _) = codec().encode(&[Message::new(20, "x")]).unwrap();
        assert_eq!(codec().decode(&format!("{cookie}x")), None);
        assert_eq!(codec().decode(""), None);
        assert_eq!(from_session("no json"), []);
    }
}
