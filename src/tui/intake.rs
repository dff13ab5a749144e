//! The intake thread: lists folders, reads files and understands them, and keeps what it has read for the writer.

use super::action::Event;
use super::event::Wake;
use super::guard::Guard;
use crate::clock::Clock;
use crate::domain::funnel::Funnels;
use crate::domain::message::{Message, Tell as _};
use crate::domain::money::Currency;
use crate::export::import::left_out;
use crate::ops::import::{Choices, Intake as Files, Listing, Looked, Options, Profiles, Sheet, listing, sources};
use crate::ops::{Error, Reader};
use crate::state::log::Log;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What the thread is asked for.
#[derive(Debug, Clone, PartialEq)]
pub enum Request {
    /// What is in this folder; only the newest such wish counts.
    List(PathBuf),
    /// How this file, or the files of this folder, are understood.
    Look(u64, PathBuf),
    /// The same files again, with what the user says of each; only the newest such wish counts.
    Choose(u64, Vec<Choices>),
    /// The same files again, with values and names that mean others: field, from, to.
    Mean(u64, Vec<(String, String, String)>),
    /// The mapping of one of them is to be kept under a name.
    Save(usize, String),
    /// What has been read is not wanted any more.
    Forget,
}

/// What it answers.
#[derive(Debug, Clone, PartialEq)]
pub enum News {
    /// A folder.
    Listed(Listing),
    /// The files of the wish of this number, or why there are none.
    Looked(u64, Result<Looks, Message>),
    /// The mapping is kept under this name in this file, or why not.
    Saved(Result<(String, String), Message>),
}

impl News {
    /// Notes it without a word of what was looked at.
    fn note(&self, log: &Log, took: Duration) {
        let millis = ("ms", u64::try_from(took.as_millis()).unwrap_or(u64::MAX));
        let now = Clock::System.now();
        match self {
            Self::Looked(_, Ok(looks)) => log.note(now, "look", None, &[millis, ("files", looks.files.len() as u64)]),
            Self::Looked(_, Err(message)) => log.note(now, "look", Some(message.key), &[millis]),
            Self::Saved(saved) => log.note(now, "save-mapping", saved.as_ref().err().map(|why| why.key), &[millis]),
            Self::Listed(_) => {}
        }
    }
}

/// Files as they are understood, and the mappings that there are.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Looks {
    /// The files.
    pub files: Vec<Looked>,
    /// Names of the user's own mappings.
    pub profiles: Vec<String>,
    /// What deserves a word: mappings that cannot be read, sheets that are left out.
    pub remarks: Vec<Message>,
}

/// What is to be imported.
#[derive(Debug, Clone, Default)]
pub struct Goods {
    /// The tables.
    pub sheets: Vec<Sheet>,
    /// Names that mean others: field, from, to.
    pub aliases: Vec<(String, String, String)>,
}

/// What the intake thread and the writer share: what is to be imported, and whether an import is to stop.
#[derive(Debug, Default)]
pub struct Shelf {
    goods: Mutex<Goods>,
    stop: AtomicBool,
}

impl Shelf {
    fn put(&self, goods: Goods) {
        *self.goods.lock().unwrap_or_else(PoisonError::into_inner) = goods;
    }

