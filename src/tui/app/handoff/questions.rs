//! The questions about hand-offs, and the answers that are proposed.

use super::Pending;
use crate::analysis::handoff::{Key, Lead, Suggested, Work};
use crate::domain::handoff::Seat;
use crate::domain::message::Message;
use crate::domain::object::TOUCH_KINDS;
use crate::domain::time::Instant;
use crate::tui::action::Effect;
use crate::tui::app::App;
use crate::tui::app::notices::Tone;
use crate::tui::panes::handoff::Wanted;
use crate::tui::widgets::ask::{Answer, AskPage, Typing};
use crate::tui::widgets::when::{morning, to_monday};

/// Reasons that are proposed before anybody has given one: for what is given back, and for pauses.
const REASONS: [&[&str]; 2] = [
    &[
        "reason-no-answer",
        "reason-no-need",
        "reason-no-budget",
        "reason-students",
        "reason-wrong-contact",
        "reason-duplicate",
    ],
    &["reason-asked-later", "reason-holiday", "reason-waits-for-data", "reason-with-partner", "reason-unreachable"],
];
/// Hours until the first proposed time.
const SOON_MS: i64 = 3_600_000;

impl App {
    /// Asks for what is missing to do something.
    pub(super) fn ask(&mut self, work: &Work, wanted: Wanted, keys: Vec<Key>) -> Vec<Effect> {
        let (typing, choices) = match wanted {
            Wanted::Assign => (Typing::Finds, self.receivers(work, &keys)),
            Wanted::Touch => (Typing::Notes, self.touches()),
            Wanted::Return => (Typing::Answers, self.reasons(work, 0)),
            Wanted::Pause => (Typing::Answers, self.reasons(work, 1)),
            _ => (Typing::Times(self.clock.now(), self.zone), self.times()),
        };
        let word = match wanted {
            Wanted::Assign => "assign",
            Wanted::Touch => "touch",
            Wanted::Return => "return",
            Wanted::Pause => "pause",
            Wanted::NextTouch => "next-touch",
            Wanted::Meeting => "meeting",
            _ => "kickoff",
        };
        let page = self.question(&format!("ask-{word}"), &self.whom(work, &keys), typing, choices);
        self.put_question(page, Pending::Do(wanted, keys));
        Vec::new()
    }

    fn question(&self, title: &str, whom: &str, typing: Typing, choices: Vec<(String, Answer)>) -> AskPage {
        let title = self.locale.t(title);
        let title = if whom.is_empty() { title } else { format!("{title} {} {whom}", self.glyphs.dot) };
        let how = match typing {
            Typing::Finds => "ask-how-find",
            Typing::Answers => "ask-how-reason",
            Typing::Notes => "ask-how-note",
            Typing::Times(..) => "ask-how-time",
        };
        AskPage::new(title, self.locale.t(how), typing, choices)
    }

    /// What the only one is called, or how many there are.
    fn whom(&self, work: &Work, keys: &[Key]) -> String {
        match keys {
            [key] => work.leads.iter().find(|lead| lead.key() == *key).map(|lead| lead.called.name.clone()),
            many => Some(self.locale.tell(&Message::new("handoff-many").with("n", many.len()))),
        }
        .unwrap_or_default()
    }

    pub(super) fn ask_who_i_am(&mut self, work: &Work, keys: Vec<Key>) -> Vec<Effect> {
        let mut members: Vec<(String, Answer)> =
            work.members.iter().map(|(id, name)| (name.clone(), Answer::Member(Some(*id)))).collect();
        members.sort_by_key(|(name, _)| name.to_lowercase());
        let page = self.question("ask-who-am-i", "", Typing::Finds, members);
        self.put_question(page, Pending::Me(keys));
        Vec::new()
    }

    pub(super) fn ask_what_is_missing(&mut self, key: Key) {
        let page = self.question("ask-send-back", "", Typing::Answers, Vec::new());
        self.popups.pop();
        self.put_question(page, Pending::SendBack(key));
    }

