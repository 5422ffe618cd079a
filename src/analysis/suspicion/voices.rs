//! What each respondent said: its self-ratings in force, in the order of the tree, read as the measures need them.

use std::collections::{BTreeMap, HashMap};

use crate::result::{AnswerResult, CellResult, Results};
use crate::scale::{NOT_APPLICABLE, Reading, Typed};
use crate::tree::Tree;
use crate::unit::normal;

/// Evidence that says there is none.
const NOTHING: [&str; 16] = ["无", "暂无", "没有", "空", "略", "/", "-", "—", "——", "－", "待补", "待补充", "none", "nil", "n/a", "na"];

/// Fewer characters than these name no record, unless they hold a word for one.
const SHORT: usize = 8;
/// Words for a record, as short evidence names it: 应急预案, 值班日志.
const RECORDS: [&str; 50] = [
    "预案", "方案", "记录", "纪要", "通知", "报告", "合同", "协议", "照片", "清单", "名单", "名册", "证书", "制度", "办法", "规程", "规范",
    "手册", "登记", "凭证", "批复", "函", "截图", "图纸", "档案", "总结", "计划", "日志", "发票", "单据", "文件", "台账", "目录", "数据",
    "影像", "视频", "报表", "统计", "名录", "条例", "证明", "决定", "意见", "网", "plan", "log", "list", "minutes", "photo", "report",
];
/// Words that say it is done and on file, and neither what nor where; longer ones first.
const SAYS_NOTHING: [&str; 50] = [
    "有关", "相关", "按照", "要求", "规定", "标准", "符合", "满足", "达到", "达标", "落实", "完成", "开展", "执行", "建立", "具备", "齐全",
    "完备", "完整", "完善", "到位", "备查", "可查", "存档", "留存", "正常", "良好", "资料", "材料", "佐证", "文件", "台账", "记录", "附件",
    "附后", "详见", "均已", "已经", "全部", "工作", "情况", "已", "均", "有", "做", "见", "按", "详", "是", "好",
];

/// A respondent and its self-ratings.
pub struct Voice<'a> {
    /// The cover's text.
    pub name: &'a str,
    /// The workbook; of several the one that holds its first answer in force.
    pub file: &'a str,
    pub said: Vec<Said<'a>>,
}

/// One self-rating in force that is not blank.
pub struct Said<'a> {
    /// Index into this year's items.
    pub item: usize,
    pub answer: &'a AnswerResult,
    pub cell: &'a CellResult,
    /// What was typed, as it is compared.
    pub text: String,
    /// Evidence without spaces; empty where there is none, or it says so.
    pub evidence: String,
    pub note: String,
}

impl Said<'_> {
    pub fn is_answered(&self) -> bool {
        self.cell.state == "answered"
    }

    /// Was 不适用 typed, whether the item allows it or not?
    pub fn is_na(&self) -> bool {
        self.cell.state == "not_applicable"
            || [&NOT_APPLICABLE.zh, &NOT_APPLICABLE.en].iter().any(|word| self.text.eq_ignore_ascii_case(word))
    }

    /// 0 to 100; no data scores 0.
    pub fn score(&self) -> Option<f64> {
        if self.cell.state == "no_data" { Some(0.0) } else { self.cell.score }
    }

    pub fn is_top(&self) -> bool {
        self.is_answered() && self.cell.score.is_some_and(|score| score > 100.0 - 1e-9)
    }

    pub fn reading(&self, tree: &Tree) -> Option<Reading> {
        let item = tree.items.get(self.item).filter(|_| self.is_answered())?;
        item.scaled.scale.read(&Typed::text(&self.cell.text).text, &item.question).ok()
    }

    /// `45/50` as 45 and 50.
    pub fn fraction(&self) -> Option<(u64, u64)> {
        let (over, under) = self.text.split_once('/')?;
        Some((over.parse().ok()?, under.parse().ok()?))
    }

    /// Is what was typed a figure that two respondents, or two years, hardly share by chance: 45/53, 87.3%, 1186?
    pub fn is_figure(&self) -> bool {
        if let Some((over, under)) = self.fraction() {
            return under >= 10 && over != under && over != 0;
        }
        let digits = self.text.trim_end_matches(|one: char| !one.is_ascii_digit());
        match digits.parse::<f64>() {
            Ok(number) => number.fract() != 0.0 || (number > 10.0 && number % 5.0 != 0.0),
            Err(_) => false,
        }
    }

    /// Is there something to look at: evidence that names it, or a document named in the note?
    pub fn has_evidence(&self) -> bool {
        !is_hollow(&self.evidence) || self.notes_document()
    }

    /// Does the note name a document?
    pub fn notes_document(&self) -> bool {
        ["《", "〔", "附件", "附后", "台账", "佐证"].iter().any(|mark| self.note.contains(mark)) || self.note.starts_with('见')
    }
}

/// Text without spaces, in one case and width.
pub fn folded(text: &str) -> String {
    let text: String = normal(text).to_lowercase().split_whitespace().collect();
    let bare = text.trim_end_matches(['。', '.', '；', ';']);
    if NOTHING.contains(&bare) { String::new() } else { bare.to_string() }
}

