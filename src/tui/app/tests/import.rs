//! Bringing files in: real files, understood by the real rules, in an interface without threads.

use super::hostile::{is_obeyed, names};
use super::stage::{Bench, Facts, NOW};
use super::*;
use crate::clock::Clock;
use crate::ops::import::{ImportPolicy, Intake, Listed, Listing, Options, Profiles};
use crate::ops::{Location, Reader, Session, Setup as Opened};
use crate::tui::intake::{Looks, News, Request};
use crate::tui::writer::Progress;
use proptest::prelude::*;
use std::path::PathBuf;
use tempfile::TempDir;

const DEALS: &str =
    "Deal No,Phase,Volume,Close,Rep,Colour\n1,Talks,100,03/04/2026,Ana,red\n2,签约,abc,25/06/2026,王 芳,blue\n";
const LEADS: &str = "id,name,email,source,score\nl1,王 芳,fang@example.com,Event,90\nl2,Ana,ana@example.com,Web,x\n";
/// A mapping that was saved when the deals had other columns.
const WEEKLY: &str = "name = \"weekly deals\"\nobject = \"opportunities\"\nsaved_at = \"2026-11-10T00:00:00Z\"\n\
    header = [\"Deal No\", \"Phase\", \"Worth\", \"Close\", \"Rep\", \"Colour\"]\n[columns]\nid = \"Deal No\"\n\
    stage = \"Phase\"\namount = \"Worth\"\nclose_date = \"Close\"\nowner_name = \"Rep\"\n";

/// An interface with a folder of files, and what would be its threads.
struct Desk {
    bench: Bench,
    folder: TempDir,
    files: Option<Intake>,
    entries: Vec<Listed>,
}

impl Desk {
    fn new(lang: Lang, size: (u16, u16), files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        std::fs::create_dir(folder.path().join("profiles")).unwrap();
        let listed = |name: &str, size| Listed { name: name.to_owned(), size, modified: Some(NOW) };
        let files = files.iter().map(|(name, text)| listed(name, Some(text.len() as u64)));
        let entries = files.chain([listed("older", None), listed("云帆", None)]).collect();
        Self { bench: Bench::new(lang, size, Facts::None), folder, files: None, entries }
    }

    fn with_profile(self, text: &str) -> Self {
        std::fs::write(self.folder.path().join("profiles/weekly.toml"), text).unwrap();
        self
    }

    fn profiles(&self) -> Profiles {
        Profiles::load(Some(&self.folder.path().join("profiles")))
    }

    fn press(&mut self, keys: &[Key]) {
        for &key in keys {
            let effects = self.bench.app.update(Event::Key(key));
            self.answer(effects);
        }
    }

    fn type_in(&mut self, text: &str) {
        text.chars().for_each(|c| self.press(&[Key::Char(c)]));
    }

    /// Opens the import and chooses all files.
    fn look(&mut self) {
        self.press(&[Key::Char('i'), Key::Enter]);
    }

    fn answer(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            let event = match effect {
                Effect::Intake(request) => self.intake(request).map(Event::Intake),
                Effect::Write(Order::Import { dry_run, .. }) => {
                    Some(Event::Done(Done::Imported(dry_run, self.import(dry_run))))
                }
                Effect::StopImport => Some(Event::Done(Done::Stopped)),
                other => {
                    self.bench.answer(vec![other]);
                    None
                }
            };
            let effects = event.map(|event| self.bench.app.update(event)).unwrap_or_default();
            self.answer(effects);
        }
    }

    fn intake(&mut self, request: Request) -> Option<News> {
        let profiles = self.profiles();
        let wish = match request {
            Request::List(folder) => {
                return Some(News::Listed(Listing { folder, entries: self.entries.clone(), trouble: None }));
            }
            Request::Look(wish, _) => {
                let paths = self.entries.iter().filter(|entry| entry.size.is_some());
                let paths: Vec<PathBuf> = paths.map(|entry| self.folder.path().join(&entry.name)).collect();
                let options = Options { saved: profiles.all(), ..Options::new(NOW, Currency::USD) };
                self.files = Some(Intake::open(&paths, options, &profiles).unwrap());
                wish
            }
            Request::Choose(wish, choices) => {
                self.files.as_mut()?.choose(&choices, &profiles);
                wish
            }
            Request::Mean(wish, values) => {
                self.files.as_mut()?.mean(values, &profiles);
                wish
            }
            Request::Save(at, name) => {
                let saved = self.files.as_ref()?.save(at, &name, &profiles);
                return Some(News::Saved(saved.map(|_| (name, "weekly.toml".into())).map_err(|error| error.tell())));
            }
            Request::Forget => return None,
        };
        let looks = Looks {
            files: self.files.as_ref()?.looks(),
            profiles: profiles.own.iter().map(|own| own.profile.name.clone()).collect(),
            remarks: Vec::new(),
        };
        Some(News::Looked(wish, Ok(looks)))
    }

    fn import(&self, dry_run: bool) -> Result<Box<crate::ops::import::ImportReport>, Message> {
        let location = Location::File(self.folder.path().join("s.db"));
        let mut session =
            Session::open(Opened { location, actor: "ana".into(), clock: Clock::Fixed(NOW), read_only: false })
                .unwrap();
        let aliases = self.files.as_ref().unwrap().meant().to_vec();
        let policy = ImportPolicy { dry_run, aliases, ..ImportPolicy::default() };
        let report = session.import(self.files.as_ref().unwrap().sheets(), &policy, &|message| message.key.to_owned());
        report.map(Box::new).map_err(|error| error.tell())
    }

    fn screen(&self) -> String {
        self.bench.screen()
    }
}

