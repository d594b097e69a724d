package dev.slipway.release.api;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.release.ApplicationView;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Aggregates.Snapshot;
import dev.slipway.release.application.Application;
import dev.slipway.release.application.ApplicationInput;
import dev.slipway.web.NextPage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/v1/applications}: all that were ever heard of, in the order of their names, page by page. */
@RestController
class ApplicationsController {
    private final Aggregates<Application, ApplicationInput> applications;
    private final ApiSettings settings;

    ApplicationsController(Aggregates<Application, ApplicationInput> applications, ApiSettings settings) {
        this.applications = applications;
        this.settings = settings;
    }

    @GetMapping("/api/v1/applications")
    ResponseEntity<List<ApplicationView>> list(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        int most = NextPage.limit(limit, settings.pageMax(), settings.pageMax());
        List<Snapshot<Application>> found = applications.live(name(cursor), most + 1);
        List<Snapshot<Application>> page = found.subList(0, Math.min(most, found.size()));
        return NextPage.of(
                page.stream().map(each -> view(each.state())).toList(),
                found.size() > most ? page.getLast().id() : null);
    }

    static ApplicationView view(Application application) {
        Application.PolicyInForce policy = application.policy();
        Application.Removed removed = application.removed();
        return new ApplicationView(
                new ApplicationName(application.name()),
                policy == null ? null : policy.hash(),
                application.ordinal(),
                application.live(),
                removed == null ? null : new ApplicationView.Removed(removed.by(), removed.reason(), removed.at()));
    }

    private static @Nullable String name(@Nullable String cursor) {
        try {
            return cursor == null || cursor.isEmpty() ? null : new ApplicationName(cursor).value();
        } catch (IllegalArgumentException _) {
            throw NextPage.unknown();
        }
    }
}
