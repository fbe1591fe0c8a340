//! `generic.form` over a running server: forms that send mail, save rows, or both.

use crate::attacks::browser::Browser;
use crate::blog::blog;
use crate::support::Project;

const FORMS: &str = r#"
[ContactForm.fields]
name = { type = "CharField", max_length = 100 }
email = { type = "EmailField", required = false }
topics = { type = "MultipleChoiceField", choices = [["q", "Question"], ["p", "Praise"]], required = false }
message = { type = "CharField", widget = "Textarea" }
secret = { type = "CharField", required = false, widget = "PasswordInput" }
"#;

const URLS: &str = r#"
[[urls]]
path = ""
name = "home"
view = "template"
template = "home.html"

[[urls]]
path = "posts/<slug:slug>/"
name = "post-detail"
view = "generic.detail"
model = "posts.Post"
template = "home.html"

[[urls]]
path = "contact/"
view = "generic.form"
form = "posts.ContactForm"
template = "contact.html"
initial = { name = { query = "name" } }
success_url = "home"
success_message = "Thank you, %(name)s."
mail = { to = "managers", subject = "From %(name)s", reply_to = "%(email)s" }

[[urls]]
path = "written/"
view = "generic.form"
form = "posts.ContactForm"
template = "contact.html"
success_url = "/thanks/{name}/"
mail = { to = ["office@example.com", "%(email)s"], from = "site@example.com", subject = "Hello", template = "mail.txt", html_template = "mail.html" }

[[urls]]
path = "tag/"
view = "generic.form"
model = "posts.Tag"
fields = ["name", "slug"]
template = "contact.html"
success_url = "/"
mail = { to = "managers", subject = "New tag %(name)s", template = "tag.txt" }
"#;

const MAIL: &str = "{{ data.name }} ({{ data.topics|join('+') }}):\n{{ data.message }}";

fn site(mail: &str) -> Project {
    let templates = [
        (
            "home.html",
            "{% for message in messages %}[{{ message }}]{% endfor %}",
        ),
        (
            "contact.html",
            "<form method=\"post\">{{ csrf_input }}{{ form }}</form>",
        ),
        ("mail.txt", MAIL),
        ("mail.html", MAIL),
        (
            "tag.txt",
            "{{ object.name }} is {{ object.pk }}, {{ object }}",
        ),
    ];
    blog(URLS, &templates)
        .file("posts/forms.toml", FORMS)
        .setting(mail)
}

const FILE: &str = "[mail]\nbackend = \"file\"\nmanagers = [\"Mia <mia@example.com>\"]";

#[test]
fn what_was_sent_goes_by_mail() {
    let project = site(FILE);
    let server = project.serve();
    let mut visitor = Browser::new(server.address());
    let page = visitor.get("/contact/?name=%3Cb%3E").text();
    assert!(page.contains("value=\"&lt;b&gt;\""), "{page}");
    let sent = [
        ("name", "Ada\r\nBcc: x@example.com"),
        ("email", "ada@example.com"),
        ("topics", "q"),
        ("topics", "p"),
        ("message", "One\r\nTwo"),
        ("secret", "hidden"),
    ];
    let answer = visitor.submit("/contact/", &sent);
    assert_eq!((answer.status, answer.header("location")), (302, Some("/")));
    let mail = project.mail(1).pop().unwrap();
    for line in [
        "Subject: [djr] From Ada Bcc: x@example.com",
        "To: Mia <mia@example.com>",
        "Reply-To: ada@example.com",
        "Email: ada@example.com",
        "Topics: q, p",
        "Two",
    ] {
        assert!(mail.lines().any(|found| found == line), "{line}\n{mail}");
    }
    let (headers, _) = mail.split_once("\n\n").unwrap();
    assert!(!headers.contains("\nBcc:"), "{mail}");
    assert!(
        !mail.contains("hidden") && !mail.contains("Secret"),
        "{mail}"
    );
    let home = visitor.get("/").text();
    assert!(home.starts_with("[Thank you, Ada"), "{home}");
}

#[test]
fn a_mail_may_have_templates_and_go_to_whoever_wrote() {
    let project = site(FILE);
    let server = project.serve();
    let mut visitor = Browser::new(server.address());
    let sent = [
        ("name", "A/b <i>"),
        ("topics", "p"),
        ("message", "<script>"),
        ("email", "a@b.de"),
    ];
    let answer = visitor.submit("/written/", &sent);
    assert_eq!(answer.header("location"), Some("/thanks/A%2Fb%20%3Ci%3E/"));
    let mail = project.mail(1).pop().unwrap();
    for part in [
        "To: office@example.com, a@b.de",
        "From: site@example.com",
        "A/b <i> (p):",
        "\n<script>",
        "A/b &lt;i&gt; (p):",
        "&lt;script&gt;",
    ] {
        assert!(mail.contains(part), "{part}\n{mail}");
    }
}

