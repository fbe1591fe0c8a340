//! What the backends of a project say of permissions, as djr's own pages ask it.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustpython_vm::function::IntoFuncArgs;
use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

use crate::script::PythonSite;
use crate::script::engine::entry::enter;
use crate::script::engine::python_error;
use crate::views::{
    AskedPermission, HttpError, PermissionBackends, PermissionHolder, PermissionSource,
};

/// Django's module that asks the backends.
const MODULE: &str = "django.contrib.auth.own_permissions";

/// The backends of a project.
#[derive(Debug)]
struct ProjectBackends {
    site: Arc<PythonSite>,
}

/// What asks the backends of `site` for permissions; `None` where none of them is a class of the project.
pub(in crate::script) fn permission_backends(
    site: &Arc<PythonSite>,
) -> Option<Arc<dyn PermissionBackends>> {
    site.settings.auth.own_backends().next()?;
    Some(Arc::new(ProjectBackends {
        site: Arc::clone(site),
    }))
}

impl PermissionBackends for ProjectBackends {
    fn allows(
        &self,
        holder: &PermissionHolder,
        asked: AskedPermission<'_>,
    ) -> Result<bool, HttpError> {
        let (method, name) = match asked {
            AskedPermission::Named(name) => ("has_perm", name),
            AskedPermission::InApp(label) => ("has_module_perms", label),
        };
        let arguments = (holder.visit, holder.key.clone(), method, name);
        self.ask("allows", arguments, PyObjectRef::is_true)
    }

    fn names(
        &self,
        holder: &PermissionHolder,
        source: PermissionSource,
    ) -> Result<BTreeSet<String>, HttpError> {
        let method = match source {
            PermissionSource::User => "get_user_permissions",
            PermissionSource::Group => "get_group_permissions",
            PermissionSource::All => "get_all_permissions",
        };
        let arguments = (holder.visit, holder.key.clone(), method);
        let names = self.ask("names", arguments, |names, vm| {
            names.try_to_value::<Vec<String>>(vm)
        })?;
        Ok(names.into_iter().collect())
    }
}

impl ProjectBackends {
    /// What `function` of Django's module answers, read by `read`.
    fn ask<T>(
        &self,
        function: &str,
        arguments: impl IntoFuncArgs,
        read: impl FnOnce(PyObjectRef, &VirtualMachine) -> PyResult<T>,
    ) -> Result<T, HttpError> {
        enter(&self.site, |this, vm| {
            let asked = this.own(MODULE, function, vm);
            let answer = asked.and_then(|asked| read(asked.call(arguments, vm)?, vm));
            answer.map_err(|exception| python_error::http_error(&exception, vm))
        })
    }
}
