package dev.slipway.guide;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is proposed for the lines of a guide. Pure: the same guide gives the same proposals. Each line is first read alone
 * ({@link StepReading}, {@link Classing}); then headings are read, as a heading is a step only where nothing below it is.
 */
public final class Proposing {
    private static final Pattern SECOND =
            Pattern.compile("(?i)(?:\\band then\\b|\\band\\b|;|, then\\b|\\. then\\b)\\s+(?=\\p{L})");
    private static final Pattern NUMBERED_HEADING =
            Pattern.compile("(?i)^\\W*(\\d+(\\.\\d+)*[.):]?\\s+|step \\d+|schritt \\d+).*");
    private static final Pattern REACTS =
            Pattern.compile("(?i)^\\W*(problem|solution|what|why|how|who|when|where|if|example)\\b.*");

    /** Requests to whoever reads, rather than to whoever releases. */
    private static final Pattern READS = Pattern.compile(
            "see|read|refer|note|follow|check|remember|learn|use|consider|look|keep|think|understand|respond");

    /** Prose that tells what a program does by itself. */
    private static final Pattern EXPLAINS = Pattern.compile(
            "(?i)^((so )?(this|these|the|each)( \\w+){0,2} (workflows?|jobs?|scripts?|actions?|pipelines?|bots?)\\b"
                    + "(?! (must|should|needs?|has|have))|this is (our|the|an?)|we use)\\b.*|(every|any|each|all)\\b[^.]*\\bautomatically\\b.*");

    private final Map<String, GuideLine> byId = new HashMap<>();
    private final Map<String, Proposal> proposed = new HashMap<>();
    private final Map<String, Classed> classes = new HashMap<>();
    private final Map<String, Integer> index = new HashMap<>();
    private final Set<String> samples;
    private final Guide guide;

    private Proposing(Guide guide) {
        this.guide = guide;
        this.samples = Placeholders.samples(guide.lines());
        for (GuideLine line : guide.lines()) {
            index.put(line.id(), byId.size());
            byId.put(line.id(), line);
        }
    }

    public static List<Proposal> of(Guide guide) {
        return new Proposing(guide).run();
    }

    private List<Proposal> run() {
        for (GuideLine line : guide.lines()) {
            if (line.shape() != GuideLine.Shape.HEADING) {
                proposed.put(line.id(), propose(line));
            }
        }
        Map<String, List<GuideLine>> below = guide.lines().stream().collect(Collectors.groupingBy(GuideLine::parent));
        proposed.replaceAll((id, one) -> announced(one, below.getOrDefault(id, List.of())));
        boolean prose = prose();
        List<Proposal> all = new ArrayList<>();
        for (GuideLine line : guide.lines()) {
            @Nullable Proposal known = proposed.get(line.id());
            all.add(known == null ? heading(line, prose) : known);
        }
        return all;
    }

    private Proposal propose(GuideLine line) {
        Clause clause = Clause.of(line.text());
        @Nullable GuideLine parent = byId.get(line.parent());
        @Nullable Proposal above = proposed.get(line.parent());
        boolean titled = isTitle(above);
        Topic topic = above != null && titled ? titleOf(line, above) : Topic.of(line.headings());
        StepReading.Reading reading = StepReading.of(line, clause, topic, titled ? null : parent);
        if (above != null && !above.step() && above.kind() == LineClass.NOTHING && reading.step() && dropped(above)) {
            reading =
                    new StepReading.Reading(false, StepReading.Kind.NOTE, "the line above it asks for nothing either");
        }
        if (!reading.step()) {
            return noStep(line, reading);
        }
        return step(line, clause, topic, reading.reason());
    }

    private static boolean isTitle(@Nullable Proposal above) {
        return above != null && !above.step() && above.reason().startsWith("a title");
    }

    /** A title among the lines of a list says what a heading would. */
    private static Topic titleOf(GuideLine line, Proposal above) {
        Topic own = Topic.of(above.line().text());
        return own == Topic.NONE ? Topic.of(line.headings()) : own;
    }

    /** Below what was struck out, or only explains, nothing is asked. */
    private static boolean dropped(Proposal above) {
        return above.line().struck()
                || above.reason().equals("a note")
                || above.reason().startsWith("it forbids");
    }

    private Proposal step(GuideLine line, Clause clause, Topic topic, String reason) {
        Classed classed = classed(line, clause, topic);
        classes.put(line.id(), classed);
        return step(line, clause, topic, reason, classed);
    }

    private Proposal step(GuideLine line, Clause clause, Topic topic, String reason, Classed classed) {
        @Nullable NamedRole role = NamedRole.of(line).orElse(null);
        Condition condition = condition(line);
        List<Timing> timing = timing(line);
        return new Proposal(
                line,
                true,
                classed.kind(),
                Answers.of(line, clause, classed, role, condition, timing),
                role,
                condition,
                timing,
                Placeholders.of(line, samples),
                parts(line, clause, topic),
                reason + "; " + classed.reason(),
                false);
    }

