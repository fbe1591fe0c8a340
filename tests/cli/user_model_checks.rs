//! What `djr check` says of a user model.

use crate::support::Project;
use crate::support::user_models::{members, operators};

#[test]
fn check_says_what_is_wrong_with_a_user_model_before_a_command_does() {
    let project = members(Project::new());
    let told = |from: &str, to: &str, expected: &str| {
        let before = project.read("djr.toml");
        assert!(before.contains(from), "{before}");
        project.write("djr.toml", &before.replace(from, to));
        let run = project.djr(["check", "--tag", "models"]).exited(1);
        assert!(run.stderr().contains(expected), "{run}");
        project.write("djr.toml", &before);
    };
    let name = "username_field = \"email\"";
    told(name, "", "`people.Member` has no field `username`");
    told(name, "", "hint: `username_field = \"email\"` in `[auth]`");
    told(name, "username_field = \"emial\"", "did you mean `email`?");
    told(
        name,
        "username_field = \"age\"",
        "logs in with `age`, which is not unique",
    );
    told(
        "[\"display_name\"]",
        "[\"email\"]",
        "logs in with `email`, which is asked for anyway",
    );
    told(
        "[\"display_name\"]",
        "[\"nickname\"]",
        "has no field `nickname`",
    );
    told(
        "signup",
        "email_field = \"mail\"\nsignup",
        "has no field `mail`",
    );
}

#[test]
fn check_names_pages_that_no_user_of_the_model_may_see() {
    let page = "\n[[urls]]\npath = \"a/\"\nview = \"template\"\ntemplate = \"home.html\"\n";
    let project = members(Project::new());
    let urls = project.read("urls.toml");
    let staff = format!("{urls}{page}staff_required = true\n");
    let permission = format!("{urls}{page}permission_required = \"people.add_member\"\n");
    let project = project.file("urls.toml", &staff);
    let run = project.djr(["check"]).success();
    assert!(
        run.stderr()
            .contains("nobody may see this page: the user model has no `is_staff`"),
        "{run}"
    );
    project.write("urls.toml", &permission);
    let run = project.djr(["check"]).success();
    assert!(
        run.stderr().contains("neither `is_superuser` nor `groups`"),
        "{run}"
    );
    let without_address = operators(Project::new())
        .replaced("email_field = \"mail\"", "")
        .djr(["check"])
        .success();
    let told = "forgotten passwords cannot be reset: users have no email address";
    assert!(without_address.stderr().contains(told), "{without_address}");
}

#[test]
fn check_names_a_pattern_that_cannot_be_read() {
    let project = members(Project::new());
    let models = project
        .read("people/models.toml")
        .replace(r"^\+?\d+\Z", "(a");
    let run = project
        .file("people/models.toml", &models)
        .djr(["check"])
        .exited(1);
    let told = "the pattern of `RegexValidator` at `people.Member.phone` cannot be read";
    assert!(run.stderr().contains(told), "{run}");
}
