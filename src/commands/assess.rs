//! From files to results: the flow in one place, for every command that needs results.

use crate::answers::{self, Outdated};
use crate::commands::inputs::{Assessment, Inputs};
use crate::finding::{Finding, Severity};
use crate::result::{self, Assessment as StatedAssessment, InputRef, Results, Run, Unscored};
use crate::score;
use crate::settings::Settings;
use crate::survey::Filled;
use crate::unit::date_text;
use crate::weighting;

/// Everything scored in a run.
pub struct Assessed {
    pub units: Vec<Results>,
    /// Of the whole run.
    pub findings: Vec<Finding>,
    pub outdated: Vec<Outdated>,
}

/// What the settings say of the assessment as a whole.
fn said(settings: &Settings) -> StatedAssessment {
    StatedAssessment {
        reference_date: settings.reference_date.map(date_text),
        deadline: settings.deadline.map(date_text),
        assessor: settings.assessor.clone(),
        draft: false,
    }
}

/// What is wrong in a file of which nothing counts any more is only a note, unless something of it could not be read at all, or its
/// cover leaves open which submission it is.
fn soften(findings: &mut [Finding]) {
    if !findings.iter().any(|finding| ["input-", "cover-"].iter().any(|stage| finding.code.starts_with(stage))) {
        findings.iter_mut().for_each(|finding| finding.severity = Severity::Note);
    }
}

/// Reads nothing: what was read becomes results, a unit and period each.
/// With `awaited` the unit of the settings is among them though nothing of it has come.
pub fn assess(assessment: &Assessment, inputs: Inputs, awaited: bool) -> Assessed {
    let tree = &assessment.tree;
    let stated = assessment.settings.as_ref().map(said);
    let unscored: Vec<Unscored> = inputs.files.iter().filter_map(|file| file.unscored.clone()).collect();
    let weighting = weighting::of(tree);
    let weights = (weighting.weigh)(tree);
    let mut units = Vec::new();
    // Which unit each file belongs to; none for files that were not scored, which every unit's results name.
    let owners: Vec<Option<(String, String)>> =
        inputs.files.iter().map(|file| file.filled.as_ref().map(|filled| (filled.unit.clone(), filled.period.clone()))).collect();
    let mut files: Vec<(InputRef, Vec<Finding>)> = Vec::new();
    let mut filled: Vec<Filled> = Vec::new();
    for file in inputs.files {
        files.push((file.input, file.findings));
        filled.extend(file.filled);
    }
    let mut collected = answers::collect(&filled, tree, &tree.policy);
    let stated_unit = assessment.settings.as_ref().and_then(|settings| Some((settings.unit.as_ref()?, settings.period.as_ref()?)));
    if let Some((unit, period)) = stated_unit.filter(|_| awaited && !tree.local.respondents.is_empty())
        && !collected.iter().any(|one| one.unit.name == *unit && one.period == *period)
    {
        collected.push(answers::unanswered(unit, period, tree, &tree.policy));
    }
    let outdated: Vec<Outdated> = collected.iter().flat_map(|answers| answers.outdated.clone()).collect();
    files.iter_mut().for_each(|(input, findings)| {
        if outdated.iter().any(|outdated| outdated.file == input.file) {
            soften(findings);
        }
    });
    let mut all: Vec<Finding> = inputs.findings.clone();
    all.extend(files.iter().flat_map(|(_, findings)| findings.iter().cloned()));
    for mut answers in collected {
        if let Some(settings) = assessment.settings.as_ref().filter(|settings| settings.unit.as_ref() == Some(&answers.unit.name)) {
            answers.unit.parent = answers.unit.parent.or_else(|| settings.parent.clone());
            answers.unit.class = answers.unit.class.or_else(|| settings.class.clone());
        }
        let key = Some((answers.unit.name.clone(), answers.period.clone()));
        let mine: Vec<&(InputRef, Vec<Finding>)> =
            files.iter().zip(&owners).filter(|(_, owner)| owner.is_none() || **owner == key).map(|(file, _)| file).collect();
        let refs: Vec<InputRef> = mine.iter().map(|(input, _)| input.clone()).collect();
        let mut findings = inputs.findings.clone();
        findings.extend(mine.iter().flat_map(|(_, findings)| findings.iter().cloned()));
        findings.extend(answers.findings.iter().cloned());
        all.extend(answers.findings.iter().cloned());
        let scores = score::score(tree, &answers.items, &weights, tree.policy.missing);
        let run = Run {
            tree,
            weighting: weighting.name,
            weights: &weights,
            inputs: &refs,
            assessment: stated.as_ref(),
            unscored: &unscored,
            options: &assessment.options,
        };
        units.push(result::build(&run, &answers, &scores, findings));
    }
    Assessed { units, findings: all, outdated }
}
