//! A small company, and an interface whose wishes are answered at once.

use super::super::*;
use crate::analysis::handoff::{Board, Called, Review, Told, Work, newest_period, queued, replay, review};
use crate::analysis::records::Entry as Line;
use crate::analysis::selection::Selection;
use crate::analysis::selection::find;
use crate::domain::conflict::{Conflict, Voice};
use crate::domain::facts::{
    Accounts, Facts as Picture, MemberFact, NONE, Opportunities, People, ProductFact, StageFact, Touched,
};
use crate::domain::funnel::{Bilingual, Funnel, Funnels};
use crate::domain::handoff::{Bodies, Home, Own, Rules};
use crate::domain::matching::{Folded, Query};
use crate::domain::money::{Currency, Money};
use crate::domain::object::{Object, Row};
use crate::domain::period::FiscalYear;
use crate::domain::pipeline::Deal;
use crate::domain::records::LISTED;
use crate::domain::stage::Outcome;
use crate::domain::target::TargetFact;
use crate::domain::time::{DAY_MS, Instant};
use crate::domain::value::{ActionId, Id, Value};
use crate::domain::word::Why;
use crate::ops::Story;
use crate::text;
use crate::tui::analyst::{
    Guide, HandoffAnswer, HandoffWish, Page, Past, PipelineAnswer, ReplayAnswer, ReplayWish, ReviewWish, page,
};
use chrono::{Offset, Utc};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::style::Modifier;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Tuesday 2026-11-17 10:12 UTC.
pub(super) const NOW: Instant = Instant(1_794_910_320_000);

/// What the company calls its own funnel.
pub(super) const OWN: &str = "Ours 我们的";

/// How much there is to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Facts {
    None,
    Some,
    More,
    Hostile,
}

const NAMES: [&str; 3] = ["Ingrid Malmøe", "王 芳", "Théodore Brücke"];
const REGIONS: [&str; 3] = ["Central", "华东", "West"];
const ACCOUNTS: [&str; 4] = ["Northwind Cloud", "云帆科技（上海）有限公司", "Helio", "Plenum Industries International"];
const HOSTILE: &str = "\u{1b}[2J\u{202e}Bobby\u{7}\n云\u{200b}帆 \u{9b}31mTables";

fn picture(facts: Facts, hostile: &str) -> Picture {
    let mut picture = Picture::default();
    let named = |name: &str| if facts == Facts::Hostile { hostile } else { name }.to_owned();
    let stage = |name, position, outcome| StageFact { name: named(name), position, outcome };
    if facts != Facts::None {
        picture.stages = Arc::new(BTreeMap::from([
            (1, stage("Prospecting", 10, Outcome::Open)),
            (2, stage("Engaging", 20, Outcome::Open)),
            (3, stage("Won", 900, Outcome::Won)),
            (4, stage("Lost", 910, Outcome::Lost)),
        ]));
        picture.members =
            Arc::new((0..3).map(|at| (at as i64 + 10, member(named(NAMES[at]), named(REGIONS[at])))).collect());
        let price = Some(Money { minor: 55_000, currency: Currency::USD });
        picture.products = Arc::new(BTreeMap::from([(20, ProductFact { name: named("GTX"), list_price: price })]));
    }
    let deals = match facts {
        Facts::None => 0,
        Facts::Some | Facts::Hostile => 120,
        Facts::More => 2_000,
    };
    let mut opportunities = Opportunities::default();
    opportunities.apply(&Touched::everything(), (0..deals).map(opportunity).collect());
    picture.opportunities = Arc::new(opportunities);
    picture
}

