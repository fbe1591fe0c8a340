//! The user of a request as templates see it, under Django's names.

use std::fmt;
use std::sync::Arc;

use crate::auth::{Group, User, UserAttribute, UserKey};
use crate::clock::{Moment, Zone};
use crate::db::SqlValue;
use crate::templates::value::{
    Error, IDENTITY, Object, ObjectRepr, State, Value, from_field, map, unknown_method,
};
use crate::values::FieldValue;
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
    let pk = || known.map_or_else(|| Value::from(()), |user| pk(&user.pk));
    match name {
        "is_authenticated" => return Ok(Some(Value::from(known.is_some()))),
        "is_anonymous" => return Ok(Some(Value::from(known.is_none()))),
        "pk" => return Ok(Some(pk())),
        "groups" => return groups(user).map(Some),
        // A visitor is not a row, and equal to visitors alone.
        IDENTITY => {
            let model = user.model_key().to_string();
            let identity = |user: &User| Value::from(vec![model, user.pk.text().to_owned()]);
            let none = || Value::from(());
            return Ok(Some(found.as_deref().map_or_else(none, identity)));
        }
        _ => {}
    }
    let fields = user.fields();
    let mut attributes = fields.attributes();
    let kept = attributes.find(|(_, field)| field.field.name == name);
    if let Some((attribute, _)) = kept {
        return Ok(value_of(attribute, known, user.zone()));
    }
    Ok(match name {
        _ if name == fields.key().field.name => Some(pk()),
        "id" => Some(pk()),
        // Visitors have an empty name, as Django's `AnonymousUser`, whatever users have.
        "username" if known.is_none() => Some(Value::from("")),
        // Whoever has no such field is active, and neither staff nor superuser.
        "is_active" => Some(Value::from(known.is_some())),
        "is_staff" | "is_superuser" => Some(Value::from(false)),
        // What else the row of a user has: relations, and fields of a model of one's own.
        _ => match user.row()? {
            Some(row) => row.attribute(name)?,
            None => user.relation_of_visitor(name),
        },
    })
}

/// What templates read of a field; none of a password.
fn value_of(attribute: UserAttribute, known: Option<&User>, zone: &Zone) -> Option<Value> {
    let text = |of: fn(&User) -> &str| Value::from(known.map_or("", of));
    let flag = |of: fn(&User) -> bool| Value::from(known.is_some_and(of));
    let moment = |of: fn(&User) -> Option<Moment>| {
        let found = known.and_then(of);
        from_field(&found.map_or(FieldValue::Null, FieldValue::Moment), zone)
    };
    Some(match attribute {
        UserAttribute::Username => text(|user| &user.username),
        UserAttribute::Email => text(|user| &user.email),
        UserAttribute::FirstName => text(|user| &user.first_name),
        UserAttribute::LastName => text(|user| &user.last_name),
        UserAttribute::IsActive => flag(|user| user.is_active),
        UserAttribute::IsStaff => flag(|user| user.is_staff),
        UserAttribute::IsSuperuser => flag(|user| user.is_superuser),
        UserAttribute::LastLogin => moment(|user| user.last_login),
        UserAttribute::DateJoined => moment(|user| user.date_joined),
        UserAttribute::Password => return None,
    })
}

/// The groups of the user, with what templates may know of them.
fn groups(user: &LazyUser) -> Result<Value, HttpError> {
    let value = |group: Group| {
        let (id, name) = (Value::from(group.pk), Value::from(group.name));
        map([("id", id), ("name", name)])
    };
    Ok(user.groups()?.into_iter().map(value).collect())
}

fn pk(key: &UserKey) -> Value {
    match key.value() {
        SqlValue::Integer(number) => Value::from(*number),
        _ => Value::from(key.text()),
    }
}
