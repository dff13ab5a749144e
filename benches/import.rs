//! Imports of generated files by the program itself, each beside `sqlite3 .import` of the same rows, in turns.
//!
//! `REVOPS_BENCH_ROWS` (200000) leads and deals, `REVOPS_BENCH_MOVES` (500000) stage moves,
//! `REVOPS_BENCH_ROUNDS` (3) of each; the fastest round of each side counts.

#![expect(clippy::unwrap_used, reason = "a bench stops at the first surprise")]

mod exports;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How often a child's memory is looked at: the peak grows no more when it has ended.
const LOOK: Duration = Duration::from_millis(2);

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let bench = Bench {
        folder: folder.path().to_owned(),
        rounds: number("REVOPS_BENCH_ROUNDS", 3),
        has_peer: Command::new("sqlite3").arg("-version").output().is_ok_and(|output| output.status.success()),
    };
    if !bench.has_peer {
        println!("SKIPPED: sqlite3 is not installed, so there is nothing to compare with");
    }
    let (rows, moves) = (number("REVOPS_BENCH_ROWS", 200_000), number("REVOPS_BENCH_MOVES", 500_000));
    println!("{:24} {:>9} {:>10} {:>8} {:>10} {:>8} {:>7}", "", "rows", "rows/s", "MB", "sqlite3/s", "MB", "ratio");
    let file = |name: &str| folder.path().join(name);
    let [deals, changed, leads, history, book] =
        ["opportunities.csv", "changed.csv", "leads.csv", "stage-history.csv", "opportunities.xlsx"].map(file);
    std::fs::write(&deals, exports::deals(rows, 0)).unwrap();
    std::fs::write(&changed, exports::deals(rows, 100)).unwrap();
    std::fs::write(&leads, exports::leads(rows)).unwrap();
    std::fs::write(&history, exports::moves(moves, rows)).unwrap();
    exports::workbook(&deals, &book);
    bench.run("leads", None, &leads, &leads, rows);
    bench.run("deals", None, &deals, &deals, rows);
    bench.run("deals in a workbook", None, &book, &deals, rows);
    bench.run("deals, unchanged", Some(&deals), &deals, &deals, rows);
    bench.run("deals, 1 % changed", Some(&deals), &changed, &changed, rows);
    bench.run("stage moves", Some(&deals), &history, &history, moves);
}

fn number(name: &str, default: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

struct Bench {
    folder: PathBuf,
    rounds: usize,
    has_peer: bool,
}

/// How long a child took, and the most memory it had, where the system tells.
#[derive(Clone, Copy)]
struct Cost {
    seconds: f64,
    megabytes: Option<u64>,
}

impl Bench {
    /// Imports `file` into a store that has `before`, in turns with the peer, which takes the same rows as CSV.
    fn run(&self, name: &str, before: Option<&Path>, file: &Path, csv: &Path, rows: usize) {
        let filled = self.folder.join("before");
        if let Some(before) = before {
            import(&filled.join("s.db"), before, "2026-11-01");
        }
        let (mut ours, mut peers) = (Vec::new(), Vec::new());
        for _ in 0..self.rounds.max(1) {
            let round = tempfile::tempdir_in(&self.folder).unwrap();
            if before.is_some() {
                copy(&filled, round.path());
            }
            ours.push(import(&round.path().join("s.db"), file, "2026-11-08"));
            if self.has_peer {
                let import = format!(".import --csv '{}' rows", csv.display());
                peers.push(cost(
                    Command::new("sqlite3").args([round.path().join("peer.db").as_os_str(), OsStr::new(&import)]),
                ));
            }
        }
        let _ = std::fs::remove_dir_all(&filled);
        tell(name, rows, least(&ours), least(&peers));
    }
}

fn least(costs: &[Cost]) -> Option<Cost> {
    costs.iter().copied().min_by(|a, b| a.seconds.total_cmp(&b.seconds))
}

fn tell(name: &str, rows: usize, ours: Option<Cost>, peer: Option<Cost>) {
    let speed = |cost: Option<Cost>| cost.map_or("–".to_owned(), |cost| format!("{:.0}", rows as f64 / cost.seconds));
    let memory =
        |cost: Option<Cost>| cost.and_then(|cost| cost.megabytes).map_or("–".to_owned(), |mb| mb.to_string());
    let ratio = ours.zip(peer).map_or("–".to_owned(), |(ours, peer)| format!("{:.2}", peer.seconds / ours.seconds));
    let (our_speed, our_memory, speed, memory) = (speed(ours), memory(ours), speed(peer), memory(peer));
    println!("{name:24} {rows:>9} {our_speed:>10} {our_memory:>8} {speed:>10} {memory:>8} {ratio:>7}");
}

fn import(store: &Path, file: &Path, exported: &str) -> Cost {
    let mut command = Command::new(env!("CARGO_BIN_EXE_revops"));
    command.arg("--store").arg(store).arg("import").arg(file);
    cost(command.args(["--yes", "--format", "json", "--exported-at", exported]))
}

fn cost(command: &mut Command) -> Cost {
    let began = Instant::now();
    let mut child = command.stdout(Stdio::null()).spawn().unwrap();
    let mut peak = None;
    let status = loop {
        peak = peak.max(peak_of(child.id()));
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        std::thread::sleep(LOOK);
    };
    assert!(status.success(), "{command:?}");
    Cost { seconds: began.elapsed().as_secs_f64(), megabytes: peak.map(|kilobytes| kilobytes / 1024) }
}

/// The most memory that a process has had, in kilobytes.
fn peak_of(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            std::fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
        }
    }
}
