//! The routes of a project, as a visitor and a template meet them.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::apps::{App, AppLabel, AppSource, Apps};
use crate::document::{Document, Item, Problems, TableReader};
use crate::urls::{AccessRight, UrlArgument, UrlSource, Urls, ViewRoute, load_urls};

struct Folder(TempDir);

impl Folder {
    fn with_app(urls: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("urls.toml"), urls).unwrap();
        Self(folder)
    }

    fn apps(&self) -> Apps {
        let label = AppLabel::new("posts").unwrap();
        let source = AppSource::Disk(PathBuf::from(self.0.path()));
        Apps::new(vec![App { label, source }])
    }
}

fn build(view: &Item, fields: &TableReader<'_>) -> Vec<ViewRoute<String>> {
    fields.optional::<String>("template");
    let view = view.as_str().map(ToOwned::to_owned);
    view.map(ViewRoute::of_entry).into_iter().collect()
}

fn read(root: &str, apps: &Apps) -> (Urls<String>, Vec<String>) {
    let root = Document::parse(Path::new("urls.toml"), root).unwrap();
    let problems = Problems::default();
    let source = UrlSource {
        root: &root,
        apps,
        build: &build,
        handlers: &["404", "500"],
        caches: &["default".to_owned(), "pages".to_owned()],
    };
    let urls = load_urls(&source, &problems);
    let findings = problems.into_findings();
    let lines = findings.iter().map(ToString::to_string).collect();
    (urls, lines)
}

const ROOT: &str = r#"
[[urls]]
path = "posts/<int:year>/"
name = "year"
view = "year"
kwargs = { order = "date" }
methods = ["GET"]

[[urls]]
path = "blog/<slug:blog>/"
include = "posts.urls"
login_required = true

[[urls]]
path = "files/<path:file>"
name = "file"
view = "file"
"#;

const INCLUDED: &str = r#"
app_name = "posts"

[[urls]]
path = "<int:pk>/"
name = "detail"
view = "detail"

[[urls]]
path = ""
name = "list"
view = "list"
"#;

#[test]
fn what_is_asked_of_users_adds_up() {
    let urls = r#"
[[urls]]
path = ""
include = "posts.urls"
staff_required = true
permission_required = "posts.add_post"
"#;
    let blog = r#"
[[urls]]
path = "a/"
view = "page"
permission_required = ["posts.change_post", "x"]

[[urls]]
path = "b/"
view = "page"
login_required = true
permission_required = 3
"#;
    let folder = Folder::with_app(blog);
    let (urls, problems) = read(urls, &folder.apps());
    let folder = folder.0.path().display().to_string();
    let problems: Vec<_> = problems
        .iter()
        .map(|line| line.replace(&folder, ""))
        .collect();
    assert_eq!(
        problems,
        [
            "/urls.toml:5:45: `x` is not a permission",
            "/urls.toml:11:23: `permission_required` must be a string, a list of strings or a table of them by method, not an integer",
        ]
    );
    let permission = |name: &str| AccessRight::Permission(name.to_owned());
    let (add, change) = (
        permission("posts.add_post"),
        permission("posts.change_post"),
    );
    assert_eq!(
        rights(&urls, "/a/"),
        [AccessRight::Staff, add.clone(), change]
    );
    let expected = [AccessRight::Staff, add, AccessRight::Login];
    assert_eq!(rights(&urls, "/b/"), expected);
}

#[test]
fn an_entry_that_another_hides_is_told() {
    let text = r#"
[[urls]]
path = "a/<int:pk>/"
view = "one"

[[urls]]
path = "b/"
view = "own"

[[urls]]
path = "b/"
include = "posts.urls"

[[urls]]
path = "a/<int:pk>/"
view = "two"
"#;
    let folder = Folder::with_app("[[urls]]\npath = ''\nview = 'list'\n");
    let (_, problems) = read(text, &folder.apps());
    let expected =
        "urls.toml:16:8: this entry is never reached: the one at urls.toml:4:8 has its path";
    assert_eq!(problems, [expected]);
}

