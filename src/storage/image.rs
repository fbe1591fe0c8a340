//! Images, known by the first bytes of their content.
//!
//! Not by a crate that decodes: the pixels are nobody's business here, and decoders are what attacks aim at. The
//! header of each format has its size, which a truncated or renamed file lacks.

use std::io::{self, Read};

use crate::http::UploadedFile;

/// Bytes that are looked at: enough for the markers in front of the size of a photograph.
const HEAD: u64 = 256 * 1024;

/// Pixels of an image at most, as of Pillow: what is larger is made to fill the memory of who decodes it.
const MAX_PIXELS: u64 = 178_956_970;

/// A format of images.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ImageFormat {
    /// Windows bitmaps.
    Bmp,
    /// GIF.
    Gif,
    /// Icons.
    Ico,
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// TIFF.
    Tiff,
    /// WebP.
    Webp,
}

impl ImageFormat {
    /// Its type on the web.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Bmp => "image/bmp",
            Self::Gif => "image/gif",
            Self::Ico => "image/x-icon",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Tiff => "image/tiff",
            Self::Webp => "image/webp",
        }
    }
}

/// How large an image is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct ImageSize {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

/// An image as its header describes it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct ImageHeader {
    /// Its format.
    pub format: ImageFormat,
    /// Its size.
    pub size: ImageSize,
}

/// The format of the image in `file`; none where it is not an image.
pub fn image_format(file: &UploadedFile) -> Option<ImageFormat> {
    image_header(file).map(|header| header.format)
}

/// The header of the image in `file`; none where it is not an image that has a size, where that is so large that it
/// could only be an attack, and where a PNG is cut off.
pub fn image_header(file: &UploadedFile) -> Option<ImageHeader> {
    let mut head = Vec::new();
    file.open().ok()?.take(HEAD).read_to_end(&mut head).ok()?;
    let header = read_header(&head)?;
    let pixels = u64::from(header.size.width) * u64::from(header.size.height);
    let is_whole = || {
        let mut reader = file.open().ok()?;
        is_whole_png(&mut reader).ok().filter(|is_whole| *is_whole)
    };
    let is_whole = || header.format != ImageFormat::Png || is_whole().is_some();
    (pixels <= MAX_PIXELS && is_whole()).then_some(header)
}

/// Whether the parts of a PNG follow each other up to the last one, as Pillow wants them.
fn is_whole_png(reader: &mut dyn Read) -> io::Result<bool> {
    let mut signature = [0; 8];
    reader.read_exact(&mut signature)?;
    loop {
        let mut head = [0; 8];
        reader.read_exact(&mut head)?;
        let [a, b, c, d, kind @ ..] = head;
        // What follows is a checksum.
        let rest = u64::from(u32::from_be_bytes([a, b, c, d])) + 4;
        if io::copy(&mut reader.take(rest), &mut io::sink())? < rest {
            return Ok(false);
        }
        if kind == *b"IEND" {
            return Ok(true);
        }
    }
}

/// Whether files of another format than `format` end as `name` does.
pub fn is_extension_of_another(name: &str, format: ImageFormat) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let known = EXTENSIONS
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(extension));
    known.is_some_and(|(_, known)| *known != format)
}

/// How the names of files of each format end.
const EXTENSIONS: [(&str, ImageFormat); 13] = [
    ("bmp", ImageFormat::Bmp),
    ("dib", ImageFormat::Bmp),
    ("gif", ImageFormat::Gif),
    ("ico", ImageFormat::Ico),
    ("jpg", ImageFormat::Jpeg),
    ("jpeg", ImageFormat::Jpeg),
    ("jpe", ImageFormat::Jpeg),
    ("jfif", ImageFormat::Jpeg),
    ("png", ImageFormat::Png),
    ("apng", ImageFormat::Png),
    ("tif", ImageFormat::Tiff),
    ("tiff", ImageFormat::Tiff),
    ("webp", ImageFormat::Webp),
];