use crate::domain::message::Tell as _;

/// Pictures of a desk that was led somewhere, in every language and size.
fn shoot(name: &str, files: &[(&str, &str)], profile: Option<&str>, lead: impl Fn(&mut Desk)) {
    for lang in Lang::ALL {
        for size in [(80, 24), (120, 40), (60, 16)] {
            let mut desk = Desk::new(lang, size, files);
            desk = match profile {
                Some(profile) => desk.with_profile(profile),
                None => desk,
            };
            lead(&mut desk);
            let screen = desk.screen();
            assert!(screen.lines().all(|line| text::width(line) <= usize::from(size.0)), "{screen}");
            insta::with_settings!({ omit_expression => true }, {
                insta::assert_snapshot!(format!("{name}@{}-{}x{}", lang.tag(), size.0, size.1), screen);
            });
        }
    }
}

const BOTH: [(&str, &str); 2] = [("deals_20261101.csv", DEALS), ("leads_20261102.csv", LEADS)];

#[test]
fn choice_of_a_file() {
    shoot("import-place", &BOTH, None, |desk| desk.press(&[Key::Char('i')]));
}

#[test]
fn a_file_that_does_not_tell_what_it_is() {
    shoot("import-open", &BOTH, None, Desk::look);
}

#[test]
fn a_file_whose_columns_have_changed() {
    shoot("import-drift", &BOTH[..1], Some(WEEKLY), Desk::look);
}

#[test]
fn choice_of_a_field() {
    shoot("import-field", &BOTH[..1], Some(WEEKLY), |desk| {
        desk.look();
        desk.press(&[Key::Down, Key::Down, Key::Enter]);
        desk.type_in("am");
    });
}

#[test]
fn what_an_import_would_do() {
    shoot("import-counts", &BOTH[..1], Some(WEEKLY), |desk| {
        desk.look();
        desk.press(&[Key::Char('i')]);
    });
}

#[test]
fn an_import_that_runs() {
    shoot("import-run", &BOTH[..1], Some(WEEKLY), |desk| {
        desk.look();
        desk.press(&[Key::Char('i')]);
        desk.bench.app.update(Event::Key(Key::Char('i')));
        desk.bench.app.update(Event::Importing(Progress { done: 25_600, total: 120_000, millis: 640 }));
    });
}

#[test]
fn what_an_import_has_done() {
    shoot("import-done", &BOTH[..1], Some(WEEKLY), |desk| {
        desk.look();
        desk.press(&[Key::Char('i'), Key::Char('i')]);
    });
}

