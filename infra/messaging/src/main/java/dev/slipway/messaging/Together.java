package dev.slipway.messaging;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the records of one poll decide, aggregate by aggregate, before it is written, once for each. For one thread. What is
 * superseded within a poll is folded by this: of repeated questions and of statuses only what the last of them leaves is
 * written and answered.
 */
final class Together {
    private static final ScopedValue<Together> PRESENT = ScopedValue.newInstance();

    private final Map<String, Pending<?, ?>> pending = new LinkedHashMap<>();
    private int record;

    /** Where the present thread collects, or null where every decision is written at once. */
    static @Nullable Together present() {
        return PRESENT.isBound() ? PRESENT.get() : null;
    }

    /** Collects what is submitted meanwhile, on behalf of the record with this number. */
    void run(int number, Runnable work) {
        record = number;
        ScopedValue.where(PRESENT, this).run(work);
    }

    /** Aggregates that wait for their write. */
    int size() {
        return pending.size();
    }

    @SuppressWarnings("unchecked") // a source names one aggregate of one kind
    <S, I> Outcome<S> decide(Deciding<S, I> kind, String id, Trigger<I> trigger) {
        String source = kind.source(id);
        Pending<S, I> found = (Pending<S, I>) pending.get(source);
        Pending<S, I> collects = found == null ? new Pending<>(kind, id, kind.load(id)) : found;
        Outcome<S> outcome = collects.attempt.decide(trigger);
        collects.triggers.add(trigger);
        collects.records.add(record);
        pending.put(source, collects);
        return outcome;
    }

    /** Writes each aggregate once. What could not be written stays here. */
    void write() {
        Iterator<Pending<?, ?>> each = pending.values().iterator();
        while (each.hasNext()) {
            each.next().write();
            each.remove();
        }
    }

    /** Lets go of what is not written, and says which records that were. */
    SortedSet<Integer> letGo() {
        SortedSet<Integer> records = new TreeSet<>();
        pending.values().forEach(each -> records.addAll(each.records));
        pending.clear();
        return records;
    }

    private record Pending<S, I>(
            Deciding<S, I> kind, String id, Attempt<S, I> attempt, List<Trigger<I>> triggers, Set<Integer> records) {
        Pending(Deciding<S, I> kind, String id, Attempt<S, I> attempt) {
            this(kind, id, attempt, new ArrayList<>(), new HashSet<>());
        }

        void write() {
            kind.conclude(id, triggers, attempt);
        }
    }
}