/// Leads of this quarter and the one before: six of ten become an MQL, of every four of these then one
/// and of every five now one an SQL, three days later.
fn with_leads(leads: i64) -> Picture {
    let mut picture = Picture::default();
    let words = Arc::make_mut(&mut picture.words);
    let sources = ["Event", "网络研讨会", "Referral"].map(|source| words.number(source));
    let mut people = People::default();
    let rows = (0..leads).map(|n| {
        let now = n % 2 == 0;
        let created = NOW.0 - (if now { 12 + n % 30 } else { 104 + n % 30 }) * DAY_MS;
        let is_mql = n % 10 < 6;
        let mql = if is_mql { created + DAY_MS } else { NONE };
        let is_sql = is_mql && (n / 10) % (if now { 5 } else { 4 }) == 0;
        let sql = if is_sql { created + 4 * DAY_MS } else { NONE };
        let source = sources[(n % 3) as usize];
        vec![5_000 + n, 0, NONE, NONE, NONE, source, NONE, NONE, NONE, created, mql, NONE, sql, NONE, NONE]
    });
    people.apply(&Touched::everything(), rows.collect());
    picture.people = Arc::new(people);
    picture
}

/// The same with whatever names these leads, their accounts and their deals: all of it is hostile.
fn with_hostile_leads(leads: i64, hostile: &str) -> Picture {
    let mut picture = Picture { people: with_leads(leads).people, ..picture(Facts::Hostile, hostile) };
    let word = Arc::make_mut(&mut picture.words).number(hostile);
    let people = Arc::make_mut(&mut picture.people);
    people.source.fill(word);
    people.region.fill(word);
    people.owner.fill(10);
    let deals = Arc::make_mut(&mut picture.opportunities);
    deals.account.fill(31);
    deals.lead.iter_mut().zip(&people.id).for_each(|(lead, &id)| *lead = id);
    Arc::make_mut(&mut picture.accounts).apply(&Touched::everything(), vec![vec![31, 10, word, word]]);
    let moves = people.id.iter().map(|&id| vec![90_000 + id, id, word, NOW.0 - DAY_MS]).collect();
    Arc::make_mut(&mut picture.lifecycle_changes).apply(&Touched::everything(), moves);
    picture
}

/// The same deals, each from the first stage into the second, and from there into the one where it is; close dates
/// that moved, and targets.
fn with_a_past(mut picture: Picture) -> Picture {
    let deals = Arc::make_mut(&mut picture.opportunities);
    let today = NOW.0.div_euclid(DAY_MS);
    let mut rows = Vec::new();
    let mut tell = |deal: i64, at: i64, from: i64, to: i64, close: (i64, i64)| {
        let id = 50_000 + rows.len() as i64;
        rows.push(vec![id, deal, from, to, at, close.1, close.0, NONE]);
    };
    for at in 0..deals.len() {
        let (n, created, closed) = (at as i64, deals.created_at[at], deals.closed_at[at]);
        let moved = created + (3 + n % 30) * DAY_MS;
        if deals.stage[at] == 1 {
            deals.close_date[at] = today + 5 + n % 80;
        } else {
            tell(deals.id[at], moved, 1, 2, (NONE, NONE));
        }
        if deals.stage[at] == 2 {
            let close = today - 20 + n % 60;
            deals.close_date[at] = close;
            (0..n % 5).for_each(|time| {
                let day = close - (n % 5 - time) * 15;
                tell(deals.id[at], (day - 1) * DAY_MS, 2, 2, (day, day + 15));
            });
        }
        if closed != NONE {
            tell(deals.id[at], closed.max(moved), 2, deals.stage[at], (NONE, NONE));
            deals.close_date[at] = closed.div_euclid(DAY_MS);
        }
    }
    Arc::make_mut(&mut picture.stage_changes).apply(&Touched::everything(), rows);
    let target = |owner: Option<&str>, dollars: i64| TargetFact {
        metric: "won_amount".to_owned(),
        period: "2026-Q4".to_owned(),
        owner: owner.map(str::to_owned),
        value: dollars * 10_000,
        currency: None,
    };
    let targets = [(1, target(None, 90_000)), (2, target(Some(NAMES[0]), 20_000)), (3, target(Some(NAMES[1]), 1_000))];
    picture.targets = Arc::new(targets.into());
    picture
}

