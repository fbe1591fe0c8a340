//! What earlier pages had to say to this client, and what this one says to the next.

use std::sync::{Arc, Mutex, PoisonError};

use crate::http::{Response, SetCookie};
use crate::messages::{self, Message, MessageCodec, level};
use crate::sessions::Session;
use crate::templates::value::{Enumerator, Object, ObjectRepr, Value};
use crate::views::{HttpError, LazySession};

/// The name in the session.
const SESSION_KEY: &str = "_messages";

/// A request's messages; a template that goes through them has shown them.
#[derive(Debug)]
pub struct Messages {
    codec: MessageCodec,
    cookie: Option<String>,
    session: Option<Arc<LazySession>>,
    state: Mutex<MessagesState>,
}

#[derive(Debug, Default)]
struct MessagesState {
    /// Those of earlier pages, once they are read.
    loaded: Option<LoadedMessages>,
    added: Vec<Message>,
    shown: bool,
}

#[derive(Clone, Debug, Default)]
struct LoadedMessages {
    messages: Vec<Message>,
    in_session: bool,
}

impl Messages {
    /// The messages in `cookie`, and where it says so in `session`.
    pub fn new(
        codec: MessageCodec,
        cookie: Option<String>,
        session: Option<Arc<LazySession>>,
    ) -> Self {
        Self {
            codec,
            cookie,
            session,
            state: Mutex::default(),
        }
    }

    /// Has the next page say `message`; those for developers are dropped, as by default in Django.
    pub fn add(&self, message: Message) {
        if message.level >= level::INFO && !message.text.is_empty() {
            self.add_of_any_level(message);
        }
    }

    /// Has the next page say `message`, even where it is for developers.
    pub fn add_of_any_level(&self, message: Message) {
        self.with(|state| state.added.push(message));
    }

    /// All messages, which are not shown by that.
    pub fn peek(&self) -> Vec<Message> {
        self.with(|state| {
            let mut all = self.loaded(state).messages;
            all.extend(state.added.iter().cloned());
            all
        })
    }

    /// All messages, which are then shown.
    pub fn show(&self) -> Vec<Message> {
        self.with(|state| {
            state.shown = true;
            let mut all = self.loaded(state).messages;
            all.append(&mut state.added);
            // What is shown twice on one page is the same twice.
            state
                .loaded
                .get_or_insert_default()
                .messages
                .clone_from(&all);
            all
        })
    }

    /// Whether they were shown, so that they are kept no longer.
    pub fn are_shown(&self) -> bool {
        self.with(|state| state.shown)
    }

    /// Says whether they were shown, whatever a page has done.
    pub fn set_shown(&self, shown: bool) {
        self.with(|state| state.shown = shown);
    }

    /// Whether anybody asked for them, so that the page is for one client.
    pub fn is_read(&self) -> bool {
        self.with(|state| state.shown || state.loaded.is_some())
    }

    fn count(&self) -> usize {
        self.with(|state| self.loaded(state).messages.len() + state.added.len())
    }

    /// Keeps what was not shown: in `cookie`, and what does not fit there in the session.
    pub fn keep(&self, cookie: SetCookie, response: &mut Response) -> Result<(), HttpError> {
        self.with(|state| {
            if !state.shown && state.added.is_empty() {
                return Ok(());
            }
            let loaded = self.loaded(state);
            let mut kept = if state.shown {
                Vec::new()
            } else {
                loaded.messages
            };
            kept.append(&mut state.added);
            let stored = self.store(&kept, cookie, response)?;
            self.store_in_session(&kept[stored..], loaded.in_session)
        })
    }

    /// Puts the first of `kept` into the cookie; returns how many.
    fn store(
        &self,
        kept: &[Message],
        cookie: SetCookie,
        response: &mut Response,
    ) -> Result<usize, HttpError> {
        if kept.is_empty() {
            if self.cookie.is_some() {
                response.set_cookie(cookie.deleted());
            }
            return Ok(0);
        }
        let (value, stored) = self
            .codec
            .encode(kept)
            .map_err(|error| HttpError::internal(error.to_string(), Vec::new()))?;
        response.set_cookie(SetCookie { value, ..cookie });
        Ok(stored)
    }

    fn store_in_session(&self, rest: &[Message], had_some: bool) -> Result<(), HttpError> {
        let Some(session) = self
            .session
            .as_ref()
            .filter(|_| had_some || !rest.is_empty())
        else {
            return Ok(());
        };
        let text = messages::to_session(rest)
            .map_err(|error| HttpError::internal(error.to_string(), Vec::new()))?;
        session.with(|session| match rest {
            [] => drop(session.remove(SESSION_KEY)),
            _ => session.insert(SESSION_KEY, text),
        })?;
        Ok(())
    }

    fn loaded(&self, state: &mut MessagesState) -> LoadedMessages {
        let loaded = state.loaded.get_or_insert_with(|| self.read());
        loaded.clone()
    }

    fn read(&self) -> LoadedMessages {
        let cookie = self
            .cookie
            .as_deref()
            .and_then(|cookie| self.codec.decode(cookie));
        let (mut messages, is_finished) = cookie.unwrap_or((Vec::new(), true));
        let rest = match &self.session {
            // A session that cannot be read has no more to say; whoever needs it will tell.
            Some(session) if !is_finished => session.with(of_session).unwrap_or_default(),
            _ => Vec::new(),
        };
        let in_session = !rest.is_empty();
        messages.extend(rest);
        LoadedMessages {
            messages,
            in_session,
        }
    }

    fn with<T>(&self, work: impl FnOnce(&mut MessagesState) -> T) -> T {
        work(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn of_session(session: &mut Session) -> Vec<Message> {
    let text = session.data().text(SESSION_KEY).unwrap_or_default();
    messages::from_session(text)
}

impl Object for Messages {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Iterable
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        let shown = self.show().into_iter();
        Enumerator::Values(
            shown
                .map(|message| Value::from_object(MessageValue(message)))
                .collect(),
        )
    }

    fn is_true(self: &Arc<Self>) -> bool {
        self.count() > 0
    }
}

/// A message as templates see it: by itself it prints its text.
#[derive(Debug)]
struct MessageValue(Message);

impl Object for MessageValue {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let message = &self.0;
        let text = |is_safe: bool| {
            let text = message.text.clone();
            if is_safe {
                Value::from_safe_string(text)
            } else {
                Value::from(text)
            }
        };
        Some(match key.as_str()? {
            "message" => text(message.is_safe),
            // What the output formatter asks of a value that may be HTML.
            "__html__" if message.is_safe => text(true),
            "level" => Value::from(message.level),
            "level_tag" => Value::from(message.level_tag()),
            "tags" => Value::from(message.tags()),
            "extra_tags" => Value::from(message.extra_tags.clone().unwrap_or_default()),
            _ => return None,
        })
    }

    fn render(self: &Arc<Self>, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.text)
    }
}