/// Does evidence name nothing that could be looked for: no number or date, no title, and either too short to name a record, or of
/// nothing but words that say it is done and on file?
pub fn is_hollow(evidence: &str) -> bool {
    if evidence.chars().any(char::is_numeric) || evidence.contains(['《', '〔', '[', '【', '“', '"']) {
        return false;
    }
    let mut left = evidence.to_string();
    for word in SAYS_NOTHING {
        left = left.replace(word, "");
    }
    left.retain(char::is_alphanumeric);
    left.is_empty() || (evidence.chars().count() < SHORT && !RECORDS.iter().any(|record| evidence.contains(record)))
}

/// Is it long enough to be one document among many, and not just the tree's own words for what to attach?
pub fn is_specific(text: &str, item: usize, tree: &Tree) -> bool {
    let own = tree.items.get(item).is_some_and(|item| item.content.evidence.iter().any(|one| folded(&one.what.zh) == text));
    text.chars().count() >= 6 && !own
}

/// The respondents of a unit, the assessors only where nobody else answered; `place` gives an item's index this year.
pub fn voices<'a>(results: &'a Results, place: &dyn Fn(usize) -> Option<usize>) -> Vec<Voice<'a>> {
    let is_assessor = |answer: &AnswerResult| answer.respondent.is_assessor();
    let filled = |answer: &&AnswerResult| answer.own.as_ref().is_some_and(|own| own.state != "blank");
    let all = || results.items.iter().flat_map(|item| item.answers.iter().filter(filled));
    let only_assessors = all().all(is_assessor);
    let mut index: HashMap<String, usize> = HashMap::new();
    let mut voices: Vec<Voice<'a>> = Vec::new();
    for (at, item) in results.items.iter().enumerate() {
        let Some(here) = place(at) else { continue };
        for answer in item.answers.iter().filter(filled).filter(|answer| only_assessors || !is_assessor(answer)) {
            let Some(cell) = &answer.own else { continue };
            let name = normal(&answer.respondent.name).to_lowercase();
            let key = if name.is_empty() { answer.place.file.clone() } else { name };
            let voice = *index.entry(key).or_insert_with(|| {
                voices.push(Voice { name: &answer.respondent.name, file: &answer.place.file, said: Vec::new() });
                voices.len() - 1
            });
            let said = Said {
                item: here,
                answer,
                cell,
                text: normal(&cell.text).replace(' ', ""),
                evidence: folded(&answer.evidence),
                note: folded(&answer.note),
            };
            // Of several versions the last submission speaks; of equal ones the first by file.
            match voices[voice].said.last_mut().filter(|last| last.item == here) {
                Some(last) if last.answer.submission < answer.submission => *last = said,
                Some(_) => {}
                None => voices[voice].said.push(said),
            }
        }
    }
    for voice in &mut voices {
        if let Some(latest) = voice.said.iter().max_by_key(|said| (said.answer.submission, std::cmp::Reverse(said.item))) {
            voice.file = &latest.answer.place.file;
        }
        voice.said.sort_by_key(|said| said.item);
    }
    voices.sort_by(|one, two| (one.file, one.name).cmp(&(two.file, two.name)));
    voices
}

/// For each voice of this year the same respondent's last year: item to what was said.
pub fn matched<'v, 'a>(now: &[Voice<'_>], last: &'v [Voice<'a>]) -> Vec<Option<HashMap<usize, &'v Said<'a>>>> {
    let same = |one: &str, two: &str| normal(one).to_lowercase() == normal(two).to_lowercase();
    now.iter()
        .map(|voice| {
            let alone = now.len() == 1 && last.len() == 1;
            let found = last.iter().find(|other| alone || same(other.name, voice.name))?;
            Some(found.said.iter().map(|said| (said.item, said)).collect())
        })
        .collect()
}

/// How often each answer stands in its class, such as a kind of scale.
pub fn counts<C: Ord, A: Ord>(answers: impl Iterator<Item = (C, A)>) -> BTreeMap<C, BTreeMap<A, usize>> {
    let mut counts: BTreeMap<C, BTreeMap<A, usize>> = BTreeMap::new();
    answers.for_each(|(class, answer)| *counts.entry(class).or_default().entry(answer).or_default() += 1);
    counts
}

/// The years that a text names: numbers of four digits from 1900 to 2099.
pub fn years(text: &str) -> Vec<u32> {
    runs(text).into_iter().filter_map(year).collect()
}

/// Runs of digits in a text.
fn runs(text: &str) -> Vec<&str> {
    text.split(|one: char| !one.is_ascii_digit()).filter(|run| !run.is_empty()).collect()
}

fn year(run: &str) -> Option<u32> {
    run.parse().ok().filter(|year| run.len() == 4 && (1900..2100).contains(year))
}

/// Is it the same text but for its years, down to other numbers that hardly stay: a document's number, a day, a count of pages? The
/// report of every December is not.
pub fn is_moved_on(now: &str, last: &str) -> bool {
    let without_years = |text: &str| {
        let parts = text.split_inclusive(|one: char| !one.is_ascii_digit());
        let bare = |part: &str| {
            let digits = part.trim_end_matches(|one: char| !one.is_ascii_digit());
            if year(digits).is_some() { format!("Y{}", &part[digits.len()..]) } else { part.to_string() }
        };
        parts.map(bare).collect::<String>()
    };
    let others = runs(now).into_iter().filter(|run| year(run).is_none()).count();
    let numbered = now.split(['号', '页', '份']).rev().skip(1).any(|before| before.ends_with(|one: char| one.is_ascii_digit()));
    now != last && (others >= 2 || (others == 1 && numbered)) && without_years(now) == without_years(last)
}
