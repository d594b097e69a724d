package dev.slipway.messaging;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** Looks through documents page by page, so that many that must wait never hide those behind them. */
final class Looking {
    private Looking() {}

    /** @param page the documents after so many; what it misses because others went meanwhile, the next look finds */
    static void through(
            MessagingSettings settings,
            int pageSize,
            IntFunction<List<StoredAggregate>> page,
            Consumer<StoredAggregate> each) {
        for (int looked = 0; looked < settings.sweepPagesMax(); looked++) {
            List<StoredAggregate> found = page.apply(looked * pageSize);
            found.forEach(each);
            if (found.size() < pageSize) {
                return;
            }
        }
    }
}