#[test]
fn keys_alone_say_what_a_file_is_and_import_it() {
    let mut desk = Desk::new(Lang::En, (100, 30), &BOTH);
    desk.look();
    assert!(desk.screen().contains("o says it"), "{}", desk.screen());
    desk.press(&[Key::Char('i')]);
    assert!(desk.screen().contains("cannot be imported as it is"), "{}", desk.screen());
    desk.press(&[Key::Enter]);
    assert!(desk.screen().contains("Say first what the rows are"), "{}", desk.screen());
    desk.press(&[Key::Char('o')]);
    desk.type_in("opportu");
    desk.press(&[Key::Enter]);
    assert!(desk.screen().contains("says which one identifies the row"), "{}", desk.screen());
    for (column, field) in ["ident", "stage", "amount", "close", "owner (by name)"].into_iter().enumerate() {
        desk.press(&[Key::Up; 9]);
        desk.press(&vec![Key::Down; column]);
        desk.press(&[Key::Enter]);
        desk.type_in(field);
        desk.press(&[Key::Enter]);
    }
    assert!(desk.screen().contains("Deal No  identifies the row"), "{}", desk.screen());
    desk.press(&[Key::Char('s'), Key::Ctrl('u')]);
    desk.type_in("weekly");
    desk.press(&[Key::Enter]);
    assert_eq!(desk.profiles().own.len(), 1, "{}", desk.screen());
    desk.press(&[Key::Char('t'), Key::Ctrl('u')]);
    desk.type_in("soon");
    desk.press(&[Key::Enter]);
    assert!(desk.screen().contains("“soon” is no time"), "{}", desk.screen());
    desk.press(&[Key::Ctrl('u')]);
    desk.type_in("2026-11-03 14:30");
    desk.press(&[Key::Enter]);
    assert!(desk.screen().contains(" 2026-11-03 14:30"), "{}", desk.screen());
    desk.press(&[Key::Char('n'), Key::Char(' ')]);
    assert!(desk.screen().contains("left out"), "{}", desk.screen());
    desk.press(&[Key::Char('i')]);
    let screen = desk.screen();
    assert!(screen.contains("What would happen") && !screen.contains("leads_2026"), "{screen}");
    desk.press(&[Key::Char('i')]);
    assert!(desk.screen().contains("Imported as action 1; u takes it back"), "{}", desk.screen());
    assert_eq!(desk.bench.app.update(Event::Key(Key::Char('u'))), [Effect::Write(Order::Undo)]);
    let refused = Message::new("tui-record-gone");
    desk.bench.app.update(Event::Done(Done::Undone(Err(refused))));
    assert!(!desk.screen().contains("Imported as action"), "the summary goes with the import");
}

#[test]
fn an_import_is_stopped_by_escape_and_by_ctrl_c_and_the_program_is_not() {
    for key in [Key::Esc, Key::Ctrl('c')] {
        let mut desk = Desk::new(Lang::En, (100, 30), &BOTH[1..]);
        desk.look();
        let effects = desk.bench.app.update(Event::Key(Key::Char('i')));
        assert!(matches!(effects.as_slice(), [Effect::Write(Order::Import { dry_run: true, .. })]), "{effects:?}");
        let effects = desk.bench.app.update(Event::Key(key));
        assert_eq!(effects, [Effect::StopImport]);
        desk.answer(effects);
        assert!(desk.screen().contains("The store is as it was"), "{}", desk.screen());
        assert_eq!(desk.bench.app.context(), Context::ImportLook);
    }
}

#[test]
fn the_next_step_waits_for_what_is_still_being_read() {
    let mut desk = Desk::new(Lang::En, (100, 30), &BOTH[..1]).with_profile(WEEKLY);
    desk.look();
    desk.press(&[Key::Char('d')]);
    desk.type_in("dmy");
    let asked = desk.bench.app.update(Event::Key(Key::Enter));
    assert!(matches!(asked.as_slice(), [Effect::Intake(Request::Choose(2, _))]), "{asked:?}");
    assert!(desk.bench.app.update(Event::Key(Key::Char('i'))).is_empty());
    assert!(desk.screen().contains("Reading the files"), "{}", desk.screen());
    desk.answer(asked);
    assert!(desk.screen().contains("What would happen"), "{}", desk.screen());
}

#[test]
fn what_was_typed_and_chosen_survives_escape() {
    let mut desk = Desk::new(Lang::En, (100, 30), &BOTH[1..]);
    desk.press(&[Key::Char('i')]);
    let effects = desk.bench.app.update(Event::Paste("'/data/云帆/leads.csv' \n".into()));
    assert_eq!(remembered(&effects), [("import-path", "'/data/云帆/leads.csv' ")], "kept as it is typed");
    desk.answer(effects);
    desk.press(&[Key::Esc]);
    assert_eq!(desk.bench.app.context(), Context::Welcome);
    desk.press(&[Key::Char('i')]);
    assert!(desk.screen().contains("'/data/云帆/leads.csv'"), "{}", desk.screen());
    let effects = desk.bench.app.update(Event::Key(Key::Enter));
    let [Effect::Intake(Request::Look(_, path))] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(path, &PathBuf::from("/data/云帆/leads.csv"));
    desk.bench.app.update(Event::Key(Key::Esc));
    let late = News::Looked(1, Err(Message::new("tui-record-gone")));
    desk.bench.app.update(Event::Intake(late));
    assert_eq!(desk.bench.app.context(), Context::ImportPlace, "an answer that nobody waits for is dropped");
    assert!(!desk.screen().contains("Not done"), "{}", desk.screen());
}

