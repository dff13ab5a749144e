//! The arguments. Their help is in `assets/locales` under `cli-…`.

#![expect(missing_docs, reason = "what an argument does is said once, in assets/locales")]

mod handoff;
mod show;

pub use handoff::{
    ByArgs, CalendarCommand, DeedArgs, HandoffCommand, ReplayArgs, RulesCommand, RulesFormat, TouchKind,
};
pub use show::{CheckArgs, CheckFormat, FailOn, FunnelArgs, Part, ReportArgs, ReportFormat, ReportKind, ShowArgs};

use crate::clock::Clock;
use crate::domain::funnel::Funnels;
use crate::domain::handoff::Home;
use crate::domain::money::Currency;
use crate::domain::period::FiscalYear;
use crate::domain::time::Instant;
use crate::i18n::Lang;
use crate::ops::import::{As, DateOrder};
use crate::ops::{Location, Setup};
use crate::state::log::Log;
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Everything the command line takes.
#[derive(Debug, Parser)]
#[command(name = "revops", version, disable_help_subcommand = true)]
pub struct Args {
    #[arg(long, global = true, value_name = "PATH|URL", env = "REVOPS_STORE", hide_env = true)]
    pub store: Option<String>,
    #[arg(long, global = true, value_name = "en|zh-CN", value_parser = lang)]
    pub lang: Option<Lang>,
    #[arg(long, global = true, value_name = "RFC3339|DATE", value_parser = instant_or_date)]
    pub now: Option<Instant>,
    #[arg(long, global = true, value_enum, default_value_t = ColorChoice::Auto, hide_possible_values = true, value_name = "auto|always|never")]
    pub color: ColorChoice,
    #[arg(long, global = true)]
    pub read_only: bool,
    #[arg(long, global = true)]
    pub ascii: bool,
    #[arg(long, global = true)]
    pub no_mouse: bool,
    #[arg(long, global = true, value_name = "NAME")]
    pub theme: Option<String>,
    #[arg(long, global = true, value_name = "FILE.toml", env = "REVOPS_CONFIG", hide_env = true)]
    pub config: Option<PathBuf>,
    /// When the fiscal year begins, by the settings file.
    #[arg(skip)]
    pub fiscal: FiscalYear,
    /// The funnels there are, the company's own among them.
    #[arg(skip)]
    pub funnels: Funnels,
    /// The settings file, as the program found it.
    #[arg(skip)]
    pub settings: Settings,
    /// Where the user works: zone and working hours.
    #[arg(skip)]
    pub home: Home,
    /// The folder of the user's own mapping profiles.
    #[arg(skip)]
    pub profiles: Option<PathBuf>,
    /// Where it is noted what was done.
    #[arg(skip)]
    pub log: Log,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The settings file.
#[derive(Debug, Default)]
pub struct Settings {
    /// Where it is, or would be.
    pub path: PathBuf,
    /// What is wrong in it, a sentence each.
    pub mistakes: Vec<String>,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    /// In a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Those that draw a screen; the terminal interface serves them.
    #[command(flatten)]
    Screen(ScreenCommand),
    /// Those that print text.
    #[command(flatten)]
    Text(TextCommand),
}

/// Subcommands that draw a screen.
#[derive(Debug, Subcommand)]
pub enum ScreenCommand {
    /// The sample company.
    Demo {
        #[arg(long)]
        no_ui: bool,
    },
    /// A picture of a pane.
    Screenshot(ScreenshotArgs),
}

/// Subcommands that print text.
#[derive(Debug, Subcommand)]
pub enum TextCommand {
    /// Files in.
    Import(ImportArgs),
    /// A folder whose files are imported as they come.
    Watch(WatchArgs),
    /// The user's own mapping profiles.
    Profiles {
        #[command(subcommand)]
        what: Option<ProfilesCommand>,
        #[arg(long, value_enum, default_value_t = Format::Text, hide_possible_values = true, value_name = "text|json")]
        format: Format,
    },
    /// A pane as text, JSON or CSV.
    Show(ShowArgs),
    /// A report as a page or as JSON.
    Report(ReportArgs),
    /// The data, held against the rules.
    Check(CheckArgs),
    /// What waits, and what is done with it.
    Handoff {
        #[command(subcommand)]
        what: HandoffCommand,
    },
    /// Fields of a record, by hand.
    Set(SetArgs),
    /// Which system decides.
    #[command(args_conflicts_with_subcommands = true)]
    Ssot {
        #[command(subcommand)]
        what: Option<SsotCommand>,
        #[arg(long, value_enum, default_value_t = Format::Text, hide_possible_values = true, value_name = "text|json")]
        format: Format,
    },
    /// What users decided, back to the systems.
    Worksheet(WorksheetArgs),
    /// The journal.
    Log {
        #[arg(long, default_value_t = 20, value_name = "N", value_parser = clap::value_parser!(i64).range(1..))]
        limit: i64,
        #[arg(long, value_enum, default_value_t = Format::Text, hide_possible_values = true, value_name = "text|json")]
        format: Format,
    },
    /// Undo.
    Undo {
        #[arg(value_name = "ID")]
        action: Option<i64>,
    },
    /// Redo.
    Redo,
    /// The store itself.
    Store {
        #[command(subcommand)]
        what: StoreCommand,
    },
    /// What is wrong on this machine.
    Doctor {
        #[arg(long, value_enum, default_value_t = Format::Text, hide_possible_values = true, value_name = "text|json")]
        format: Format,
    },
    /// What a shell completes.
    Completions {
        #[arg(value_enum, hide_possible_values = true, value_name = "bash|elvish|fish|powershell|zsh")]
        shell: clap_complete::Shell,
    },
    /// The manual.
    Man {
        #[arg(short, long, value_name = "DIR")]
        output: Option<PathBuf>,
    },
    /// A generated company as CSV.
    Sample {
        #[arg(long, value_name = "N", default_value_t = crate::domain::sample::DEMO_LEADS)]
        leads: usize,
        #[arg(long, value_name = "S", default_value_t = crate::domain::sample::DEMO_SEED)]
        seed: u64,
        #[arg(short, long, value_name = "DIR")]
        output: PathBuf,
    },
}

impl TextCommand {
    const fn what(&self) -> &'static str {
        match self {
            Self::Import(_) => "import",
            Self::Watch(_) => "watch",
            Self::Profiles { .. } => "profiles",
            Self::Show(_) => "show",
            Self::Report(_) => "report",
            Self::Check(_) => "check",
            Self::Handoff { .. } => "handoff",
            Self::Set(_) => "set",
            Self::Ssot { .. } => "ssot",
            Self::Worksheet(_) => "worksheet",
            Self::Log { .. } => "log",
            Self::Undo { .. } => "undo",
            Self::Redo => "redo",
            Self::Store { what } => match what {
                StoreCommand::Info { .. } => "store-info",
                StoreCommand::Backup { .. } => "store-backup",
                StoreCommand::Restore { .. } => "store-restore",
                StoreCommand::Copy { .. } => "store-copy",
                StoreCommand::Compact { .. } => "store-compact",
                StoreCommand::Verify { .. } => "store-verify",
                StoreCommand::Currency { .. } => "store-currency",
            },
            Self::Doctor { .. } => "doctor",
            Self::Completions { .. } => "completions",
            Self::Man { .. } => "man",
            Self::Sample { .. } => "sample",
        }
    }
}

