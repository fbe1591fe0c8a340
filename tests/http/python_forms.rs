//! Forms of `forms.toml` that a class in Python cleans further.

use crate::page_cache::{get, visitor};
use crate::support::{Project, Server};

const FORMS: &str = r#"
[ContactForm]
class = "contact.forms.ContactForm"
[ContactForm.fields]
name = { type = "CharField", max_length = 20 }
email = { type = "EmailField" }
count = { type = "IntegerField", required = false }
day = { type = "DateField", required = false }

[NoteForm]
model = "contact.Note"
fields = ["title", "text"]
class = "contact.forms.NoteForm"
"#;

const CODE: &str = r#"
import datetime

from django import forms
from django.core.exceptions import ValidationError


class ContactForm(forms.Form):
    def clean_name(self):
        name = self.cleaned_data["name"]
        if "count" in self.cleaned_data:
            raise AssertionError("a field that comes later is not clean yet")
        if name == "spam":
            raise ValidationError("Not you, %(name)s.", code="spam", params={"name": name})
        if name == "boom":
            raise KeyError("in a clean method")
        return name.title()

    def clean_day(self):
        day = self.cleaned_data["day"]
        return day or datetime.date(2024, 2, 29)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("count") == 13:
            self.add_error("count", "Unlucky.")
        if cleaned.get("name") == "Ada" and "example" in cleaned.get("email", ""):
            raise ValidationError(["Ada is not from <there>.", "Really."])
        return cleaned


class NoteForm:
    def clean_title(self):
        return self.cleaned_data["title"].upper()

    def clean(self):
        self.cleaned_data["text"] = f"{self.cleaned_data['text']} ({len(self.data)} fields)"
"#;

const URLS: &str = r#"
[[urls]]
path = "contact/"
view = "generic.form"
form = "contact.ContactForm"
template = "contact/form.html"
success_url = "/done/"
[[urls]]
path = "note/"
view = "generic.create"
form = "contact.NoteForm"
template = "contact/form.html"
success_url = "/notes/"
[[urls]]
path = "notes/"
view = "generic.list"
model = "contact.Note"
template = "contact/notes.html"
"#;

fn site() -> Project {
    Project::new()
        .replaced("\"staticfiles\"", "\"staticfiles\", \"contact\"")
        .replaced(
            "debug = true",
            "debug = true\nallowed_hosts = [\"testserver\"]\nmiddleware = [\"security\", \"sessions\", \"common\", \"auth\", \"messages\"]",
        )
        .setting("[server]\nworkers = 1")
        .file("urls.toml", URLS)
        .file(
            "contact/models.toml",
            "[Note.fields]\ntitle = { type = \"CharField\", max_length = 20 }\ntext = { type = \"TextField\" }\n",
        )
        .file("contact/forms.toml", FORMS)
        .file("contact/forms.py", CODE)
        .file(
            "contact/templates/contact/form.html",
            "{% for field in form %}{{ field.name }}={{ field.errors.as_text() }};{% endfor %}all={{ form.non_field_errors() }}",
        )
        .file(
            "contact/templates/contact/notes.html",
            "{% for note in note_list %}{{ note.title }}: {{ note.text }}{% endfor %}",
        )
}

fn post(server: &Server, path: &str, fields: &[(&str, &str)]) -> (u16, String) {
    let answer = visitor(server).post(path, fields);
    (answer.status, answer.text().clone())
}

#[test]
fn a_class_in_python_cleans_what_the_fields_have_cleaned() {
    let project = site();
    project.djr(["makemigrations"]).success();
    let project = project.migrated();
    let server = project.serve();
    let told = |fields: &[(&str, &str)]| post(&server, "/contact/", fields);
    let (status, text) = told(&[("name", "spam"), ("email", "a@b.example"), ("count", "13")]);
    assert_eq!(status, 200);
    assert!(
        text.starts_with("name=* Not you, spam.;email=;count=* Unlucky.;day=;"),
        "{text}"
    );
    let (_, text) = told(&[("name", "ada"), ("email", "a@example.com")]);
    assert!(text.contains("Ada is not from &lt;there&gt;."), "{text}");
    assert!(text.contains("Really."), "{text}");
    let (_, text) = told(&[("name", ""), ("email", "x")]);
    assert!(
        text.starts_with("name=* This field is required.;email=* Enter a valid email address.;"),
        "{text}"
    );
    assert_eq!(
        told(&[("name", "bob"), ("email", "a@b.example"), ("count", "1")]).0,
        302
    );
    let (status, text) = told(&[("name", "boom"), ("email", "a@b.example")]);
    assert_eq!(status, 500);
    assert!(text.contains("KeyError"), "{text}");
    assert!(text.contains("contact/forms.py:16:"), "{text}");

    assert_eq!(
        post(&server, "/note/", &[("title", "hello"), ("text", "all")]).0,
        302
    );
    assert!(
        get(&server, "/notes/")
            .text()
            .starts_with("HELLO: all (2 fields)")
    );
}

#[test]
fn check_finds_what_is_wrong_with_the_class_of_a_form() {
    let wrong = FORMS
        .replace("contact.forms.ContactForm", "contact.forms.ContactFrom")
        .replace("\"title\", \"text\"", "\"text\"");
    let told = site()
        .file("contact/forms.toml", &wrong)
        .djr(["check"])
        .to_string();
    for line in [
        "contact/forms.toml:3:9: there is no `ContactFrom` in the module `contact.forms`",
        "did you mean `ContactForm`?",
        "contact/forms.toml:13:9: `contact.forms.NoteForm` has `clean_title`, and the form has no field `title`",
    ] {
        assert!(told.contains(line), "{line}\n{told}");
    }
}
