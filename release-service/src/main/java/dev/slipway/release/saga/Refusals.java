package dev.slipway.release.saga;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Texts;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Refusal;
import dev.slipway.release.saga.ReleaseInput.Request;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What people asked of a release and were refused. Equal ones, by the same person for the same reason, are one with a count, and
 * the journal is told of the first, the second, the fourth, the eighth and so on: whoever asks a million times leaves twenty
 * entries. Of different ones {@value #KEPT_MAX} are told; of those beyond there is a count, told in the same way.
 *
 * @param told oldest first
 * @param beyond how many more there were that are not told one by one
 */
public record Refusals(
        List<Refused> told,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY)
        long beyond) {
    static final Refusals NONE = new Refusals(List.of(), 0);
    private static final int KEPT_MAX = 50;
    private static final int TEXT_MAX = 500;

    public Refusals {
        told = List.copyOf(told);
    }

    /**
     * One of them.
     *
     * @param by who asked, as {@code user:<identity>}
     * @param asked what for, as in {@code approve}
     * @param code why not, for machines
     * @param text why not the last time, for people, at most {@value #TEXT_MAX} characters
     * @param first when they were refused first
     * @param last when last
     * @param times how often
     */
    public record Refused(String by, String asked, String code, String text, Instant first, Instant last, long times) {
        private boolean isLike(Request request, Refusal refusal) {
            return by.equals(request.by()) && asked.equals(Steering.verb(request)) && code.equals(refusal.code());
        }

        private Refused again(String why, Instant now) {
            return new Refused(by, asked, code, why, first, now, times + 1);
        }
    }

    /** A refused decision that leaves a note; nothing is noted of what nobody has proposed. */
    static Decision<Dossier> noted(Dossier d, Request request, Decision<Dossier> decided, Instant now) {
        Refusal refusal = decided.refusal();
        if (refusal == null || d.launch() == null) {
            return decided;
        }
        Refusals before = d.refusedNow() == null ? NONE : d.refusedNow();
        Refusals next = before.and(request, refusal, now);
        Change change = Change.of(d, now).refusedNow(next);
        if (!isPowerOfTwo(next.count(request, refusal))) {
            return Decision.refuse(change.done(), refusal);
        }
        return Decision.refuse(change.refusals(next).done(), refusal)
                .because("refused to %s by %s: %s".formatted(Steering.verb(request), request.by(), refusal.code()));
    }

    private Refusals and(Request request, Refusal refusal, Instant now) {
        String why = Texts.oneLine(refusal.detail(), TEXT_MAX);
        List<Refused> all = new ArrayList<>(told);
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).isLike(request, refusal)) {
                all.set(i, all.get(i).again(why, now));
                return new Refusals(all, beyond);
            }
        }
        if (all.size() == KEPT_MAX) {
            return new Refusals(all, beyond + 1);
        }
        all.add(new Refused(request.by(), Steering.verb(request), refusal.code(), why, now, now, 1));
        return new Refusals(all, beyond);
    }

    private long count(Request request, Refusal refusal) {
        return told.stream()
                .filter(each -> each.isLike(request, refusal))
                .map(Refused::times)
                .findFirst()
                .orElse(beyond);
    }

    private static boolean isPowerOfTwo(long count) {
        return Long.bitCount(count) == 1;
    }
}
