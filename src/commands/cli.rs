//! The command line: parsed by clap, spoken of in our own words.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, ArgMatches};

use crate::commands::{COMMANDS, Command, Flag, Session};
use crate::error::Failure;
use crate::text::{Lang, Text, t, width};

const OPERANDS: &str = "OPERANDS";

/// A parsed command line.
pub struct Parsed {
    matches: ArgMatches,
    flags: &'static [&'static Flag],
}

impl Parsed {
    pub fn value(&self, flag: &Flag) -> Option<&str> {
        if !self.takes(flag) {
            return None;
        }
        self.matches.get_one::<String>(flag.name).map(String::as_str)
    }

    pub fn is_set(&self, flag: &Flag) -> bool {
        self.takes(flag) && self.matches.get_flag(flag.name)
    }

    pub fn operands(&self) -> Vec<PathBuf> {
        self.matches.try_get_many::<OsString>(OPERANDS).ok().flatten().map(|values| values.map(PathBuf::from).collect()).unwrap_or_default()
    }

    fn takes(&self, flag: &Flag) -> bool {
        self.flags.iter().any(|known| known.name == flag.name)
    }
}

/// Chinese unless `--lang` or the locale says English.
pub fn terminal_lang(arguments: &[OsString], locale: &str) -> Lang {
    let words: Vec<String> = arguments.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    let after = words.iter().position(|word| word == "--lang").and_then(|at| words.get(at + 1).cloned());
    let joined = words.iter().find_map(|word| word.strip_prefix("--lang=").map(str::to_string));
    match after.or(joined).as_deref() {
        Some("en") => Lang::En,
        Some("zh") => Lang::Zh,
        _ if locale.to_lowercase().starts_with("en") => Lang::En,
        _ => Lang::Zh,
    }
}

