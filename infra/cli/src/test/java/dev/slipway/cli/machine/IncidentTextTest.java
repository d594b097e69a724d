package dev.slipway.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.deployment.EnvironmentView;
import dev.slipway.contracts.deployment.EnvironmentView.Running;
import dev.slipway.contracts.deployment.Health;
import dev.slipway.contracts.deployment.IncidentStatus;
import dev.slipway.contracts.deployment.IncidentStatus.Kind;
import dev.slipway.contracts.deployment.Trouble;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IncidentTextTest {
    private static final EnvironmentId PRODUCTION = EnvironmentId.parse("hello/production");
    private static final Instant AT = Instant.parse("2026-01-05T10:00:00Z");
    private static final IncidentStatus LOOP = new IncidentStatus(
            PRODUCTION,
            new ReleaseId("hello@1.1.0"),
            "1.1.0",
            1,
            Kind.CRASH_LOOP,
            AT,
            null,
            null,
            7,
            new Trouble(
                    "Its process ended by itself: exit status 3 after 2 s",
                    3,
                    null,
                    2L,
                    List.of("cannot go on, password=***"),
                    "/targets/output.log",
                    "Try: ./slipway logs hello@1.1.0 --environment production"),
            false,
            List.of());

    private final IncidentText text = new IncidentText(ZoneOffset.UTC);

    private static List<EnvironmentView> view(
            Health health, int restarts, @Nullable Instant next, @Nullable IncidentStatus incident) {
        Running running = new Running("hello@1.1.0/production/1", "1.1.0", health, restarts, AT, next, incident);
        return List.of(
                new EnvironmentView(PRODUCTION, null, null, null, List.of(), AT, List.of(), List.of(running), null));
    }

    @Test
    void a_version_that_is_well_is_one_line_and_no_trouble() {
        assertThat(text.whole(view(Health.UP, 0, null, null)))
                .containsExactly("  production runs 1.1.0: up and ready since 2026-01-05 10:00:00");
        assertThat(text.brief(view(Health.UP, 0, null, null))).isEmpty();
    }

    @Test
    void what_was_changed_behind_slipways_back_is_shown_beside_a_version_that_is_well() {
        IncidentStatus changed = new IncidentStatus(
                PRODUCTION,
                new ReleaseId("hello@1.1.0"),
                "1.1.0",
                2,
                Kind.CHANGED,
                AT,
                null,
                null,
                0,
                new Trouble(
                        "Changed since it was started: secret db: fingerprint a1b2 -> fingerprint c3d4",
                        null,
                        null,
                        null,
                        List.of(),
                        null,
                        "Put it back"),
                false,
                List.of());
        Running running = new Running(
                "hello@1.1.0/production/1",
                "1.1.0",
                Health.UP,
                0,
                AT,
                null,
                null,
                null,
                Digest.of("configuration"),
                changed);
        List<EnvironmentView> view = List.of(
                new EnvironmentView(PRODUCTION, null, null, null, List.of(), AT, List.of(), List.of(running), null));

        assertThat(text.whole(view))
                .containsExactly(
                        "  production runs 1.1.0: up and ready since 2026-01-05 10:00:00, configuration "
                                + Digest.of("configuration").brief(),
                        "  ! it was changed behind Slipway's back, since 2026-01-05 10:00:00",
                        "    why: Changed since it was started: secret db: fingerprint a1b2 -> fingerprint c3d4",
                        "    Put it back",
                        "    people were told, and hear again when it is over");
        assertThat(text.brief(view))
                .containsExactly(
                        "hello/production: 1.1.0 was changed behind Slipway's back: ./slipway app show hello");
    }

    @Test
    void a_crash_loop_shows_how_often_it_was_started_again_when_next_and_why() {
        List<EnvironmentView> view = view(Health.RESTARTING, 7, AT.plusSeconds(16), LOOP);

        assertThat(text.whole(view))
                .containsExactly(
                        "  production runs 1.1.0: being started again since 2026-01-05 10:00:00,"
                                + " started again 7 times, next at 2026-01-05 10:00:16",
                        "  ! it keeps dying, since 2026-01-05 10:00:00",
                        "    why: Its process ended by itself: exit status 3 after 2 s",
                        "    the last that it wrote:",
                        "      | cannot go on, password=***",
                        "    all that it wrote: /targets/output.log",
                        "    Try: ./slipway logs hello@1.1.0 --environment production",
                        "    people were told, and hear again when it is over");
        assertThat(text.brief(view)).containsExactly("hello/production: 1.1.0 keeps dying: ./slipway app show hello");
    }

    @Test
    void a_restart_that_is_long_over_is_still_counted() {
        assertThat(text.whole(view(Health.UP, 1, null, null)))
                .containsExactly(
                        "  production runs 1.1.0: up and ready since 2026-01-05 10:00:00, started again 1 time");
    }
}
