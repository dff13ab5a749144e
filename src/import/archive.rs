//! What a workbook unpacks to, before anything reads it: a small file may unpack to any size.

use super::error::Error;
use std::io::{Cursor, Read as _, copy, sink};
use zip::ZipArchive;

/// The largest workbook that is opened.
pub(super) const LARGEST: u64 = 256 << 20;
/// The most that all its parts may unpack to.
const UNPACKED: u64 = 1 << 30;
/// The most that a part may unpack to that is held in memory as a whole; sheets are read as they come.
const HELD: u64 = 256 << 20;
/// The most that the styles may unpack to.
const STYLES: u64 = 16 << 20;
/// Where a part says how many texts it holds.
const HEAD: u64 = 4096;

/// Unpacks every part and drops it, so that what a part really is counts and not what it claims.
pub(super) fn check(bytes: &[u8]) -> Result<(), Error> {
    if bytes.len() as u64 > LARGEST {
        return Err(Error::TooLarge);
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut left = UNPACKED;
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).map_err(damaged)?;
        let limit = left.min(largest(&part.name().map_err(damaged)?));
        if part.size() > limit {
            return Err(Error::TooLarge);
        }
        let mut head = Vec::new();
        part.by_ref().take(HEAD).read_to_end(&mut head).map_err(damaged)?;
        let rest = limit.saturating_sub(head.len() as u64);
        let read = head.len() as u64 + copy(&mut part.by_ref().take(rest + 1), &mut sink()).map_err(damaged)?;
        if read > limit {
            return Err(Error::TooLarge);
        }
        // Room is made for as many texts as a part announces.
        if announced(&head).is_some_and(|texts| texts > read) {
            return Err(Error::Workbook { cause: "uniqueCount".to_owned() });
        }
        left -= read;
    }
    Ok(())
}

fn damaged(error: impl std::fmt::Display) -> Error {
    Error::Workbook { cause: error.to_string() }
}

fn largest(name: &str) -> u64 {
    let name = name.to_ascii_lowercase();
    if name.ends_with("styles.xml") {
        STYLES
    } else if name.contains("sheets/") {
        UNPACKED
    } else {
        HELD
    }
}

/// How many texts a part says it holds.
fn announced(head: &[u8]) -> Option<u64> {
    let text = String::from_utf8_lossy(head);
    let (_, rest) = text.split_once("uniqueCount")?;
    let digits: String = rest.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    // More digits than fit are more texts than fit.
    Some(digits.parse().unwrap_or(u64::MAX))
}
