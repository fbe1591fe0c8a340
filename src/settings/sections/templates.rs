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
#[derive(Clone, Debug, Eq, PartialEq)]
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
    /// What a function of the project gives, by its dotted name.
    Own(String),
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
    let own = names.iter().filter(|name| name.contains('.')).cloned();
    let of_djr = NAMES.iter().map(|(name, _)| (*name).to_owned());
    let known: Vec<_> = of_djr.chain(own.clone()).collect();
    reader.check_names(PATH, &names, &known, "context processor");
    let found = NAMES
        .iter()
        .filter(|(name, _)| names.iter().any(|given| given == name));
    let found = found.map(|(_, processor)| processor.clone());
    TemplateSettings {
        dirs: reader.file_paths("templates.dirs"),
        context_processors: found.chain(own.map(ContextProcessor::Own)).collect(),
    }
}

impl TemplateSettings {
    /// The dotted names of the project's own context processors.
    pub fn own_context_processors(&self) -> impl Iterator<Item = &str> {
        self.context_processors
            .iter()
            .filter_map(|processor| match processor {
                ContextProcessor::Own(name) => Some(name.as_str()),
                _ => None,
            })
    }
}
