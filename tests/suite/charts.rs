//! Charts: SVG and PNG files that are the same every time, readable, and never cut or overlapping.

use std::io::Cursor;

use ab_glyph::{Font, FontRef};
use proptest::prelude::*;
use rspkpi::artifact::Artifact;
use rspkpi::charts::render;
use rspkpi::report::charts::{ChartText, Charts, MemberBar, MembersReached, Series, SharePoint, Stacked, WomenShare};

const SLUGS: [&str; 4] = ["cb-activities", "plan-delivery", "women-share", "members-reached"];
const SLIDE: (f64, f64) = (1600.0, 900.0);

fn text(slug: &'static str, title: &str) -> ChartText {
    ChartText {
        slug,
        title: title.to_owned(),
        subtitle: "What is drawn, number".to_owned(),
        foot: "Source: activity logs of the office, as at 15 November 2025.".to_owned(),
        description: "First 3, second 4".to_owned(),
    }
}

fn stacked(slug: &'static str, categories: &[&str], series: &[(&str, &[usize])]) -> Stacked {
    Stacked {
        text: text(slug, "27 activities delivered in the year to date"),
        categories: categories.iter().map(|name| (*name).to_owned()).collect(),
        series: series
            .iter()
            .map(|(name, counts)| Series { name: (*name).to_owned(), counts: counts.to_vec() })
            .collect(),
    }
}

fn point(label: &str, (women, known): (u64, u64), (covered, delivered): (usize, usize)) -> SharePoint {
    SharePoint { label: label.to_owned(), women, known, covered, delivered }
}

fn women(points: Vec<SharePoint>) -> WomenShare {
    WomenShare { text: text("women-share", "Women were 45.7 % of participants whose sex is known"), points }
}

fn members(groups: &[(&str, &[(&str, usize)])]) -> MembersReached {
    let bars = |bars: &[(&str, usize)]| {
        bars.iter().map(|(name, events)| MemberBar { name: (*name).to_owned(), events: *events }).collect()
    };
    MembersReached {
        text: text("members-reached", "21 of 35 Members were reached by an event"),
        groups: groups.iter().map(|(name, members)| ((*name).to_owned(), bars(members))).collect(),
    }
}

fn nothing() -> Charts {
    Charts {
        activities: stacked("cb-activities", &["Q1", "Q2"], &[]),
        delivery: stacked("plan-delivery", &[], &[("Delivered", &[]), ("Not yet", &[])]),
        women: women(vec![point("Q1", (0, 0), (0, 3))]),
        members: members(&[("Far East", &[("Japan", 0)])]),
    }
}

fn office() -> Charts {
    Charts {
        activities: stacked(
            "cb-activities",
            &["Q1", "Q2", "Q3", "Q4 (to 15 Jun)"],
            &[
                ("National", &[3, 5, 2, 4]),
                ("Sub-regional", &[1, 2, 1, 1]),
                ("Regional", &[2, 3, 0, 1]),
                ("Other CB types", &[0, 1, 0, 1]),
            ],
        ),
        delivery: stacked(
            "plan-delivery",
            &[
                "1. Support the implementation of conventions, instruments and tools",
                "2. Further develop partnerships with development partners",
                "3. Improve needs analysis, planning, delivery and management of regional activities",
            ],
            &[("Delivered", &[14, 1, 6]), ("Partly", &[7, 0, 3]), ("Not yet", &[41, 2, 19])],
        ),
        women: women(vec![
            point("Q1", (123, 266), (7, 12)),
            point("Q2", (88, 170), (5, 9)),
            point("Q3", (0, 0), (0, 3)),
            point("Q4 (to 15 Jun)", (1, 40), (1, 1)),
        ]),
        members: members(&[
            ("Sub-Continent", &[("Maldives", 6), ("Sri Lanka", 5), ("Pakistan", 0)]),
            ("ASEAN", &[("Thailand", 8), ("Viet Nam", 2), ("Lao People's Democratic Republic", 1)]),
        ]),
    }
}

