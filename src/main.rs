//! The `rspkpi` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    rspkpi::cli::main().into()
}
