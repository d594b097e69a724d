package dev.slipway.release.api;

import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.ReleaseView;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Aggregates.Snapshot;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.web.NextPage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Releases, newest first: those on their way by the time they were proposed, then the finished ones by the time they
 * ended. A cursor names the last one shown; a release that ends between two pages may show twice, never not at all.
 */
final class ReleaseList {
    private static final Comparator<Snapshot<Dossier>> NEWEST = Comparator.comparing(
                    (Snapshot<Dossier> each) -> each.state().release().at())
            .thenComparing(Snapshot::id)
            .reversed();

    private final Aggregates<Dossier, ReleaseInput> releases;
    private final ApiSettings settings;

    ReleaseList(Aggregates<Dossier, ReleaseInput> releases, ApiSettings settings) {
        this.releases = releases;
        this.settings = settings;
    }

    /**
     * What to show.
     *
     * @param application only its releases, or null for all
     * @param state only those there, or null for all
     */
    record Filter(@Nullable String application, @Nullable ReleasePhase state) {
        boolean wants(Dossier d) {
            return d.launch() != null
                    && (application == null || d.id().application().value().equals(application))
                    && (state == null || d.state().phase() == state);
        }
    }

    /** Where a page begins: after a live release, or after a finished one ({@code at} is null then). */
    private record Cursor(@Nullable Instant at, String id) {
        String text() {
            String plain = at == null ? "F " + id : "L " + at + " " + id;
            return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
        }

        static Cursor parse(String text) {
            try {
                String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
                String[] parts = plain.split(" ", -1);
                if (parts.length == 2 && parts[0].equals("F")) {
                    return new Cursor(null, parts[1]);
                } else if (parts.length == 3 && parts[0].equals("L")) {
                    return new Cursor(Instant.parse(parts[1]), parts[2]);
                }
            } catch (RuntimeException _) {
                // said below
            }
            throw NextPage.unknown();
        }
    }

    ReleaseView.Page page(Filter filter, @Nullable String cursor, int limit) {
        Cursor after = cursor == null || cursor.isEmpty() ? null : Cursor.parse(cursor);
        List<ReleaseView> page = new ArrayList<>();
        if (after == null || after.at() != null) {
            for (Snapshot<Dossier> each : live(filter, after)) {
                page.add(ReleaseViews.listed(each.state()));
                if (page.size() == limit) {
                    return new ReleaseView.Page(
                            page, new Cursor(each.state().release().at(), each.id()).text());
                }
            }
        }
        String afterId = after == null || after.at() != null ? null : after.id();
        return finished(filter, afterId, limit, page);
    }

    private List<Snapshot<Dossier>> live(Filter filter, @Nullable Cursor after) {
        List<Snapshot<Dossier>> wanted = new ArrayList<>();
        releases.eachLive(settings.livePage(), each -> {
            if (filter.wants(each.state())) {
                wanted.add(each);
            }
        });
        return wanted.stream()
                .sorted(NEWEST)
                .filter(each -> after == null || follows(each, after))
                .toList();
    }

    private static boolean follows(Snapshot<Dossier> each, Cursor after) {
        int compared = each.state().release().at().compareTo(after.at() == null ? Instant.MIN : after.at());
        return compared < 0 || (compared == 0 && each.id().compareTo(after.id()) < 0);
    }

    private ReleaseView.Page finished(Filter filter, @Nullable String afterId, int limit, List<ReleaseView> page) {
        boolean all = filter.application() == null && filter.state() == null;
        int batch = all ? limit : settings.pageMax();
        String last = afterId;
        int looked = 0;
        while (looked < settings.scanMax()) {
            List<Snapshot<Dossier>> more = releases.finished(last, batch);
            for (Snapshot<Dossier> each : more) {
                last = each.id();
                looked++;
                if (filter.wants(each.state())) {
                    page.add(ReleaseViews.listed(each.state()));
                }
                if (page.size() == limit) {
                    return new ReleaseView.Page(page, new Cursor(null, each.id()).text());
                }
            }
            if (more.size() < batch) {
                return new ReleaseView.Page(page, null);
            }
        }
        return new ReleaseView.Page(page, last == null ? null : new Cursor(null, last).text());
    }
}