fn full() -> Charts {
    let quarters: Vec<String> = (1..=12).map(|quarter| format!("Q{quarter} (to 15 Nov)")).collect();
    let quarters: Vec<&str> = quarters.iter().map(String::as_str).collect();
    let section = "Improve needs analysis, planning, delivery and management of regional capacity building";
    let sections = vec![section; 12];
    let names = [
        "United Kingdom of Great Britain and Northern Ireland",
        "Fiji",
        "Hong Kong, China",
        "Antidisestablishmentarianismandmore",
    ];
    let bars: Vec<(&str, usize)> = (0..12).map(|at| (names[at % names.len()], 1_200 >> at)).collect();
    let regions = ["Sub-Continent", "Far East", "ASEAN", "Australasia/Oceania", "A region with quite a long name"];
    let mut charts = Charts {
        activities: stacked(
            "cb-activities",
            &quarters,
            &[
                ("National", &[103, 1, 2, 1, 50, 60, 1, 1, 1, 1, 0, 100]),
                ("Sub-regional", &[1, 1, 1, 1, 2, 3, 80, 1, 0, 1, 0, 1]),
                ("Regional", &[1, 1, 1, 4, 9, 99, 1, 1, 1, 1, 0, 1]),
                ("Other CB types", &[1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 2]),
            ],
        ),
        delivery: stacked(
            "plan-delivery",
            &sections,
            &[
                ("Delivered", &[114, 1, 6, 2, 1, 0, 1, 5, 6, 7, 8, 9]),
                ("Partly", &[1, 1, 1, 2, 1, 3, 1, 1, 1, 1, 1, 0]),
                ("Not yet", &[1, 1, 19, 7, 1, 1, 100, 1, 0, 0, 1, 1]),
            ],
        ),
        women: women(
            (0..12)
                .map(|at| point(quarters[at], ([1_234, 0, 55, 7][at % 4], [2_345, 0, 100, 100][at % 4]), (7, 12)))
                .collect(),
        ),
        members: members(&regions.map(|region| (region, bars.as_slice()))),
    };
    charts.activities.text.title = "A message that says a lot and goes on ".repeat(8);
    charts
}

/// As many Members as the world has.
fn world() -> Charts {
    let names: Vec<String> = (0..31).map(|at| format!("Member number {at}")).collect();
    let bars: Vec<(&str, usize)> = names.iter().enumerate().map(|(at, name)| (name.as_str(), 31 - at)).collect();
    let regions = ["Africa", "Americas", "Europe", "Asia", "Middle East", "Pacific"];
    Charts { members: members(&regions.map(|region| (region, bars.as_slice()))), ..nothing() }
}

fn svgs(charts: &Charts) -> Vec<String> {
    let svg = |file: Artifact| String::from_utf8(file.bytes).expect("an SVG file is UTF-8");
    render(charts).into_iter().step_by(2).map(svg).collect()
}

fn unescaped(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'");
    text.replace("&amp;", "&")
}

/// A line of text as it is drawn.
#[derive(Debug)]
struct Line {
    text: String,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

fn attribute<'a>(tag: &'a str, name: &str) -> &'a str {
    let (_, rest) = tag.split_once(&format!(" {name}=\"")).expect("the attribute is written");
    rest.split_once('"').expect("the attribute is closed").0
}

/// All lines of text of an SVG file, measured with the embedded fonts.
fn lines(svg: &str) -> Vec<Line> {
    let font = |bytes| FontRef::try_from_slice(bytes).expect("the font is whole");
    let regular = font(include_bytes!("../../src/charts/fonts/Carlito-Regular.ttf").as_slice());
    let bold = font(include_bytes!("../../src/charts/fonts/Carlito-Bold.ttf").as_slice());
    let line = |element: &str| {
        let (tag, rest) = element.split_once('>').expect("a tag ends");
        let text = unescaped(rest.strip_suffix("</text>").expect("a text stands on one line"));
        let number = |name| attribute(tag, name).parse::<f64>().expect("a number");
        let (x, y, size) = (number("x"), number("y"), number("font-size"));
        let face = if tag.contains("font-weight=\"bold\"") { &bold } else { &regular };
        let units: f32 = text.chars().map(|letter| face.h_advance_unscaled(face.glyph_id(letter))).sum();
        let width = f64::from(units) * size / f64::from(face.units_per_em().expect("the font has a unit"));
        let left = match attribute(tag, "text-anchor") {
            "start" => x,
            "middle" => x - width / 2.0,
            _ => x - width,
        };
        Line { text, left, right: left + width, top: y - 0.68 * size, bottom: y + 0.2 * size }
    };
    svg.lines().filter(|element| element.starts_with("<text ")).map(line).collect()
}

fn texts(svg: &str) -> Vec<String> {
    lines(svg).into_iter().map(|line| line.text).collect()
}

