package dev.slipway.cli.guide;

import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.Guide;
import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.policy.GuideAnswer.By;
import dev.slipway.contracts.policy.GuideHeading;
import dev.slipway.contracts.policy.GuideLine;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.guide.Decisions;
import dev.slipway.guide.GuideLine.Shape;
import dev.slipway.guide.Proposal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An import as the guide of a policy. What a person decided or wrote into the policy stands; the rest is bound to what the
 * policy has, and what it has nothing for stays open.
 *
 * @param file that it was read from, from the top of its repository where it lies in one
 * @param sha256 of its text; null where that is not known
 * @param headings that say of which releases their lines are: those of the policy that still stand over a line
 * @param lines at most {@link Guide#LINES_MAX}
 * @param hints what would answer the lines that nothing answers, by id
 * @param duties that the policy gets, as lines were decided to be asked of people
 * @param contacts that it gets
 * @param questions about the lines that nothing answers, in their order
 * @param idle duties of the policy that answered a line before, and answer none now
 */
public record PolicyGuide(
        String file,
        @Nullable String sha256,
        List<GuideHeading> headings,
        List<GuideLine> lines,
        Map<String, String> hints,
        List<Duty> duties,
        List<Policy.Contact> contacts,
        List<Question> questions,
        List<String> idle) {
    private static final int HINT_MAX = 120;

    public PolicyGuide {
        headings = List.copyOf(headings);
        lines = List.copyOf(lines);
        hints = Map.copyOf(hints);
        duties = List.copyOf(duties);
        contacts = List.copyOf(contacts);
        questions = List.copyOf(questions);
        idle = List.copyOf(idle);
    }

    /** What a policy knows of its guide, where no file of decisions does: its lines, about which nothing is decided but there. */
    public static Decisions known(Guide guide) {
        return new Decisions(
                guide.file() == null ? "guide" : guide.file(),
                guide.lines().stream()
                        .map(line -> new Decisions.Known(
                                line.id(), line.under(), line.text(), line.line() == null ? 1 : line.line(), null))
                        .toList());
    }

    /** Of whose text nothing is remembered. */
    public static PolicyGuide of(String file, List<Proposal> proposals, Policy policy) {
        return of(file, null, proposals, policy);
    }

    /** @throws IllegalArgumentException if there are more lines than a policy holds */
    public static PolicyGuide of(String file, @Nullable String sha256, List<Proposal> proposals, Policy policy) {
        Binding binding = new Binding(policy);
        Guide before = policy.guide();
        Map<String, GuideLine> kept = before == null
                ? Map.of()
                : before.lines().stream().collect(Collectors.toMap(GuideLine::id, line -> line));
        Questions questions = new Questions(policy);
        List<GuideLine> lines = new ArrayList<>();
        Map<String, String> hints = new HashMap<>();
        List<Duty> duties = new ArrayList<>();
        List<Policy.Contact> contacts = new ArrayList<>();
        List<Question> asked = new ArrayList<>();
        for (Proposal proposal : proposals) {
            if (proposal.line().shape() == Shape.HEADING && !proposal.step()) {
                continue; // it stands over the lines below it
            }
            @Nullable GuideLine was = kept.get(proposal.line().id());
            Bound bound = bound(proposal, binding, contacts.size(), was == null ? null : was.answer());
            Optional.ofNullable(bound.duty()).ifPresent(duties::add);
            Optional.ofNullable(bound.contact()).ifPresent(contacts::add);
            lines.add(line(proposal, bound.answer(), was));
            hints.put(proposal.line().id(), GuideSection.line(proposal.answer().words(), HINT_MAX));
            if (bound.answer().by() == By.UNANSWERED) {
                asked.add(questions.of(proposal));
            }
        }
        if (lines.size() > Guide.LINES_MAX || lines.isEmpty()) {
            throw new IllegalArgumentException("a policy's guide has 1 to %,d lines, and %s has %,d"
                    .formatted(Guide.LINES_MAX, file, lines.size()));
        }
        List<GuideHeading> headings = before == null
                ? List.of()
                : before.headings().stream()
                        .filter(heading -> lines.stream().anyMatch(heading::covers))
                        .toList();
        return new PolicyGuide(file, sha256, headings, lines, hints, duties, contacts, asked, idle(kept, lines));
    }

    private static List<String> idle(Map<String, GuideLine> before, List<GuideLine> lines) {
        Set<String> answering = lines.stream()
                .filter(line -> line.answer().by() == By.DUTY)
                .map(line -> line.answer().name())
                .collect(Collectors.toSet());
        return before.values().stream()
                .map(GuideLine::answer)
                .filter(answer -> answer.by() == By.DUTY && !answering.contains(answer.name()))
                .map(GuideAnswer::name)
                .distinct()
                .sorted()
                .toList();
    }

    private static Bound bound(Proposal proposal, Binding binding, int added, @Nullable GuideAnswer kept) {
        if (kept == null || kept.by() == By.UNANSWERED) {
            return binding.of(proposal, added);
        }
        Bound bound = proposal.decided() ? binding.of(proposal, added) : Bound.of(kept);
        return bound.answer().by() == By.UNANSWERED ? Bound.of(kept) : bound;
    }

    /** Of which releases it is stays as the policy says it, as long as its text is the same. */
    private static GuideLine line(Proposal proposal, GuideAnswer answer, @Nullable GuideLine was) {
        dev.slipway.guide.GuideLine line = proposal.line();
        List<String> headings = line.headings().stream()
                .map(heading -> GuideSection.line(heading, GuideLine.HEADING_CHARACTERS_MAX))
                .filter(heading -> !heading.isEmpty())
                .toList();
        String text = GuideSection.line(line.text(), GuideLine.TEXT_CHARACTERS_MAX);
        boolean same = was != null && was.text().equals(text);
        return new GuideLine(
                line.id(),
                text,
                headings.subList(Math.max(0, headings.size() - GuideLine.HEADINGS_MAX), headings.size()),
                line.source().line(),
                was != null && same ? was.when() : Binding.kinds(proposal),
                answer,
                was != null && same ? was.where() : null);
    }

    /** The policy's text with this guide in it, the duties and contacts that it asks for, and nothing else changed. */
    public String in(String yaml) {
        String asking = PolicyLists.add(
                yaml, "contacts", contacts.stream().map(PolicyLists::contact).toList());
        String whole = PolicyLists.add(
                asking, "duties", duties.stream().map(PolicyLists::duty).toList());
        return GuideSection.in(whole, new GuideSection.Source(file, sha256), headings, lines, hints);
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