/// What to import.
#[derive(Debug, ClapArgs)]
pub struct ImportArgs {
    #[arg(required = true, value_name = "FILE|FOLDER")]
    pub files: Vec<PathBuf>,
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    #[arg(long, value_name = "RFC3339|DATE", value_parser = instant_or_date)]
    pub exported_at: Option<Instant>,
    #[arg(long)]
    pub dry_run: bool,
    #[arg(long)]
    pub yes: bool,
    #[arg(long)]
    pub skip_refused: bool,
    #[arg(long, value_name = "NAME")]
    pub save_profile: Option<String>,
    #[command(flatten)]
    pub how: HowArgs,
}

/// Which folder to watch.
#[derive(Debug, ClapArgs)]
pub struct WatchArgs {
    #[arg(value_name = "FOLDER")]
    pub folder: PathBuf,
    #[arg(long)]
    pub once: bool,
    #[command(flatten)]
    pub how: HowArgs,
}

/// How files are understood and taken, asked for or watched for.
#[derive(Debug, Clone, ClapArgs)]
pub struct HowArgs {
    #[arg(long = "as", value_name = "OBJECT", value_parser = as_object)]
    pub as_object: Option<As>,
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    #[arg(long, value_name = "FILE.toml", conflicts_with = "profile")]
    pub map: Option<PathBuf>,
    #[arg(long, value_name = "NAME", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub system: Option<String>,
    #[arg(long, value_name = "ymd|mdy|dmy", value_parser = date_order)]
    pub dates: Option<DateOrder>,
    #[arg(long, value_name = "CODE", value_parser = currency)]
    pub currency: Option<Currency>,
    #[arg(long = "value", value_name = "FIELD:FROM=TO", value_parser = value_pair)]
    pub values: Vec<(String, String, String)>,
    #[arg(long)]
    pub allow_missing: bool,
    #[arg(long, value_enum, default_value_t = OnConflictArg::Update, hide_possible_values = true, value_name = "update|ignore|replace")]
    pub on_conflict: OnConflictArg,
    #[arg(long, value_enum, default_value_t = Format::Text, hide_possible_values = true, value_name = "text|json")]
    pub format: Format,
}

