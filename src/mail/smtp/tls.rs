//! Whom to trust, and what to show: certificates from files.

use std::fs;
use std::path::{Path, PathBuf};

use lettre::transport::smtp::client::{
    Certificate, CertificateStore, Identity, TlsParameters, TlsParametersBuilder,
};

use crate::files::FileError;
use crate::mail::smtp::SmtpError;
use crate::settings::MailSettings;

/// TLS as `settings` want it: the system's authorities, or those of a file alone.
pub(super) fn parameters(settings: &MailSettings, root: &Path) -> Result<TlsParameters, SmtpError> {
    let mut builder = TlsParametersBuilder::new(settings.host.clone());
    if let Some(path) = &settings.ssl_cafile {
        let path = root.join(path);
        let trusted = Certificate::from_pem(&read(&path)?);
        let trusted = trusted.map_err(|source| unusable(&path, source))?;
        builder = builder
            .certificate_store(CertificateStore::None)
            .add_root_certificate(trusted);
    }
    if let Some(certificate) = &settings.ssl_certfile {
        let key = settings.ssl_keyfile.as_ref().unwrap_or(certificate);
        let (certificate, key) = (root.join(certificate), root.join(key));
        let identity = Identity::from_pem(&read(&certificate)?, &read(&key)?);
        builder = builder.identify_with(identity.map_err(|source| unusable(&certificate, source))?);
    }
    let path = settings
        .ssl_cafile
        .as_ref()
        .or(settings.ssl_certfile.as_ref());
    let path = path.cloned().unwrap_or_else(|| PathBuf::from("[mail]"));
    builder.build().map_err(|source| unusable(&path, source))
}

fn read(path: &Path) -> Result<Vec<u8>, SmtpError> {
    fs::read(path).map_err(|source| {
        SmtpError::File(FileError::System {
            action: "read",
            path: path.to_owned(),
            source,
        })
    })
}

fn unusable(path: &Path, source: lettre::transport::smtp::Error) -> SmtpError {
    SmtpError::Certificate {
        path: path.to_owned(),
        source,
    }
}
