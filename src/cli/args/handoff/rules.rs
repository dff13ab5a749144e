//! The arguments of `handoff rules`, `handoff calendar` and `handoff replay`.

use super::super::{Format, field_value};
use clap::{Args as ClapArgs, Subcommand, ValueEnum};
use std::path::PathBuf;

/// What `handoff rules` does, besides printing them.
#[derive(Debug, Subcommand)]
pub enum RulesCommand {
    /// Changes some of them.
    Set {
        #[arg(required = true, value_name = "KIND[/POLICY] FIELD=VALUE")]
        words: Vec<String>,
        #[arg(long, value_enum, default_value_t = Format::Text, hide_possible_values = true, value_name = "text|json")]
        format: Format,
    },
    /// Back to those that come with the program.
    Reset {
        #[arg(long, value_enum, default_value_t = Format::Text, hide_possible_values = true, value_name = "text|json")]
        format: Format,
    },
    /// All of them from a file.
    Load {
        #[arg(value_name = "FILE.toml")]
        file: PathBuf,
        #[arg(long, value_enum, default_value_t = Format::Text, hide_possible_values = true, value_name = "text|json")]
        format: Format,
    },
}

/// How to print rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RulesFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// As `load` takes them.
    Toml,
}

/// What `handoff calendar` does.
#[derive(Debug, Subcommand)]
pub enum CalendarCommand {
    /// Those that there are.
    List {
        #[arg(long, value_enum, default_value_t = RulesFormat::Text, hide_possible_values = true, value_name = "text|json|toml")]
        format: RulesFormat,
    },
    /// One of them.
    Show {
        #[arg(value_name = "NAME")]
        name: String,
        #[arg(long, value_enum, default_value_t = RulesFormat::Text, hide_possible_values = true, value_name = "text|json|toml")]
        format: RulesFormat,
    },
    /// Zone, hours, and until when its holidays are known.
    Set {
        #[arg(value_name = "NAME")]
        name: String,
        #[arg(required = true, value_name = "FIELD=VALUE", value_parser = field_value)]
        fields: Vec<(String, String)>,
        #[arg(long, value_enum, default_value_t = Format::Text, hide_possible_values = true, value_name = "text|json")]
        format: Format,
    },
    /// A new one like another.
    Copy {
        #[arg(value_name = "FROM")]
        from: String,
        #[arg(value_name = "NAME")]
        name: String,
        #[arg(long, value_enum, default_value_t = Format::Text, hide_possible_values = true, value_name = "text|json")]
        format: Format,
    },
    /// Days off.
    Holiday {
        #[command(flatten)]
        days: DaysArgs,
    },
    /// Working days that make up for them.
    Workday {
        #[command(flatten)]
        days: DaysArgs,
    },
    /// Both, from a file in iCalendar format.
    Import {
        #[arg(value_name = "NAME")]
        name: String,
        #[arg(value_name = "FILE.ics")]
        file: PathBuf,
        #[arg(long, value_enum, default_value_t = Format::Text, hide_possible_values = true, value_name = "text|json")]
        format: Format,
    },
    /// It goes, or the shipped one holds again.
    Delete {
        #[arg(value_name = "NAME")]
        name: String,
        #[arg(long, value_enum, default_value_t = Format::Text, hide_possible_values = true, value_name = "text|json")]
        format: Format,
    },
    /// All of the company's own from a file.
    Load {
        #[arg(value_name = "FILE.toml")]
        file: PathBuf,
        #[arg(long, value_enum, default_value_t = Format::Text, hide_possible_values = true, value_name = "text|json")]
        format: Format,
    },
}

/// Days of a calendar.
#[derive(Debug, ClapArgs)]
pub struct DaysArgs {
    #[arg(value_name = "NAME")]
    pub name: String,
    #[arg(required = true, value_name = "DATE[..DATE]")]
    pub days: Vec<String>,
    #[arg(long)]
    pub remove: bool,
    #[arg(long, value_enum, default_value_t = Format::Text, hide_possible_values = true, value_name = "text|json")]
    pub format: Format,
}

/// Which rules to try.
#[derive(Debug, ClapArgs)]
pub struct ReplayArgs {
    #[arg(value_name = "KIND[/POLICY] FIELD=VALUE")]
    pub words: Vec<String>,
    #[arg(long, value_name = "NAME|24/7")]
    pub calendar: Option<String>,
    #[arg(long, value_name = "2026|2026-Q4|2026-10|2026-W41|A..B")]
    pub period: Option<String>,
    #[arg(long, value_enum, default_value_t = Format::Text, hide_possible_values = true, value_name = "text|json|csv")]
    pub format: Format,
}
