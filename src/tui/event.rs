//! What wakes the screen's thread: keys, signals, the clock and the other threads.

use super::action::{Event, Mouse};
use super::guard::Guard;
use super::keymap::Key;
use super::terminal;
use crossterm::event as input;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;
use std::io;
use std::sync::mpsc::Sender;

/// What the screen's thread waits for.
#[derive(Debug)]
pub enum Wake {
    /// Something for the interface.
    Event(Event),
    /// Asked to end by this signal.
    Terminate(i32),
    /// Asked to stop until SIGCONT.
    Suspend,
    /// Running again after a stop.
    Resume,
    /// The terminal is gone.
    InputLost,
    /// A thread has panicked.
    Crashed,
}

impl From<Event> for Wake {
    fn from(event: Event) -> Self {
        Self::Event(event)
    }
}

/// Starts the thread that reads the terminal.
pub fn read_input(wake: Sender<Wake>) {
    std::thread::spawn(move || {
        let _guard = Guard::new(wake.clone());
        loop {
            let heard = match input::read() {
                Ok(input::Event::Key(key)) => Key::from_event(key).map(Event::Key),
                Ok(input::Event::Mouse(mouse)) => mouse_used(mouse).map(Event::Mouse),
                Ok(input::Event::Paste(text)) => Some(Event::Paste(text)),
                Ok(input::Event::Resize(columns, rows)) => Some(Event::Resize(columns, rows)),
                Ok(_) => None,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => None,
                Err(_) => {
                    let _ = wake.send(Wake::InputLost);
                    return;
                }
            };
            if heard.is_some_and(|event| wake.send(event.into()).is_err()) {
                return;
            }
        }
    });
}

/// What of the mouse means something here; its movements do not.
fn mouse_used(event: input::MouseEvent) -> Option<Mouse> {
    match event.kind {
        input::MouseEventKind::Down(input::MouseButton::Left) => Some(Mouse::Click(event.column, event.row)),
        input::MouseEventKind::ScrollUp => Some(Mouse::WheelUp),
        input::MouseEventKind::ScrollDown => Some(Mouse::WheelDown),
        _ => None,
    }
}

/// Starts the thread that hears signals.
///
/// # Errors
/// The system's reason when handlers cannot be installed.
pub fn hear_signals(wake: Sender<Wake>) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT])?;
    std::thread::spawn(move || {
        let mut asked = false;
        for signal in signals.forever() {
            let sent = match signal {
                SIGTSTP => wake.send(Wake::Suspend),
                SIGCONT => wake.send(Wake::Resume),
                // Asked twice: the screen's thread may be stuck in a terminal that takes no more output.
                signal if asked => {
                    terminal::restore();
                    let _ = signal_hook::low_level::emulate_default_handler(signal);
                    return;
                }
                signal => {
                    asked = true;
                    wake.send(Wake::Terminate(signal))
                }
            };
            if sent.is_err() {
                return;
            }
        }
    });
    Ok(())
}
