//! The arguments of `handoff`.

mod rules;

pub use rules::{CalendarCommand, ReplayArgs, RulesCommand, RulesFormat};

use super::{Format, instant_or_date};
use crate::domain::time::Instant;
use clap::{Args as ClapArgs, Subcommand, ValueEnum};

/// What `handoff` does.
#[derive(Debug, Subcommand)]
pub enum HandoffCommand {
    /// What waits.
    List {
        #[arg(long, value_name = "KIND[/POLICY]|QUEUE")]
        queue: Option<String>,
        #[arg(long, value_name = "NAME|24/7")]
        calendar: Option<String>,
        #[arg(long, value_enum, default_value_t = Format::Text, hide_possible_values = true, value_name = "text|json|csv")]
        format: Format,
    },
    /// Someone takes it.
    Claim {
        #[command(flatten)]
        deed: DeedArgs,
    },
    /// It goes to someone, or back to the pool; or everything that nobody owns to whom it is suggested.
    Assign {
        #[arg(required_unless_present = "auto", conflicts_with = "auto", value_name = "ID")]
        ids: Vec<String>,
        #[command(flatten)]
        by: ByArgs,
        #[arg(long, value_name = "PERSON", conflicts_with = "auto")]
        to: Option<String>,
        #[arg(long)]
        auto: bool,
    },
    /// A human outbound attempt.
    Touch {
        #[command(flatten)]
        deed: DeedArgs,
        #[arg(long, value_enum, default_value_t = TouchKind::Call, hide_possible_values = true, value_name = "call|email|meeting|wechat")]
        kind: TouchKind,
        #[arg(long, value_name = "TEXT")]
        outcome: Option<String>,
    },
    /// The receiver takes it on.
    Accept {
        #[command(flatten)]
        deed: DeedArgs,
    },
    /// It is not qualified.
    Return {
        #[command(flatten)]
        deed: DeedArgs,
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// Its clock stops.
    Pause {
        #[command(flatten)]
        deed: DeedArgs,
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// Its clock goes on.
    Resume {
        #[command(flatten)]
        deed: DeedArgs,
    },
    /// The next touch is due then.
    Next {
        #[command(flatten)]
        deed: DeedArgs,
        #[arg(long, value_name = "RFC3339|DATE", value_parser = instant_or_date)]
        on: Instant,
    },
    /// The form of the hand-over to customer success.
    Form {
        #[command(flatten)]
        deed: DeedArgs,
        #[command(flatten)]
        form: FormArgs,
        #[arg(long, conflicts_with = "send_back")]
        accept: bool,
        #[arg(long, value_name = "TEXT")]
        send_back: Option<String>,
    },
    /// The kick-off is booked.
    Kickoff {
        #[command(flatten)]
        deed: DeedArgs,
        #[arg(long, value_name = "RFC3339|DATE", value_parser = instant_or_date)]
        on: Instant,
    },
    /// The rules that hold.
    #[command(args_conflicts_with_subcommands = true)]
    Rules {
        #[command(subcommand)]
        what: Option<RulesCommand>,
        #[arg(long, value_enum, default_value_t = RulesFormat::Text, hide_possible_values = true, value_name = "text|json|toml")]
        format: RulesFormat,
    },
    /// The calendars that they go by.
    Calendar {
        #[command(subcommand)]
        what: CalendarCommand,
    },
    /// Other rules, tried on the past.
    Replay(ReplayArgs),
}

/// With which hand-offs something is done, by whom and when.
#[derive(Debug, ClapArgs)]
pub struct DeedArgs {
    #[arg(required = true, value_name = "ID")]
    pub ids: Vec<String>,
    #[command(flatten)]
    pub by: ByArgs,
}

/// By whom something is done, when, and how it is told.
#[derive(Debug, ClapArgs)]
pub struct ByArgs {
    #[arg(long = "as", value_name = "PERSON")]
    pub person: Option<String>,
    #[arg(long, value_name = "RFC3339|DATE", value_parser = instant_or_date)]
    pub at: Option<Instant>,
    #[arg(long, value_enum, default_value_t = Format::Text, hide_possible_values = true, value_name = "text|json")]
    pub format: Format,
}

/// What the form says.
#[derive(Debug, Clone, ClapArgs, serde::Serialize)]
pub struct FormArgs {
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub background: String,
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub decision_chain: String,
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub success_criteria: String,
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub risks: String,
}

/// How someone was contacted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TouchKind {
    /// By telephone.
    Call,
    /// By e-mail.
    Email,
    /// In a meeting.
    Meeting,
    /// By WeChat.
    Wechat,
}

impl TouchKind {
    /// Its word in the store.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Email => "email",
            Self::Meeting => "meeting",
            Self::Wechat => "wechat",
        }
    }
}