fn read_header(head: &[u8]) -> Option<ImageHeader> {
    let header = |format, size: Option<ImageSize>| {
        let size = size.filter(|size| size.width > 0 && size.height > 0)?;
        Some(ImageHeader { format, size })
    };
    match head {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => {
            header(ImageFormat::Png, png_size(head))
        }
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => header(ImageFormat::Gif, gif_size(head)),
        [0xff, 0xd8, 0xff, ..] => header(ImageFormat::Jpeg, jpeg_size(head)),
        [b'B', b'M', ..] => header(ImageFormat::Bmp, bmp_size(head)),
        [0, 0, 1, 0, ..] => header(ImageFormat::Ico, ico_size(head)),
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => {
            header(ImageFormat::Tiff, tiff_size(head))
        }
        _ if head.starts_with(b"RIFF") && head.get(8..12)? == b"WEBP" => {
            header(ImageFormat::Webp, webp_size(head))
        }
        _ => None,
    }
}

fn number(bytes: &[u8], at: usize, width: usize, big_endian: bool) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(width)?)?;
    let add = |number: u32, byte: &u8| number << 8 | u32::from(*byte);
    Some(if big_endian {
        bytes.iter().fold(0, add)
    } else {
        bytes.iter().rev().fold(0, add)
    })
}

fn png_size(head: &[u8]) -> Option<ImageSize> {
    (head.get(12..16)? == b"IHDR").then_some(())?;
    Some(ImageSize {
        width: number(head, 16, 4, true)?,
        height: number(head, 20, 4, true)?,
    })
}

fn gif_size(head: &[u8]) -> Option<ImageSize> {
    Some(ImageSize {
        width: number(head, 6, 2, false)?,
        height: number(head, 8, 2, false)?,
    })
}

fn bmp_size(head: &[u8]) -> Option<ImageSize> {
    let header_size = number(head, 14, 4, false)?;
    if header_size == 12 {
        return Some(ImageSize {
            width: number(head, 18, 2, false)?,
            height: number(head, 20, 2, false)?,
        });
    }
    // A negative height stands for rows from the top.
    let height = number(head, 22, 4, false)?.cast_signed().unsigned_abs();
    Some(ImageSize {
        width: number(head, 18, 4, false)?,
        height,
    })
}

fn ico_size(head: &[u8]) -> Option<ImageSize> {
    let count = number(head, 4, 2, false)?;
    let side = |at| number(head, at, 1, false).map(|side| if side == 0 { 256 } else { side });
    (count > 0).then_some(())?;
    Some(ImageSize {
        width: side(6)?,
        height: side(7)?,
    })
}

/// The size stands in the first frame, behind segments of other data.
fn jpeg_size(head: &[u8]) -> Option<ImageSize> {
    let mut at = 2;
    loop {
        let marker = head.get(at..at + 2)?;
        if marker[0] != 0xff {
            return None;
        }
        match marker[1] {
            0xff => at += 1,
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                return Some(ImageSize {
                    height: number(head, at + 5, 2, true)?,
                    width: number(head, at + 7, 2, true)?,
                });
            }
            0xd8 | 0x01 | 0xd0..=0xd7 => at += 2,
            0xd9 | 0xda => return None,
            _ => at += 2 + usize::try_from(number(head, at + 2, 2, true)?.max(2)).ok()?,
        }
    }
}

fn tiff_size(head: &[u8]) -> Option<ImageSize> {
    let big = head[0] == b'M';
    let directory = usize::try_from(number(head, 4, 4, big)?).ok()?;
    let entries = usize::try_from(number(head, directory, 2, big)?).ok()?;
    let value = |tag: u32| {
        (0..entries).find_map(|index| {
            let at = directory.checked_add(2 + 12 * index)?;
            if number(head, at, 2, big)? != tag {
                return None;
            }
            let width = if number(head, at + 2, 2, big)? == 3 {
                2
            } else {
                4
            };
            number(head, at + 8, width, big)
        })
    };
    Some(ImageSize {
        width: value(256)?,
        height: value(257)?,
    })
}

fn webp_size(head: &[u8]) -> Option<ImageSize> {
    let fourteen = |at| number(head, at, 2, false).map(|side| side & 0x3fff);
    match head.get(12..16)? {
        b"VP8 " => Some(ImageSize {
            width: fourteen(26)?,
            height: fourteen(28)?,
        }),
        b"VP8L" => {
            let bits = number(head, 21, 4, false)?;
            Some(ImageSize {
                width: (bits & 0x3fff) + 1,
                height: (bits >> 14 & 0x3fff) + 1,
            })
        }
        b"VP8X" => Some(ImageSize {
            width: number(head, 24, 3, false)? + 1,
            height: number(head, 27, 3, false)? + 1,
        }),
        _ => None,
    }
}
