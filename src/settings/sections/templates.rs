//! `[templates]`: where pages are found, and what they all know.

use std::path::PathBuf;

use crate::settings::reader::SettingsReader;

/// `[templates]`.
#[derive(Clone, Debug)]
pub struct TemplateSettings {
    /// Directories that are searched before those of the apps.
    pub dirs: Vec<PathBuf>,
    /// What gives every page its names.
    pub context_processors: Vec<ContextProcessor>,
}

/// Names that every page knows, called as Django's context processors.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ContextProcessor {
    /// `user` and `perms`.
    Auth,
    /// `csrf_input` and `csrf_token`.
    Csrf,
    /// `debug`.
    Debug,
    /// `MEDIA_URL`.
    Media,
    /// `messages`.
    Messages,
    /// `request`.
    Request,
    /// `site` and `can_sign_up`.
    Site,
    /// `STATIC_URL`.
    Static,
    /// `TIME_ZONE`.
    Tz,
}

const NAMES: [(&str, ContextProcessor); 9] = [
    ("auth", ContextProcessor::Auth),
    ("csrf", ContextProcessor::Csrf),
    ("debug", ContextProcessor::Debug),
    ("media", ContextProcessor::Media),
    ("messages", ContextProcessor::Messages),
    ("request", ContextProcessor::Request),
    ("site", ContextProcessor::Site),
    ("static", ContextProcessor::Static),
    ("tz", ContextProcessor::Tz),
];

pub(in crate::settings) fn templates(reader: &SettingsReader<'_>) -> TemplateSettings {
    const PATH: &str = "templates.context_processors";
    let names = reader.get::<Vec<String>>(PATH);
    let known = NAMES.map(|(name, _)| name.to_owned());
    reader.check_names(PATH, &names, &known, "context processor");
    let found = NAMES
        .iter()
        .filter(|(name, _)| names.iter().any(|given| given == name));
    TemplateSettings {
        dirs: reader.file_paths("templates.dirs"),
        context_processors: found.map(|(_, processor)| *processor).collect(),
    }
}
