//! The user of a request as templates see it, under Django's names.

use std::fmt;
use std::sync::Arc;

use crate::auth::{Group, User};
use crate::templates::value::{Error, Object, ObjectRepr, State, Value, map, unknown_method};
use crate::views::{HttpError, LazyUser, permissions};

impl Object for LazyUser {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        match attribute(self, key.as_str()?) {
            Ok(value) => value,
            Err(error) => Some(error.to_template_error().into()),
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
        let user = self.get().map_err(|error| error.to_template_error())?;
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

fn attribute(user: &LazyUser, name: &str) -> Result<Option<Value>, HttpError> {
    let found = user.get()?;
    let known = found.as_deref();
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
        "groups" => groups(user)?,
        _ => return Ok(None),
    }))
}

/// The groups of the user, with what templates may know of them.
fn groups(user: &LazyUser) -> Result<Value, HttpError> {
    let value = |group: Group| {
        let (id, name) = (Value::from(group.pk), Value::from(group.name));
        map([("id", id), ("name", name)])
    };
    Ok(user.groups()?.into_iter().map(value).collect())
}

fn pk(text: &str) -> Value {
    text.parse::<i64>()
        .map_or_else(|_| Value::from(text), Value::from)
}
