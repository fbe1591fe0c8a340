//! Who sent a request, found out when it is first asked.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use crate::auth::{self, Grants, User, Users};
use crate::db::{Connections, DatabaseError};
use crate::templates::value::{
    Error, ErrorKind, Object, ObjectRepr, State, Value, map, unknown_method,
};
use crate::views::{AppState, HttpError, LazySession, permissions};

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
    state: Arc<AppState>,
    found: Mutex<Found>,
    grants: Mutex<Option<Arc<Grants>>>,
    proven: Mutex<Option<Arc<User>>>,
}

impl LazyUser {
    /// The user that `session` names.
    pub fn new(
        session: Arc<LazySession>,
        connections: Arc<Connections>,
        state: Arc<AppState>,
    ) -> Self {
        Self {
            session,
            connections,
            state,
            found: Mutex::default(),
            grants: Mutex::default(),
            proven: Mutex::default(),
        }
    }

    /// The user; `None` for one who is not logged in.
    pub fn get(&self) -> Result<Option<Arc<User>>, HttpError> {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        if let Found::NotAsked = &*found {
            *found = self.find()?.map(Arc::new).into();
        }
        Ok(match &*found {
            Found::User(user) => Some(Arc::clone(user)),
            Found::NotAsked | Found::Anonymous => None,
        })
    }

    /// Makes `user`, who gave its password, the one for the rest of the request.
    pub(in crate::views) fn set(&self, user: Option<Arc<User>>) {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        let mut proven = self.proven.lock().unwrap_or_else(PoisonError::into_inner);
        proven.clone_from(&user);
        drop(proven);
        *found = user.into();
        *self.grants.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// The user whose password was given with this request.
    pub fn proven(&self) -> Option<Arc<User>> {
        let proven = self.proven.lock();
        proven.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether the user has the permission `name`, such as `posts.add_post`.
    pub fn has_perm(&self, name: &str) -> Result<bool, HttpError> {
        self.may(|grants| grants.has(name))
    }

    /// Whether the user has any permission in the app of this label.
    pub fn has_module_perms(&self, label: &str) -> Result<bool, HttpError> {
        self.may(|grants| grants.has_module(label))
    }

    /// What `asked` says, without a query for those who may do everything or nothing.
    fn may(&self, asked: impl FnOnce(&Grants) -> bool) -> Result<bool, HttpError> {
        match self.get()? {
            None => Ok(false),
            Some(user) if user.may_everything() => Ok(true),
            Some(_) => Ok(asked(&*self.grants()?)),
        }
    }

    /// What the user may do, read once.
    pub fn grants(&self) -> Result<Arc<Grants>, HttpError> {
        let user = self.get()?;
        let mut kept = self.grants.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(grants) = &*kept {
            return Ok(Arc::clone(grants));
        }
        let grants = match &user {
            Some(user) => self.query(|users| users.grants(user))?,
            None => Grants::default(),
        };
        Ok(Arc::clone(kept.insert(Arc::new(grants))))
    }

    fn query<T>(
        &self,
        work: impl FnOnce(&Users<'_>) -> Result<T, DatabaseError>,
    ) -> Result<T, DatabaseError> {
        self.connections
            .with(|connection| work(&Users::new(connection, &self.state.users)))
    }

    /// Tells the log what kept a question from being answered.
    pub(super) fn log(&self, error: &HttpError) {
        self.state.log.error(broken(error).to_string());
    }

    fn groups(&self) -> Result<Value, HttpError> {
        let Some(user) = self.get()? else {
            return Ok(Vec::<Value>::new().into());
        };
        let groups = self.query(|users| users.groups(&user))?.into_iter();
        Ok(groups
            .map(|(id, name)| map([("id", Value::from(id)), ("name", Value::from(name))]))
            .collect())
    }

    fn find(&self) -> Result<Option<User>, HttpError> {
        let (table, keys) = (&self.state.users, &self.state.keys);
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

    fn attribute(&self, name: &str) -> Result<Option<Value>, HttpError> {
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
            "groups" => self.groups()?,
            _ => return Ok(None),
        }))
    }
}

fn pk(text: &str) -> Value {
    text.parse::<i64>()
        .map_or_else(|_| Value::from(text), Value::from)
}

pub(super) fn broken(error: &HttpError) -> Error {
    let message = match error {
        HttpError::Internal(problem) => problem.messages.join(": "),
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
            Err(error) => Some(broken(&error).into()),
        }
    }

    fn call_method(
        self: &Arc<Self>,
        _: &mut State<'_, '_>,
        method: &str,
        args: &[Value],
    ) -> Result<Value, Error> {
        if let Some(answer) = permissions::method(self, method, args) {
            return answer;
        }
        let user = self.get().map_err(|error| broken(&error))?;
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