/// What to do with records that are already there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OnConflictArg {
    /// Take what the file says.
    Update,
    /// Leave them alone.
    Ignore,
    /// Take what the file says, blanks included.
    Replace,
}

/// What to set by hand.
#[derive(Debug, ClapArgs)]
pub struct SetArgs {
    #[arg(value_name = "OBJECT", value_parser = as_object)]
    pub object: As,
    #[arg(value_name = "ID")]
    pub id: String,
    #[arg(required = true, value_name = "FIELD=VALUE", value_parser = field_value)]
    pub fields: Vec<(String, String)>,
    #[arg(long, value_name = "ymd|mdy|dmy", value_parser = date_order)]
    pub dates: Option<DateOrder>,
}

/// What `ssot` does.
#[derive(Debug, Subcommand)]
pub enum SsotCommand {
    /// Lets a system decide.
    Set {
        #[arg(value_name = "OBJECT[.FIELD]")]
        of: String,
        #[arg(value_name = "SYSTEM")]
        system: String,
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
        #[arg(long)]
        dry_run: bool,
        #[arg(long, value_enum, default_value_t = Format::Text, hide_possible_values = true, value_name = "text|json")]
        format: Format,
    },
    /// Takes that back.
    Clear {
        #[arg(value_name = "OBJECT[.FIELD]")]
        of: String,
        #[arg(long)]
        dry_run: bool,
        #[arg(long, value_enum, default_value_t = Format::Text, hide_possible_values = true, value_name = "text|json")]
        format: Format,
    },
    /// Where systems contradict each other.
    Conflicts {
        #[arg(long, value_enum, default_value_t = Format::Text, hide_possible_values = true, value_name = "text|json|csv")]
        format: Format,
    },
}

/// Which worksheets, and where to.
#[derive(Debug, ClapArgs)]
pub struct WorksheetArgs {
    #[arg(long, value_name = "NAME", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub system: Option<String>,
    #[arg(short, long, value_name = "FOLDER")]
    pub output: Option<PathBuf>,
    #[arg(long, value_enum, default_value_t = Format::Text, hide_possible_values = true, value_name = "text|json")]
    pub format: Format,
}