    /** What only names a part of the step above it, beside a box of its own, is answered as that step is. */
    private Classed classed(GuideLine line, Clause clause, Topic topic) {
        Classed own = Classing.of(line, clause, topic);
        @Nullable Classed above = classes.get(line.parent());
        if (own.kind() == LineClass.ACTION && inText(line, above, Classing.told(line, clause))) {
            return Classed.document("it changes the text that stands above it");
        }
        String said = Classing.decided(clause.asked());
        boolean contents = above != null && above.kind() == LineClass.DOCUMENT && !Phrases.says(said);
        boolean asked = above != null
                && Words.CHECK.contains(Clause.of(parentText(line)).verb());
        boolean part = line.box() != GuideLine.Box.NONE
                && !clause.asks()
                && !Commands.command(said)
                && ((Phrases.names(said) && (asked || !Phrases.tells(said))) || contents);
        boolean sent = said.matches("(?i).*\\b(announcements?|posts?|notifications?)\\W*");
        if (part && !sent && above != null && above.kind() == LineClass.ACTION && Texts.titled(said)) {
            return Classed.document("it names a text");
        }
        if (above == null || !part) {
            return clause.asks() ? own : named(line, said, own, topic);
        }
        boolean judged = own.kind() == LineClass.DUTY && own.reason().equals(Phrases.TEXT_JUDGED);
        return judged || (own.kind() == LineClass.GATE && above.kind() == LineClass.GATE)
                ? own
                : new Classed(above.kind(), above.evidence(), "a part of the step above it");
    }

    /** What its own words do not say, or only as a name in code. */
    private Classed named(GuideLine line, String said, Classed own, Topic topic) {
        if (own.reason().contains(Classing.NOT_KNOWN)) {
            return Named.of(line, said, parentText(line), topic).orElse(own);
        }
        return own.kind() == LineClass.ACTION && said.matches("`[^`\\s]+`\\W*")
                ? Named.asked(line, parentText(line), topic).orElse(own)
                : own;
    }

    private String parentText(GuideLine line) {
        @Nullable GuideLine parent = byId.get(line.parent());
        return parent == null ? "" : parent.text();
    }

    /** Whether a text stands above it as a step, as a mere name, or as its heading, and it changes a part of that. */
    private boolean inText(GuideLine line, @Nullable Classed above, Clause clause) {
        @Nullable GuideLine parent = byId.get(line.parent());
        if (parent == null) {
            return Texts.titled(line.heading()) && Texts.within(clause.asked(), clause.verb());
        }
        boolean text = Texts.titled(parent.text()) || (above != null && above.kind() == LineClass.DOCUMENT);
        return text && Texts.edits(clause.asked(), clause.verb());
    }

    /** A line that only announces those below it, such as "Check that:" or "On the page:", is answered as most of them are. */
    private Proposal announced(Proposal one, List<GuideLine> below) {
        GuideLine line = one.line();
        boolean open = one.step() && line.text().endsWith(":") && one.reason().contains(Classing.NOT_KNOWN);
        boolean looks = Clause.of(line.text()).asks();
        List<Classed> parts = open
                ? below.stream()
                        .flatMap(child -> Stream.ofNullable(classes.get(child.id())))
                        .toList()
                : List.of();
        Map<LineClass, Long> kinds =
                parts.stream().collect(Collectors.groupingBy(Classed::kind, Collectors.counting()));
        return parts.stream()
                .filter(child -> kinds.values().stream().noneMatch(many -> many > kinds.getOrDefault(child.kind(), 0L)))
                .filter(child -> !looks || child.kind() == LineClass.GATE)
                .findFirst()
                .map(child -> step(
                        line,
                        Clause.of(line.text()),
                        Topic.of(line.headings()),
                        one.reason().replaceFirst(";.*", ""),
                        new Classed(child.kind(), child.evidence(), "it is done when the lines below it are")))
                .orElse(one);
    }

    private Proposal noStep(GuideLine line, StepReading.Reading reading) {
        LineClass kind = switch (reading.kind()) {
            case VALUE, CONTACT -> LineClass.VALUE;
            case TEMPLATE -> LineClass.DOCUMENT;
            case PRINCIPLE, PROHIBITION, TITLE, NOTE, TARGET, DROPPED, STEP -> LineClass.NOTHING;
        };
        return new Proposal(
                line,
                false,
                kind,
                Answers.ofNoStep(line, reading.kind()),
                NamedRole.of(line).orElse(null),
                condition(line),
                timing(line),
                Placeholders.of(line, samples),
                List.of(),
                reading.reason(),
                false);
    }

    /** Its own condition, else that of the lines around it. */
    private Condition condition(GuideLine line) {
        Condition own = Condition.of(line);
        @Nullable GuideLine parent = byId.get(line.parent());
        if (parent == null) {
            return own;
        }
        Condition above = condition(parent);
        return new Condition(
                own.when().isEmpty() ? above.when() : own.when(), own.ask() != null ? own.ask() : above.ask());
    }

