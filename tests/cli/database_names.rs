//! `databases.*.name`: the path of a file, for every command.

use crate::support::Project;

#[test]
fn what_is_not_the_path_of_a_file_is_refused_by_every_command_with_a_sentence() {
    for (name, why) in [
        (":memory:", "one in memory would be gone with the command"),
        ("file:x.db", "the path of a file, not a URL"),
        ("file:x.db?mode=ro", "the path of a file, not a URL"),
        ("data/", "this names a directory"),
        ("blog", "this is a directory"),
        ("", "must be a path"),
    ] {
        for alias in ["default", "other"] {
            let project =
                Project::with_blog().setting(&format!("[databases.{alias}]\nname = \"{name}\""));
            let before = project.names("");
            for command in [
                &["check"][..],
                &["migrate"],
                &["showmigrations"],
                &["makemigrations"],
                &["dumpdata"],
                &["users", "list"],
                &["runserver", "127.0.0.1:0"],
            ] {
                let transcript = project.djr(command).exited(1);
                let told = format!("`databases.{alias}.name`");
                assert!(
                    transcript.stderr().contains(&told),
                    "{command:?} {transcript}"
                );
                assert!(
                    transcript.stderr().contains(why),
                    "{command:?} {transcript}"
                );
            }
            assert_eq!(project.names(""), before, "{name}");
        }
    }
}