/// Leads that wait: every third one hot, the first ones longest.
fn with_waiting(mut picture: Picture, leads: i64) -> Picture {
    let row = |n: i64| {
        let cell = |column: &&str| match *column {
            "kind" => 0,
            "owner" if n % 3 == 1 => 11,
            "score" => 80 + n % 20,
            "high_intent" if n % 3 == 0 => 1,
            "created_at" | "mql_at" => NOW.0 - (12 - n % 12) * 40_000,
            _ => NONE,
        };
        std::iter::once(7_000 + n).chain(People::COLUMNS.iter().map(cell)).collect()
    };
    let mut people = People::default();
    people.apply(&Touched::everything(), (0..leads).map(row).collect());
    picture.people = Arc::new(people);
    let mut deals = Opportunities::default();
    deals.apply(&Touched::everything(), (0..if leads > 0 { 8 } else { 0 }).map(opportunity).collect());
    let signed = deals.closed_at.iter_mut().filter(|at| **at != NONE);
    signed.for_each(|at| *at = NOW.0 - 2 * 3_600_000);
    picture.opportunities = Arc::new(deals);
    picture
}

/// A few companies.
fn accounts() -> Arc<Accounts> {
    let mut accounts = Accounts::default();
    accounts.apply(&Touched::everything(), (31..35).map(|id| vec![id, 10, NONE, NONE, NONE]).collect());
    Arc::new(accounts)
}

fn member(name: String, region: String) -> MemberFact {
    MemberFact { name, region: Some(region), team: None, hired_at: None, role: None, named_only: false }
}

/// Deal number `n`: every stage in turn, amounts and ages that differ.
fn opportunity(n: i64) -> Vec<i64> {
    let stage = n % 4 + 1;
    let created = NOW.0 - (n * 7 % 400) * DAY_MS;
    let closed = if stage > 2 { created + (n * 3 % 90) * DAY_MS } else { NONE };
    let amount = if stage == 3 { (1_000 + n * 137 % 30_000) * 100 } else { NONE };
    let product = if n % 5 == 0 { NONE } else { 20 };
    let owner = if n % 11 == 0 { NONE } else { 10 + n % 3 };
    vec![1_000 + n, NONE, NONE, stage, amount, NONE, owner, NONE, product, created, NONE, closed]
}

/// The shipped funnels, and one of the company's own: the first stages of the shipped one under other names.
fn funnels() -> Funnels {
    let shipped = Funnels::shipped();
    let mut own = Funnel::clone(shipped.first().unwrap());
    (own.key, own.name) = ("own".to_owned(), Bilingual { en: OWN.to_owned(), zh: OWN.to_owned() });
    own.stage.iter_mut().for_each(|stage| stage.short = Some(Bilingual { en: OWN.to_owned(), zh: OWN.to_owned() }));
    shipped.with(vec![own])
}

/// An interface of this size and language that nothing is known to yet.
pub(super) fn app(lang: Lang, (width, height): (u16, u16)) -> App {
    App::new(Setup {
        lang,
        theme: Theme::Default,
        ascii: false,
        clock: Clock::Fixed(NOW),
        zone: Utc.fix(),
        demo: true,
        read_only: false,
        company: "Lanternfield".to_owned(),
        view: View::Pipeline,
        flow: Settings::new(NOW.date(), FiscalYear::default(), funnels()),
        cut: Cut::default(),
        keys: Bindings::default(),
        hidden: Hidden::default(),
        size: Size { width, height },
        generation: 0,
        home: Some("/home/ana".into()),
        import_path: None,
        filters: std::collections::BTreeMap::new(),
        drafts: std::collections::BTreeMap::new(),
        actor: String::new(),
        me: None,
    })
}

/// A row of a list that tells nothing.
fn blank(object: Object, id: Id) -> Line {
    let values = object.fields().iter().map(|_| Value::Null).collect();
    Line {
        row: Row { object, id, rev: ActionId(1), values },
        name: String::new(),
        company: None,
        state: String::new(),
        owner: None,
        worth: None,
        created_at: None,
        closed_at: None,
        age: None,
        score: None,
        email: None,
        phone: None,
        source: None,
        domain: None,
        industry: None,
        segment: None,
        region: None,
        paid_at: None,
        step: None,
        names: BTreeMap::new(),
    }
}

