//! `djr shell`.

use rustix::process::Signal;

use crate::support::{Project, Terminal, Transcript};

fn run(project: &Project, code: &str) -> Transcript {
    project.djr(["shell", "-v0", "-c", code])
}

#[test]
fn code_ends_with_the_exit_code_of_a_program() {
    let project = Project::new();
    let printed = run(&project, "print(6 * 7)").success();
    assert_eq!(printed.stdout(), "42\n");
    run(&project, "import sys; sys.exit(3)").exited(3);
    run(&project, "raise SystemExit").success();
    let told = run(&project, "raise SystemExit('over')").exited(1);
    assert_eq!(told.stderr(), "over\n");
    let failed = run(&project, "print(1)\n1 / 0").exited(1);
    assert_eq!(failed.stdout(), "1\n");
    let stderr = failed.stderr();
    assert!(
        stderr.contains("File \"<string>\", line 2, in <module>"),
        "{stderr}"
    );
    assert!(
        stderr.ends_with("ZeroDivisionError: division by zero\n"),
        "{stderr}"
    );
    assert!(!stderr.contains("djr_program"), "{stderr}");
    let wrong = run(&project, "for").exited(1).stderr();
    assert!(wrong.contains("SyntaxError"), "{wrong}");
}

#[test]
fn standard_input_and_files_are_programs() {
    let project = Project::new().file(
        "report.py",
        "import sys\nprint(__name__, sys.argv[1:], len(sys.stdin.read()))\n",
    );
    let piped = project
        .command(["shell", "-v0"])
        .stdin("x = 'é'\nprint(x)\n");
    assert_eq!(piped.run().success().stdout(), "é\n");
    let nothing = project.command(["shell", "-v0"]).stdin("").run().success();
    assert_eq!(nothing.stdout(), "");
    let file = project
        .command(["shell", "report.py", "--year", "2026", "-c"])
        .stdin("abc");
    assert_eq!(
        file.run().success().stdout(),
        "__main__ ['--year', '2026', '-c'] 3\n"
    );
    let missing = project.djr(["shell", "missing.py"]).exited(1);
    assert!(
        missing.stderr().contains("cannot read `missing.py`"),
        "{missing}"
    );
}

#[test]
fn the_site_is_read_when_something_asks_for_it() {
    let project = Project::new().file(
        "urls.toml",
        "[[urls]]\npath = 'a/'\nname = 'a'\nview = 'b.c'\n",
    );
    run(&project, "import django.urls; print(1)").success();
    let asked = run(
        &project,
        "from django.urls import reverse; print(reverse('a'))",
    )
    .exited(1);
    assert!(asked.stderr().contains("urls.toml:4:8"), "{asked}");
    let project = Project::new().file(
        "urls.toml",
        "[[urls]]\npath = 'a/'\nname = 'a'\nview = 'template'\ntemplate = 'a.html'\n",
    );
    let project = project.file("templates/a.html", "a");
    let found = run(
        &project,
        "from django.urls import reverse; print(reverse('a'))",
    )
    .success();
    assert_eq!(found.stdout(), "/a/\n");
}

#[test]
fn an_app_changes_what_is_imported() {
    let own = "from django.core.management.commands import shell\n\
               class Command(shell.Command):\n    \
               def get_auto_imports(self):\n        return ['django.urls.reverse', 'json', 'missing.name']\n";
    let project = Project::new()
        .app("posts")
        .file("posts/management/commands/shell.py", own);
    let run = project
        .djr(["shell", "-v2", "-c", "print(json.dumps(reverse.__name__))"])
        .success();
    let told = "1 object could not be automatically imported:\n\n  missing.name\n\n\
                2 objects imported automatically:\n\n  import json\n  from django.urls import reverse\n\n\"reverse\"\n";
    assert_eq!(run.stdout(), told);
    project
        .djr(["shell", "--no-imports", "-c", "json"])
        .exited(1);
}

#[test]
fn a_prompt_completes_names_and_goes_on_after_mistakes() {
    let project = Project::new();
    let command = project.command(["shell", "-v0"]).env("TERM", "xterm");
    let mut terminal = Terminal::start(command, "echo \"code=$?\"");
    // Each prompt asks the terminal to tell what is pasted.
    let prompt = "\x1b[?2004h";
    terminal.answer(prompt, "total = 6 * 7\r");
    terminal.answer(prompt, "tot\t\r");
    terminal.wait_for("\n42\r\n");
    terminal.answer(prompt, "1 / 0\r");
    terminal.wait_for("\nZeroDivisionError: division by zero\r\n");
    for line in [
        "def twice(n):\r",
        "    return n * 2\r",
        "\r",
        "twice(\r",
        "50)\r",
    ] {
        terminal.answer(prompt, line);
    }
    terminal.wait_for("\n100\r\n");
    terminal.answer(prompt, "while True: print('run' + 'ning')\r");
    terminal.wait_for("running");
    terminal.signal(Signal::INT);
    terminal.wait_for("\nKeyboardInterrupt\r\n");
    terminal.answer(prompt, "'aft' + 'er'\r");
    terminal.wait_for("\n'after'\r\n");
    terminal.answer(prompt, "\x04");
    terminal.wait_for("code=0");
}
