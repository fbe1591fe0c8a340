//! The pairs of models below `tests/parity/models`.

use std::fs;
use std::path::{Path, PathBuf};

use djr::apps::{App, AppLabel, AppSource, Apps};
use djr::models::{Model, ModelKey, Registry};

/// The directory of the parity tests.
pub(crate) fn parity() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/parity")
}

/// The names of the pairs, sorted.
pub(crate) fn labels() -> Vec<String> {
    let files = fs::read_dir(parity().join("models")).unwrap();
    let paths = files.map(|file| file.unwrap().path());
    let tables = paths.filter(|path| path.extension().is_some_and(|end| end == "toml"));
    let mut labels: Vec<_> = tables
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    labels.sort();
    labels
}

/// The models of all pairs, each an app, beside those of the built-in apps.
pub(crate) fn registry() -> Registry {
    let root = tempfile::tempdir().unwrap();
    let mut apps = built_in();
    for label in labels() {
        let directory = root.path().join(&label);
        fs::create_dir(&directory).unwrap();
        let text = parity().join("models").join(format!("{label}.toml"));
        fs::copy(text, directory.join("models.toml")).unwrap();
        apps.push(App {
            label: AppLabel::new(&label).unwrap(),
            source: AppSource::Disk(directory),
        });
    }
    let user_model = ModelKey::new("auth", "User");
    Registry::read(&Apps::new(apps), &user_model).unwrap_or_else(|findings| panic!("{findings}"))
}

fn built_in() -> Vec<App> {
    let apps = [
        ("auth", &djr::auth::APP_FILES),
        ("contenttypes", &djr::contenttypes::APP_FILES),
    ];
    let app = |(label, files)| App {
        label: AppLabel::new(label).unwrap(),
        source: AppSource::Embedded(files),
    };
    apps.into_iter().map(app).collect()
}

/// The models of the corpus alone.
pub(crate) fn models(registry: &Registry) -> impl Iterator<Item = &Model> {
    let labels = labels();
    registry
        .models()
        .filter(move |model| labels.contains(&model.app_label))
}
