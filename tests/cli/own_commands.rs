//! Commands of a project: `<app>/management/commands/NAME.py`.

use crate::support::Project;

const CLOSE: &str = r#"
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Closes polls"
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("ids", nargs="+", type=int)
        parser.add_argument("--delete", action="store_true", help="delete them")

    def handle(self, *args, **options):
        for number in options["ids"]:
            if number > 5:
                raise CommandError(f"there is no poll {number}", returncode=4)
            self.stdout.write(self.style.SUCCESS(f"closed {number} {options['delete']} {options['verbosity']}"))
"#;

const CALLS: &str = r#"
from io import StringIO

from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    requires_system_checks = []

    def handle(self, *args, **options):
        out = StringIO()
        call_command("migrate", verbosity=0)
        call_command("closepoll", 1, 2, delete=True, stdout=out)
        call_command("dumpdata", "auth.Group", stdout=out)
        self.stdout.write(out.getvalue().replace("\n", "|"))
        for name in ("nothing", "dumpdata"):
            try:
                call_command(name, "nothing.Here")
            except CommandError as error:
                self.stdout.write(f"{name}: {str(error).splitlines()[0]}")
"#;

fn project() -> Project {
    let project = Project::new().app("polls");
    let project = project.file("polls/management/commands/closepoll.py", CLOSE);
    let project = project.file("polls/management/commands/_hidden.py", "");
    project.file("polls/management/commands/calls.py", CALLS)
}

#[test]
fn a_file_of_an_app_is_a_command() {
    let project = project();
    let run = project
        .djr(["closepoll", "1", "2", "--delete", "-v", "2"])
        .success();
    assert_eq!(run.stdout(), "closed 1 True 2\nclosed 2 True 2\n");
    let failed = project.djr(["closepoll", "1", "7"]).exited(4);
    assert_eq!(failed.stdout(), "closed 1 False 1\n");
    assert_eq!(failed.stderr(), "CommandError: there is no poll 7\n");
    let wrong = project.djr(["closepoll", "x"]).exited(2).stderr();
    assert!(wrong.starts_with("usage: djr closepoll "), "{wrong}");
    for words in [&["closepoll", "--help"][..], &["help", "closepoll"]] {
        let help = project.djr(words).success().stdout();
        assert!(
            help.contains("Closes polls") && help.contains("delete them"),
            "{help}"
        );
    }
}

#[test]
fn commands_of_apps_are_listed_and_suggested() {
    let project = project();
    let help = project.djr(["help"]).success().stdout();
    assert!(help.contains("App polls:\n  calls"), "{help}");
    assert!(
        help.contains("closepoll") && help.contains("Closes polls"),
        "{help}"
    );
    assert!(!help.contains("_hidden"), "{help}");
    let wrong = project.djr(["closepol"]).exited(2).stderr();
    assert!(wrong.contains("did you mean `closepoll`?"), "{wrong}");
    project.djr(["_hidden"]).exited(2);
    Project::empty().djr(["closepoll", "1"]).exited(2);
}

#[test]
fn commands_call_each_other_and_those_of_djr() {
    let run = project().djr(["calls"]).success();
    let lines = run.stdout();
    let lines: Vec<_> = lines.lines().collect();
    assert_eq!(lines[0], "closed 1 True 1|closed 2 True 1|[]");
    assert_eq!(lines[1], "nothing: Unknown command: 'nothing'");
    assert!(lines[2].starts_with("dumpdata: "), "{run}");
}
