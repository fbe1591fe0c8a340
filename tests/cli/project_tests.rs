//! `djr test`.

use crate::support::Project;

const MODELS: &str = "[Note]\nstr = '{{ title }}'\n\n[Note.fields]\ntitle = { type = 'CharField', max_length = 50 }\n";

const VIEWS: &str = r#"
from django.shortcuts import redirect, render

from notes.models import Note


def index(request):
    return render(request, "notes.html", {"notes": Note.objects.order_by("id")})


def add(request):
    Note.objects.create(title=request.POST["title"])
    return redirect("index")


def broken(request):
    raise ValueError("broken")
"#;

const URLS: &str = "[[urls]]\npath = ''\nname = 'index'\nview = 'notes.views.index'\n\n\
                    [[urls]]\npath = 'add/'\nview = 'notes.views.add'\n\n\
                    [[urls]]\npath = 'broken/'\nview = 'notes.views.broken'\n";

const TESTS: &str = r#"
import unittest

from django.core import mail
from django.db import transaction
from django.test import Client, SimpleTestCase, TestCase, TransactionTestCase, tag

from notes.models import Note


class PageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.note = Note.objects.create(title="first")

    def test_page(self):
        response = self.client.get("/")
        self.assertContains(response, "first", count=1)
        self.assertTemplateUsed(response, "notes.html")
        self.assertEqual([note.title for note in response.context["notes"]], ["first"])

    def test_form(self):
        self.assertRedirects(self.client.post("/add/", {"title": "second"}), "/")
        self.assertEqual(Note.objects.count(), 2)
        self.assertEqual(Client(enforce_csrf_checks=True).post("/add/").status_code, 403)

    def test_what_one_test_writes_no_other_sees(self):
        self.assertEqual(self.note.title, "first")
        self.note.title = "changed"
        self.note.save()
        with self.assertNumQueries(1):
            self.assertEqual([note.title for note in Note.objects.all()], ["changed"])

    def test_exception(self):
        with self.assertRaisesMessage(ValueError, "broken"):
            self.client.get("/broken/")
        self.client.raise_request_exception = False
        self.assertEqual(self.client.get("/broken/").status_code, 500)

    def test_commit(self):
        done = []
        with self.captureOnCommitCallbacks(execute=True):
            transaction.on_commit(lambda: done.append(1))
        self.assertEqual(done, [1])

    @tag("wrong")
    def test_wrong(self):
        self.assertEqual(1, 2)

    @unittest.skip("later")
    def test_skipped(self):
        pass

    @unittest.expectedFailure
    def test_expected(self):
        self.fail()


class MailTests(SimpleTestCase):
    def test_mail(self):
        mail.send_mail("a", "b", "a@example.com", ["b@example.com"])
        self.assertEqual([message.subject for message in mail.outbox], ["a"])


class RowTests(TransactionTestCase):
    def test_one(self):
        self.assertEqual(Note.objects.count(), 0)
        Note.objects.create(title="x")

    test_two = test_one
"#;

fn project() -> Project {
    let project = Project::new()
        .app("notes")
        .file("notes/models.toml", MODELS);
    let project = project
        .file("urls.toml", URLS)
        .file("notes/views.py", VIEWS);
    let project = project.file("notes/tests.py", TESTS);
    let project = project.file(
        "templates/notes.html",
        "{% for note in notes %}{{ note.title }}{% endfor %}",
    );
    project.djr(["makemigrations"]).success();
    project
}

#[test]
fn tests_run_on_a_database_of_their_own() {
    let project = project();
    let run = project.djr(["test"]).exited(1);
    let (stdout, stderr) = (run.stdout(), run.stderr());
    assert!(stdout.starts_with("Found 11 test(s).\n"), "{run}");
    assert!(stderr.starts_with("Creating test database"), "{run}");
    assert!(
        stderr.contains("FAIL: test_wrong (notes.tests.PageTests.test_wrong)"),
        "{run}"
    );
    assert!(stderr.contains("Ran 11 tests in "), "{run}");
    let outcome = "FAILED (failures=1, skipped=1, expected failures=1)\n\
                   Destroying test database for alias 'default'...\n";
    assert!(stderr.ends_with(outcome), "{run}");
    assert!(!project.path("db.sqlite3").exists());
}

#[test]
fn labels_names_and_tags_choose_tests() {
    let project = project();
    for (words, count) in [
        (&["--exclude-tag", "wrong"][..], 10),
        (&["notes.tests.MailTests"], 1),
        (
            &[
                "notes.tests.PageTests.test_page",
                "notes/tests.py",
                "--exclude-tag=wrong",
            ],
            10,
        ),
        (&["notes", "-k", "commit", "-k", "*mail"], 2),
        (&["-p", "nothing*.py"], 0),
    ] {
        let words: Vec<_> = ["test", "--json"]
            .into_iter()
            .chain(words.iter().copied())
            .collect();
        let result = project.djr(&words).success().json();
        assert_eq!(result["result"]["run"], count, "{words:?}");
    }
    project.djr(["test", "--tag", "wrong"]).exited(1);
    let missing = project.djr(["test", "notes.nothing"]).exited(1);
    assert!(missing.stderr().contains("nothing"), "{missing}");
}