/// What is wrong with the lines of text of some charts.
fn collisions(charts: &Charts) -> Vec<String> {
    let mut found = Vec::new();
    for svg in svgs(charts) {
        let lines = lines(&svg);
        for (at, line) in lines.iter().enumerate() {
            if line.left < 0.0 || line.top < 0.0 || line.right > SLIDE.0 || line.bottom > SLIDE.1 {
                found.push(format!("outside: {line:?}"));
            }
            for other in &lines[..at] {
                let apart = line.left >= other.right
                    || other.left >= line.right
                    || line.top >= other.bottom
                    || other.top >= line.bottom;
                if !apart {
                    found.push(format!("overlap: {other:?} and {line:?}"));
                }
            }
        }
    }
    found
}

#[test]
fn every_chart_is_an_svg_and_a_png_in_a_fixed_order() {
    let paths: Vec<String> = render(&office()).into_iter().map(|file| file.path).collect();
    let expected: Vec<String> =
        SLUGS.iter().flat_map(|slug| [format!("charts/{slug}.svg"), format!("charts/{slug}.png")]).collect();
    assert_eq!(paths, expected);
}

#[test]
fn same_views_give_the_same_bytes() {
    assert_eq!(render(&full()), render(&full()));
}

#[test]
fn svg_names_its_language_title_and_figures_for_screen_readers() {
    for (svg, slug) in svgs(&office()).iter().zip(SLUGS) {
        let root = svg.lines().next().unwrap();
        assert!(root.contains(" role=\"img\"") && root.contains(" lang=\"en\""), "{root}");
        assert_eq!(attribute(root, "aria-labelledby"), format!("{slug}-title {slug}-desc"));
        assert_eq!(attribute(root, "viewBox"), "0 0 1600 900");
        assert_eq!(svg.matches(&format!("<title id=\"{slug}-title\">")).count(), 1);
        let description = svg.split_once(&format!("<desc id=\"{slug}-desc\">")).unwrap().1;
        assert!(description.starts_with("What is drawn, number. First 3, second 4. Source: "), "{description}");
    }
}

#[test]
fn svg_asks_for_the_font_whose_widths_were_measured() {
    for svg in svgs(&office()) {
        for tag in svg.lines().filter(|line| line.starts_with("<text ")) {
            assert_eq!(attribute(tag, "font-family"), "Calibri, Carlito, sans-serif");
            assert!(!tag.contains(" dy="), "{tag}");
        }
    }
}

#[test]
fn text_from_inputs_is_never_markup() {
    let name = "<script>&\"O'Neil\"</desc>\u{0}\u{ffff}";
    let mut charts = office();
    charts.members.groups[0].1[0].name = name.to_owned();
    charts.members.text.description = name.to_owned();
    charts.members.text.title = name.to_owned();
    let svg = &svgs(&charts)[3];
    let mut reader = quick_xml::Reader::from_str(svg);
    loop {
        match reader.read_event().expect("the file is well formed") {
            quick_xml::events::Event::Eof => break,
            quick_xml::events::Event::Start(tag) => assert_ne!(tag.name().as_ref(), "script"),
            _ => {}
        }
    }
    assert!(svg.contains("&lt;script&gt;&amp;&quot;O&apos;Neil&quot;&lt;/desc&gt;"));
    assert!(!svg.contains(['\u{0}', '\u{ffff}']));
}

