package dev.slipway.cli.guide;

import dev.slipway.guide.Guide;
import dev.slipway.guide.GuideLine;
import dev.slipway.guide.LineClass;
import dev.slipway.guide.Proposal;
import dev.slipway.guide.Rerun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An import as {@code --json} answers it.
 *
 * @param counts how many lines of each class, of steps, and of what could not be read
 * @param changes since the import that the decisions are of; empty without one
 * @param decisions the file they were read from or written to; null without one
 * @param policy what was written into a policy; null where nothing was
 * @param questions about lines that nothing of the policy answers; empty without a policy
 */
public record GuideView(
        String file,
        Map<String, String> front,
        List<Line> lines,
        Map<String, Long> counts,
        List<Guide.Unread> unread,
        List<Changed> changes,
        @Nullable String decisions,

        @com.fasterxml.jackson.annotation.JsonInclude(com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL)
        @Nullable
        Written policy,

        List<Question> questions) {
    /**
     * A guide in a policy.
     *
     * @param answered how many of its lines by what kind of answer
     * @param duties ids of those that the policy got with it
     * @param contacts roles of those that it got
     * @param idle duties that answered a line before, and answer none now
     */
    public record Written(
            String file,
            int lines,
            Map<String, Long> answered,
            List<String> duties,
            List<String> contacts,
            List<String> idle) {
        public Written {
            duties = List.copyOf(duties);
            contacts = List.copyOf(contacts);
            idle = List.copyOf(idle);
            answered = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(answered));
        }
    }

    /** @param step whether there is something to be done */
    public record Line(
            String id,
            int line,
            List<String> headings,
            String text,
            String shape,
            int depth,
            String parent,
            String box,
            boolean step,

            @com.fasterxml.jackson.annotation.JsonProperty("class")
            String kind,

            Answered answer,
            @Nullable Asked role,
            List<String> when,
            @Nullable String ask,
            List<Due> timing,
            List<String> placeholders,
            List<String> links,
            List<String> code,
            List<Part> parts,
            String reason,
            boolean decided) {
        public Line {
            headings = List.copyOf(headings);
            when = List.copyOf(when);
            timing = List.copyOf(timing);
            placeholders = List.copyOf(placeholders);
            links = List.copyOf(links);
            code = List.copyOf(code);
            parts = List.copyOf(parts);
        }
    }

    /** @param cover slipway, handed-in, nothing-yet or none */
    public record Answered(String words, @Nullable String policy, String cover) {}

    public record Asked(String name, boolean sees, int people) {}

    public record Due(String said, String anchor, @Nullable String offset, boolean workingDays, boolean lasts) {}

    public record Part(
            String text,

            @com.fasterxml.jackson.annotation.JsonProperty("class")
            String kind) {}

    /** @param change new, gone, changed or moved */
    public record Changed(
            String change,
            String id,
            int line,
            String text,
            @Nullable String was,
            boolean decided) {}

    public GuideView {
        front = Map.copyOf(front);
        lines = List.copyOf(lines);
        counts = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(counts));
        unread = List.copyOf(unread);
        changes = List.copyOf(changes);
        questions = List.copyOf(questions);
    }

    public static GuideView of(
            Guide guide, Rerun rerun, @Nullable String decisions, @Nullable Written policy, List<Question> questions) {
        Set<String> over = rerun.proposals().stream()
                .filter(one -> one.line().shape() == GuideLine.Shape.HEADING && !one.step())
                .map(one -> one.line().id())
                .collect(Collectors.toSet());
        return new GuideView(
                guide.file(),
                guide.front(),
                rerun.proposals().stream().map(GuideView::line).toList(),
                counts(guide, rerun.proposals()),
                guide.unread(),
                rerun.changes().stream()
                        .filter(one ->
                                one.kind() != Rerun.Kind.NEW || !over.contains(one.id())) // it stands over others
                        .map(one -> new Changed(
                                word(one.kind()), one.id(), one.line(), one.text(), one.was(), one.decided()))
                        .toList(),
                decisions,
                policy,
                questions);
    }

    /** Titles of sections are counted by nobody; the rest of what asks for nothing is. */
    private static Map<String, Long> counts(Guide guide, List<Proposal> proposals) {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("steps", proposals.stream().filter(Proposal::step).count());
        for (LineClass kind : LineClass.values()) {
            counts.put(
                    kind.word(),
                    proposals.stream()
                            .filter(one -> one.kind() == kind)
                            .filter(one -> one.step() || one.line().shape() != GuideLine.Shape.HEADING)
                            .count());
        }
        counts.put("unread", (long) guide.unread().size());
        return counts;
    }

    private static Line line(Proposal proposal) {
        GuideLine line = proposal.line();
        return new Line(
                line.id(),
                line.source().line(),
                line.headings(),
                line.text(),
                word(line.shape()),
                line.depth(),
                line.parent(),
                word(line.box()),
                proposal.step(),
                proposal.kind().word(),
                new Answered(
                        proposal.answer().words(),
                        proposal.answer().policy(),
                        word(proposal.answer().cover())),
                proposal.role() == null
                        ? null
                        : new Asked(
                                proposal.role().name(),
                                proposal.role().sees(),
                                proposal.role().people()),
                proposal.condition().when().stream()
                        .map(GuideView::word)
                        .sorted()
                        .toList(),
                proposal.condition().ask(),
                proposal.timing().stream()
                        .map(one -> new Due(one.said(), one.anchor(), one.offset(), one.workingDays(), one.lasts()))
                        .toList(),
                proposal.placeholders(),
                line.links(),
                line.code(),
                proposal.parts().stream()
                        .map(part -> new Part(part.text(), part.kind().word()))
                        .toList(),
                proposal.reason(),
                proposal.decided());
    }

    private static String word(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
