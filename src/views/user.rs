//! Who sent a request, found out when it is first asked.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::auth::{self, Group, Groups, User, UserFields, UserKey, UserPermissions, Users};
use crate::clock::Zone;
use crate::db::{Connections, DatabaseError};
use crate::models::{ModelKey, ModelSet as _};
use crate::query::Query;
use crate::templates::value::Value;
use crate::views::permission_backends::new_visit;
use crate::views::rows::{QueryValue, RowBatch, RowValue, equals, key_value};
use crate::views::{
    AppState, AskedPermission, HttpError, LazySession, PermissionHolder, PermissionSource,
};

/// What is known of a user so far.
#[derive(Default)]
enum CachedUser {
    #[default]
    NotLoaded,
    Anonymous,
    Authenticated(Arc<User>),
}

impl From<Option<Arc<User>>> for CachedUser {
    fn from(user: Option<Arc<User>>) -> Self {
        user.map_or(Self::Anonymous, Self::Authenticated)
    }
}

/// A request's user: asking for it reads the session and the table of users, once.
pub struct LazyUser {
    session: Arc<LazySession>,
    connections: Arc<Connections>,
    state: Arc<AppState>,
    found: Mutex<CachedUser>,
    grants: Mutex<Option<Arc<UserPermissions>>>,
    password_verified: Mutex<Option<Arc<User>>>,
    row: Mutex<Option<RowValue>>,
    /// What the backends of a project know this user by, while it is the same one.
    visit: AtomicU64,
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
            password_verified: Mutex::default(),
            row: Mutex::default(),
            visit: AtomicU64::new(new_visit()),
        }
    }

    /// The user; `None` for one who is not logged in.
    pub fn get(&self) -> Result<Option<Arc<User>>, HttpError> {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        if let CachedUser::NotLoaded = &*found {
            *found = self.find()?.map(Arc::new).into();
        }
        Ok(match &*found {
            CachedUser::Authenticated(user) => Some(Arc::clone(user)),
            CachedUser::NotLoaded | CachedUser::Anonymous => None,
        })
    }

    /// Makes `user`, who gave its password, the one for the rest of the request.
    pub(in crate::views) fn set(&self, user: Option<Arc<User>>) {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        let mut password_verified = self
            .password_verified
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        password_verified.clone_from(&user);
        drop(password_verified);
        *found = user.into();
        self.forget_what_it_may();
    }

    /// Has whoever asks next look into the session again.
    pub fn forget(&self) {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        *found = CachedUser::NotLoaded;
        self.forget_what_it_may();
    }

    /// What is known of the user from before is that of another one.
    fn forget_what_it_may(&self) {
        *self.grants.lock().unwrap_or_else(PoisonError::into_inner) = None;
        *self.row.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.visit.store(new_visit(), Ordering::Relaxed);
    }

    /// The name of the user, if somebody has asked who it is; nothing is read for it.
    pub(super) fn name_if_known(&self) -> Option<String> {
        // Whoever holds the lock is about to find out, and may be what failed.
        match &*self.found.try_lock().ok()? {
            CachedUser::Authenticated(user) => Some(user.username.clone()),
            CachedUser::NotLoaded | CachedUser::Anonymous => None,
        }
    }

    /// Makes `user`, who was found by other means than the session, the one for the rest of the request.
    pub fn authenticate(&self, user: Arc<User>) {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        *found = Some(user).into();
        self.forget_what_it_may();
    }

    /// The user whose password was given with this request.
    pub fn password_verified(&self) -> Option<Arc<User>> {
        let password_verified = self.password_verified.lock();
        password_verified
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The row of the user, read once; none of one who is not logged in.
    pub(in crate::views) fn row(&self) -> Result<Option<RowValue>, HttpError> {
        let Some(user) = self.get()? else {
            return Ok(None);
        };
        let mut kept = self.row.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.is_none() {
            *kept = self.read_row(&user.pk)?;
        }
        Ok(kept.clone())
    }

    fn read_row(&self, key: &UserKey) -> Result<Option<RowValue>, HttpError> {
        let rows = &self.state.rows;
        let Some(model) = rows.registry().user_model() else {
            return Ok(None);
        };
        let query = Query::of(model).filter(equals("pk", &key_value(key)));
        let batch = RowBatch::fetch(rows, &query.slice(0, Some(1)))?;
        Ok((batch.len() > 0).then(|| RowValue::new(batch, 0)))
    }

    /// The relation `name` of one who is not logged in, which leads to no rows; `None` where it is not one to many.
    pub(in crate::views) fn relation_of_visitor(&self, name: &str) -> Option<Value> {
        let rows = &self.state.rows;
        let is_many = rows.leads_users_to_many(name);
        is_many.then(|| Value::from_object(QueryValue::new(rows, None)))
    }

    /// Whether the user has the permission `name`, such as `posts.add_post`.
    pub fn has_perm(&self, name: &str) -> Result<bool, HttpError> {
        self.is_allowed(AskedPermission::Named(name))
    }

    /// Whether the user has any permission in the app of this label.
    pub fn has_module_perms(&self, label: &str) -> Result<bool, HttpError> {
        self.is_allowed(AskedPermission::InApp(label))
    }

    /// The names of all that the user may do.
    pub(super) fn permission_names(
        &self,
        source: PermissionSource,
    ) -> Result<BTreeSet<String>, HttpError> {
        if let Some(backends) = &self.state.permission_backends {
            return backends.names(&self.holder(self.get()?.as_deref()), source);
        }
        let grants = self.grants()?;
        Ok(match source {
            PermissionSource::User => grants.user_permissions().clone(),
            PermissionSource::Group => grants.group_permissions().clone(),
            PermissionSource::All => grants.user_permissions() | grants.group_permissions(),
        })
    }

    /// Whether the user may do what is asked, without a query for those who have every permission or none.
    fn is_allowed(&self, asked: AskedPermission<'_>) -> Result<bool, HttpError> {
        let user = self.get()?;
        if user.as_ref().is_some_and(|user| user.is_active_superuser()) {
            return Ok(true);
        }
        if let Some(backends) = &self.state.permission_backends {
            return backends.allows(&self.holder(user.as_deref()), asked);
        }
        if user.is_none() {
            return Ok(false);
        }
        let grants = self.grants()?;
        Ok(match asked {
            AskedPermission::Named(name) => grants.has_perm(name),
            AskedPermission::InApp(label) => grants.has_module_perms(label),
        })
    }

    fn holder(&self, user: Option<&User>) -> PermissionHolder {
        PermissionHolder {
            key: user.map(|user| user.pk.text().to_owned()),
            visit: self.visit.load(Ordering::Relaxed),
        }
    }

    /// What the tables of permissions give the user, read once; backends of the project may give more.
    pub fn grants(&self) -> Result<Arc<UserPermissions>, HttpError> {
        let user = self.get()?;
        let mut kept = self.grants.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(grants) = &*kept {
            return Ok(Arc::clone(grants));
        }
        let grants = match &user {
            Some(user) => self.query(|users| users.permissions_of(user))?,
            None => UserPermissions::default(),
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

    /// Where the user model keeps what is known of a user.
    pub(super) fn fields(&self) -> &UserFields {
        self.state.users.fields()
    }

    /// The key of the model of users.
    pub(in crate::views) fn model_key(&self) -> &ModelKey {
        self.state.rows.registry().user_model_key()
    }

    /// The time zone that moments are shown in.
    pub(in crate::views) fn zone(&self) -> &Zone {
        self.state.rows.registry().time_zone()
    }

    /// Tells the log what kept a question from being answered.
    pub(super) fn log(&self, error: &HttpError) {
        self.state.log.error(error.to_template_error().to_string());
    }

    /// The groups of the user; none of one who is not logged in.
    pub(super) fn groups(&self) -> Result<Vec<Group>, HttpError> {
        let (Some(user), Some(tables)) = (self.get()?, self.state.users.permission_tables()) else {
            return Ok(Vec::new());
        };
        let groups = self
            .connections
            .with(|connection| Groups::new(connection, tables).of_user(&user.pk))?;
        Ok(groups)
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
}

impl fmt::Debug for LazyUser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LazyUser(..)")
    }
}
