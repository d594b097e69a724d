package dev.slipway.guide;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An import beside what is known from the one before: lines keep their ids and what people decided, and the difference is
 * shown.
 *
 * @param known what to keep for the next time
 */
public record Rerun(List<Proposal> proposals, List<Change> changes, Decisions known) {
    /** What became of a line. */
    public enum Kind {
        NEW,
        GONE,
        CHANGED,
        MOVED
    }

    /**
     * @param line where it stands now; where it stood, if it is gone
     * @param was its text before, or its headings, or null
     * @param decided whether somebody had decided about it
     */
    public record Change(
            Kind kind,
            String id,
            int line,
            String text,
            @Nullable String was,
            boolean decided) {}

    public Rerun {
        proposals = List.copyOf(proposals);
        changes = List.copyOf(changes);
    }

    public static Rerun of(Guide guide, Decisions before) {
        Map<String, Decisions.Known> match = LineMatch.of(guide.lines(), before.lines());
        Map<String, String> ids = new HashMap<>();
        match.forEach((id, known) -> ids.put(id, known.id()));
        Map<String, Decisions.Known> byId = new HashMap<>();
        match.values().forEach(known -> byId.put(known.id(), known));

        List<Proposal> proposals = new ArrayList<>();
        List<Decisions.Known> kept = new ArrayList<>();
        List<Change> changes = new ArrayList<>();
        for (Proposal proposal : Proposing.of(renamed(guide, ids))) {
            GuideLine line = proposal.line();
            Decisions.@Nullable Known known = byId.get(line.id());
            Decisions.@Nullable Decision decision = known == null ? null : known.decision();
            proposals.add(decision == null ? proposal : decide(proposal, decision));
            kept.add(new Decisions.Known(
                    line.id(), line.headings(), line.text(), line.source().line(), decision));
            if (!before.lines().isEmpty()) {
                change(line, known).ifPresent(changes::add);
            }
        }
        before.lines().stream()
                .filter(one -> !byId.containsKey(one.id()))
                .map(one -> new Change(Kind.GONE, one.id(), one.line(), one.text(), null, one.decision() != null))
                .forEach(changes::add);
        return new Rerun(proposals, changes, new Decisions(guide.file(), kept));
    }

    private static java.util.Optional<Change> change(GuideLine line, Decisions.@Nullable Known known) {
        int at = line.source().line();
        if (known == null) {
            return java.util.Optional.of(new Change(Kind.NEW, line.id(), at, line.text(), null, false));
        }
        boolean decided = known.decision() != null;
        if (!known.text().equals(line.text())) {
            return java.util.Optional.of(new Change(Kind.CHANGED, line.id(), at, line.text(), known.text(), decided));
        }
        if (!LineMatch.place(known.headings()).equals(LineMatch.place(line.headings()))) {
            String was = String.join(" / ", known.headings());
            return java.util.Optional.of(new Change(Kind.MOVED, line.id(), at, line.text(), was, decided));
        }
        return java.util.Optional.empty();
    }

    private static Proposal decide(Proposal proposal, Decisions.Decision decision) {
        @Nullable NamedRole role = decision.role() == null ? proposal.role() : new NamedRole(decision.role(), false, 1);
        return proposal.decided(decision.kind(), answer(proposal, decision, role), role, "decided by a person");
    }

    private static Answer answer(Proposal proposal, Decisions.Decision decision, @Nullable NamedRole role) {
        if (decision.answer() != null) {
            return new Answer("as decided", decision.answer(), Answer.Cover.HANDED_IN);
        }
        if (decision.kind() == proposal.kind() && decision.role() == null) {
            return proposal.answer();
        }
        return Answers.decided(proposal, decision.kind(), role);
    }

    /** New lines get another id than one that a known line keeps. */
    private static Guide renamed(Guide guide, Map<String, String> ids) {
        Set<String> taken = new HashSet<>(ids.values());
        Map<String, String> names = new HashMap<>(ids);
        for (GuideLine line : guide.lines()) {
            String name = names.getOrDefault(line.id(), line.id());
            for (int number = 2; !ids.containsKey(line.id()) && !taken.add(name); number++) {
                name = line.id() + "-n" + number;
            }
            names.put(line.id(), name);
        }
        return new Guide(
                guide.file(),
                guide.front(),
                guide.lines().stream()
                        .map(line -> line.named(
                                names.getOrDefault(line.id(), line.id()),
                                names.getOrDefault(line.parent(), line.parent())))
                        .toList(),
                guide.unread());
    }
}