    /// What is to be imported.
    #[must_use]
    pub fn goods(&self) -> Goods {
        self.goods.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Asks an import that is running to stop, or lets the next one run.
    pub fn set_stop(&self, stop: bool) {
        self.stop.store(stop, Ordering::Relaxed);
    }

    /// Whether an import is to stop.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

/// What the thread needs to know of the place where it works.
pub struct Desk {
    /// For the currency of the store.
    pub reader: Reader,
    /// The time.
    pub clock: Clock,
    /// The funnels there are.
    pub funnels: Funnels,
    /// The folder of the user's own mappings.
    pub profiles: Option<PathBuf>,
    /// Where it is noted what was done.
    pub log: Log,
}

/// The thread and its queue; it ends with this handle.
pub struct Intake(Sender<Request>);

impl Intake {
    /// Starts the thread.
    #[must_use]
    pub fn start(desk: Desk, shelf: Arc<Shelf>, events: Sender<Wake>) -> Self {
        let (wishes, queue) = channel();
        std::thread::spawn(move || {
            let _guard = Guard::new(events.clone());
            Work { desk, shelf, files: None }.run(&queue, &events);
        });
        Self(wishes)
    }

    /// Asks for something.
    pub fn send(&self, request: Request) {
        // The thread is gone only after a panic, and that ends the program.
        let _ = self.0.send(request);
    }
}

struct Work {
    desk: Desk,
    shelf: Arc<Shelf>,
    files: Option<Files>,
}

impl Work {
    fn run(mut self, queue: &Receiver<Request>, events: &Sender<Wake>) {
        while let Ok(first) = queue.recv() {
            for request in newest([first].into_iter().chain(queue.try_iter()).collect()) {
                let begun = Instant::now();
                let news = self.answer(request);
                if let Some(news) = &news {
                    news.note(&self.desk.log, begun.elapsed());
                }
                if news.is_some_and(|news| events.send(Event::Intake(news).into()).is_err()) {
                    return;
                }
            }
        }
    }

    fn answer(&mut self, request: Request) -> Option<News> {
        let profiles = Profiles::load(self.desk.profiles.as_deref());
        Some(match request {
            Request::List(folder) => News::Listed(listing(&folder)),
            Request::Look(wish, path) => {
                self.files = None;
                let opened = self.open(&path, &profiles);
                News::Looked(wish, self.looks(opened, &profiles))
            }
            Request::Choose(wish, choices) => {
                let mut files = self.files.take()?;
                files.choose(&choices, &profiles);
                News::Looked(wish, self.looks(Ok(files), &profiles))
            }
            Request::Mean(wish, values) => {
                let mut files = self.files.take()?;
                files.mean(values, &profiles);
                News::Looked(wish, self.looks(Ok(files), &profiles))
            }
            Request::Save(at, name) => {
                let files = self.files.as_mut()?;
                let saved = files.save(at, &name, &profiles);
                files.learn(&Profiles::load(self.desk.profiles.as_deref()));
                let saved = saved.map(|path| (name.trim().to_owned(), path.display().to_string()));
                News::Saved(saved.map_err(|error| error.tell()))
            }
            Request::Forget => {
                self.files = None;
                self.shelf.put(Goods::default());
                return None;
            }
        })
    }

    fn open(&mut self, path: &Path, profiles: &Profiles) -> Result<Files, Error> {
        let files = sources(&[path.to_owned()])?;
        // A store that cannot be read is told about when it is written.
        let currency = self.desk.reader.info().map_or(Currency::USD, |info| info.currency);
        let options = Options::new(self.desk.clock.now(), currency);
        let options = Options { saved: profiles.all(), funnels: self.desk.funnels.clone(), ..options };
        Files::open(&files, options, profiles)
    }

    fn looks(&mut self, files: Result<Files, Error>, profiles: &Profiles) -> Result<Looks, Message> {
        let files = self.files.insert(files.map_err(|error| error.tell())?);
        self.shelf.put(Goods { sheets: files.sheets(), aliases: files.meant().to_vec() });
        let skipped = files.skipped.iter().map(left_out);
        Ok(Looks {
            files: files.looks(),
            profiles: profiles.own.iter().map(|own| own.profile.name.clone()).collect(),
            remarks: skipped.chain(profiles.broken.iter().map(|broken| broken.message.clone())).collect(),
        })
    }
}

/// Without the wishes that newer ones have overtaken.
fn newest(requests: Vec<Request>) -> Vec<Request> {
    let lists = |request: &Request| matches!(request, Request::List(_));
    let looks = |request: &Request| matches!(request, Request::Look(..) | Request::Choose(..));
    let last = |is: fn(&Request) -> bool| requests.iter().rposition(is);
    let last_list = last(lists);
    let opens = last(|request| matches!(request, Request::Look(..) | Request::Forget));
    let last_look = last(looks);
    let is_newest = |at| last_look == Some(at) && opens.is_none_or(|opens| opens < at);
    let counts = |(at, request): &(usize, &Request)| match request {
        Request::List(_) => last_list == Some(*at),
        Request::Look(..) | Request::Forget => opens == Some(*at),
        Request::Choose(..) => is_newest(*at),
        // What is meant counts however the files are looked at.
        Request::Save(..) | Request::Mean(..) => true,
    };
    requests.iter().enumerate().filter(counts).map(|(_, request)| request.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overtaken_wishes_are_dropped_and_saves_are_not() {
        let list = |name: &str| Request::List(PathBuf::from(name));
        let look = |wish| Request::Look(wish, PathBuf::new());
        let choose = |wish| Request::Choose(wish, Vec::new());
        let save = || Request::Save(0, "x".to_owned());
        let all = vec![list("a"), look(1), choose(2), save(), choose(3), list("b"), choose(4)];
        assert_eq!(newest(all), [look(1), save(), list("b"), choose(4)]);
        assert_eq!(newest(vec![choose(1), look(2)]), [look(2)]);
        assert_eq!(newest(vec![look(1), choose(2), Request::Forget]), [Request::Forget]);
    }
}