#[test]
fn png_is_a_described_slide_of_thirteen_inches() {
    for file in render(&office()).into_iter().skip(1).step_by(2) {
        assert!(file.bytes.len() < 150_000, "{} has {} bytes", file.path, file.bytes.len());
        let mut reader = png::Decoder::new(Cursor::new(file.bytes)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let frame = reader.next_frame(&mut pixels).unwrap();
        assert_eq!((frame.width, frame.height), (1600, 900));
        let info = reader.info();
        assert_eq!(info.pixel_dims.unwrap().xppu, 4724);
        let described = info.utf8_text.iter().find(|chunk| chunk.keyword == "Description").unwrap();
        assert!(described.get_text().unwrap().contains("First 3, second 4"));
        assert!(pixels.iter().any(|pixel| *pixel != pixels[0]), "{} is empty", file.path);
    }
}

#[test]
fn nothing_to_draw_gives_a_sentence_instead_of_an_empty_frame() {
    for svg in svgs(&nothing()) {
        assert!(texts(&svg).iter().any(|text| text.starts_with("Nothing to show: ")), "{svg}");
        assert_eq!(svg.matches("<rect ").count(), 1, "only the ground is drawn: {svg}");
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
    }
}

#[test]
fn every_figure_of_a_stack_is_written_also_where_its_segment_is_thin() {
    let charts = full();
    let svgs = svgs(&charts);
    for (view, svg) in [&charts.activities, &charts.delivery].into_iter().zip(&svgs) {
        let mut written = texts(svg);
        for count in view.series.iter().flat_map(|series| &series.counts).filter(|count| **count > 0) {
            let figure = count.to_string();
            let named = format!(" {figure}");
            let at = written.iter().position(|text| *text == figure || text.ends_with(&named));
            written.swap_remove(at.unwrap_or_else(|| panic!("{figure} is not written in {}", view.text.slug)));
        }
    }
}

#[test]
fn series_are_named_beside_the_last_column_or_in_a_legend() {
    let beside = texts(&svgs(&office())[0]);
    let mut charts = office();
    charts.activities.series[2].counts[3] = 0;
    let legend = texts(&svgs(&charts)[0]);
    for names in [beside, legend] {
        for name in ["National", "Sub-regional", "Regional", "Other CB types"] {
            assert_eq!(names.iter().filter(|text| *text == name).count(), 1, "{name}");
        }
    }
}

#[test]
fn quarter_without_a_figure_is_not_zero() {
    let written = texts(&svgs(&office())[2]);
    let count = |wanted: &str| written.iter().filter(|text| *text == wanted).count();
    assert_eq!(count("no figure"), 1);
    assert_eq!(count("0 %"), 1, "only the axis has a zero");
    assert_eq!(count("figures for 0 of 3 activities"), 1);
    assert_eq!((count("46.2 %"), count("123 women of 266"), count("figures for 7 of 12 activities")), (1, 1, 1));
    assert_eq!((count("1 woman of 40"), count("figures for 1 of 1 activity")), (1, 1));
}

#[test]
fn member_without_events_is_shown_with_zero() {
    let written = texts(&svgs(&office())[3]);
    assert!(written.contains(&"Pakistan".to_owned()) && written.contains(&"0".to_owned()));
}

#[test]
fn all_members_of_the_world_stand_on_the_slide() {
    let written = texts(&svgs(&world())[3]);
    assert_eq!(written.iter().filter(|text| text.starts_with("Member number")).count(), 186);
}

#[test]
fn text_is_inside_the_slide_and_apart_from_other_text() {
    for charts in [nothing(), office(), full(), world()] {
        assert_eq!(collisions(&charts), Vec::<String>::new());
    }
}

fn any_stacked(slug: &'static str, categories: usize) -> impl Strategy<Value = Stacked> {
    let counts = prop::collection::vec(prop_oneof![Just(0usize), 0..5usize, 0..400usize], categories);
    (prop::collection::vec(counts, 3..=4), "[A-Za-z(<&]{1,9}( [a-z%)]{1,9}){0,9}").prop_map(move |(series, name)| {
        let names = ["National", "Sub-regional", "Regional", "Other CB types"];
        let series: Vec<(&str, &[usize])> = names.into_iter().zip(series.iter().map(Vec::as_slice)).collect();
        stacked(slug, &vec![name.as_str(); categories], &series)
    })
}

fn any_charts() -> impl Strategy<Value = Charts> {
    let share = (0..3_000u64, 0..3_000u64, 0..20usize, 0..20usize);
    let member = ("[A-Z][a-z]{1,12}( [A-Z][a-z.]{1,14}){0,5}", 0..90usize);
    let group = ("[A-Z][a-z]{1,12}( [A-Za-z/]{1,14}){0,3}", prop::collection::vec(member, 0..25));
    (
        (1..=6usize).prop_flat_map(|count| any_stacked("cb-activities", count)),
        (1..=8usize).prop_flat_map(|count| any_stacked("plan-delivery", count)),
        prop::collection::vec(share, 1..=6),
        prop::collection::vec(group, 0..7),
    )
        .prop_map(|(activities, delivery, shares, groups)| {
            let shares = shares.into_iter().map(|(women, men, covered, more)| {
                point("Q4 (to 15 Nov)", (women, women + men), (covered, covered + more))
            });
            let groups = groups.into_iter().map(|(region, bars)| {
                (region, bars.into_iter().map(|(name, events)| MemberBar { name, events }).collect())
            });
            let mut members = members(&[]);
            members.groups = groups.collect();
            Charts { activities, delivery, women: women(shares.collect()), members }
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_is_cut_or_overlaps_whatever_the_figures_and_names(charts in any_charts()) {
        prop_assert_eq!(collisions(&charts), Vec::<String>::new());
    }
}
