//! Which line of one report is which line of another, where lines were put in, taken out or moved.

use std::collections::HashMap;

/// How lines of two reports belong together, by their indices.
#[derive(Debug, Default, PartialEq)]
pub struct Aligned {
    /// Of the first and the second, in the order of the first.
    pub pairs: Vec<(usize, usize)>,
    /// Of the pairs, those whose order is not that of the others.
    pub moved: Vec<(usize, usize)>,
    pub only_first: Vec<usize>,
    pub only_second: Vec<usize>,
}

/// Lines that are equal belong together, then lines of one key, then lines between such that are alike.
/// `full` is all of a line, `key` what it is known by, empty for none.
pub fn align(first: &[(String, String)], second: &[(String, String)]) -> Aligned {
    let mut to: Vec<Option<usize>> = vec![None; first.len()];
    let mut taken = vec![false; second.len()];
    // From the front and from the back what is equal is one, whatever it repeats.
    let front = first.iter().zip(second).take_while(|(one, two)| one == two).count();
    let most = first.len().min(second.len()) - front;
    let back = first.iter().rev().zip(second.iter().rev()).take(most).take_while(|(one, two)| one == two).count();
    let same = (0..front).map(|index| (index, index)).chain((1..=back).map(|index| (first.len() - index, second.len() - index)));
    for (one, two) in same {
        to[one] = Some(two);
        taken[two] = true;
    }
    for by_key in [false, true] {
        let name = |line: &(String, String)| if by_key { line.1.clone() } else { format!("{}\n{}", line.1, line.0) };
        let mut waiting: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, line) in second.iter().enumerate().rev().filter(|(index, line)| !(taken[*index] || by_key && line.1.is_empty())) {
            waiting.entry(name(line)).or_default().push(index);
        }
        for (index, line) in first.iter().enumerate() {
            if to[index].is_none()
                && let Some(found) = waiting.get_mut(&name(line)).and_then(Vec::pop)
            {
                to[index] = Some(found);
                taken[found] = true;
            }
        }
    }
    let matched: Vec<(usize, usize)> = to.iter().enumerate().filter_map(|(one, two)| Some((one, (*two)?))).collect();
    let kept = longest_rise(&matched);
    let moved: Vec<(usize, usize)> = matched.iter().zip(&kept).filter(|(_, kept)| !**kept).map(|(pair, _)| *pair).collect();
    // Between lines that keep their order stand those that were changed.
    let anchors = matched.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(pair, _)| *pair).chain([(first.len(), second.len())]);
    let (mut one, mut two) = (0, 0);
    for (next_one, next_two) in anchors {
        let own: Vec<usize> = (one..next_one).filter(|index| to[*index].is_none()).collect();
        let other: Vec<usize> = (two..next_two).filter(|index| !taken[*index]).collect();
        let mut start = 0;
        for (place, index) in own.iter().enumerate() {
            let found = if own.len() == other.len() {
                Some(place)
            } else {
                (start..other.len()).find(|place| alike(&first[*index].0, &second[other[*place]].0))
            };
            if let Some(found) = found {
                to[*index] = Some(other[found]);
                taken[other[found]] = true;
                start = found + 1;
            }
        }
        (one, two) = (next_one + 1, next_two + 1);
    }
    Aligned {
        pairs: to.iter().enumerate().filter_map(|(one, two)| Some((one, (*two)?))).collect(),
        moved,
        only_first: to.iter().enumerate().filter(|(_, two)| two.is_none()).map(|(one, _)| one).collect(),
        only_second: taken.iter().enumerate().filter(|(_, taken)| !**taken).map(|(two, _)| two).collect(),
    }
}

/// Do two texts begin and end alike, for half of the longer?
fn alike(one: &str, two: &str) -> bool {
    let (one, two): (Vec<char>, Vec<char>) = (one.chars().collect(), two.chars().collect());
    let (shorter, longer) = (one.len().min(two.len()), one.len().max(two.len()));
    let front = one.iter().zip(&two).take_while(|(one, two)| one == two).count();
    let back = one.iter().rev().zip(two.iter().rev()).take(shorter - front).take_while(|(one, two)| one == two).count();
    2 * (front + back) >= longer
}

/// Which pairs belong to a longest run in which both indices rise.
fn longest_rise(pairs: &[(usize, usize)]) -> Vec<bool> {
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; pairs.len()];
    for (index, (_, two)) in pairs.iter().enumerate() {
        let length = tails.partition_point(|tail| pairs[*tail].1 < *two);
        before[index] = length.checked_sub(1).map(|last| tails[last]);
        if length == tails.len() { tails.push(index) } else { tails[length] = index }
    }
    let mut kept = vec![false; pairs.len()];
    let mut at = tails.last().copied();
    while let Some(index) = at {
        kept[index] = true;
        at = before[index];
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(texts: &[&str]) -> Vec<(String, String)> {
        texts
            .iter()
            .map(|text| (text.to_string(), text.split(' ').next().filter(|_| text.contains(' ')).unwrap_or("").to_string()))
            .collect()
    }

    #[test]
    fn one_line_put_in_or_taken_out_moves_no_other() {
        let whole = lines(&["01 甲", "02 乙", "03 丙", "04 丁"]);
        let aligned = align(&lines(&["01 甲", "03 戊", "04 丁"]), &whole);
        assert_eq!(aligned.pairs, [(0, 0), (1, 2), (2, 3)]);
        assert_eq!((aligned.only_second, aligned.moved.len()), (vec![1], 0));
        let aligned = align(&lines(&["一", "插", "二"]), &lines(&["一", "二"]));
        assert_eq!((aligned.only_first, aligned.pairs), (vec![1], vec![(0, 0), (2, 1)]));
    }

    #[test]
    fn a_line_elsewhere_is_moved_and_a_line_retyped_is_the_same_line() {
        let aligned = align(&lines(&["02 乙", "01 甲", "03 丙"]), &lines(&["01 甲", "02 乙", "03 丙"]));
        assert_eq!(aligned.moved.len(), 1);
        let aligned = align(&lines(&["总分 64.9", "其他", "x"]), &lines(&["总分 74.9", "别的", "x"]));
        assert_eq!(aligned.pairs, [(0, 0), (1, 1), (2, 2)]);
    }
}