    /// Who has something open, those who are absent first.
    pub(super) fn ask_whom_to_relieve(&mut self) {
        let Some(work) = self.views.handoffs().work().cloned() else { return };
        let mut open: std::collections::BTreeMap<i64, usize> = std::collections::BTreeMap::new();
        for lead in work.leads.iter().filter(|lead| lead.item.waits()) {
            lead.item.owner.into_iter().for_each(|owner| *open.entry(owner).or_default() += 1);
        }
        let away = |member: i64| work.seats.iter().flatten().any(|seat| seat.member == member && seat.away);
        let mut owners: Vec<(i64, usize)> = open.into_iter().collect();
        owners.sort_by_key(|(member, n)| (!away(*member), std::cmp::Reverse(*n), *member));
        let choice = |(member, n): (i64, usize)| {
            let key = if away(member) { "ask-open-absent" } else { "ask-open" };
            let said = Message::new(key).with("name", work.member(member)).with("n", n);
            (self.locale.tell(&said), Answer::Member(Some(member)))
        };
        let choices: Vec<(String, Answer)> = owners.into_iter().map(choice).collect();
        if choices.is_empty() {
            self.mention(Tone::Note, &Message::new("handoff-nothing-owned"));
            return;
        }
        let page = self.question("ask-share", "", Typing::Finds, choices);
        self.put_question(page, Pending::Redistribute);
    }

    /// The receivers, the suggested one first, then by what they have got; at the end nobody.
    fn receivers(&self, work: &Work, keys: &[Key]) -> Vec<(String, Answer)> {
        let first = work.leads.iter().find(|lead| keys.first() == Some(&lead.key()));
        let suggested = first.filter(|_| keys.len() == 1).and_then(|lead: &Lead| work.suggested(lead));
        let mut seats: Vec<&Seat> =
            first.and_then(|lead| work.seats.get(lead.item.raised.kind)).into_iter().flatten().collect();
        let is_suggested = |seat: &Seat| suggested.is_some_and(|suggested| suggested.member() == seat.member);
        seats.sort_by_key(|seat| {
            (!is_suggested(seat), seat.away, seat.load, work.member(seat.member).to_owned(), seat.member)
        });
        let choice = |seat: &&Seat| {
            let key = match suggested.filter(|_| is_suggested(seat)) {
                Some(Suggested::Keeper(_)) => "ask-receiver-keeper",
                Some(Suggested::Free(..)) => "ask-receiver-suggested",
                None if seat.away => "ask-receiver-away",
                None => "ask-receiver",
            };
            let said = Message::new(key).with("name", work.member(seat.member));
            let said = said.with("load", seat.load).with("capacity", seat.capacity);
            (self.locale.tell(&said), Answer::Member(Some(seat.member)))
        };
        let spread = (keys.len() > 1).then(|| (self.locale.t("ask-spread"), Answer::Spread));
        let nobody = (self.locale.t("ask-nobody"), Answer::Member(None));
        spread.into_iter().chain(seats.iter().map(choice)).chain([nobody]).collect()
    }

    fn touches(&self) -> Vec<(String, Answer)> {
        let kinds = TOUCH_KINDS.iter().zip(0..);
        kinds.map(|(word, code)| (self.locale.t(&format!("word-{word}")), Answer::Code(code))).collect()
    }

    /// The reasons given of late, then those that are proposed.
    fn reasons(&self, work: &Work, of: usize) -> Vec<(String, Answer)> {
        let given = work.reasons.get(of).into_iter().flatten().cloned();
        let proposed = REASONS.get(of).into_iter().flat_map(|keys| keys.iter()).map(|key| self.locale.t(key));
        let mut reasons: Vec<String> = Vec::new();
        for reason in given.chain(proposed) {
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        reasons.into_iter().map(|reason| (reason.clone(), Answer::Text(reason))).collect()
    }

    /// In an hour, and in the mornings to come.
    fn times(&self) -> Vec<(String, Answer)> {
        let (now, zone) = (self.clock.now(), self.zone);
        let days = [("ask-tomorrow", 1), ("ask-in-two-days", 2), ("ask-in-three-days", 3)];
        let monday = ("ask-next-monday", to_monday(now, zone));
        let mornings = days.into_iter().chain([monday, ("ask-in-a-week", 7), ("ask-in-a-month", 30)]);
        let soon = [("ask-in-an-hour", Instant(now.0 + SOON_MS))];
        let times = soon.into_iter().chain(mornings.filter_map(|(key, days)| Some((key, morning(days, now, zone)?))));
        times
            .map(|(key, at)| {
                let said = Message::new(key).with("at", self.locale.moment(at, zone));
                (self.locale.tell(&said), Answer::Moment(at))
            })
            .collect()
    }
}