/// The command and its flags; none where help or the version was wanted and has been printed.
pub fn parse(arguments: Vec<OsString>, session: &mut Session<'_>) -> Result<Option<(&'static Command, Parsed)>, Failure> {
    let words: Vec<String> = arguments.iter().skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
    let named = words.iter().find_map(|word| COMMANDS.iter().find(|command| command.name == word));
    if words.is_empty() || words.iter().any(|word| word == "-h" || word == "--help" || word == "help") {
        let help = named.map_or_else(|| overview(session.lang), |command| help(command, session.lang));
        session.print(help.trim_end())?;
        return Ok(None);
    }
    if words.iter().any(|word| word == "-V" || word == "--version") {
        session.print(concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION")))?;
        return Ok(None);
    }
    let matches = build().try_get_matches_from(arguments).map_err(|error| Failure::Message(explain(&error, named)))?;
    let Some((name, matches)) = matches.subcommand() else {
        return Err(unknown_command("").into());
    };
    let Some(command) = COMMANDS.iter().find(|command| command.name == name) else {
        return Err(unknown_command(name).into());
    };
    Ok(Some((command, Parsed { matches: matches.clone(), flags: command.flags })))
}

/// The command line as clap knows it; its words are ours, for completions.
pub fn build() -> clap::Command {
    let words = |text: &Text| text.get(Lang::Zh).to_string();
    let commands = COMMANDS.iter().map(|command| {
        let mut built = clap::Command::new(command.name).disable_help_flag(true).disable_version_flag(true).about(words(&command.about));
        for flag in command.flags {
            let mut arg = Arg::new(flag.name).long(flag.name).help(words(&flag.help));
            if let Some(short) = flag.short {
                arg = arg.short(short);
            }
            arg = if flag.value.is_some() { arg.action(ArgAction::Set) } else { arg.action(ArgAction::SetTrue) };
            built = built.arg(arg);
        }
        if let Some(operands) = &command.operands {
            let any = clap::builder::ValueParser::os_string();
            built = built.arg(Arg::new(OPERANDS).num_args(1..).required(operands.required).value_parser(any));
        }
        built
    });
    clap::Command::new("ecap")
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .subcommand_required(true)
        .subcommands(commands)
}

fn unknown_command(name: &str) -> Text {
    let known: Vec<Text> = COMMANDS.iter().map(|command| command.name.into()).collect();
    t("没有“{name}”这个命令。可用：{known}；ecap --help 看说明。", "There is no command \"{name}\". There are: {known}; see ecap --help.")
        .with(&[("name", name.into()), ("known", Text::join(&known, "、", ", "))])
}

/// What is missing after a command.
pub fn nothing_named(command: &Command) -> Text {
    let operands = command.operands.as_ref();
    t("“ecap {name}”后面还要写：{operands}（{help}）。", "`ecap {name}` needs more: {operands} ({help}).").with(&[
        ("name", command.name.into()),
        ("operands", operands.map(|operands| operands.name.clone()).unwrap_or_default()),
        ("help", operands.map(|operands| operands.help.clone()).unwrap_or_default()),
    ])
}

/// A parse error in our words; clap's own never reach a reader.
fn explain(error: &clap::Error, command: Option<&&Command>) -> Text {
    let context = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        _ => String::new(),
    };
    // clap writes an argument as `--tree <tree>`.
    let argument = context(ContextKind::InvalidArg);
    let argument = argument.split_whitespace().next().unwrap_or("").to_string();
    match error.kind() {
        ErrorKind::InvalidSubcommand => unknown_command(&context(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingSubcommand => unknown_command(""),
        ErrorKind::UnknownArgument => {
            let suggested = context(ContextKind::SuggestedArg);
            let text = if suggested.is_empty() {
                t("不认识的选项“{arg}”。用 --help 看可用的选项。", "Unknown option \"{arg}\". See --help.")
            } else {
                t("不认识的选项“{arg}”，是不是“{suggested}”？", "Unknown option \"{arg}\"; did you mean \"{suggested}\"?")
            };
            text.with(&[("arg", argument.into()), ("suggested", suggested.into())])
        }
        ErrorKind::MissingRequiredArgument => command.map(|command| nothing_named(command)).unwrap_or_default(),
        ErrorKind::ArgumentConflict => t("选项“{arg}”写了两次。", "The option \"{arg}\" stands twice.").with(&[("arg", argument.into())]),
        ErrorKind::InvalidValue | ErrorKind::NoEquals | ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues => {
            t("选项“{arg}”后面要有一个值。", "The option \"{arg}\" needs a value.").with(&[("arg", argument.into())])
        }
        _ => t("这一行命令读不懂。用 --help 看写法。", "The command line cannot be understood. See --help."),
    }
}

fn overview(lang: Lang) -> String {
    let intro = t(
        "ecap 应急能力评估：发卷、收卷、查错、计分、出报告。\n\n用法：ecap 命令 …\n\n命令：",
        "ecap assesses a place's emergency capability: surveys out, surveys in, scored reports.\n\nUsage: ecap COMMAND ...\n\nCommands:",
    );
    let rows: Vec<(String, String)> =
        COMMANDS.iter().map(|command| (command.name.to_string(), command.about.get(lang).to_string())).collect();
    let outro = t("每个命令的选项：ecap 命令 --help", "Options of a command: ecap COMMAND --help");
    format!("{}\n{}\n{}", intro.get(lang), table(&rows), outro.get(lang))
}

fn help(command: &Command, lang: Lang) -> String {
    let operands = command.operands.as_ref().map(|operands| format!(" {}", operands.name.get(lang))).unwrap_or_default();
    let usage =
        t("{about}\n\n用法：ecap {name} [选项]{operands}\n\n选项：", "{about}\n\nUsage: ecap {name} [OPTIONS]{operands}\n\nOptions:")
            .with(&[("about", command.about.clone()), ("name", command.name.into()), ("operands", operands.into())]);
    let mut rows: Vec<(String, String)> = Vec::new();
    if let Some(operands) = &command.operands {
        rows.push((operands.name.get(lang).to_string(), operands.help.get(lang).to_string()));
    }
    for flag in command.flags {
        let short = flag.short.map(|short| format!("-{short}, ")).unwrap_or_default();
        let value = flag.value.as_ref().map(|value| format!(" {}", value.get(lang))).unwrap_or_default();
        rows.push((format!("{short}--{}{value}", flag.name), flag.help.get(lang).to_string()));
    }
    format!("{}\n{}", usage.get(lang), table(&rows))
}

/// The manual page in troff, Chinese, from the same table as the help.
pub fn manual() -> String {
    let lang = Lang::Zh;
    // A dot or quote at the start of a line, and a backslash, are troff's own.
    let plain = |text: &str| {
        let text = text.replace('\\', "\\e").replace('-', "\\-");
        if text.starts_with(['.', '\'']) { format!("\\&{text}") } else { text }
    };
    let mut page = format!(
        ".TH ecap 1 \"\" \"ecap {}\" \"{}\"\n.SH {}\necap \\- {}\n.SH {}\n.B ecap\n{}\n",
        env!("CARGO_PKG_VERSION"),
        t("应急能力评估", "Emergency capability assessment").get(lang),
        t("名称", "NAME").get(lang),
        plain(t("应急能力评估：发卷、收卷、查错、计分、出报告", "surveys out, surveys in, scored reports").get(lang)),
        t("用法", "SYNOPSIS").get(lang),
        plain(t("[命令 [选项] [文件或文件夹…]]", "[COMMAND [OPTIONS] [FILES OR FOLDERS...]]").get(lang)),
    );
    page.push_str(&plain(
        t("在终端上不带命令，是一步一步的菜单；直接跟文件或文件夹，先检查，能计分的就计分。", "Without a command at a terminal: a menu.")
            .get(lang),
    ));
    page.push_str(&format!("\n.SH {}\n", t("命令", "COMMANDS").get(lang)));
    for command in COMMANDS {
        let operands = command.operands.as_ref().map(|operands| operands.name.get(lang).to_string()).unwrap_or_default();
        page.push_str(&format!(".SS ecap {} {}\n{}\n", command.name, plain(&operands), plain(command.about.get(lang))));
        for flag in command.flags {
            let short = flag.short.map(|short| format!("\\-{short}, ")).unwrap_or_default();
            let value = flag.value.as_ref().map(|value| format!(" {}", plain(value.get(lang)))).unwrap_or_default();
            page.push_str(&format!(".TP\n.B {short}\\-\\-{}{value}\n{}\n", plain(flag.name), plain(flag.help.get(lang))));
        }
    }
    page
}

/// Two columns, the first padded to the widest.
fn table(rows: &[(String, String)]) -> String {
    let widest = rows.iter().map(|(name, _)| width(name)).max().unwrap_or(0);
    rows.iter().map(|(name, text)| format!("  {name}{}  {text}\n", " ".repeat(widest - width(name)))).collect()
}
