//! Permissions in templates: `perms.posts.add_post`, and the methods of `user` that ask for them.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use crate::auth::UserPermissions;
use crate::templates::value::{Enumerator, Error, ErrorKind, Object, Value};
use crate::views::{HttpError, LazyUser};

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
        "get_user_permissions" => list(user, |grants| grants.user_permissions().clone()),
        "get_group_permissions" => list(user, |grants| grants.group_permissions().clone()),
        "get_all_permissions" => list(user, |grants| {
            grants.user_permissions() | grants.group_permissions()
        }),
        _ => return None,
    })
}

fn list(user: &LazyUser, names: fn(&UserPermissions) -> BTreeSet<String>) -> Result<Value, Error> {
    let grants = user.grants().map_err(|error| error.to_template_error())?;
    Ok(names(&grants).into_iter().map(Value::from).collect())
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
///
/// What is not granted is undefined rather than false: so `"posts.add_post" in perms` is right too.
struct Perms(Arc<LazyUser>);

impl Object for Perms {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let name = key.as_str()?;
        if name.contains('.') {
            return self.0.granted(self.0.has_perm(name));
        }
        match self.0.has_module_perms(name) {
            Ok(true) => Some(Value::from_object(ModulePerms {
                user: Arc::clone(&self.0),
                label: name.to_owned(),
            })),
            other => self.0.granted(other),
        }
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
        self.user.granted(self.user.has_perm(&name))
    }

    /// Without end, and so true.
    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::NonEnumerable
    }
}

impl LazyUser {
    /// True, or undefined; a error is logged and grants nothing.
    ///
    /// As a value it would pass for a granted permission in `"posts.add_post" in perms`.
    fn granted(&self, answer: Result<bool, HttpError>) -> Option<Value> {
        let granted = answer.unwrap_or_else(|error| {
            self.log(&error);
            false
        });
        granted.then(|| Value::from(true))
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
