package dev.slipway.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WiringTest {
    private static final Home HOME = new Home(Path.of("/home/ada/.slipway"));
    private static final PlatformPorts PLATFORM = new PlatformPorts(1, 2, 3, 4, 5);
    private static final Map<String, Integer> PORTS = Map.of(
            "release-service",
            11,
            "validation-service",
            12,
            "deployment-service",
            13,
            "notification-service",
            14,
            "gateway",
            15);

    @Test
    void every_service_has_its_own_database_and_listens_on_loopback_alone() {
        for (Program service : Program.services()) {
            Map<String, String> environment = wiring(Map.of()).environment(service);

            assertThat(environment)
                    .containsEntry("SERVER_ADDRESS", "127.0.0.1")
                    .containsEntry("SPRING_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1")
                    .containsEntry("SLIPWAY_IDENTITY_PUBLIC_KEY", "file:///home/ada/.slipway/issuer.pub.pem");
        }
        assertThat(wiring(Map.of()).environment(Program.RELEASE))
                .containsEntry("SPRING_MONGODB_URI", "mongodb://127.0.0.1:3/release?retryWrites=false");
        assertThat(wiring(Map.of()).environment(Program.GATEWAY))
                .containsEntry("SLIPWAY_ROUTES_DEPLOYMENT", "http://127.0.0.1:13")
                .doesNotContainKey("SPRING_MONGODB_URI");
    }

    @Test
    void deliveries_go_to_the_local_inbox_unless_the_caller_has_configured_otherwise() {
        assertThat(wiring(Map.of()).environment(Program.NOTIFICATION))
                .containsEntry("SLIPWAY_SLACK_URL", "http://127.0.0.1:5/api")
                .containsEntry("SPRING_MAIL_HOST", "127.0.0.1")
                .containsEntry("SPRING_MAIL_PORT", "4");
    }

    @Test
    void a_slack_token_and_a_mail_host_of_the_caller_go_to_the_notification_service_and_to_nobody_else() {
        Map<String, String> callers =
                Map.of("SLIPWAY_SLACK_TOKEN", "xoxb-secret", "SPRING_MAIL_HOST", "mail.example.test");

        assertThat(wiring(callers).environment(Program.NOTIFICATION))
                .containsEntry("SLIPWAY_SLACK_TOKEN", "xoxb-secret")
                .doesNotContainKey("SLIPWAY_SLACK_URL")
                .containsEntry("SPRING_MAIL_HOST", "mail.example.test")
                .doesNotContainKey("SPRING_MAIL_PORT");
        assertThat(wiring(callers).environment(Program.GATEWAY).values()).doesNotContain("xoxb-secret");
    }

    @Test
    void the_platform_is_told_every_topic_with_its_dead_letters() {
        assertThat(Wiring.platformArguments(HOME, PLATFORM))
                .startsWith("--home", "/home/ada/.slipway/platform", "--kafka-port", "1")
                .contains("slipway.ci.events:4", "slipway.ci.events-dlt:4", "slipway.traffic:4:compact");
    }

    private static Wiring wiring(Map<String, String> callers) {
        return new Wiring(HOME, PLATFORM, PORTS, callers);
    }
}