fn rights(urls: &Urls<String>, path: &str) -> Vec<AccessRight> {
    let access = &urls.resolve(path).unwrap().pattern.access;
    let requirements = access.requirements.iter();
    requirements
        .map(|required| required.right.clone())
        .collect()
}

#[test]
fn what_is_asked_may_be_asked_of_single_methods() {
    let text = r#"
[[urls]]
path = "a/"
view = "page"
login_required = ["POST", "PUT"]
permission_required = { POST = "posts.add_post", DELETE = ["posts.delete_post", "posts.x"] }

[[urls]]
path = "b/"
view = "page"
login_required = ["post", 3]
staff_required = []
permission_required = { PSOT = "posts.add_post", GET = [], PUT = 1, NOSUCH = "a.b" }

[[urls]]
path = "c/"
view = "page"
login_required = "POST"
staff_required = false
permission_required = {}
"#;
    let folder = Folder::with_app("");
    let (urls, problems) = read(text, &folder.apps());
    let asked = |path: &str| -> Vec<String> {
        let requirements = urls
            .resolve(path)
            .unwrap()
            .pattern
            .access
            .requirements
            .iter();
        let asked =
            requirements.map(|required| format!("{:?} {:?}", required.right, required.methods));
        asked.collect()
    };
    let expected = [
        "Login [Post, Put]",
        "Permission(\"posts.add_post\") [Post]",
        "Permission(\"posts.delete_post\") [Delete]",
        "Permission(\"posts.x\") [Delete]",
    ];
    assert_eq!(asked("/a/"), expected);
    let expected = [
        "urls.toml:11:19: unknown method `post`",
        "urls.toml:11:27: a method must be a string, not an integer",
        "urls.toml:12:18: `staff_required` names nothing, and so asks nothing of anybody",
        "urls.toml:13:25: unknown method `PSOT`",
        "urls.toml:13:56: `permission_required` names nothing, and so asks nothing of anybody",
        "urls.toml:13:66: `permission_required` must be a string, a list of strings or a table of them by method, not an integer",
        "urls.toml:13:69: unknown method `NOSUCH`",
        "urls.toml:18:18: `login_required` must be a boolean or a list of methods, not a string",
        "urls.toml:20:23: `permission_required` names nothing, and so asks nothing of anybody",
    ];
    assert_eq!(problems, expected);
}

#[test]
fn finds_the_view_of_a_path_through_an_included_file() {
    let folder = Folder::with_app(INCLUDED);
    let (urls, problems) = read(ROOT, &folder.apps());
    assert_eq!(problems, Vec::<String>::new());
    let found = urls.resolve("/blog/rust/007/").unwrap();
    assert_eq!(found.pattern.view, "detail");
    assert_eq!(found.pattern.trail, ["blog/<slug:blog>/", "<int:pk>/"]);
    assert_eq!(rights(&urls, "/blog/rust/007/"), [AccessRight::Login]);
    let expected = [
        ("blog".to_owned(), UrlArgument::Text("rust".to_owned())),
        ("pk".to_owned(), UrlArgument::Integer(7)),
    ];
    assert_eq!(found.kwargs, expected);
    let year = urls.resolve("/posts/2024/").unwrap();
    assert_eq!(year.kwargs[1].1, UrlArgument::Text("date".to_owned()));
    assert!(urls.resolve("/blog/rust/x/").is_none());
    assert!(urls.resolve("//posts/2024/").is_none());
}

#[test]
fn writes_the_path_of_a_name() {
    let folder = Folder::with_app(INCLUDED);
    let (urls, _) = read(ROOT, &folder.apps());
    let text = |values: &[&str]| values.iter().map(ToString::to_string).collect::<Vec<_>>();
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let path = |name, args: &[&str], kwargs: &[_]| urls.reverse(name, &text(args), kwargs);
    assert_eq!(path("year", &["2024"], &[]).unwrap(), "/posts/2024/");
    assert_eq!(
        path("file", &["a b/é?"], &[]).unwrap(),
        "/files/a%20b/%C3%A9%3F"
    );
    let named = [pair("pk", "3"), pair("blog", "rust")];
    assert_eq!(path("posts:detail", &[], &named).unwrap(), "/blog/rust/3/");
    let year = [pair("year", "2024"), pair("order", "date")];
    assert_eq!(path("year", &[], &year).unwrap(), "/posts/2024/");
    let refused = path("year", &["soon"], &[]).unwrap_err().to_string();
    assert_eq!(
        refused,
        "the url `year` takes the values in `posts/<int:year>/`, not `soon`"
    );
    let unknown = path("posts:detial", &[], &[]).unwrap_err().to_string();
    assert_eq!(
        unknown,
        "no url is named `posts:detial`; did you mean `posts:detail`?"
    );
    assert!(path("posts:detail", &["rust"], &[]).is_err());
}

