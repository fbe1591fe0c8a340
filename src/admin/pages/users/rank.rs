//! Who may change users may not make anybody more than they are themselves.
//!
//! Django lets whoever has the permission to change users make themselves superusers. Here only superusers change
//! superusers and make some; others give only the permissions that they have, and change no user who has more.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::admin::pages::AdminRequest;
use crate::auth::{
    GrantedPermissions, Grantee, Group, Groups, PermissionRow, PermissionTables, User,
    UserAttribute, UserPermissions, Users,
};
use crate::db::{Connection, DatabaseError};
use crate::forms::{FormValue, ModelForm, ValidationError};
use crate::models::{ModelKey, ModelSet as _};
use crate::values::{FieldValue, to_text};
use crate::views::{HttpError, RowValue};

/// What the form says of what somebody cannot give.
const REFUSED: &str = "You can only give permissions that you have yourself:";

impl AdminRequest<'_, '_> {
    /// Whether the user in `row` may do something that who asks may not; nobody outranks themselves.
    pub(in crate::admin) fn is_outranked_by(&self, row: &RowValue) -> Result<bool, HttpError> {
        let key = row.instance().map(|row| to_text(row.key()));
        let key = key.unwrap_or_default();
        if self.user.is_active_superuser() || self.user.pk.text() == key {
            return Ok(false);
        }
        let users = &self.request.state.users;
        let theirs = self.request.connections.with(|connection| {
            let users = Users::new(connection, users);
            let Some(user) = users.by_pk(&key)? else {
                return Ok(None);
            };
            // Whoever may change a user may make it active.
            let user = User {
                is_active: true,
                ..user
            };
            let permissions = users.permissions_of(&user)?;
            Ok::<_, DatabaseError>(Some((user.is_superuser, permissions)))
        })?;
        let Some((is_superuser, theirs)) = theirs else {
            return Ok(false);
        };
        let own = self.request.user()?.grants()?;
        let has_more = |names: &BTreeSet<String>| names.iter().any(|name| !own.has_perm(name));
        let has_more_rights =
            has_more(theirs.user_permissions()) || has_more(theirs.group_permissions());
        Ok(is_superuser || has_more_rights)
    }

    /// Adds an error to each field of the form that would give somebody what who asks does not have, and to the form of a
    /// user who has more than that.
    pub(in crate::admin::pages) fn refuse_escalation(
        &self,
        form: &mut ModelForm,
    ) -> Result<(), HttpError> {
        let model = Arc::clone(form.instance.model());
        let registry = &self.request.state.models;
        let is_user = model.is(registry.user_model_key());
        let tables = self.request.state.users.permission_tables();
        let Some(tables) = tables.filter(|_| !self.user.is_active_superuser()) else {
            return Ok(());
        };
        if is_user {
            self.refuse_superuser(form);
            let is_changed = !form.is_new() && form.form.has_changed();
            let row = RowValue::alone(&self.request.state.rows, form.instance.clone())?;
            if is_changed && self.is_outranked_by(&row)? {
                let message = "You cannot change a user who has permissions that you lack.";
                let error = ValidationError::new(message, "escalation");
                form.form.add_non_field_error(error, "");
            }
        }
        let own = self.request.user()?.grants()?;
        let fields = model.fields.iter();
        let fields = fields.filter_map(|field| Some((field, field.many_to_many()?)));
        for (field, many) in fields {
            let target = many.to.resolve(registry.user_model_key());
            let sent = match form.form.value(&field.name) {
                Some(FormValue::List(keys)) => keys.iter().filter_map(key_number).collect(),
                _ => continue,
            };
            let given = GivenRights {
                tables,
                own: &own,
                sent,
            };
            let key = to_text(form.instance.key());
            let refused = self.request.connections.with(|connection| {
                if *target == ModelKey::new("auth", "Permission") {
                    given.permissions(connection, self, is_user, &key)
                } else if *target == ModelKey::new("auth", "Group") && is_user {
                    given.groups(connection, self, &key)
                } else {
                    Ok(Vec::new())
                }
            })?;
            if !refused.is_empty() {
                let message = format!("{REFUSED} {}.", refused.join(", "));
                let error = ValidationError::new(message, "escalation");
                form.form.add_error(&field.name, error);
            }
        }
        Ok(())
    }

    /// Refuses to make somebody a superuser: only who is one may.
    fn refuse_superuser(&self, form: &mut ModelForm) {
        let users = &self.request.state.users;
        let Some(field) = users.fields().get(UserAttribute::IsSuperuser) else {
            return;
        };
        let name = &field.field.name;
        let is_changed = form.form.changed_data().contains(&name.as_str());
        if is_changed && form.form.checked(name) {
            let message = "Only superusers can make somebody a superuser.";
            let error = ValidationError::new(message, "escalation");
            form.form.add_error(name, error);
        }
    }

    fn target(&self, connection: &Connection, key: &str) -> Result<Option<User>, DatabaseError> {
        Users::new(connection, &self.request.state.users).by_pk(key)
    }
}

/// What a form gives, and what who sends it has.
struct GivenRights<'g> {
    tables: &'g PermissionTables,
    own: &'g UserPermissions,
    /// The keys that were chosen.
    sent: BTreeSet<i64>,
}

impl GivenRights<'_> {
    /// The permissions that are new for the user or group with this key, and that the giver lacks.
    fn permissions(
        &self,
        connection: &Connection,
        request: &AdminRequest<'_, '_>,
        is_user: bool,
        key: &str,
    ) -> Result<Vec<String>, DatabaseError> {
        let granted = GrantedPermissions::new(connection, self.tables);
        let had = if is_user {
            let user = request.target(connection, key)?;
            user.map(|user| granted.of(Grantee::User(&user.pk)))
        } else {
            let group = key.parse().ok().map(|pk| Group {
                pk,
                name: String::new(),
            });
            group.map(|group| granted.of(Grantee::Group(&group)))
        };
        let had = had.transpose()?.unwrap_or_default();
        let is_refused = |row: &PermissionRow| {
            let is_new = !had.iter().any(|known| known.pk == row.pk);
            is_new && self.sent.contains(&row.pk) && !self.own.has_perm(&row.permission)
        };
        let all = granted.all()?.into_iter();
        let refused = all.filter(is_refused);
        Ok(refused.map(|row| row.permission).collect())
    }

    /// The permissions of groups that are new for the user with this key, and that the giver lacks.
    fn groups(
        &self,
        connection: &Connection,
        request: &AdminRequest<'_, '_>,
        key: &str,
    ) -> Result<Vec<String>, DatabaseError> {
        let had = match request.target(connection, key)? {
            Some(user) => Groups::new(connection, self.tables).of_user(&user.pk)?,
            None => Vec::new(),
        };
        let granted = GrantedPermissions::new(connection, self.tables);
        let is_new = |pk: &&i64| !had.iter().any(|known| known.pk == **pk);
        let mut refused = BTreeSet::new();
        for pk in self.sent.iter().filter(is_new) {
            let name = String::new();
            let of_group = granted.of(Grantee::Group(&Group { pk: *pk, name }))?;
            let names = of_group.into_iter().map(|row| row.permission);
            refused.extend(names.filter(|name| !self.own.has_perm(name)));
        }
        Ok(refused.into_iter().collect())
    }
}

fn key_number(value: &FieldValue) -> Option<i64> {
    match value {
        FieldValue::Integer(number) => Some(*number),
        value => to_text(value).parse().ok(),
    }
}
