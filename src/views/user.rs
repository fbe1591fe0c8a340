//! Who sent a request, found out when it is first asked.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use crate::auth::{self, User, Users};
use crate::templates::value::{Error, ErrorKind, Object, ObjectRepr, State, Value, unknown_method};
use crate::views::{Connections, Failure, LazySession, Site};

/// What is known of a user so far.
#[derive(Default)]
enum Found {
    #[default]
    NotAsked,
    Anonymous,
    User(Arc<User>),
}

impl From<Option<Arc<User>>> for Found {
    fn from(user: Option<Arc<User>>) -> Self {
        user.map_or(Self::Anonymous, Self::User)
    }
}

/// A request's user: asking for it reads the session and the table of users, once.
pub struct LazyUser {
    session: Arc<LazySession>,
    connections: Arc<Connections>,
    site: Arc<Site>,
    found: Mutex<Found>,
}

impl LazyUser {
    /// The user that `session` names.
    pub fn new(session: Arc<LazySession>, connections: Arc<Connections>, site: Arc<Site>) -> Self {
        Self {
            session,
            connections,
            site,
            found: Mutex::default(),
        }
    }

    /// The user; `None` for one who is not logged in.
    pub fn get(&self) -> Result<Option<Arc<User>>, Failure> {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        if let Found::NotAsked = &*found {
            *found = self.find()?.map(Arc::new).into();
        }
        Ok(match &*found {
            Found::User(user) => Some(Arc::clone(user)),
            Found::NotAsked | Found::Anonymous => None,
        })
    }

    /// Makes `user` the one for the rest of the request.
    pub(super) fn set(&self, user: Option<Arc<User>>) {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        *found = user.into();
    }

    fn find(&self) -> Result<Option<User>, Failure> {
        let (table, keys) = (&self.site.users, &self.site.keys);
        let found = self.session.with(|session| {
            // An anonymous visitor costs no connection.
            if session.data().is_empty() {
                return Ok(None);
            }
            self.connections.with(|connection| {
                auth::session_user(session, &Users::new(connection, table), keys)
            })
        });
        Ok(found??)
    }

    fn attribute(&self, name: &str) -> Result<Option<Value>, Failure> {
        let user = self.get()?;
        let known = user.as_deref();
        let text = |of: fn(&User) -> &str| Value::from(known.map_or("", of));
        let flag = |of: fn(&User) -> bool| Value::from(known.is_some_and(of));
        Ok(Some(match name {
            "is_authenticated" => Value::from(known.is_some()),
            "is_anonymous" => Value::from(known.is_none()),
            "id" | "pk" => known.map_or_else(|| Value::from(()), |user| pk(&user.pk)),
            "username" => text(|user| &user.username),
            "email" => text(|user| &user.email),
            "first_name" => text(|user| &user.first_name),
            "last_name" => text(|user| &user.last_name),
            "is_active" => flag(|user| user.is_active),
            "is_staff" => flag(|user| user.is_staff),
            "is_superuser" => flag(|user| user.is_superuser),
            "last_login" => known
                .and_then(|user| user.last_login)
                .map_or_else(|| Value::from(()), |moment| Value::from(moment.to_sql())),
            _ => return Ok(None),
        }))
    }
}

fn pk(text: &str) -> Value {
    text.parse::<i64>()
        .map_or_else(|_| Value::from(text), Value::from)
}

fn broken(failure: &Failure) -> Error {
    let message = match failure {
        Failure::Internal(problem) => problem.messages.join(": "),
        other => format!("{other:?}"),
    };
    Error::new(ErrorKind::InvalidOperation, message)
}

impl Object for LazyUser {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        match self.attribute(key.as_str()?) {
            Ok(value) => value,
            Err(failure) => Some(broken(&failure).into()),
        }
    }

    fn call_method(
        self: &Arc<Self>,
        _: &mut State<'_, '_>,
        method: &str,
        _: &[Value],
    ) -> Result<Value, Error> {
        let user = self.get().map_err(|failure| broken(&failure))?;
        let user = user.as_deref();
        match method {
            "get_username" => Ok(Value::from(user.map_or("", |user| &user.username))),
            "get_full_name" => Ok(Value::from(user.map_or_else(String::new, User::full_name))),
            "get_short_name" => Ok(Value::from(user.map_or("", |user| &user.first_name))),
            _ => Err(unknown_method("user", method)),
        }
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let user = self.get().map_err(|_| fmt::Error)?;
        f.write_str(
            user.as_deref()
                .map_or("AnonymousUser", |user| &user.username),
        )
    }
}

impl fmt::Debug for LazyUser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LazyUser(..)")
    }
}