/// An interface with an analyst that answers at once.
pub(super) struct Bench {
    pub(super) app: App,
    picture: Picture,
    facts: Facts,
    /// What people, deals and companies are called where the facts are hostile.
    hostile: String,
}

impl Bench {
    pub(super) fn new(lang: Lang, size: (u16, u16), facts: Facts) -> Self {
        Self::with_names(lang, size, facts, HOSTILE)
    }

    /// The same with a hostile name of one's own.
    pub(super) fn with_names(lang: Lang, size: (u16, u16), facts: Facts, hostile: &str) -> Self {
        let mut bench =
            Self { app: app(lang, size), picture: picture(facts, hostile), facts, hostile: hostile.to_owned() };
        let first = bench.app.start();
        bench.answer(first);
        bench
    }

    /// The pipeline view on deals with a past, and targets.
    pub(super) fn with_a_past(lang: Lang, size: (u16, u16)) -> Self {
        let mut bench = Self::new(lang, size, Facts::Some);
        bench.picture = with_a_past(bench.picture);
        let first = bench.app.watched.take().map(|_| bench.app.update(Event::Tick));
        bench.answer(first.unwrap_or_default());
        bench
    }

    /// The flow view on so many leads.
    pub(super) fn flow(lang: Lang, size: (u16, u16), leads: i64) -> Self {
        let hostile = HOSTILE.to_owned();
        Self { app: app(lang, size), picture: with_leads(leads), facts: Facts::Some, hostile }.at_the_flow()
    }

    /// The pipeline view, in a store with companies.
    pub(super) fn with_accounts(lang: Lang, size: (u16, u16)) -> Self {
        let mut bench = Self::new(lang, size, Facts::Some);
        bench.picture.accounts = accounts();
        bench
    }

    /// The records pane on people, companies and deals.
    pub(super) fn records(lang: Lang, size: (u16, u16)) -> Self {
        let picture = Picture { people: with_leads(60).people, accounts: accounts(), ..picture(Facts::Some, HOSTILE) };
        let mut bench = Self { app: app(lang, size), picture, facts: Facts::Some, hostile: HOSTILE.to_owned() };
        bench.app.views.show(View::People);
        let first = bench.app.start();
        bench.answer(first);
        bench
    }

    /// The same, long after the newest of them.
    pub(super) fn flow_at(lang: Lang, size: (u16, u16), leads: i64, now: Instant) -> Self {
        let mut bench = Self::flow(lang, size, leads);
        bench.app.clock = Clock::Fixed(now);
        let effects = bench.app.update(Event::Tick);
        bench.answer(effects);
        bench
    }

    /// The flow view on leads to which everything is called the same hostile name.
    pub(super) fn hostile_flow(lang: Lang, size: (u16, u16), hostile: &str) -> Self {
        let (picture, hostile) = (with_hostile_leads(400, hostile), hostile.to_owned());
        Self { app: app(lang, size), picture, facts: Facts::Hostile, hostile }.at_the_flow()
    }

    fn at_the_flow(mut self) -> Self {
        self.app.views.show(View::Flow);
        let first = self.app.start();
        self.answer(first);
        self
    }

    pub(super) fn press(&mut self, key: Key) {
        let effects = self.app.update(Event::Key(key));
        self.answer(effects);
    }

    /// Types text, character by character.
    pub(super) fn type_in(&mut self, text: &str) {
        text.chars().for_each(|c| self.press(Key::Char(c)));
    }

    /// The cell of the terminal's cursor, where it is shown.
    pub(super) fn caret(&self) -> (u16, u16) {
        let position = self.draw().get_cursor_position().unwrap();
        (position.x, position.y)
    }

    pub(super) fn resize(&mut self, width: u16, height: u16) {
        let effects = self.app.update(Event::Resize(width, height));
        self.answer(effects);
    }

