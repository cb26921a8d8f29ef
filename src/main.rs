//! The `rspkpi` program.

use std::process::ExitCode;

use rspkpi::cli::{self, Exit};

fn main() -> ExitCode {
    // A panic is a fault of the program; its message is printed before it gets here.
    std::panic::catch_unwind(cli::main).unwrap_or(Exit::Bug).into()
}
