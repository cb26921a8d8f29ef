//! How long the job takes and how much memory, by stage and by size. docs/performance.md says how to read it.
//!
//! - `cargo bench --bench scale` measures offices of 7,000 to 1,000,000 participation rows, xlsx and csv.
//! - `cargo bench --bench scale -- 7000 70000` measures offices of these sizes.
//! - `cargo bench --bench scale -- stages INPUTS OUT` runs the job on inputs once, and prints when each stage ended and
//!   the most memory until then.
//! - `cargo bench --bench scale -- write FOLDER ROWS xlsx` (or csv) writes the inputs of one and does nothing else; with
//!   `lists` at the end only its lists are long, and its log and surveys those of an ordinary office.

#![allow(clippy::print_stdout, reason = "prints what it measures")]

mod office;
mod table;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use office::Size;
use rspkpi::pipeline::{self, PeriodAsked, Request, Stage};

const SIZES: [u64; 4] = [7_000, 10_000, 100_000, 1_000_000];
/// How often each office is measured; the least time counts.
const TIMES: usize = 5;
/// How much faster than the rows the time may grow: ten times the rows, at most 10.5 times the time.
const GROWTH: f64 = 1.05;
const STAGES: [Stage; 11] = [
    Stage::Load,
    Stage::Read,
    Stage::Clean,
    Stage::Map,
    Stage::Measure,
    Stage::Compose,
    Stage::Data,
    Stage::Workbook,
    Stage::NeedsBook,
    Stage::Charts,
    Stage::Write,
];

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["job", inputs, out] => job(Path::new(inputs), Path::new(out)),
        ["stages", inputs, out] => stages(Path::new(inputs), Path::new(out)),
        ["write", folder, rows, format] => {
            let rows = rows.parse().expect("a number of rows");
            office::write(Path::new(folder), Size::of(rows), format).expect("inputs");
        }
        ["write", folder, rows, format, "lists"] => {
            let size = Size::with_lists_of(rows.parse().expect("a number of rows"));
            office::write(Path::new(folder), size, format).expect("inputs");
        }
        [] => measure(&SIZES),
        ref sizes => measure(&sizes.iter().map(|size| size.parse().expect("a number of rows")).collect::<Vec<_>>()),
    }
}

fn request(inputs: &Path, out: &Path) -> Request {
    Request {
        config: Path::new(env!("CARGO_MANIFEST_DIR")).join("config"),
        inputs: inputs.to_owned(),
        out: out.to_owned(),
        period: Some(PeriodAsked::Quarter(None, 4)),
        as_at: None,
    }
}

fn stages(inputs: &Path, out: &Path) {
    let begun = Instant::now();
    let now = || (begun.elapsed().as_millis(), most_memory().unwrap_or(0) / 1000);
    let ended = Mutex::new(BTreeMap::new());
    let outcome = pipeline::make_report_in_stages(&request(inputs, out), &|_, _, _| {}, &|stage, has_ended| {
        if has_ended {
            ended.lock().expect("no stage panics here").insert(stage, now());
        }
    });
    outcome.expect("a report");
    for (stage, (milliseconds, megabytes)) in ended.into_inner().expect("no stage panics here") {
        println!("{stage:10} {milliseconds:6} ms {megabytes:5} MB", stage = format!("{stage:?}"));
    }
    let (milliseconds, megabytes) = now();
    println!("all        {milliseconds:6} ms {megabytes:5} MB");
}

/// The whole job, once, in a process of its own: prints microseconds of each stage and the most memory in kilobytes.
fn job(inputs: &Path, out: &Path) {
    let begun = Mutex::new(BTreeMap::new());
    let outcome = pipeline::make_report_in_stages(&request(inputs, out), &|_, _, _| {}, &|stage, has_ended| {
        let mut begun = begun.lock().expect("no stage panics here");
        let of_thread = (stage, format!("{:?}", thread::current().id()));
        let (taken, since) = begun.entry(of_thread).or_insert((Duration::ZERO, Instant::now()));
        if has_ended {
            *taken += since.elapsed();
        } else {
            *since = Instant::now();
        }
    });
    outcome.expect("a report");
    let begun = begun.into_inner().expect("no stage panics here");
    for stage in STAGES {
        let of_threads = begun.iter().filter(|((of, _), _)| *of == stage).map(|(_, (taken, _))| taken.as_micros());
        print!("{} ", of_threads.sum::<u128>());
    }
    println!("{}", most_memory().unwrap_or(0));
}

/// The most memory that this process has had, in kilobytes, where the system tells.
fn most_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok())
}

/// What one office took.
#[derive(Clone)]
struct Taken {
    whole: Duration,
    stages: Vec<u64>,
    kilobytes: u64,
}

fn measure(sizes: &[u64]) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for format in ["xlsx", "csv"] {
        println!(
            "\n{format:8} {:>9} {:>8}  {}",
            "whole ms",
            "MB",
            STAGES.map(|stage| format!("{:>10}", format!("{stage:?}"))).join("")
        );
        let mut before: Option<(u64, Taken)> = None;
        for size in sizes {
            let inputs = folder.path().join(format!("{format}-{size}"));
            office::write(&inputs, Size::of(*size), format).expect("inputs");
            let taken = (0..TIMES).map(|_| run(&inputs, &folder.path().join("out"))).min_by_key(|taken| taken.whole);
            let taken = taken.expect("measured more than once");
            print(*size, &taken);
            if let Some((smaller, taken_before)) = before.replace((*size, taken.clone())) {
                let rows = ratio(*size, smaller);
                let time = taken.whole.as_secs_f64() / taken_before.whole.as_secs_f64();
                let verdict = if time <= rows * GROWTH { "" } else { "  MORE THAN ROWS ALLOW" };
                println!(
                    "         {rows:.1} times the rows: {time:.1} times the time, {:.1} times the memory{verdict}",
                    ratio(taken.kilobytes, taken_before.kilobytes)
                );
            }
            std::fs::remove_dir_all(&inputs).expect("the inputs were written");
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "shown with one decimal")]
fn ratio(one: u64, other: u64) -> f64 {
    one as f64 / other as f64
}

fn run(inputs: &Path, out: &Path) -> Taken {
    let this: PathBuf = std::env::current_exe().expect("this program");
    let begun = Instant::now();
    let output = Command::new(this).arg("job").args([inputs, out]).output().expect("this program runs");
    let whole = begun.elapsed();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8_lossy(&output.stdout);
    let mut stages: Vec<u64> = text.split_whitespace().map(|number| number.parse().expect("a number")).collect();
    let kilobytes = stages.pop().expect("the most memory");
    Taken { whole, stages, kilobytes }
}

fn print(size: u64, taken: &Taken) {
    let stages: String = taken.stages.iter().map(|micros| format!("{:10.1}", ratio(*micros, 1000))).collect();
    println!("{size:8} {:9.1} {:8.1}  {stages}", taken.whole.as_secs_f64() * 1000.0, ratio(taken.kilobytes, 1000));
}