#[test]
fn a_form_without_what_is_needed_sends_nothing() {
    let project = site(FILE);
    let server = project.serve();
    let mut visitor = Browser::new(server.address());
    let answer = visitor.submit("/contact/", &[("name", "x"), ("email", "a@b.de, c@d.de")]);
    assert_eq!(answer.status, 200);
    let page = answer.text();
    for expected in ["Enter a valid email address.", "This field is required."] {
        assert!(page.contains(expected), "{page}");
    }
    assert!(project.mail(0).is_empty());
}

#[test]
fn a_row_is_saved_and_told_of_by_mail() {
    let project = site(FILE);
    let server = project.serve();
    let mut visitor = Browser::new(server.address());
    let answer = visitor.submit("/tag/", &[("name", "New & <b>"), ("slug", "new")]);
    assert_eq!(answer.header("location"), Some("/"));
    let mail = project.mail(1).pop().unwrap();
    assert!(mail.contains("Subject: [djr] New tag New & <b>"), "{mail}");
    assert!(mail.contains("New & <b> is 4, New & <b>"), "{mail}");
}

#[test]
fn a_mail_that_cannot_leave_is_told_where_nothing_else_keeps_it() {
    let nowhere = "[mail]\nbackend = \"smtp\"\nhost = \"127.0.0.1\"\nport = 9\ntimeout = 2\nmanagers = [\"mia@example.com\"]";
    let project = site(nowhere);
    let server = project.serve();
    let mut visitor = Browser::new(server.address());
    let sent = [("name", "Ada"), ("message", "Kept in the form")];
    let answer = visitor.submit("/contact/", &sent);
    let page = answer.text();
    assert_eq!(answer.status, 200);
    assert!(
        page.contains("Your message could not be sent.") && page.contains("Kept in the form"),
        "{page}"
    );
    assert_eq!(
        visitor
            .submit("/tag/", &[("name", "New"), ("slug", "new")])
            .status,
        302
    );
}

#[test]
fn nobody_is_thanked_for_a_mail_that_nobody_gets() {
    let project = site("[mail]\nbackend = \"file\"");
    insta::assert_snapshot!(project.djr(["check", "--tag", "urls"]), @r##"
    exit code: 0
    ----- stdout -----
    found 2 warnings and no error
    ----- stderr -----
    warning: urls.toml:23:15: nobody gets this mail: `[mail]` has no `managers`
    hint: write `managers = ["Ada <ada@example.com>"]` into `[mail]`
    warning: urls.toml:40:15: nobody gets this mail: `[mail]` has no `managers`
    hint: write `managers = ["Ada <ada@example.com>"]` into `[mail]`
    "##);
    let server = project.serve();
    let mut visitor = Browser::new(server.address());
    let sent = [("name", "Ada"), ("message", "Kept in the form")];
    let answer = visitor.submit("/contact/", &sent);
    assert!(answer.text().contains("Your message could not be sent."));
    server.line_with("the mail of a form was not sent: `[mail]` has no `managers`");
    let answer = visitor.submit("/tag/", &[("name", "New"), ("slug", "new")]);
    assert_eq!(answer.status, 302);
    server.line_with("the mail of a form was not sent: `[mail]` has no `managers`");
}

#[test]
fn what_is_wrong_in_a_mail_is_found_with_its_place() {
    let entries = r#"
[[urls]]
path = "a/"
view = "generic.form"
form = "posts.ContactForm"
template = "contact.html"
success_url = "/"
mail = { to = "manager", subject = "%(nam)s", reply_to = "%(emial)s", template = "mial.txt", cc = ["x", "a@b.de"] }

[[urls]]
path = "b/"
view = "generic.form"
form = "posts.ContactForm"
success_url = "/{nam}/"

[[urls]]
path = "c/"
view = "generic.form"
form = "posts.ContactForm"
template = "contact.html"

[[urls]]
path = "d/"
view = "generic.form"
form = "posts.ContactForm"
template = "contact.html"
success_url = "/"
set = { name = "x" }
mail = { sbject = "x" }
"#;
    let project = site(FILE);
    project.write("urls.toml", &format!("{URLS}{entries}"));
    insta::assert_snapshot!(project.djr(["check", "--tag", "urls"]), @r##"
exit code: 1
----- stderr -----
error: urls.toml:48:15: `manager` is not a mail address: it has no `@`
hint: did you mean `managers`?
error: urls.toml:48:36: the form has no field `nam`
hint: did you mean `name`?
error: urls.toml:48:58: the form has no field `emial`
hint: did you mean `email`?
error: urls.toml:48:82: there is no template `mial.txt`
hint: did you mean `mail.txt`?
error: urls.toml:48:100: `x` is not a mail address: it has no `@`
error: urls.toml:52:8: the view `generic.form` needs a `template`
error: urls.toml:54:15: the form has no field `nam`
hint: did you mean `name`?
error: urls.toml:58:8: the view `generic.form` needs a `success_url`
hint: write the path or the name of a url, or give the model a `url`
error: urls.toml:68:1: unknown key `set`
error: urls.toml:69:8: missing key `to`
error: urls.toml:69:8: missing key `subject`
error: urls.toml:69:10: unknown key `sbject`
hint: did you mean `subject`?
error: found 12 errors
"##);
}
