//! Permissions in templates: `perms.posts.add_post`, and the methods of `user` that ask for them.

use std::fmt;
use std::sync::Arc;

use crate::templates::value::{Enumerator, Error, ErrorKind, Object, Value, asked_item};
use crate::views::{HttpError, LazyUser, PermissionSource};

/// Django's `perms`, for the user of a request.
pub(super) fn perms(user: &Arc<LazyUser>) -> Value {
    Value::from_object(Perms(Arc::clone(user)))
}

/// The answer to a method of `user` about permissions; `None` where `method` is another.
pub(super) fn method(
    user: &LazyUser,
    method: &str,
    args: &[Value],
) -> Option<Result<Value, Error>> {
    Some(match method {
        "has_perm" => named(method, args, |name| user.has_perm(name)),
        "has_perms" => has_perms(user, args),
        "has_module_perms" => named(method, args, |label| user.has_module_perms(label)),
        "get_user_permissions" => list(user, PermissionSource::User),
        "get_group_permissions" => list(user, PermissionSource::Group),
        "get_all_permissions" => list(user, PermissionSource::All),
        _ => return None,
    })
}

fn list(user: &LazyUser, source: PermissionSource) -> Result<Value, Error> {
    let names = user.permission_names(source);
    let names = names.map_err(|error| error.to_template_error())?;
    Ok(names.into_iter().map(Value::from).collect())
}

fn named(
    method: &str,
    args: &[Value],
    asked: impl FnOnce(&str) -> Result<bool, HttpError>,
) -> Result<Value, Error> {
    let Some(name) = args.first().and_then(Value::as_str) else {
        let message = format!("`user.{method}` takes a text, such as \"posts.add_post\"");
        return Err(Error::new(ErrorKind::InvalidOperation, message));
    };
    asked(name)
        .map(Value::from)
        .map_err(|error| error.to_template_error())
}

fn has_perms(user: &LazyUser, args: &[Value]) -> Result<Value, Error> {
    // A text is a list of letters: all of none of them would be granted.
    let names = args.first().filter(|names| names.as_str().is_none());
    let Some(names) = names.and_then(|names| names.try_iter().ok()) else {
        let message = "`user.has_perms` takes a list of permissions";
        return Err(Error::new(ErrorKind::InvalidOperation, message));
    };
    for name in names {
        if !named("has_perms", &[name], |name| user.has_perm(name))?.is_true() {
            return Ok(Value::from(false));
        }
    }
    Ok(Value::from(true))
}

/// `perms`: an attribute is the permissions in the app of that label.
struct Perms(Arc<LazyUser>);

impl Object for Perms {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        if let Some(name) = asked_item(key) {
            let name = name.as_str()?;
            let answer = if name.contains('.') {
                self.0.has_perm(name)
            } else {
                self.0.has_module_perms(name)
            };
            return Some(self.0.granted(answer));
        }
        let (user, label) = (Arc::clone(&self.0), key.as_str()?.to_owned());
        Some(Value::from_object(ModulePerms { user, label }))
    }

    /// Without end, and so true.
    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::NonEnumerable
    }
}

/// `perms.posts`: an attribute is whether the user has that permission.
struct ModulePerms {
    user: Arc<LazyUser>,
    label: String,
}

impl Object for ModulePerms {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let name = format!("{}.{}", self.label, key.as_str()?);
        Some(self.user.granted(self.user.has_perm(&name)))
    }

    /// Whether the user has a permission in the app.
    fn is_true(self: &Arc<Self>) -> bool {
        let answer = self.user.has_module_perms(&self.label);
        self.user.granted(answer).is_true()
    }

    /// Without end, and so true.
    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::NonEnumerable
    }
}

impl LazyUser {
    /// The answer; an error is logged and grants nothing.
    fn granted(&self, answer: Result<bool, HttpError>) -> Value {
        Value::from(answer.unwrap_or_else(|error| {
            self.log(&error);
            false
        }))
    }
}

impl fmt::Debug for Perms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Perms(..)")
    }
}

impl fmt::Debug for ModulePerms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ModulePerms({})", self.label)
    }
}
