package dev.slipway.notification;

import dev.slipway.contracts.Topics;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.release.ReleaseStatus;
import dev.slipway.contracts.release.ReleaseTypes;
import dev.slipway.platform.Pace;
import dev.slipway.testkit.PlatformExtension;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import tools.jackson.databind.JsonNode;

/** What release-service says, what the inbox got, and a key that nobody has signed anything with. */
final class ReleaseTopic {
    private ReleaseTopic() {}

    static void say(ReleaseStatus status, long version) throws Exception {
        String release = status.release().value();
        Map<String, Object> settings = Map.of("bootstrap.servers", PlatformExtension.kafka());
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            ProducerRecord<String, byte[]> record = new ProducerRecord<>(
                    Topics.RELEASE_EVENTS, release, WireJson.mapper().writeValueAsBytes(status));
            Map.of(
                            "ce_specversion",
                            "1.0",
                            "ce_id",
                            release + "#" + version,
                            "ce_source",
                            "release-service/release/" + release,
                            "ce_type",
                            ReleaseTypes.RELEASE_STATUS,
                            "ce_time",
                            "2026-05-04T10:00:00Z",
                            "ce_correlationid",
                            release,
                            "ce_sourceversion",
                            Long.toString(version))
                    .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
            producer.send(record).get(Pace.seconds(10), TimeUnit.SECONDS);
        }
    }

    static JsonNode inbox() throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create(PlatformExtension.slackUrl() + "/inbox");
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .timeout(Pace.patience(Duration.ofSeconds(5)))
                    .build();
            return WireJson.mapper()
                    .readTree(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .body());
        }
    }

    /** Other tests use the same inbox, each for a release of its own. */
    static List<JsonNode> slackIn(JsonNode inbox, String release, String channel) {
        return slack(inbox, release)
                .filter(message -> message.path("channel").asString().equals(channel))
                .toList();
    }

    static Stream<JsonNode> slack(JsonNode inbox, String release) {
        return inbox.path("slack")
                .valueStream()
                .filter(message -> message.path("metadata")
                        .path("event_payload")
                        .path("release")
                        .asString("")
                        .equals(release));
    }

    static List<JsonNode> mails(JsonNode inbox, String release) {
        return inbox.path("email")
                .valueStream()
                .filter(mail -> mail.path("headers")
                        .path("X-Slipway-Release")
                        .asString("")
                        .equals(release))
                .toList();
    }

    static Path key(Path folder) throws IOException, NoSuchAlgorithmException {
        byte[] encoded = KeyPairGenerator.getInstance("RSA")
                .generateKeyPair()
                .getPublic()
                .getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(encoded)
                + "\n-----END PUBLIC KEY-----\n";
        return Files.writeString(folder.resolve("issuer.pub.pem"), pem);
    }
}
