package dev.slipway.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WiringTest {
    private static final Home HOME = new Home(Path.of("/home/ada/.slipway"));
    private static final PlatformPorts PLATFORM = new PlatformPorts(1, 2, 3, 4, 5);
    private static final Plan ONE = plan(1);

    @Test
    void every_service_has_its_own_database_and_listens_on_loopback_alone() {
        for (Program service : Program.services()) {
            Map<String, String> environment = wiring(Map.of()).environment(Instance.only(service));

            assertThat(environment)
                    .containsEntry("SERVER_ADDRESS", "127.0.0.1")
                    .containsEntry("SPRING_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1")
                    .containsEntry("SLIPWAY_IDENTITY_PUBLIC_KEY", "file:///home/ada/.slipway/issuer.pub.pem");
        }
        assertThat(wiring(Map.of()).environment(Instance.only(Program.RELEASE)))
                .containsEntry("SPRING_MONGODB_URI", "mongodb://127.0.0.1:3/release?retryWrites=false");
        assertThat(wiring(Map.of()).environment(Instance.only(Program.GATEWAY)))
                .containsEntry("SLIPWAY_ROUTES_DEPLOYMENT", "http://127.0.0.1:102")
                .doesNotContainKey("SPRING_MONGODB_URI");
    }

    @Test
    void git_has_a_folder_for_each_instance_and_is_told_whose_repositories_it_may_use() {
        for (Program service : List.of(Program.RELEASE, Program.VALIDATION)) {
            assertThat(wiring(Map.of()).environment(Instance.only(service)))
                    .containsEntry("SLIPWAY_GIT_ROOTS_0", "/home/ada/.slipway")
                    .containsEntry("SLIPWAY_GIT_ROOTS_1", "/home")
                    .containsEntry("SLIPWAY_GIT_FOLDER", "/home/ada/.slipway/git/" + service.processName())
                    .doesNotContainKeys("SLIPWAY_GIT_HOSTS_0", "SLIPWAY_GIT_OTHEROWNERS");
            assertThat(wiring(Map.of("SLIPWAY_GIT_OTHEROWNERS", "true")).environment(Instance.only(service)))
                    .containsEntry("SLIPWAY_GIT_OTHEROWNERS", "true");
        }
        assertThat(wiring(Map.of()).environment(Instance.only(Program.DEPLOYMENT)))
                .doesNotContainKey("SLIPWAY_GIT_ROOTS_0");
    }

    @Test
    void deliveries_go_to_the_local_inbox_unless_the_caller_has_configured_otherwise() {
        assertThat(wiring(Map.of()).environment(Instance.only(Program.NOTIFICATION)))
                .containsEntry("SLIPWAY_SLACK_URL", "http://127.0.0.1:5/api")
                .containsEntry("SPRING_MAIL_HOST", "127.0.0.1")
                .containsEntry("SPRING_MAIL_PORT", "4");
    }

    @Test
    void a_slack_token_and_a_mail_host_of_the_caller_go_to_the_notification_service_and_to_nobody_else() {
        Map<String, String> callers =
                Map.of("SLIPWAY_SLACK_TOKEN", "xoxb-secret", "SPRING_MAIL_HOST", "mail.example.test");

        assertThat(wiring(callers).environment(Instance.only(Program.NOTIFICATION)))
                .containsEntry("SLIPWAY_SLACK_TOKEN", "xoxb-secret")
                .doesNotContainKey("SLIPWAY_SLACK_URL")
                .containsEntry("SPRING_MAIL_HOST", "mail.example.test")
                .doesNotContainKey("SPRING_MAIL_PORT");
        assertThat(wiring(callers).environment(Instance.only(Program.GATEWAY)).values())
                .doesNotContain("xoxb-secret");
    }

    @Test
    void the_platform_is_told_every_topic_with_its_dead_letters() {
        assertThat(Wiring.platformArguments(HOME, PLATFORM))
                .startsWith("--home", "/home/ada/.slipway/platform", "--kafka-port", "1")
                .contains("slipway.ci.events:6", "slipway.ci.events-dlt:6", "slipway.traffic:6:compact")
                .contains("slipway.traffic.samples:6:short", "slipway.traffic.samples-dlt:6");
    }

    @Test
    void of_two_instances_each_has_its_own_port_and_log_and_every_gateway_knows_all() {
        Wiring wiring = new Wiring(HOME, plan(2), Map.of());

        assertThat(wiring.environment(new Instance(Program.RELEASE, 2)))
                .containsEntry("SERVER_PORT", "101")
                .containsEntry("LOGGING_FILE_NAME", "/home/ada/.slipway/logs/release-service-2.log")
                .containsEntry("SPRING_MONGODB_URI", "mongodb://127.0.0.1:3/release?retryWrites=false");
        assertThat(wiring.environment(new Instance(Program.GATEWAY, 2)))
                .containsEntry("SLIPWAY_GATEWAY_ID", "gateway-2")
                .containsEntry("SLIPWAY_FRONT_PORT", "109")
                .containsEntry("SLIPWAY_ROUTES_RELEASE", "http://127.0.0.1:100,http://127.0.0.1:101");
    }

    @Test
    void a_gateway_must_start_anew_when_there_are_more_instances_and_a_service_need_not() {
        Wiring one = new Wiring(HOME, ONE, Map.of());
        Wiring two = new Wiring(HOME, ONE.with(List.of(new Plan.Planned("release-service-2", 200))), Map.of());
        Wiring secret = new Wiring(HOME, ONE, Map.of("SLIPWAY_SLACK_TOKEN", "xoxb-secret"));

        assertThat(two.fingerprint(Instance.only(Program.GATEWAY)))
                .isNotEqualTo(one.fingerprint(Instance.only(Program.GATEWAY)));
        assertThat(two.fingerprint(Instance.only(Program.RELEASE)))
                .isEqualTo(one.fingerprint(Instance.only(Program.RELEASE)));
        assertThat(secret.fingerprint(Instance.only(Program.NOTIFICATION)))
                .isEqualTo(one.fingerprint(Instance.only(Program.NOTIFICATION)));
    }

    @Test
    void the_gateway_is_told_where_its_front_listens_and_starts_anew_when_that_changes() {
        Plan moved = Plan.of(
                "run", 1, PLATFORM, new Plan.Doors(15, 17), ONE, Set.of(), new Plan.PortsNow(_ -> true, () -> 300));
        Instance gateway = Instance.only(Program.GATEWAY);

        assertThat(wiring(Map.of()).environment(gateway)).containsEntry("SLIPWAY_FRONT_PORT", "16");
        assertThat(new Wiring(HOME, moved, Map.of()).environment(gateway)).containsEntry("SLIPWAY_FRONT_PORT", "17");
        assertThat(new Wiring(HOME, moved, Map.of()).fingerprint(gateway))
                .isNotEqualTo(wiring(Map.of()).fingerprint(gateway));
    }

    @Test
    void who_reads_repositories_and_artifacts_is_told_where_they_may_be_and_starts_anew_when_that_changes(
            @TempDir Path folder) {
        Home home = new Home(folder.resolve("project/.slipway"));
        Wiring before = new Wiring(home, ONE, Map.of());
        assertThat(before.environment(Instance.only(Program.RELEASE)))
                .containsEntry("SLIPWAY_GIT_ROOTS_0", home.root().toString())
                .containsEntry("SLIPWAY_GIT_ROOTS_1", folder.toString());
        String known = before.fingerprint(Instance.only(Program.DEPLOYMENT));

        AllowedSources.of(home).withHost("git.example.test").save(home);

        assertThat(before.environment(Instance.only(Program.VALIDATION)))
                .containsEntry("SLIPWAY_GIT_HOSTS_0", "git.example.test")
                .containsEntry("SLIPWAY_VALIDATION_TRACKER_HOSTS_0", "git.example.test");
        assertThat(before.environment(Instance.only(Program.DEPLOYMENT)))
                .containsEntry("SLIPWAY_TARGETS_ARTIFACTROOTS_1", folder.toString())
                .containsEntry("SLIPWAY_TARGETS_ARTIFACTHOSTS_0", "git.example.test");
        assertThat(before.fingerprint(Instance.only(Program.DEPLOYMENT))).isNotEqualTo(known);
    }

    @Test
    void whose_badge_is_public_is_told_to_every_service_alike_and_a_change_starts_them_anew() {
        Map<String, String> callers = Map.of("SLIPWAY_IDENTITY_PUBLICBADGES", "hello,shop");

        assertThat(Wiring.carried(callers)).isEqualTo(callers);
        for (Program service : List.of(Program.GATEWAY, Program.RELEASE)) {
            Instance only = Instance.only(service);
            assertThat(wiring(callers).environment(only)).containsAllEntriesOf(callers);
            assertThat(wiring(Map.of()).environment(only)).doesNotContainKey("SLIPWAY_IDENTITY_PUBLICBADGES");
            assertThat(wiring(callers).fingerprint(only))
                    .isNotEqualTo(wiring(Map.of()).fingerprint(only));
        }
    }

    @Test
    void whose_token_issues_are_asked_for_with_goes_to_the_validation_service_and_to_nobody_else() {
        Map<String, String> callers = Map.of(
                "SLIPWAY_VALIDATION_TRACKER_CREDENTIALS_0_HOST", "api.github.com",
                "SLIPWAY_VALIDATION_TRACKER_CREDENTIALS_0_TOKENFILE", "/run/secrets/github");

        assertThat(Wiring.carried(callers)).isEqualTo(callers);
        assertThat(wiring(callers).environment(Instance.only(Program.VALIDATION)))
                .containsAllEntriesOf(callers);
        assertThat(wiring(callers).environment(Instance.only(Program.RELEASE)).values())
                .doesNotContain("/run/secrets/github");
    }

    private static Plan plan(int replicas) {
        AtomicInteger next = new AtomicInteger(100);
        return Plan.of(
                "run",
                replicas,
                PLATFORM,
                new Plan.Doors(15, 16),
                null,
                Set.of(),
                new Plan.PortsNow(_ -> true, next::getAndIncrement));
    }

    private static Wiring wiring(Map<String, String> callers) {
        return new Wiring(HOME, ONE, callers);
    }
}
