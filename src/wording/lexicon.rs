//! The words that are known, and how a text is read with them.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::numbers::{Numbers, numbers};
use super::tokens::{Token, tokens};
use super::{NamedBy, Wording};
use crate::definitions::{Definitions, FormClass, ItemScope, MemberRegistry, Vocabulary};
use crate::terms::MemberCode;
use crate::terms::words::{is_slip, stem};

/// One meaning of a wording.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Meaning {
    Topic(usize),
    Form(FormClass),
    Scope(ItemScope),
    Brand(usize),
    Level(usize),
    /// Nothing about the topic.
    Plain,
    Bilateral,
    OtherBody,
    Own,
    Member(MemberCode, NamedBy),
    Area(usize),
    Stranger,
}

/// A known wording.
#[derive(Debug, Clone, Default)]
struct Entry {
    meanings: Vec<Meaning>,
    /// Only where it is typed in capitals.
    capitals: bool,
}

/// All known wordings.
#[derive(Debug)]
pub struct Lexicon {
    short: BTreeMap<String, String>,
    /// By stems with one space between them.
    entries: HashMap<String, Entry>,
    /// The longest wording, in words, that begins with a stem.
    longest: HashMap<String, usize>,
    /// Codes of Members that are words of two or three letters.
    codes: HashMap<String, MemberCode>,
    /// Initials of the capitalised words of a planned title, with those words.
    initials: HashMap<String, Vec<Token>>,
    /// Every single word of a wording or a planned title.
    known: BTreeSet<String>,
    stems: HashSet<String>,
    /// What an unknown word, cut short or not, was corrected to.
    slips: Mutex<HashMap<(String, bool), Option<String>>>,
    /// What texts were read as: hosts, partners and venues come again and again.
    readings: Mutex<HashMap<String, Wording>>,
}

/// How many readings are kept.
const KEPT: usize = 4096;

/// Codes that are English words or short forms of something else.
const NO_CODES: [&str; 4] = ["id", "in", "to", "ws"];

impl Lexicon {
    /// The lexicon of a configuration.
    #[must_use]
    pub fn of(definitions: &Definitions) -> Self {
        let titles = definitions.plan.items().iter().map(|item| item.title.as_str());
        Self::new(&definitions.vocabulary, &definitions.members, titles)
    }