#[test]
fn reports_every_mistake_of_every_file() {
    let folder = Folder::with_app("[[urls]]\npath = \"<itn:pk>/\"\nview = \"a\"\n");
    let root = r#"
[[urls]]
path = "/a/"
view = "a"
nmae = "a"

[[urls]]
path = "b/"
include = "post.urls"

[[urls]]
path = "c/"
include = "posts.urls"

[[urls]]
path = "d/"

[[urls]]
path = "e/<pk>/<pk>/"
view = "e"
include = "posts.urls"
methods = ["PSOT"]

[[urls]]
path = "f/"
view = "f"
methods = ["PSOT"]
"#;
    let (_, problems) = read(root, &folder.apps());
    let included = folder.0.path().join("urls.toml");
    let included = format!("{}:2:8: unknown converter `itn`", included.display());
    let expected = [
        "urls.toml:3:8: the path `/a/` begins with a slash and can never match",
        "urls.toml:5:1: unknown key `nmae`",
        "urls.toml:9:11: no installed app has the urls `post.urls`",
        &included,
        "urls.toml:16:8: an entry needs a `view` or an `include`",
        "urls.toml:19:8: `pk` is captured twice",
        "urls.toml:21:11: an entry has a `view` or an `include`, not both",
        "urls.toml:27:12: unknown method `PSOT`",
    ];
    assert_eq!(problems, expected);
}

#[test]
fn names_the_slip_in_an_entry_that_leads_nowhere() {
    let root = "[[urls]]\npath = 'a/'\nveiw = 'a'\n[[urls]]\npath = 'b/'\ninlcude = 'b'\n";
    let (_, problems) = read(root, &Apps::default());
    let expected = [
        "urls.toml:3:1: unknown key `veiw`",
        "urls.toml:6:1: unknown key `inlcude`",
    ];
    assert_eq!(problems, expected);
}

#[test]
fn warns_of_a_name_that_two_urls_have() {
    let root = "[[urls]]\npath = 'a/'\nname = 'x'\nview = 'a'\n[[urls]]\npath = 'b/'\nname = 'x'\nview = 'b'\n";
    let (urls, problems) = read(root, &Apps::default());
    assert_eq!(
        problems,
        ["urls.toml:8:8: the name `x` is taken by the url at urls.toml:4:8"]
    );
    assert_eq!(urls.reverse("x", &[], &[]).unwrap(), "/b/");
}

#[test]
fn handlers_of_errors_are_templates_or_views_of_the_project_alone() {
    let folder = Folder::with_app("[handlers]\n404 = 'x.html'\n");
    let apps = folder.apps();
    let (urls, problems) = read(
        "[handlers]\n404 = 'x.html'\n500 = { view = 'own', template = 'y.html' }\n",
        &apps,
    );
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(urls.handler("404").unwrap(), "template");
    assert_eq!(urls.handler("500").unwrap(), "own");
    let wrong = "[handlers]\n405 = 'x.html'\n404 = 1\n500 = {}\n[[urls]]\npath = ''\ninclude = 'posts.urls'\n";
    let (_, problems) = read(wrong, &apps);
    let found = problems.join("\n");
    for line in [
        "urls.toml:2:1: unknown key `405`",
        "urls.toml:3:7: a handler is a template or a table with a `view` or a `template`, not an integer",
        "urls.toml:4:7: a handler is a template or a table with a `view` or a `template`, not a table without them",
        "`[handlers]` belongs in the `urls.toml` of the project",
    ] {
        assert!(found.contains(line), "{line}\n{found}");
    }
}
