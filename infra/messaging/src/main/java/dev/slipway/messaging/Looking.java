package dev.slipway.messaging;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks through documents page by page, so that many that must wait never hide those behind them. A look that comes to its
 * bound goes on there the next time, and says so. Looks of one kind follow each other, never two at once.
 */
final class Looking {
    private static final Logger log = LoggerFactory.getLogger(Looking.class);

    private final String what;
    private final int pageSize;
    private final int pagesMax;
    /** By kind: how many documents were looked at when the look before came to its bound. */
    private final Map<String, Integer> stopped = new HashMap<>();

    private final Set<String> told = new HashSet<>();

    /**
     * @param what is looked for, for people: {@code due timers}
     * @param pageSize documents per page
     */
    Looking(String what, int pageSize, MessagingSettings settings) {
        this.what = what;
        this.pageSize = pageSize;
        this.pagesMax = settings.sweepPagesMax();
    }

    int pageSize() {
        return pageSize;
    }

    /**
     * One look.
     *
     * @param page the documents after so many; what it misses because others went meanwhile, a later look finds
     * @return whether it came to the end; else the next one goes on
     */
    boolean through(String kind, IntFunction<List<StoredAggregate>> page, Consumer<StoredAggregate> each) {
        int from = stopped.getOrDefault(kind, 0);
        for (int looked = 0; looked < pagesMax; looked++) {
            List<StoredAggregate> found = page.apply(from + looked * pageSize);
            found.forEach(each);
            if (found.size() < pageSize) {
                stopped.remove(kind);
                if (from == 0) {
                    told.remove(kind);
                }
                return true;
            }
        }
        stopped.put(kind, from + pagesMax * pageSize);
        if (told.add(kind)) {
            log.warn(
                    "More than {} documents of {} have {}: each look goes on where the one before stopped, so that they take longer",
                    pagesMax * pageSize,
                    kind,
                    what);
        }
        return false;
    }
}