    /// The store has changed.
    pub(super) fn refresh(&mut self, facts: Facts) {
        (self.picture, self.facts) = (picture(facts, &self.hostile), facts);
        let subject = self.app.watched.clone().unwrap();
        let watch = Watch { generation: self.app.generation, subject };
        self.answer(vec![Effect::Watch(watch)]);
    }

    pub(super) fn answer(&mut self, mut effects: Vec<Effect>) {
        while let Some(effect) = effects.pop() {
            if let Effect::Watch(Watch { generation, subject }) = effect {
                let answer = self.look_up(&subject);
                effects.extend(self.app.update(Event::Loaded(generation, answer)));
            }
        }
    }

    pub(super) fn look_up(&self, subject: &Subject) -> Answer {
        match subject {
            Subject::Flow(wish) => {
                Answer::Flow(Box::new(Guide::new(funnels()).look(wish, &self.picture, self.app.clock.now()).unwrap()))
            }
            Subject::Pipeline(_) if self.facts == Facts::None => Answer::Empty,
            Subject::Pipeline(wish) => {
                let mut found = PipelineAnswer::look(wish, &self.picture, NOW);
                let named = |id: Id| (id, (self.named(&format!("1C1I{:04}", id.0)), Some(self.named("Helio"))));
                found.pipeline.call(&found.pipeline.listed().into_iter().map(named).collect());
                Answer::Pipeline(Box::new(found))
            }
            Subject::Handoffs(wish) => Answer::Handoffs(Box::new(self.handoffs_of(wish))),
            Subject::Review(wish) => Answer::Review(Box::new(self.review_of(wish))),
            Subject::Replay(wish) => Answer::Replay(Box::new(self.replay_of(wish))),
            Subject::Nothing => Answer::Empty,
            Subject::List(listing, window) => {
                let found = find(&self.picture, &listing.selection, (NOW, None), |set| {
                    Guide::new(funnels()).journeys(&set.funnel, set.skips, &self.picture, NOW)
                });
                let step = |place| found.iter().find(|found| found.place == place).and_then(|found| found.step);
                let query = Query::new(&listing.filter);
                let text = |id| {
                    let Line { name, company, .. } = self.row(id);
                    Folded::of_fields([name.as_str(), company.as_deref().unwrap_or_default()])
                };
                let matching = found.iter().map(|found| found.place).filter(|(_, id)| query.matches(&text(*id)));
                let ids: Arc<[(Object, Id)]> = matching.collect();
                let shown = ids.iter().skip(window.first).take(window.count);
                let rows = shown.map(|&place| Line { step: step(place), ..self.row(place.1) }).collect();
                let (counts, worth) = (page::counts(&ids), page::worth(&ids, &self.picture));
                let matches = |object: &Object| {
                    let all = crate::analysis::records::all(&self.picture, *object);
                    all.into_iter().filter(|id| query.matches(&text(*id))).count()
                };
                let hits = match listing.selection {
                    Selection::All(_) => LISTED.into_iter().map(|object| (object, matches(&object))).collect(),
                    _ => BTreeMap::new(),
                };
                Answer::List(Box::new(Page {
                    selection: listing.selection.clone(),
                    hits,
                    choices: self.choices(),
                    filter: listing.filter.clone(),
                    all: found.len(),
                    kinds: match listing.selection {
                        Selection::All(object) => [object].into(),
                        _ => found.iter().map(|found| found.place.0).collect(),
                    },
                    ids,
                    counts,
                    worth,
                    first: window.first,
                    rows,
                }))
            }
            Subject::Options(object, text) => {
                let query = Query::new(text);
                let all = crate::analysis::records::all(&self.picture, *object).into_iter();
                let named = all.map(|id| (id, self.row(id).name));
                let found = named.filter(|(_, name)| query.matches(&Folded::new(name))).collect();
                Answer::Options(*object, text.clone(), found)
            }
            Subject::Record(object, id) => {
                Answer::Record(Some(Box::new(self.story(*object, *id))), Currency::USD, self.choices())
            }
        }
    }