    /// The words of the vocabulary and the registry, and those of the planned titles.
    #[must_use]
    pub fn new<'a>(words: &Vocabulary, members: &MemberRegistry, titles: impl Iterator<Item = &'a str>) -> Self {
        let mut lexicon = Self {
            short: words.short.clone(),
            entries: HashMap::new(),
            longest: HashMap::new(),
            codes: HashMap::new(),
            initials: HashMap::new(),
            known: BTreeSet::new(),
            stems: HashSet::new(),
            slips: Mutex::default(),
            readings: Mutex::default(),
        };
        lexicon.vocabulary(words);
        lexicon.places(words);
        lexicon.registry(members);
        for title in titles {
            lexicon.title(title);
        }
        lexicon.stems = lexicon.known.iter().map(|word| stem(word)).collect();
        lexicon
    }

    fn vocabulary(&mut self, words: &Vocabulary) {
        for (at, topic) in words.topics.iter().enumerate() {
            self.add_all(topic.words.iter().chain([&topic.name]), &Meaning::Topic(at));
        }
        for form in &words.forms {
            self.add_all(&form.words, &Meaning::Form(form.class));
        }
        for (scope, spellings) in &words.scopes {
            self.add_all(spellings, &Meaning::Scope(*scope));
        }
        for (at, brand) in words.brands.iter().enumerate() {
            self.add_all(brand, &Meaning::Brand(at));
        }
        for (at, level) in words.levels.iter().enumerate() {
            self.add_all(level, &Meaning::Level(at));
        }
        self.add_all(words.plain.iter().chain(&words.programmes), &Meaning::Plain);
        self.add_all(&words.bodies.bilateral, &Meaning::Bilateral);
        self.add_all(&words.bodies.others, &Meaning::OtherBody);
        self.add_all(&words.bodies.own, &Meaning::Own);
        self.known.extend(words.short.keys().cloned());
    }

    fn places(&mut self, words: &Vocabulary) {
        for place in &words.places {
            let named = |by| Meaning::Member(place.member, by);
            for (spellings, meaning) in [
                (&place.administrations, named(NamedBy::Administration)),
                (&place.people, named(NamedBy::Name)),
                (&place.cities, named(NamedBy::City)),
            ] {
                for spelling in spellings {
                    self.add(spelling, meaning.clone(), spelling.chars().count() <= 3);
                }
            }
        }
        for (at, area) in words.areas.iter().enumerate() {
            self.add_all(area.words.iter().chain([&area.name]), &Meaning::Area(at));
        }
    }

    /// The names of Members; those of non-Members where they mean nothing else.
    fn registry(&mut self, members: &MemberRegistry) {
        let mut spellings: Vec<(&str, Option<MemberCode>)> = members.spellings().collect();
        spellings.sort_unstable();
        for (spelling, member) in spellings {
            match member {
                Some(code) if spelling.chars().count() <= 3 => _ = self.codes.insert(spelling.to_owned(), code),
                Some(code) => self.add(spelling, Meaning::Member(code, NamedBy::Name), false),
                None if self.entries.contains_key(&key(&self.prepared(spelling))) => {}
                None => self.add(spelling, Meaning::Stranger, false),
            }
        }
    }

    fn add_all<'a>(&mut self, spellings: impl IntoIterator<Item = &'a String>, meaning: &Meaning) {
        for spelling in spellings {
            self.add(spelling, meaning.clone(), false);
        }
    }

    fn add(&mut self, spelling: &str, meaning: Meaning, capitals: bool) {
        let words = self.prepared(spelling);
        let Some(first) = words.first() else { return };
        let longest = self.longest.entry(first.stem.clone()).or_default();
        *longest = words.len().max(*longest);
        self.known.extend(words.iter().map(|word| word.folded.clone()));
        let entry = self.entries.entry(key(&words)).or_insert_with(|| Entry { meanings: Vec::new(), capitals });
        entry.capitals &= capitals;
        if !entry.meanings.contains(&meaning) {
            entry.meanings.push(meaning);
        }
    }

    /// The words of a text, short forms written out.
    fn prepared(&self, text: &str) -> Vec<Token> {
        let mut words = tokens(text);
        for word in &mut words {
            if let Some(whole) = self.short.get(&word.folded) {
                word.replace(whole);
            }
        }
        words
    }

    /// Learns the words of a planned title, and the initials of three or more capitalised ones in a row.
    fn title(&mut self, title: &str) {
        let mut run: Vec<&str> = Vec::new();
        for word in title.split_whitespace().chain([""]) {
            let letters = word.chars().filter(|c| c.is_alphabetic()).collect::<Vec<_>>();
            if letters.len() > 1 && letters[0].is_uppercase() && letters[1].is_lowercase() {
                run.push(word);
            } else if word != "&" {
                self.run_of_capitals(&run);
                run.clear();
            }
        }
        self.known.extend(tokens(title).into_iter().map(|token| token.folded));
    }

    fn run_of_capitals(&mut self, run: &[&str]) {
        if run.len() < 3 {
            return;
        }
        let initials: String = run.iter().filter_map(|word| word.chars().next()).flat_map(char::to_lowercase).collect();
        let words = self.prepared(&run.join(" "));
        self.initials.entry(initials).or_insert(words);
    }

    /// Reads a text.
    #[must_use]
    pub fn read(&self, text: &str) -> Wording {
        if let Some(known) = locked(&self.readings).get(text) {
            return known.clone();
        }
        let wording = self.read_first(text);
        let mut readings = locked(&self.readings);
        if readings.len() == KEPT {
            readings.clear();
        }
        readings.insert(text.to_owned(), wording.clone());
        wording
    }

    fn read_first(&self, text: &str) -> Wording {
        let shouted = !text.chars().any(char::is_lowercase);
        let words = self.resolved(text);
        let Numbers { edition, working_group, years, taken } = numbers(&words);
        let mut wording = Wording { years, edition, working_group, ..Wording::default() };
        let mut at = 0;
        while at < words.len() {
            if taken[at] {
                at += 1;
                continue;
            }
            let free = taken[at..].iter().take_while(|taken| !**taken).count();
            if let Some((length, entry)) = self.longest_entry(&words[at..at + free]) {
                wording.take(entry, &words[at..at + length]);
                self.forms_within(entry, &words[at..at + length], &mut wording);
                at += length;
            } else {
                self.single(&words[at], shouted, &mut wording);
                at += 1;
            }
        }
        wording
    }

    /// The words of a text: short forms and initials written out, slips of the typist corrected.
    fn resolved(&self, text: &str) -> Vec<Token> {
        let mut words = Vec::new();
        for mut word in self.prepared(text) {
            if self.stems.contains(&word.stem) || self.codes.contains_key(&word.folded) {
                words.push(word);
            } else if let Some(whole) = self.initials.get(&word.folded).filter(|_| word.capitals) {
                words.extend(whole.iter().cloned());
            } else {
                if let Some(meant) = self.meant(&word) {
                    word.replace(&meant);
                }
                words.push(word);
            }
        }
        words
    }

    /// The known word that an unknown one was meant to be: cut short, or with a slip.
    fn meant(&self, word: &Token) -> Option<String> {
        let key = (word.folded.clone(), word.cut);
        if let Some(found) = locked(&self.slips).get(&key) {
            return found.clone();
        }
        let cut = || {
            let long = word.folded.chars().count() >= 4;
            self.known.range(word.folded.clone()..).next().filter(|known| long && known.starts_with(&word.folded))
        };
        // Nobody slips in the first letter: see `is_slip`.
        let first = word.folded.chars().next().map(String::from).unwrap_or_default();
        let alike = || self.known.range(first.clone()..).take_while(|known| known.starts_with(&first));
        let slip = || alike().find(|known| is_slip(&word.folded, known));
        let found = if word.cut { cut().or_else(slip) } else { slip() };
        locked(&self.slips).insert(key, found.cloned());
        found.cloned()
    }

    fn longest_entry(&self, words: &[Token]) -> Option<(usize, &Entry)> {
        let most = (*self.longest.get(&words[0].stem)?).min(words.len());
        (1..=most).rev().find_map(|length| {
            let entry = self.entries.get(&key(&words[..length]))?;
            (!entry.capitals || words[..length].iter().all(|word| word.capitals)).then_some((length, entry))
        })
    }

    /// A topic may name its form: the survey of "needs survey".
    fn forms_within(&self, entry: &Entry, words: &[Token], wording: &mut Wording) {
        if words.len() < 2 || !entry.meanings.iter().any(|meaning| matches!(meaning, Meaning::Topic(_))) {
            return;
        }
        for word in words {
            let meanings = self.entries.get(&word.stem).map_or(&[][..], |entry| &entry.meanings);
            for meaning in meanings {
                if let Meaning::Form(class) = meaning
                    && !matches!(class, FormClass::Aside | FormClass::NotHeld)
                {
                    wording.forms.entry(*class).or_insert_with(|| word.folded.clone());
                }
            }
        }
    }

    /// A word that no wording knows: a Member's code in capitals, or a free word.
    fn single(&self, word: &Token, shouted: bool, wording: &mut Wording) {
        let code = self.codes.get(&word.folded).filter(|_| word.capitals);
        let doubtful = NO_CODES.contains(&word.folded.as_str()) || (shouted && word.folded.len() == 2);
        if let Some(code) = code.filter(|_| !doubtful) {
            wording.member(*code, NamedBy::Name, &word.folded.to_uppercase());
        } else if word.folded.chars().count() > 1 && !word.folded.starts_with(|c: char| c.is_numeric()) {
            wording.words.insert(word.stem.clone(), word.folded.clone());
            wording.stems.insert(word.stem.clone(), word.folded.clone());
        }
    }
}