/// The project of a new site, with pages for accounts, and the tests of `test_suites/site.py`.
fn site() -> Project {
    let urls = URLS.replace("path = ''", "path = 'list/'");
    let urls = format!("{urls}{ACCOUNTS}");
    let project = project().setting("[site]\ntitle = 'A site'");
    let project = project.file("urls.toml", &urls);
    let project = project.file("notes/tests.py", include_str!("test_suites/site.py"));
    let project = project.file(
        "notes/test_urls.toml",
        include_str!("test_suites/test_urls.toml"),
    );
    let project = project.file("templates/home.html", "{{ site.title }}{{ user.username }}");
    let views = format!("{VIEWS}\n\ndef other(request):\n    return HttpResponse('other')\n");
    let views = format!("from django.http import HttpResponse\n{views}");
    project.file("notes/views.py", &views)
}

const ACCOUNTS: &str = "\n[[urls]]\npath = 'accounts/'\ninclude = 'auth.urls'\n\n\
                        [[urls]]\npath = ''\nname = 'home'\nview = 'template'\ntemplate = 'home.html'\n";

#[test]
fn pages_settings_commands_and_servers_of_djr_are_tested_as_those_of_django() {
    let run = site().djr(["test", "notes"]).success();
    assert!(run.stderr().contains("OK (skipped=1)"), "{run}");
}

#[test]
fn tests_in_several_processes_tell_the_same() {
    let project = project();
    let told = |words: &[&str]| {
        let run = project.djr(words).exited(1);
        let stderr = run.stderr();
        let lines = stderr.lines().filter(|line| !line.starts_with("Ran "));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(told(&["test", "--parallel", "2"]), told(&["test"]));
}

#[test]
fn variables_do_not_lead_tests_to_the_database_of_the_site() {
    let project = project();
    let run = project
        .command(["test", "notes.tests.RowTests"])
        .env("DJR_DATABASES__DEFAULT__NAME", "real.sqlite3")
        .env("DJR_MAIL__BACKEND", "file")
        .run();
    run.success();
    assert!(!project.path("real.sqlite3").exists());
}

#[test]
fn there_is_no_debugger() {
    let run = project().djr(["test", "--pdb"]).exited(1);
    assert!(run.stderr().contains("djr has no debugger"), "{run}");
}

/// The tests of every outcome, whose runs under `manage.py test` are recorded in `golden/test_command.json`.
#[test]
fn every_outcome_is_told_in_the_order_and_words_of_django() {
    let project = Project::new()
        .app("notes")
        .file("urls.toml", "")
        .file(
            "notes/tests.py",
            include_str!("../parity/test_command/suite.py"),
        )
        .file("notes/test_broken.py", "import nothing_there\n");
    let golden = include_str!("../parity/golden/test_command.json");
    let runs: Vec<serde_json::Value> = serde_json::from_str(golden).unwrap();
    for run in runs {
        let words = run["words"].as_array().unwrap().iter();
        let words: Vec<_> = words.filter_map(|word| word.as_str()).collect();
        let all: Vec<_> = ["test"].into_iter().chain(words).collect();
        let code = i32::try_from(run["code"].as_i64().unwrap()).unwrap();
        let told = project.djr(&all).exited(code);
        let stderr = told.stderr();
        assert_eq!(outcomes(&stderr), texts(&run["outcomes"]), "{told}");
        let failures = stderr
            .lines()
            .filter(|line| line.starts_with("ERROR: ") || line.starts_with("FAIL: "));
        assert_eq!(
            failures.collect::<Vec<_>>(),
            texts(&run["failures"]),
            "{told}"
        );
        let summary = run["summary"].as_str().unwrap();
        assert!(
            stderr.lines().any(|line| line == summary),
            "{summary}: {told}"
        );
    }
}

fn texts(list: &serde_json::Value) -> Vec<&str> {
    list.as_array()
        .unwrap()
        .iter()
        .filter_map(|item| item.as_str())
        .collect()
}

/// The outcomes of tests in the order in which `-v 2` tells them.
fn outcomes(stderr: &str) -> Vec<&str> {
    let told = stderr.lines().map(|line| {
        line.rsplit_once(" ... ")
            .map_or(line, |(_, outcome)| outcome)
    });
    let is_outcome = |line: &&str| {
        matches!(
            *line,
            "ok" | "FAIL" | "ERROR" | "expected failure" | "unexpected success"
        ) || line.starts_with("skipped ")
    };
    told.filter(is_outcome).collect()
}
