package dev.slipway.release.saga;

import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.VoteView.Outcome;
import dev.slipway.release.application.Launch;
import dev.slipway.release.saga.Ballot.Objection;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Applies the rules of votes again to a release's records (ADR 64): each no was said by the person whose it is, while it was heard,
 * and none was taken away; one of a role with a veto ended the release; the vote was open for as long as the policy says; and its
 * tally is what the records add up to, of exactly what was released.
 */
final class VoteRecords {
    private static final String ASKED = "AWAITING_APPROVAL";
    private static final Set<String> VETO = Set.of(ASKED, "STAGING", "CANDIDATE");

    private final Consumer<String> fault;
    private Ballot known = Ballot.NONE;
    private @Nullable Instant asked;

    /** @param fault hears of each fault, at the record that is looked at */
    VoteRecords(Consumer<String> fault) {
        this.fault = fault;
    }

    private static Optional<Ballot> read(JsonNode record) {
        JsonNode told = record.path("set").path("ballot");
        return told.isObject() ? Optional.of(WireJson.mapper().treeToValue(told, Ballot.class)) : Optional.empty();
    }

    /** Whether it is by the record's own no that these people say yes no longer. */
    boolean takesBack(JsonNode record, Collection<String> gone, Policy guide) {
        try {
            return read(record).map(this::more).orElse(List.of()).stream()
                    .anyMatch(no -> guide.approvals().addressesOf(no.email()).containsAll(gone));
        } catch (JacksonException | IllegalArgumentException unreadable) {
            return false; // said where the record as a whole is looked at
        }
    }

    /** Those that were not there before. */
    private List<Objection> more(Ballot said) {
        int before = known.objections().size();
        return said.objections().size() < before
                ? List.of()
                : said.objections().subList(before, said.objections().size());
    }

    /**
     * @param before where the release was
     * @param state all of it, after the record
     * @param yes who says yes after the record, in the order in which they did
     */
    void next(JsonNode record, String before, JsonNode state, Launch launch, List<String> yes) {
        String phase = state.path("state").path("type").asString("");
        if (phase.equals(ASKED) && !before.equals(ASKED)) {
            asked = since(state).orElse(null);
        }
        try {
            read(record).ifPresent(said -> {
                said(said, record, before, state, launch.guide());
                tally(said, launch, yes, ChangedFiles.stored(state));
                known = said;
            });
        } catch (JacksonException | IllegalArgumentException unreadable) {
            fault.accept("what was said in the vote cannot be read");
        }
    }

    private void said(Ballot said, JsonNode record, String before, JsonNode state, Policy guide) {
        int had = known.objections().size();
        if (said.objections().size() < had || !said.objections().subList(0, had).equals(known.objections())) {
            fault.accept("a no was taken away, or changed");
        }
        for (Objection no : more(said)) {
            String actor = record.path("actor").asString("nobody");
            boolean veto = Votes.isVeto(guide, no.email());
            if (!actor.equals("user:" + no.email())) {
                fault.accept("a no of %s that %s said".formatted(no.email(), actor));
            } else if (!before.equals(ASKED) && !(veto && VETO.contains(before))) {
                fault.accept("a no of %s when none was heard".formatted(no.email()));
            } else if (veto && !isRejected(state)) {
                fault.accept("it went on after a no of %s, whose no ends a release".formatted(no.email()));
            }
        }
    }

    private static boolean isRejected(JsonNode state) {
        JsonNode now = state.path("state");
        return switch (now.path("type").asString("")) {
            case "ENDED" -> now.path("phase").asString("").equals("REJECTED");
            case "RESTORING" -> now.path("end").asString("").equals("REJECTED");
            default -> false;
        };
    }

    private void tally(Ballot said, Launch launch, List<String> yes, @Nullable ChangedFiles changed) {
        VoteTally tally = said.tally();
        if (tally == null || tally.equals(known.tally())) {
            return;
        }
        Policy guide = launch.guide();
        List<Dossier.Approval> approvals = yes.stream()
                .map(email -> new Dossier.Approval(email, Instant.EPOCH))
                .toList();
        List<String> no = Votes.standing(guide, approvals, said.objections()).stream()
                .map(Objection::email)
                .toList();
        List<String> missing = Approvers.missing(guide, PathReviews.of(launch, changed), yes);
        int required = guide.approvals().required();
        if (!tally.yes().equals(yes)
                || !tally.no().equals(no)
                || !tally.missing().equals(missing)) {
            fault.accept(
                    "the tally says yes of %s, no of %s, missing %s, and the records say yes of %s, no of %s, missing %s"
                            .formatted(tally.yes(), tally.no(), tally.missing(), yes, no, missing));
        } else if (tally.required() != required
                || (tally.outcome() == Outcome.PASSED && (yes.size() < required || !missing.isEmpty()))) {
            fault.accept("the tally says that it passed with %d of %d".formatted(yes.size(), required));
        }
        if (tally.outcome() == Outcome.VETOED && no.stream().noneMatch(email -> Votes.isVeto(guide, email))) {
            fault.accept("the tally says that somebody's no ended it, and nobody said no whose no does");
        }
        if (!Set.copyOf(tally.of().digests())
                        .equals(new HashSet<>(Votes.triple(launch).digests()))
                || !tally.of().sha().equals(launch.proposal().sha())
                || !tally.of().policyHash().equals(launch.policyHash())) {
            fault.accept("the tally is of another sha, other digests or another policy");
        }
    }

    /** It has gone on with what was said. */
    void wentOn(JsonNode state, Launch launch) {
        Optional<Instant> end = Votes.openFor(launch)
                .flatMap(openFor -> Optional.ofNullable(asked).map(openFor::end));
        String phase = state.path("state").path("type").asString("");
        if (Votes.openFor(launch).isPresent() && (end.isEmpty() || since(state).isEmpty())) {
            fault.accept("it went to %s, and nothing says since when its vote was open".formatted(phase));
        }
        end.filter(until -> since(state).filter(until::isAfter).isPresent())
                .ifPresent(until -> fault.accept("it went to %s at %s, and its vote was open until %s"
                        .formatted(phase, since(state).map(Instant::toString).orElse("no time"), until)));
    }

    /** When it came into the phase in which it is. */
    static Optional<Instant> since(JsonNode state) {
        try {
            return Optional.of(Instant.parse(state.path("since").asString("")));
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    /** For people, to follow how many approved; empty where nobody objected. */
    String said() {
        int all = known.objections().size();
        return all == 0 ? "" : "; %s on record".formatted(all == 1 ? "1 no" : all + " noes");
    }
}
