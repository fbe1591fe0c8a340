//! `djr users token`.

use crate::support::Project;

fn project() -> Project {
    let project = Project::new().migrated();
    project
        .djr(["ensure", "user", "--username", "bob"])
        .success();
    project
}

fn listed(project: &Project) -> Vec<(String, String)> {
    let document = project
        .djr(["users", "token", "bob", "--list", "--json"])
        .success()
        .json();
    let tokens = document["result"]["tokens"].as_array().unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    tokens
        .iter()
        .map(|token| (text(&token["id"]), text(&token["label"])))
        .collect()
}

#[test]
fn a_token_is_shown_once_and_only_its_hash_is_kept() {
    let project = project();
    assert!(listed(&project).is_empty());
    let made = project
        .djr(["users", "token", "bob", "--label", "nightly\u{1b}[31m"])
        .success();
    let token = made.stdout().trim().to_owned();
    assert!(token.starts_with("djr_") && token.len() == 44, "{token}");
    let list = project.djr(["users", "token", "bob", "--list"]).success();
    assert!(
        !list.stdout().contains(&token) && !list.stdout().contains('\u{1b}'),
        "{}",
        list.stdout()
    );
    for file in ["db.sqlite3", "db.sqlite3-wal"] {
        let bytes = std::fs::read(project.path(file)).unwrap_or_default();
        assert!(
            !bytes
                .windows(token.len())
                .any(|window| window == token.as_bytes()),
            "{file}"
        );
    }
}

#[test]
fn a_token_is_revoked_by_its_id() {
    let project = project();
    for label in ["one", "two"] {
        project
            .djr(["users", "token", "bob", "--label", label])
            .success();
    }
    let tokens = listed(&project);
    let (id, _) = &tokens[0];
    let wrong = project.djr([
        "users", "token", "bob", "--revoke", id, "--revoke", "nothing",
    ]);
    assert!(
        wrong
            .exited(1)
            .stderr()
            .contains("`bob` has no token `nothing`")
    );
    assert_eq!(listed(&project).len(), 2);
    project
        .djr(["users", "token", "bob", "--revoke", id])
        .success();
    assert_eq!(listed(&project), tokens[1..]);
}

#[test]
fn there_is_no_token_for_somebody_who_is_not_there() {
    let project = project();
    let asked = project.djr(["users", "token", "bobb"]).exited(1);
    assert!(asked.stderr().contains("bob"), "{}", asked.stderr());
}