    fn board(&self) -> Board {
        let rules = Rules::of(&self.picture, &Home::default()).unwrap().by_calendar("24/7").unwrap();
        Board::new(&self.picture, rules, &funnels(), self.app.clock.now())
    }

    fn handoffs_of(&self, wish: &HandoffWish) -> HandoffAnswer {
        let board = self.board();
        let queued = queued(&board);
        let called = |id: Id| {
            let Line { name, company, .. } = self.row(id);
            (id, Called { name, company, source: Some(self.named("Demo Request")) })
        };
        let names = queued.iter().map(|(item, _)| called(Id(item.raised.record))).collect();
        let (staff, reasons) = (BTreeMap::new(), [vec![self.named("students")], Vec::new()]);
        let work = Arc::new(Work::new(board, &self.picture, queued, (&names, &staff, &reasons)));
        let rows = self.story(Object::Person, Id(7_000)).events;
        HandoffAnswer { work, past: wish.selected.map(|(key, _)| Past { key, rows }) }
    }

    fn review_of(&self, wish: &ReviewWish) -> Review {
        let board = self.board();
        let period = if wish.newest { newest_period(&board, wish.period) } else { wish.period };
        let mut review = review(&board, &self.picture, &BTreeMap::new(), (wish.topic, period));
        match &mut review.told {
            Told::Pauses(audit) => {
                let named = |id| (Id(id), Called { name: self.named("Ana Ruiz"), ..Called::default() });
                audit.call(&(7_000..7_100).map(named).collect());
            }
            Told::Ledger(Some(ledger)) => ledger.say_why([Some(self.named("students")), None]),
            _ => {}
        }
        review
    }

    fn replay_of(&self, wish: &ReplayWish) -> ReplayAnswer {
        let home = Home::default();
        let bodies = Bodies::of(&self.picture);
        let own = Own::read(&bodies).unwrap();
        let now = self.app.clock.now();
        let rules = |own: Own| Rules::new(own, &home).unwrap();
        let before = Board::new(&self.picture, rules(own.clone()), &funnels(), now);
        let drafted = rules(own.edited(&wish.edits, &home).unwrap());
        let after = Board::new(&self.picture, drafted, &funnels(), now);
        let mut found = replay(&before, &after, &Default::default());
        found.items.iter_mut().for_each(|changed| changed.subject = self.row(Id(changed.item.raised.record)).name);
        let rules = Arc::new(before.rules);
        ReplayAnswer { bodies, own, home, rules, draft: Ok(Arc::new(after)), replay: Arc::new(found) }
    }

    /// The view Replay on the same hand-offs.
    pub(super) fn replay(lang: Lang, size: (u16, u16)) -> Self {
        let mut bench = Self::handoffs(lang, size);
        (0..7).for_each(|_| bench.press(Key::Char('v')));
        bench
    }

    /// The hand-offs: hot and other leads that became MQLs a few minutes ago, or long ago.
    pub(super) fn handoffs(lang: Lang, size: (u16, u16)) -> Self {
        Self::with_handoffs(lang, size, Facts::Some, HOSTILE, 12)
    }

    /// The same with so many, and a hostile name of one's own.
    pub(super) fn with_handoffs(lang: Lang, size: (u16, u16), facts: Facts, hostile: &str, leads: i64) -> Self {
        let picture = with_waiting(picture(facts, hostile), leads);
        let mut bench = Self { app: app(lang, size), picture, facts, hostile: hostile.to_owned() };
        bench.app.views.show(View::Queue);
        let first = bench.app.start();
        bench.answer(first);
        bench
    }

    /// So many leads wait now.
    pub(super) fn now_wait(&mut self, leads: i64) -> Vec<Effect> {
        self.picture = with_waiting(picture(self.facts, &self.hostile), leads);
        let subject = self.app.watched.clone().unwrap();
        let answer = self.look_up(&subject);
        self.app.update(Event::Loaded(self.app.generation, answer))
    }

    fn choices(&self) -> Arc<crate::ops::Choices> {
        Arc::new(crate::ops::Choices::of(&self.picture))
    }

