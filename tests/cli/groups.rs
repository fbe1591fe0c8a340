//! `djr groups` and `djr permissions`.

use crate::support::Project;

fn project() -> Project {
    let project = Project::new().migrated();
    project
        .djr([
            "groups",
            "create",
            "editors",
            "--permission",
            "auth.add_group",
        ])
        .success();
    project
        .djr(["ensure", "user", "--username", "bob", "--group", "editors"])
        .success();
    project
}

fn permissions(project: &Project, holder: &[&str]) -> Vec<String> {
    let arguments = [&["permissions", "list", "--json"], holder].concat();
    let document = project.djr(arguments).success().json();
    let rows = document["result"]["permissions"].as_array().unwrap();
    let names = rows.iter().map(|row| row["permission"].as_str().unwrap());
    names.map(ToOwned::to_owned).collect()
}

#[test]
fn are_listed_shown_renamed_and_deleted() {
    let project = project();
    let run = project.djr(["groups", "list"]).success();
    assert_eq!(
        run.stdout(),
        "group    members  permissions\neditors  1        1\n"
    );
    project.djr(["groups", "create", "editors"]).exited(1);
    project.djr(["groups", "create", ""]).exited(1);
    project
        .djr(["groups", "rename", "editors", "writers"])
        .success();
    let document = project
        .djr(["groups", "show", "writers", "--json"])
        .success()
        .json();
    assert_eq!(document["result"]["members"][0], "bob");
    assert_eq!(document["result"]["permissions"][0], "auth.add_group");
    let run = project.djr(["groups", "delete", "writers"]).exited(3);
    let told = "deletes the group `writers`, and with it 1 of auth.Group_permissions, 1 of auth.User_groups";
    assert!(run.stderr().contains(told), "{run}");
    project
        .djr(["groups", "delete", "writers", "--noinput"])
        .success();
    let run = project.djr(["groups", "list"]).success();
    assert_eq!(run.stderr(), "no groups\n");
    let users: Vec<(String,)> = project.rows("SELECT username FROM auth_user");
    assert_eq!(users.len(), 1);
}

#[test]
fn permissions_are_granted_and_revoked_once() {
    let project = project();
    let grant = [
        "permissions",
        "grant",
        "auth.view_user",
        "--user",
        "bob",
        "--group",
        "editors",
    ];
    let run = project.djr(grant).success();
    assert_eq!(
        run.stdout(),
        "granted `auth.view_user` to user bob\ngranted `auth.view_user` to group editors\n"
    );
    let run = project.djr(grant).success();
    assert_eq!(run.stdout(), "nothing to grant: it was given before\n");
    let of_bob = permissions(&project, &["--user", "bob"]);
    assert_eq!(
        of_bob,
        ["auth.view_user", "auth.add_group", "auth.view_user"]
    );
    project
        .djr(["permissions", "revoke", "auth.view_user", "--user", "bob"])
        .success();
    let of_bob = permissions(&project, &["--user", "bob"]);
    assert_eq!(of_bob, ["auth.add_group", "auth.view_user"]);
    let run = project.djr(["permissions", "revoke", "auth.view_user", "--user", "bob"]);
    assert!(run.success().stdout().starts_with("nothing to revoke"));
}

#[test]
fn a_superuser_has_all_permissions() {
    let project = project().superuser("root", "Xk29!fooBAR");
    let all = permissions(&project, &[]);
    assert!(all.len() > 20 && all.contains(&"sessions.view_session".to_owned()));
    assert_eq!(permissions(&project, &["--user", "root"]), all);
    let own = permissions(&project, &["--app", "sessions"]);
    assert_eq!(own.len(), 4);
}

#[test]
fn names_what_is_unknown_and_what_may_be_meant() {
    let project = project();
    let arguments = [
        "permissions",
        "grant",
        "auth.view_usr",
        "view_user",
        "--user",
        "bop",
    ];
    let run = project.djr(arguments).exited(1);
    assert_eq!(
        run.stderr(),
        "error: there is no permission `auth.view_usr`\nhint: did you mean `auth.view_user`?\n\
         error: there is no permission `view_user`\n\
         hint: `djr permissions list` shows all; each is called `app.codename`\n"
    );
    project
        .djr(["permissions", "grant", "auth.view_user"])
        .exited(2);
}
