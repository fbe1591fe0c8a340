//! What the command line says about itself, and about what it does not understand.

use crate::support::Project;

#[test]
fn prints_its_version_anywhere() {
    let version = concat!("djr ", env!("CARGO_PKG_VERSION"), "\n");
    let empty = Project::empty();
    assert_eq!(empty.djr(["--version"]).success().stdout(), version);
    assert_eq!(empty.djr(["-V"]).success().stdout(), version);
}

#[test]
fn help_of_a_command_is_the_same_both_ways() {
    let empty = Project::empty();
    let asked = empty.djr(["help", "migrate"]).success().stdout();
    assert_eq!(asked, empty.djr(["migrate", "--help"]).success().stdout());
    assert!(asked.contains("Usage: djr migrate"), "{asked}");
}
