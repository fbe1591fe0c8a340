//! Three user models of projects' own, of the kinds that real projects have.

use super::Project;

/// Login by an email address; nothing of Django's `PermissionsMixin`, no name, no date of joining.
const MEMBER: &str = r#"
[Member]
unique_together = [["display_name", "club"]]
constraints = [{ name = "member_age", check = { age__lt = 150 }, violation_error_message = "Nobody is as old as that." }]

[Member.fields]
password = { type = "CharField", max_length = 128 }
last_login = { type = "DateTimeField", null = true, blank = true }
email = { type = "EmailField", unique = true, verbose_name = "email address" }
display_name = { type = "CharField", max_length = 30, validators = [{ MinLengthValidator = 3 }] }
club = { type = "SlugField", default = "main" }
phone = { type = "CharField", max_length = 20, null = true, blank = true, unique = true, validators = [{ RegexValidator = { regex = '^\+?\d+\Z', message = "Only digits, please." } }] }
age = { type = "PositiveSmallIntegerField", default = 18 }
is_active = { type = "BooleanField", default = true }
"#;

/// A UUID for a key; else as Django's `AbstractUser`, with an address that no two users share.
const ACCOUNT: &str = r#"
[Account.fields]
id = { type = "UUIDField", primary_key = true, default = { function = "uuid4" }, editable = false }
password = { type = "CharField", max_length = 128 }
last_login = { type = "DateTimeField", null = true, blank = true }
is_superuser = { type = "BooleanField", default = false }
username = { type = "CharField", max_length = 150, unique = true, validators = ["unicode_username"] }
first_name = { type = "CharField", max_length = 150, blank = true }
last_name = { type = "CharField", max_length = 150, blank = true }
email = { type = "EmailField", unique = true, verbose_name = "email address" }
is_staff = { type = "BooleanField", default = false }
is_active = { type = "BooleanField", default = true }
date_joined = { type = "DateTimeField", default = { function = "now" } }
groups = { type = "ManyToManyField", to = "auth.Group", blank = true, related_name = "user_set", related_query_name = "user" }
user_permissions = { type = "ManyToManyField", to = "auth.Permission", blank = true, related_name = "user_set", related_query_name = "user" }
"#;

/// Neither first and last name nor a date of joining; a key that is given by hand; a field that must be filled.
const OPERATOR: &str = r#"
[Operator.fields]
badge = { type = "CharField", max_length = 8, primary_key = true }
password = { type = "CharField", max_length = 128 }
last_login = { type = "DateTimeField", null = true, blank = true }
is_superuser = { type = "BooleanField", default = false }
login = { type = "CharField", max_length = 40, unique = true }
mail = { type = "EmailField", blank = true }
is_staff = { type = "BooleanField", default = false }
groups = { type = "ManyToManyField", to = "auth.Group", blank = true, related_name = "user_set", related_query_name = "user" }
user_permissions = { type = "ManyToManyField", to = "auth.Permission", blank = true, related_name = "user_set", related_query_name = "user" }
"#;

/// The urls of accounts, and a page for those who are logged in.
const URLS: &str = r#"
[[urls]]
path = "accounts/"
include = "auth.urls"

[[urls]]
path = ""
view = "template"
template = "home.html"
"#;

fn with(project: Project, settings: &str, models: &str) -> Project {
    project
        .replaced("\"staticfiles\"]", "\"staticfiles\", \"people\"]")
        .replaced(
            "[auth.costs]",
            &format!("[auth]\nsignup = true\n{settings}\n\n[auth.costs]"),
        )
        .file("people/models.toml", models)
        .file("urls.toml", URLS)
        .file(
            "templates/home.html",
            "{{ user.get_username() }}|{{ user.pk }}",
        )
}

/// Users who log in with their address, in a project that is not migrated yet.
pub(crate) fn members(project: Project) -> Project {
    let settings = "user_model = \"people.Member\"\nusername_field = \"email\"\n\
                    required_fields = [\"display_name\"]";
    with(project, settings, MEMBER)
}

/// Users whose key is a UUID, in a project that is not migrated yet.
pub(crate) fn accounts(project: Project) -> Project {
    with(project, "user_model = \"people.Account\"", ACCOUNT)
}

/// Users without most of what Django's have, in a project that is not migrated yet.
pub(crate) fn operators(project: Project) -> Project {
    let settings = "user_model = \"people.Operator\"\nusername_field = \"login\"\n\
                    email_field = \"mail\"\nrequired_fields = [\"badge\"]";
    with(project, settings, OPERATOR)
}

/// The project with the migrations of its models, migrated.
pub(crate) fn with_tables(project: Project) -> Project {
    project.djr(["makemigrations"]).success();
    project.migrated()
}
