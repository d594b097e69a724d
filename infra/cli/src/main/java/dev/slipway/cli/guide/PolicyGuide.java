package dev.slipway.cli.guide;

import dev.slipway.contracts.policy.Guide;
import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.policy.GuideAnswer.By;
import dev.slipway.contracts.policy.GuideLine;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.ReleaseKind;
import dev.slipway.guide.GuideLine.Shape;
import dev.slipway.guide.Proposal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An import as the guide of a policy. What a person decided or wrote into the policy stands; the rest is bound to what the
 * policy has, and what it has nothing for stays open.
 *
 * @param lines at most {@link Guide#LINES_MAX}
 * @param hints what would answer the lines that nothing answers, by id
 */
public record PolicyGuide(String file, List<GuideLine> lines, Map<String, String> hints) {
    private static final int HINT_MAX = 120;

    public PolicyGuide {
        lines = List.copyOf(lines);
        hints = Map.copyOf(hints);
    }

    /** @throws IllegalArgumentException if there are more lines than a policy holds */
    public static PolicyGuide of(String file, List<Proposal> proposals, Policy policy) {
        Binding binding = new Binding(policy);
        Guide before = policy.guide();
        Map<String, GuideAnswer> kept = before == null
                ? Map.of()
                : before.lines().stream().collect(Collectors.toMap(GuideLine::id, GuideLine::answer));
        List<GuideLine> lines = new ArrayList<>();
        Map<String, String> hints = new HashMap<>();
        for (Proposal proposal : proposals) {
            if (proposal.line().shape() == Shape.HEADING && !proposal.step()) {
                continue; // it stands over the lines below it
            }
            GuideAnswer answer = answer(
                    proposal,
                    binding,
                    Optional.ofNullable(kept.get(proposal.line().id())));
            lines.add(line(proposal, answer));
            hints.put(proposal.line().id(), GuideSection.line(proposal.answer().words(), HINT_MAX));
        }
        if (lines.size() > Guide.LINES_MAX || lines.isEmpty()) {
            throw new IllegalArgumentException("a policy's guide has 1 to %,d lines, and %s has %,d"
                    .formatted(Guide.LINES_MAX, file, lines.size()));
        }
        return new PolicyGuide(file, lines, hints);
    }

    private static GuideAnswer answer(Proposal proposal, Binding binding, Optional<GuideAnswer> kept) {
        GuideAnswer bound = binding.of(proposal);
        return proposal.decided() && bound.by() != By.UNANSWERED
                ? bound
                : kept.filter(answer -> answer.by() != By.UNANSWERED).orElse(bound);
    }

    private static GuideLine line(Proposal proposal, GuideAnswer answer) {
        dev.slipway.guide.GuideLine line = proposal.line();
        List<String> headings = line.headings().stream()
                .map(heading -> GuideSection.line(heading, GuideLine.HEADING_CHARACTERS_MAX))
                .filter(heading -> !heading.isEmpty())
                .toList();
        return new GuideLine(
                line.id(),
                GuideSection.line(line.text(), GuideLine.TEXT_CHARACTERS_MAX),
                headings.subList(Math.max(0, headings.size() - GuideLine.HEADINGS_MAX), headings.size()),
                line.source().line(),
                proposal.condition().when().stream()
                        .sorted()
                        .map(kind -> ReleaseKind.valueOf(kind.name()))
                        .toList(),
                answer);
    }

    /** The policy's text with this guide in it, and nothing else changed. */
    public String in(String yaml) {
        return GuideSection.in(yaml, file, lines, hints);
    }

    /** How many lines are answered by what, in the order of the kinds. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (By by : By.values()) {
            long many = lines.stream().filter(line -> line.answer().by() == by).count();
            if (many > 0) {
                counts.put(by.name().toLowerCase(Locale.ROOT), many);
            }
        }
        return counts;
    }
}
