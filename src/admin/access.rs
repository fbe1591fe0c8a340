//! What somebody may do with the rows of a model (`ModelAdmin.has_*_permission`).

use crate::admin::options::ModelAdmin;
use crate::admin::pages::{AdminRequest, has_composite_key};
use crate::models::Model;
use crate::templates::Context;
use crate::templates::value::Value;
use crate::views::{HttpError, RowValue, render_named};

/// What somebody may do with the rows of a model, or with one of them.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct ModelPermissions {
    /// Look at them: also whoever may change them.
    pub(super) view: bool,
    /// Add one.
    pub(super) add: bool,
    /// Change them.
    pub(super) change: bool,
    /// Delete them.
    pub(super) delete: bool,
}

impl ModelPermissions {
    /// Whether anything at all is allowed.
    pub(super) fn any(self) -> bool {
        self.view || self.add || self.change || self.delete
    }
}

impl AdminRequest<'_, '_> {
    /// What who asks may do with the rows of `admin`, or with `row`.
    pub(super) fn permissions(
        &self,
        admin: &ModelAdmin,
        row: Option<&RowValue>,
    ) -> Result<ModelPermissions, HttpError> {
        let may_change = self.may(admin, "change", row)?;
        // A key of several columns is shown and not changed: no form of a row has such a field.
        let is_editable = !has_composite_key(&admin.model);
        let has_more_rights = match row.filter(|_| admin.is_user_model) {
            Some(row) => self.is_outranked_by(row)?,
            None => false,
        };
        let is_free = is_editable && !has_more_rights;
        Ok(ModelPermissions {
            view: may_change || self.may(admin, "view", row)?,
            // Who makes a user goes on to its form, as in Django.
            add: is_editable
                && (may_change || !admin.is_user_model)
                && self.may(admin, "add", None)?,
            delete: is_free && self.may(admin, "delete", row)?,
            change: is_free && may_change,
        })
    }

    /// What who asks may do with rows of `model` on the page of another row: what the permissions of the model say, and
    /// the rules of its own pages where it has some.
    pub(super) fn inline_permissions(&self, model: &Model) -> Result<ModelPermissions, HttpError> {
        if let Some(admin) = self.site.get(&model.key()) {
            return self.permissions(admin, None);
        }
        let user = self.request.user()?;
        let name = model.name.to_lowercase();
        let may = |action: &str| user.has_perm(&format!("{}.{action}_{name}", model.app_label));
        let change = may("change")?;
        Ok(ModelPermissions {
            view: change || may("view")?,
            add: may("add")?,
            delete: may("delete")?,
            change,
        })
    }

    /// Refuses with 403 unless `is_allowed`.
    pub(super) fn require(&self, is_allowed: bool) -> Result<(), HttpError> {
        if is_allowed {
            return Ok(());
        }
        let name = &self.user.username;
        let message = format!("`{name}` lacks the permission for this page of the admin");
        Err(HttpError::Forbidden(message))
    }

    /// Whether the permission of the model and the rule of the file both allow `action`.
    pub(super) fn may(
        &self,
        admin: &ModelAdmin,
        action: &str,
        row: Option<&RowValue>,
    ) -> Result<bool, HttpError> {
        let user = self.request.user()?;
        if !user.has_perm(&admin.permission(action))? {
            return Ok(false);
        }
        self.is_ruled_in(admin, action, row)
    }

    /// Whether the rule of the file for `action`, if there is one, allows it.
    pub(super) fn is_ruled_in(
        &self,
        admin: &ModelAdmin,
        action: &str,
        row: Option<&RowValue>,
    ) -> Result<bool, HttpError> {
        let mut rules = admin.rules.0.iter();
        let Some(rule) = rules.find(|rule| rule.action == action) else {
            return Ok(true);
        };
        let object = row.map_or_else(|| Value::from(()), |row| Value::from_object(row.clone()));
        let context = Context::default().with("object", object);
        let answer = render_named(self.request, &rule.template.name, context)?;
        Ok(!matches!(
            answer.trim(),
            "" | "False" | "false" | "0" | "None"
        ))
    }
}
