package dev.slipway.notification;

import static dev.slipway.contracts.release.Milestone.Kind.PROPOSED;
import static dev.slipway.contracts.release.Milestone.Kind.ROLLED_BACK;
import static dev.slipway.contracts.release.Milestone.Kind.ROLLING_BACK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.contracts.Topics;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.notification.conversation.Statuses;
import dev.slipway.platform.Pace;
import dev.slipway.testkit.PlatformExtension;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Two instances as processes of their own; one is killed between Slack's taking a message and its own writing it down. */
@Tag("thorough")
class KilledSenderIT {
    private static final String RELEASE = "hello@2.0.0";
    private static final Pattern LISTENS = Pattern.compile("Tomcat started on port (\\d+)");
    private static final Duration PATIENCE = Pace.patience(Duration.ofSeconds(90));
    /** Two of them end before the 20 s after which the platform in this process closes what is not answered. */
    private static final Duration LEASE = Duration.ofSeconds(Math.min(7, Pace.seconds(3)));

    @RegisterExtension
    static final PlatformExtension PLATFORM =
            PlatformExtension.withTopics(Topics.RELEASE_EVENTS, Topics.NOTIFICATION_EVENTS);

    /** An instance, and what it says to Slack. */
    private record Instance(Process process, SlackGate gate, Path log) {}

    @Test
    void no_alert_is_shown_twice_or_not_at_all(@TempDir Path folder) throws Exception {
        AtomicInteger answersKept = new AtomicInteger(1);
        String database = PlatformExtension.mongodb(PlatformExtension.freshDatabase());
        List<Instance> instances = new ArrayList<>();
        try {
            for (int i = 1; i <= 2; i++) {
                instances.add(start(folder, i, new SlackGate(answersKept), database));
            }
            instances.forEach(KilledSenderIT::awaitReady);

            ReleaseTopic.say(Statuses.of(RELEASE, ReleasePhase.ROLLED_BACK, PROPOSED, ROLLING_BACK, ROLLED_BACK), 3);

            await().atMost(PATIENCE)
                    .until(() -> instances.stream().anyMatch(one -> one.gate().holds()));
            Instance holder = instances.stream()
                    .filter(one -> one.gate().holds())
                    .findFirst()
                    .orElseThrow();
            Instance other = instances.stream()
                    .filter(one -> !one.equals(holder))
                    .findFirst()
                    .orElseThrow();
            assertNobodyElseSends(LEASE.multipliedBy(2));

            holder.process().destroyForcibly().waitFor(Pace.seconds(10), TimeUnit.SECONDS);

            await().atMost(PATIENCE).untilAsserted(() -> assertEverythingCameOnce(ReleaseTopic.inbox()));
            assertThat(other.gate().calls())
                    .as("it looked before it sent")
                    .contains("/api/conversations.list", "/api/conversations.history");
            await().during(LEASE).atMost(PATIENCE).untilAsserted(() -> assertEverythingCameOnce(ReleaseTopic.inbox()));
        } finally {
            for (Instance one : instances) {
                one.process().destroyForcibly().waitFor(Pace.seconds(10), TimeUnit.SECONDS);
                one.gate().close();
            }
        }
    }

    /** While its holder lives, a task belongs to it, however long the other side takes. */
    private static void assertNobodyElseSends(Duration time) {
        await().during(time)
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(cards(ReleaseTopic.inbox())).doesNotHaveDuplicates());
    }

    private static List<String> cards(JsonNode inbox) {
        return ReleaseTopic.slack(inbox, RELEASE)
                .filter(message -> !message.has("threadTs"))
                .map(message -> message.path("channel").asString())
                .toList();
    }

    private static void assertEverythingCameOnce(JsonNode inbox) {
        for (String channel : List.of("#hello", "#ops")) {
            List<JsonNode> messages = ReleaseTopic.slackIn(inbox, RELEASE, channel);
            assertThat(messages).as(channel).hasSize(3);
            assertThat(messages.subList(1, 3))
                    .allSatisfy(reply -> assertThat(reply.path("threadTs").asString())
                            .isEqualTo(messages.getFirst().path("ts").asString()));
        }
        assertThat(ReleaseTopic.mails(inbox, RELEASE)).hasSize(6);
    }

    private static Instance start(Path folder, int number, SlackGate gate, String database) throws Exception {
        Path log = folder.resolve("instance-" + number + ".log");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-BytecodeVerificationRemote",
                "-Xmx256m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                NotificationService.class.getName(),
                "--server.port=0",
                "--spring.kafka.bootstrap-servers=" + PlatformExtension.kafka(),
                "--spring.mongodb.uri=" + database,
                "--slipway.identity.public-key=" + ReleaseTopic.key(folder).toUri(),
                "--slipway.slack.url=" + gate.url(),
                "--slipway.slack.token=xoxb-test",
                "--slipway.slack.answer-within=60s",
                "--resilience4j.timelimiter.instances.slack.timeout-duration=60s",
                "--spring.mail.host=127.0.0.1",
                "--spring.mail.port=" + PlatformExtension.smtpPort(),
                "--slipway.messaging.task-lease=" + LEASE.toSeconds() + "s");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new Instance(process, gate, log);
    }

    private static void awaitReady(Instance instance) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> isReady(client, instance));
        }
    }

    private static boolean isReady(HttpClient client, Instance instance) throws IOException, InterruptedException {
        String log = Files.readString(instance.log());
        assertThat(instance.process().isAlive()).as(log).isTrue();
        Matcher port = LISTENS.matcher(log);
        if (!port.find()) {
            return false;
        }
        URI readiness = URI.create("http://127.0.0.1:" + port.group(1) + "/actuator/health/readiness");
        HttpResponse<Void> answer =
                client.send(HttpRequest.newBuilder(readiness).build(), HttpResponse.BodyHandlers.discarding());
        return answer.statusCode() == 200;
    }
}
