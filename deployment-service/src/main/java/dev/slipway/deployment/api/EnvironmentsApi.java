package dev.slipway.deployment.api;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.deployment.EnvironmentView;
import dev.slipway.deployment.environment.Environment;
import dev.slipway.deployment.environment.EnvironmentInput;
import dev.slipway.deployment.environment.Views;
import dev.slipway.deployment.work.Used;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Aggregates.Snapshot;
import dev.slipway.web.NextPage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/v1/environments}: all that are there, in the order of their names; a page that is full names the next one. */
@RestController
public class EnvironmentsApi {
    private final Aggregates<Environment, EnvironmentInput> environments;
    private final Used used;
    private final int pageMax;

    public EnvironmentsApi(
            Aggregates<Environment, EnvironmentInput> environments,
            Used used,
            @Value("${slipway.environments.page}") int pageMax) {
        this.environments = environments;
        this.used = used;
        this.pageMax = pageMax;
    }

    @GetMapping("/api/v1/environments")
    ResponseEntity<List<EnvironmentView>> environments(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        int most = NextPage.limit(limit, pageMax, pageMax);
        String after = cursor == null || cursor.isEmpty() ? null : name(cursor);
        List<Snapshot<Environment>> found = environments.live(after, most + 1);
        List<Snapshot<Environment>> page = found.subList(0, Math.min(most, found.size()));
        return NextPage.of(
                page.stream()
                        .filter(each -> !each.state().isRemoved())
                        .map(each -> used.in(each.state(), Views.of(each.state(), each.updatedAt())))
                        .toList(),
                found.size() > most ? page.getLast().id() : null);
    }

    private static String name(String cursor) {
        try {
            return EnvironmentId.parse(cursor).toString();
        } catch (IllegalArgumentException _) {
            throw NextPage.unknown();
        }
    }
}