    fn deal(&self, id: Id) -> Deal {
        Deal::read(&self.picture, self.picture.opportunities.find(id.0).unwrap()).unwrap()
    }

    /// A name, or the hostile one where the facts are hostile.
    fn named(&self, name: &str) -> String {
        if self.facts == Facts::Hostile { self.hostile.clone() } else { name.to_owned() }
    }

    fn row(&self, id: Id) -> Line {
        if self.picture.accounts.find(id.0).is_some() {
            return Line {
                name: self.named(ACCOUNTS[id.0 as usize % 4]),
                domain: Some(self.named("helio.example")),
                industry: Some(self.named("Software")),
                segment: Some(self.named("SMB")),
                region: Some(self.named("华东")),
                created_at: Some(NOW),
                ..blank(Object::Account, id)
            };
        }
        if let Some(at) = self.picture.people.find(id.0) {
            let is_hostile = self.facts == Facts::Hostile;
            return Line {
                name: self.named(NAMES[id.0 as usize % 3]),
                company: Some(self.named(ACCOUNTS[id.0 as usize % 4])),
                state: self.named(""),
                owner: is_hostile.then(|| self.hostile.clone()),
                created_at: Some(Instant(self.picture.people.created_at[at])),
                score: Some(id.0 % 100),
                email: Some(self.named("a@b.example")),
                phone: Some(self.named("+1 555 0100")),
                source: Some(self.named("Event")),
                ..blank(Object::Person, id)
            };
        }
        let deal = self.deal(id);
        let name = self.named(&format!("1C1I{:04}", id.0));
        Line {
            name,
            company: Some(self.named(ACCOUNTS[id.0 as usize % 4])),
            state: self.picture.stages[&deal.stage].name.clone(),
            owner: deal.owner.map(|owner| self.picture.members[&owner].name.clone()),
            worth: Some(deal.worth),
            created_at: deal.created_at,
            closed_at: deal.closed_at,
            age: deal.age(NOW),
            ..blank(Object::Opportunity, id)
        }
    }

    /// Another system says another amount of a deal.
    fn conflicts(&self, object: Object) -> Vec<Conflict> {
        let says = |system: &str, value: i64| Voice {
            system: self.named(system),
            value: Value::Int(value),
            since: Instant(NOW.0 - 7 * DAY_MS),
        };
        let amount = object.fields().iter().filter(|field| field.key == "amount");
        let conflict = |field| Conflict {
            field,
            value: Value::Int(105_400),
            system: Some("salesforce".into()),
            why: Why::Master,
            voices: vec![says("salesforce", 105_400), says("hubspot", 98_000)],
        };
        amount.map(conflict).collect()
    }