    /** Its own times; else those of the sentence in front of its list, or of the nearest heading that has one. */
    private List<Timing> timing(GuideLine line) {
        String text = line.shape() == GuideLine.Shape.TEMPLATE ? String.join(" ", line.notes()) : line.text();
        List<Timing> own = Timing.of(text);
        if (own.isEmpty()) {
            own = Timing.of(line.lead());
        }
        for (int i = line.headings().size() - 1; i >= 0 && own.isEmpty(); i--) {
            own = Timing.of(line.headings().get(i));
        }
        return own;
    }

    private static List<Proposal.Part> parts(GuideLine line, Clause clause, Topic topic) {
        List<Proposal.Part> parts = new ArrayList<>();
        Matcher second = SECOND.matcher(clause.asked());
        while (second.find()) {
            Clause rest = Clause.of(clause.asked().substring(second.end()));
            if (rest.asks()) {
                String text = rest.asked().replaceFirst("[.;].*", "");
                parts.add(new Proposal.Part(text, Classing.of(line, rest, topic).kind()));
            }
        }
        return parts;
    }

    /** In a guide of prose the headings are the steps: most of its sections have no list. */
    private boolean prose() {
        long steps = proposed.values().stream().filter(Proposal::step).count();
        long sections = guide.lines().stream()
                .filter(line -> line.shape() == GuideLine.Shape.HEADING && told(line) && askingBelow(line) == 0)
                .count();
        return sections >= 3 && sections * 2 >= steps;
    }

    private Proposal heading(GuideLine line, boolean prose) {
        Clause clause = Clause.of(line.text());
        Topic topic = Topic.of(line.headings());
        boolean explains = !line.notes().isEmpty()
                && EXPLAINS.matcher(line.notes().getFirst()).matches();
        boolean reference = topic == Topic.REFERENCE
                || List.of(Topic.REFERENCE, Topic.PRINCIPLE).contains(Topic.of(line.text()));
        boolean numbered = NUMBERED_HEADING.matcher(line.text()).matches();
        boolean alone = askingBelow(line) == 0 && !headingsBelow(line);
        Optional<Clause> told = alone && !clause.asks() ? toldBelow(line) : Optional.empty();
        boolean asks = (clause.asks() && !Words.noun(clause.asked()))
                || numbered
                || (prose && clause.gerund())
                || told.isPresent();
        boolean mostly = line.notes().size() + line.code().size() > Math.max(1, askingBelow(line))
                && (prose ? numbered || clause.asks() : numbered && clause.asks());
        boolean commands = clause.asks() && !line.code().isEmpty() && !headingsBelow(line);
        boolean leaf = line.headings().size() > 0 && told(line) && (alone || mostly || commands);
        if (!leaf
                || !asks
                || reference
                || explains
                || REACTS.matcher(clause.asked()).matches()
                || line.struck()) {
            String why = line.struck() ? "struck out in the guide itself" : "a heading over what it is about";
            return noStep(line, new StepReading.Reading(false, StepReading.Kind.TITLE, why));
        }
        return step(
                line,
                told.orElseGet(() -> asks(clause)),
                topic,
                "a heading with prose below it and no list that asks: the heading is the step");
    }

    /** Under a heading that only names what it is about, such as "Announcement", the prose asks. */
    private static Optional<Clause> toldBelow(GuideLine heading) {
        if (!Topic.of(heading.text()).asks() || heading.notes().isEmpty()) {
            return Optional.empty();
        }
        Clause first = Clause.of(heading.notes().getFirst());
        return first.asks() && !READS.matcher(first.verb()).matches() ? Optional.of(first) : Optional.empty();
    }

    /** "Tagging the release" asks as "tag the release" does. */
    private static Clause asks(Clause clause) {
        if (clause.asks() || !clause.gerund()) {
            return clause;
        }
        String[] words = clause.asked().split("\\s+", 2);
        String stem = words[0].toLowerCase(java.util.Locale.ROOT).replaceFirst("ing$", "");
        for (String verb : List.of(stem, stem + "e", stem.replaceFirst("(.)\\1$", "$1"))) {
            if (Words.verb(verb)) {
                return new Clause(words.length > 1 ? verb + " " + words[1] : verb, verb, clause.before());
            }
        }
        return clause;
    }

    private static boolean told(GuideLine heading) {
        return !heading.notes().isEmpty() || !heading.code().isEmpty();
    }

    private long askingBelow(GuideLine heading) {
        return section(heading).stream()
                .map(line -> proposed.get(line.id()))
                .filter(one -> one != null && one.step())
                .count();
    }

    private boolean headingsBelow(GuideLine heading) {
        return section(heading).stream().anyMatch(line -> line.shape() == GuideLine.Shape.HEADING);
    }

    /** The lines from a heading to the next that is not below it. */
    private List<GuideLine> section(GuideLine heading) {
        List<GuideLine> lines = guide.lines();
        int from = index.getOrDefault(heading.id(), 0) + 1;
        int level = heading.headings().size();
        int to = from;
        while (to < lines.size() && lines.get(to).headings().size() > level) {
            to++;
        }
        return lines.subList(from, to);
    }
}
