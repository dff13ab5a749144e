//! What the program says to the user: the message line, and the log of messages.

use super::{App, NOTICE_ROWS};
use crate::domain::message::Message;
use crate::domain::time::Instant;
use crate::text::{self, Clean};
use crate::tui::keymap::{Context, Key};
use crate::tui::theme::Meaning;
use crate::tui::widgets::messages::Said;
use std::collections::VecDeque;

/// How many messages are kept.
const KEPT: usize = 200;

/// How a message is meant.
#[derive(Clone, Copy)]
pub(super) enum Tone {
    Done,
    Failed,
    Note,
}

impl Tone {
    pub(super) fn meaning(self) -> Meaning {
        match self {
            Self::Done => Meaning::Ok,
            Self::Failed => Meaning::Breach,
            Self::Note => Meaning::Warn,
        }
    }
}

/// A message: kept as it was said, in the language of that moment.
#[derive(Clone)]
pub(super) struct Notice {
    pub(super) tone: Tone,
    at: Instant,
    words: Clean,
}

/// The messages so far, and the one on the message line.
#[derive(Default)]
pub(super) struct Notices {
    log: VecDeque<Notice>,
    shown: Option<Notice>,
}

impl Notices {
    /// What the message line says.
    pub(super) fn shown(&self) -> Option<&Notice> {
        self.shown.as_ref()
    }

    /// Empties the message line.
    pub(super) fn clear(&mut self) {
        self.shown = None;
    }
}

impl App {
    /// The message stays until the next key, and in the log.
    pub(super) fn say(&mut self, tone: Tone, message: &Message) {
        self.mention(tone, message);
        self.notices.log.extend(self.notices.shown.clone());
        if self.notices.log.len() > KEPT {
            self.notices.log.pop_front();
        }
    }

    /// The message stays until the next key: nobody wants to read it later.
    pub(super) fn mention(&mut self, tone: Tone, message: &Message) {
        let words = self.locale.tell(message).into();
        self.notices.shown = Some(Notice { tone, at: self.clock.now(), words });
    }

    /// Of a key that does nothing here: what it does elsewhere.
    pub(super) fn say_where(&mut self, key: Key) {
        let elsewhere = Context::READ.into_iter().find_map(|context| self.keys.find(key, context));
        let Some(command) = elsewhere.filter(|_| Context::READ.contains(&self.context())) else { return };
        let what = self.locale.t(command.description);
        let said = Message::new("tui-not-here").with("key", key.bound().shown(self.glyphs)).with("what", what);
        self.mention(Tone::Note, &said);
    }

    /// The log as its page shows it, newest first.
    pub(super) fn said(&self) -> Vec<Said> {
        let said = |notice: &Notice| Said {
            at: self.locale.time_of_day(notice.at, self.zone).into(),
            words: self.in_words(notice).into(),
            meaning: notice.tone.meaning(),
        };
        self.notices.log.iter().rev().map(said).collect()
    }

    /// The message, or what cannot be read of the filter above it, and how it is meant.
    pub(super) fn told(&self) -> Option<(Meaning, String)> {
        if let Some(notice) = self.notices.shown() {
            return Some((notice.tone.meaning(), self.in_words(notice)));
        }
        let unread = self.sheet().filter(|_| self.shows_filter())?.unread()?;
        Some((Meaning::Warn, format!("{} {}", self.glyphs.dot, self.locale.tell(&unread))))
    }

    /// The message in lines that fit; empty when there is nothing to say.
    pub(super) fn notice_lines(&self, width: u16) -> Vec<String> {
        let Some((_, words)) = self.told() else { return Vec::new() };
        let room = usize::from(width).saturating_sub(2);
        let mut lines = text::wrap(&words, room);
        let is_cut = lines.len() > NOTICE_ROWS;
        lines.truncate(NOTICE_ROWS);
        // The whole of it is in the log.
        if let Some(last) = lines.last_mut().filter(|_| is_cut) {
            *last = text::truncate(&format!("{last}…"), room).into_owned();
        }
        lines
    }

    /// With the sign that says how it is meant.
    fn in_words(&self, notice: &Notice) -> String {
        let sign = match notice.tone {
            Tone::Done => self.glyphs.done.to_owned(),
            Tone::Failed => format!("{} {}", self.glyphs.failed, self.locale.t("tui-tone-failed")),
            Tone::Note => self.glyphs.dot.to_owned(),
        };
        format!("{sign} {}", notice.words)
    }
}
