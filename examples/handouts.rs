//! Shell completions and the manual page for the archives, from the one table of commands: `cargo run --example handouts -- FOLDER`.

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use clap_complete::Shell;
use clap_complete::generate_to;
use ecap::commands::{command_line, manual};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args_os().nth(1).ok_or("a folder")?);
    let completions = folder.join("completions");
    fs::create_dir_all(&completions)?;
    for shell in [Shell::Bash, Shell::Zsh, Shell::Fish, Shell::PowerShell] {
        generate_to(shell, &mut command_line(), "ecap", &completions)?;
    }
    fs::write(folder.join("ecap.1"), manual())?;
    Ok(())
}