    fn story(&self, object: Object, id: Id) -> Story {
        let row = |object: Object, id: i64, set: &[(&str, Value)]| {
            let value = |key| set.iter().find(|(field, _)| *field == key).map_or(Value::Null, |(_, v)| v.clone());
            let values = object.fields().iter().map(|field| value(field.key)).collect();
            Row { object, id: Id(id), rev: ActionId(1), values }
        };
        let change = |id, from: Option<i64>, to: i64, day: i64| {
            let at = Value::Int(NOW.0 - day * DAY_MS);
            let set = [("opportunity", id), ("to_stage", to)].map(|(key, id)| (key, Value::Int(id)));
            row(Object::StageChange, 1, &[set.to_vec(), vec![("at", at), ("from_stage", from.into())]].concat())
        };
        let name = || if self.facts == Facts::Hostile { self.hostile.as_str().into() } else { Value::Null };
        let became = [("to_stage", self.named("MQL").as_str().into()), ("at", Value::Int(NOW.0 - DAY_MS))];
        Story {
            members: std::collections::BTreeMap::new(),
            sources: [("amount", Some(self.named("salesforce"))), ("need", None)].into(),
            row: row(
                object,
                id.0,
                &[
                    ("name", name()),
                    ("full_name", name()),
                    ("company", name()),
                    ("status", name()),
                    ("source", name()),
                    ("region", name()),
                    ("account", Value::Int(31)),
                    ("stage", Value::Int(2)),
                    ("amount", Value::Int(105_400)),
                    ("owner", Value::Int(11)),
                    ("probability", Value::Int(6_315)),
                    ("created_at", Value::Int(1_794_873_600_000)),
                    ("close_date", "2026-12-24".into()),
                    ("need", Value::Int(1)),
                    ("attributes", r#"{"Next Step":"call, then send the draft; 下一步：安排演示","Visits":3}"#.into()),
                ],
            ),
            names: [(31, ACCOUNTS[1]), (1, "Prospecting"), (2, "Engaging"), (11, NAMES[1])]
                .map(|(id, name)| (Id(id), self.named(name)))
                .into(),
            history: match object {
                Object::Person => vec![row(Object::LifecycleChange, 1, &became)],
                _ => vec![change(id.0, None, 1, 40), change(id.0, Some(1), 2, 12)],
            },
            conflicts: self.conflicts(object),
            links: vec![row(Object::Link, 5, &[("system", "salesforce".into()), ("external_id", "D-000417".into())])],
            related: vec![(
                Object::Person,
                vec![row(
                    Object::Person,
                    77,
                    &[("full_name", "陈 立".into()), ("title", "VP Sales".into()), ("status", "Working".into())],
                )],
            )],
            events: vec![row(
                Object::Touch,
                78,
                &[
                    ("opportunity", Value::Int(id.0)),
                    ("kind", Value::Int(0)),
                    ("direction", Value::Int(1)),
                    ("at", Value::Int(NOW.0 - 3 * DAY_MS)),
                    ("member", Value::Int(11)),
                    ("outcome", "no answer".into()),
                ],
            )],
        }
    }

    pub(super) fn draw(&self) -> Terminal<TestBackend> {
        let Size { width, height } = self.app.size;
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        terminal.draw(|frame| self.app.draw(frame)).unwrap();
        terminal
    }

    /// Which cells are bold, dim, underlined or reversed: a line per row that has any.
    pub(super) fn marks(&self) -> String {
        let terminal = self.draw();
        let buffer = terminal.backend().buffer();
        let mut out = String::new();
        for (row, cells) in buffer.content.chunks(usize::from(buffer.area.width).max(1)).enumerate() {
            let mut runs: Vec<(Modifier, usize, usize)> = Vec::new();
            for (at, cell) in cells.iter().enumerate() {
                match runs.last_mut() {
                    Some((modifier, _, end)) if *modifier == cell.modifier => *end = at,
                    _ => runs.push((cell.modifier, at, at)),
                }
            }
            let shown = runs.iter().filter(|(modifier, ..)| !modifier.is_empty());
            let shown: Vec<String> = shown.map(|(modifier, from, to)| format!("{from}-{to} {modifier:?}")).collect();
            if !shown.is_empty() {
                out.push_str(&format!("{row}: {}\n", shown.join(", ")));
            }
        }
        out
    }

    /// What stands on the screen, without the second cells of wide characters and without spaces at the ends.
    pub(super) fn screen(&self) -> String {
        let terminal = self.draw();
        let buffer = terminal.backend().buffer();
        let mut out = String::new();
        for row in buffer.content.chunks(usize::from(buffer.area.width).max(1)) {
            let mut line = String::new();
            let mut column = 0;
            while let Some(cell) = row.get(column) {
                line.push_str(cell.symbol());
                column += text::width(cell.symbol()).max(1);
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }

    /// The first word of the line that is drawn reversed.
    pub(super) fn selected_line(&self) -> String {
        let terminal = self.draw();
        let buffer = terminal.backend().buffer();
        let rows: Vec<_> = buffer.content.chunks(usize::from(buffer.area.width)).collect();
        let row = rows.iter().find(|row| row[0].modifier.contains(Modifier::REVERSED)).expect("a selected line");
        row.iter().skip(2).map(|cell| cell.symbol()).collect::<String>().trim().chars().take(12).collect()
    }
}