#[test]
fn two_columns_never_become_the_same_field() {
    let mut desk = Desk::new(Lang::En, (100, 30), &BOTH[..1]).with_profile(WEEKLY);
    desk.look();
    desk.press(&[Key::Down, Key::Enter]);
    desk.type_in("close");
    desk.press(&[Key::Enter]);
    let screen = desk.screen();
    assert!(screen.contains("Phase    close date") && screen.contains("Close    kept as it is"), "{screen}");
}

#[test]
fn every_size_of_every_step_draws_without_a_panic() {
    let mut desk = Desk::new(Lang::ZhCn, (80, 24), &BOTH[..1]).with_profile(WEEKLY);
    let steps: [&[Key]; 6] = [
        &[Key::Char('i')],
        &[Key::Enter],
        &[Key::Enter],
        &[Key::Esc, Key::Char('t')],
        &[Key::Esc, Key::Char('i')],
        &[Key::Char('i')],
    ];
    for keys in steps {
        desk.press(keys);
        for width in [0, 1, 39, 40, 60, 200] {
            for height in [0, 1, 8, 9, 12, 16, 60] {
                desk.bench.resize(width, height);
                desk.bench.app.update(Event::Key(Key::PageDown));
                desk.bench.draw();
            }
        }
        desk.bench.resize(80, 24);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn no_cell_of_the_import_holds_a_control_or_bidi_character(
        name in names(),
        header in names(),
        value in names(),
        width in 40u16..130,
    ) {
        let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\"").replace('\0', ""));
        let text = format!(
            "id,stage,amount,{},close_date\n1,{},{},{},2026-01-05\n2,Demo,5,x,{}\n",
            quoted(&header), quoted(&value), quoted(&value), quoted(&value), quoted(&value),
        );
        let mut desk = Desk::new(Lang::En, (width, 24), &[("deals.csv", &text)]).with_profile(WEEKLY);
        desk.entries.push(Listed { name: name.clone(), size: None, modified: None });
        for key in [
            Key::Char('i'), Key::Down, Key::Tab, Key::Ctrl('u'), Key::Enter, Key::Down, Key::Down, Key::Down,
            Key::Enter, Key::Esc, Key::Char('m'), Key::Char('x'), Key::Esc, Key::Char('s'), Key::Esc, Key::Char('i'),
            Key::Down, Key::Char('i'),
        ] {
            desk.press(&[key]);
            for cell in &desk.bench.draw().backend().buffer().content {
                prop_assert!(!cell.symbol().chars().any(is_obeyed), "{:?} after {key:?}", cell.symbol());
            }
        }
    }
}

#[test]
fn names_are_taken_for_what_they_were_meant_to_be() {
    let products = "id,name,list_price\nP-1,GTX Pro,100\n";
    let deals = "id,name,stage,product\nD-1,Alpha,Demo,GTXPro\nD-2,Beta,Demo,GTXPro\n";
    let mut desk = Desk::new(Lang::En, (120, 40), &[("products.csv", products), ("deals.csv", deals)]);
    desk.look();
    desk.press(&[Key::Char('i')]);
    assert!(desk.screen().contains("meant “GTX Pro”?") && !desk.screen().contains("--value"), "{}", desk.screen());
    desk.press(&[Key::Char('v')]);
    assert!(desk.screen().contains("What would happen"), "{}", desk.screen());
    assert!(!desk.screen().contains("meant “GTX Pro”"), "{}", desk.screen());
    desk.press(&[Key::Char('v')]);
    assert!(desk.screen().contains("Nothing looks misspelled"), "{}", desk.screen());
    desk.press(&[Key::Char('i')]);
    let facts = Reader::open(&Location::File(desk.folder.path().join("s.db"))).unwrap().facts().unwrap();
    let names: Vec<&str> = facts.products.values().map(|product| product.name.as_str()).collect();
    assert_eq!(names, ["GTX Pro"], "both deals are of the product that was meant");
}

/// Reading a file again may take a moment; nothing that is said meanwhile is lost.
#[test]
fn columns_can_be_said_faster_than_files_are_read() {
    let mut desk = Desk::new(Lang::En, (100, 30), &[("odd.csv", "No,Kind,Sum\n7,Demo,100\n8,Demo,5\n")]);
    desk.look();
    desk.press(&[Key::Char('o')]);
    desk.type_in("opportu");
    desk.press(&[Key::Enter, Key::Enter]);
    desk.type_in("ident");
    // The answer to this one is still to come when the next is said.
    desk.bench.app.update(Event::Key(Key::Enter));
    desk.press(&[Key::Down, Key::Enter]);
    desk.type_in("stage");
    desk.press(&[Key::Enter]);
    let screen = desk.screen();
    assert!(screen.contains("No      identifies the row"), "{screen}");
    assert!(screen.contains("Kind    stage"), "{screen}");
}
