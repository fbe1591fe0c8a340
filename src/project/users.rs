//! The table of users, from the model that `[auth] user_model` names.

use crate::auth::{PermissionTables, ThroughTable, UserTable, permission_names};
use crate::diagnostic::{Finding, Findings};
use crate::models::{Model, ModelSet as _, Registry};
use crate::project::Project;
use crate::project::user_model::UserModelReader;

impl Project {
    /// The table of users; fails where the model lacks what a user is made of.
    pub fn user_table(&self) -> Result<UserTable, Findings> {
        self.user_table_in(&self.models()?)
    }

    /// The table of users among the models of `registry`.
    pub fn user_table_in(&self, registry: &Registry) -> Result<UserTable, Findings> {
        let model = registry.user_model().ok_or_else(|| {
            let name = &self.settings.auth.user_model;
            let message = format!("no installed app has the model `{name}`");
            let mut finding = Finding::error("unknown-user-model", message);
            finding.location = self.settings.location("auth.user_model");
            finding.hint("`[project] apps` must list its app")
        })?;
        let reader = UserModelReader::new(&self.settings, registry, model);
        let tables = permission_tables(registry, model);
        Ok(reader.table()?.with_permission_tables(tables))
    }

    /// The names of the permissions that the models of all apps come with: `posts.add_post`.
    pub fn permission_names(&self) -> Result<Vec<String>, Findings> {
        let registry = Registry::read(&self.apps, &self.user_model()?)?;
        let models = registry
            .models()
            .filter(|model| !registry.is_swapped(model));
        Ok(models.flat_map(permission_names).collect())
    }
}

/// The tables of permissions; `None` where a user of this model has none.
fn permission_tables(registry: &Registry, user: &Model) -> Option<PermissionTables> {
    let group = registry.get("auth.Group")?;
    Some(PermissionTables {
        permissions: registry.get("auth.Permission")?.db_table(),
        content_types: registry.get("contenttypes.ContentType")?.db_table(),
        groups: group.db_table(),
        group_permissions: through_table(registry, group, "permissions")?,
        user_groups: through_table(registry, user, "groups")?,
        user_permissions: through_table(registry, user, "user_permissions")?,
    })
}

/// The table between `model` and those its field refers to.
fn through_table(registry: &Registry, model: &Model, field: &str) -> Option<ThroughTable> {
    let field = model.field(field)?;
    let target = registry.target(&field.many_to_many()?.to)?;
    let through = model.auto_created_through(field, target)?;
    let [_, from, to] = through.fields.as_slice() else {
        return None;
    };
    Some(ThroughTable {
        table: through.db_table(),
        source_column: from.column(),
        target_column: to.column(),
    })
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use tempfile::TempDir;

    use crate::auth::{ThroughTable, UserTable};
    use crate::project::Project;

    fn project(user_model: &str, models: &str) -> TempDir {
        let root = tempfile::tempdir().unwrap();
        let settings = format!(
            "[project]\napps = ['auth', 'contenttypes', 'people']\n[auth]\nuser_model = '{user_model}'\n"
        );
        fs::write(root.path().join("djr.toml"), settings).unwrap();
        fs::create_dir(root.path().join("people")).unwrap();
        fs::write(root.path().join("people/models.toml"), models).unwrap();
        root
    }

    fn user_table(root: &Path) -> Result<UserTable, String> {
        let project = Project::open(Some(root), None).unwrap();
        project
            .user_table()
            .map_err(|findings| findings.to_string())
    }

    const PERSON: &str = "\
[Person.fields]
password = { type = 'CharField', max_length = 128 }
last_login = { type = 'DateTimeField', null = true }
is_superuser = { type = 'BooleanField', default = false }
username = { type = 'CharField', max_length = 150, unique = true }
first_name = { type = 'CharField', max_length = 150 }
last_name = { type = 'CharField', max_length = 150 }
email = { type = 'EmailField' }
is_staff = { type = 'BooleanField', default = false }
is_active = { type = 'BooleanField', default = true }
date_joined = { type = 'DateTimeField' }
";

    #[test]
    fn finds_the_table_of_the_built_in_user() {
        let root = project("auth.User", "");
        let table = user_table(root.path()).unwrap();
        assert_eq!(table.name(), "auth_user");
        let permission_tables = table.permission_tables().unwrap();
        let through_table = |table: &str, from: &str, to: &str| ThroughTable {
            table: table.to_owned(),
            source_column: from.to_owned(),
            target_column: to.to_owned(),
        };
        assert_eq!(
            permission_tables.user_groups,
            through_table("auth_user_groups", "user_id", "group_id")
        );
        assert_eq!(
            permission_tables.user_permissions,
            through_table("auth_user_user_permissions", "user_id", "permission_id")
        );
        assert_eq!(
            permission_tables.group_permissions,
            through_table("auth_group_permissions", "group_id", "permission_id")
        );
    }

    #[test]
    fn finds_the_table_of_a_model_of_the_projects_own() {
        let own = "nickname = { type = 'CharField', max_length = 9 }\n\
                   motto = { type = 'TextField', blank = true }\n\
                   employee = { type = 'IntegerField' }\n\
                   hired = { type = 'DateField', auto_now_add = true }\n\
                   token = { type = 'UUIDField', default = { function = 'uuid4' } }\n\
                   shoe_size = { type = 'IntegerField', default = 42 }\n";
        let root = project("people.Person", &format!("{PERSON}{own}"));
        let table = user_table(root.path()).unwrap();
        assert_eq!(table.name(), "people_person");
        let required: Vec<_> = table
            .required()
            .map(|field| field.field.name.as_str())
            .collect();
        assert_eq!(
            required,
            ["first_name", "last_name", "nickname", "employee"]
        );
        assert_eq!(table.permission_tables(), None);
    }

    #[test]
    fn names_the_permissions_of_all_models() {
        let post = "[Post]\npermissions = [['publish', 'Can publish']]\n[Post.fields]\n";
        let root = project("auth.User", post);
        let names = Project::open(Some(root.path()), None)
            .unwrap()
            .permission_names()
            .unwrap();
        for name in ["people.add_post", "people.publish", "auth.view_user"] {
            assert!(
                names.iter().any(|known| known == name),
                "{name} of {names:?}"
            );
        }
    }

    #[test]
    fn says_what_a_user_model_lacks() {
        let told = |models: &str, problem: &str| {
            let root = project("people.Person", models);
            let found = user_table(root.path()).unwrap_err();
            assert!(found.contains(problem), "{found}");
        };
        let without = |name: &str| PERSON.replace(&format!("{name} ="), &format!("other_{name} ="));
        told(&without("password"), "has no field `password`");
        told(&without("username"), "has no field `username`");
        let twice = PERSON.replace(", unique = true", "");
        told(&twice, "logs in with `username`, which is not unique");
        let keys = "pk = { type = 'CompositePrimaryKey', fields = ['username', 'email'] }\n";
        told(&format!("{PERSON}{keys}"), "has a key of several fields");
        let root = project("people.Nobody", PERSON);
        let problem = user_table(root.path()).unwrap_err();
        assert!(
            problem.contains("is `people.nobody`, a model that no"),
            "{problem}"
        );
    }
}