/// What to draw.
#[derive(Debug, ClapArgs)]
pub struct ScreenshotArgs {
    #[arg(value_enum, hide_possible_values = true, value_name = "funnel|stages|pipeline|handoffs|records")]
    pub pane: Pane,
    #[arg(short, long, value_name = "FILE.svg")]
    pub output: PathBuf,
    #[arg(long, default_value = "100x30", value_name = "WxH", value_parser = size)]
    pub size: (u16, u16),
    #[arg(long)]
    pub demo: bool,
}

/// The panes that are printed and drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Pane {
    /// How many enter each stage and go on.
    Funnel,
    /// How the stages of a funnel are defined.
    Stages,
    /// Stages, owners, what was won, what is ageing.
    Pipeline,
    /// What waits for whom, and how well the hand-overs go.
    Handoffs,
    /// All people, accounts or deals.
    Records,
}

impl Pane {
    /// Its name on the command line.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Funnel => "funnel",
            Self::Stages => "stages",
            Self::Pipeline => "pipeline",
            Self::Handoffs => "handoffs",
            Self::Records => "records",
        }
    }
}

/// What `profiles` does, besides listing them.
#[derive(Debug, Subcommand)]
pub enum ProfilesCommand {
    /// Prints one.
    Show {
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Removes one.
    Remove {
        #[arg(value_name = "NAME")]
        name: String,
    },
}

/// What `store` does.
#[derive(Debug, Subcommand)]
pub enum StoreCommand {
    /// What it holds.
    Info {
        #[arg(long, value_enum, default_value_t = Format::Text, hide_possible_values = true, value_name = "text|json")]
        format: Format,
    },
    /// The currency of amounts that name none.
    Currency {
        #[arg(value_name = "CODE", value_parser = currency)]
        code: Currency,
    },
    /// A copy of it in one file.
    Backup {
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
        #[arg(long, value_enum, default_value_t = Format::Text, hide_possible_values = true, value_name = "text|json")]
        format: Format,
    },
    /// A backup in its place.
    Restore {
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[arg(long)]
        yes: bool,
        #[arg(long, value_enum, default_value_t = Format::Text, hide_possible_values = true, value_name = "text|json")]
        format: Format,
    },
    /// All of it in another store.
    Copy {
        #[arg(value_name = "FROM")]
        from: String,
        #[arg(value_name = "TO")]
        to: String,
        #[arg(long, value_enum, default_value_t = Format::Text, hide_possible_values = true, value_name = "text|json")]
        format: Format,
    },
    /// Without the old past.
    Compact {
        #[arg(long, value_name = "RFC3339|DATE", value_parser = instant_or_date)]
        before: Instant,
        #[arg(long)]
        yes: bool,
        #[arg(long, value_enum, default_value_t = Format::Text, hide_possible_values = true, value_name = "text|json")]
        format: Format,
    },
    /// Whether it is sound.
    Verify {
        #[arg(long, value_enum, default_value_t = Format::Text, hide_possible_values = true, value_name = "text|json")]
        format: Format,
    },
}

/// How to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For spreadsheets.
    Csv,
}

