//! The cases of `tests/python/`, recorded on Django, by the interpreter of djr.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::thread;

use djr::apps::Apps;
use djr::db::Connections;
use djr::json::Json;
use djr::models::Registry;
use djr::project::Project;
use djr::script::{self, PythonSite, STACK_SIZE};
use djr::settings::Settings;

/// The models that every project has.
fn models_of_djr() -> Registry {
    let directory = tempfile::tempdir().unwrap();
    let apps = "[project]\napps = [\"admin\", \"auth\", \"contenttypes\", \"sessions\"]";
    fs::write(directory.path().join("djr.toml"), apps).unwrap();
    let project = Project::open(Some(directory.path()), None).unwrap();
    project.models().unwrap()
}

/// Runs a file of `tests/python/`; answers its exit code.
fn run(name: &'static str) -> u8 {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/python");
    let run = move || {
        // All cases are one call, which is not to be ended as a view is.
        let settings = Settings::parse("[server]\nview_timeout = 600").unwrap();
        let connections = Arc::new(Connections::new(BTreeMap::new()));
        let models = Arc::new(models_of_djr());
        let site = PythonSite::new(&root, &Apps::default(), &settings, &models, &connections);
        let file = root.join(name).to_str().unwrap().to_owned();
        let options = Json::Object(vec![("file".to_owned(), Json::String(file))]);
        script::run_own(&site, "_djr_program.file", &options).unwrap()
    };
    let thread = thread::Builder::new().stack_size(STACK_SIZE).spawn(run);
    thread.unwrap().join().unwrap()
}

#[test]
fn djangos_modules_answer_inside_djr_what_django_answers() {
    assert_eq!(run("inside.py"), 0);
}