impl Wording {
    fn take(&mut self, entry: &Entry, words: &[Token]) {
        let shown = words.iter().map(shown).collect::<Vec<_>>().join(" ");
        let telling = |meaning: &Meaning| matches!(meaning, Meaning::Topic(_) | Meaning::Form(FormClass::Meeting));
        if entry.meanings.iter().any(telling) {
            self.stems.extend(words.iter().map(|word| (word.stem.clone(), word.folded.clone())));
        }
        for meaning in &entry.meanings {
            match meaning {
                Meaning::Topic(topic) => _ = self.topics.entry(*topic).or_insert_with(|| shown.clone()),
                Meaning::Form(class) => _ = self.forms.entry(*class).or_insert_with(|| shown.clone()),
                Meaning::Scope(scope) => _ = self.scopes.insert(*scope),
                Meaning::Brand(brand) => _ = self.brands.insert(*brand),
                Meaning::Level(level) => _ = self.levels.entry(*level).or_insert_with(|| shown.clone()),
                Meaning::Plain => {}
                Meaning::Bilateral => _ = self.bilateral.insert(shown.clone()),
                Meaning::OtherBody => _ = self.others.insert(shown.clone()),
                Meaning::Own => self.own = true,
                Meaning::Member(member, by) => self.member(*member, *by, &shown),
                Meaning::Area(area) => _ = self.areas.insert(*area),
                Meaning::Stranger => _ = self.strangers.insert(shown.clone()),
            }
        }
    }

    fn member(&mut self, member: MemberCode, by: NamedBy, words: &str) {
        let named = self.members.entry(member).or_insert_with(|| (by, words.to_owned()));
        if by < named.0 {
            *named = (by, words.to_owned());
        }
    }
}

fn locked<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A word as it is shown: capitals stay capitals.
fn shown(word: &Token) -> String {
    if word.capitals { word.folded.to_uppercase() } else { word.folded.clone() }
}

/// The stems of words with one space between them.
fn key(words: &[Token]) -> String {
    words.iter().map(|word| word.stem.as_str()).collect::<Vec<_>>().join(" ")
}
