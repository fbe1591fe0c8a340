//! What docs/scaffolding.md shows.

use crate::support::Project;
use crate::support::page::{page_text, snippets_of};

#[test]
fn the_manifest_of_the_page_makes_a_project_and_its_commands_work() {
    let page = page_text("scaffolding.md");
    let manifests = snippets_of("scaffolding.md", "scaffold.toml");
    assert_eq!(
        page.matches("\n```").count(),
        4,
        "somebody has to try the other snippets"
    );
    let place = Project::empty()
        .file("shop/scaffold.toml", &manifests[0])
        .file("shop/deploy/site.yml", "host: {{ name|kebab }}\n")
        .file("shop/dot-github/ci.yml", "name: ${{ matrix.os }}\n")
        .file("shop/NOTES.md", "for the makers\n")
        .file("shop/owner.txt.j2", "{{ owner }}, {{ vat }}\n");
    place
        .djr([
            "startproject",
            "my_shop",
            "-t",
            "shop",
            "-d",
            "payment=card",
        ])
        .success();
    assert_eq!(place.read("my_shop/owner.txt"), "MyShop Ltd, 20\n");
    assert_eq!(place.read("my_shop/deploy/site.yml"), "host: my-shop\n");
    assert_eq!(
        place.read("my_shop/.github/ci.yml"),
        "name: ${{ matrix.os }}\n"
    );
    assert!(place.path("my_shop/media").is_dir() && place.path("my_shop/urls.toml").exists());
    assert!(!place.path("my_shop/NOTES.md").exists());
    place.djr(["startproject", "other", "-t", "shop"]).success();
    assert_eq!(place.read("other/owner.txt"), "Other Ltd, 0\n");
    assert!(!place.path("other/deploy").exists());
    let commands = page.lines().filter_map(|line| line.strip_prefix("$ djr "));
    for command in commands {
        let words = command.split(' ');
        let words: Vec<_> = ["--project", "my_shop"].into_iter().chain(words).collect();
        place.djr(words).success();
    }
}
