//! `profiles`: the user's own mappings of columns, listed, shown and removed.

use super::args::{Args, Format, ProfilesCommand};
use super::output::{Failure, failed, print};
use crate::domain::message::Message;
use crate::domain::time::Instant;
use crate::export::json;
use crate::export::table::{Align, table};
use crate::i18n::Locale;
use crate::ops::import::{As, Own, Profiles};
use crate::text::clean;
use chrono::{Offset as _, Utc};
use serde::Serialize;

/// The list as JSON.
#[derive(Serialize)]
struct List<'a> {
    profiles: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct Line<'a> {
    name: &'a str,
    object: Option<&'static str>,
    system: Option<&'a str>,
    columns: usize,
    saved_at: Option<Instant>,
    path: String,
}

impl<'a> Line<'a> {
    fn of(own: &'a Own) -> Self {
        let profile = &own.profile;
        Self {
            name: &profile.name,
            object: profile.object.map(As::key),
            system: profile.system.as_deref(),
            columns: profile.columns.len(),
            saved_at: profile.saved_at,
            path: own.path.display().to_string(),
        }
    }
}

/// Lists the profiles, or shows or removes one.
pub fn run(args: &Args, what: Option<&ProfilesCommand>, format: Format, locale: &Locale) -> Result<(), Failure> {
    let profiles = Profiles::load(args.profiles.as_deref());
    match what {
        Some(ProfilesCommand::Show { name }) => print(&profiles.text(name).map_err(failed(locale))?),
        Some(ProfilesCommand::Remove { name }) => {
            let path = profiles.remove(name).map_err(failed(locale))?.display().to_string();
            let told = Message::new("profile-removed").with("name", name.trim()).with("path", path);
            print(&format!("{}\n", locale.tell(&told)))
        }
        None => list(&profiles, format, locale),
    }
}

fn list(profiles: &Profiles, format: Format, locale: &Locale) -> Result<(), Failure> {
    for broken in &profiles.broken {
        eprintln!("revops: {}", clean(&locale.tell(&broken.message)));
    }
    let lines: Vec<Line> = profiles.own.iter().map(Line::of).collect();
    if format == Format::Json {
        return print(&json::object(&List { profiles: lines }));
    }
    if lines.is_empty() {
        return print(&format!("{}\n", locale.t("profiles-none")));
    }
    let mut rows =
        vec![["name", "object", "system", "columns", "saved"].map(|key| locale.t(&format!("profiles-{key}"))).to_vec()];
    rows.extend(lines.iter().map(|line| {
        let system = |system| locale.tell(&Message::new("system-name").with("system", system));
        vec![
            clean(line.name).into_owned(),
            line.object.map(|object| locale.t(&format!("as-{object}"))).unwrap_or_default(),
            line.system.map(system).unwrap_or_default(),
            locale.count(line.columns as u64),
            line.saved_at.map(|at| locale.moment(at, Utc.fix())).unwrap_or_default(),
        ]
    }));
    let align = [Align::Left, Align::Left, Align::Left, Align::Right, Align::Left];
    print(&table(&align, &rows))
}