impl Args {
    /// What these arguments ask for, as the log calls it.
    #[must_use]
    pub const fn what(&self) -> &'static str {
        match &self.command {
            None => "screen",
            Some(Command::Screen(ScreenCommand::Demo { .. })) => "demo",
            Some(Command::Screen(ScreenCommand::Screenshot(_))) => "screenshot",
            Some(Command::Text(command)) => command.what(),
        }
    }

    /// How to open the store these arguments mean.
    #[must_use]
    pub fn setup(&self) -> Setup {
        let location = match &self.store {
            Some(place) => Location::parse(place),
            None => Location::File(default_store()),
        };
        Setup { location, actor: actor(), clock: self.clock(), read_only: self.read_only }
    }

    /// The platform's folder for things that can be made again; `None` when the user has no home.
    #[must_use]
    pub fn snapshots() -> Option<PathBuf> {
        directories::ProjectDirs::from("", "", "revops").map(|dirs| dirs.cache_dir().join("snapshots"))
    }

    /// How the program is called for the same store.
    #[must_use]
    pub fn program(&self) -> String {
        let quoted = |place: &str| match place.chars().all(|c| c.is_alphanumeric() || "/._-:@\\".contains(c)) {
            true => place.to_owned(),
            false => format!("'{place}'"),
        };
        // A password is nothing for the screen, and a variable that is set goes on to count.
        match self.store.as_deref().filter(|place| !place.contains("://")) {
            Some(place) if std::env::var("REVOPS_STORE").ok().as_deref() != Some(place) => {
                format!("revops --store {}", quoted(place))
            }
            _ => "revops".to_owned(),
        }
    }

    /// The clock these arguments mean.
    #[must_use]
    pub fn clock(&self) -> Clock {
        self.now.map_or(Clock::System, Clock::Fixed)
    }
}

/// `revops.db` in the platform's folder for data.
fn default_store() -> PathBuf {
    let folder = directories::ProjectDirs::from("", "", "revops").map(|dirs| dirs.data_dir().to_owned());
    folder.unwrap_or_default().join("revops.db")
}

/// Who works: `REVOPS_ACTOR`, else the name the system knows.
fn actor() -> String {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    let name = ["REVOPS_ACTOR", "USER", "LOGNAME", "USERNAME"].into_iter().find_map(set);
    name.map_or_else(|| "unknown".to_owned(), |name| crate::text::clean(&name).into_owned())
}

fn lang(text: &str) -> Result<Lang, String> {
    Lang::parse(text).ok_or_else(|| "en, zh-CN".to_owned())
}

fn instant_or_date(text: &str) -> Result<Instant, String> {
    let date = || text.parse().ok().map(Instant::at_midnight);
    Instant::parse_rfc3339(text).or_else(date).ok_or_else(|| "2026-11-17, 2026-11-17T10:12:00Z".to_owned())
}

fn as_object(text: &str) -> Result<As, String> {
    let keys = || As::ALL.map(As::key).join(", ");
    As::parse(text).or_else(|| super::said::object(text)).ok_or_else(keys)
}

fn date_order(text: &str) -> Result<DateOrder, String> {
    DateOrder::parse(text).ok_or_else(|| "ymd, mdy, dmy".to_owned())
}

fn currency(text: &str) -> Result<Currency, String> {
    Currency::parse(text).ok_or_else(|| "USD, EUR, CNY …".to_owned())
}

fn value_pair(text: &str) -> Result<(String, String, String), String> {
    let parts = text.split_once(':').and_then(|(field, pair)| Some((field, pair.split_once('=')?)));
    let (field, (from, to)) = parts.ok_or_else(|| "product:GTXPro=GTX Pro".to_owned())?;
    Ok((field.trim().to_owned(), from.trim().to_owned(), to.trim().to_owned()))
}

fn field_value(text: &str) -> Result<(String, String), String> {
    let parts = text.split_once('=').map(|(field, value)| (field.trim().to_owned(), value.to_owned()));
    parts.filter(|(field, _)| !field.is_empty()).ok_or_else(|| "domain=helio.example".to_owned())
}

fn size(text: &str) -> Result<(u16, u16), String> {
    let parsed = text.split_once('x').and_then(|(w, h)| Some((w.parse().ok()?, h.parse().ok()?)));
    parsed
        .filter(|&(w, h): &(u16, u16)| (20..=400).contains(&w) && (5..=200).contains(&h))
        .ok_or_else(|| "100x30".to_owned())
}
