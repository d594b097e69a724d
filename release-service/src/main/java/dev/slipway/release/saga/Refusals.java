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
import java.util.stream.LongStream;

/**
 * What people asked of a release and were refused. Equal ones, by the same person for the same reason, are one with a count, and
 * the journal is told of the first, the second, the fourth, the eighth and so on: whoever asks a million times leaves twenty
 * entries. Of different ones {@value #KEPT_MAX} are told; of those beyond there is a count, told in the same way. After
 * {@value #ENTRIES_MAX} entries only the first of a kind is told, and whenever all together are the next power of two. An entry
 * holds the one that it tells of, and not all of them: so whatever is refused, a release's record grows by less than a megabyte,
 * however many ask, on its way or when it is long over.
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
    private static final int ENTRIES_MAX = 100;
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
        if (!before.isWorthAnEntry(next, request, refusal)) {
            return Decision.refuse(change.done(), refusal);
        }
        return Decision.refuse(change.refusals(next.only(request, refusal)).done(), refusal)
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

    private boolean isWorthAnEntry(Refusals next, Request request, Refusal refusal) {
        boolean isNew = next.told.size() > told.size();
        return isNew || isPowerOfTwo(entries() < ENTRIES_MAX ? next.count(request, refusal) : next.all());
    }

    /** How many the journal was told of, as each count had its powers of two. */
    private long entries() {
        return LongStream.concat(told.stream().mapToLong(Refused::times), LongStream.of(beyond))
                .map(count -> Long.SIZE - Long.numberOfLeadingZeros(count))
                .sum();
    }

    private long all() {
        return told.stream().mapToLong(Refused::times).sum() + beyond;
    }

    /** What an entry tells of: this one, or nothing but how many are beyond. */
    private Refusals only(Request request, Refusal refusal) {
        return new Refusals(
                told.stream().filter(each -> each.isLike(request, refusal)).toList(), beyond);
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
