package dev.slipway.release.api;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.release.OpenWaiver;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Aggregates.Snapshot;
import dev.slipway.release.saga.AfterWork;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.release.saga.Waiver;
import dev.slipway.web.NextPage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /api/v1/waivers}: what releases on their way go without, and what is asked to be waived, of them and of what is
 * left to do, in the order of their ids, page by page. Those that are over or were taken back stand in their release.
 */
@RestController
class WaiversController {
    private final Aggregates<Dossier, ReleaseInput> releases;
    private final ApiSettings settings;

    WaiversController(Aggregates<Dossier, ReleaseInput> releases, ApiSettings settings) {
        this.releases = releases;
        this.settings = settings;
    }

    @GetMapping("/api/v1/waivers")
    ResponseEntity<List<OpenWaiver>> list(
            @RequestParam(required = false) @Nullable String application,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        int most = NextPage.limit(limit, settings.pageMax(), settings.pageMax());
        String only = application == null ? null : new ApplicationName(application).value();
        List<OpenWaiver> found = new ArrayList<>();
        @Nullable String after = id(cursor);
        List<Snapshot<Dossier>> page;
        do {
            page = releases.live(after, settings.livePage());
            for (Snapshot<Dossier> each : page) {
                after = each.id();
                found.addAll(open(each.state(), only));
                if (found.size() >= most) {
                    return NextPage.of(found, after);
                }
            }
        } while (page.size() == settings.livePage());
        return NextPage.of(found, null);
    }

    private static @Nullable String id(@Nullable String cursor) {
        try {
            return cursor == null || cursor.isEmpty() ? null : new ReleaseId(cursor).value();
        } catch (IllegalArgumentException _) {
            throw NextPage.unknown();
        }
    }

    private static List<OpenWaiver> open(Dossier d, @Nullable String application) {
        boolean asked = application == null || d.id().application().value().equals(application);
        return !asked
                ? List.of()
                : d.waivers().stream()
                        .filter(waiver -> !waiver.lapsed() && isOpen(d, waiver))
                        .map(waiver -> new OpenWaiver(d.id(), d.state().phase(), waiver.view()))
                        .toList();
    }

    /** After its end, of what is left to do alone. */
    private static boolean isOpen(Dossier d, Waiver waiver) {
        return !d.state().phase().terminal() || AfterWork.isLeft(d, waiver.gate());
    }
}
