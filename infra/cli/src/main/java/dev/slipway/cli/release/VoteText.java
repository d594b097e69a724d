package dev.slipway.cli.release;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.VoteView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A vote told to a person, beside how many approvals there are. */
public final class VoteText {
    private static final String MORE = "           ";

    private VoteText() {}

    /**
     * Until when it is open, how many of which role are wanted, which changed files somebody in particular approves, each no, and how it
     * was decided; nothing where there is none of it.
     */
    public static List<String> lines(@Nullable VoteView vote) {
        if (vote == null) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        VoteView.Decided decided = vote.decided();
        boolean special = vote.openUntil() != null || !vote.objections().isEmpty();
        if (decided != null && (special || decided.outcome() != VoteView.Outcome.PASSED)) {
            lines.add(decided(decided));
        }
        if (vote.openUntil() != null) {
            lines.add((decided == null ? "open until " : "it was open until ") + vote.openUntil());
        }
        if (decided == null) {
            vote.roles().stream().filter(role -> role.wanted() > 1).forEach(role -> lines.add(quorum(role)));
        }
        vote.reviews().forEach(review -> lines.add(review(review)));
        vote.objections().forEach(no -> lines.add(objection(no)));
        List<String> told = new ArrayList<>();
        lines.forEach(line -> told.add((told.isEmpty() ? "vote       " : MORE) + line));
        return told;
    }

    private static String decided(VoteView.Decided tally) {
        String missing = tally.missing().isEmpty() ? "" : ", nobody for " + String.join(", ", tally.missing());
        return "%s at %s: yes %d of %d, no %d%s"
                .formatted(
                        tally.outcome().name().toLowerCase(Locale.ROOT),
                        tally.at(),
                        tally.yes().size(),
                        tally.required(),
                        tally.no().size(),
                        missing);
    }

    private static String quorum(VoteView.Quorum role) {
        return "%s: %d of %d".formatted(role.role(), role.wanted() - role.missing(), role.wanted());
    }

    /** Which files have changed, and who has to approve that. */
    private static String review(VoteView.Review review) {
        String files = String.join(", ", review.changed().isEmpty() ? review.files() : review.changed());
        Integer more = review.more();
        String beyond =
                more == null ? " and others, as far as is known" : more == 0 ? "" : " and %d more".formatted(more);
        return "%s%s changed: %s %s"
                .formatted(
                        files,
                        review.changed().isEmpty() ? ", which may have" : beyond,
                        String.join(" or ", review.by()),
                        review.missing() ? "has to approve that" : "has approved that");
    }

    private static String objection(VoteView.Objection no) {
        String before = no.yesBefore() == null ? "" : ", in place of a yes";
        String now = no.counts() ? "" : ", and says yes since";
        return "no by %s%s%s%s: %s".formatted(no.email(), no.veto() ? " (veto)" : "", before, now, no.reason());
    }

    /** What a policy says of votes, to follow how many approvals it wants. */
    static String rules(Policy.Approvals approvals) {
        List<String> rules = new ArrayList<>();
        String roles = approvals.roles().stream()
                .distinct()
                .map(role -> "%s %d".formatted(role, Collections.frequency(approvals.roles(), role)))
                .collect(Collectors.joining(", "));
        if (!roles.isEmpty()) {
            rules.add("of " + roles);
        }
        if (approvals.openFor() != null) {
            rules.add("open for %s at least".formatted(approvals.openFor().words()));
        }
        approvals.paths().forEach(rule -> rules.add("%s approves changes of %s".formatted(rule.who(), rule.name())));
        if (!approvals.veto().isEmpty()) {
            rules.add("a no of %s ends it".formatted(String.join(" or ", approvals.veto())));
        }
        return rules.stream().map("; "::concat).collect(Collectors.joining());
    }

    /** How long staging has to have had a release; empty where the policy does not say. */
    static List<String> stay(Policy.Environments.Staging staging) {
        return staging.atLeast() == null
                ? List.of()
                : List.of("stays      %s in staging".formatted(Texts.words(staging.atLeast())));
    }
}
