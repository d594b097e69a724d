package dev.slipway.gateway.intake;

import dev.slipway.gateway.event.CiEvent;
import dev.slipway.gateway.intake.Lookup.Looked;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Looks up what events lead to while the broker takes them in. What was found is kept for a while, what is under way is
 * asked once and waited for in vain by one request at most, and beyond its bounds nothing is asked: an answer then says
 * less, but is given in time.
 */
final class Outlooks {
    private static final Looked UNKNOWN = new Looked.Unknown();

    private final Lookup lookup;
    private final IntakeSettings.Outlook bounds;
    private final LongSupplier nanoTime;
    private final Semaphore inFlight;
    private final Map<String, Kept> kept = new LinkedHashMap<>();

    /**
     * Something that is looked at, or was.
     *
     * @param until on this machine's monotonic clock
     * @param late whether somebody has waited for it in vain; then nobody waits again
     */
    private record Kept(CompletableFuture<Looked> looked, long until, boolean late) {
        private static Kept unknown() {
            return new Kept(CompletableFuture.completedFuture(UNKNOWN), 0, false);
        }
    }

    Outlooks(Lookup lookup, IntakeSettings.Outlook bounds) {
        this(lookup, bounds, System::nanoTime);
    }

    Outlooks(Lookup lookup, IntakeSettings.Outlook bounds, LongSupplier nanoTime) {
        this.lookup = lookup;
        this.bounds = bounds;
        this.nanoTime = nanoTime;
        this.inFlight = new Semaphore(bounds.inFlightMax());
    }

    /** Starts to look; the outlook waits for what is still under way, at most as long as is left then. */
    Outlook begin(List<CiEvent> events, String token) {
        long deadline = nanoTime.getAsLong() + bounds.lookWithin().toNanos();
        Map<String, Kept> looking = new LinkedHashMap<>();
        events.stream()
                .flatMap(event -> Outlook.paths(event.subject()).stream())
                .distinct()
                .limit(bounds.perRequestMax())
                .forEach(path -> looking.put(path, look(path, token)));
        return new Outlook(path -> seen(path, looking.getOrDefault(path, Kept.unknown()), deadline));
    }

    private Looked seen(String path, Kept looking, long deadline) {
        if (looking.late()) {
            return looking.looked().getNow(UNKNOWN);
        }
        try {
            return looking.looked().get(Math.max(0, deadline - nanoTime.getAsLong()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            late(path, looking);
            return UNKNOWN;
        } catch (ExecutionException notKnown) {
            return UNKNOWN;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return UNKNOWN;
        }
    }

    private synchronized void late(String path, Kept looking) {
        kept.replace(path, looking, new Kept(looking.looked(), looking.until(), true));
    }

    private synchronized Kept look(String path, String token) {
        long now = nanoTime.getAsLong();
        Kept known = kept.get(path);
        if (known != null && known.until() - now > 0) {
            return known;
        }
        if (!inFlight.tryAcquire()) {
            return Kept.unknown();
        }
        CompletableFuture<Looked> looked = lookup.look(path, token).whenComplete((_, _) -> inFlight.release());
        Kept next = new Kept(looked, now + bounds.keepFor().toNanos(), false);
        kept.remove(path);
        kept.put(path, next);
        Iterator<String> oldest = kept.keySet().iterator();
        while (kept.size() > bounds.keptMax()) {
            oldest.next();
            oldest.remove();
        }
        return next;
    }
}
